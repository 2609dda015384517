"""Numbers and units that a translation has of its own are told, those that are only written in another way are not."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.translate.numbers import SYMBOLS, differences


def cases():
    lines = Path(__file__).with_name("numbers.txt").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    for block in filter(None, map(str.strip, text.split("\n\n"))):
        lines = block.splitlines()
        one, two = (line.split(" | ", 1) for line in lines[:2])
        yield one[0], one[1], two[0], two[1], [line.removeprefix("! ") for line in lines[2:]]


CASES = list(cases())
NAMES = [f"{case[0]}-{case[2]}: {case[1][:30]}" for case in CASES]


@pytest.mark.parametrize(("language", "text", "other", "translation", "said"), CASES, ids=NAMES)
def test_case(language, text, other, translation, said):
    assert list(differences(text, language, translation, other)) == said
    if not said:
        assert list(differences(translation, other, text, language)) == []  # nor the other way round


LANGUAGES = ["en", "tr", "ar", "de", "fr", "fa", "th", "zh-Hans", "bg", "xx"]


SIGNS = "0123456789 .,:/-–½%°Cmglh٣٫٬४aA()"


@given(st.text(SIGNS, max_size=40), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_a_text_has_the_numbers_of_itself(text, language, other):
    assert list(differences(text, language, text, language)) == []
    list(differences(text, language, text, other))  # which may read 1.500 otherwise, and must not fail


@given(st.integers(1, 999), st.sampled_from(sorted(SYMBOLS)), st.sampled_from(LANGUAGES[:-1]))
def test_another_number_or_unit_is_always_told(number, unit, other):
    text = f"x {number + 20} {unit} x"
    for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"):
        shown = str.maketrans("0123456789", digits)
        assert list(differences(text, "en", text.translate(shown), other)) == []
        assert list(differences(text, "en", f"x {number + 21} {unit} x".translate(shown), other)) != []
    for one, another in pairwise([*SYMBOLS, "mg"]):
        if one == unit:
            assert len(list(differences(text, "en", f"x {number + 20} {another} x", other))) == 1
