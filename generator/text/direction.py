"""The direction of a paragraph and the embedding levels of its characters, as leaflets need them.

UAX #9 alone turns telephone numbers, doses and addresses round when they stand in Arabic: 1-800-123 is read 123-800-1, and
5 mg as mg 5. Protocols above it may mark such stretches (UAX #9, 4.3, HL3 and HL4); here they count as a left-to-right word.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from unicodedata import bidirectional

from ..model.late import Late
from .bidi import NEEDS_BIDI, levels
from .together import UNITS, apart

_UNIT = "|".join(unit for unit in UNITS.split("|") if unit not in ("%", "‰", "°", "€", "\\$", "£"))
_ONE_WAY = Late(
    r"(?P<address>(?:https?://|www\.)[^\s<>\"«»“”،؛]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?<![\d.,])(?:(?<!\w)(?:[<>≤≥≈~] ?)?[±+−–-]?)?\d[\d.,]*+(?:[-–]\d[\d.,]*+)?[ \u00a0\u202f]?(?:{_UNIT})(?:/[A-Za-zµμ]+)?(?![^\W\d_])"
    r"|(?<![\w<>])[<>≤≥≈~±] ?\d[\d.,]*(?<=\d)(?: ?[%‰])?"
    # 9-1-1, 1-800-CDC-INFO, 2021-06-22; +49 711 123-45 67, 0711 / 12 34 56; (555) 123-4567. A range (9-11) is none of these.
    r"|(?P<number>(?<![\w-])\+?[\dA-Za-z]++(?:-[\dA-Za-z]++){2,}+(?![\w-])"
    r"|(?<![\w,.])(?:\+|\(?[0٠۰])\d[\d()/ .–-]{4,}\d"
    # 10 000 and the telephone number 116 117: UAX #9 would turn groups with spaces round
    r"|(?<![\d.,])(?<!\d )\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]?\d)"
    r"|\(\d{2,5}\)[ -]?\d[\d .–-]{4,}\d)"
)
_BETWEEN = Late(r"[\s,;/|،؛–—-]+")
"""Between two telephone numbers or dates."""
RTL_LETTER, LTR_LETTER = "\u05d0", "a"
"""Stand in for what runs one way, while levels are found."""


@lru_cache(maxsize=1024)
def directed(text: str, rtl: bool) -> tuple[bool, list[int] | None]:
    """Whether the paragraph runs right to left, and the level of each character (see bidi.levels); kept, do not change it.

    It runs as the leaflet does, unless all its letters run the other way: a title in English keeps its full stop at the
    right, in an Arabic leaflet too. What a middle dot parts stays apart: "INVAMED · 22" and the month are no Latin phrase.
    """
    if not rtl and not NEEDS_BIDI.search(text):
        return False, None
    text = _stretched(text, rtl).replace(" · ", f" {RTL_LETTER if rtl else LTR_LETTER} ")
    kinds = set(map(bidirectional, set(text)))
    if rtl and "L" in kinds and not kinds & {"R", "AL"}:
        rtl = False
    elif not rtl and kinds & {"R", "AL"} and "L" not in kinds:
        rtl = True
    return rtl, levels(text, rtl)


def one_way(text: str) -> list[tuple[int, int]]:
    """Where stretches begin and end that run from left to right in any line: addresses, numbers with units, telephone numbers."""
    made: list[tuple[int, int]] = []
    for match in _ONE_WAY.finditer(text):
        whole, start = match[0], match.start()
        if match["number"] is not None:
            made += [(start + first, start + last) for first, last in apart(whole)]
        else:
            made.append((start, start + len(whole.rstrip(".,;:!?)]}…'’") if match["address"] else whole)))
    return made


def _stretched(text: str, rtl: bool) -> str:
    """The text with letters in place of what runs one way as a whole.

    What stands between two telephone numbers in a right-to-left line runs as the line does, so that the first one is read
    first. That holds beside words that run so, too; within words in Latin letters, the numbers follow these.
    """
    made, done, latin, after_number = [], 0, False, False
    for match in _ONE_WAY.finditer(text):
        between, whole = text[done : match.start()], match[0]
        latin = next((kind == "L" for kind in map(bidirectional, reversed(between)) if kind in ("L", "R", "AL")), latin)
        turned = rtl and not latin and match["number"] is not None
        made.append(RTL_LETTER * len(between) if turned and after_number and _BETWEEN.fullmatch(between) else between)
        inner = whole.rstrip(".,;:!?)]}…'’") if match["address"] else whole
        letters = [*LTR_LETTER * len(inner), *whole[len(inner) :]]
        for (_, end), (start, _) in pairwise(apart(whole) if turned else ()):
            letters[end:start] = RTL_LETTER * (start - end)
        made += letters
        done, after_number = match.end(), turned
    made.append(text[done:])
    return "".join(made)
