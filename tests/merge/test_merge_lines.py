"""Every paragraph and item knows where its first words stand, in whatever way its text is written in the file."""

from __future__ import annotations

import pytest
from merge_kit import faults, story, text

from generator.model.story import Node
from generator.read.kinds import KINDS
from generator.read.source import parse

WRITTEN = {
    # a text as it stands in a file, from line 2 on → the lines and columns of its paragraphs and items
    "block": ("|\n  One.\n\n  - two\n  - three\n\n  Four.\n", ["3:3", "5:3", "5:3", "6:3", "8:3"]),
    "folded": (">-\n  One is\n  long.\n\n  - two\n    goes on\n  - three\n\n\n  Four.\n",
               ["3:3", "6:3", "6:3", "8:3", "11:3"]),
    "quoted": ("'One''s\n    words.\n\n\n    - two\n    - three\n\n    Four.'\n", ["2:10", "6:5", "6:5", "7:5", "9:5"]),
    "in one line": ('"One.\\n\\n- two\\n- three\\n\\nFour."\n', ["2:10", "2:19", "2:19", "2:26", "2:37"]),
    "without quotes": ("One\n   is long.\n\n   - two\n   - three\n\n   Four.\n", ["2:10", "5:4", "5:4", "6:4", "8:4"]),
}


def read(written: str):
    node = parse(f"# a comment\nsummary: {written}".encode(), "f").root["summary"]
    return KINDS["prose"].read(node)


def places(node: Node) -> list[str]:
    own = [str(node.place).removeprefix("f:")] if node.name in ("p", "ul", "li") else []
    return own + [place for kid in node.kids if isinstance(kid, Node) for place in places(kid)]


@pytest.mark.parametrize("name", WRITTEN)
def test_paragraphs_and_items(name):
    written, right = WRITTEN[name]
    assert places(story("{{ content.summary|text }}", summary=read(written))) == right


@pytest.mark.parametrize(("written", "place"), [
    (">-\n  One is\n  long.\n\n  ## Two\n", "6:3"),
    ("'One\n  is long.\n\n  ## Two'\n", "5:3"),
    ("|\n  One.\n\n  ## Two\n", "5:3"),
])
def test_what_is_wrong_in_a_line(written, place):
    (said,) = faults("{{ content.summary|text }}", summary=read(written))
    assert said.startswith(f"f:{place}: a heading cannot stand in a text")


def test_a_text_that_was_put_together_has_lines_below_its_place():
    assert places(story("{{ content.summary|text }}",
                        summary=text("One.\n\nTwo.", 10, 5)))[-1] == "content/x/en.yaml:12:5"
