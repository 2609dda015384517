"""Whole files: both standards, tags, transcripts, the same bytes, size."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import painting
import pikepdf
import pypdfium2
import pytest
import referees
import specimen
from specimen import ABOUT, SHEET, same_words

from generator.draw import reading, sheet
from generator.model.page import Composition, Image, Page, Shape
from generator.model.record import replace
from generator.model.structure import Elem

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """everything() as both kinds of file."""
    folder = tmp_path_factory.mktemp("everything")
    composition = specimen.everything(folder)
    paths = {name: folder / f"{name}.pdf" for name in ("reading", "sheet", "paragraphs")}
    paths["reading"].write_bytes(reading(composition, ABOUT))
    paths["sheet"].write_bytes(sheet(composition, SHEET, ABOUT))
    paths["paragraphs"].write_bytes(reading(specimen.paragraphs(), replace(ABOUT, direction="rtl")))
    return paths


def test_both_standards(files):
    assert referees.verapdf(files.values()) == {path: [] for path in files.values()}


def test_every_stroke_is_marked_once(files):
    for path in files.values():
        assert painting.unmarked(path) == []


def test_the_file_itself_is_sound(files):
    for path in files.values():
        with pikepdf.open(path) as pdf:
            assert pdf.check_pdf_syntax() == []


def test_structure_is_as_written_down(files):
    if os.environ.get("GOLDEN") == "write":
        (HERE / "structure.txt").write_text(referees.structure(files["reading"]))
    assert referees.structure(files["reading"]) == (HERE / "structure.txt").read_text()


def test_the_sheet_has_the_same_structure(files):
    """Only a figure's place differs, whatever order the panels have on paper."""
    trees = [re.sub(r" BBox=\[.*?\]", "", referees.structure(files[name])) for name in ("reading", "sheet")]
    assert trees[0] == trees[1]


def test_three_readers_agree(files):
    ours = same_words(referees.transcript(files["reading"]))
    assert ours.startswith(
        "The office Efficient: Pflaumenöl is µ and μ. A red square (half clear) A list and a table 1. First"
    )
    assert (
        "There stands a link that is broken over lines. More A paragraph that begins here and goes on therapy on"
        in ours
    )
    assert ours.endswith("A triangle, its base named A blue square جدًا بالعالم क्षत्रिय")
    for figure in ("A red square (half clear) ", "A blue square "):
        ours = ours.replace(figure, "")
    ours = ours.replace("A triangle, its base named", "base")  # the others read a drawing's labels
    poppler = same_words(
        referees.transcript_poppler(files["reading"])
    )  # it takes the codes as they stand, from left to right
    assert poppler.replace("ملاعلاب اًدج", "جدًا بالعالم") == ours
    # pdfium sorts vowel signs by where they stand
    pdfium = same_words(referees.transcript_pdfium(files["reading"])).replace("ther apy", "therapy")
    assert pdfium[: pdfium.index("base")] == ours[: ours.index("base")]
    assert same_words(referees.transcript(files["sheet"])) == same_words(referees.transcript(files["reading"]))


def test_marks_and_elements_point_at_each_other(files):
    with pikepdf.open(files["sheet"]) as pdf:
        root = pdf.Root.StructTreeRoot
        nums = list(root.ParentTree.Nums)
        table = dict(zip(map(int, nums[::2]), nums[1::2]))
        assert sorted(table) == list(range(int(root.ParentTreeNextKey)))
        for page in pdf.pages:
            assert page.Tabs == "/S"
            for number, element in enumerate(table[int(page.StructParents)]):
                kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
                own = [kid for kid in kids if isinstance(kid, int)] if element.Pg.objgen == page.objgen else []
                other = [
                    int(kid.MCID)
                    for kid in kids
                    if not isinstance(kid, int) and "/MCID" in kid and kid.Pg.objgen == page.objgen
                ]
                assert number in own + other
            for annotation in page.get("/Annots", []):
                element = table[int(annotation.StructParent)]
                assert element.S == "/Link"
                assert annotation.F == 4
                assert annotation.objgen in [kid.Obj.objgen for kid in element.K if not isinstance(kid, int)]


def test_outline(files):
    with pikepdf.open(files["reading"]) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert (title.title, [kid.title for kid in title.children]) == ("The office", ["A list and a table", "More"])
        page, kind, left, top, _ = title.children[0].destination
        assert (page.objgen, kind) == (pdf.pages[1].objgen, "/XYZ")
        assert (int(left), int(top)) == (20, 400 - 30 + 14)


def test_wishes_of_the_file(files):
    with pikepdf.open(files["sheet"]) as pdf:
        assert {key: str(value) for key, value in pdf.Root.ViewerPreferences.items()} == {
            "/DisplayDocTitle": "True", "/PrintScaling": "/None", "/PickTrayByPDFSize": "False",
            "/Duplex": "/DuplexFlipShortEdge",
        }  # fmt: skip
        assert [[float(side) for side in page.MediaBox] for page in pdf.pages] == [[0, 0, 600, 400]] * 2
    with pikepdf.open(files["paragraphs"]) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert pdf.Root.Lang == "en"
    with pikepdf.open(files["reading"]) as pdf:
        assert set(pdf.Root.ViewerPreferences) == {"/DisplayDocTitle"}


def test_metadata(files):
    with pikepdf.open(files["reading"]) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == ABOUT.title == str(pdf.docinfo.Title)
        assert xmp["dc:creator"] == [ABOUT.author]
        assert xmp["dc:description"] == ABOUT.subject == str(pdf.docinfo.Subject)
        assert set(xmp["dc:subject"]) == set(ABOUT.keywords)
        assert str(pdf.docinfo.Keywords) == "bone, Ärzte"
        assert (xmp["xmp:CreateDate"], str(pdf.docinfo.CreationDate)) == ("2017-07", "D:201707")
        assert (xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("1", "2", "A")


def test_no_date_without_one_in_the_content(monkeypatch, tmp_path):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    file = tmp_path / "undated.pdf"
    file.write_bytes(reading(specimen.paragraphs(2), replace(ABOUT, date="")))
    with pikepdf.open(file) as pdf, pdf.open_metadata() as xmp:
        assert not {"xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"} & set(xmp)
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo)
    assert referees.verapdf([file]) == {file: []}


# ── same bytes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def hyphens(*texts: str) -> Composition:
    leaves = [Elem("") for _ in texts]
    lines = [
        specimen.line(30 + 20 * at, specimen.run(20, text, leaf)) for at, (text, leaf) in enumerate(zip(texts, leaves))
    ]
    return specimen.composed([Page("page", 300, 400, lines)], *(Elem("P", [leaf]) for leaf in leaves))


def test_same_bytes_whatever_the_process_did_before():
    """A glyph with two texts: the words are kept from document to document, their codes are not."""
    hard, soft = "well-known fact ", "well~"
    first = reading(hyphens(hard, soft), ABOUT)
    other = reading(hyphens(soft, hard), ABOUT)
    assert reading(hyphens(hard, soft), ABOUT) == first != other


@pytest.mark.parametrize("order", [("well-known ", "well~", "well-known ", "well~"), ("well~", "well-known ", "well~")])
def test_one_glyph_two_texts(order, tmp_path):
    path = tmp_path / "two.pdf"
    path.write_bytes(reading(hyphens(*order), ABOUT))
    assert referees.transcript(path) == [text.replace("~", "\xad") for text in order]
    assert referees.verapdf([path])[path] == []


def test_same_bytes_in_another_process(tmp_path):
    """No clock, no hash order."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:3]; from pathlib import Path; import hashlib, specimen; from "
        "generator.draw import reading;"
        "print(hashlib.sha256(reading(specimen.everything(Path(sys.argv[3])), specimen.ABOUT)).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code, str(HERE), str(HERE.parent.parent), str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(hashes) == 1


def test_small():
    """60 paragraphs in two faces: the parts that are not text stay small."""
    assert len(reading(specimen.paragraphs(), ABOUT)) < 13_000


# ── what stands where ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("turned", [False, True])
def test_glyphs_stand_where_they_were_set(turned, tmp_path):
    """Kerning, sizes, rises and turned panels: every glyph's origin as typeset, to a hundredth of a point or two."""
    leaf = Elem("")
    text = "AVATAR To.Ya Wave "
    runs = [specimen.run(20, text, leaf, 20), specimen.run(220, text, leaf, 7, "bold", rise=3)]
    composition = specimen.composed([Page("a", 400, 300, [specimen.line(100, *runs)])], Elem("P", [leaf]))
    side = specimen.Side("side", 900, 500, (specimen.Placement("a", 450, 30, turned),))
    path = tmp_path / "where.pdf"
    path.write_bytes(sheet(composition, specimen.Geometry((), (), (side,)), ABOUT))
    expected = []
    for run in runs:
        x = run.x
        for word in run.words:
            for _, advance, _, _, _ in word.glyphs:
                place = (x, 100 - run.rise)
                expected.append(
                    (450 + 400 - place[0], 500 - 30 - 300 + place[1])
                    if turned
                    else (450 + place[0], 500 - 30 - place[1])
                )
                x += advance * run.size
    import ctypes

    page = pypdfium2.PdfDocument(path)[0].get_textpage()
    found = []
    for at in range(page.count_chars()):
        if pypdfium2.raw.FPDFText_IsGenerated(page, at):
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pypdfium2.raw.FPDFText_GetCharOrigin(page, at, x, y)
        found.append((x.value, y.value))
    assert len(found) == len(expected) == 2 * len(text)
    for place, wanted in zip(found, expected):
        assert place == pytest.approx(wanted, abs=0.03)


def test_grounds_are_where_they_should_be(files):
    """Seen as a picture: y downwards, panels beside each other, one upside down."""
    outside = pypdfium2.PdfDocument(files["sheet"])[0].render(scale=1).to_pil().convert("RGB")
    assert outside.getpixel((295, 45)) == (255, 255, 255)  # back panel
    assert outside.getpixel((305, 45)) == (0xDD, 0xEE, 0xFF)  # the cover's ground
    assert outside.getpixel((340, 30)) == (255, 255, 255)  # the rounded ground on it
    assert outside.getpixel((320, 20)) == (0xDD, 0xEE, 0xFF)  # its corner
    assert outside.getpixel((60, 132)) == (0x99, 0xCC, 0xFF)  # the drawing
    assert outside.getpixel((350, 170)) == pytest.approx((228, 148, 148), abs=3)  # the PNG, half clear
    assert outside.getpixel((170, 200))[2] > 150 > outside.getpixel((170, 200))[0]  # the JPEG


def test_a_picture_is_embedded_once(tmp_path):
    from PIL import Image as Picture

    Picture.new("L", (4, 4), 100).save(tmp_path / "grey.png")
    figures = [Elem("Figure", alt="Grey") for _ in range(2)]
    items = [
        Image(20, 20 + 50 * at, 40, 40, str(tmp_path / "grey.png"), figure, (tmp_path / "grey.png").read_bytes())
        for at, figure in enumerate(figures)
    ]
    with pikepdf.open(io.BytesIO(reading(specimen.composed([Page("a", 100, 200, items)], *figures), ABOUT))) as pdf:
        images = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        assert len(images) == 1


def test_a_grey_picture_of_16_bits_keeps_its_greys(tmp_path):
    from PIL import Image as Picture

    deep = Picture.new("I;16", (256, 1))
    deep.putdata([256 * level for level in range(256)])
    deep.save(tmp_path / "deep.png")
    figure = Elem("Figure", alt="Grey")
    items = [Image(20, 20, 40, 40, str(tmp_path / "deep.png"), figure, (tmp_path / "deep.png").read_bytes())]
    with pikepdf.open(io.BytesIO(reading(specimen.composed([Page("a", 100, 200, items)], figure), ABOUT))) as pdf:
        (image,) = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        levels = image.read_bytes()[:: len(image.read_bytes()) // 256]
        assert list(levels) == pytest.approx(range(256), abs=1)


def test_a_figure_with_its_labels_is_one_mark(files):
    with pikepdf.open(files["reading"]) as pdf:
        operators = [(str(one.operator), one.operands) for one in pikepdf.parse_content_stream(pdf.pages[2])]
    names = [name for name, _ in operators]
    start = next(at for at, (name, operands) in enumerate(operators) if name == "BDC" and operands[0] == "/Figure")
    inside = names[start : names.index("EMC", start)]
    assert inside.count("B") == 1 and inside.count("TJ") == 1 and inside.count("BT") == inside.count("ET") == 1
    assert "S" in inside


def test_a_figure_that_begins_with_a_label():
    leaf, figure = Elem(""), Elem("Figure", alt="Two lines")
    items = [specimen.line(20, specimen.run(20, "Text ", leaf)), specimen.line(40, specimen.run(20, "label ", figure))]
    items += [Shape(20, 60, 1, (("M", 0, 0), ("L", 9, 9)), None, "#000000", elem=figure)]
    with pikepdf.open(
        io.BytesIO(reading(specimen.composed([Page("a", 99, 99, items)], Elem("P", [leaf]), figure), ABOUT))
    ) as pdf:
        names = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])]
    assert names.count("BDC") == 2


def test_places_on_a_turned_panel(files):
    """Areas of links and destinations turn with their panel, whose left top corner is the sheet's right foot."""
    with pikepdf.open(files["reading"]) as pdf, pikepdf.open(files["sheet"]) as turned:
        for upright, other in zip(pdf.pages[1].Annots, turned.pages[1].Annots):
            left, bottom, right, top = map(float, upright.Rect)
            assert [float(side) for side in other.Rect] == pytest.approx(
                [600 - right, 400 - top, 600 - left, 400 - bottom]
            )
        with turned.open_outline() as outline:
            _, _, left, top, _ = outline.root[0].children[0].destination
            assert (int(left), int(top)) == (600 - 20, 30 - 14)


def test_nothing_leaks_from_a_turned_panel(tmp_path):
    """Font and colour are said anew after it."""
    leaf = Elem("")
    pages = [Page(name, 100, 100, [specimen.line(50, specimen.run(20, f"{name} ", leaf))]) for name in ("one", "two")]
    side = specimen.Side("side", 200, 100, (specimen.Placement("one", 0, 0, True), specimen.Placement("two", 100)))
    path = tmp_path / "turned.pdf"
    path.write_bytes(sheet(specimen.composed(pages, Elem("P", [leaf])), specimen.Geometry((), (), (side,)), ABOUT))
    assert referees.transcript(path) == ["one two "]


def test_a_link_over_two_pages():
    link = Elem("Link", href="https://example.org")
    runs = [specimen.run(20, "a link ", link), specimen.run(20, "goes on ", link)]
    pages = [
        Page(name, 100, 100, [specimen.line(50, run), specimen.area(run, 50, link.href, link)])
        for name, run in zip("ab", runs)
    ]
    with pikepdf.open(io.BytesIO(reading(specimen.composed(pages, Elem("P", [link])), ABOUT))) as pdf:
        element = pdf.Root.StructTreeRoot.K.K.K
        for kid, page in zip(list(element.K)[-2:], pdf.pages):
            assert kid.get("/Pg", element.Pg).objgen == page.objgen
            assert kid.Obj.objgen == page.Annots[0].objgen and str(kid.Obj.Contents) == "a link goes on"


def test_one_text_object_for_a_stretch_of_lines():
    with pikepdf.open(io.BytesIO(reading(specimen.paragraphs(8), ABOUT))) as pdf:
        names = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])]
    assert names.count("BT") == 1 and names.count("BDC") == 8
    assert names.count("Tf") == 4  # a heading, its text, a heading, its text
