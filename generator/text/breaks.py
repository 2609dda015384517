"""The places in a paragraph where a line may end (UAX #14, tailored for leaflets).

ICU knows the rules and, for Thai and its like, the words; what leaflets want besides stands in `_tailored`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from icu4py.breakers import CharacterBreaker, LineBreaker

from ..model.late import Late
from ..model.prose import EAST
from .together import together

FORCED = frozenset("\n\r\v\f\x85\u2028\u2029")
"""A line always ends after these."""

_RANGE = Late(r"–(?<=[0-9]–)(?=[0-9])")
_DASH = Late(r"[–—]")
_SINGLE = Late(r"-(?<!\w\w-)(?<=[^\W\d_]-)(?=\w)")
_REST = rf"[^\s<>\"«»“”{EAST}]"
ADDRESS = Late(
    rf"(?P<web>(?i:https?://|ftp://|www\.){_REST}+)"
    r"|(?<![\w.+-])[\w.+-]*+@[\w-]+(?:\.[\w-]+)*"
    rf"|(?<![\w.-])(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[a-z]{{2,}}(?![^\W{EAST}])(?:/{_REST}*)?"
    rf"|(?:doi:|(?<![\w.])10\.\d{{4,9}}/){_REST}+"
)
"""Addresses of the web, with and without https://, of e-mail and of articles, and names of files. A hyphen at the end
of a line is a part of the address to one reader and none to another, so none is put in, and no line ends at one that is
there."""
_INNER = re.compile(r"[.@:]\S")
"""What every address holds, and few sentences."""
_WEB_BREAK = Late(r"[/.?&=]+(?=[^/.?&=])")
_SLASH = Late(r"/+(?=[^/])")
_HANGUL = Late(r"(?<=[\uac00-\ud7a3])(?=\w)|(?<=\w)(?=[\uac00-\ud7a3])")
_SIGN = Late("\ufffc ?(?=[^ ])")
_SILENT = Late("[ก-ฮ]{1,2}[ิุ]?์")
"""Thai letters that are written and not spoken: no syllable, so no line, begins with them."""
_THAI = Late("[ก-ฮ]")
_REPEATED = Late("(?<=[^ ]) [ๆฯ]")


@lru_cache(maxsize=1024)
def breaks(text: str, language: str = "en") -> tuple[int, ...]:
    """Indices after which a line may end, ascending; the last is the text's length. After a character of FORCED it
    must.

    Tailoring: no break within what together.py keeps whole, inside ranges (9–11), after the first letter of "X-ray",
    before a dash, inside French guillemets and Korean words, between a drawn sign (U+FFFC) and its word, before ～ in
    Japanese and Chinese, before a silent letter or ๆ in Thai or after a letter that is alone; within an address of the
    web only after / . ? & =, within any other only after /.
    """
    if not text:
        return ()
    return tuple(_tailored(text, _by_icu(text, language), language))


def clusters(text: str) -> list[int]:
    """Ends of the grapheme clusters (UAX #29)."""
    if text.isascii():
        return list(range(1, len(text) + 1))
    return _ends(text, CharacterBreaker(text, "en"))


def _by_icu(text: str, language: str) -> list[int]:
    # Strict: small kana and the mark of a long vowel begin no line (JIS X 4051).
    return _ends(text, LineBreaker(text, "ja-u-lb-strict" if language[:2] == "ja" else language))


def _ends(text: str, breaker) -> list[int]:
    ends = [end for _, end in breaker.segments()]
    if max(text) <= "\uffff":
        return ends
    at = {}  # ICU counts UTF-16 units
    units = 0
    for index, char in enumerate(text):
        units += 1 if char <= "\uffff" else 2
        at[units] = index + 1
    return [at[end] for end in ends]


def _tailored(text: str, ends: list[int], language: str) -> list[int]:
    never = together(text, language)
    also: set[int] = set()
    if "–" in text or "—" in text:
        never.update(match.end() for match in _RANGE.finditer(text))
        for match in _DASH.finditer(text):
            at = match.start()
            if at and text[at - 1] not in FORCED and (text[at - 1] != " " or text[at + 1 : at + 2] in ("", " ")):
                never.add(at)
    if "-" in text:
        never.update(match.end() for match in _SINGLE.finditer(text))
    if _INNER.search(text):
        for match in ADDRESS.finditer(text):
            address = match[0].rstrip(".,;:!?)]}…'’")
            scheme = address.find("://") + 3 if "://" in address else 0
            never.update(range(match.start() + 1, match.start() + len(address)))
            stops = _WEB_BREAK if match["web"] else _SLASH
            also.update(match.start() + stop.end() for stop in stops.finditer(address, scheme))
    if "\ufffc" in text:
        never.update(match.end() for match in _SIGN.finditer(text))
    if language[:2] in ("ja", "zh"):
        never.update(match.start() for match in re.finditer("[～〜]", text))
    if "\u0e4c" in text:
        never.update(end for end in ends if _SILENT.match(text, end))
    if language[:2] == "th":
        never.update(match.end() - 1 for match in _REPEATED.finditer(text))
        whole = [end for end in ends if end not in never]
        never.update(
            end
            for start, end in pairwise((0, *whole))
            if len(text[start:end].rstrip(" ")) == 1 and _THAI.match(text, start)
        )
    if language[:2] == "ko":
        never.update(match.start() for match in _HANGUL.finditer(text))
    if language[:2] == "fr":
        never.update(match.end() for match in re.finditer("« (?=.)|(?<=.) (?=»)", text))
    if not never and not also:
        return ends
    return sorted({end for end in ends if end not in never or text[end - 1] in FORCED or end == len(text)} | also)
