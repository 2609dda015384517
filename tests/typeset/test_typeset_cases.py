"""Case files: a small story, and where everything of it stands (cases/*.txt; GOLDEN=write rewrites what is expected).

Above the story may stand: `frame: 240 x 120` (pages of that frame, as many as needed), `panels: 120 x 60, 120 x 60` (as
many as given), `body: 10` (points), `language: he`. Styles, pictures and the distance of lines are those of kit.py.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from kit import drawn, frames, typeset
from traced import trace

from generator.typeset import frame, pour

WRITE = os.environ.get("GOLDEN") == "write"
FILES = sorted(Path(__file__).parent.glob("cases/*.txt"))
CASE = re.compile(
    r"^=== (?P<name>.*)\n(?P<keys>(?:.+\n)*)---\n(?P<story>.*)\n---\n(?P<expected>(?:(?!===).*\n)*?)(?=\n*(?:===|\Z))",
    re.MULTILINE,
)


def traced(case: re.Match) -> str:
    keys = dict(line.split(": ", 1) for line in case["keys"].splitlines())
    sizes = [
        tuple(map(float, size.split(" x "))) for size in keys.get("panels", keys.get("frame", "240 x 120")).split(", ")
    ]
    language = keys.get("language", "en")
    body = float(keys.get("body", 10))
    composition = typeset(case["story"], frames(*sizes, repeat="panels" not in keys), body=(body, body),
                          language=language, direction="rtl" if language in ("ar", "he", "fa") else "ltr")
    drawn(composition)
    return trace(composition).split("\n", 1)[1]


def cases():
    for file in FILES:
        for case in CASE.finditer(file.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{file.stem}: {case['name']}")


@pytest.mark.skipif(WRITE, reason="expectations are being written")
@pytest.mark.parametrize("case", list(cases()))
def test_case(case):
    assert traced(case) == case["expected"].rstrip("\n") + "\n"


@pytest.mark.skipif(not WRITE, reason="GOLDEN=write rewrites expectations")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_write(file):
    old = file.read_text(encoding="utf-8")
    new = CASE.sub(lambda case: f"=== {case['name']}\n{case['keys']}---\n{case['story']}\n---\n{traced(case)}", old)
    if new != old:
        file.write_text(new, encoding="utf-8")


def test_every_case_is_found():
    said = sum(file.read_text(encoding="utf-8").count("\n=== ") for file in FILES)
    assert len(list(cases())) == said >= 18


def test_a_word_more_or_another_place_is_seen():
    """The comparison can fail: each small change of a story or of its numbers gives another trace."""
    first = traced(CASE.search("=== a\npanels: 120 x 60\n---\n<p>One text of words.</p>\n---\n"))
    others = [
        "=== a\npanels: 121 x 60\n---\n<p>One text of words.</p>\n---\n",
        "=== a\npanels: 120 x 60\nbody: 11\n---\n<p>One text of words.</p>\n---\n",
        "=== a\npanels: 120 x 60\n---\n<p>One <strong>text</strong> of words.</p>\n---\n",
        "=== a\npanels: 120 x 60\n---\n<p>One text of word.</p>\n---\n",
    ]
    assert first not in [traced(CASE.search(other)) for other in others]


@pytest.mark.parametrize("part", [0.85, 1.15])
@pytest.mark.parametrize(("module", "weight", "layout"), [(frame, "EMPTY", "pages"), (pour, "UNEVEN", "panels")])
def test_other_weights_of_breaks_are_seen(monkeypatch, module, weight, layout, part):
    """What empty room weighs against a cut text: a case notices when it is a seventh less, another when it is a seventh
    more."""
    monkeypatch.setattr(module, weight, getattr(module, weight) * part)
    file = (Path(__file__).parent / "cases" / "breaks.txt").read_text(encoding="utf-8")
    near = [case for case in CASE.finditer(file) if case["name"].startswith(f"{layout}: a text ")]
    assert [traced(case) == case["expected"].rstrip("\n") + "\n" for case in near] in ([True, False], [False, True])
