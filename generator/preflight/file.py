"""The file as a whole: encryption, intents, boxes, fonts, annotations (ISO 15930-7, PDF/X-4)."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from ..model.layout import MM
from ..model.problem import Problem, Rejected
from .page import run
from .paint import Findings, PageBoxes

LEAST_BLEED = 3 * MM
SLACK = 0.02
"""Points: numbers in the file are rounded to hundredths."""


def examine(data: bytes, file: str) -> list[Problem]:
    """Everything that is wrong with a press PDF, errors and warnings, in the order of its pages; `file` is its name.

    Raises Rejected where it is no PDF at all or cannot be opened without a password.
    """
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise Rejected([Problem(None, f"{file}: the file is encrypted", "a print shop cannot open it")]) from None
    except pikepdf.PdfError:
        raise Rejected([Problem(None, f"{file}: this is no PDF, or a broken one")]) from None
    with pdf:
        found = Findings(file)
        for message, hint in _whole(pdf):
            found.add(None, None, message, hint)
        for number, page in enumerate(pdf.pages, 1):
            boxes = _boxes_of(page)
            if boxes is None:
                found.add(number, None, "the page has no TrimBox or no BleedBox",
                          "a print shop cannot tell where to cut")
                boxes = PageBoxes(*[tuple(map(float, page.mediabox))] * 3)
            else:
                for message, hint in _boxes(boxes):
                    found.add(number, None, message, hint)
            if "/Annots" in page and len(page.Annots):
                found.add(number, None, "there are annotations on the page",
                          "links, notes and forms have no place on paper")
            for message in _fonts(page.obj.get("/Resources")):
                found.add(number, None, message)
            run(page, boxes, found.on(number, boxes))
        return found.problems()


def _whole(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    root = pdf.Root
    if pdf.is_encrypted:
        yield "the file is encrypted", "a print shop cannot open it"
    if "/ID" not in pdf.trailer:
        yield "the file has no /ID", ""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if str(xmp.get("pdfxid:GTS_PDFXVersion", "")) != "PDF/X-4":
            yield "the file does not say that it is PDF/X-4", ""
    if str(pdf.docinfo.get("/Trapped", "")) not in ("/True", "/False"):
        yield "the file does not say whether it is trapped", ""
    if "/OpenAction" in root or "/AA" in root or "/JavaScript" in root.get("/Names", {}):
        yield "the file does something when it is opened", "remove its actions"
    profiles = {}
    for intent in root.get("/OutputIntents", []):
        profiles.setdefault(str(intent.get("/S")), intent.get("/DestOutputProfile"))
    profile = profiles.get("/GTS_PDFX")
    if profile is None:
        yield "there is no PDF/X output intent with a colour profile", "nobody can tell what its inks should look like"
        return
    data = profile.read_bytes()
    if int(profile.get("/N", 0)) != 4 or data[12:20] != b"prtrCMYK" or data[36:40] != b"acsp":
        yield "the colour profile of the output intent is not that of a CMYK press", ""
    if any(other is None or other.objgen != profile.objgen for other in profiles.values()):
        yield "the output intents do not share one colour profile", ""


def _boxes_of(page: pikepdf.Page) -> PageBoxes | None:
    """The page's boxes; None where one is missing."""
    keys = ("/MediaBox", "/BleedBox", "/TrimBox")
    if not all(key in page.obj for key in keys):
        return None
    return PageBoxes(*(tuple(float(side) for side in page.obj[key]) for key in keys))


def _boxes(boxes: PageBoxes) -> Iterator[tuple[str, str]]:
    """Trim within bleed within paper (ISO 15930-7, 6.11)."""
    for inner, outer, says in (
        (boxes.bleed, boxes.media, "the BleedBox is not within the MediaBox"),
        (boxes.trim, boxes.bleed, "the TrimBox is not within the BleedBox"),
    ):
        if not (inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]):
            yield says, ""
            return
    least = min(abs(one - other) for one, other in zip(boxes.bleed, boxes.trim))
    if least < LEAST_BLEED - SLACK:
        yield f"the bleed is only {least / MM:.1f} mm", f"{LEAST_BLEED / MM:g} mm at least"


def _fonts(resources) -> Iterator[str]:
    for font in (resources or {}).get("/Font", {}).values():
        name = str(font.get("/BaseFont", "a font"))[1:]
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        if font.get("/Subtype") == "/Type3":
            continue  # its glyphs are drawn in the file itself
        descriptor = inner.get("/FontDescriptor", {})
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"the font {name} is not embedded"
