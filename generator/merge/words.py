"""Fixed phrases and dates in the language of a leaflet: phrases from its words file, dates from CLDR."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ..model.late import Late
from ..model.problem import Place, Problem, Text
from ..model.wording import nearest
from .places import Fault, Merge, kind, merge_of, part_of
from .sources import now_at

SLOT = Late(r"\{([a-z_]+)\}")
RTL_SCRIPTS = {"Arab", "Hebr", "Thaa", "Nkoo", "Syrc", "Adlm", "Rohg", "Samr", "Mand"}
WESTERN = "0123456789"
ZEROS = {"arab": "٠", "arabext": "۰", "deva": "०", "beng": "০", "mymr": "၀", "nkoo": "߀", "tibt": "༠",
         "adlm": "\U0001e950"}
"""Numbering system of CLDR → its digit zero; the other nine follow it in Unicode."""
CALENDARS = {"th": "buddhist", "fa": "persian"}
"""Language → its calendar, where that is not the Gregorian one (CLDR,
calendarPreferenceData) and CLDR has its words."""
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")


class Words:
    """The fixed phrases, as templates use them: `words.questions`. A phrase that is missing is a problem."""

    __slots__ = ("_merge", "_phrases")

    def __init__(self, phrases: Mapping[str, Text], merge: Merge) -> None:
        self._phrases = phrases
        self._merge = merge

    def __getitem__(self, key: str) -> Text:
        phrase = self._phrases.get(key)
        if phrase is None:
            file = self._merge.words_file
            hint = nearest(key, self._phrases) or "write it there"
            self._merge.problems.append(Problem(now_at(key) or Place(file), f"{file} has no phrase '{key}'", hint))
            return Text("")
        return phrase


@pass_context
def phrase(context: Context, key: str, /, **values: object) -> Markup:
    """phrase("page_of", page=page, pages=pages): a phrase with its {slots} filled. Raises Fault for a missing value."""
    merge = merge_of(context)
    if not isinstance(key, str):
        raise Fault(f"phrase needs the name of a phrase, not {kind(key)}", word="phrase")
    pattern = merge.words[key]
    if not pattern:
        return Markup("")
    out: list[str] = []
    slots = set()
    at = 0
    """Where the piece begins in the pattern."""
    for number, piece in enumerate(SLOT.split(pattern)):
        begin, at = at, at + len(piece) + (number % 2) * 2
        if number % 2 == 0:
            out.append(merge.printed(part_of(pattern, piece, begin)) if piece else "")
        elif piece in values:
            slots.add(piece)
            value = values[piece]
            if isinstance(value, int) and not isinstance(value, bool):
                value = in_digits(str(value), merge.language)
            out.append(escape(merge.printed(value)))
        else:
            raise Fault(f"the phrase '{key}' needs a value for {{{piece}}}", f"{piece}=…", "phrase")
    for name in sorted(values.keys() - slots):
        merge.problems.append(Problem(pattern.place, f"the phrase '{key}' lacks {{{name}}}", "it would be left out"))
    return Markup("".join(out))


@pass_context
def date_in_words(context: Context, value: object) -> Text | str:
    """Filter `date`: 2021-06-22 → June 22, 2021 · 2017-07 → July 2017 · 2017 → 2017 · 2017–2019 → 2017–2019, in the
    content's language and calendar."""
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise Fault(f"date is for dates, not for {kind(value)}", word="date")
    place = getattr(value, "place", None)
    try:
        language = merge_of(context).language
        ends = [_dated(end, language) for end in re.split("[–/]", str(value), maxsplit=1)]
        return Text(in_digits("–".join(ends) if str(value).count("-") == 0 else " – ".join(ends), language), place)
    except ValueError:
        merge_of(context).problems.append(
            Problem(place or now_at("date"), f"'{value}' is not a date", "write it as 2017, 2017-07 or 2017-07-03")
        )
        return ""


@lru_cache(512)
def _dated(value: str, language: str) -> str:
    """Raises ValueError if the value is no date."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        raise ValueError(value)
    parts = [int(part) for part in value.split("-")]
    day = date(*(parts + [1, 1])[:3])
    # as CLDR has it; to load Babel's tables takes long, as the cold figures of `make bench` would show
    if language == "en":
        month = MONTHS[day.month - 1]
        return (f"{day.year}", f"{month} {day.year}", f"{month} {day.day}, {day.year}")[len(parts) - 1]
    locale = _locale(language)
    if locale is None:
        return value  # no calendar words are known for this language: the date stays as the author wrote it
    if calendar := CALENDARS.get(language.partition("-")[0]):
        return _in_calendar(datetime(day.year, day.month, day.day, 12), len(parts), language, calendar)
    from babel.dates import format_date, format_skeleton

    if len(parts) == 3:
        return format_date(day, "long", locale)
    return format_skeleton("yMMMM" if len(parts) == 2 else "y", day, locale=locale)


def _in_calendar(day: datetime, given: int, language: str, calendar: str) -> str:
    """A date in a calendar that Babel does not have. `given`: how much of the date is known (1 year, 2 month, 3 day).

    Thai years begin with Gregorian ones, so every date has its Thai form. Persian years and months begin on other days:
    a Gregorian month or year has no Persian form and stays as it is, marked as Gregorian (میلادی).
    """
    from icu4py.messageformat import MessageFormat

    skeleton = ("y", "yMMMM", "yMMMMd")[given - 1]
    if calendar == "buddhist":
        skeleton = f"G{skeleton}"  # พ.ศ.
    elif given < 3:
        calendar, skeleton = "gregory", f"GGGG{skeleton}"
    return MessageFormat(f"{{day, date, ::{skeleton}}}", f"{language}-u-ca-{calendar}").format({"day": day})


def direction(language: str) -> str:
    """ltr or rtl, for a BCP 47 language tag: by the script it names, else by its
    likely script (CLDR likely subtags)."""
    return "rtl" if _script(language) in RTL_SCRIPTS else "ltr"


@lru_cache(256)
def digits(language: str) -> str:
    """The digits 0 to 9 that CLDR has as the default of a language tag: ar 012…, ar-EG ٠١٢…, fa ۰۱۲…

    Page numbers, numbers of lists and dates are written in them. Digits in the content stay as their author typed them.
    """
    if language.partition("-")[0] == "en":
        return WESTERN
    locale = _locale(language)
    zero = ZEROS.get(locale.default_numbering_system) if locale else None
    return "".join(chr(ord(zero) + digit) for digit in range(10)) if zero else WESTERN


def in_digits(text: str, language: str) -> str:
    """`text` with its Western digits replaced by those of the language."""
    own = digits(language)
    return text if own is WESTERN else text.translate(str.maketrans(WESTERN, own))


@lru_cache(256)
def _script(language: str) -> str:
    """The script of a language tag, four letters; "" if it is not known."""
    first, *rest = language.split("-")
    named = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    if named or first == "en":  # as above, Babel's tables are left unopened for English
        return named
    from babel.core import get_global

    likely = get_global("likely_subtags")
    region = next((part.upper() for part in rest if len(part) == 2), "")
    full = likely.get(f"{first.lower()}_{region}") or likely.get(first.lower()) or ""
    return next((part for part in full.split("_") if len(part) == 4), "")


def _locale(language: str):
    """Babel's Locale for a language tag; None where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
