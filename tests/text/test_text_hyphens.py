"""Words parted where a theme asks for it: few, only where a line needs it, and whole again when read back."""

import pytest
from helpers_text import FONTS, paragraph, said, texts

from generator.model.problem import Rejected
from generator.model.theme import Theme
from generator.text import hyphens
from generator.text.fonts import Fonts
from generator.text.hyphens import hyphenated

needed = pytest.mark.skipif(not hyphens.available(), reason="the extra 'hyphens' is not installed")
TEXT = "Vertebral compression fractures sometimes necessitate conservative management, immobilization and rehabilitation."


@needed
@pytest.mark.parametrize(
    ("language", "text", "parted"),
    [
        ("en", "compression", "com-pres-sion"),
        ("en-GB", "management", "man-age-ment"),
        ("fr", "vertébroplastie", "ver-té-bro-plas-tie"),
        ("en", "short words", "short words"),
        ("en", "POLYMETHYLMETHACRYLATE", "POLYMETHYLMETHACRYLATE"),
        ("en", "www.compression.org a.compression@example.org", "www.compression.org a.compression@example.org"),
        ("en", "compression-clinic.example", "compression-clinic.example"),
        ("en", "compression/management", "com-pres-sion/man-age-ment"),
        ("en", "com\xadpression management", "com-pression man-age-ment"),
        ("tr", "vertebroplasti", "vertebroplasti"),
        ("ar", "الاسترشاد", "الاسترشاد"),
    ],
)
def test_words_are_parted(language, text, parted):
    assert hyphenated(text, language).replace("\xad", "-") == parted


@needed
def test_lines_that_are_full_enough_end_with_whole_words():
    plain, soft = paragraph(TEXT), paragraph(hyphenated(TEXT, "en"))
    for width in range(60, 260, 10):
        lines = soft.lines(float(width))
        ends = [text[-1] == "\xad" for text in texts(soft, lines)]
        assert len(lines) <= len(plain.lines(float(width)))
        assert all(line.width <= width + 1e-6 for line in lines)
        for at, line in enumerate(lines[:-1]):
            if ends[at]:
                whole = texts(soft, lines)[at].rpartition(" ")[0]
                assert paragraph(whole).natural_width() < 0.82 * width
    assert any(text[-1] == "\xad" for text in texts(soft, soft.lines(90.0)))


@needed
def test_the_text_is_read_back_whole():
    soft = paragraph(hyphenated(TEXT, "en"))
    assert "".join(map(said, soft.lines(90.0))).replace("\xad", "") == TEXT


def test_a_theme_that_parts_words_needs_the_package(monkeypatch):
    monkeypatch.setattr(hyphens, "find_spec", lambda name: None)
    with pytest.raises(Rejected, match=r"pip install '.\[hyphens\]'"):
        Fonts(Theme("narrow", hyphenate=True))
    assert Fonts(Theme("narrow")).theme and FONTS
