"""The reader of records: what it says of every single mistake in a file, the borders of what is right, and types.

`faults.yaml` is right. `faults.txt` holds what the reader says after each of its lines was spoilt in each of some ways;
`GOLDEN=write` writes it anew. Add lines to the first, or ways to WAYS, to have more mistakes looked at.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import get_type_hints

import pytest

from generator.model.content import Content, Line, Publisher, Section
from generator.model.layout import LayoutSpec
from generator.model.printing import Printer
from generator.model.problem import Rejected
from generator.model.theme import Style
from generator.read import schema, shapes
from generator.read.rules import CONTENT_RULES
from generator.read.source import parse
from generator.read.theme import ThemeFile

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEAD = "format: 1\nlanguage: en\ntitle: T\n"


def problems(model, text: str, rules=CONTENT_RULES) -> list[str]:
    try:
        schema.read_as(model, parse(text.encode(), "f"), rules)
    except Rejected as rejected:
        return [str(problem).removeprefix("f:") for problem in rejected.problems]
    return []


# ── every single mistake ─────────────────────────────────────────────────────────────────────────────────────────────

WAYS = {
    # what is done to a line that holds an item or a key, and its value
    "left out": lambda start, value: None,
    "misspelt": lambda start, value: re.sub(r"(\w)(:?)$", r"\2", start) + value if start.endswith(":") else None,
    "without value": lambda start, value: start if value else None,
    "text": lambda start, value: f"{start} words" if not value else None,
    "a list": lambda start, value: f"{start} [a, b]" if value else None,
    "a mapping": lambda start, value: f"{start} {{a: b}}" if value else None,
    "an empty list": lambda start, value: f"{start} []" if value else None,
}


def spoilt(text: str):
    """(line number, what was done, the line after it, the file after it). A way that gives None does not apply."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        found = re.fullmatch(r"( *(?:- )?(?:\w+:)?)(.*)", line)
        for way, change in WAYS.items():
            made = change(found[1], found[2])
            if made is None and way != "left out":
                continue
            after = [*lines[:number], *([] if made is None else [made]), *lines[number + 1 :]]
            yield number + 1, way, made or line, "\n".join(after) + "\n"


def all_faults() -> str:
    out = []
    for number, way, line, text in spoilt((HERE / "faults.yaml").read_text(encoding="utf-8")):
        said = problems(Content, text)
        out += ["", f"line {number}, {way}: {line.strip()}", *(f"  {one}" for one in said or ["nothing"])]
    return "\n".join(out[1:]) + "\n"


def test_what_is_spoilt_is_right_before():
    assert problems(Content, (HERE / "faults.yaml").read_text(encoding="utf-8")) == []


def test_every_mistake_is_told_as_before():
    file = HERE / "faults.txt"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(all_faults(), encoding="utf-8")
    assert all_faults().splitlines() == file.read_text(encoding="utf-8").splitlines()


CARELESS = {
    # a decision of the reader → another one
    "is_empty": lambda node: False,
    "as_blocks": lambda node: node,
    "required_of": lambda cls: frozenset(),
    "member_of": lambda members, node: 1,
    "_unknown_keys": lambda node, reading: set(),
    "_ASK": {},
}


@pytest.mark.parametrize("name", CARELESS)
def test_a_careless_reader_is_seen(name, monkeypatch):
    monkeypatch.setattr(schema, name, CARELESS[name])
    monkeypatch.setattr(schema, "_reader", schema._reader.__wrapped__)
    try:
        said = all_faults()
    except TypeError:  # a record without a required field
        return
    assert said != (HERE / "faults.txt").read_text(encoding="utf-8")


# ── borders ──────────────────────────────────────────────────────────────────────────────────────────────────────────

OWN = [
    # what is read as what
    ("content/publisher.yaml", Publisher),
    ("content/*/*.yaml", Content),
    ("tests/samples/*/*.yaml", Content),
    ("tests/languages/*/*.yaml", Content),
    ("layouts/*/layout.yaml", LayoutSpec),
    ("layouts/*/themes/*.yaml", ThemeFile),
    ("layouts/*/words/*.yaml", dict[str, Line]),
]


@pytest.mark.parametrize(("pattern", "model"), OWN, ids=lambda one: one if isinstance(one, str) else "")
def test_own_files_are_right(pattern, model):
    files = sorted(ROOT.glob(pattern))
    assert files
    for file in files:
        assert problems(model, file.read_text(encoding="utf-8")) == [], file


def nested(levels: int) -> str:
    return f"sections: {'[{heading: a, sections: ' * levels}[]{'}]' * levels}\n"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (nested(shapes.NESTED[Section] + 1), nested(shapes.NESTED[Section] + 2), "'sections' are nested too deeply"),
        ("sections: []\n", "questions: {items: []}\n", "'items' is empty"),
        ("introduction: words\n", "introduction: ~\n", "'introduction' has no value"),
        ("introduction: [{text: words}]\n", "introduction: [{steps: []}]\n", "'steps' is empty"),
        ("publisher: {colours: {cool: '#ABCDEF'}}\n", "publisher: {colours: {black: '#123456'}}\n",
         "unknown key 'black'"),
        ("figure: {file: a.svg, alt: A, labels: {b: c}}\n", "figure: {file: a.png, alt: A, labels: {b: c}}\n",
         "only an .svg"),
        ("review: {}\n", "review:\n", "'review' has no value"),
        ("keywords: [a]\n", "keywords: [a]\nkeywords: [a]\n", "the key 'keywords' stands twice"),
        ("category: 'null'\n", "category: null\n", "'category' has no value"),
        ("web: tel:1\n", "wep: tel:1\n", "unknown key 'wep'"),
        ("", "disclaimer: {heading: without a text}\n", "the key 'text' is missing here"),
        ("category: a  # words\n", "category: a # words\n", "what follows '#' is a comment"),
    ],
)
def test_borders(right, wrong, said):
    """Pairs of neighbours, one on each side of what is allowed."""
    assert problems(Content, HEAD + right) == []
    (problem,) = problems(Content, HEAD + wrong)
    assert said in problem


def test_printers():
    assert problems(dict[str, Printer], "office: {right: 0.8mm}\nother: {}\n") == []
    assert problems(dict[str, Printer], "office: 3\n") == [
        "1:9: 'office' must be a mapping of keys, not text (write each on a line of its own: right:, up:)"
    ]


def test_all_problems_of_one_place():
    """Keys that are unknown come first, then the record's fields in their order, missing or wrong."""
    assert problems(Content, "language:\ntitel: T\nsumary: a\n") == [
        "1:1: the key 'format' is missing here (write 'format: 1' at the top)",
        "1:1: 'language' has no value (a language tag like en or zh-Hans, the same as the file's name)",
        "2:1: unknown key 'titel' (did you mean 'title'?)",
        "3:1: unknown key 'sumary' (did you mean 'summary'?)",
    ]


# ── types ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("model", [Content, LayoutSpec, ThemeFile, Style, Printer])
def test_types_of_fields_one_at_a_time(model):
    seen, left = set(), [model]
    while left:
        cls = left.pop()
        if cls not in seen:
            seen.add(cls)
            hints = {name: shapes.hint_of(cls, name) for name in shapes.names_of(cls)}
            all_at_once = get_type_hints(cls, include_extras=True)
            assert hints == {name: all_at_once[name] for name in hints}
            left += [one for hint in hints.values() for one in shapes.records_in(hint)]
    assert model is not Content or len(seen) > 15
