"""Where each character of a text stands in its file.

Every file in tests/cases/places/ is a content file. A comment `# place 'word' 6:14` says that the only text of it that
holds these words has them on line 6, from column 14 on.
"""

from __future__ import annotations

import itertools
import pickle
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_read_content import every

from generator.model.content import Content
from generator.model.problem import Place, Rejected, Text
from generator.read import places
from generator.read.kinds import KINDS
from generator.read.nodes import Scalar
from generator.read.schema import read_as
from generator.read.source import parse

CASES = sorted((Path(__file__).parent.parent / "cases" / "places").glob("*.yaml"))


def texts_of(data: bytes) -> list[Text]:
    return [one for one in every(read_as(Content, parse(data, "f"))) if isinstance(one, Text)]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case):
    told = re.findall(r"^# place '(.*)' (\d+:\d+)$", case.read_text(encoding="utf-8"), re.MULTILINE)
    texts = texts_of(case.read_bytes())
    assert told
    for words, where in told:
        (text,) = (one for one in texts if words in one)
        assert str(text.place_at(text.index(words))) == f"f:{where}", words


# ── any text in any dress ────────────────────────────────────────────────────────────────────────────────────────────

LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéñ中文字日本語あいうアイウ😀👩🎉אבגدهوАБВ0123456789.,;!?()–°€"
"""Each is used once in a text, so that a character has one right place."""
SPACES = ["", " ", "  ", "\t"]
ITEMS = ["", "", "", "- ", "• "]
"""What a line may begin with; the second and third make a line of their own of it."""


@st.composite
def words(draw, more=()):
    """(a function that gives) pieces of text of one line, whose letters occur nowhere
    else; `more`: signs of a style."""
    letters = draw(st.permutations(LETTERS))
    at = itertools.count()

    def piece() -> str:
        out = ""
        for _ in range(draw(st.integers(1, 3))):
            out += "".join(letters[next(at) % len(letters)] for _ in range(draw(st.integers(1, 3))))
            out += draw(st.sampled_from(["", " ", "  ", *more]))
        return out.strip(" \t") or letters[0]

    return piece, lambda: next(at) < len(letters)


def joined(draw, piece, room, indent: str, ends=("\n",)) -> str:
    """Lines of pieces, with spaces around line ends and empty lines between."""
    out = piece()
    for _ in range(draw(st.integers(0, 4))):
        if not room():
            break
        out += draw(st.sampled_from(SPACES)) + draw(st.sampled_from(ends)) * draw(st.integers(1, 3))
        out += indent + draw(st.sampled_from(SPACES)) + draw(st.sampled_from(ITEMS)) + piece()
    return out


@st.composite
def plain(draw):
    piece, room = draw(words())
    return joined(draw, piece, room, "    ")


@st.composite
def single(draw):
    piece, room = draw(words(("''", '"', "\\", "# ", ": ")))
    return "'" + draw(st.sampled_from(SPACES)) + joined(draw, piece, room, "    ") + draw(st.sampled_from(SPACES)) + "'"


ESCAPES = ["\\n", "\\t", '\\"', "\\\\", "\\ ", "\\_", "\\x41", "\\u00e9", "\\U0001F600", "\\/", "'", "# ", ": "]


@st.composite
def double(draw):
    piece, room = draw(words(ESCAPES))
    inner = joined(draw, piece, room, "    ", ("\n", "\n", "\\\n", " \\\n", "\\  \n"))
    return '"' + draw(st.sampled_from(SPACES)) + inner + draw(st.sampled_from(SPACES)) + '"'


@st.composite
def block(draw):
    piece, room = draw(words((": ", "# ", "'", '"', "\t")))
    wide = draw(st.integers(1, 4))
    given_width = draw(st.booleans())
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        if not room():
            break
        lines += [" " * draw(st.integers(0, wide))] * draw(st.integers(0, 2)) if draw(st.booleans()) else []
        extra = draw(st.sampled_from(["", "", "", "  ", " ", "\t"])) if lines or given_width else ""
        lines.append(" " * (wide + 2) + extra + draw(st.sampled_from(ITEMS)) + piece() + draw(st.sampled_from(SPACES)))
    lines += [""] * draw(st.integers(0, 2))
    signs = [draw(st.sampled_from(["", "-", "+"])), str(wide) if given_width else ""]
    head = draw(st.sampled_from("|>")) + "".join(draw(st.permutations(signs)))
    return head + draw(st.sampled_from(["", "  # a comment"])) + "\n" + "\n".join(lines)


ESCAPED = {ord(sign): None for sign in "Aé😀nt/"}
"""Letters of LETTERS that an escape may stand for as well."""
FRAMES = [
    # what stands around the text
    ("a:\n  b: ", "\nc: d\n"),
    ("- x\n-\n  - ", "\n- y\n"),
    ("a:\n  b: ", ""),
]


def seen(scalar: Scalar, text: str, lines: list[str]) -> None:
    """Every character of a text stands at its place, or is what YAML made of what stands there."""
    last = Place("f", 0, 0)
    for offset, sign in enumerate(text):
        place = scalar.place_at(text, offset)
        there = (lines[place.line - 1] + "\n")[place.column - 1]
        assert last < place or (last == place and sign.isspace()), (text, offset, place)
        last = place
        if sign.isspace():
            assert there.isspace() or there == "\\", (text, offset, place, there)
        else:
            assert there == sign or (there == "\\" and sign not in LETTERS.translate(ESCAPED)), (text, offset, place)


@settings(max_examples=500, deadline=None)
@given(st.one_of(plain(), single(), double(), block()), st.sampled_from(FRAMES))
def test_every_character_stands_at_its_place(written, frame):
    source = frame[0] + written + frame[1]
    try:
        read = parse(source.encode(), "f")
    except Rejected:
        assume(False)
    root = read.root
    assume(not read.problems)  # such as a tag before the text
    scalar = root["a"]["b"] if "a:" in frame[0] else root[1][0]
    assume(isinstance(scalar, Scalar) and scalar.text.strip())
    assert scalar.prose.split() == scalar.text.split(), "its signs are YAML's"
    for text in {scalar.text, scalar.text.strip(), scalar.prose, KINDS["prose"].read(scalar)}:
        seen(scalar, text, source.split("\n"))
        assert scalar.spots[1], "it is known"


def test_most_random_texts_are_read():
    """Else the test above would look at little."""
    read = []

    @settings(max_examples=300, deadline=None, database=None, derandomize=True)
    @given(st.one_of(plain(), single(), double(), block()))
    def count(written):
        try:
            parse(f"a:\n  b: {written}\n".encode(), "f")
            read.append(written)
        except Rejected:
            pass

    count()
    assert len(read) > 200
    for style in ("'", '"', "|", ">"):
        assert sum(one[0] == style for one in read) > 10
    assert sum("\n\n" in one for one in read) > 50


CARELESS = {
    # a decision that is made otherwise, and a text that shows it
    "_WIDTHS": ({}, '"\\x41 b"'),
    "indentation": (lambda lines: 2, "|\n    a\n     b"),
    "_ABOVE": (re.compile("[^\n]*\n"), "|\n\n    a\n    b"),
}


@pytest.mark.parametrize("name", CARELESS)
def test_a_careless_search_is_seen(name, monkeypatch):
    otherwise, written = CARELESS[name]
    source = f"a:\n  b: {written}\n"
    for careless in (False, True):
        if careless:
            monkeypatch.setattr(places, name, otherwise)
        scalar = parse(source.encode(), "f").root["a"]["b"]
        try:
            seen(scalar, scalar.text, source.split("\n"))
            right = bool(scalar.spots[1])
        except (AssertionError, IndexError):
            right = False
        assert right != careless


# ── what else is asked of it ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_both_parsers_give_the_same_places(case, monkeypatch):
    def found() -> list[Place]:
        return [text.place_at(offset) for text in texts_of(case.read_bytes()) for offset in range(len(text) + 1)]

    mine = found()
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert found() == mine


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_texts_keep_it_when_they_travel(case):
    texts = texts_of(case.read_bytes())
    again = pickle.loads(pickle.dumps(texts))
    assert again == texts
    for one, other in zip(texts, again):
        assert all(one.place_at(offset) == other.place_at(offset) for offset in range(len(one) + 1))


@pytest.mark.parametrize(("written", "end"), [
    ("bc", "f:1:6"), ("'bc'", "f:1:7"), ("|\n  bc\n  de\n\n", "f:3:5"), (">-\n  bc\n  de", "f:3:5"),
    ('"bc\n  d "', "f:2:4"),
])
def test_the_end_of_a_text(written, end):
    scalar = parse(f"a: {written}\n".encode(), "f").root["a"]
    text = Text(scalar.text.strip(), scalar.place, scalar)
    assert str(text.place_at(len(text))) == end


def test_accents_that_are_put_on_their_letters():
    file = "format: 1\nlanguage: en\ntitle: T\nsummary: Cafe\u0301, u\u0308ber,\n  q\u0323\u0307 한,\n  - so\n".encode()
    (text,) = (one for one in texts_of(file) if "ber" in one)
    assert text == "Café, über, q\u0323\u0307 한,\n- so"
    said = {sign: str(text.place_at(text.index(sign))) for sign in "Cé,übq한s"}
    assert said == {"C": "f:4:10", "é": "f:4:13", ",": "f:4:15", "ü": "f:4:17", "b": "f:4:19", "q": "f:5:3",
                    "한": "f:5:7", "s": "f:6:5"}


def test_what_is_not_read_from_a_file_has_one_place():
    assert Text("abc").place_at(2) is None
    assert Text("abc", Place("f", 3, 4)).place_at(2) == Place("f", 3, 4)


def test_a_colour_is_read_in_small_letters():
    file = b"format: 1\nlanguage: en\ntitle: T\npublisher: {colours: {mid: ' #ABCDEF'}}\n"
    (text,) = (one for one in texts_of(file) if one[0] == "#")
    assert text == "#abcdef" and str(text.place_at(1)) == "f:4:31"


def test_nothing_is_reckoned_before_it_is_asked():
    texts = texts_of(CASES[0].read_bytes())
    assert all(text.written.spots is None for text in texts)
