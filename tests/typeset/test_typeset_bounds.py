"""However long a text is: what cannot fit is refused with bounded work and memory, what fits is not, and pages cost the
same each."""

from __future__ import annotations

import re
import tracemalloc
from functools import partial

import pytest
import test_typeset_properties as stories
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import fonts, frames, leaflet, theme, typeset, words
from work import calls

from generator.model.layout import BodyRange
from generator.model.problem import Overfull
from generator.typeset import compose as composing
from generator.typeset import need as needing
from generator.typeset import pour as pouring
from generator.typeset.build import Builder
from generator.typeset.compose import compose, fits
from generator.typeset.flow import TextLeaf
from generator.typeset.look import looks_of
from generator.typeset.tree import Tree

BODY = BodyRange(9.0, 10.5, 1.3)
SHEET = [(238.0, 540.0), (238.0, 540.0), (230.0, 540.0)]
"""Panels of a sheet folded twice, one of them narrower."""


def blocks(letters: int) -> str:
    """So many letters of paragraphs, about."""
    return "".join(f"<p>{words(100, 100 * number)}</p>" for number in range(letters // 550))


TEXTS = {
    "paragraphs": blocks,
    "paragraph": lambda letters: f"<p>{words(letters // 6, 100)}</p>",
    "word": lambda letters: f"<p>{'abcdefghij' * (letters // 10)}</p>",
    "columns": lambda letters: f"<div class='columns'>{blocks(letters)}</div>",
    "pair": lambda letters: (
        f"<div class='pair'><div>{blocks(letters // 3)}</div><div>{blocks(letters * 2 // 3)}</div></div>"
    ),
    "rows": lambda letters: (
        "<table><thead><tr><th scope='col'>a</th><th scope='col'>b</th></tr></thead><tbody>"
        + "".join(f"<tr><th scope='row'>w{n}</th><td>{words(9, n)}</td></tr>" for n in range(letters // 50))
        + "</tbody></table>"
    ),
    "cell": lambda letters: (
        "<table><thead><tr><th scope='col'>a</th><th scope='col'>b</th></tr></thead><tbody>"
        f"<tr><th scope='row'>w</th><td>{blocks(letters)}</td></tr></tbody></table>"
    ),
}


def refusal(markup: str) -> str:
    with pytest.raises(Overfull) as told:
        compose(leaflet(markup), frames(*SHEET), BODY, theme(), fonts())
    (problem,) = told.value.problems
    return f"{problem.place} {problem.message}"


# ── what does not fit ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_much_too_long_is_refused_with_the_work_of_its_opening(kind):
    long, longer = (leaflet(TEXTS[kind](letters)) for letters in (100_000, 400_000))
    refused = [calls(partial(pytest.raises, Overfull, compose, one, frames(*SHEET), BODY, theme(), fonts()))
               for one in (long, longer)]
    nodes = [sum(1 for _ in one.nodes()) for one in (long, longer)]
    assert refused[1] - refused[0] < 30 * (nodes[1] - nodes[0]) + 3_000  # words are counted, and nothing is set
    assert not fits(longer, frames(*SHEET), BODY, theme(), fonts())


@pytest.mark.parametrize("kind", TEXTS)
def test_what_is_much_too_long_is_refused_in_the_memory_of_one_handout(kind):
    one = leaflet(TEXTS[kind](400_000))
    tracemalloc.start()
    try:
        pytest.raises(Overfull, compose, one, frames(*SHEET), BODY, theme(), fonts())
        assert tracemalloc.get_traced_memory()[1] < 40e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["paragraphs", "paragraph", "rows"])
def test_the_problem_of_a_text_that_was_not_set_says_what_that_of_a_set_one_says(kind, monkeypatch):
    markup = re.sub(
        r"w\d+", "word", TEXTS[kind](80_000)
    )  # words of one length, as what is not set is told from their number
    told = refusal(markup)
    monkeypatch.setattr(needing, "FEW", 1_000_000)
    measured = refusal(markup)
    number = re.compile(r"(?:about )?(\d+) (?:mm|words)")
    assert number.sub("", told) == number.sub("", measured)
    assert "about" in told.split(" mm")[0] and "about" not in measured.split(" mm")[0]
    for said, right in zip(map(int, number.findall(told)), map(int, number.findall(measured))):
        assert abs(said - right) < 0.05 * right


def test_what_is_too_much_of_a_block_that_stays_whole_is_what_has_no_room():
    """Not the whole block: its author would cut far more words than there are to cut."""
    story = f"<h1>w</h1><p>{words(150)}</p><section class='keep'><h2>w</h2>" + f"<p>{words(20)}</p>" * 4 + "</section>"
    depth = next(depth for depth in range(400, 100, -10)
                 if stories.set_or_full(story, frames((238.0, depth)), body=(9.0, 9.0)) is None)
    with pytest.raises(Overfull) as told:
        compose(leaflet(story), frames((238.0, float(depth))), BodyRange(9.0, 9.0, 1.3), theme(), fonts())
    number = re.search(r"about (\d+) words", told.value.problems[0].message)
    assert 0 < int(number[1]) <= 30


def test_a_word_of_thousands_of_letters_in_panels_of_several_measures_takes_bounded_work():
    text = "<p>" + "a" * 8_000 + "</p>" + "<p>w</p>" * 20
    frame = frames((238.0, 540.0), (240.0, 540.0), (230.0, 540.0), (236.0, 540.0))
    assert (
        calls(
            lambda: pytest.raises(Overfull, compose, leaflet(text), frame, BodyRange(9.0, 9.0, 1.3), theme(), fonts())
        )
        < 4_000_000
    )


@pytest.mark.parametrize("letters", [2_000, 8_000])
def test_a_long_word_is_broken_with_linear_work(letters):
    assert calls(partial(typeset, f"<p>{'abcdefghij' * (letters // 10)}</p>")) < 60 * letters + 40_000


# ── what fits is not refused ─────────────────────────────────────────────────────────────────────────────────────────


def least(markup: str, size: float = 9.0) -> float:
    one = leaflet(markup)
    builder = Builder(one, Tree(one), looks_of(theme(), size, 1.5, "en", "ltr"), fonts())
    return needing.need(builder, one.parts["story"], 1e12)


def fitting(markup: str, geometry) -> bool:
    """By the full search, which asks for no bound."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(composing, "hopeless", lambda *asked: False)
        return stories.set_or_full(markup, geometry, body=(9.0, 9.0)) is not None


STORY = stories.STORY | st.integers(20, 900).map(lambda letters: f"<p>{'abcdefghij ' * 2}{'m' * letters}</p>")


@settings(parent=stories.few, max_examples=150)
@given(
    STORY,
    st.lists(st.tuples(st.integers(60, 320), st.integers(60, 320)), min_size=1, max_size=5).map(
        lambda sizes: frames(*sizes)
    ),
)
def test_what_fits_needs_no_more_than_its_panels_have(story, geometry):
    if fitting(story, geometry):
        assert least(story) <= needing.room(list(geometry.panels))


def test_the_least_area_comes_near_to_what_text_takes():
    """A bound that is far below refuses nothing; one above what fits is caught by the test before."""
    frame = frames((238.0, 540.0))
    count = next(
        count
        for count in range(400, 1500, 10)
        if stories.set_or_full(f"<p>{words(count, 1000)}</p>", frame, body=(9.0, 9.0)) is None
    )
    full = least(f"<p>{words(count, 1000)}</p>") / needing.room(list(frame.panels))
    assert 0.6 < full < 0.95
    assert full / needing.CERTAIN * 1.5 > 1.0  # with a wrong factor the property would fail


@stories.few
@given(stories.STORY, st.integers(1, 400))
def test_an_opening_is_the_beginning_of_a_story(story, letters):
    part = leaflet(story).parts["story"]
    short = needing._cut(part, [letters])
    said, whole = "".join(short.words().split()), "".join(part.words().split())
    assert whole.startswith(said)
    assert len(said) <= letters


LONG_WORDS = st.lists(st.text("abcdefgmi", min_size=30, max_size=200), min_size=2, max_size=12)


@settings(parent=stories.few, max_examples=150)
@given(
    LONG_WORDS, st.lists(st.tuples(st.integers(60, 81), st.integers(100, 260)), min_size=2, max_size=4),
    st.sampled_from([0, 10, 40]),
)
def test_the_bound_on_what_is_tried_refuses_nothing_that_fits(text, sizes, tried):
    story = "<h1>Title</h1>" + "".join(f"<h2>w w</h2><p>{word}</p>" for word in text)
    if fitting(story, frames(*sizes)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pouring, "TRIED", tried)
            assert stories.set_or_full(story, frames(*sizes), body=(9.0, 9.0)) is not None


# ── text goes on where it was known before ───────────────────────────────────────────────────────────────────────────


@stories.few
@given(
    st.lists(st.sampled_from(["a", "word", "m" * 40, "longer", "abcdefghij" * 9]), min_size=30, max_size=200),
    st.integers(60, 200), st.data(),
)
def test_lines_that_meet_known_ones_are_those_that_would_be_set_anew(text, width, data):
    """Whatever was asked for before, a paragraph that goes on in another frame has the same lines."""

    def leaf() -> TextLeaf:
        one = leaflet(f"<p>{' '.join(text)}</p>")
        (found,) = (
            Builder(one, Tree(one), looks_of(theme(), 10.0, 1.5, "en", "ltr"), fonts()).flow(one.parts["story"]).leaves
        )
        return found

    known, other = leaf(), leaf()
    ends = [piece.end for piece in other.pieces(width + 17)][:-1]
    known.pieces(width)
    for at in data.draw(st.lists(st.sampled_from(ends), max_size=6)) if ends else []:
        pieces = [
            [
                (piece.end, piece.penalty, piece.before, piece.after, round(piece.line.width, 6))
                for piece in one.pieces(width, at)
            ]
            for one in (known, leaf())
        ]
        assert pieces[0] == pieces[1]


# ── pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", TEXTS)
def test_pages_cost_the_same_each(kind):
    page = frames((240.0, 400.0), repeat=True)
    took = []
    for letters in (25_000, 50_000, 75_000):
        one = leaflet(TEXTS[kind](letters))
        compose(one, page, BodyRange(12.0, 12.0, 1.3), theme(), fonts())  # shapes the words
        took.append(calls(partial(compose, one, page, BodyRange(12.0, 12.0, 1.3), theme(), fonts())))
    assert took[2] - took[1] < 1.25 * (took[1] - took[0])  # 1.67 where work grows with the square


@pytest.mark.parametrize("paragraphs", range(2, 60, 3))
def test_flat_pages_have_the_largest_size_that_needs_no_more_of_them(paragraphs):
    page = frames((300.0, 200.0), repeat=True)
    story = "<h1>Title</h1>" + "".join(f"<p>{words(7 + number % 30, 100)}</p>" for number in range(paragraphs))
    pages = {size / 10: len(typeset(story, page, body=(size / 10, size / 10)).pages) for size in range(120, 141, 2)}
    made = typeset(story, page, body=(12.0, 14.0))
    largest = max(size for size, count in pages.items() if count <= pages[12.0])
    assert largest <= made.body_size < largest + 0.2 and len(made.pages) == pages[12.0]
