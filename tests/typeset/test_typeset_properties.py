"""Random stories in random frames: whatever is written, all of it stands on paper in its order, or a located problem
says why not."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit import drawn, frames, leaflet, typeset, words
from traced import text_of, words_by_leaf

from generator.model.page import Composition, Fill, Image, Line, Stroke
from generator.model.problem import Rejected
from generator.model.structure import Elem
from generator.typeset import compose as composing
from generator.typeset import flow, frame, rows, table
from generator.typeset import pour as pouring
from generator.typeset.flow import NEVER

LENGTH = st.integers(1, 40)
WORDS = LENGTH.map(lambda count: ["w"] * count)
"""Markup is a list of tags and of "w" for each word; words get their numbers at the end, in reading order."""


def wrapped(tag: str, inner, attributes: str = ""):
    return inner.map(lambda parts: [f"<{tag}{' ' * bool(attributes)}{attributes}>", *parts, f"</{tag}>"])


def joined(parts) -> list[str]:
    return [piece for part in parts for piece in part]


def many(inner, least: int = 1, most: int = 4):
    return st.lists(inner, min_size=least, max_size=most).map(joined)


TEXT = wrapped("p", WORDS)
HEADING = wrapped("h2", st.just(["w", "w", "w"])) | wrapped("h2", st.just(["w"] * 9), 'class="balance"')
LIST = wrapped("ul", many(wrapped("li", WORDS))) | wrapped("ol", many(wrapped("li", many(TEXT, 1, 2)))) \
    | wrapped("dl", many(st.tuples(wrapped("dt", st.just(["w", "w"])), wrapped("dd", WORDS)).map(joined), 1, 3))
PICTURE = st.sampled_from([["<img src='small.svg' alt='A'/>"], ["<figure>", "<img src='wide.png' alt='A' width='50%'/>",
                                                               "<figcaption>", "w", "w", "</figcaption>", "</figure>"]])


@st.composite
def tables(draw) -> list[str]:
    columns = draw(st.integers(1, 4))
    cells = WORDS | st.just([]) | many(TEXT, 1, 2) | LIST
    out = ["<table>"]
    if draw(st.booleans()):
        out += ["<thead><tr>", *["<th scope='col'>", "w", "</th>"] * columns, "</tr></thead>"]
    out.append("<tbody>")
    for _ in range(draw(st.integers(1, 6))):
        out += ["<tr><th scope='row'>", *["w"] * draw(st.integers(1, 6)), "</th>"]
        for _ in range(columns - 1):
            out += ["<td>", *draw(cells), "</td>"]
        out.append("</tr>")
    return [*out, "</tbody></table>"]


ASIDE = st.sampled_from(["", "class='keep'", "class='framed'"])
PLAIN = TEXT | HEADING | LIST | PICTURE | st.just(["<hr/>"]) | st.just(["<lines count='3'/>"])
BOXED = ASIDE.flatmap(lambda kind: wrapped("aside", many(PLAIN), kind))
BLOCK = (
    PLAIN
    | BOXED
    | tables()
    | wrapped("div", many(PLAIN | BOXED), "class='columns'")
    | wrapped("div", st.tuples(wrapped("div", many(PLAIN, 1, 2)), TEXT).map(joined), "class='pair'")
    | wrapped("section", many(PLAIN), "class='keep'")
    | ASIDE.flatmap(lambda kind: wrapped("aside", many(PLAIN | BOXED | tables()), kind))
    | wrapped("div", TEXT, "class='push'")
)


def numbered(parts: list[str]) -> str:
    number = itertools.count(1)
    return " ".join(f"w{next(number)}" if part == "w" else part for part in parts)


STORY = st.lists(BLOCK, min_size=1, max_size=7).map(lambda blocks: "<h1>Title</h1>" + numbered(joined(blocks)))
LINEAR = st.lists(PLAIN | BOXED, min_size=1, max_size=9).map(lambda blocks: "<h1>Title</h1>" + numbered(joined(blocks)))


def framed(narrowest: int):
    size = st.tuples(st.integers(narrowest, 320), st.integers(60, 320))
    return size.map(lambda one: frames(one, repeat=True)) | st.lists(size, min_size=1, max_size=5).map(
        lambda sizes: frames(*sizes)
    )


FRAMES = framed(60)
WIDE = framed(120)
"""No word is broken there."""
few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def set_or_full(story: str, geometry, **more) -> Composition | None:
    """The composition; None where the story does not fit, which a problem then says, at a place of the story."""
    try:
        return typeset(story, geometry, **more)
    except Rejected as rejected:
        for problem in rejected.problems:
            assert re.search(
                r"panel '\w+' is full at 9 pt: \d+ mm too much, (about \d+ words, )?from |no panel takes this: at 9 "
                r"pt it is ",
                problem.message,
            )
            assert problem.place
        if rejected.whole is not None:  # on a screen what does not fit is shown behind the panels: no word is missing
            whole = rejected.whole()
            assert any(page.beyond for page in whole.pages)
            assert in_tree_order(whole) == re.findall(r"w\d+", story)
        return None


def in_tree_order(composition: Composition) -> list[str]:
    said, out = words_by_leaf(composition), []

    def walk(elem: Elem) -> None:
        out.extend(re.findall(r"w\d+", said.get(id(elem), "")))
        for kid in elem.kids:
            walk(kid)

    walk(composition.tree)
    return out


def on_pages(composition: Composition) -> list[str]:
    return [word for page in composition.pages for item in page.items if isinstance(item, Line)
            for run in item.runs for word in re.findall(r"w\d+", text_of(run))]


def below_the_foot(composition: Composition, geometry) -> list[str]:
    """Items that stand lower than the frame's foot."""
    panels = {panel.name: panel for panel in geometry.panels}
    out = []
    for page in composition.pages:
        panel = panels[page.name.split("-")[0]] if geometry.repeat is False else geometry.panels[0]
        foot = panel.top + panel.depth + 0.1
        for item in page.items:
            low = item.y if isinstance(item, Line) else item.y + item.height if isinstance(item, (Fill, Image)) \
                else max(item.y1, item.y2) if isinstance(item, Stroke) else 0.0
            if low > foot:
                out.append(f"{page.name}: {item} is {low - foot:.1f} pt too low")
    return out


@few
@given(STORY, FRAMES, st.sampled_from(["en", "he"]))
def test_any_story_is_set_whole_and_in_order_or_told_to_be_too_long(story, geometry, language):
    composition = set_or_full(
        story, geometry, body=(9.0, 10.0), language=language, direction="rtl" if language == "he" else "ltr"
    )
    if composition is None:
        return
    assert in_tree_order(composition) == re.findall(r"w\d+", story)
    assert below_the_foot(composition, geometry) == []
    assert 9.0 <= composition.body_size <= 10.0
    assert all(
        run.size >= 9.0
        for page in composition.pages
        for item in page.items
        if isinstance(item, Line)
        for run in item.runs
    )
    drawn(composition)


@few
@given(LINEAR, WIDE)
def test_pages_and_panels_keep_the_order_of_the_story(story, geometry):
    composition = set_or_full(story, geometry, body=(9.0, 9.5))
    if composition:
        assert on_pages(composition) == re.findall(r"w\d+", story)


@few
@given(LINEAR, FRAMES)
def test_frames_end_at_an_allowed_place_unless_there_is_none(story, geometry):
    poured = []

    def spy(*a):
        poured.append(pour(*a))
        return poured[-1]

    pour, composing.pour = composing.pour, spy
    try:
        composition = set_or_full(story, geometry, body=(9.0, 9.0))
    finally:
        composing.pour = pour
    if composition is None:
        return
    for panel, filling, stop in poured[-1].frames:
        if stop is None:
            continue
        assert stop.used <= panel.depth + 0.1 or stop.penalty >= NEVER
        if stop.penalty >= NEVER:
            assert not [b for b in filling.breaks if b.penalty < NEVER]
            continue
        leaf = filling.placed[stop.count - 1].leaf
        assert not getattr(leaf, "heading", False), "a heading is last"


PARTED = st.lists(BLOCK | wrapped("section", many(BLOCK, 1, 2), 'start="STARTS"'), min_size=3, max_size=9)


@st.composite
def parted(draw) -> tuple[str, object]:
    """A story of which some parts ask to begin a panel, and panels for it."""
    wide = draw(st.integers(120, 320))
    sizes = draw(st.lists(st.tuples(st.integers(wide, wide + 12), st.integers(60, 320)), min_size=3, max_size=6))
    geometry = frames(*sizes)
    story = "<h1>Title</h1>" + numbered(joined(draw(PARTED)))
    names = iter(draw(st.lists(st.sampled_from([p.name for p in geometry.panels]), min_size=9, max_size=9)))
    return re.sub("STARTS", lambda found: next(names), story), geometry


@settings(parent=few, max_examples=40)
@given(parted())
def test_what_is_reckoned_of_a_rest_spares_work_and_changes_no_break(given):
    story, geometry = given

    def ends() -> list | None:
        composition = set_or_full(story, geometry, body=(9.0, 9.0))
        return composition and [[text_of(run) for item in page.items if isinstance(item, Line) for run in item.runs]
                                for page in composition.pages]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pouring.Ahead, "least", lambda *asked: 0.0)
        whole = ends()
    assert ends() == whole


def test_nothing_is_ever_set_smaller_than_the_range():
    """Copy-fit: the largest size at which the text fits; at the smallest it is told to be too long."""
    sizes = []
    for count in range(20, 140, 10):
        composition = set_or_full(f"<p>{words(count)}</p>", frames((150, 150)), body=(9.0, 12.0))
        sizes.append(composition.body_size if composition else None)
    fitting = [size for size in sizes if size]
    assert sizes[0] == 12.0 and None in sizes
    assert (
        fitting == sorted(fitting, reverse=True)
        and min(fitting) < 10.0
        and sizes == fitting + [None] * (len(sizes) - len(fitting))
    )


def test_on_flat_pages_the_largest_size_that_needs_no_more_pages():
    sizes = [9.0, 9.1, 9.2, 9.3, 9.4, 9.5, 9.6, 9.7, 9.8, 9.9, 10.0]
    chosen = set()
    for count in range(100, 400, 20):
        story, geometry = f"<p>{words(count)}</p>", frames((150, 150), repeat=True)
        pages = {size: len(typeset(story, geometry, body=(size, size)).pages) for size in sizes}
        composition = typeset(story, geometry, body=(9.0, 10.0))
        assert composition.body_size == max(size for size in sizes if pages[size] == pages[9.0])
        assert len(composition.pages) == pages[9.0]
        chosen.add(composition.body_size)
    assert len(chosen) > 2


# ── nothing lost ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("times", [0, 2])
def test_a_line_that_is_not_painted_or_painted_twice_is_noticed(monkeypatch, times):
    paint = flow.LinePiece.paint
    count = itertools.count()

    def careless(self, *a):
        for _ in range(times if next(count) == 2 else 1):
            paint(self, *a)

    monkeypatch.setattr(flow.LinePiece, "paint", careless)
    with pytest.raises(RuntimeError, match="words were lost or set twice"):
        typeset(f"<h1>Title</h1><p>{words(60)}</p>")


@pytest.mark.parametrize(
    "text",
    [
        "a\u00a0b", "super\u00adcali\u00adfragi\u00adlistic " * 8, "a\u200bb\u2060c\ufeffd", "1\u202f000\u2009mg",
        "\u200fא\u200e b",
    ],
)
def test_signs_that_are_not_drawn_are_not_missed(text):
    composition = typeset(f"<p>{text}</p>", frames((60, 400)))
    drawn(composition)


@pytest.mark.parametrize(
    "story",
    [
        "<p><strong>aaaa aaaa</strong> bbbb <em>cccc</em> <strong>dddd</strong> eeee</p>",
        "<h1><strong>aaaa</strong><br/><em>bbbb</em> cccc</h1>",
    ],
)
def test_no_space_is_shown_by_itself(story):
    """Readers of PDF drop it, and join the words around it."""
    for width in range(50, 160, 7):
        shown = [text_of(run) for item in typeset(story, frames((width, 300))).pages[0].items for run in item.runs]
        assert [text for text in shown if text.isspace()] == []
        assert "".join(shown).split() == re.sub("<br/>", " ", re.sub("</?[^b].*?>", "", story)).split()


# ── cost ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def article(sections: int) -> str:
    table = "".join(f"<tr><th scope='row'>w{i}</th><td>{words(6)}</td></tr>" for i in range(8))
    rest = "".join(f"<section class='keep'><h3>Question</h3><p>{words(30)}</p></section>" for _ in range(2))
    one = (
        f"<h2>Heading</h2><p>{words(60)}</p><ul><li>{words(9)}</li><li>{words(9)}</li></ul><aside><p>{words(20)}</p></aside>"
        f"<table><thead><tr><th scope='col'>A</th><th scope='col'>B</th></tr></thead><tbody>{table}</tbody>"
        f"</table>{rest}"
    )
    return "<h1>Title</h1>" + one * sections


def long_table(rows: int) -> str:
    body = "".join(f"<tr><th scope='row'>w{i}</th><td>{words(6)}</td></tr>" for i in range(rows))
    return f"<table><thead><tr><th scope='col'>A</th><th scope='col'>B</th></tr></thead><tbody>{body}</tbody></table>"


def steps(monkeypatch, story: str) -> int:
    """How many pieces are made and placed, and how often a leaf is asked for its pieces."""
    count = 0

    def counted(function):
        def counting(*a, **kw):
            nonlocal count
            count += 1
            return function(*a, **kw)

        return counting

    with monkeypatch.context() as patch:
        patch.setattr(frame, "Placed", counted(frame.Placed))
        patch.setattr(flow, "LinePiece", counted(flow.LinePiece))
        patch.setattr(table, "RowPiece", counted(rows.RowPiece))
        patch.setattr(flow.Leaf, "pieces", counted(flow.Leaf.pieces))
        typeset(story, frames((300, 400), repeat=True))
    return count


@pytest.mark.parametrize("story", [article, long_table])
def test_ten_times_the_text_costs_ten_times_as_much(monkeypatch, story):
    small, large = (steps(monkeypatch, story(count)) for count in ((10, 100) if story is article else (60, 600)))
    assert small > 100
    assert large <= 1.2 * 10 * small


def test_a_leaflet_is_a_leaflet():
    """The kit itself: markup that a template could not give is refused."""
    with pytest.raises(Rejected):
        leaflet("<p><li>a</li></p>")
