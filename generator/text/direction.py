"""The direction of a paragraph and the embedding levels of its characters, as leaflets need them.

UAX #9 alone turns telephone numbers, doses and addresses round when they stand in Arabic: 1-800-123 is read 123-800-1, and
5 mg as mg 5. Protocols above it may mark such stretches (UAX #9, 4.3, HL3 and HL4); here they count as a left-to-right word.
"""

from __future__ import annotations

import re
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
    r"|(?<![\w<>])[<>≤≥≈~±] ?\d[\d.,]*(?<=\d)%?"
    # 9-1-1, 1-800-CDC-INFO, 2021-06-22; +49 711 123-45 67, 0711 / 12 34 56; (555) 123-4567. A range (9-11) is none of these.
    r"|(?<![\w-])\+?[\dA-Za-z]++(?:-[\dA-Za-z]++){2,}+(?![\w-])"
    r"|(?<![\w,.])(?:\+|\(?0)\d[\d()/ .–-]{4,}\d"
    r"|\(\d{2,5}\)[ -]?\d[\d .–-]{4,}\d"
)


@lru_cache(maxsize=1024)
def directed(text: str, rtl: bool) -> tuple[bool, list[int] | None]:
    """Whether the paragraph runs right to left, and the level of each character (see bidi.levels); kept, do not change it.

    It runs as the leaflet does, unless all its letters run the other way: a title in English keeps its full stop at the
    right, in an Arabic leaflet too. What a middle dot parts stays apart: "INVAMED · 22" and the month are no Latin phrase.
    """
    if not rtl and not NEEDS_BIDI.search(text):
        return False, None
    text = _ONE_WAY.sub(lambda match: _letters(match, rtl), text).replace(" · ", " \u05d0 " if rtl else " a ")
    kinds = set(map(bidirectional, set(text)))
    if rtl and "L" in kinds and not kinds & {"R", "AL"}:
        rtl = False
    elif not rtl and kinds & {"R", "AL"} and "L" not in kinds:
        rtl = True
    return rtl, levels(text, rtl)


def _letters(match: re.Match, rtl: bool) -> str:
    whole = match[0]
    inner = whole.rstrip(".,;:!?)]}…'’") if match["address"] else whole
    made = list("a" * len(inner) + whole[len(inner) :])
    if rtl and not match["address"]:
        numbers = apart(whole)
        for (_, end), (start, _) in pairwise(numbers):
            made[end:start] = "\u05d0" * (start - end)  # what stands between two numbers runs as the leaflet does
    return "".join(made)
