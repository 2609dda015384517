"""What runs which way in right-to-left paragraphs: whole stretches that Unicode's rules alone would turn round."""


from functools import partial

import pytest
from helpers_text import paragraph, said
from hypothesis import example, given, settings
from hypothesis import strategies as st
from work import calls

from generator.text.direction import directed
from generator.text.shape import DROPPED

# text in logical order; what must stand next to each other from left to right
WHOLE = [
    ("اتصل بالرقم 1-800-338-2382 الآن", "1-800-338-2382"),
    ("اتصل على 9-1-1 فورًا", "9-1-1"),
    ("اتصل (1-800-CDC-INFO) الآن", "1-800-CDC-INFO"),
    ("هاتف +90 212 123 45 67", "+90 212 123 45 67"),
    ("هاتف 0711 / 12 34 56 أو", "0711 / 12 34 56"),
    ("هاتف (555) 123-4567 أو", "(555) 123-4567"),
    ("التاريخ 2021-06-22 هنا", "2021-06-22"),
    ("خذ 5 mg يوميًا", "5 mg"),
    ("خذ 2.5–5 mg/kg يوميًا", "2.5–5 mg/kg"),
    ("إذا زادت الحرارة عن 38.5 °C اتصل", "38.5 °C"),
    ("زر www.fda.gov/vaccines/ الآن", "www.fda.gov/vaccines/"),
    ("اكتب إلى a.b-c@clinic.example اليوم", "a.b-c@clinic.example"),
    ("התקשרו 1-800-338-2382 עכשיו", "1-800-338-2382"),
    ("קח 5 mg ביום", "5 mg"),
    ("اتصل على 116 117 الآن", "116 117"),
    ("امش 10 000 خطوة", "10 000"),
    ("هاتف ٠١٢-٣٤٥٦٧٨ هنا", "٠١٢-٣٤٥٦٧٨"),
    ("تلفن ۰۲۱ ۱۲۳۴ ۵۶۷۸ است", "۰۲۱ ۱۲۳۴ ۵۶۷۸"),
]


def shown(text, **more):
    """The characters of a paragraph's one line from left to right."""
    (line,) = paragraph(text, **more).lines(5000)
    out = []
    for run in sorted(line.runs, key=lambda run: run.x):
        for word in run.placed():
            out.append("".join(glyph[4] for glyph in word.glyphs))
    return "".join(out).replace("\u061c", "").replace("\u200e", "")


@pytest.mark.parametrize(("text", "whole"), WHOLE)
def test_it_stays_whole(text, whole):
    assert whole in shown(text, language="ar", direction="rtl")


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("من 6 إلى 12 شهرًا", "12", "6"),  # numbers in their order, right to left
        ("العمر 12-15 سنة", "15", "12"),  # a range too
        ("INVAMED Medical · 22 يونيو", "22", "INVAMED"),  # a middle dot parts
    ],
)
def test_it_goes_on_at_the_left(text, left, right):
    line = shown(text, language="ar", direction="rtl")
    assert line.index(left) < line.index(right)


def test_brackets_and_full_stops():
    assert shown("الحصبة (MEASLES, M) الحمى.", direction="rtl").startswith(".")
    assert ")MEASLES, M(" in shown("الحصبة (MEASLES, M) الحمى.", direction="rtl"), "brackets are drawn mirrored, and read back as they are written"
    assert shown("This is out of date.", direction="rtl") == "This is out of date."
    assert shown("42 U.S.C. § 300aa-26", direction="rtl").startswith("42 U.S.C.")
    assert shown("نعم.", direction="ltr").startswith("."), "all Arabic in an English leaflet"
    assert shown("1.", direction="rtl") == ".1", "the number of a list runs as the leaflet does"


def test_a_foreign_paragraph_stands_on_the_leaflets_side():
    (line,) = paragraph("English.", direction="rtl").lines(200)
    assert line.runs[0].x == pytest.approx(200 - line.width)
    (line,) = paragraph("نعم.", direction="ltr").lines(200)
    assert min(run.x for run in line.runs) == pytest.approx(0)


def test_long_text_takes_linear_work():
    directed("ا1", True)
    for text in ("ا" * 100_000, "ا" + "a" * 100_000, "ا 1-" + "1-" * 50_000, "ا " + "1.2," * 25_000, "ا " + "0 " * 50_000, "ا " + "(0" * 50_000, "ا " + "a.b" * 30_000, "ا " + "03-1234567 / " * 8_000, "ا " + "2021-06-22," * 9_000, "ا" + " " * 100_000 + "a"):
        assert calls(partial(directed, text, True)) < 12 * len(text)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("טלפון 03-1234567 / 04-7654321.", "03-1234567", "04-7654321"),
        ("هاتف 0711 123456 / 0711 654321", "0711 123456", "0711 654321"),
        ("تلفن 021-1234567 – 021-7654321", "021-1234567", "021-7654321"),
        ("فون +92 42 1234567 / +92 42 7654321", "+92 42 1234567", "+92 42 7654321"),
        ("טלפון 03-1234567, 1-800-123-456.", "03-1234567", "1-800-123-456"),
        ("هاتف (030) 1234567 / (030) 7654321", "(030) 1234567", "(030) 7654321"),
    ],
)
def test_two_telephone_numbers_stand_in_the_order_of_the_line(text, first, second):
    """The first is at the right, each as it is dialled."""
    line = shown(text, language="ar", direction="rtl")
    assert 0 <= line.index(second) < line.index(first)


def test_two_telephone_numbers_among_english_words_follow_these():
    line = shown("اتصل Call 03-1234567 / 04-7654321 now الآن", language="ar", direction="rtl")
    assert "Call 03-1234567 / 04-7654321 now" in line
    assert shown("Call 03-1234567 / 04-7654321.", language="ar", direction="rtl") == "Call 03-1234567 / 04-7654321."


@pytest.mark.parametrize("whole", ["< 5 mg", "≥ 38 °C", "–5 °C", "-5 °C", "−5 °C", "±2 mm", "<5 %", "> 10 mg/kg", "≤ 40%"])
def test_a_sign_stays_at_the_left_of_its_number(whole):
    assert whole in shown(f"خذ {whole} يوميًا", language="ar", direction="rtl")


MIXED = st.lists(st.sampled_from(["a", "bc", "ا", "بت", "שלום", "中文", "≥", "5 mg", "03-1234567", "/", "(", ")", "\u2067", "\u2068", "\u2069", "12", "–", " ", " "]), max_size=14)


@settings(max_examples=300, deadline=None)
@given(MIXED.map("".join), st.sampled_from(["ltr", "rtl"]))
@example("a\u2068 ا X 中文 ", "ltr")
def test_runs_say_the_text_in_its_order_however_it_turns(text, direction):
    """What a screen reader says is put together from them."""
    lines = paragraph(text, language="ar" if direction == "rtl" else "en", direction=direction).lines(5000)
    assert "".join(map(said, lines)) == text.translate(DROPPED)
