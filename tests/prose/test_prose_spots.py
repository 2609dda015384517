"""Of every character that is printed of an author's text, it is known where in the text it stands."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from prose_kit import MOVED
from test_prose_cases import cases as prose_cases
from test_prose_properties import TEXTS

from generator.merge.markdown import blocks, line
from generator.merge.spots import printed
from generator.model.story import seen

TAG = re.compile(r"<[^>]*>|\x02.*?\x03")


def said(source: str, way: str) -> str:
    """The characters that can be seen of the markup that is made of a text."""
    markup = (blocks if way == "text" else line)(source)[0]
    words = html.unescape(TAG.sub("", markup))
    return "".join(words[at] for at in seen(words))


def check(source: str, way: str) -> None:
    spots = printed(source, way)
    right = said(source, way)
    assert len(spots) == len(right)
    assert spots == sorted(spots), "nothing is printed out of order"
    if "&" not in source:  # an entity is another sign than that which it begins with
        assert "".join(source[at] for at in spots).translate(MOVED) == right.translate(MOVED)


@pytest.mark.parametrize("source, way, expected", list(prose_cases()))
def test_cases(source, way, expected):
    check(source, way)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_any_mixture(source):
    check(source, "text")
    check(source, "inline")


@pytest.mark.parametrize(("source", "spots"), [
    ("a **b** c", [0, 4, 8]),
    ("[b](http://x.y/b 'b') b", [1, 22]),
    ("\\*b &amp; c", [1, 2, 4, 10]),
    ("- b\n- c\n  d", [2, 6, 10]),
    ("<https://b.c>", list(range(1, 12))),
    ("\\\\b\\c d", [0, 1, 2, 3, 4, 6]),
    ("> “b”\n> c", [2, 3, 4, 8]),
    ("10^9^ H~2~O b^cd^ e[^1]", [0, 1, 3, 6, 8, 10, 12, 14, 15, 18, 21]),
])
def test_marks_are_passed_over(source, spots):
    assert printed(source, "text") == spots
