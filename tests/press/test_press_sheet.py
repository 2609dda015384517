"""Press sheets: both standards, boxes, marks, the four inks, and the same words as everywhere else."""

from __future__ import annotations

import io
import shutil
import subprocess

import painting
import pikepdf
import press_kit
import pytest
import referees
import specimen
from hypothesis import given, settings
from hypothesis import strategies as some
from press_kit import composed, profile, read_again
from specimen import ABOUT, SHEET

from generator.draw import press, reading
from generator.draw.ink import DARK, Press, luminance
from generator.model.layout import MM, Mark, Placement, Side
from generator.model.page import Fill, Ground, Page
from generator.model.printing import BLEED, Profile
from generator.model.record import replace

FLAT = replace(SHEET, sides=())


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Both kinds of press file, and the file to read of the same pages."""
    folder = tmp_path_factory.mktemp("press")
    composition = composed(folder)
    paths = {name: folder / f"{name}.pdf" for name in ("sheet", "flat", "letter", "reading")}
    paths["sheet"].write_bytes(press(composition, SHEET, ABOUT, profile(), BLEED["a4"]))
    paths["letter"].write_bytes(press(composition, SHEET, ABOUT, profile(), BLEED["letter"]))
    paths["flat"].write_bytes(press(composition, FLAT, ABOUT, profile(), BLEED["a4"]))
    paths["reading"].write_bytes(reading(composition, ABOUT))
    return paths


def test_both_standards(files):
    presses = [path for name, path in files.items() if name != "reading"]
    assert referees.verapdf(presses) == {path: [] for path in presses}
    for path in presses:
        assert painting.unmarked(path) == []


def test_the_same_bytes(files, tmp_path):
    again = press(composed(tmp_path), SHEET, ABOUT, profile(), BLEED["a4"])
    assert again == files["sheet"].read_bytes()


def test_the_same_words_and_no_links(files):
    assert referees.transcript(files["sheet"]) == referees.transcript(files["flat"]) == referees.transcript(
        files["reading"])
    lines = referees.structure(files["reading"]).splitlines()
    assert sum("Link" in line for line in lines) > 1
    assert "Link" not in referees.structure(files["sheet"])
    with pikepdf.open(files["sheet"]) as pdf:
        assert not any("/Annots" in page for page in pdf.pages)


@pytest.mark.parametrize(("name", "bleed"), [("sheet", 3 * MM), ("letter", 9.0)])
def test_boxes(files, name, bleed):
    with pikepdf.open(files[name]) as pdf:
        for page in pdf.pages:
            media, outer, trim = ([float(side) for side in page[key]] for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([600, 400], abs=0.011)
            assert [trim[0] - outer[0], outer[2] - trim[2]] == pytest.approx([bleed, bleed], abs=0.011)
            assert media[:2] == [0, 0] and media[0] < outer[0] and outer[3] < media[3]


def test_what_the_file_says_of_itself(files):
    with pikepdf.open(files["sheet"]) as pdf, pdf.open_metadata() as xmp:
        assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert xmp["pdfaid:part"] == "2" and xmp["pdfuaid:part"] == "1"
        assert pdf.docinfo["/Trapped"] == "/False"
        first, second = pdf.Root.OutputIntents
        assert [str(first.S), str(second.S)] == ["/GTS_PDFX", "/GTS_PDFA1"]
        assert first.DestOutputProfile.objgen == second.DestOutputProfile.objgen
        assert first.DestOutputProfile.read_bytes() == profile().data
        assert first.OutputConditionIdentifier == "Custom"
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
    with pikepdf.open(files["reading"]) as pdf:
        assert "/Trapped" not in pdf.docinfo and len(pdf.Root.OutputIntents) == 1


def test_a_known_press_is_named(tmp_path):
    known = Profile("Coated FOGRA39 (ISO 12647-2:2004)", profile().data)
    data = press(composed(tmp_path), SHEET, ABOUT, known, BLEED["a4"])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert (intent.OutputConditionIdentifier, intent.RegistryName) == ("FOGRA39", "http://www.color.org")


# ── what is painted ──────────────────────────────────────────────────────────────────────────────────────────────────


def painted(data: bytes) -> list[tuple[int, str, tuple, list[float], str]]:
    """(page, fill or line, colour operands, box from the trim's left bottom corner, name of its
    mark) in the order of painting."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            left, bottom = float(page.TrimBox[0]), float(page.TrimBox[1])
            matrix, stack, colours, points, mark = pikepdf.Matrix(), [], {}, [], ""
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                values = [float(one) for one in operands] if name in ("re", "m", "l", "c", "cm", "k", "K") else []
                if name == "q":
                    stack.append((matrix, dict(colours)))
                elif name == "Q":
                    matrix, colours = stack.pop()
                elif name == "cm":
                    matrix = pikepdf.Matrix(*values) @ matrix
                elif name in ("BMC", "BDC"):
                    mark = str(operands[0])
                elif name in ("k", "K"):
                    colours["fill" if name == "k" else "line"] = tuple(values)
                elif name == "SCN":
                    colours["line"] = ("all",)
                elif name == "re":
                    points += [(values[0], values[1]), (values[0] + values[2], values[1] + values[3])]
                elif name in ("m", "l", "c"):
                    points += list(zip(values[::2], values[1::2]))
                elif name in ("f", "S", "B") and points:
                    xs, ys = zip(*(matrix.transform(point) for point in points))
                    box = [min(xs) - left, min(ys) - bottom, max(xs) - left, max(ys) - bottom]
                    kind = "line" if name == "S" else "fill"
                    found.append((number, kind, colours.get(kind), box, mark))
                    points = []
    return found


def test_marks_stand_around_the_bleed_and_are_artifacts(files):
    bleed = 3 * MM
    marks = [one for one in painted(files["sheet"].read_bytes()) if one[2] == ("all",)]
    assert {mark for *_, mark in marks} == {"/Artifact"}
    for _, _, _, (left, bottom, right, top), _ in marks:
        assert right < -bleed or top < -bleed or left > 600 + bleed or bottom > 400 + bleed
    upright = {(page, round(box[0], 1))
               for page, _, _, box, _ in marks if box[0] == box[2] and box[3] - box[1] > 4 * MM}
    level = {(page, round(box[1], 1)) for page, _, _, box, _ in marks if box[1] == box[3]}
    # the fold is in the middle of the outside
    assert {(0, 0.0), (0, 600.0), (0, 300.0), (1, 0.0), (1, 600.0)} <= upright
    assert (1, 300.0) not in upright
    assert {(page, y) for page in (0, 1) for y in (0.0, 400.0)} <= level
    with pikepdf.open(files["sheet"]) as pdf:
        dashes = [str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0]) if str(operator) == "d"]
    assert dashes


@pytest.mark.parametrize(("kind", "dashed"), [("valley", True), ("mountain", True), ("cut", False)])
def test_level_folds_and_cuts(tmp_path, kind, dashed):
    marks = (Mark(0, 200, 14, 200, kind), Mark(586, 200, 600, 200, kind))
    geometry = replace(SHEET, sides=(replace(SHEET.sides[0], marks=marks), SHEET.sides[1]))
    data = press(composed(tmp_path), geometry, ABOUT, profile(), BLEED["a4"])
    boxes = [box for page, kind, colour, box, _ in painted(data) if colour == ("all",) and page == 0]
    assert sum(box[1] == box[3] == pytest.approx(200, abs=0.011) for box in boxes) == 2
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert (b" d" in pdf.pages[0].Contents.read_bytes()) is dashed


def test_grounds_reach_into_the_bleed_at_trims_and_end_at_folds(files):
    grounds = [(page, box) for page, kind, _, box, mark in painted(files["sheet"].read_bytes()) if kind == "fill"
               and mark == "/Artifact"]
    bleed = 3 * MM
    # the cover is on the right; its band (the next ground) is as wide; the turned panel is on the right of the inside
    assert grounds[0] == (0, pytest.approx([300, -bleed, 600 + bleed, 400 + bleed], abs=0.02))
    assert grounds[1] == (0, pytest.approx([300, 310, 600 + bleed, 400 + bleed], abs=0.02))
    assert next(box for page, box in grounds if page == 1) == pytest.approx([300, -bleed, 600 + bleed, 400 + bleed],
        abs=0.02)


@settings(max_examples=20, deadline=None)
@given(some.floats(-1.5, 1.5), some.booleans(), some.booleans())
def test_a_ground_reaches_the_same_edge_wherever_its_panel_is_moved(shift, turned, left):
    words = specimen.paragraphs(1)
    ground = Page("cover", 300, 400, [Fill(0, 0, 300, 20, "#112244")], grounds=[Ground(0, 0, 300, 400, "#336699")])
    composition = replace(words, pages=[ground, *words.pages])
    x = 0 if left else 300
    geometry = replace(SHEET, sides=(Side("outside", 600, 400, (Placement("cover", x + shift, 0, turned),)),
                                     Side("inside", 595, 842, (Placement("page", 0),))))
    fills = [box for number, kind, _, box, _ in painted(press(composition, geometry, ABOUT, profile(), 9.0))
             if kind == "fill" and number == 0]
    far = [-9, -9, 300 + shift, 409] if left else [300 + shift, -9, 609, 409]
    assert fills[0] == pytest.approx(far, abs=0.02)
    assert fills[1] == pytest.approx([far[0], -9 if turned else 380, far[2], 20 if turned else 409], abs=0.02)


def test_a_page_that_stands_twice_is_read_once(tmp_path):
    composition = composed(tmp_path)
    both = Side("both", 600, 400, (Placement("cover", 0), Placement("cover", 300)))
    geometry = replace(SHEET, sides=(both, Side("others", 600, 400, (Placement("inner", 0), Placement("back", 300)))))
    file = tmp_path / "twice.pdf"
    file.write_bytes(press(composition, geometry, ABOUT, profile(), BLEED["a4"]))
    once = tmp_path / "once.pdf"
    once.write_bytes(reading(composition, ABOUT))
    assert referees.transcript(file) == referees.transcript(once)
    assert painting.unmarked(file) == []
    assert referees.verapdf([file]) == {file: []}
    shown = []
    for path in (file, once):
        with pikepdf.open(path) as pdf:
            shown.append([str(operator) for _, operator in pikepdf.parse_content_stream(pdf.pages[0])].count("TJ"))
    assert shown[0] == 2 * shown[1] > 0


# ── inks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def inks() -> Press:
    return Press(profile())


colours = some.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(colours)
def test_text_is_black_alone(inks, colour):
    *setting, cyan, magenta, yellow, black, operator = inks.text[colour].split()
    assert (cyan, magenta, yellow, operator) == (b"0", b"0", b"0", b"k")
    overprints = setting == [b"/Over", b"gs"]
    assert overprints == (luminance(colour) < DARK)
    assert (float(black) == 1) if overprints else (float(black) < 0.6)


@given(colours)
def test_no_ground_has_too_much_ink(inks, colour):
    found = inks.inks(colour)
    assert sum(found) <= 3.0
    assert all(ink == 0 or 0.02 <= ink <= 1 for ink in found)


@pytest.mark.parametrize(
    ("colour", "found"),
    [("#000000", (0, 0, 0, 1)), ("#1d2b36", (0, 0, 0, 1)), ("#ffffff", (0, 0, 0, 0)), ("#808080", (0, 0, 0, 0.5)),
     ("#b9b9bb", (0, 0, 0, 0.27))],
)
def test_greys_are_black_alone(inks, colour, found):
    assert inks.inks(colour) == found


def test_colours_stay_colours(inks):
    cyan, magenta, _, black = inks.inks("#14496b")
    assert cyan > 0.6 and cyan > magenta > 0.1 and black > 0
    assert inks.inks("#eaf2f7")[0] > 0
    assert b"0 0 0 0." in inks.stroke["#14496b", True]  # thinner than half a point: one ink


def test_pictures_are_in_four_inks_or_black(files):
    with pikepdf.open(files["sheet"]) as pdf:
        pictures = {name: picture for name, picture in pdf.pages[0].Resources.XObject.items()}
        assert {str(picture.ColorSpace) for picture in pictures.values()} == {"/DeviceCMYK"}
        assert sum("/SMask" in picture for picture in pictures.values()) == 1


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGB", "RGBA"])
def test_pictures_of_every_mode(tmp_path, mode):
    from PIL import Image

    composition = composed(tmp_path)
    Image.new("RGB", (250, 250), (250, 10, 10)).convert(mode).save(tmp_path / "clear.png")
    read_again(composition)
    file = tmp_path / "x.pdf"
    file.write_bytes(press(composition, SHEET, ABOUT, profile(), BLEED["a4"]))
    with pikepdf.open(file) as pdf:
        picture = next(p for p in pdf.pages[0].Resources.XObject.values() if int(p.Width) == 250)
        assert str(picture.ColorSpace) == ("/DeviceGray" if mode in ("L", "LA", "1") else "/DeviceCMYK")
    assert press_kit.said(file.read_bytes()) == []


# ── a second opinion ─────────────────────────────────────────────────────────────────────────────────────────────────


INKS = ("Cyan", "Magenta", "Yellow", "Black")


def separated(file, folder) -> tuple[dict, dict[int, float]]:
    """Ghostscript's plates at 72 pixels per inch, (page, ink) → picture of which 255 is full
    ink, and page → most ink, percent."""
    if shutil.which("gs") is None:
        referees.missing("ghostscript")
    from PIL import Image, ImageMath

    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", "-r72", "-dUseTrimBox",
               f"-sOutputFile={folder}/plate%d.tif"]
    subprocess.run([*command, str(file)], check=True, capture_output=True)
    plates, most = {}, {}
    for page in (1, 2):
        for ink in INKS:
            with Image.open(folder / f"plate{page}({ink}).tif") as plate:
                plates[page, ink] = plate.convert("L").point(lambda level: 255 - level)
        named = {name: plates[page, ink] for name, ink in zip("cmyk", INKS)}
        total = ImageMath.lambda_eval(lambda args: args["c"] + args["m"] + args["y"] + args["k"], **named)
        most[page] = total.getextrema()[1] / 2.55
    return plates, most


def test_ghostscript_sees_the_same_plates(files, tmp_path):
    """Separations of the sheet: text on the black plate only, grounds on theirs, nowhere more than 300 %."""
    plates, most = separated(files["sheet"], tmp_path)
    assert max(most.values()) <= 301
    # the words "apy on the next panel." stand on paper: on the black plate only
    words = (15, 15, 200, 35)
    assert plates[1, "Black"].crop(words).getextrema()[1] > 200
    assert {plates[1, ink].crop(words).getextrema()[1] for ink in INKS[:3]} == {0}
    # black words on the cover's ground leave its cyan as it is: they overprint
    assert plates[1, "Cyan"].crop((320, 100, 400, 125)).getextrema()[0] == plates[1, "Cyan"].getpixel((590, 300)) > 0


def test_ghostscript_sees_too_much_ink(files, tmp_path):
    file = tmp_path / "soaked.pdf"
    file.write_bytes(press_kit.painted(files["sheet"].read_bytes(), "1 1 0.9 0.5 k 34 -120 9 9 re f"))
    assert separated(file, tmp_path)[1][1] == pytest.approx(340, abs=3)
