"""What brochures and booklets need of the typesetter: QR codes, lines to write on, pages that fill their sheets."""

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import drawn, frames, leaflet, theme, typeset, words

from generator.model.layout import MM, Bound
from generator.model.page import Fill, Line, Shape, Stroke
from generator.model.problem import Overfull
from generator.model.record import replace
from generator.model.theme import Style
from generator.typeset import pour as pouring
from generator.typeset.code import LEAST, MODULE, QUIET, outline
from generator.typeset.excess import longest

BOX = '<div class="box"><p>Notes</p><lines count="4" most="9"/></div>'
BOXED = {"div.box": Style(border="line", border_sides=("top", "bottom"), padding=(0.5, 0.5), push=True)}


# ── QR codes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def winding(path, x: float, y: float) -> int:
    """Winding number of a path of straight lines around a point."""
    total, start, at = 0, None, None
    for op, *to in path:
        to = tuple(to) if op != "Z" else start
        if op == "M":
            start = to
        elif at[1] != to[1] and at[0] > x and min(at[1], to[1]) < y < max(at[1], to[1]):
            total += 1 if to[1] > at[1] else -1
        at = to
    return total


@settings(max_examples=25, deadline=None)
@given(st.text("abc/-?=0123456789", max_size=150).map("https://example.org/".__add__))
def test_the_outline_is_the_code(address):
    size, path = outline(address)
    matrix = segno.make_qr(address, error="m", boost_error=False).matrix
    assert size == len(matrix)
    step = max(1, size // 12)
    for y in range(0, size, step):
        for x in range(size):
            assert winding(path, x + 0.5, y + 0.5) == matrix[y][x]


@pytest.mark.parametrize("address", ["https://example.org", "https://example.org/" + "a" * 80])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("wide", [240.0, 60.0])
def test_a_code_can_be_scanned(address, direction, wide):
    made = typeset(
        f'<h1>T</h1><qr href="{address}" alt="QR code: {address}"/>', frames((wide, 240.0)), direction=direction,
        language="he" if direction == "rtl" else "en",
    )
    (code,) = [item for item in made.pages[0].items if isinstance(item, Shape)]
    (ground,) = [item for item in made.pages[0].items if isinstance(item, Fill)]
    assert LEAST <= code.scale <= MODULE and LEAST >= 0.4 * MM
    quiet = QUIET * code.scale
    assert (code.x - ground.x, code.y - ground.y) == pytest.approx((quiet, quiet))
    assert ground.width == ground.height == pytest.approx((outline(address)[0] + 2 * QUIET) * code.scale)
    assert (code.fill, ground.colour) == ("#000000", "#ffffff")
    edge = ground.x if direction == "ltr" else ground.x + ground.width
    assert edge == pytest.approx(10.0 if direction == "ltr" else 10.0 + wide)
    assert code.elem.role == "Figure" and code.elem.alt == f"QR code: {address}"
    assert drawn(made).startswith(b"%PDF")


# ── lines to write on ────────────────────────────────────────────────────────────────────────────────────────────────


def lines_of(depth: float) -> list[float]:
    made = typeset("<h1>T</h1>" + BOX, frames((200, depth)), styles=BOXED)
    return [item.y1 for item in made.pages[0].items if isinstance(item, Stroke)]


def test_lines_become_more_where_there_is_room():
    few, some, most = lines_of(195), lines_of(235), lines_of(600)
    assert [len(found) - 2 for found in (few, some, most)] == [5, 7, 9]  # besides the rules above and below the box
    for found, depth in ((few, 195), (some, 235), (most, 600)):
        top, bottom, *written = found
        assert bottom == pytest.approx(10 + depth, abs=1)  # the box ends at the foot
        assert len({round(b - a, 3) for a, b in zip(written, written[1:])}) == 1
        assert top < written[0] and written[-1] < bottom


def test_lines_that_have_no_room_are_too_much():
    with pytest.raises(Overfull):
        lines_of(120)


# ── pages of sheets ──────────────────────────────────────────────────────────────────────────────────────────────────


def bound(kind: str, size=(200.0, 150.0), most=None):
    plain = frames(size, repeat=True, most=most)
    return replace(plain, bound=Bound(kind, 440.0, 170.0))


def test_the_breaks_of_many_pages_are_sought_with_bounded_work(monkeypatch):
    """Each page has some forty places to end: a search that looks through them anew for each price would ask millions
    of times."""
    asked = []
    left = pouring.Ahead.left
    monkeypatch.setattr(pouring.Ahead, "left", lambda *given: asked.append(1) or left(*given))
    assert len(typeset(f"<p>{words(3600)}</p>", bound("saddle", (240.0, 540.0)), body=(9.0, 9.0)).pages) == 12
    assert len(asked) < 60_000


def test_pages_of_a_booklet_fill_evenly():
    text = "<h1>T</h1>" + "".join(f"<p>{words(12, 12 * n)}</p>" for n in range(11))
    plain, even = typeset(text, frames((200, 150), repeat=True)), typeset(text, bound("saddle"))
    assert len(plain.pages) % 4 != 0 and len(even.pages) % 4 == 0
    assert min(page.filled for page in even.pages) > 0.4
    assert [item.y for page in plain.pages for item in page.items] != [
        item.y for page in even.pages for item in page.items
    ]


def test_the_largest_type_that_needs_no_more_sheets():
    text = "<h1>T</h1>" + "".join(f"<p>{words(12, 12 * n)}</p>" for n in range(9))
    plain = typeset(text, frames((200, 150), repeat=True), body=(9.0, 12.0))
    grown = typeset(text, bound("saddle"), body=(9.0, 12.0))
    assert len(grown.pages) <= 4 * -(-len(typeset(text, frames((200, 150), repeat=True), body=(9.0, 9.0)).pages) // 4)
    assert grown.body_size > plain.body_size


def with_back(paragraphs: int, behind: int = 2):
    """A booklet with a cover, so many paragraphs of two lines inside, and some on its back."""
    pages = frames((200, 150), (200, 150), (200, 150), repeat=True, story="b")
    inside, end = ("".join(f"<p>{words(12, 12 * n)}</p>" for n in range(count)) for count in (paragraphs, behind))
    back = f'<panel name="c">{end.replace("w", "z")}</panel>'
    bound = replace(pages, bound=Bound("saddle", 440.0, 170.0))
    return typeset(f'<panel name="a"><h1>T</h1></panel><story>{inside}</story>{back}', bound)


def test_a_story_ends_on_the_back_of_a_booklet_where_that_saves_a_sheet():
    def said(page) -> set[str]:
        return {word.text[:1] for item in page.items if isinstance(item, Line) for run in item.runs
                for word in run.words if word.text.strip()}

    four, alone, eight = with_back(9), with_back(7), with_back(13)
    assert [len(made.pages) for made in (four, alone, eight)] == [4, 4, 8]
    assert [said(made.pages[-1]) for made in (four, alone, eight)] == [{"w", "z"}, {"z"}, {"z"}]
    for made in (four, alone, eight):
        drawn(made)  # the writer holds that words are read in the order of the story


@pytest.mark.parametrize("behind, pages", [(2, 4), (12, 8), (230, 59)])
def test_a_booklet_takes_what_its_back_page_does_not_hold(behind, pages):
    """As much as there is: it goes on behind the story, and blank pages stand behind it."""
    made = with_back(3, behind)
    assert len(made.pages) == pages
    assert made.through == (behind > 2)
    drawn(made)


def test_facing_pages_mirror_their_frames():
    text = "<h1>T</h1>" + "".join(f"<p>{words(30, 30 * n)}</p>" for n in range(6))
    geometry = bound("two-up")
    (panel,) = geometry.panels
    made = typeset(text, replace(geometry, panels=(replace(panel, left=30.0),), facing=True))
    starts = [min(run.x for item in page.items if isinstance(item, Line) for run in item.runs) for page in made.pages]
    assert starts == [30.0, 10.0] * (len(starts) // 2)


# ── what does not fit ────────────────────────────────────────────────────────────────────────────────────────────────


def test_too_much_names_the_longest_part():
    text = (
        f"<h1>T</h1><h2>Short</h2><p>{words(5)}</p><h2>Long <em>one</em></h2><p>{words(90)}</p><h2>End</h2>"
        f"<p>{words(3)}</p>"
    )
    with pytest.raises(Overfull) as full:
        typeset(text, frames((120, 220)))
    (problem,) = full.value.problems
    assert problem.hint.startswith("remove about ") and problem.hint.endswith(
        ", for instance from 'Long one', which has 90"
    )


def test_a_table_that_cannot_stay_whole_prefers_the_size_at_which_it_can():
    rows = "".join(f'<tr><th scope="row">r{n}</th><td>c</td></tr>' for n in range(6))
    text = (
        f'<h1>T</h1><p>{words(20)}</p><section class="keep"><table><thead><tr><th scope="col">a</th><th '
        f'scope="col">b</th></tr></thead><tbody>{rows}</tbody></table></section>'
    )
    made = typeset(text, frames((150, 150), (150, 150)), body=(9.0, 13.0))
    where = {page.name for page in made.pages for item in page.items if isinstance(item, Line)
             for run in item.runs for word in run.words if word.text.startswith(("r0", "r5"))}
    assert len(where) == 1 and made.body_size < 13.0


def test_words_after_a_box_are_not_counted_to_the_heading_in_it():
    part = leaflet(
        f"<h1>T</h1><aside class='x'><h2>Key points</h2><p>One.</p></aside><p>{words(50)}</p><h2>After</h2>"
        f"<p>{words(9)}</p>",
        styles=theme(**{"aside.x": Style()}),
    ).parts["story"]
    assert longest(part) == ("T", 50)
