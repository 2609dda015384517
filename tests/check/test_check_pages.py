"""Rules about placed pages: each finds a page made to offend it, and leaves one at the limit alone."""

from types import SimpleNamespace

import pytest
from test_check_rules import GENERIC

from generator.check.editorial import judge
from generator.check.manuscript import Manuscript
from generator.model.content import Content
from generator.model.editorial import Profile, Vocabulary
from generator.model.page import Composition, Fill, Line, Page, Run, Word
from generator.model.problem import Place

FACE = SimpleNamespace(x_height=0.5)


def line(text: str, y: float = 10, size: float = 10, colour: str = "#000000") -> Line:
    return Line(y, [Run(5, [Word(text, 1, (), FACE)], FACE, size, colour, None, width=50)], Place("x.yaml", 7))


def told(rule: str, *pages: Page, body: float = 10, loose: bool = True) -> list[str]:
    composition = Composition(list(pages), None, body, "T", "en", "ltr", loose)
    content = Content(format=1, language="en", title="T")
    manuscript = Manuscript(content, Vocabulary(), pages=[("brochure", composition)])
    return [one.message for one in judge(manuscript, Profile("a case", rules={rule: GENERIC.rules[rule]})).findings]


def page(*items, name: str = "inside-1", **more) -> Page:
    return Page(name, 100, 100, list(items), **more)


@pytest.mark.parametrize(("size", "found"), [
    (8.0, ["brochure: letters of 8.0 pt are 1.41 mm high (x-height)"]),
    (8.1, []),
])
def test_x_height(size, found):
    assert told("x-height", page(line("a", size=12), line("b", size=size))) == found


def test_x_height_looks_at_footers_and_not_at_spaces():
    assert told("x-height", page(line(" ", size=4))) == []
    assert told("x-height", page(line("a"), furniture=[line("foot", size=5)])) != []


def test_body_size():
    assert told("body-size", page(line("a")), body=8.5) == ["brochure: the text is 8.5 pt"]
    assert told("body-size", page(line("a")), body=9) == []


def test_line_length():
    assert told("line-length", page(*[line("a" * 81)] * 4)) == [
        "brochure: 4 of 4 long lines have more than 80 signs, up to 81"]
    assert told("line-length", page(*[line("a" * 81)] * 3)) == [], "a few may be long"
    assert told("line-length", page(*[line("a" * 80)] * 9)) == []
    assert told("line-length", page(*[line("a" * 81)] * 4, *[line("a" * 41)] * 13)) == [], "fewer than a quarter"


def test_grey_contrast():
    # by hand: the greys are 76 and 101 of 255, their luminances 0.072 and 0.130
    assert told("grey-contrast", page(Fill(0, 0, 99, 99, "#00a040"), line("a", colour="#ff0000"))) == [
        "brochure: 'a' has a contrast of 1.5:1 in grey"]
    assert told("grey-contrast", page(line("a", colour="#767676"))) == []


def test_half_empty():
    pages = [page(line("a", 90), name="cover"),
             page(line("a", 40), name="inside-1"), page(line("a", 9), name="inside-2")]
    assert told("half-empty", *pages, loose=False) == ["brochure: the panel 'inside-1' is 40% full"]
    assert told("half-empty", *pages) == [], "flat pages"
    pages[1] = page(line("a", 50), name="inside-1")
    assert told("half-empty", *pages, loose=False) == [], "half full, and the last one does not count"
