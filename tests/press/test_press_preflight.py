"""Preflight: a sound file passes, and everything that a print shop would refuse is found where it is."""

from __future__ import annotations

import io

import pikepdf
import press_kit
import pytest
from PIL import Image
from press_kit import painted, said, spoiled

from generator.model.problem import Rejected
from generator.preflight import examine


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    return press_kit.sound(tmp_path_factory.mktemp("sound"))


def test_a_sound_file_passes(sound):
    assert said(sound) == []


INKS = "it must be in the four inks"
MOST = "300 % at most: more does not dry"
PAINTED = [
    ("1 0 0 rg 34 -120 9 9 re f", "34×111 mm: a ground is in RGB (" + INKS),
    ("1 0 0 RG 1 w 34 -120 m 50 -120 l S", "34×120 mm: a line is in RGB"),
    ("BT /F1 4 Tf 1 0 0 rg 34 -120 Td (\\0\\1) Tj ET", "34×120 mm: text is in RGB"),
    ("BT /F1 4 Tf 0.1 0 0 1 k 34 -120 Td (\\0\\1) Tj ET", "34×120 mm: text is not in black ink alone"),
    ("BT /F1 4 Tf 1 0 0 1 34 -120 Tm 0 1 1 0 k [(\\0\\1)] TJ ET", "34×120 mm: text is not in black ink alone"),
    ("BT /F1 4 Tf 1 Tr 0 1 1 0 K 0.2 w 34 -120 Td (\\0\\1) Tj ET", "34×120 mm: text is not in black ink alone"),
    ("1 0.9 0.8 0.4 k 34 -120 9 9 re f", "34×111 mm: a ground has 310 % of ink (" + MOST),
    ("1 1 1 0.2 K 1 w 34 -120 m 50 -120 l S", "34×120 mm: a line has 320 % of ink"),
    ("0 0 0 1 K 0.05 w 34 -120 m 50 -120 l S", "34×120 mm: a line is only 0.14 pt thick (0.25 pt at least"),
    ("0 0 0 1 K 0 w 34 -120 m 50 -120 l S", "34×120 mm: a line is only 0 pt thick"),
    ("q 1 0 0 0.05 0 0 cm 0 0 0 1 K 1 w 34 -2400 m 34 -2500 l S Q", "34×120 mm: a line is only 0.14 pt thick"),
    ("0 0 0 1 k 34 -120 20 0.05 re f", "34×120 mm: a filled line is thinner than 0.25 pt"),
    ("0.2 0 0 0 k 0 -120 9 9 re f", "0×111 mm: a ground ends 3.0 mm before the left edge of the bleed"),
    ("0.2 0 0 0 k 30 -9 m 39 -9 l 39 1 l 30 1 l f", "30×-1 mm: a ground ends 2.0 mm before the top edge of the bleed"),
    *((f"{ground} f 0.5 0 0 0 k 0 -115 9 9 re f", "0×106 mm: a ground ends 3.0 mm before the left edge of the bleed")
      for ground in ("0.2 0 0 0 k -3 -120 m 17 -120 l 17 -100 l -3 -100 l 5 -110 l",  # none of these fills the rim
                     "0 0 0 0 k -3 -120 20 20 re", "0.2 0 0 0 k -3 -112 20 20 re")),
    ("/All CS 1 SCN 0.2 w 34 -120 m 50 -120 l S", "34×120 mm: a printer's mark stands within the bleed"),
    ("/Pink cs 1 scn 34 -120 9 9 re f", "34×111 mm: a ground is in the spot colour Pink"),
    ("/Pattern cs /P1 scn 34 -120 9 9 re f", "34×111 mm: a ground is in Pattern"),
    ("q 1 0 0 1 34 -120 cm /S1 sh Q", "34×120 mm: a shading is painted, whose inks cannot be counted"),
    ("q 9 0 0 9 34 -120 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x\nEI Q", "34×120 mm: an inline picture is painted"),
    ("/Over gs 0 0 0 0 k 34 -120 9 9 re f", "34×111 mm: a white ground overprints"),
    ("BT /F1 4 Tf /Over gs 0 0 0 0 k 34 -120 Td (\\0\\1) Tj ET", "34×120 mm: light text overprints"),
    ("1 1 0.5 0 k 30 -130 30 30 re f BT /F1 4 Tf /Over gs 0 0 0 1 k 34 -120 Td (\\0) Tj ET",
     "34×120 mm: text over its ground has 350 %"),
    ("/Nested Do", "34×120 mm: a line is in RGB"),
    ("q 25.4 0 0 25.4 34 -120 cm /Coarse Do Q",
     "34×95 mm: a picture has 100 pixels per inch (300 are good, 150 the least"),
    ("q 12.7 0 0 12.7 34 -120 cm /Coarse Do Q", "34×107 mm: warning: a picture has 200 pixels per inch"),
    ("q 8 0 0 25.4 34 -120 cm /Coarse Do Q", "34×95 mm: a picture has 100 pixels per inch"),
    ("q 5 0 0 5 34 -120 cm /Screen Do Q", "34×115 mm: a picture is in RGB"),
    ("q 5 0 0 5 34 -120 cm /Soaked Do Q", "34×115 mm: a picture has 340 % of ink (" + MOST),
    ("q 5 0 0 5 34 -120 cm /Packed Do Q", "34×115 mm: a picture has 3"),
    ("q 9 0 0 9 -1 -120 cm /Fine Do Q", "-1×111 mm: a picture ends 2.0 mm before the left edge of the bleed"),
]


@pytest.fixture(scope="module")
def equipped(sound) -> bytes:
    """The sound file with resources that planted operators name."""

    def change(pdf) -> None:
        def picture(space: str, size: int, data: bytes, **more) -> pikepdf.Stream:
            stream = pdf.make_stream(data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=size,
                                     Height=size,
                                     BitsPerComponent=8, ColorSpace=pikepdf.Name("/" + space))  # fmt: skip
            for key, value in more.items():
                stream[f"/{key}"] = value
            return stream

        resources = pdf.pages[0].Resources
        soaked = Image.new("CMYK", (100, 100), (255, 255, 255, 102))
        jpeg = io.BytesIO()
        soaked.save(jpeg, "JPEG", quality=95)
        things = {
            "Coarse": picture("DeviceGray", 100, bytes(10_000)),
            "Fine": picture("DeviceGray", 200, bytes(40_000)),
            "Screen": picture("DeviceRGB", 100, bytes(30_000)),
            "Soaked": picture("DeviceCMYK", 100, soaked.tobytes()),
            "Packed": picture("DeviceCMYK", 100, jpeg.getvalue(), Filter=pikepdf.Name.DCTDecode),
            "Nested": pdf.make_stream(b"1 0 0 RG 34 -120 m 50 -120 l S", Type=pikepdf.Name.XObject,
                                      Subtype=pikepdf.Name.Form, BBox=[0, -200, 200, 0]),
        }  # fmt: skip
        for name, thing in things.items():
            resources.XObject[f"/{name}"] = thing
        tint = pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 1, 0, 0], N=1)
        resources.ColorSpace["/Pink"] = pikepdf.Array([pikepdf.Name.Separation, pikepdf.Name.Pink,
                                                       pikepdf.Name.DeviceCMYK, tint])

    return spoiled(sound, change)


@pytest.mark.parametrize(("operators", "message"), PAINTED)
def test_what_is_painted_wrong_is_found_where_it_is(equipped, operators, message):
    for page in (1, 2):
        found = said(painted(equipped, operators, page))
        where = f"x.pdf, page {page}, {message}"
        if "warning: " in message:  # said before the place
            where = "warning: " + where.replace("warning: ", "")
        assert len(found) == 1, found
        assert found[0].startswith(where)


@pytest.mark.parametrize("edge, ground, drawn", [
    ("left", "-3 -120 20 20 re", "0 -115 9 9 re"), ("top", "20 -20 20 23 re", "22 -9 9 9.5 re"),
    ("top", "20 -20 m 40 -20 l 40 3 l 20 3 l", "22 -9 m 31 -9 l 26 1 l"),
])  # fmt: skip
def test_a_drawing_may_end_at_the_trim_where_a_ground_lies_under_it(sound, edge, ground, drawn):
    """No white shows there, as on a cover whose picture lies on a field of colour."""
    assert said(painted(sound, f"0.2 0 0 0 k {ground} f 0.5 0 0 0 k {drawn} f")) == []
    (problem,) = said(painted(sound, f"0.5 0 0 0 k {drawn} f", 2))
    assert f"before the {edge} edge of the bleed" in problem


def test_a_picture_at_its_natural_size_is_fine_enough(equipped):
    """150 pixels per inch, but for the rounding of numbers in the file."""
    (problem,) = examine(painted(equipped, "q 16.9345 0 0 16.9345 34 -120 cm /Coarse Do Q"), "x.pdf")
    assert (problem.severity, "150 pixels per inch" in problem.message) == ("warning", True)


def test_the_same_fault_is_said_once_for_a_page(sound):
    found = said(painted(sound, "1 0 0 rg " + "34 -120 9 9 re f " * 3 + "50 -150 9 9 re f"))
    assert found == [f"x.pdf, page 1, 34×111 mm: a ground is in RGB, and in 3 more places ({INKS})"]


def boxes(**new):
    def change(pdf) -> None:
        for key, box in new.items():
            if box is None:
                del pdf.pages[0][f"/{key}"]
            else:
                pdf.pages[0][f"/{key}"] = pikepdf.Array(box)

    return change


def without(*path):
    def change(pdf) -> None:
        thing = pdf.trailer
        for key in path[:-1]:
            thing = thing[key]
        del thing[path[-1]]

    return change


def another_profile(pdf) -> None:
    first, second = pdf.Root.OutputIntents
    second.DestOutputProfile = pdf.make_stream(first.DestOutputProfile.read_bytes(), N=4)


def profile_of_a_screen(pdf) -> None:
    from generator.draw import srgb

    for intent in pdf.Root.OutputIntents:
        intent.DestOutputProfile.write(srgb.profile())


def annotation(pdf) -> None:
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9])
    pdf.pages[1].Annots = pikepdf.Array([link])


def font_missing(pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        if "Bold" in str(font.BaseFont):
            del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


def action(pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def turned(pdf) -> None:
    pdf.pages[1].Rotate = 90


def unnamed(pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        del xmp["pdfxid:GTS_PDFXVersion"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (boxes(TrimBox=[10, 10, 900, 400]), "x.pdf, page 1: the TrimBox is not within the BleedBox"),
        (boxes(BleedBox=[-10, 0, 640, 440]), "x.pdf, page 1: the BleedBox is not within the MediaBox"),
        (boxes(TrimBox=None), "x.pdf, page 1: the page has no TrimBox"),
        (boxes(BleedBox=None), "x.pdf, page 1: the page has no TrimBox or no BleedBox"),
        (boxes(BleedBox=[25, 25, 631.7, 431.7]), "x.pdf, page 1: the bleed is only 1.2 mm (3 mm at least)"),
        (without("/Root", "/OutputIntents"), "x.pdf: there is no PDF/X output intent"),
        (another_profile, "x.pdf: the output intents do not share one colour profile"),
        (profile_of_a_screen, "x.pdf: the colour profile of the output intent is not that of a CMYK press"),
        (without("/Info", "/Trapped"), "x.pdf: the file does not say whether it is trapped"),
        (unnamed, "x.pdf: the file does not say that it is PDF/X-4"),
        (annotation, "x.pdf, page 2: there are annotations on the page"),
        (font_missing, "the font "),
        (action, "x.pdf: the file does something when it is opened"),
        (turned, "x.pdf, page 2, 0×0 mm: the page is turned or scaled as a whole"),
    ],
)
def test_what_is_wrong_with_the_file_is_found(sound, change, message):
    assert any(message in line for line in said(spoiled(sound, change)))


def test_an_encrypted_file_is_found(sound):
    locked = spoiled(sound, lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user=""))
    assert "x.pdf: the file is encrypted (a print shop cannot open it)" in said(locked)
    with pytest.raises(Rejected, match="encrypted"):
        examine(spoiled(sound, lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user="u")), "x.pdf")


def test_no_pdf_is_found():
    with pytest.raises(Rejected, match="no PDF"):
        examine(b"words", "x.pdf")
