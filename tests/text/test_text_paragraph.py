"""Paragraphs: whole text, measures kept, runs, links, alignment."""

import re
from string import ascii_letters

import pytest
from helpers_text import FONTS, paragraph, said, span, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from traced import inked
from work import calls

from generator.model.problem import Place
from generator.model.record import replace
from generator.model.structure import Elem
from generator.model.theme import Theme
from generator.text.breaks import clusters
from generator.text.fonts import Fonts
from generator.text.shape import DROPPED, shape

WORD = st.one_of(
    st.text("abcdefTVAi", min_size=1, max_size=14),
    st.text("אבגדה", min_size=1, max_size=8),
    st.text("سلامیکتب", min_size=1, max_size=8),
    st.text("कखगिाी्", min_size=1, max_size=6),
    st.text("ภาษาไทยเป็น", min_size=1, max_size=12),
    st.sampled_from(
        [
            "5 mg", "(x)", "[y", "12–14", "co\xadop\xader", "\n", "-", "—", "http://a.b/c?d=e", "\u2067a\u2069",
            "e\u0301", "f\u200di", "✓.", "1.5", "%",
        ]
    ),
)
TEXT = st.lists(st.tuples(WORD, st.sampled_from([" ", " ", " ", "", "-"])), max_size=25).map(
    lambda words: "".join(map("".join, words)).strip(" ")
)
TEXT = TEXT.map(lambda text: re.sub(" *\n *", "\n", text))
SPANS = st.lists(st.tuples(TEXT, st.booleans(), st.sampled_from([9.0, 10.0, 14.0])), min_size=1, max_size=4)


def made(spans, rtl):
    return paragraph(
        *(span(text, bold=bold, size=size) for text, bold, size in spans), direction="rtl" if rtl else "ltr"
    )


def readable(text):
    return text.translate(DROPPED).replace("\u00a0", " ")


@settings(max_examples=250, deadline=None)
@given(
    SPANS, st.booleans(), st.sampled_from([30.0, 75.0, 200.0]), st.booleans(),
    st.sampled_from(["start", "centre", "end"]),
)
def test_nothing_is_lost_and_nothing_sticks_out(spans, rtl, width, balance, align):
    set_in = made(spans, rtl)
    assert not set_in.problems
    lines = set_in.lines(width, balance=balance, align=align)
    assert "".join(texts(set_in, lines)) == set_in.text
    assert readable("".join(map(said, lines))) == readable(set_in.text)
    for line in lines:
        if line.width > width + 1e-3:
            assert len(clusters(set_in.text[line.start : line.end].rstrip())) == 1
            continue
        ink = [edge for run in line.runs for edge in inked(run)]
        assert not ink or min(ink) >= -1e-3 and max(ink) <= width + 1e-3
        for run in line.runs:
            assert run.width == pytest.approx(sum(word.width for word in run.words) * run.size)
        assert sum(run.width for run in line.runs) >= line.width - 1e-3


@settings(max_examples=100, deadline=None)
@given(SPANS, st.booleans(), st.sampled_from([40.0, 75.0, 200.0]))
def test_balance_adds_no_line_and_lines_go_on_anywhere(spans, rtl, width):
    set_in = made(spans, rtl)
    lines = set_in.lines(width)
    assert len(set_in.lines(width, balance=True)) == len(lines)
    for line in lines[1:]:
        rest = set_in.lines(width, start=line.start)
        assert "".join(texts(set_in, rest)) == set_in.text[line.start :]
        other = set_in.lines(width * 1.7, start=line.start)
        assert "".join(texts(set_in, other)) == set_in.text[line.start :]


@settings(max_examples=100, deadline=None)
@given(SPANS)
def test_widths_for_columns(spans):
    set_in = made(spans, False)
    least, natural = set_in.min_width(), set_in.natural_width()
    assert all(
        line.width <= least + 1e-3
        for line in set_in.lines(least, indent=0.0)
        if set_in.text[line.start : line.end].count(" ") == 0
    )
    assert len(set_in.lines(natural)) == len(set_in.lines(1e6))
    narrow = "".join(texts(set_in, set_in.lines(least)))
    assert narrow == set_in.text


def test_a_line_ends_with_its_space_which_hangs_outside():
    set_in = paragraph("one two three")
    first, *_, last = set_in.lines(45)
    assert said(first) == "one two " and said(last) == "three"
    assert first.width < first.runs[-1].x + first.runs[-1].width
    right = set_in.lines(45, align="end")[0]
    assert right.runs[0].x == pytest.approx(45 - right.width)
    middle = set_in.lines(45, align="centre")[0]
    assert middle.runs[0].x == pytest.approx((45 - middle.width) / 2)


def test_indent_shifts_the_first_line_only():
    lines = paragraph("one two three four five").lines(60, indent=20)
    assert lines[0].runs[0].x == 20 and lines[1].runs[0].x == 0 and lines[0].width <= 40


def test_right_to_left_lines_start_at_the_right_edge():
    set_in = paragraph("سلام (abc def) دنیا", direction="rtl", language="fa")
    (line,) = set_in.lines(200)
    (run,) = line.runs
    assert run.words[0].text == "سلام" and run.x + run.width == pytest.approx(200)
    assert [word.text for word in run.words] == ["سلام", " ", "(", "abc", " ", "def", ")", " ", "دنیا"]
    assert [word.text for word in run.placed()] == ["دنیا", " ", ")", "abc", " ", "def", "(", " ", "سلام"]
    assert said(line) == "سلام (abc def) دنیا"
    broken = set_in.lines(50)[0]
    assert broken.runs[-1].placed()[0].text == " " and broken.runs[-1].x < 50 - broken.width


def test_right_to_left_lines_part_at_style_and_leaf_in_the_order_of_reading():
    one, two = Elem(""), Elem("Link")
    set_in = paragraph(
        span("سلام ", elem=one), span("دنیا 5 mg", elem=two, href="https://x", link=two), span(" خوب", elem=one),
        direction="rtl",
    )
    (line,) = set_in.lines(300)
    assert ["".join(word.text for word in run.words) for run in line.runs] == ["سلام ", "دنیا 5 mg", " خوب"]
    assert line.runs[0].x > line.runs[1].x > line.runs[2].x


MARKS = [
    ("تماس 5 mg روز", "تماس \u200e5 mg روز"),  # UAX #9 alone would have mg 5
    ("تماس 021-1234567 روز", "تماس \u200e021-1234567 روز"),
    ("از 6 تا 12 ماه", "از 6 تا 12 ماه"),
    ("سن 12–15 سال", "سن 12\u061c–\u061c15 سال"),  # the right one is the first
    ("Paracetamol 5 mg روز", "Paracetamol 5 mg روز"),
]


@pytest.mark.parametrize(("text", "copied"), MARKS)
def test_marks_of_direction_are_copied_with_numbers_that_readers_would_turn(text, copied):
    (line,) = paragraph(text, direction="rtl", language="fa").lines(500)
    words = [word for run in line.runs for word in run.placed()]
    glyphs = [text for word in words for _, _, _, _, text in word.glyphs]
    assert sorted("".join(glyphs)) == sorted(copied)
    assert [word.text for run in line.runs for word in run.words] == [
        word.text for run in paragraph(text, direction="rtl", language="fa").lines(500)[0].runs for word in run.words
    ]
    for mark in ("\u200e", "\u061c"):
        assert sum(mark in text for text in glyphs) == copied.count(mark)


def test_a_line_with_few_letters_to_the_left_is_painted_in_the_order_of_reading():
    """Readers would take its string for one that runs to the right."""
    (line,) = paragraph("22 جون، 2021", direction="rtl", language="ur").lines(500)
    assert [run.x for run in line.runs] == sorted((run.x for run in line.runs), reverse=True) and len(line.runs) > 2


def test_runs_part_at_style_and_leaf():
    one, two = Elem(""), Elem("Link")
    set_in = paragraph(
        span("a b ", elem=one), span("c d", elem=two, href="https://x", link=two), span(" e", elem=one),
        span(" f", elem=one),
    )
    (line,) = set_in.lines(200)
    assert [("".join(word.text for word in run.words), run.elem is two) for run in line.runs] == [
        ("a b ", False), ("c d", True), (" e f", False),
    ]
    ((x, width, linked),) = line.links
    assert (x, width) == pytest.approx((line.runs[1].x, line.runs[1].width)) and linked.link is two


def test_a_link_over_two_lines_has_an_area_on_each_without_the_space_at_its_end():
    link = Elem("Link")
    set_in = paragraph(
        span("see "), span("a long ", href="https://x", link=link), span("bold", bold=True, href="https://x", link=link)
    )
    lines = set_in.lines(50)
    assert [len(line.links) for line in lines] == [1, 1]
    assert lines[0].links[0][0] + lines[0].links[0][1] == pytest.approx(lines[0].width)
    assert len(set_in.lines(500)[0].links) == 1, "areas that touch are one"


def test_inline_objects():
    sign = span("", box=12.0)
    set_in = paragraph("so ", sign, " Yes")
    lines = set_in.lines(35)
    assert texts(set_in, lines) == ["so ", "\ufffc Yes"]
    assert lines[1].boxes == [(0.0, sign)] and lines[1].runs[0].x == 12.0
    (line,) = paragraph(sign, " نعم", direction="rtl", language="ar").lines(100)
    assert line.boxes == [(90.0, sign)], "ten points wide, at the start of its box, which is the right side here"


def test_a_soft_hyphen_is_drawn_where_a_line_ends_at_it():
    set_in = paragraph("co\xadoperative")
    assert said(set_in.lines(500)[0]) == "cooperative"
    first = set_in.lines(45)[0]
    hyphen = first.runs[-1].words[-1]
    assert hyphen.glyphs[0][4] == "\xad" and hyphen.width > 0
    set_in = paragraph("co\xadop\xader\xada\xadtive de\xadtails")
    for width in range(int(set_in.min_width()) + 1, 80):
        assert all(line.width <= width for line in set_in.lines(width)), "the hyphen has room"


def test_emergency_breaks_keep_to_the_measure_where_letters_are_kerned_apart():
    face = FONTS.face("body")
    wide = {
        one + two: shape(face, one + two).width - shape(face, one).width - shape(face, two).width
        for one in ascii_letters
        for two in ascii_letters
    }
    pair = max(wide, key=wide.get)
    assert wide[pair] > 0
    alone = sum(shape(face, char).width for char in pair) * 10
    set_in = paragraph(pair * 20)
    for count in range(1, 6):
        lines = set_in.lines(alone * count)
        assert all(line.width <= alone * count + 1e-6 for line in lines) and "".join(texts(set_in, lines)) == pair * 20


def test_characters_without_a_font_are_problems_and_the_rest_is_set():
    place = Place("en.yaml", 4, 7)
    set_in = paragraph(span("Ꭰ and Ꭰ, \u0f40", place=place))
    (problem,) = set_in.problems
    assert (
        problem.message
        == "no font has the characters 'Ꭰ' (U+13A0 CHEROKEE LETTER A), '\u0f40' (U+0F40 TIBETAN LETTER KA)"
    )
    assert problem.place == place and "FiraGO, Noto Sans" in problem.hint and "fallback" in problem.hint
    assert said(set_in.lines(500)[0]) == " and , "
    (problem,) = paragraph("a ✓\u093e").problems
    assert (
        problem.message
        == "no font has the character '✓\u093e' (U+2713 CHECK MARK with U+093E DEVANAGARI VOWEL SIGN AA)"
    )
    (problem,) = paragraph("\u13a0\u13a1\u13a2\u13a3\u13a4").problems
    assert problem.message.endswith("(U+13A2 CHEROKEE LETTER I) and 2 more")


def test_chinese_without_its_fonts_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr("generator.text.fonts._cjk", lambda index, bold: None)
    (problem,) = paragraph("二 日", language="zh-Hans", fonts=Fonts(Theme("test"))).problems
    assert problem.message.startswith("no font has the characters '二' (U+4E8C CJK UNIFIED IDEOGRAPH-4E8C), '日'")
    assert (
        problem.hint.endswith("pip install '.[cjk]'")
        and "tried FiraGO, Noto Sans, " in problem.hint
        and "CJK," not in problem.hint
    )


def test_empty_paragraphs():
    assert paragraph("").lines(100) == [] and paragraph("").natural_width() == 0
    first, second = paragraph("a\n").lines(100) + paragraph("\nb").lines(100)[:1]
    assert said(first) == "a" and second.runs == [] and second.ascent > 0


def test_a_very_long_word_takes_linear_work():
    def work(count):
        set_in = paragraph("x" * count)
        assert "".join(texts(set_in, set_in.lines(100))) == set_in.text

    work(1)
    assert calls(lambda: work(40_000)) < 4.5 * calls(lambda: work(10_000))


def test_sizes_share_the_shaped_words():
    small, large = paragraph(span("shared words", size=9)), paragraph(span("shared words", size=18))
    (one,), (other,) = small.lines(500), large.lines(500)
    assert other.width == pytest.approx(2 * one.width)
    assert all(a is b for a, b in zip(one.runs[0].words, other.runs[0].words, strict=True))
    assert FONTS.pieces


@settings(max_examples=100, deadline=None)
@given(SPANS, st.booleans(), st.sampled_from([40.0, 75.0, 200.0]), st.sampled_from([0.75, 1.0, 1.21, 2.0]))
def test_another_size_is_the_same_as_measured_anew(spans, rtl, width, scale):
    set_in = made(spans, rtl)
    larger = [replace(one, size=one.size * scale, box=one.box and one.box * scale) for one in set_in.spans]
    resized, anew = set_in.resized(larger), made([(one.text, one.bold, one.size) for one in larger], rtl)
    assert resized.min_width() == pytest.approx(anew.min_width()) and resized.natural_width() == pytest.approx(
        anew.natural_width()
    )
    for one, other in zip(resized.lines(width), anew.lines(width), strict=True):
        assert (one.start, one.end) == (other.start, other.end)
        assert [(run.x, run.size, [word.text for word in run.words]) for run in one.runs] == [
            (pytest.approx(run.x), run.size, [word.text for word in run.words]) for run in other.runs
        ]


def test_sizes_that_change_unevenly_are_measured_anew():
    set_in = made([("heavy ", False, 10.0), ("light", False, 10.0)], False)
    uneven = [replace(set_in.spans[0], size=12.0), replace(set_in.spans[1], size=10.0)]
    assert set_in.resized(uneven).natural_width() == pytest.approx(
        set_in.natural_width() + 0.2 * made([("heavy ", False, 10.0)], False).lines(1e6)[0].runs[0].width
    )
