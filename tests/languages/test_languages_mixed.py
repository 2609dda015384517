"""Random text of many scripts at once: the PDF gives it back, or a problem says where it cannot be set and why."""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import referees
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from project_kit import ROOT

from generator.model.problem import Place, Rejected
from generator.model.prose import composed
from generator.model.run import Job
from generator.recipe.leaflet import make, pages
from generator.recipe.project import ProjectFiles
from generator.text.bidi import NEEDS_BIDI
from generator.text.fonts import cjk
from generator.text.shape import DROPPED

FILES = ProjectFiles(ROOT)
WORD = st.one_of(
    st.text("abcXYZéßğıİŁ", min_size=1, max_size=8),
    st.sampled_from(
        [
            "fi", "ẫ", "ê\u0309", "İĞNE", "T12–L1", "X-ray", "5 mg", "38.5 °C", "1-800-338-2382", "www.a.org/b",
            "a@b.org", "50%", "(a [b] c)", "«x»", "1/2", "№", "…",
        ]
    ),
    st.text("αβγάώςΩ", min_size=1, max_size=6),
    st.text("абвгёЩїґ", min_size=1, max_size=6),
    st.lists(
        st.sampled_from(["ا", "ب", "ت", "ث", "ج", "ح", "ل", "لا", "ء", "ئ", "ى", "ة", "بَ", "تُ", "جِ", "حّ", "لٌ", "سْ"]),
        min_size=1, max_size=8,
    ).map("".join),
    st.sampled_from(["لا", "لأن", "(الحصبة)", "مُحَمَّدٌ", "٣٠", "می‌خواهم", "گچپژ", "ﷲ"]),
    st.lists(st.sampled_from(["א", "ב", "ג", "ד", "ם", "שׁ", "בָ", "״"]), min_size=1, max_size=6).map("".join),
    st.sampled_from(["क्षत्रिय", "ट्रेन", "कि", "हिन्दी", "ज्ञान", "र्य", "श्री"]),
    st.sampled_from(["น้ำ", "หญิง", "ผู้ใหญ่", "ญี่ปุ่น", "ภาษาไทยไม่มีช่องว่าง"]),
    st.text("აბგდევ", min_size=1, max_size=6),
    st.sampled_from(
        ["中文", "（骨）", "“直”", "日本語", "ストップ！", "한국어를", "𠮷野家", "、。"]
        if cjk(None, False)
        else ["中文"]
    ),
    st.sampled_from(
        [
            "✓", "→", "≥", "😀", "\U0001f468\u200d⚕️", "ሀሎ", "ক্ষত", "பெயர்", "ਪ੍ਰੀਤ", "Ꭰ", "🇩🇪", "1\ufe0f\u20e3", "𝄞",
            "\u200f", "\u2068", "\xa0", "\u202f", "\xad",
        ]
    ),
)
TEXT = st.lists(WORD, min_size=1, max_size=14).flatmap(
    lambda words: st.lists(
        st.sampled_from([" ", " ", " ", "", ", ", ": "]), min_size=len(words), max_size=len(words)
    ).map(lambda gaps: "".join(word + gap for word, gap in zip(words, gaps)))
)


def build(text: str, language: str) -> Path:
    """The PDF of a leaflet with this text as its title and first paragraph. Raises Rejected."""
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
    content = {"format": 1, "language": language, "title": f"a{text}", "introduction": [{"text": f"a{escaped}"}]}
    folder = Path(tempfile.mkdtemp(prefix="mixed-"))
    file = folder / f"{language}.yaml"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    try:
        files = ProjectFiles(ROOT, layouts=FILES.layouts, themes=FILES.themes, words=FILES.words, fonts=FILES.fonts)
        (data,) = make(files, Job(file, "handout", "a4", None)).files.values()
    finally:
        file.unlink()
        folder.rmdir()
    out = Path(tempfile.gettempdir()) / "mixed.pdf"
    out.write_bytes(data)
    return out


def plain(text: str) -> str:
    """What must come back: white space is one space, signs that only guide breaking and direction say nothing."""
    return " ".join(composed(text).translate(DROPPED).split())


def letters(text: str) -> Counter:
    """How often each character is there; pdfium turns brackets and their like round, which count as one therefore."""
    text = "".join(unicodedata.normalize("NFKD", text).split())
    return Counter(
        "(" if unicodedata.mirrored(char) or unicodedata.category(char) in ("Pi", "Pf") else char for char in text
    )


LANGUAGES = ["en", "ar", "he", "fa", "hi", "th", "zh-Hans", "ja", "ko", "tr"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, st.sampled_from(LANGUAGES))
@example("İĞNE 5 mg (الحصبة) ", "tr")
@example("𠮷野家 日本語", "ja")
@example("\u2068 ا X 中文 ", "en")
@example("مُحَمَّدٌ 1-800-338-2382 [a](b)", "ar")
def test_the_same_text_comes_back_or_a_problem_says_why(text, language):
    wanted = plain(f"a{text}")
    try:
        file = build(text, language)
    except Rejected as rejected:
        for problem in rejected.problems:
            assert problem.message.startswith("no font has the character"), problem
            assert problem.place is not None and problem.place.line == 1 and "tried FiraGO" in problem.hint
            assert re.search(r"U\+[0-9A-F]{4,6} ", problem.message)
        return
    found = " ".join(composed(" ".join(referees.transcript(file))).translate(DROPPED).split())
    assert found.count(wanted) == 2  # the title and the paragraph
    found = " ".join(composed(" ".join(referees.transcript_poppler(file))).translate(DROPPED).split())
    if NEEDS_BIDI.search(wanted):  # it takes the codes as they stand, from left to right
        assert not letters(wanted + wanted) - letters(found)
    else:
        assert found.count(wanted) == 2
    found = "".join(referees.transcript_pdfium(file)).translate(DROPPED)
    # It takes characters beyond U+FFFF apart where it turns a line round.
    lost = letters(re.sub("[\U00010000-\U0010ffff]", "", wanted + wanted)) - letters(found)
    assert not lost, lost


def test_emoji_and_unknown_scripts_are_located(tmp_path, monkeypatch):
    monkeypatch.setattr("generator.text.fonts.more", lambda family, bold: None)  # without the extra "fonts"
    file = tmp_path / "en.yaml"
    file.write_text(
        'format: 1\nlanguage: en\ntitle: Plain\nkey_points:\n  - fine\n  - "smile \U0001f600, '
        '\U0001f468\u200d⚕️"\nintroduction: ሀሎ\n',
        encoding="utf-8",
    )
    with pytest.raises(Rejected) as raised:
        pages(ProjectFiles(ROOT), Job(file, "handout", "a4", None))
    told = {problem.place: problem.message for problem in raised.value.problems}
    where = str(file)
    assert set(told) == {Place(where, 6, 5), Place(where, 7, 15)}
    assert told[Place(where, 6, 5)].startswith(
        "no font has the characters '\U0001f600' (U+1F600 GRINNING FACE), '\U0001f468' (U+1F468 MAN)"
    )
    assert (
        told[Place(where, 7, 15)]
        == "no font has the characters 'ሀ' (U+1200 ETHIOPIC SYLLABLE HA), 'ሎ' (U+120E ETHIOPIC SYLLABLE LO)"
    )


def test_one_glyph_for_two_texts_in_a_font_that_is_full():
    """A no-break space and a space are one glyph; Noto Sans CJK has no codes left above its last glyph."""
    if cjk(None, False) is None:
        pytest.skip("the fonts of the extra 'cjk' are not installed")
    file = build("骨\u2e80 \u2f00一⼀ \u2f08⼈人", "zh-Hans")  # radicals that look like characters
    assert plain("a骨\u2e80 \u2f00一⼀ \u2f08⼈人") in " ".join(referees.transcript(file))
