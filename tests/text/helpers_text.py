"""Shared by the tests of text/: the fonts, and paragraphs from strings."""

from generator.model.theme import Theme
from generator.text.fonts import BUILT_IN, Fonts
from generator.text.paragraph import Paragraph
from generator.text.span import Span

FONTS = Fonts(Theme("test", fallback=tuple(BUILT_IN)))


def span(text, *, bold=False, italic=False, size=10.0, colour="#000000", elem=None, **more):
    return Span(text, "body", bold, italic, size, colour, elem, **more)


def paragraph(*texts, language="en", direction="ltr", fonts=FONTS):
    return Paragraph([text if isinstance(text, Span) else span(text) for text in texts], fonts, language, direction)


def texts(paragraph, lines):
    return [paragraph.text[line.start : line.end] for line in lines]


def said(line):
    """What the glyphs of a line say, in logical order, without marks of direction."""
    words = [word for run in line.runs for word in run.words]
    text = "".join(
        "".join(glyph[4] for glyph in (reversed(word.glyphs) if word.rtl else word.glyphs)) for word in words
    )
    return text.replace("\u061c", "").replace("\u200e", "")
