"""Compares the numbers and units of a text with those of its translation, as a careful reader would.

Numbers count as the same where they are only written in another way: 1,5 and 1.5, ١٫٥ and 1.5, 10 000 and 10,000, ½ and
0.5, "two" and 2,
5 pm and 17:00, 6/22/2021 and 22 Haziran 2021. Names of months, numbers in words and units
come from CLDR, by Babel and by ICU.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from ..model.content import GUIDES
from ..model.record import record

APART = re.compile(r"\]\([^)\s]*\)|(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\{[^{}\s]*\}")
"""Addresses and placeholders: their digits are no numbers of the text."""
_DIALLED = re.compile(r"\]\((tel:[^)\s]+)\)")
NUMBER = re.compile(
    r"(?:(?P<whole>\d+) ?)?(?<![\d/])(?P<above>\d{1,2})⁄(?P<below>\d{1,2})"  # ½ is written so by NFKC
    r"|(?<![\d/])(?P<over>[1-9])/(?P<under>[2-9])(?![\d/])"
    r"|\d+(?:[.,'’\u00a0\u202f ]\d+)*"
)
SPACES = " \u00a0\u202f"
TIME = re.compile(r"[:.]\d\d(?!\d)|\s?(?:Uhr|h|[時时시点點])(?![a-z])")
"""What follows the hour of a time of day."""
CLOCK = re.compile(r"(?:[012]?\d|3[01])\.[0-5]\d")
"""A number that may be a time of day or a day of the year."""
SPELT = 20
"""Up to here a number may be a word on one side."""
BUDDHIST, PERSIAN = 543, (621, 622)
"""Years between the common era and those of Thailand and of Iran."""
TIMES = {"en": {1: ("once",), 2: ("twice",)}}
"""Language → number → words for so many times."""
DUAL = {"ar": r"\w\w(?:ان|ين)\b", "he": r"\w\w(?:יים|ים)\b"}
"""Language → endings that say "two" without a number."""

SYMBOLS = {
    "mg": "mg мг", "g": "g г", "kg": "kg кг", "µg": "µg μg mcg мкг", "ng": "ng нг",
    "ml": "ml mL мл cc", "cl": "cl cL", "dl": "dl dL дл", "l": "l L л",
    "mm": "mm мм", "cm": "cm см", "m": "m м", "km": "km км",
    "°C": "°C ℃", "°F": "°F ℉", "%": "% ٪ ％", "IU": "IU IE UI МЕ МО", "mmol": "mmol ммоль", "mol": "mol",
    "kcal": "kcal ккал", "kJ": "kJ кДж", "mmHg": "mmHg", "h": "h", "min": "min",
}
"""Unit → how it is written in all languages; capitals count."""
NAMES = {
    "mg": "mass-milligram", "g": "mass-gram", "kg": "mass-kilogram", "µg": "mass-microgram",
    "ml": "volume-milliliter", "cl": "volume-centiliter", "dl": "volume-deciliter", "l": "volume-liter",
    "mm": "length-millimeter", "cm": "length-centimeter", "m": "length-meter", "km": "length-kilometer",
    "°C": "temperature-celsius", "°F": "temperature-fahrenheit", "kcal": "energy-kilocalorie", "kJ": "energy-kilojoule",
    "min": "duration-minute", "h": "duration-hour", "day": "duration-day", "week": "duration-week",
    "month": "duration-month", "year": "duration-year",
}
"""Unit → its name in CLDR, which has its words in each language."""


def differences(text: str, language: str, translation: str, other: str) -> Iterator[str]:
    """Each number and unit in which a translation into the language `other` differs from the text, in one sentence."""
    before, after = _Side(text, language), _Side(translation, other)
    pairs = before.pair(after)
    for numbers, said in (
        (before.left, "the number{} {} of the source {} not here"),
        (after.left, "the number{} {} {} not in the source"),
    ):
        if numbers:
            many = len(numbers) > 1
            yield said.format("s" * many, ", ".join(number.written for number in numbers), "are" if many else "is")
    yield from _units(pairs, language, other)
    dialled = set(_DIALLED.findall(text))
    for number in _DIALLED.findall(translation):
        if number not in dialled:
            yield f"the link to {number} is not in the source"


@record(slots=True)
class _Number:
    written: str
    groups: tuple[str, ...]
    """Its digits, parted where there are signs between them."""
    value: Decimal | None
    """None: it is no single number (a date, a time)."""
    before: str
    after: str
    """The text around it."""


class _Side:
    """A text of one language with its numbers, of which those that are found again on the other side are taken away."""

    def __init__(self, text: str, language: str) -> None:
        self.language = language
        text = APART.sub(" ", text).translate({ord(sign): None for sign in GUIDES})
        self.text = "".join(_western(sign) for sign in text)
        self.left = list(_numbers(self.text, language))

    def pair(self, other: _Side) -> list[tuple[_Number, _Number]]:
        """Numbers that are the same on both sides; `left` of both holds the rest afterwards."""
        pairs = self._take(other, lambda one: [one.groups])
        pairs += self._take(other, lambda one: [one.value])
        self._in_pieces(other)
        for one, two in ((self, other), (other, self)):
            one._spelt(two)
            one._months(two)
            one._hours(two)
            one._years(two)
        for side in (self, other):  # the minutes of a full hour
            side._drop(lambda number: number.groups == ("00",) and number.before.endswith((":", ".", "h")))
        return pairs

    def _take(self, other: _Side, keys: Callable[[_Number], list]) -> list[tuple[_Number, _Number]]:
        """Takes away, and returns, numbers of both sides that have a key in common (None is none)."""
        pairs = []
        for one in list(self.left):
            mine = [key for key in keys(one) if key is not None]
            two = next((two for two in other.left if any(key in mine for key in keys(two))), None)
            if two is not None:
                self.left.remove(one)
                other.left.remove(two)
                pairs.append((one, two))
        return pairs

    def _in_pieces(self, other: _Side) -> None:
        """22.06.2021 is 22, 6 and 2021; 9.30 is 9:30. No decimal number is taken to pieces for the sake of another."""
        both = [[piece for number in side.left for piece in _pieces(number)] for side in (self, other)]
        mine, theirs = [[piece.value for piece in pieces] for pieces in both]
        if all(value in theirs for value in mine) or all(value in mine for value in theirs):
            self.left, other.left = both
            self._take(other, lambda one: [one.value])

    def _drop(self, gone: Callable[[_Number], bool]) -> None:
        self.left = [number for number in self.left if not gone(number)]

    def _spelt(self, other: _Side) -> None:
        """2 is "two", and the dual of languages that have one."""
        self._drop(lambda one: one.value in range(SPELT + 1) and other.says(*_words(int(one.value), other.language)))
        dual = DUAL.get(other.language.partition("-")[0])
        if dual and re.search(dual, other.text):
            self._drop(lambda one: one.value == 2)

    def _months(self, other: _Side) -> None:
        names = _months(other.language)
        self._drop(lambda one: one.value in names and other.says(*names[int(one.value)]))

    def _hours(self, other: _Side) -> None:
        """5 pm is 17:00."""
        for one in list(self.left):
            if one.value and 12 < one.value <= 24 and TIME.match(one.after):
                two = next((two for two in other.left if two.value == one.value - 12), None)
                if two is not None:
                    self.left.remove(one)
                    other.left.remove(two)

    def _years(self, other: _Side) -> None:
        """Years of another calendar; in the Persian one a day has another number, too."""
        base = self.language.partition("-")[0]
        if base == "th":
            for one in list(self.left):
                if one.value and (two := next((two for two in other.left if two.value == one.value - BUDDHIST), None)):
                    self.left.remove(one)
                    other.left.remove(two)
        elif base in ("fa", "ps"):
            for one in list(self.left):
                later = [one.value + years for years in PERSIAN] if one.value else []
                two = next((two for two in other.left if two.value in later), None)
                if two is not None:
                    self.left.remove(one)
                    other.left.remove(two)
                    for side in (self, other):
                        day = next((day for day in side.left if day.value and 0 < day.value <= 31), None)
                        if day is not None:
                            side.left.remove(day)

    def says(self, *words: str) -> bool:
        """Whether one of the words, or a longer form of it, stands in the text."""
        starts = (("" if _unspaced(word) else r"(?<![^\W\d_])") + re.escape(word) for word in words)
        return any(re.search(start, self.text, re.IGNORECASE) for start in starts)


def _unspaced(word: str) -> bool:
    """Whether its script parts no words by spaces (Chinese, Japanese, Thai and their like)."""
    return unicodedata.category(word[0]) == "Lo" and unicodedata.bidirectional(word[0]) == "L"


def _western(sign: str) -> str:
    """A digit of any script as 0 to 9, ½ as 1⁄2, ㎎ as mg; the signs of Arabic decimals and thousands as others."""
    if sign.isascii():
        return sign
    if sign in "٫٬":
        return "." if sign == "٫" else "\u202f"
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    kind = unicodedata.decomposition(sign).partition(" ")[0]
    plain = unicodedata.normalize("NFKC", sign)
    return f" {plain}" if kind == "<fraction>" else plain if kind in ("<square>", "<wide>") else sign


def _numbers(text: str, language: str) -> Iterator[_Number]:
    for found in NUMBER.finditer(text):
        around = text[max(0, found.start() - 20) : found.start()], text[found.end() : found.end() + 40]
        above, below = found["above"] or found["over"], found["below"] or found["under"]
        if above and int(below):
            whole = found["whole"]
            value = Decimal(whole or 0) + Decimal(above) / Decimal(below)
            yield _Number(found[0].strip(), tuple(filter(None, (whole, above, below))), value, *around)
            continue
        start = found.start()
        for written in _apart(found[0], language):
            groups = tuple(re.findall(r"\d+", written))
            at = text.index(written, start)
            start = at + len(written)
            around = text[max(0, at - 20) : at], text[start : start + 40]
            yield _Number(written, groups, _value(written, groups, language), *around)


def _apart(written: str, language: str) -> list[str]:
    """Numbers that stand side by side: 2 500 is one number where thousands are parted by spaces, two elsewhere."""
    if not any(space in written for space in SPACES):
        return [written]
    grouped = re.fullmatch(r"\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?:[.,]\d+)?", written)
    if grouped and (" " not in written or _signs(language)[1] in SPACES):
        return [written]
    return re.split(f"[{SPACES}]", written)


def _value(written: str, groups: tuple[str, ...], language: str) -> Decimal | None:
    """The number that is meant, by the language's own sign for decimals; None for a date or a time."""
    signs = re.findall(r"[^\d]", written)
    if not signs:
        return Decimal(written)
    decimal, _ = _signs(language)
    *above, last = signs
    thousands = not groups[0].startswith("0") and all(len(group) == 3 for group in groups[1:])
    if len(set(signs)) == 1:
        if thousands and (len(signs) > 1 or last != decimal):
            return Decimal("".join(groups))
        return Decimal(f"{groups[0]}.{groups[1]}") if len(signs) == 1 and last in ".," else None
    if last in ".," and len(set(above)) == 1 and last not in above and all(len(group) == 3 for group in groups[1:-1]):
        return Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")
    return None


def _pieces(number: _Number) -> Iterator[_Number]:
    if number.value is not None and not CLOCK.fullmatch(number.written):
        yield number
    else:
        for group in number.groups:
            yield _Number(group, (group,), Decimal(group), number.before, "")


# ── what CLDR knows ──────────────────────────────────────────────────────────────────────────────────────────────────


@lru_cache(64)
def _locale(language: str):
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(64)
def _signs(language: str) -> tuple[str, str]:
    """(sign of decimals, sign between thousands) of a language."""
    locale = _locale(language)
    found = locale.number_symbols.get("latn", {}) if locale else {}
    return found.get("decimal") or ".", found.get("group") or ","


@lru_cache(64)
def _months(language: str) -> dict[int, tuple[str, ...]]:
    """Number of a month → its names."""
    locale = _locale(language)
    if locale is None:
        return {}
    forms = [widths[width] for widths in locale.months.values() for width in ("wide", "abbreviated") if width in widths]
    found = {number: {str(form[number]).rstrip(".") for form in forms} for number in range(1, 13)}
    # Two letters are too few to be told from other words; 6月 is a number already.
    return {number: tuple(name for name in names if len(name) > 2 and not name[0].isdigit())
            for number, names in found.items()}


@lru_cache(512)
def _words(number: int, language: str) -> tuple[str, ...]:
    """A number in words, in the genders of the language."""
    if _locale(language) is None:
        return ()
    from icu4py.messageformat import MessageFormat

    found = {word for by, words in TIMES.items() if language.partition("-")[0] == by for word in words.get(number, ())}
    for gender in ("", ",%spellout-cardinal-masculine", ",%spellout-cardinal-feminine", ",%spellout-cardinal-neuter"):
        found.add(MessageFormat(f"{{n, spellout{gender}}}", language.replace("-", "_")).format({"n": number}))
    return tuple(sorted(word for word in found if word and not any(sign.isdigit() for sign in word)))


@lru_cache(64)
def _spellings(language: str) -> list[tuple[str, str]]:
    """(how it is written, unit), the longest first."""
    found = {spelling: unit for unit, spellings in SYMBOLS.items() for spelling in spellings.split()}
    locale = _locale(language)
    for unit, name in NAMES.items():
        forms = locale._data["unit_patterns"].get(name, {}) if locale else {}
        for width, patterns in forms.items():
            if width == "long" or not name.startswith("duration"):
                for pattern in patterns.values():
                    word = str(pattern).replace("{0}", "").strip("\u200e\u200f \u00a0\u202f")
                    if len(word) > 1:  # one letter is mostly a word of its own (ل in Arabic)
                        found.setdefault(word, unit)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def _unit(number: _Number, language: str) -> tuple[str, str]:
    """(unit, how it is written) behind a number; ("?", the word) for a word that is
    no known unit; ("", "") for none."""
    after = number.after.lstrip(SPACES + "-‑")
    for spelling, unit in _spellings(language):
        if after.startswith(spelling):
            rest = after[len(spelling) :]
            if spelling == "г" and rest.startswith("."):
                break  # the year, not the gram
            if not rest[:1].isalpha() or not spelling.isalpha() or _unspaced(rest):
                per = re.match(r"/([^\W\d_]+)", rest)
                other = per and next((unit for name, unit in _spellings(language) if name == per[1]), per[1])
                return (f"{unit}/{other}", spelling + per[0]) if per else (unit, spelling)
    word = re.match(r"[^\W\d_]+", after)
    return ("?", word[0]) if word else ("", "")


def _unit_before(number: _Number, language: str) -> bool:
    before = number.before.rstrip(SPACES + ":")
    return any(before.endswith(word) and not before[: -len(word)][-1:].isalpha() for word, _ in _spellings(language))


def _units(pairs: list[tuple[_Number, _Number]], language: str, other: str) -> Iterator[str]:
    """Units that differ though their numbers are the same. A word that is not known
    may be a unit; nothing is guessed."""
    left: dict[Decimal | tuple, tuple[list, list]] = {}
    for one, two in pairs:
        here, there = left.setdefault(one.value if one.value is not None else one.groups, ([], []))
        here.append((*_unit(one, language), one))
        there.append((*_unit(two, other), two))
    for here, there in left.values():
        for mine in list(here):
            same = next((theirs for theirs in there if theirs[0] == mine[0]), None)
            if same is not None:
                here.remove(mine)
                there.remove(same)
        known = {spelling.lower() for spellings in SYMBOLS.values() for spelling in spellings.split()}
        for unit, spelling, number in here:
            if unit in ("?", ""):
                continue
            wrong = next((theirs for theirs in there if theirs[0] not in ("?", "") or theirs[1].lower() in known), None)
            said = f"{number.written} {spelling} of the source"
            if wrong is not None:
                there.remove(wrong)
                yield f"{said} is {wrong[2].written} {wrong[1]} here"
            elif there and all(theirs[0] == "" for theirs in there) and not _unit_before(there[0][2], other):
                there.pop()
                yield f"{said} has no unit here"
