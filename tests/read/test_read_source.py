"""Bytes that are no good YAML, and places; what cannot be a text file under tests/cases/."""

import pytest
import yaml
from project_kit import refused

from generator.model.problem import Rejected
from generator.read.nodes import DEEPEST, Mapping, Scalar
from generator.read.source import LARGEST, parse, read_source


def problems(data: bytes) -> list[str]:
    return refused(parse, data, "f")


GOOD = "a: b\n"
STAIRS = b"".join(b" " * n + b"a:\n" for n in range(1000))


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "f:1:1: the file is empty"),
        (b"\xef\xbb\xbf", "f:1:1: the file is empty"),
        (GOOD.encode("utf-16"), "f:1:1: the file is saved as UTF-16 (save the file as UTF-8)"),
        (b"\xfe\xff" + GOOD.encode("utf-16-be"), "f:1:1: the file is saved as UTF-16 (save the file as UTF-8)"),
        (GOOD.encode("utf-32"), "f:1:1: the file is saved as UTF-32 (save the file as UTF-8)"),
        ("a: b\r\nc: ä\n".encode("latin-1"), "f:2:4: the byte 0xE4 is not UTF-8 (save the file as UTF-8)"),
        (b"\xef\xbb\xbfa: \xc3\xa4\xff", "f:1:5: the byte 0xFF is not UTF-8 (save the file as UTF-8)"),
        (b"a: \xed\xa0\x80", "f:1:4: the byte 0xED is not UTF-8 (save the file as UTF-8)"),
        (b"a: b\n" * (LARGEST // 5 + 1), "f:1:1: the file is larger than 2 MB (pictures have their own)"),
        (b"[" * 2000, f"f:1:{DEEPEST + 1}: lists and mappings are nested more than {DEEPEST} deep here"),
        (b"- " * 2000, f"f:1:{2 * DEEPEST + 1}: lists and mappings are nested more than {DEEPEST} deep here"),
        (b"{a: " * 2000, f"f:1:{4 * DEEPEST + 1}: lists and mappings are nested more than {DEEPEST} deep here"),
        (STAIRS, "f:51:51: lists and mappings are nested more than 50 deep here"),
        (b"[\n" * 2000, f"f:{DEEPEST + 1}:1: lists and mappings are nested more than {DEEPEST} deep here"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_bytes_that_are_refused(data, line):
    assert problems(data) == [line]


def test_control_characters_are_all_told():
    said = problems("a: b\x07\nc: \u2028d\x00\n".encode())
    assert [line.split(", ")[0] for line in said] == [
        "f:1:5: the character U+0007",
        "f:2:4: the character U+2028",
        "f:2:6: the character U+0000",
    ]


def test_control_character_by_escape():
    (problem,) = parse(b'a: "\\x07"', "f").problems
    assert str(problem).startswith("f:1:4: the character U+0007")


def test_alias_bomb_is_not_expanded():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    source = parse(bomb.encode(), "f")
    assert source.problems.count == 40 + 2 * 39
    assert len(str(source.root)) < 20_000


def test_line_ends_and_byte_order_mark_do_not_move_places():
    for data in (b"a: b\nc:\n- d\n", b"a: b\r\nc:\r\n- d\r\n", b"a: b\rc:\r- d\r", b"\xef\xbb\xbfa: b\nc:\n- d\n"):
        root = parse(data, "f").root
        assert [str(root.marks["c"]), str(root["c"][0].place), root["c"][0].text] == ["f:2:1", "f:3:3", "d"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b", "f:1:4"),
        ("a: 'b'", "f:1:4"),
        ("a: |\n\n\n  b\n  c\n", "f:4:3"),
        ("a: >-\n    b\n", "f:2:5"),
        ("a:\n", "f:1:1"),
        ("a:\n  b", "f:2:3"),
        ("😀: b", "f:1:4"),
        ("ä: 😀\n", "f:1:4"),
    ],
)
def test_place_of_text(text, place):
    (node,) = parse(text.encode(), "f").root.values()
    assert str(node.place) == place


def test_nothing_is_guessed():
    root = parse(b"a: no\nb: 12:30\nc: 1.10\nd: 2021-06-22\ne: 0x1F\nf: ~\n", "f").root
    assert [node.text for node in root.values()] == ["no", "12:30", "1.10", "2021-06-22", "0x1F", "~"]
    assert [node.void for node in root.values()] == [False] * 5 + [True]


@pytest.mark.parametrize("mark", ["!x", "&x"])
def test_only_the_tag_or_anchor_of_a_long_text_is_told(mark):
    (problem,) = parse(f'a: {mark} "b\n\n  - c"\nd: e\n'.encode(), "f").problems
    assert str(problem).startswith("f:1:4: tags (!) are not read" if mark == "!x"
                                   else "f:1:4: the anchor '&x' is not read")


def test_a_line_end_that_is_escaped_before_an_empty_line():
    node = parse(b'a: "b\\\n\n  c\\\\\n\n  d"\n', "f").root["a"]
    assert (node.text, node.prose) == ("b\nc\\\nd", "b\n\nc\\\n\nd")
    node = parse(b'a: "b\\  \n  - c\\\n  d"\n', "f").root["a"]
    assert (node.text, node.prose) == ("b  - cd", "b \n- cd")


def test_the_first_line_of_a_folded_block_may_be_set_in_more_than_the_others():
    node = parse(b"a: >1\n\n     b\n\n c\n", "f").root["a"]
    assert (node.text, node.prose) == ("\n    b\n\nc\n", "    b\n\nc")


def test_second_of_two_keys_is_dropped():
    source = parse(b"a: {b: c}\na: [d]\ne: f\n", "f")
    assert list(source.root) == ["a", "e"] and isinstance(source.root["a"], Mapping)
    assert [str(problem) for problem in source.problems] == ["f:2:1: the key 'a' stands twice (first on line 1)"]


def test_what_is_no_file(tmp_path):
    for path, words in ((tmp_path / "none.yaml", "there is no such file"), (tmp_path, "it is no file, but a folder")):
        with pytest.raises(Rejected, match=words):
            read_source(path, tmp_path)


def test_both_parsers_give_the_same_places(monkeypatch):
    """PyYAML without libyaml reads alike."""
    text = b"a: b\nc:\n  - d: 'e'\n    f: |\n      g\n  -\n  - {h: [i, ], j: }\n"
    mine = parse(text, "f").root
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    other = parse(text, "f").root

    def flat(node):
        if isinstance(node, Scalar):
            return [(node.text, node.place, node.plain)]
        kids = node.values() if isinstance(node, Mapping) else node
        return [node.place, getattr(node, "marks", None), *(flat(kid) for kid in kids)]

    assert flat(mine) == flat(other)
