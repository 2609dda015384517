"""Every guard of the writer, shown to stop a document that would claim what it does not keep."""

from __future__ import annotations

import pytest
import specimen
from specimen import ABOUT, SHEET

from generator.draw import ClaimError, reading, sheet
from generator.model.page import Composition, Image, LinkArea, Page, Run, Word
from generator.model.record import replace
from generator.model.structure import Elem


def small(role: str = "P", **more) -> tuple[Composition, Elem, Elem]:
    """One element with one line of text: (composition, element, leaf)."""
    leaf = Elem("")
    elem = Elem(role, [leaf], **more)
    page = Page("page", 200, 200, [specimen.line(50, specimen.run(20, "Some words ", leaf))])
    return specimen.composed([page], elem), elem, leaf


def test_a_good_one_passes():
    assert reading(small()[0], ABOUT).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "  "}, "no title"),
        ({"language": ""}, "no language tag"),
        ({"language": "en_GB"}, "no language tag"),
    ],
)
def test_about(change, said):
    with pytest.raises(ClaimError, match=said):
        reading(small()[0], replace(ABOUT, **change))


@pytest.mark.parametrize(
    ("role", "more", "said"),
    [
        ("P", {"language": "deutsch!"}, "no language tag"),
        ("Paragraph", {}, "no standard structure type"),
        ("H2", {"title": "Two"}, "heading level is skipped"),
        ("LI", {}, "LI stands in Document"),
        ("TD", {}, "TD stands in Document"),
        ("L", {}, "text stands in L"),
        ("Link", {}, "leads nowhere"),
        ("Link", {"href": "https://example.org"}, "has no area"),
        ("Figure", {}, "no alternate text"),
        ("Figure", {"alt": " "}, "no alternate text"),
    ],
)
def test_element(role, more, said):
    with pytest.raises(ClaimError, match=said):
        reading(small(role, **more)[0], ABOUT)


def test_heading_levels_over_the_whole_tree():
    kids = [Elem("H1", [Elem("")]), Elem("Sect", [Elem("H2", [Elem("")]), Elem("Sect", [Elem("H4", [Elem("")])])])]
    with pytest.raises(ClaimError, match="H4  follows H2"):
        reading(specimen.composed([], *kids), ABOUT)


@pytest.mark.parametrize("scope", [None, "Col"])
def test_heading_cells_have_a_scope(scope):
    table = Elem("Table", [Elem("TR", [Elem("TH", [], scope=scope)])])
    with pytest.raises(ClaimError, match="scope"):
        reading(specimen.composed([], table), ABOUT)


def test_rows_are_equally_long():
    rows = [Elem("TR", [Elem("TD", colspan=2)]), Elem("TR", [Elem("TD"), Elem("TD"), Elem("TD")])]
    with pytest.raises(ClaimError, match=r"\[2, 3\] columns"):
        reading(specimen.composed([], Elem("Table", [Elem("TBody", rows)])), ABOUT)


def test_tree_begins_with_document():
    composition, elem, _ = small()
    composition.tree = elem
    with pytest.raises(ClaimError, match="not Document"):
        reading(composition, ABOUT)


def test_an_element_stands_once():
    composition, elem, _ = small()
    composition.tree.kids.append(elem)
    with pytest.raises(ClaimError, match="twice"):
        reading(composition, ABOUT)


def test_text_without_an_element():
    composition, _, _ = small()
    composition.pages[0].items.append(specimen.line(80, specimen.run(20, "Lost words ", None)))
    with pytest.raises(ClaimError, match="'Lost words ' is drawn outside"):
        reading(composition, ABOUT)
    composition.pages[0].furniture.append(composition.pages[0].items.pop())
    reading(composition, ABOUT)  # a footer may


def test_picture_without_an_element(tmp_path):
    composition, _, _ = small()
    composition.pages[0].items.append(Image(0, 0, 10, 10, "x.png", None))
    with pytest.raises(ClaimError, match=r"x\.png is drawn outside"):
        reading(composition, ABOUT)


def test_text_of_another_tree():
    composition, _, _ = small()
    composition.pages[0].items.append(specimen.line(80, specimen.run(20, "Strange ", Elem("P"))))
    with pytest.raises(ClaimError, match="P, which is not in the structure tree"):
        reading(composition, ABOUT)


def test_text_on_an_element_that_is_no_leaf():
    composition, elem, _ = small()
    composition.pages[0].items.append(specimen.line(80, specimen.run(20, "Strange ", elem)))
    with pytest.raises(ClaimError, match="only leaves are drawn"):
        reading(composition, ABOUT)


@pytest.mark.parametrize(
    "lost", [Elem("P"), Elem("Sect"), Elem("P", [Elem("")]), Elem("L", [Elem("LI", [Elem("LBody", [Elem("")])])])]
)
def test_nothing_drawn(lost):
    composition, _, _ = small()
    composition.tree.kids.append(lost)
    with pytest.raises(ClaimError, match="drawn"):
        reading(composition, ABOUT)


def test_an_empty_cell_is_no_loss():
    composition, _, _ = small()
    composition.tree.kids.append(Elem("Table", [Elem("TR", [Elem("TD"), Elem("TD", [Elem("")])])]))
    reading(composition, ABOUT)


def test_links():
    composition, _, _ = small()
    link = Elem("Link", href="https://example.org")
    composition.tree.kids.append(Elem("P", [link]))
    items = composition.pages[0].items
    items.append(LinkArea(20, 80, 50, 12, link.href, link))
    with pytest.raises(ClaimError, match="says nothing"):
        reading(composition, ABOUT)
    items.insert(1, specimen.line(90, specimen.run(20, "words ", link)))
    reading(composition, ABOUT)
    items.append(LinkArea(20, 120, 50, 12, link.href, Elem("Link", href=link.href)))
    with pytest.raises(ClaimError, match="no Link element"):
        reading(composition, ABOUT)


@pytest.mark.parametrize(
    ("glyph", "text", "said"),
    [(0, "x", "no glyph for 'x'"), (40, "\ue000", "U\\+E000"), (40, "\0", "U\\+0000"), (40, "a\ufeff", "U\\+FEFF")],
)
@pytest.mark.parametrize("second", [False, True])
def test_glyphs_say_something(glyph, text, said, second):
    """Also where the glyph has been met with another text before."""
    composition, _, leaf = small()
    words = [Word("x", 0.5, ((40, 0.5, 0.0, 0.0, "fine"),), specimen.face())] if second else []
    words.append(Word(text, 0.5, ((glyph, 0.5, 0.0, 0.0, text),), specimen.face()))
    composition.pages[0].items.append(specimen.line(90, Run(20, words, specimen.face(), 10, "#000000", leaf)))
    with pytest.raises(ClaimError, match=said):
        reading(composition, ABOUT)


def test_cmyk_pictures(tmp_path):
    from PIL import Image as Picture

    Picture.new("CMYK", (4, 4)).save(tmp_path / "print.jpg")
    figure = Elem("Figure", alt="Ink")
    page = Page(
        "a", 100, 100, [Image(0, 0, 10, 10, str(tmp_path / "print.jpg"), figure, (tmp_path / "print.jpg").read_bytes())]
    )
    with pytest.raises(ClaimError, match="CMYK"):
        reading(specimen.composed([page], figure), ABOUT)


def test_every_panel_has_a_place(tmp_path):
    composition = specimen.everything(tmp_path)
    with pytest.raises(ClaimError, match="flat"):
        sheet(composition, replace(SHEET, sides=()), ABOUT)
    with pytest.raises(ClaimError, match="'inner' has no place"):
        sheet(composition, replace(SHEET, sides=SHEET.sides[:1]), ABOUT)
    composition.pages.append(Page("cover", 300, 400))
    with pytest.raises(ClaimError, match="'cover' has no place"):
        sheet(composition, SHEET, ABOUT)
