"""kept: shaped words at hand, within a run and, of the fonts that come with the program, from run to run.

A word's shape depends on the word, how it is set, and the font alone, so what was kept is right for as long as the program and
what is installed with it are the same, which store.py sees to. Words come with the operators that draw/ has made of them.
"""

from __future__ import annotations

import marshal

from ..kept import store
from ..model.page import NOT_COUNTED, Word
from .fonts import Face

LIMIT = 5_000
"""Words at hand; then they begin anew, so that memory stays flat over thousands of leaflets."""
MOST = 1_000
"""Words of a face that are kept from run to run, those of the last run first: reading more would take longer than shaping."""

Key = tuple[str, str, bool, "str | None", str, str]
"""Face, text, whether it runs right to left, language, and what stands before and after it."""

words: dict[Key, Word] = {}
_asked: dict[Key, None] = {}
"""Words that this run has asked for."""
_recalled: dict[str, dict[Key, None] | None] = {}
"""Face → what was kept of it; None: nothing is kept of this one."""


def find(face: Face, key: Key) -> Word | None:
    """A word that is at hand, or was kept of an earlier run."""
    if face.key not in _recalled:
        _recalled[face.key] = _recall(face)
    word = words.get(key)
    if word is not None:
        _asked[key] = None
    return word


def add(key: Key, word: Word) -> None:
    """Have a word at hand that was asked for."""
    if len(words) >= LIMIT:
        words.clear()
        _asked.clear()
    words[key] = word
    _asked[key] = None


def keep() -> None:
    """Keep the words of this run for the next one, where there are new ones."""
    for face, known in _recalled.items():
        asked = [key for key in _asked if key[0] == face and key in words]
        if known is not None and any(key not in known for key in asked):
            _recalled[face] = dict.fromkeys([*asked, *(key for key in known if key not in _asked and key in words)][:MOST])
            rows = [(key[1:], word.width, word.glyphs, word.rtl, word.cache and (word.cache[0], word.cache[2]))
                    for key in _recalled[face] for word in (words[key],)]
            store.put(marshal.dumps(rows), "shaped", face)


def _recall(face: Face) -> dict[Key, None] | None:
    """Have at hand what was kept of a face; None: of this one nothing is kept, since its file may change."""
    if face.key != face.ps_name:
        return None
    kept = store.get("shaped", face.key)
    found = {}
    for key, width, glyphs, rtl, drawn in marshal.loads(kept) if kept else ():
        found[face.key, *key] = Word(key[0], width, glyphs, face, rtl, drawn and (drawn[0], NOT_COUNTED, drawn[1]))
    for key, word in found.items():
        words.setdefault(key, word)
    return dict.fromkeys(found)
