"""Footers: one and the same on every page, set for the widest of their numbers."""

from kit import frames, typeset, words

from generator.model.page import Line
from generator.model.theme import Style

STORY = f"<story><h1>x</h1><p>{words(1500)}</p></story>"
BESIDE = {"div_foot": Style(widths=(5.0, 1.0)), "p_folio": Style(align="end")}


def feet(footers, width=200, foot=20.0):
    """The lines of each page's footer, and where each begins."""
    made = typeset(STORY + footers, frames((width, 200), repeat=True, foot=foot), styles=BESIDE)
    pages = [[item for item in page.furniture if isinstance(item, Line)] for page in made.pages]
    return [
        [("".join(word.text for run in line.runs for word in run.words).strip(), line.runs[0].x) for line in page]
        for page in pages
    ]


def test_a_page_number_takes_the_room_that_the_widest_needs():
    """Its share would break "Page 10 of 12" into two lines, or three."""
    made = feet("<footer><div class='foot'><p>Hernia</p><p class='folio'>Page <page/> of <pages/></p></div></footer>")
    assert len(made) > 10
    assert [[text for text, _ in page] for page in made] == [
        ["Hernia", f"Page {n} of {len(made)}"] for n in range(1, len(made) + 1)
    ]


def test_what_stands_beside_it_is_the_same_on_every_page():
    title = "A title that has room beside narrow numbers"
    seen = set()
    for width in range(250, 300):
        beside = f"<footer><div class='foot'><p>{title}</p><p>Page <page/> of <pages/></p></div></footer>"
        made = feet(f"{beside}<footer><p>Page <page/></p></footer>", width)
        kept = [[(text, x) for text, x in page if not text.startswith("Page")] for page in made]
        assert len(made) > 9 and all(page == kept[0] for page in kept)
        seen.add(len(kept[0]))
        assert len({x for page in made for text, x in page if text.startswith("Page")}) == 1
    assert seen == {0, 1}, "there are widths with room for the title, and others"


def test_another_footer_is_taken_for_all_pages_where_one_has_no_room_for_it():
    first = "<footer><p>A long title and then the number of the page, <page/> of <pages/></p><p>two</p></footer>"
    made = feet(f"{first}<footer><p>Page <page/></p></footer>", 150)
    assert [[text for text, _ in page] for page in made] == [[f"Page {n}"] for n in range(1, len(made) + 1)]


def test_shares_stay_where_numbers_can_not_have_more():
    """The word beside them needs its share: the numbers break."""
    made = feet(
        "<footer><div class='foot'><p>Electroencephalography</p><p>Page <page/> of <pages/></p></div></footer>", 150,
        foot=80.0,
    )
    assert made[0][0][0] == "Electroencephalography" and len(made[0]) > 2
