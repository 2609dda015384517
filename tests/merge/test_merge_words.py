"""Phrases and dates in the language of the leaflet."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from merge_kit import faults, story, text

from generator.merge.words import SLOT, _dated, direction
from generator.model.content import Review

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
    node = story("<p>{{ content.review.published|date }}</p><p>{{ content.review.reviewed|date }}</p>", review=Review(published=text("2021", 9)))
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
