"""The markers with which a line of an author's text may begin: those of list items, and numbers or signs of their own.

docs/content.md, "Marks in text", tells authors the same. read/ looks at it where YAML joins lines, merge/ where it
makes lists, translate/ where it breaks long lines.
"""

from __future__ import annotations

import re
from unicodedata import category, is_normalized, normalize

from .late import Late
from .record import record

EAST = (
    "\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
"""Chinese, Japanese and Korean letters and punctuation, as a range of a regular expression: written without spaces."""

LETTER = "[^\\W\\d_½¼¾⅓⅔⅛¹²³⁰⁴-⁹₀-₉]"
"""A letter. (Fractions and raised numbers count as letters in expressions.)"""
_END = rf"(?=[\s{EAST}]|{LETTER}|\Z)"
_SYMBOL = (
    "[✓✔✗✘☐☑☒□○◎△★☆※◇◊◈▷▹▸\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?"
    "|\\d\ufe0f?\u20e3|[»›](?=\\s)"
)
_MARKER = Late(
    # bullets: what a word processor leaves of them (some are private characters of symbol fonts); the Japanese middle
    # dot
    r"(?P<bullet>[•●▪■◾◆❖◦‣⁃∙►▶➢➤・･\uf0a7\uf0b7\uf0d8\uf076\uf06e]\s*|[·¤]\s+|·(?=" + LETTER + r")|o\t\s*)"
    r"|(?P<hyphen>-)(?:\s+(?![-–\s]+\Z)|\Z)|(?P<star>\*)\s+(?=\S)"
    rf"|(?P<dash>[–—―‐‑‒](?=\s|{LETTER})|[-−](?={LETTER}))\s*(?=\S)"
    r"|(?P<date>\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4}\b)?|\d{1,2}:\d{2}\b"
    r"|\d{1,2}(?:\.\d{2})? ?(?:Uhr|uur|óra|hod\.|h(?: ?\d{2})?)(?!\w)|\d{1,2}[.:h]\d{2} ?[–-] ?\d{1,2}[.:h]\d{2}(?!\d)"
    r"|\d{1,2}月\d{1,2}[日號号]|\d{1,2} ?[時时點点](?!間)|\d{1,2}/\d{1,2}(?=[ :])"
    r"|\d{1,4}(?P<slash>[/-])\d{1,2}(?P=slash)\d{1,4}\b)"
    rf"|(?P<number>\d{{1,9}}(?:\.\)|\.-|[.)]){_END}"
    rf"|\d{{1,3}}(?: ?[–-]|[/:]|\.?[ºª°])(?=\s+(?![CF]\b){LETTER})|№ ?\d{{1,3}}(?=\s)|\d{{1,9}}[、．）](?!\d)"
    rf"|[(（][1-9]\d?[)）]{_END}|[①-⓿❶-➓㈠-㈩]"
    rf"|[一二三四五六七八九十]{{1,3}}[、．.)）]|[(（][一二三四五六七八九十]{{1,3}}[)）])\s*(?=\S)"
    rf"|(?P<letter>(?:{LETTER}|[ivx]{{2,8}}|[IVX]{{2,8}})(?:\.?\)\s*|\.\s+| ?[-–]\s+(?={LETTER}))"
    rf"|\((?:{LETTER}|[ivx]{{2,8}})\)\s*)(?=\S)"
    rf"|(?P<tick>{_SYMBOL}|\[[ xX]\](?=\s))\s*(?=\S)"
    r"|(?P<note>\*{1,3}\)|[†‡]|\*{2,3}(?=\s)|[¹²³⁴⁵⁶⁷⁸⁹]+(?=[^\W\d_]|[\s)]))\s*(?=\S)"
    r"|(?P<sign>[+><≥≤=±≈~−](?=\s?[\d.,½¼¾<>=])|[-–](?=[\d½¼¾])|[+><≥≤±≈−](?=\s)"
    rf"|\+(?={LETTER})|\*(?={LETTER})(?=[^*]*\Z))"
)
"""The markers after the white space at a line's start, by their kinds:

bullet: always an item. hyphen, star: CommonMark's signs of a list. dash, tick, number, letter: what people number and
mark lists with. date, sign: a line of its own where another one like it stands above or below. note: a footnote.
"""
BULLETS = ("bullet", "hyphen", "star")
"""Their items get the bullet of the layout; items of other kinds keep the sign that was typed."""
TYPED = ("dash", "tick", "number", "letter")
ALONE = ("date", "sign")

_NUMBER = r"[\d½¼¾⅓⅔⅛]"
COUNTED = Late(rf"(?:[-–]\s?)?[€$£¥.,+]?\s?{_NUMBER}")
"""What may be meant as a negative number when a dash stands before it."""
TEMPERATURE = Late(
    rf"[+−-]?\s?{_NUMBER}+(?:[.,]\d+)?(?:\s*(?:[–-]|[^\W\d_]{{1,5}}|\.\.\.|…)\s*[+−-]?\s?\d+(?:[.,]\d+)?)?\s*"
    r"(?:[°º˚℃℉]|[CF]\b|degr|grad|grau|derece|stopni|градус|度|도|องศา|درج|डिग्री)",
    re.IGNORECASE,
)
"""A number and a unit of temperature, which has degrees below zero; also a range."""


@record(frozen=True, slots=True)
class Marker:
    """The marker that a line begins with."""

    kind: str
    """The name of a group of _MARK."""
    label: str
    """As it was typed, without white space."""
    end: int
    """Index behind it and its white space, in the line without the white space at its start."""


_WORDS = re.compile(r"[A-Za-z](?<![ivxIVX])[A-Za-z]|[ivxIVX][A-Za-z](?<![ivxIVX])|[A-Za-z] [A-Za-z\d]").match
"""Beginnings of most lines, which `_MARKER` would find no marker in. It spares the time to compile and ask that: 5 ms
of a run and 0.1 ms of a leaflet. (tests/model/test_model_beginnings.py compares the two.)"""


def marker_of(line: str) -> Marker | None:
    """The marker that a line begins with; None for words. `line` has no white space at its start."""
    if _WORDS(line):
        return None
    found = _MARKER.match(line)
    return Marker(found.lastgroup, found[found.lastgroup].strip(), found.end()) if found else None


def begins(line: str) -> bool:
    """Whether a line begins with a sign that could mean something, or be meant so, at the start of a line only."""
    return (line[:1] or "a") in "#>|`~=" or line.startswith(("[^", "---", "***")) or marker_of(line) is not None


def holds_list(text: str) -> bool:
    """Whether lines of a text look like items of a list."""
    if "\n" not in text:
        return False
    kinds = [marker.kind for line in text.split("\n") if (marker := marker_of(line.lstrip(" \t")))]
    return "bullet" in kinds or sum(kind in (*BULLETS, *TYPED) for kind in kinds) > 1


def composed(words: str) -> str:
    """Letters and their accents as one character each, where Unicode has one (NFC).

    Words that look alike are then equal, in comparisons and when they are searched for in the PDF.

    Single characters stay: NFC would print another shape of some Chinese and Japanese letters in names.
    """
    if is_normalized("NFC", words):
        return words
    out: list[str] = []
    for sign in words:
        if out and (category(sign)[0] == "M" or "\u1160" <= sign <= "\u11ff"):
            out[-1] += sign
        else:
            out.append(sign)
    return "".join(normalize("NFC", one) if len(one) > 1 else one for one in out)
