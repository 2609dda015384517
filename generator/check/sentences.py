"""Sentences and words of a passage, with their offsets. ICU breaks sentences (Unicode Standard Annex 29); abbreviations
of the language are put right afterwards. The end of a passage always ends a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model.late import Late
from ..model.record import record

HIDDEN = "\u2060"
"""Stands in place of each sign of a mark (**, [ ], an address), so that offsets stay: ICU reads over it."""
UNSPACED = ("zh", "ja", "th", "lo", "km", "my", "bo", "vi")
"""Languages without spaces between words, or with spaces between syllables (Vietnamese): words are not counted."""
WORD = Late(r"[^\W_]+(?:[’'.,‐\-\u2060\u0300-\u036f\u064b-\u0652·][^\W_]+)*[\u064b-\u0652]?")
_INSIDE = Late(r"[.!?…؟。！？۔।](?=.*\w)", re.DOTALL)
_LAST = Late(r"([^\s(]+)[.][\"'”’)\u2060]*\s*$")
_JOINED = Late(
    r"[.!?…][\"'”’)\u2060]*\s+(?=[-–—•]\s+\w)|(?<![\w./@-])[^\W\d_]{2,}[.!?](?=[^\W\d_]{2,}[\s,.!?])"
    r"|(?<![\w./@-])(?P<long>[^\W\d_]{6,})[.]\s+(?=[^\W\d_])"
)
"""Ends of sentences that ICU reads over: before a dash that begins an item, where no space follows a full stop, and
where a small letter follows that of a long word, which is hardly an abbreviation."""
_LOWER = Late(r"[\s\"'“‘(\u2060]*[a-zà-ÿа-яα-ω\d]")


@record(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage."""

    text: str
    """As one reads it: without marks, white space as single spaces."""
    words: tuple[str, ...]
    start: int
    """Offset in the passage's text."""


def sentences(text: str, language: str, abbreviations: Iterable[str] = ()) -> list[Sentence]:
    """The sentences of a passage. abbreviations: with their full stop, in any case. White space alone gives none."""
    out = []
    for start, end in _spans(text, language, {one.lower() for one in abbreviations}):
        piece = text[start:end]
        clean = " ".join(piece.replace(HIDDEN, "").split())
        if clean:
            lead = len(piece) - len(piece.lstrip(f" \t\n{HIDDEN}"))
            out.append(Sentence(clean, words(clean), start + lead))
    return out


def words(text: str) -> tuple[str, ...]:
    """The words of a text; hyphenated ones and numbers count as one."""
    return tuple(WORD.findall(text))


def _spans(text: str, language: str, abbreviations: set[str]) -> list[tuple[int, int]]:
    if not _INSIDE.search(text):
        return [(0, len(text))]
    from icu4py.breakers import SentenceBreaker

    out: list[tuple[int, int]] = []
    # ICU counts UTF-16 units; what lies beyond them is one sign here
    plain = text if max(text) <= "\uffff" else re.sub("[^\u0000-\uffff]", "\ufffc", text)
    for start, end in SentenceBreaker(plain, language).segments():
        if out and _goes_on(text[out[-1][0] : out[-1][1]], text[start:end], abbreviations):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return [span for one in out for span in _parted(text, *one, abbreviations)] if _JOINED.search(text) else out


def _parted(text: str, start: int, end: int, abbreviations: set[str]) -> Iterator[tuple[int, int]]:
    """A span, parted where the next sentence begins with a capital letter, behind a dash or without a space, or with a
    small one behind a long word."""
    for found in _JOINED.finditer(text, start, end):
        if found["long"]:
            ends = found["long"].islower() and f"{found['long']}." not in abbreviations
        else:
            ends = text[found.end() :].lstrip("-–—• \t\n\u2060")[:1].isupper()
        if ends:
            yield start, found.end()
            start = found.end()
    yield start, end


def _goes_on(before: str, after: str, abbreviations: set[str]) -> bool:
    """Whether a full stop is one of an abbreviation, so that the sentence goes on behind it."""
    found = _LAST.search(before)
    if not found:
        return False
    last = found[1].lower().replace(HIDDEN, "")
    if _LOWER.match(after) and not after.lstrip()[:1].isdigit():
        return True
    return f"{last}." in abbreviations or (len(last) == 1 and last.isalpha() and found[1].isupper())
