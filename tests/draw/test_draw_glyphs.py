"""Which code says which character, and that nothing is painted but the word's own glyphs, where they belong."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

import pytest
import specimen
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.draw.font import Font
from generator.draw.glyphs import SILENT, STEP, blanks, shown
from generator.model.page import Run, Word
from generator.text.fonts import built_in
from generator.text.shape import shape, words

sys.path.insert(0, str(Path(__file__).parents[1] / "text"))
from helpers_text import FONTS

FACE, NO_BLANK = built_in("FiraGO", 0), built_in("Noto Sans Symbols2", 0)

SAID = [
    # word, language, what the codes say from left to right, number of marks painted apart
    ("office", "en", "o|f|f|i|c|e", 0),
    ("سلام", "fa", "م|ا|ل|س", 0),  # lam-alef is one glyph; each letter has its code
    ("مُحَمَّد", "ar", "د|\u0651|\u064e|م|\u064e|ح|\u064f|م", 3),  # a mark before its letter, as it is turned round
    ("می‌شود", "fa", "د|و|ش|\u200cی|م", 0),  # a joiner with the letter on its right
    ("น้ำ", "th", "น|้|ำ", 2),  # sara am is two glyphs
    ("ผู้ใหญ่", "th", "ผ|ู|้|ใ|ห|ญ|่", 3),
    ("क्षत्रिय", "hi", "क|्|ष|त|्|र|ि|य", 0),
    ("र्‍य", "hi", "र|्|\u200dय", 0),
    ("שָׁלוֹם", "he", "ם|\u05b9|ו|ל|\u05c1|\u05b8|ש", 1),
]


@pytest.mark.parametrize(("text", "language", "codes", "apart"), SAID, ids=[row[0] for row in SAID])
def test_a_code_for_each_character(text, language, codes, apart):
    rtl = unicodedata.bidirectional(text[0]) in ("R", "AL")
    line, marks = shown(shape(FACE, text, rtl=rtl, language=language))
    assert sorted("".join(code.text for code in line)) == sorted("".join(codes.split("|")))
    assert [code.text for code in line] == codes.split("|")
    assert len(marks) == apart and {mark.text for mark in marks} <= {SILENT}


def unpainted(word) -> list:
    """Glyphs of a word that are not painted, or not where they belong; and glyphs painted that it does not have."""
    line, apart = shown(word)
    painted = {(code.glyph, round(code.x, 6), round(code.y, 6)) for code in (*line, *apart)}
    wanted, pen = set(), 0.0
    for glyph, advance, x, y, _ in word.glyphs:
        wanted.add((glyph, round(pen + x, 6), round(y, 6)))
        pen += advance
    inkless = {*blanks(word.face), word.face.font.get_nominal_glyph(ord(" "))}
    return [*(wanted - painted), *(one for one in painted - wanted if one[0] not in inkless)]


@settings(max_examples=400, deadline=None)
@given(st.text("aTfiéأبتلاُّ\u200cאבָכּकिक्षत्र\u200dน้ำผู้ใ12–(", max_size=14), st.booleans())
def test_every_glyph_is_painted_where_it_belongs_and_every_character_said_once(text, rtl):
    for word in words(FONTS, ("body", False, False), text, rtl, None)[0]:
        assert not unpainted(word)
        line, _ = shown(word)
        if word.face.outlines == "glyf" and word.glyphs:
            said = "".join(code.text for code in line).replace(SILENT, "")
            assert sorted(unicodedata.normalize("NFD", said)) == sorted(
                unicodedata.normalize("NFD", "".join(glyph[4] for glyph in word.glyphs))
            )


def test_a_glyph_that_is_painted_elsewhere_is_found(monkeypatch):
    from generator.draw import glyphs

    word = shape(FACE, "مُحَمَّد", rtl=True, language="ar")
    assert not unpainted(word)
    at = glyphs._at
    monkeypatch.setattr(glyphs, "_at", lambda glyph, text: at(glyph, text)._replace(y=0.0))
    assert unpainted(word)


def test_blanks_stand_a_little_before_the_next_letter_each_at_its_own_place():
    """Programs sort codes by where they stand, and drop one that is there twice in nearly the same place."""
    line, _ = shown(shape(FACE, "เดี๊", language="th"))
    places = [code.x for code in line]
    assert places == sorted(places) and len(set(places)) == len(places)
    one, two = [code for code in line if code.glyph in blanks(FACE)]
    assert two.x - one.x == pytest.approx(STEP)


def test_a_mark_that_is_there_twice_is_said_by_two_glyphs():
    glyph = FACE.font.get_nominal_glyph(ord("ष"))
    line, _ = shown(Word("ष्ट्र", 0.6, ((glyph, 0.6, 0.0, 0.0, "ष्ट्र"),), FACE))
    viramas = [code.glyph for code in line if code.text == "\u094d"]
    assert len(viramas) == 2 and len(set(viramas)) == 2


def test_a_font_without_blanks_says_all_with_the_glyphs_it_has():
    assert blanks(NO_BLANK) == ()
    word = shape(NO_BLANK, "✓")
    line, apart = shown(word)
    assert [code.text for code in line] == ["✓"] and not apart


def test_marks_over_letters_keep_the_rise():
    word = specimen.word("مُحَمَّد", rtl=True)
    run = Run(0, [word], word.face, 10, "#000000", None, rise=2)
    font = Font(run.face, 1)
    assert b"Ts" not in font.show(run)
    heights = [round(up, 3) for _, up, _ in font.marks(run)]
    assert heights == [round(y * 10 + 2, 3) for _, advance, _, y, _ in reversed(word.glyphs) if not advance][::-1]
    assert len(set(heights)) > 1


def test_letters_set_higher_keep_the_rise():
    """A letter with a width stays in its line, at its height."""
    word = specimen.word("ab")
    raised = Word(
        "ab", word.width, tuple((glyph, advance, x, 0.1, text) for glyph, advance, x, _, text in word.glyphs), word.face
    )
    run = Run(0, [raised], word.face, 10, "#000000", None, rise=2)
    assert re.findall(rb"\]TJ ([-.\d]+) Ts", Font(run.face, 1).show(run)) == [b"3", b"2"]
