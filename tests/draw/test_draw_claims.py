"""Every guard of the writer, shown to stop a document that would claim what it does not keep."""

from __future__ import annotations

import pytest
import specimen
from specimen import ABOUT, SHEET

from generator.draw import ClaimError, reading, sheet
from generator.model.page import About, Composition, Image, LinkArea, Page, Run, Word
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


def refuses(said: str, composition: Composition, about: About = ABOUT) -> None:
    with pytest.raises(ClaimError, match=said):
        reading(composition, about)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "  "}, "no title"),
        ({"language": ""}, "no language tag"),
        ({"language": "en_GB"}, "no language tag"),
    ],
)
def test_about(change, said):
    refuses(said, small()[0], replace(ABOUT, **change))


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
    refuses(said, small(role, **more)[0])


def test_heading_levels_over_the_whole_tree():
    kids = [Elem("H1", [Elem("")]), Elem("Sect", [Elem("H2", [Elem("")]), Elem("Sect", [Elem("H4", [Elem("")])])])]
    refuses("H4  follows H2", specimen.composed([], *kids))


@pytest.mark.parametrize("scope", [None, "Col"])
def test_heading_cells_have_a_scope(scope):
    table = Elem("Table", [Elem("TR", [Elem("TH", [], scope=scope)])])
    refuses("scope", specimen.composed([], table))


def test_rows_are_equally_long():
    rows = [Elem("TR", [Elem("TD", colspan=2)]), Elem("TR", [Elem("TD"), Elem("TD"), Elem("TD")])]
    refuses(r"\[2, 3\] columns", specimen.composed([], Elem("Table", [Elem("TBody", rows)])))


def test_tree_begins_with_document():
    composition, elem, _ = small()
    composition.tree = elem
    refuses("not Document", composition)


def test_text_without_an_element():
    composition, _, _ = small()
    composition.pages[0].items.append(specimen.line(80, specimen.run(20, "Lost words ", None)))
    refuses("'Lost words ' is drawn outside", composition)
    composition.pages[0].furniture.append(composition.pages[0].items.pop())
    reading(composition, ABOUT)  # a footer may


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (lambda elem: Image(0, 0, 10, 10, "x.png", None), r"x\.png is drawn outside"),
        (lambda elem: specimen.line(80, specimen.run(20, "Strange ", Elem("P"))),
         "P, which is not in the structure tree"),
        (lambda elem: specimen.line(80, specimen.run(20, "Strange ", elem)), "only leaves are drawn"),
    ],
)
def test_what_is_drawn_belongs_to_a_leaf_of_the_tree(item, said):
    composition, elem, _ = small()
    composition.pages[0].items.append(item(elem))
    refuses(said, composition)


@pytest.mark.parametrize(
    ("more", "said"),
    [(lambda elem, one=one: one, "drawn") for one in
     (Elem("P"), Elem("Sect"), Elem("P", [Elem("")]), Elem("L", [Elem("LI", [Elem("LBody", [Elem("")])])]))]
    + [(lambda elem: elem, "twice")],
)
def test_each_element_of_the_tree_is_drawn_and_stands_once(more, said):
    composition, elem, _ = small()
    composition.tree.kids.append(more(elem))
    refuses(said, composition)


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
    refuses("says nothing", composition)
    items.insert(1, specimen.line(90, specimen.run(20, "words ", link)))
    reading(composition, ABOUT)
    items.append(LinkArea(20, 120, 50, 12, link.href, Elem("Link", href=link.href)))
    refuses("no Link element", composition)


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
    refuses(said, composition)


def test_cmyk_pictures(tmp_path):
    from PIL import Image as Picture

    Picture.new("CMYK", (4, 4)).save(tmp_path / "print.jpg")
    figure = Elem("Figure", alt="Ink")
    page = Page(
        "a", 100, 100, [Image(0, 0, 10, 10, str(tmp_path / "print.jpg"), figure, (tmp_path / "print.jpg").read_bytes())]
    )
    refuses("CMYK", specimen.composed([page], figure))


def test_every_panel_has_a_place(tmp_path):
    composition = specimen.everything(tmp_path)
    with pytest.raises(ClaimError, match="flat"):
        sheet(composition, replace(SHEET, sides=()), ABOUT)
    with pytest.raises(ClaimError, match="'inner' has no place"):
        sheet(composition, replace(SHEET, sides=SHEET.sides[:1]), ABOUT)
    composition.pages.append(Page("cover", 300, 400))
    with pytest.raises(ClaimError, match="'cover' has no place"):
        sheet(composition, SHEET, ABOUT)
