"""The least number of pages at a smaller size, told without setting it: never more than it takes, and mostly all of that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import fonts, frames, leaflet, theme, typeset, words
from test_typeset_properties import LINEAR, STORY, few, set_or_full

from generator.typeset import compose
from generator.typeset.least import least_pages
from generator.typeset.tree import Tree

LEADING = 1.4


def settings_of(markup: str, geometry, *sizes: float) -> list[compose.Setting]:
    story, look = leaflet(markup), theme()
    tree = Tree(story)
    return [compose._set(story, tree, geometry, look, fonts(), size, LEADING) for size in sizes]


def told(markup: str, width: float, depth: float, large: float, small: float) -> tuple[int, int, bool]:
    """(pages told, pages taken, whether it fits at all)."""
    first, second = settings_of(markup, frames((width, depth), repeat=True), large, small)
    return least_pages(first.story, width, depth, small / large), len(second.frames), not second.excess


@few
@given(STORY, st.integers(140, 400), st.integers(140, 400), st.sampled_from([(13.0, 12.0), (13.0, 9.0), (20.0, 18.0), (11.0, 10.75)]))
def test_it_is_never_more_than_is_taken(markup, width, depth, sizes):
    least, taken, fits = told(markup, width, depth, *sizes)
    assert least <= taken or not fits


@pytest.mark.parametrize("small", [12.0, 11.0, 9.5])
def test_of_running_text_it_is_most_of_what_is_taken(small):
    markup = "<h1>Title</h1>" + "".join(f"<h2>{words(4)}</h2><p>{words(60 + n)}</p><p>{words(17 * n % 50 + 1)}</p>" for n in range(24))
    least, taken, _ = told(markup, 300.0, 400.0, 13.0, small)
    assert taken >= 5
    assert taken * 0.8 <= least <= taken


def test_of_a_table_too():
    rows = "".join(f"<tr><th scope='row'>{words(2)}</th><td>{words(9 + n)}</td><td>{words(14)}</td></tr>" for n in range(12))
    least, taken, _ = told(f"<table><tbody>{rows}</tbody></table>", 400.0, 300.0, 13.0, 12.0)
    assert taken >= 3
    assert taken - 1 <= least <= taken


@few
@given(LINEAR, st.integers(160, 320), st.integers(160, 320))
def test_copy_fit_chooses_as_if_it_looked_at_every_size(markup, width, depth):
    geometry = frames((width, depth), repeat=True)
    with pytest.MonkeyPatch.context() as patch:
        chosen = set_or_full(markup, geometry, body=(11.0, 12.0))
        patch.setattr(compose, "_least", lambda *_: 0)
        looked = set_or_full(markup, geometry, body=(11.0, 12.0))
    assert (chosen and (chosen.body_size, len(chosen.pages))) == (looked and (looked.body_size, len(looked.pages)))


def test_a_size_that_saves_nothing_is_not_set(monkeypatch):
    tried = []
    plain = compose._set
    monkeypatch.setattr(compose, "_set", lambda *given: tried.append(given[5]) or plain(*given))
    text = "".join(f"<p>{words(80)}</p>" for _ in range(12))
    typeset(text, frames((300.0, 500.0), repeat=True), body=(12.0, 12.5))
    assert tried == [12.5]
