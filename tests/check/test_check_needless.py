"""What does nothing, or is said twice, is told where its author wrote it (cases/needless.txt)."""

from pathlib import Path

import pytest

from generator.check.needless import needless
from generator.read.content import read_alone

CASES = Path(__file__).with_name("cases") / "needless.txt"
HEAD = "format: 1\nlanguage: en\n"


def cases() -> list[tuple[str, list[str]]]:
    _, _, text = CASES.read_text("utf-8").partition("\n\n")
    return [(body, said.split("\n")) for body, _, said in (one.strip().partition("\n---") for one in text.split("==="))]


@pytest.mark.parametrize(("body", "said"), cases(), ids=[body.split("\n")[-1][:50] for body, _ in cases()])
def test_it_is_told_where_it_stands(tmp_path, body, said):
    content = read_alone(tmp_path / "en.yaml", tmp_path, f"{HEAD}{body}\ntitle: Trial\n".encode())
    found = needless(content, None, None)
    assert [f"{one.place.line}:{one.place.column} {one.message}" for one in found] == [line for line in said if line]
    assert all(one.severity == "warning" and one.hint for one in found)
