"""Where lines end: no more lines than first fit has, and none that looks bad where it can be helped, in any
language."""

from bisect import bisect_right
from itertools import accumulate

import pytest
from helpers_text import FONTS, paragraph, said, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.theme import Theme
from generator.text import hyphens
from generator.text.cuts import EPSILON
from generator.text.fit import LAST, SHORT, leaning
from generator.text.fonts import BUILT_IN, Fonts
from generator.text.paragraph import Paragraph

WORDS = {
    "en": "the doctor will give you a small dose of medicine before operation and tell you what to do if pain gets "
          "worse afterwards",
    "de": "die Ärztin erklärt Ihnen vor der Operation wie lange das Medikament wirkt und was Sie bei Schmerzen tun "
          "sollen Wirbelkörper",
    "fr": "le médecin vous explique avant l’opération comment prendre les médicaments et ce que vous devez faire si "
          "la douleur augmente",
    "tr": "doktorunuz ameliyattan önce size ilacı nasıl kullanacağınızı ve ağrı artarsa ne yapmanız gerektiğini bir "
          "kez daha anlatır",
    "pl": "lekarz przed zabiegiem wyjaśni jak przyjmować leki i co zrobić jeżeli ból się nasili po powrocie do domu z "
          "oddziału",
    "ru": "врач перед операцией объяснит как принимать лекарство и что делать если боль усилится после возвращения "
          "домой из больницы",
    "ar": "يشرح لك الطبيب قبل العملية كيف تتناول الدواء وماذا تفعل إذا زاد الألم بعد عودتك إلى البيت من المستشفى في "
          "المساء",
    "hi": "डॉक्टर ऑपरेशन से पहले आपको बताएंगे कि दवा कैसे लेनी है और घर लौटने के बाद दर्द बढ़ने पर क्या करना चाहिए",
}


def first_fit(set_in, width):
    """The number of the piece after each line's last."""
    pieces, ends, first = set_in._pieces, [], 0
    while first < len(pieces.ends):
        first = max(first + 1, bisect_right(pieces.reach, pieces.before[first] + width + EPSILON, first))
        ends.append(first)
    return ends


def filled(pieces, begin, end, width):
    return (pieces.reach[end - 1] - pieces.before[begin]) / width


def bad(pieces, begin, end, width):
    """Whether a line is one that is set only where it cannot be helped."""
    part = filled(pieces, begin, end, width)
    if end < len(pieces.ends):
        return part < SHORT
    return part < LAST and not any(pieces.trails[begin : end - 1])


def fewest_bad(set_in, width, count):
    """Of all ways to make so many lines, how few bad ones there may be: every way is tried."""
    pieces, stop = set_in._pieces, len(set_in._pieces.ends)
    found = {0: 0}
    for _ in range(count):
        there: dict[int, int] = {}
        for begin, so_far in found.items():
            for end in range(begin + 1, stop + 1):
                if filled(pieces, begin, end, width) * width > width + EPSILON and end > begin + 1:
                    break
                number = so_far + bad(pieces, begin, end, width)
                there[end] = min(number, there.get(end, number))
        found = there
    return found[stop]


def ends_of(set_in, lines):
    at = {end: number for number, end in enumerate(set_in._pieces.ends, 1)}
    return [at[line.end] for line in lines]


TEXT = st.sampled_from(sorted(WORDS)).flatmap(
    lambda language: st.tuples(
        st.just(language), st.lists(st.sampled_from(WORDS[language].split()), min_size=2, max_size=70)
    )
)


@settings(max_examples=120, deadline=None)
@given(TEXT, st.integers(90, 330), st.booleans())
def test_as_many_lines_as_first_fit_and_none_bad_that_can_be_helped(text, width, balance):
    language, words = text
    set_in = paragraph(" ".join(words), language=language, direction="rtl" if language == "ar" else "ltr")
    lines = set_in.lines(width, balance=balance)
    assert len(lines) == len(first_fit(set_in, width))
    assert all(line.width <= width + EPSILON for line in lines)
    if not balance:
        ends = ends_of(set_in, lines)
        found = sum(bad(set_in._pieces, begin, end, width) for begin, end in zip([0, *ends], ends))
        assert found == fewest_bad(set_in, width, len(lines))


def test_the_test_sees_bad_lines():
    """First fit, which was there before, leaves a word alone."""
    set_in = paragraph(WORDS["en"])
    width = next(
        width
        for width in range(120, 330)
        if bad(set_in._pieces, first_fit(set_in, width)[-2], first_fit(set_in, width)[-1], width)
    )
    ends = first_fit(set_in, width)
    assert fewest_bad(set_in, width, len(ends)) == 0
    assert not bad(set_in._pieces, *ends_of(set_in, set_in.lines(width))[-2:], width)


def test_fewer_bad_lines_than_first_fit_in_every_language():
    for language, words in WORDS.items():
        set_in = paragraph(words, language=language, direction="rtl" if language == "ar" else "ltr")
        count = {"first fit": 0, "optimum": 0}
        for width in range(90, 320, 5):
            ways = {"first fit": first_fit(set_in, width), "optimum": ends_of(set_in, set_in.lines(width))}
            for way, ends in ways.items():
                count[way] += sum(bad(set_in._pieces, begin, end, width) for begin, end in zip([0, *ends], ends))
        assert count["optimum"] < 0.7 * count["first fit"], (language, count)


def test_short_words_go_with_the_next_line():
    """Of lines that are about alike, those are taken that do not end in a word that leans on the next."""
    lean, count, before = leaning("en"), 0, 0
    set_in = paragraph(" ".join([WORDS["en"]] * 3))
    for width in range(150, 330, 6):
        words = [text.split()[-1] for text in texts(set_in, set_in.lines(width))[:-1]]
        count += sum(word in lean for word in words)
        ends = first_fit(set_in, width)[:-1]
        before += sum(set_in.text[: set_in._pieces.ends[end - 1]].split()[-1] in lean for end in ends)
    assert count < 0.6 * before


@pytest.mark.parametrize("width", [110, 150, 200, 260])
def test_headings_are_even_and_break_by_sense(width):
    set_in = paragraph("Kyphoplasty vs Vertebroplasty: How They Differ and What to Ask")
    lines = set_in.lines(width, balance=True)
    assert (
        not any(text.split()[-1] in ("and", "to", "vs") for text in texts(set_in, lines)[:-1] if len(text.split()) > 1)
        or width == 110
    )
    assert max(line.width for line in lines) - min(line.width for line in lines) < 0.7 * width


def test_the_work_grows_with_the_text_alone():
    from work import calls

    def work(times):
        set_in = paragraph(" ".join([WORDS["en"]] * times))
        return calls(lambda: set_in.lines(200.0))

    assert work(80) < 2.3 * work(40)


# ── what is kept whole, and what is parted ───────────────────────────────────────────────────────────────────────────


def test_headings_part_no_term_unless_it_is_wider_than_the_line():
    words = "Before balloon kyphoplasty, after Balloon Kyphoplasty and later"
    spans = paragraph(words).spans
    whole, parted = Paragraph(spans, FONTS, whole=("balloon kyphoplasty",)), Paragraph(spans, FONTS)
    least = whole.min_width()
    assert least == parted.min_width()
    seen = 0
    for width in range(100, 300, 4):
        for balance in (False, True):
            assert not any(
                text.lower().endswith("balloon ") for text in texts(whole, whole.lines(width, balance=balance))
            )
            seen += any(
                text.lower().endswith("balloon ") for text in texts(parted, parted.lines(width, balance=balance))
            )
    assert seen
    assert max(line.width for line in whole.lines(least)) <= least + EPSILON


LONG = "Die Aufklärung über Brustwirbelkörperkompressionsfrakturen und Spezialkrankenhausaufenthalt"
needed = pytest.mark.skipif(not hyphens.available(), reason="the extra 'hyphens' is not installed")


@needed
@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_a_word_wider_than_its_line_is_parted_with_a_hyphen(width):
    set_in = paragraph(LONG, language="de")
    lines = set_in.lines(width)
    assert all(line.width <= width + EPSILON for line in lines) and not any(line.torn for line in lines)
    allowed = {len(part) for part in accumulate(hyphens.hyphenated(LONG.lower(), "de").split("\xad"))}
    inside = [line.end for line in lines[:-1] if LONG[line.end - 1] != " "]
    assert inside and allowed.issuperset(inside)
    read = "".join(map(said, lines))
    assert read.count("\xad") == len(inside) and read.replace("\xad", "") == LONG


@needed
def test_addresses_are_never_parted_with_a_hyphen():
    text = (
        "See https://example.org/kyphoplastyvertebroplasty or somebody.compression@hospitalcompression.example.org "
        "today"
    )
    set_in = paragraph(text)
    for width in (40, 60, 90):
        assert "".join(map(said, set_in.lines(width))) == text


def test_a_word_that_cannot_be_parted_is_told(monkeypatch):
    monkeypatch.setattr(hyphens, "find_spec", lambda name: None)
    hyphens._patterns.cache_clear()
    try:
        set_in = paragraph(LONG, language="de")
        lines = set_in.lines(60)
        assert any(line.torn for line in lines)
        assert not any(line.torn for line in paragraph("www.example.org/averylongaddresswithoutanybreak").lines(60))
        assert not any(line.torn for line in set_in.lines(400))
    finally:
        hyphens._patterns.cache_clear()


# ── apostrophes ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("language", "text", "shown"), [
    ("en", "don't 5' 'a' rock 'n' roll", "don’t 5' 'a' rock 'n' roll"),
    ("fr", "l'opération", "l’opération"),
    ("tr", "Ankara'da", "Ankara’da"),
    ("de", "geht's", "geht's"),
    ("uk", "здоров'я", "здоров'я"),
])
def test_apostrophes_are_drawn_as_they_should_be_and_read_as_they_were_typed(language, text, shown):
    (line,) = paragraph(text, language=language).lines(1000)
    assert said(line) == text
    (other,) = paragraph(shown, language=language).lines(1000)
    glyphs = [[glyph[0] for run in one.runs for word in run.words for glyph in word.glyphs] for one in (line, other)]
    assert glyphs[0] == glyphs[1]


def test_a_theme_may_leave_apostrophes_as_they_are():
    plain = Fonts(Theme("plain", fallback=tuple(BUILT_IN), typographic=False))
    (line,) = paragraph("don't", fonts=plain).lines(1000)
    (other,) = paragraph("don't").lines(1000)
    assert line.width != other.width
