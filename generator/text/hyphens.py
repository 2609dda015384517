"""Where words may be parted, by the patterns that Hunspell uses; they come with the optional package pyphen.

A theme may ask for soft hyphens (U+00AD) in all words (`hyphenate: true`); a soft hyphen is drawn only where a line ends
at it, and says nothing else when the text is read back. A word that is wider than its line is parted in any case.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec

from ..model.late import Late
from .breaks import ADDRESS

LEAST = 6
"""Shorter words stay whole, and at least LEFT letters stand before a hyphen and RIGHT behind it."""
LEFT = RIGHT = 3
_WORD = Late(rf"[^\W\d_]{{{LEAST},}}")
_CHUNK = Late(r"\S+")


def available() -> bool:
    """Whether the package is installed."""
    return find_spec("pyphen") is not None


@lru_cache(maxsize=4096)
def hyphenated(text: str, language: str) -> str:
    """The text with soft hyphens; unchanged in languages without patterns. Addresses, words in capitals and words that the
    author has given hyphens stay as they are."""
    patterns = _patterns(language)
    return text if patterns is None else _CHUNK.sub(lambda found: _parted(found[0], patterns), text)


@cache
def _patterns(language: str):
    if not available():
        return None
    import pyphen

    known = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=known, left=LEFT, right=RIGHT) if known else None


def points(text: str, language: str) -> list[int]:
    """Indices at which the words of a text that is too wide for its line may be parted; none in languages without
    patterns."""
    patterns = _patterns(language)
    if patterns is None:
        return []
    return [word.start() + int(at) for word in _WORD.finditer(text) for at in patterns.positions(word[0])]


def _parted(chunk: str, patterns) -> str:
    if "\xad" in chunk or ADDRESS.search(chunk):
        return chunk
    return _WORD.sub(lambda word: word[0] if word[0].isupper() else patterns.inserted(word[0], "\xad"), chunk)
