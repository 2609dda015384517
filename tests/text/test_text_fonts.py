"""Faces: coverage, fallback, metrics, and what is said of broken files."""

import pymupdf_fonts
import pytest
from helpers_text import FONTS

from generator.model.problem import Place, Rejected, Text
from generator.model.theme import FontFamily, Theme
from generator.text import shape as shaping
from generator.text.fonts import CJK, MORE, SERIF, Fonts, built_in, more, without_font


def test_metrics_of_a_face():
    face = FONTS.face("body", bold=True)
    assert (face.key, face.ps_name, face.bold, face.italic, face.outlines) == (
        "FiraGO-Bold", "FiraGO-Bold", True, False, "glyf",
    )
    assert 0.4 < face.x_height < face.cap_height < face.ascender and face.descender < 0
    assert FONTS.face("heading", italic=True).italic_angle < 0
    assert face is FONTS.face("heading", bold=True), "a role that the theme does not name is set as body"


def test_fallback_takes_whole_clusters():
    assert FONTS.choose("body", False, False, "a").ps_name == "FiraGO-Regular"
    assert FONTS.choose("body", False, False, "✓").ps_name == "NotoSansSymbols2-Regular"
    assert FONTS.choose("body", False, False, "\u13a0") is None
    words, missing = shaping.words(FONTS, ("body", False, False), "a✓\ufe0eb\u13a0", False, "en")
    assert [(word.text, word.face.ps_name) for word in words] == [
        ("a", "FiraGO-Regular"), ("✓\ufe0e", "NotoSansSymbols2-Regular"), ("b", "FiraGO-Regular")]
    assert missing == ["\u13a0"]


def test_headings_in_the_serif_are_set_in_the_sans_where_it_lacks_a_script():
    """Source Serif has Latin with Turkish, Greek and Cyrillic; its bold is a semibold. Arabic is set in FiraGO."""
    fonts = Fonts(Theme("house", fonts={"heading": FontFamily(SERIF)}))
    assert fonts.face("heading", bold=True).axes["wght"] == 600 and fonts.face("heading", italic=True).italic
    for text in ("Kyphoplasty", "Sık Sorulan Şikâyetler: ğüşİıöç", "Ελληνικά", "Русский"):
        words, missing = shaping.words(fonts, ("heading", True, False), text, False, "en")
        assert missing == [] and {word.face.ps_name for word in words} == {"SourceSerif4Roman-Semibold"}
    words, missing = shaping.words(fonts, ("heading", True, False), "رأب", True, "ar")
    assert missing == [] and {word.face.ps_name for word in words} == {"FiraGO-Bold"}
    assert fonts.choose("body", False, False, "a").ps_name == "FiraGO-Regular"


SCRIPTS = {
    "Armenian": "բարեւ", "Bengali": "ক্ষ", "Ethiopic": "ሀሎ", "Gujarati": "ક્ષ", "Gurmukhi": "ਪ੍ਰ", "Kannada": "ಸ್ತ್ರೀ",
    "Khmer": "ស្ត្រី", "Lao": "ນ້ຳ", "Malayalam": "സ്ത്രീ", "Myanmar": "ကြော်", "Oriya": "ଓଡ଼ିଆ",
    "Sinhala": "ශ්\u200dරී", "Tamil": "ஸ்ரீ", "Telugu": "స్త్రీ",
}
EMOJI = ["😀", "💊", "👨\u200d⚕\ufe0f", "👍🏽", "🇩🇪", "1\ufe0f\u20e3"]


def test_every_family_of_the_extra_is_tried():
    if more("Noto Emoji", False) is None:
        pytest.skip("the fonts of the extra 'fonts' are not installed")
    assert {f"Noto Sans {script}" for script in SCRIPTS} | {"Noto Emoji"} == MORE.keys()
    for script, text in SCRIPTS.items():
        for bold, style in ((False, "Regular"), (True, "Bold")):
            words, missing = shaping.words(FONTS, ("body", bold, False), text, False, "en")
            assert (missing, [word.face.ps_name for word in words]) == ([], [f"NotoSans{script}-{style}"])
    for cluster in EMOJI:
        words, missing = shaping.words(FONTS, ("body", False, False), cluster, False, "en")
        assert (missing, [(word.text, word.face.ps_name) for word in words]) == ([], [(cluster, "NotoEmoji-Regular")])


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("ক", "tried FiraGO, Noto Sans Symbols2; this script has a font of its own: pip install '.[fonts]'"),
        ("ሀ", "tried FiraGO, Noto Sans Symbols2; this script has a font of its own: pip install '.[fonts]'"),
        ("😀", "tried FiraGO, Noto Sans Symbols2; emoji have a font of their own: pip install '.[fonts]'"),
        ("1\ufe0f\u20e3", "tried FiraGO, Noto Sans Symbols2; emoji have a font of their own: pip install '.[fonts]'"),
        (
            "漢",
            ("tried FiraGO, Noto Sans Symbols2; Chinese, Japanese and Korean have fonts of their own: pip install "
            "'.[cjk]'"),
        ),
        (
            "Ꭰ",
            ("tried FiraGO, Noto Sans Symbols2; use another character, or add a family that has it to the theme's "
            "fallback"),
        ),
    ],
)
def test_a_missing_extra_is_named_with_the_command_that_brings_it(missing, said, monkeypatch):
    monkeypatch.setattr("generator.text.fonts.cjk", lambda language, bold: None)
    monkeypatch.setattr("generator.text.fonts.more", lambda family, bold: None)
    chain = ("FiraGO", "Noto Sans Symbols2", CJK, *MORE)
    assert without_font([missing], None, chain).hint == said


def test_an_extra_that_is_there_is_not_named():
    if more("Noto Emoji", False) is None:
        pytest.skip("the fonts of the extra 'fonts' are not installed")
    hint = without_font(["Ꭰ"], None, ("FiraGO", *MORE)).hint
    assert hint.startswith("tried FiraGO, the Noto families of other scripts; use another character")


def test_combining_letters_are_covered_by_their_composed_form():
    face = built_in("FiraGO", 0)
    assert face.covers("e\u0301") and face.covers("\u202f") and face.covers("a\u200d")
    assert not face.covers("a\u4e2d") and not face.covers("\x07")


@pytest.fixture
def theme(tmp_path):
    (tmp_path / "fine.ttf").write_bytes(pymupdf_fonts.myfont("notos"))
    (tmp_path / "cut.ttf").write_bytes(pymupdf_fonts.myfont("notos")[:300])
    (tmp_path / "garbage.ttf").write_bytes(b"\0\1\0\0garbage")
    (tmp_path / "web.woff2").write_bytes(b"wOF2" + bytes(100))
    closed = bytearray(pymupdf_fonts.myfont("notos"))
    tables = {bytes(closed[at : at + 4]): int.from_bytes(closed[at + 8 : at + 12], "big") for at in range(12, 300, 16)}
    closed[tables[b"OS/2"] + 9] = 2
    (tmp_path / "closed.ttf").write_bytes(closed)
    return lambda file, **more: Theme(
        "t", fonts={"body": FontFamily("Own", Text(file, Place("theme.yaml", 3, 5)), **more)}, folder=str(tmp_path)
    )


def test_a_themes_own_file(theme):
    fonts = Fonts(theme("fine.ttf"))
    face = fonts.face("body", bold=True)
    assert face.ps_name == "NotoSans-Regular" and not face.bold, "no bold file: the regular face"
    assert face is Fonts(theme("fine.ttf")).face("body"), "read once per process"


def test_one_file_for_two_styles(theme):
    """Whichever style was set first in this run, a word's face is that of its own style: else the bytes would depend on
    it."""
    fonts = Fonts(theme("fine.ttf", bold="fine.ttf"))
    plain, bold = fonts.face("body"), fonts.face("body", bold=True)
    assert plain is not bold
    for first, then in ((plain, bold), (bold, plain)):
        text = f"one of {first.key}"
        assert shaping.shape(first, text).face is first and shaping.shape(then, text).face is then


@pytest.mark.parametrize("file", ["cut.ttf", "garbage.ttf", "web.woff2", "closed.ttf"])
def test_a_broken_file_is_a_problem_when_it_is_used(theme, file):
    fonts = Fonts(theme(file))
    with pytest.raises(Rejected) as raised:
        fonts.face("body")
    (problem,) = raised.value.problems
    assert problem.place == Place("theme.yaml", 3, 5) and file in problem.message


@pytest.mark.parametrize("file", ["missing.ttf", "../fine.ttf", "/etc/passwd"])
def test_a_missing_or_outside_file_is_a_problem_at_once(theme, file):
    with pytest.raises(Rejected) as raised:
        Fonts(theme(file, bold="also-missing.ttf"))
    assert len(raised.value.problems) == 2 and raised.value.problems[0].place == Place("theme.yaml", 3, 5)


def test_unknown_families():
    with pytest.raises(Rejected) as raised:
        Fonts(Theme("t", fonts={"body": FontFamily("Nowhere")}, fallback=("Nothing",)))
    assert [problem.message for problem in raised.value.problems] == [
        "unknown font family 'Nothing' in fallback",
        "unknown font family 'Nowhere'",
    ]


def test_a_font_of_signs_is_not_for_text():
    with pytest.raises(Rejected, match="not for text"):
        Fonts(Theme("t", fonts={"body": FontFamily("Noto Sans Symbols2")})).face("body")
