"""Texts as authors write them, and what is printed and told of them: tests/prose/cases/*.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from prose_kit import shown, story, told

HERE = Path(__file__).parent


def cases():
    """A case: "=== name" or "=== name, in a line", the text, "---", what is told and printed, as prose_kit shows it."""
    for file in sorted(HERE.glob("cases/*.txt")):
        for case in file.read_text("utf-8").split("\n=== ")[1:]:
            name, _, rest = case.partition("\n")
            source, _, expected = rest.partition("\n---\n")
            source = source.replace("␣", " ").replace("⇥", "\t").replace("\\uf0b7", "\uf0b7")
            yield pytest.param(
                source,
                "inline" if name.endswith(", in a line") else "text",
                expected.strip("\n"),
                id=f"{file.stem}: {name}",
            )


@pytest.mark.parametrize("source, kind, expected", list(cases()))
def test_case(source, kind, expected):
    node, problems = story(source, kind)
    assert "\n".join([*told(problems), *(shown(node) if node else [])]) == expected


def test_a_wrong_expectation_is_seen():
    node, problems = story("- 5 °C")
    assert (told(problems), shown(node)) == (["warning 1: a list of one, or minus?"], ["- 5 °C"])
    assert shown(story("2. b\n7. c")[0]) == ["2. b", "7. c"] != ["1. b", "2. c"]
