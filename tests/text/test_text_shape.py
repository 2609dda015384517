"""Shaped words: what glyphs say, joining, caches."""

import pytest
from helpers_text import FONTS, paragraph, said, span
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.text import shape as room
from generator.text.fonts import built_in
from generator.text.shape import shape

FACE = built_in("FiraGO", 0)


def test_kerning_and_ligatures():
    assert shape(FACE, "Tor").width < sum(shape(FACE, char).width for char in "Tor")
    assert [glyph[4] for glyph in shape(FACE, "fit").glyphs] == ["fi", "t"]
    assert [glyph[4] for glyph in shape(FACE, "fit", language="tr").glyphs] == ["f", "i", "t"], (
        "Turkish keeps its dotted i"
    )


def test_text_hangs_on_the_first_glyph_of_a_cluster_in_logical_order():
    word = shape(FACE, "کِتاب", rtl=True)
    assert "".join(glyph[4] for glyph in reversed(word.glyphs)) == "کِتاب"
    marked = shape(FACE, "بِ", rtl=True)
    assert [glyph[4] for glyph in marked.glyphs] == ["", "بِ"], "visual order: the mark, then its base"
    assert "".join(glyph[4] for glyph in shape(FACE, "क्षत्रिय").glyphs) == "क्षत्रिय"


def test_joiners_are_kept_in_what_is_said_and_not_drawn():
    word = shape(FACE, "می\u200cخواهم", rtl=True)
    assert "".join(glyph[4] for glyph in reversed(word.glyphs)) == "می\u200cخواهم"
    assert all(glyph[1] > 0 for glyph in word.glyphs)


def test_a_no_break_space_says_space():
    assert shape(FACE, "\u00a0").glyphs[0][4] == " "


def test_letters_join_across_spans_and_words_do_not():
    whole = shape(FACE, "کتاب", rtl=True, language="fa").glyphs
    set_in = paragraph(span("کت"), span("اب", colour="#ff0000"), direction="rtl", language="fa")
    (line,) = set_in.lines(100)
    joined = [glyph[0] for run in reversed(line.runs) for word in run.words for glyph in word.glyphs]
    assert joined == [glyph[0] for glyph in whole]


def test_nothing_is_drawn_for_a_missing_glyph():
    with pytest.raises(AssertionError):
        shape(FACE, "中")


@settings(max_examples=200, deadline=None)
@given(st.text("aTfi.אبتकि่กé\u0301 ✓\u200d\u200c12(", max_size=12), st.booleans())
def test_cached_words_are_the_same_as_new_ones(text, rtl):
    style = ("body", False, False)
    first, _ = room.words(FONTS, style, text, rtl, "en")
    again, _ = room.words(FONTS, style, text, rtl, "en")
    room.shape.cache_clear()
    new, _ = room.words(FONTS, style, text, rtl, "en")
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert [(word.text, word.width, word.glyphs) for word in first] == [
        (word.text, word.width, word.glyphs) for word in new
    ]
    assert all(glyph[0] for word in new for glyph in word.glyphs)


def test_the_cache_is_bounded():
    for number in range(room.LIMIT + 10):
        shape(FACE, str(number))
    assert room.shape.cache_info().currsize <= room.LIMIT


def test_a_line_says_its_text():
    set_in = paragraph("The office is efficient")
    assert said(set_in.lines(500)[0]) == "The office is efficient"


THAI_ABOVE = "ัิีึื็่้๊๋์ํ"
HINDI_ABOVE = "ेैंँ"


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("language", ["th", "hi", "en"])
def test_no_mark_falls_to_the_foot_of_the_line(index, language):
    face = built_in("FiraGO", index)
    letters = [chr(code) for code in range(0xE01, 0xE2F)]
    consonants = [chr(code) for code in range(0x915, 0x93A)]
    pairs = [one + "\u094d" + other for one in consonants for other in ("र", "न", "य")] if language == "hi" else []
    texts = [letter + mark for letter in letters for mark in THAI_ABOVE] if language != "hi" else []
    texts += [letter + vowel + tone for letter in "ญฬนป" for vowel in "ิีึื" for tone in "่้๊๋์"]
    texts += [base + mark for base in (consonants if language == "hi" else ()) for mark in HINDI_ABOVE] + [
        pair + mark for pair in pairs for mark in HINDI_ABOVE
    ]
    texts += ["ราษฎร์หญิงญี่ปุ่น", "प्रट्रेस्ट्रेन"]
    fallen = [
        text
        for text in texts
        for glyph in shape(face, text, language=language).glyphs
        if glyph[1] == 0 and glyph[3] < -0.25
    ]
    assert fallen == []
