"""Five hundred lines as people write them (plain-lines.txt): each is printed exactly, and none is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from prose_kit import even, story, told, words

LINES = [
    line
    for line in (Path(__file__).parent / "plain-lines.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("# ")
]  # comments begin so
LINES += ["? # 5"]


def test_they_are_many():
    assert len({line.removeprefix("? ") for line in LINES}) >= 500


@pytest.mark.parametrize("kind", ["text", "inline"])
def test_each_is_printed_as_it_stands(kind):
    wrong = []
    for line in LINES:
        doubted, line = line.startswith("? "), line.removeprefix("? ")
        node, problems = story(line, kind)
        if node is None or even(words(node)) != even(line) or any(problem.severity == "error" for problem in problems):
            wrong.append((line, told(problems), node and even(words(node))))
        elif problems and not doubted and kind == "text":
            wrong.append((line, told(problems)))
        elif doubted and kind == "text" and not problems:
            wrong.append((line, "not doubted"))
    assert wrong == []


def test_all_at_once():
    """In one text, parted by other paragraphs: no line changes how another one is read."""
    lines = [line.removeprefix("? ") for line in LINES]
    node, problems = story("\n\nor\n\n".join(lines))
    assert not [problem for problem in problems if problem.severity == "error"]
    assert even(words(node)) == even(" or ".join(lines))
