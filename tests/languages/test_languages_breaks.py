"""Where lines may not break, at any width: kinsoku, doses, Thai and Korean words."""

import pytest

from generator.model.theme import Theme
from generator.text.fonts import Fonts, cjk
from generator.text.paragraph import Paragraph
from generator.text.span import Span

FONTS = Fonts(Theme("test"))
NOT_FIRST = set("、。，．：；！？）」』】》〉”’・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%℃…")
NOT_LAST = set("（「『【《〈“‘￥$")

TEXTS = {
    "ja": "熱が三十八度五分以上あるとき（または咳が出るとき）は、「アセトアミノフェン」500 mg を服用し、"
          "ちょっと休んでください。ショックに注意！人々は『薬』をきちんと飲むこと。",
    "zh-Hans": "如果发热（体温超过38.5 °C）、咳嗽，请服用“对乙酰氨基酚”500 mg；《说明书》里写着：“每日四次”，"
               "不要超过！需要时就医。",
    "zh-Hant": "如果發熱（體溫超過38.5 °C）、咳嗽，請服用「乙醯胺酚」500 mg；『說明書』裡寫著：每日四次，不要超過！",
    "ko": "열이 38.5 °C를 넘거나 기침이 심하면 여섯 시간마다 아세트아미노펜 500 mg을 드십시오.",
    "th": "ผู้ป่วยควรรับประทานยาขนาด 500 mg ทุก 6 ชั่วโมงเมื่อมีไข้สูงกว่า 38.5 °C และควรไปพบแพทย์ทันที",
    "en": "Take 500 mg every 6 hours when the fever is above 38.5 °C, and call +44 20 7946 0000 or 9–11 Long Road.",
    "ar": "خذ 500 mg كل 6 ساعات إذا زادت الحرارة عن 38.5 °C واتصل بالرقم ‎+44 20 7946 0000 الآن.",
}
WHOLE = (
    "500 mg", "38.5 °C", "+44 20 7946 0000", "9–11", "여섯", "시간마다",
    "아세트아미노펜", "드십시오", "ผู้ป่วย", "ชั่วโมง", "แพทย์",
)


def breaks(language):
    """The ends of lines at many widths, as (text before, text after); emergencies inside too wide words left out."""
    if language[:2] in ("zh", "ja", "ko") and cjk(language, False) is None:
        pytest.skip("the fonts of the extra 'cjk' are not installed")
    text = TEXTS[language]
    paragraph = Paragraph(
        [Span(text, "body", False, False, 10.0, "#000000", None)], FONTS, language, "rtl" if language == "ar" else "ltr"
    )
    found = set()
    for width in range(int(paragraph.min_width()) + 1, 400, 7):
        found |= {line.end for line in paragraph.lines(float(width))[:-1]}
    return text, sorted(found)


@pytest.mark.parametrize("language", TEXTS)
def test_no_line_breaks_where_it_may_not(language):
    text, ends = breaks(language)
    assert len(ends) >= 8
    for end in ends:
        assert text[end] not in NOT_FIRST, text[: end + 1]
        assert text[end - 1] not in NOT_LAST, text[:end]
        for word in WHOLE:
            at = text.find(word)
            assert not (at >= 0 and at < end < at + len(word)), text[:end]


@pytest.mark.parametrize("language", ["zh-Hans", "ja"])
def test_no_space_is_added_at_line_ends(language):
    text, _ = breaks(language)
    paragraph = Paragraph([Span(text, "body", False, False, 10.0, "#000000", None)], FONTS, language)
    for width in (60.0, 95.0, 150.0):
        assert "".join(word.text for line in paragraph.lines(width) for run in line.runs for word in run.words) == text
