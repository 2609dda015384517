"""Phrases and dates in the language of the leaflet."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from merge_kit import PHRASES, faults, merged, story, text, tree, words

from generator.merge.words import SLOT, _dated, direction
from generator.model.content import SLOTS, Phrase, Review
from generator.model.problem import Foreign, Place, Text

SHARED = Path(__file__).parents[2] / "layouts" / "shared" / "words"
DATES = {
    ("2021-06-22", "en"): "June 22, 2021",
    ("2017-07", "en"): "July 2017",
    ("2017", "en"): "2017",
    ("2021-06-22", "en-GB"): "22 June 2021",
    ("2021-06-22", "tr"): "22 Haziran 2021",
    ("2021-06", "de"): "Juni 2021",
    ("2021-06-22", "zh-Hans"): "2021年6月22日",
    ("2021", "zh-Hans"): "2021年",
    ("2021-06-22", "ar"): "22 يونيو 2021",
    ("2021-06-22", "th"): "22 มิถุนายน พ.ศ. 2564",
    ("2021-06", "th-TH"): "มิถุนายน พ.ศ. 2564",
    ("2021", "th"): "พ.ศ. 2564",
    ("2021-06-22", "fa"): "۱ تیر ۱۴۰۰",
    ("2021-06-22", "fa-AF"): "۱ سرطان ۱۴۰۰",
    ("2021-06", "fa"): "ژوئن ۲۰۲۱ میلادی",  # no month of theirs
    ("2021", "fa"): "۲۰۲۱ میلادی",
    ("2021-06", "tlh"): "2021-06",
}


@pytest.mark.parametrize(("value", "language"), DATES)
def test_dates(value, language):
    assert _dated(value, language) == DATES[value, language]


@given(st.dates(date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_english_dates_are_those_of_cldr(day, length):
    value = day.isoformat()[:length]
    assert _dated(value, "en") == _dated(value, "en-US")


@pytest.mark.parametrize("value", ["20211", "2021-13", "2021-02-30", "June", "2021-6", "2021-06-22T00", ""])
def test_no_dates(value):
    with pytest.raises(ValueError):
        _dated(value, "en")


def test_dates_keep_their_place():
    node = story("<p>{{ content.review.published|date }}</p><p>{{ content.review.reviewed|date }}</p>",
                 review=Review(published=text("2021", 9)))
    assert [(kid.words(), kid.place.line) for kid in node.kids[1:]] == [("2021", 9)]
    assert faults("<p>{{ content.options|date }}</p>") == ["L:2:23: date is for dates, not for a list"]


def test_direction():
    rtl = ["ar", "fa-IR", "ur", "he", "az-Arab", "ku-Arab-IQ", "yi"]
    assert {direction(one) for one in rtl} == {"rtl"}
    assert {direction(one) for one in ["en", "tr", "zh-Hant", "ur-Latn", "az", "en-AR"]} == {"ltr"}


def test_the_words_files_are_whole():
    english = yaml.safe_load((SHARED / "en.yaml").read_text(encoding="utf-8"))
    for file in SHARED.glob("*.yaml"):
        phrases = yaml.safe_load(file.read_text(encoding="utf-8"))
        assert phrases.keys() == english.keys(), file.name
        for key, phrase in phrases.items():
            assert isinstance(phrase, str) and phrase.strip() == phrase != "", (file.name, key)
            assert sorted(SLOT.findall(phrase)) == sorted(SLOT.findall(english[key])), (file.name, key)


def test_the_shared_templates_use_phrases_that_exist():
    english = yaml.safe_load((SHARED / "en.yaml").read_text(encoding="utf-8"))
    used = set()
    for file in SHARED.parents[1].rglob("*.j2"):
        source = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"\bwords\.(\w+)", source)) | set(re.findall(r"phrase\([\"'](\w+)", source))
    assert used
    assert used <= english.keys()


def test_a_day_more_is_another_day():
    day = date(2024, 2, 28)
    assert _dated((day + timedelta(1)).isoformat(), "en") == "February 29, 2024"


# ── a language without phrases ───────────────────────────────────────────────────────────────────────────────────────

ENGLISH = {key: Foreign(phrase, phrase.place, "en")
           for key, phrase in words(PHRASES | {"fact": "{label}: {value}", "web": "Web"}).items()}
WARNING = ("words/is: warning: there are no fixed phrases for the language 'is', so that English ones are printed "
           "(give them under phrases: in this file, or in layouts/shared/words/is.yaml for all leaflets)")


def icelandic(inner: str, **parts):
    """(its story without the title, warnings) of a leaflet in a language without phrases; `phrases` are its own."""
    language = Text("is", Place("words/is", 2, 11))
    leaflet = merged(f"<story><h1>{{{{ content.title }}}}</h1>\n{inner}</story>", fixed=ENGLISH, language=language,
                     **parts)
    warnings = [str(warning).replace("words/is:2:11", "words/is") for warning in leaflet.warnings]
    return "\n".join(map(tree, leaflet.parts["story"].kids[1:])), warnings


@pytest.mark.parametrize(("inner", "said"), [
    ("<h2>{{ words.questions }}</h2>", 'h2\n  span [lang=en]\n    "Frequently asked questions"'),
    ("<h2>{{ words.questions|inline }}</h2>", 'h2\n  span [lang=en]\n    "Frequently asked questions"'),
    ("<p><strong>{{ words.yes }}</strong>, já</p>", 'p\n  strong\n    span [lang=en]\n      "Yes"\n  ", já"'),
    ("<p>{{ phrase('version', version='1.2') }}</p>", 'p\n  span [lang=en]\n    "Version "\n  "1.2"'),
    ("<p>{{ phrase('fact', label=words.web, value='a.is') }}</p>", 'p\n  span [lang=en]\n    "Web"\n  ": a.is"'),
    ("<p>{{ [words.web, words.yes]|join(' · ') }}</p>", 'p\n  span [lang=en]\n    "Web · Yes"'),
    ("<p>{{ words.web ~ '!' }}</p>", 'p\n  span [lang=en]\n    "Web"\n  "!"'),
    ("<p>{{ words.yes|replace('Y', 'y') }}</p>", 'p\n  span [lang=en]\n    "yes"'),
    ("<qr href='https://a.is' alt='{{ words.web }}'/>", "qr [href=https://a.is alt=Web lang=en]"),
], ids=lambda value: value[:40])
def test_english_phrases_are_marked_as_english(inner, said):
    assert icelandic(inner) == (said, [WARNING])


def test_phrases_of_the_content_win_and_need_no_mark():
    given = {"questions": text("Algengar spurningar", 7), "version": text("Útgáfa {version}", 8)}
    inner = "<h2>{{ words.questions }}</h2><p>{{ phrase('version', version='2') }}</p>"
    assert icelandic(inner, phrases=given) == ('h2\n  "Algengar spurningar"\np\n  "Útgáfa 2"', [])
    assert icelandic(inner + "<p>{{ words.web }}</p>", phrases=given)[1] == [WARNING]
    node = story(inner, phrases=given)  # also where the program has phrases
    assert [(kid.words(), str(kid.place)) for kid in node.kids[1:]] == [
        ("Algengar spurningar", "content/x/en.yaml:7:3"), ("Útgáfa 2", "content/x/en.yaml:8:3")]


def test_what_is_only_compared_is_not_printed():
    assert icelandic("<p>{% if 'Yes' == words.yes %}satt{% endif %}</p>") == ('p\n  "satt"', [])


def test_a_mark_of_status_keeps_its_language():
    inner = "<p>{{ draft }}</p><p>{{ draft }}</p>"
    marked = 'p\n  span [lang=en]\n    "Draft – not for use"'
    assert icelandic(inner, review=Review(status=text("draft"))) == (f"{marked}\n{marked}", [WARNING])
    given = {"status_draft": text("Drög")}
    assert icelandic(inner, review=Review(status=text("draft")), phrases=given) == ('p\n  "Drög"\np\n  "Drög"', [])


def test_texts_of_two_languages_in_one_keep_theirs():
    inner = "<p>{{ [words.web, content.title]|join(' · ') }}</p>"
    assert icelandic(inner) == ('p\n  span [lang=en]\n    "Web"\n  " · A title"', [WARNING])


def test_a_phrase_of_the_content_does_not_place_what_stands_around_it():
    """As a phrase of the words file: a section is placed by the author's first words
    in it, not by its fixed heading."""
    node = story("<section><h2>{{ words.questions }}</h2><p>{{ content.category }}</p></section>",
                 phrases={"questions": text("Spurt og svarað", 3)}, category=text("Words", 9))
    (section,) = node.kids[1:]
    assert section.place.line == 9 and section.kids[0].place.line == 3


def test_the_models_phrases_are_those_of_the_words_files():
    english = yaml.safe_load((SHARED / "en.yaml").read_text(encoding="utf-8"))
    assert set(get_args(Phrase)) == english.keys()
    assert {key: sorted(slots) for key, slots in SLOTS.items()} == {
        key: sorted(found) for key, phrase in english.items() if (found := SLOT.findall(phrase))}
