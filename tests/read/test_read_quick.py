"""The quick reader and pydantic are of one mind about every file, and a file that is right is read without pydantic."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_type_hints
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_read_cases import FILES, laid_out
from test_read_editor import good, spoiled, written
from test_read_fuzz import GOOD, LAYOUT, MORE, THEME, changed

from generator.model.content import Content, Entry, Line, Publisher, Section
from generator.model.layout import LayoutSpec
from generator.model.printing import Printer
from generator.model.problem import Rejected, Text
from generator.model.theme import Style
from generator.read import quick, schema, shapes
from generator.read.content import starter
from generator.read.rules import CONTENT_RULES
from generator.read.source import parse
from generator.read.theme import ThemeFile

ROOT = Path(__file__).parents[2]
RIGHT = GOOD.replace("a.png", "a.svg")
HEAD = "format: 1\nlanguage: en\ntitle: T\n"


def told(value):
    """All of a value: words, types, places, and the order of keys."""
    if shapes.is_record(value):
        inner = [told(getattr(value, name)) for name in shapes.names_of(type(value))]
        return type(value), value.place if isinstance(value, Entry) else None, inner
    if isinstance(value, list | tuple):
        return type(value), [told(one) for one in value]
    if isinstance(value, dict):
        return type(value), [(told(key), told(one)) for key, one in value.items()]
    return type(value), value, getattr(value, "place", None)


def outcome(read):
    """What is read, told; or the problems."""
    try:
        return told(read())
    except Rejected as rejected:
        return "rejected", rejected.problems


def both(read):
    """The outcome, which is the same by both ways, and whether pydantic was asked; it is not, where nothing is wrong."""
    with mock.patch.object(schema, "read_quickly", return_value=None):
        by_pydantic = outcome(read)
    with mock.patch.object(schema, "validated", wraps=schema.validated) as asked:
        result = outcome(read)
    assert result == by_pydantic
    assert result[0] == "rejected" or not asked.called
    return result, asked.called


def agreed(model, data: bytes, rules=None) -> bool:
    """Whether both ways take a file, and to the same result; False also where it is no YAML."""
    try:
        parse(data, "f")
    except Rejected:
        return False
    result, asked = both(lambda: schema.read_as(model, parse(data, "f"), rules))
    assert asked == (result[0] == "rejected")
    return not asked


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_cases(case, tmp_path):
    both(laid_out(case, tmp_path))


OWN = [
    # what is read as what, with which rules
    ("content/publisher.yaml", Publisher, CONTENT_RULES),
    ("content/*/*.yaml", Content, CONTENT_RULES),
    ("tests/samples/*/*.yaml", Content, CONTENT_RULES),
    ("tests/languages/*/*.yaml", Content, CONTENT_RULES),
    ("layouts/*/layout.yaml", LayoutSpec, None),
    ("layouts/*/themes/*.yaml", ThemeFile, None),
    ("layouts/*/words/*.yaml", dict[str, Line], None),
]


@pytest.mark.parametrize(("pattern", "model", "rules"), OWN, ids=lambda one: one if isinstance(one, str) else "")
def test_own_files(pattern, model, rules):
    files = sorted(ROOT.glob(pattern))
    assert files
    for file in files:
        assert agreed(model, file.read_bytes(), rules), file


def test_printers():
    assert agreed(dict[str, Printer], b"office: {right: 0.8mm}\nother: {}\n")
    assert not agreed(dict[str, Printer], b"office: 3\n")


def nested(levels: int) -> str:
    return f"sections: {'[{heading: a, sections: ' * levels}[]{'}]' * levels}\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (nested(shapes.NESTED + 1), nested(shapes.NESTED + 2)),
        ("sections: []\n", "questions: {items: []}\n"),
        ("introduction: words\n", "introduction: ~\n"),
        ("introduction: [{text: words}]\n", "introduction: [{steps: []}]\n"),
        ("publisher: {colours: {cool: '#ABCDEF', dark: '#123456'}}\n", "publisher: {colours: {black: '#123456'}}\n"),
        ("figure: {file: a.svg, alt: A, labels: {b: c}}\n", "figure: {file: a.png, alt: A, labels: {b: c}}\n"),
        ("review: {}\n", "review:\n"),
        ("keywords: [a]\n", "keywords: [a]\nkeywords: [a]\n"),
        ("category: 'null'\n", "category: null\n"),
        ("web: tel:1\n", "wep: tel:1\n"),
        ("", "disclaimer: {heading: without a text}\n"),
        ("category: a  # words\n", "category: a # words\n"),
    ],
)
def test_borders(right, wrong):
    """Pairs of neighbours, one on each side of what is allowed."""
    assert agreed(Content, (HEAD + right).encode(), CONTENT_RULES)
    assert not agreed(Content, (HEAD + wrong).encode(), CONTENT_RULES)


def test_cells_and_groups():
    rows = "[{head: a, cells: ['', ~, b]}, {group: c, rows: [{head: d}]}]"
    body = f"sections: [{{heading: a, body: [{{table: {{columns: [a, b, c, d], rows: {rows}}}}}]}}]\n"
    assert agreed(Content, (HEAD + body).encode(), CONTENT_RULES)


# ── changed files ────────────────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def deeper(draw):
    """A document, good or with a fault, in which a section is put below itself some times."""
    document = draw(good(Content) | spoiled())
    section = draw(good(Section))
    for _ in range(draw(st.integers(0, 4))):
        section = {"heading": "Around", "sections": [section]}
    return {**document, "sections": [section]}


@settings(max_examples=400, deadline=None)
@given(good(Content) | spoiled() | deeper())
def test_documents(document):
    agreed(Content, written(document).encode(), CONTENT_RULES)


TWICE = ["title: T\n", "heading: x\n", "      text: x\n", "format: 1\n"]


@settings(max_examples=400, deadline=None)
@given(changed(RIGHT, [*MORE, *TWICE]))
def test_changed_content(data):
    agreed(Content, data, CONTENT_RULES)


OTHERS = [
    (LayoutSpec, LAYOUT),
    (ThemeFile, THEME),
    (dict[str, Line], "questions: Questions\nversion: Version {version}\n"),
    (dict[str, Printer], "office: {right: 0.8mm, up: -0.4mm}\n"),
    (Publisher, "name: Clinic\naddress: [a, b]\ncolours: {dark: '#111111'}\nlogo: {file: a.png, alt: A}\n"),
]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(OTHERS).flatmap(lambda one: st.tuples(st.just(one[0]), changed(one[1], MORE))))
def test_other_changed_files(pair):
    agreed(*pair)


def test_what_is_changed_is_good_before():
    """Else the tests above would look at faults only."""
    for model, text in [(Content, RIGHT), *OTHERS]:
        assert agreed(model, text.encode(), CONTENT_RULES)


# ── the guards can fail ──────────────────────────────────────────────────────────────────────────────────────────────


CARELESS = [
    # a decision that the quick reader makes otherwise, and a file that shows it
    ("is_empty", lambda node: False, "sections: [{heading: a, body: [{table: {columns: [a, b], rows: [{head: b, cells: ['']}]}}]}]\n"),
    ("as_blocks", lambda node: node, "introduction: words\n"),
    ("placed", lambda made, node: made, ""),
    ("required_of", lambda cls: frozenset(), "figure: {file: a.png}\n"),
    ("member_of", lambda members, node: 1, "sections: [{heading: a, body: [{table: {columns: [a], rows: [{head: b}]}}]}]\n"),
]


@pytest.mark.parametrize(("name", "otherwise", "text"), CARELESS, ids=[name for name, _, _ in CARELESS])
def test_a_careless_quick_reader_is_seen(name, otherwise, text, monkeypatch):
    data = (HEAD + text).encode()
    agreed(Content, data, CONTENT_RULES)
    monkeypatch.setattr(quick, name, otherwise)
    monkeypatch.setattr(quick, "_reader", quick._reader.__wrapped__)
    with pytest.raises((AssertionError, TypeError)):
        agreed(Content, data, CONTENT_RULES)


def test_told_sees_places():
    at = parse(b"a: b\n c\n", "f").root.place
    assert told(Text("a", at)) != told(Text("a")) != told("a")
    one, two = (schema.read_as(dict[str, Printer], parse(text, "f")) for text in (b"a: {}", b"a:  {}"))
    assert one == two and told(one) != told(two)


# ── what is shared ───────────────────────────────────────────────────────────────────────────────────────────────────


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
            left += [one for hint in hints.values() for one in schema._classes(hint)]
    assert model is not Content or len(seen) > 15


# ── without pydantic ─────────────────────────────────────────────────────────────────────────────────────────────────


def loaded(project: Path, content: str, layout: str = "") -> str:
    """What of pydantic is loaded after these are read, in a process of its own."""
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from generator.model.problem import Rejected\n"
        "from generator.read.content import read_content\n"
        "from generator.read.layout import read_layout, read_theme, read_words\n"
        f"project, layout = Path({str(project)!r}), {layout!r}\n"
        f"try: print(len(read_content(project / {content!r}, project).title) > 0)\n"
        "except Rejected: print('rejected')\n"
        "if layout:\n"
        "    spec = read_layout(project / 'layouts' / layout, project).spec\n"
        "    search = [project / 'layouts' / layout, project / 'layouts' / 'shared']\n"
        "    read_theme(spec.theme, search, project), read_words('en', search, project)\n"
        "print(*sorted({'pydantic', 'pydantic_core'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def test_the_article_is_read_without_pydantic():
    assert loaded(ROOT, "content/kyphoplasty-vs-vertebroplasty/en.yaml", "brochure") == "True"


def test_a_fault_is_told_by_pydantic(tmp_path):
    file = tmp_path / "content" / "x" / "en.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(starter("x", "en", "T"), encoding="utf-8")
    assert loaded(tmp_path, "content/x/en.yaml") == "True"
    file.write_text(starter("x", "en", "T") + "wep: https://example.org\n", encoding="utf-8")
    assert loaded(tmp_path, "content/x/en.yaml") == "rejected pydantic_core"
