"""Fixed phrases, dates, digits and directions of every language that comes with the program."""

import os
import re
import subprocess
import sys
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from project_kit import ROOT

from generator.merge.words import CALENDARS, WESTERN, _dated, digits, direction, in_digits

WORDS = ROOT / "layouts" / "shared" / "words"
GOLDEN = Path(__file__).with_name("dates.txt")
SCRIPTS = {
    "ar": "ARABIC", "bg": "CYRILLIC", "bn": "BENGALI", "cs": "LATIN", "da": "LATIN", "de": "LATIN", "el": "GREEK",
    "en": "LATIN", "es": "LATIN", "fa": "ARABIC", "fi": "LATIN", "fr": "LATIN", "he": "HEBREW", "hi": "DEVANAGARI",
    "hu": "LATIN", "it": "LATIN", "ja": "CJK HIRAGANA KATAKANA", "ka": "GEORGIAN", "ko": "HANGUL", "nb": "LATIN",
    "nl": "LATIN", "pa": "GURMUKHI", "pl": "LATIN", "pt": "LATIN", "ro": "LATIN", "ru": "CYRILLIC", "so": "LATIN",
    "sv": "LATIN", "ta": "TAMIL", "th": "THAI", "tl": "LATIN", "tr": "LATIN", "uk": "CYRILLIC", "ur": "ARABIC",
    "vi": "LATIN", "zh-Hans": "CJK", "zh-Hant": "CJK",
}
"""Language → the scripts its phrases are written in, as Unicode names their letters."""
LOANS = re.compile("E-mail|QR(?![A-Za-z])")
"""Words that other scripts borrow as they are."""
FILES = sorted(WORDS.glob("*.yaml"))


def phrases(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def test_the_languages_are_there():
    assert {file.stem for file in FILES} >= SCRIPTS.keys()


def _script_of(letter):
    return unicodedata.name(letter).split()[0].split("-")[0]


def faults(language, found, english):
    """What is wrong with a words file."""
    wrong = [f"{language} lacks {key}" for key in english.keys() - found.keys()]
    wrong += [f"{language} has {key}, which no one asks for" for key in found.keys() - english.keys()]
    for key, phrase in found.items():
        if set(phrase.replace("{", "}").split("}")[1::2]) != set(
            english.get(key, phrase).replace("{", "}").split("}")[1::2]
        ):
            wrong.append(f"{language} {key}: other slots than in English")
        plain = LOANS.sub("", "".join(phrase.replace("{", "}").split("}")[::2]))
        foreign = [
            char for char in plain if char.isalpha() and _script_of(char) not in SCRIPTS.get(language, "LATIN").split()
        ]
        wrong += [f"{language} {key}: {foreign[0]}"] if foreign else []
    return wrong


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_phrase_is_there_in_its_own_script(file):
    assert faults(file.stem, phrases(file), phrases(WORDS / "en.yaml")) == []


def test_a_fault_is_found():
    english = phrases(WORDS / "en.yaml")
    russian = phrases(WORDS / "ru.yaml")
    short = dict(russian)
    del short["phone"]
    assert faults("ru", short, english) == ["ru lacks phone"]
    assert faults("ru", russian | {"contact": english["contact"]}, english) == ["ru contact: W"]
    assert faults("ru", russian | {"page_of": "Страница {page}"}, english) == [
        "ru page_of: other slots than in English"
    ]
    assert faults("ru", russian | {"old": "Да"}, english) == ["ru has old, which no one asks for"]


# Phrases that say the same in two languages, although neither is English: names of things that travel.
SAME = {
    "email", "web", "version", "fact", "person", "no", "yes", "status_draft", "phone", "name", "date", "appointment",
}


def test_no_language_has_english_phrases():
    english = phrases(WORDS / "en.yaml")
    for file in FILES:
        if file.stem.partition("-")[0] != "en":
            assert not [key for key, phrase in phrases(file).items() if phrase == english[key] and key not in SAME], (
                file.stem
            )


DATES = ("2021-06-22", "2021-06", "2021")


def dates():
    """A line for each language: a day, a month, a year."""
    lines = ["# Dates as leaflets print them. GOLDEN=write writes them anew."]
    for language in (*SCRIPTS, "ar-EG", "en-GB", "fa-AF", "pt-BR", "zh-Hant-HK", "xx"):
        lines.append(" | ".join([language, *(in_digits(_dated(value, language), language) for value in DATES)]))
    return "\n".join(lines) + "\n"


def test_dates_in_all_languages():
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.write_text(dates(), encoding="utf-8")
    assert dates() == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", WESTERN), ("tr", WESTERN), ("ar", WESTERN), ("ar-MA", WESTERN), ("ur", WESTERN), ("hi", WESTERN),
        ("th", WESTERN), ("ar-EG", "٠١٢٣٤٥٦٧٨٩"), ("fa", "۰۱۲۳۴۵۶۷۸۹"), ("mr", "०१२३४५६७८९"), ("bn", "০১২৩৪৫৬৭৮৯"),
        ("xx", WESTERN),
    ],
)
def test_digits_are_those_of_cldr(language, expected):
    assert digits(language) == expected
    assert in_digits("12.5 mg", language) == f"{expected[1]}{expected[2]}.{expected[5]} mg"
    assert all(unicodedata.digit(digit) == value for value, digit in enumerate(expected))


def test_calendars_are_those_of_cldr():
    """ICU knows them, and gives root words ("AP 1400") where CLDR has none in the language: these keep our calendar."""
    from babel.localedata import locale_identifiers
    from icu4py.messageformat import MessageFormat

    day = {"day": datetime(2021, 6, 22, 12)}
    others = set()
    for name in locale_identifiers():
        if "_" not in name and not re.search(
            "2021", MessageFormat("{day, date, ::y}", f"{name}-u-nu-latn").format(day)
        ):
            others.add(name)
    wordless = {"lrc", "mzn", "ps", "sdh"}
    assert others - wordless == set(CALENDARS)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tehran", "UTC"])
def test_a_day_is_the_same_everywhere(zone):
    code = (
        "from generator.merge.words import _dated; print(ascii([_dated(day, 'fa') for day in ('2021-03-20', "
        "'2021-03-21', '2024-03-20')]))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True,
        cwd=ROOT,
    )
    assert said.stdout.strip() == ascii(["۳۰ اسفند ۱۳۹۹", "۱ فروردین ۱۴۰۰", "۱ فروردین ۱۴۰۳"])


def test_directions_are_those_of_cldr():
    from babel import Locale, UnknownLocaleError
    from babel.localedata import locale_identifiers

    seen = set()
    for name in locale_identifiers():
        try:
            expected = Locale.parse(name).text_direction
        except (UnknownLocaleError, ValueError):
            continue
        if expected != "ttb":  # Mongolian in its old script, from top to bottom
            assert direction(name.replace("_", "-")) == expected, name
            seen.add(expected)
    assert seen == {"ltr", "rtl"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("az-IR", "rtl"), ("az", "ltr"), ("pa-PK", "rtl"), ("ku-Latn-IQ", "ltr"), ("ur-Latn", "ltr"), ("yi", "rtl"),
        ("en-Arab", "rtl"),
    ],
)
def test_direction_goes_by_the_likely_script(language, expected):
    assert direction(language) == expected
