"""Whatever is in a file: the reader accepts it, or says what is wrong at places inside the file."""

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.problem import Rejected
from generator.read.content import read_content, starter
from generator.read.layout import read_layout, read_theme, read_words

PROJECT = Path(tempfile.mkdtemp())
FILE = PROJECT / "content" / "x" / "en.yaml"
FILE.parent.mkdir(parents=True)
GOOD = starter("x", "en", "Heat rash") + """\
options: [One, Two]
cover_title: [Heat, rash]
publisher: {name: Me, colours: {dark: "#111111"}}
audience_note: >-
  For
  everyone.
"""
TOKENS = [
    "\n", "\n  ", "\n    - ", "\t", ": ", " #", "- ",
    "'", '"', "[", "]", "{", "}", "|", ">", ">-\n", ",", "``", "@", "? ",
    "&a ", "*a", "<<: ", "!x ", "!!str ", "---\n", "...\n", "%YAML 1.1\n", "~", "null", "\\", "\\0", "\r", "\r\n",
    "\x00", "\x07", "\u2028", "\ufeff", "\x85", "😀", "ä", "é", "a", "1", "true", "format: 1\n", "language: en\n",
    "title: T\n", "sections:\n", "body:\n", "table:\n", "rows:\n", "heading: x\n", "options: ", "figure: ", "file: ",
]


def check(data: bytes) -> None:
    FILE.write_bytes(data)
    try:
        read_content(FILE, PROJECT)
    except Rejected as rejected:
        assert rejected.problems
        for problem in rejected.problems:
            assert problem.message and problem.place.file == "content/x/en.yaml"
            inside(problem.place, data)


def inside(place, data: bytes) -> None:
    lines = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= place.line <= len(lines), (place, lines)
    assert 1 <= place.column <= len(lines[place.line - 1]) + 1, (place, lines)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes(data):
    check(data)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(TOKENS) | st.text(max_size=3).filter(str.isprintable), max_size=40))
def test_random_yaml(pieces):
    check("".join(pieces).encode())


@st.composite
def changed(draw, text, tokens=TOKENS):
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        stop = start + draw(st.sampled_from([0, 0, 1, 2, 10, 80]))
        text = text[:start] + draw(st.sampled_from(["", *tokens])) + text[stop:]
    return text.encode()


@settings(max_examples=400, deadline=None)
@given(changed(GOOD))
def test_random_changes_of_a_good_file(data):
    check(data)


LAYOUT = """\
title: Folded
body: {min: 9, max: 11, leading: 1.35}
margins: {top: 11mm, bottom: 10mm, inner: 8mm}
footer_height: 8mm
fold:
  outside: [flap, back, cover]
  inside: [a, b, c]
  folds: [mountain, mountain]
  order: [1, 2]
  shorten: {flap: {a4: 3mm, letter: 0.0625in}}
panels: [cover, a, b, c, flap, back]
story: [a, b, c]
footers: [a, b]
"""
THEME = """\
palette: {ink: "#1d2b36", dark: "#14496b"}
fonts: {body: {name: A, regular: a.ttf}}
fallback: [B]
hyphenate: false
styles:
  h1: {points: 28, colour: dark, padding: [1, 0.5], columns: 2, widths: [1, 2]}
  div.note: {background: none, border: ink, border_sides: [top], border_width: 0.5, font: body}
"""
OTHERS = [
    # where the file stands, what it is when good, what reads it
    ("layouts/l/layout.yaml", LAYOUT, lambda: read_layout(PROJECT / "layouts/l", PROJECT)),
    ("themes/t.yaml", THEME, lambda: read_theme("t", [PROJECT], PROJECT)),
    ("words/w.yaml", "questions: Questions\nversion: Version {version}\n", lambda: read_words("w", [PROJECT], PROJECT)),
]
MORE = [*TOKENS, "-", "0", "9" * 400, "1e9", "mm", "extends: t\n", "max_pages: 0\n", "regular: ", "columns: "]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(OTHERS).flatmap(lambda one: st.tuples(st.just(one), changed(one[1], MORE))))
def test_random_changes_of_other_files(pair):
    (where, _, read), data = pair
    (PROJECT / where).parent.mkdir(parents=True, exist_ok=True)
    (PROJECT / where).write_bytes(data)
    try:
        read()
    except Rejected as rejected:
        for problem in rejected.problems:
            assert problem.message and problem.place.file == where
            inside(problem.place, data)


def test_the_guard_sees_a_place_outside():
    from generator.model.problem import Place

    for place in (Place("f", 3, 1), Place("f", 1, 9), Place("f", 0, 1)):
        caught = False
        with contextlib.suppress(AssertionError):
            inside(place, b"a: b\n")
            caught = True
        assert not caught
