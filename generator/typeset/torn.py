"""The warning of a word that is wider than its line and cannot be parted with a hyphen."""

from __future__ import annotations

from ..model.problem import Place, Problem
from ..text.hyphens import available

SHOWN = 60
"""Letters of a word that are shown."""


def torn(place: Place | None, word: str) -> Problem:
    """The warning of a word that is cut at the end of a line."""
    word = word.strip(".,;:()\ufffc ")
    shown = word if len(word) <= SHOWN else word[: SHOWN - 1] + "…"
    hint = "choose a layout with more room, or put a soft hyphen (U+00AD) where the word may be parted"
    if not available():
        hint = "pip install '.[hyphens]' brings the places where words of most languages may be parted"
    return Problem(place, f"the word '{shown}' is wider than its line, and is cut without a hyphen", hint, "warning")
