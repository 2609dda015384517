"""The JSON Schema for editors: up to date, and of one mind with the reader about every document."""

import copy
import json
import re
from pathlib import Path
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from project_kit import ROOT

from generator.model.content import MANNER, Block, Content, Section
from generator.model.problem import Rejected
from generator.model.record import MISSING, fields, is_record
from generator.read.content import starter
from generator.read.editor import json_schema
from generator.read.nodes import Mapping, Scalar
from generator.read.rules import CONTENT_RULES, one_key
from generator.read.schema import read_as
from generator.read.shapes import hint_of, names_of
from generator.read.source import parse

COMMITTED = Path(__file__).parents[2] / "content" / "content.schema.json"
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)

NOT_IN_SCHEMA = {
    # what a schema cannot say, because it is about several fields …
    "cover_title_is_title",
    "options_differ",
    "option_is_known",
    "rows_fit_header",
    "rows_are_not_too_many",
    "cells_have_headings",
    "counts_are_right",
    "compared_columns_are_options",
    "kinds_fit_columns",
    "labels_need_drawing",
    "views_show_options",
    "few_across",
    "leaves_room",
    "review_is_later",
    "phrases_keep_slots",
    "fields_differ",
    "few_lines",
    "abbreviations_differ", "period_ends_later",
    "said_or_decorative",
    # … or about the file system: language_is_file_name, picture_is_there (content.py)
}


def test_committed_schema_is_up_to_date():
    """After a change of the model: leaflet schema > content/content.schema.json"""
    assert COMMITTED.read_text(encoding="utf-8") == json.dumps(SCHEMA, indent=1, ensure_ascii=False) + "\n"


def test_schema_is_well_formed_and_described():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["properties"]["language"]["description"].startswith("BCP 47 tag")
    for name, definition in SCHEMA["$defs"].items():
        assert definition["additionalProperties"] is False and definition["description"], name


DESIGNERS = {
    "publisher": [ROOT / "content" / "publisher.yaml"],
    "layout": sorted((ROOT / "layouts").glob("*/layout.yaml")),
    "theme": sorted((ROOT / "layouts").glob("*/themes/*.yaml")),
}


@pytest.mark.parametrize("kind", [*DESIGNERS, "printers", "mail"])
def test_files_of_designers_have_schemas_which_are_described(kind):
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    for name, definition in schema["$defs"].items():
        assert definition["additionalProperties"] is False and definition["description"], name
        assert all(one["description"] for one in definition["properties"].values()), name


@pytest.mark.parametrize(("kind", "file"),
                         [(kind, file) for kind, files in DESIGNERS.items() for file in files], ids=str)
def test_files_of_designers_are_right_by_their_schemas(kind, file):
    written = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(json_schema(kind)).iter_errors(written)] == []


@pytest.mark.parametrize(("kind", "wrong"), [
    ("publisher", {"nam": "X"}),
    ("publisher", {"colours": {"cool": "blue"}}),
    ("layout", {"title": "T", "boddy": {"min": 9, "max": 10}}),
    ("theme", {"styles": {"p": {"align": "left"}}}),
    ("theme", {"palette": {"ink": "#12"}}),
    ("printers", {"office": {"right": "much"}}),
    ("mail", {"password": "x"}),
    ("mail", {"smtp": {"host": "https://smtp.clinic.example"}}),
    ("mail", {"sender": "the ward"}),
])
def test_mistakes_of_designers_are_seen_by_an_editor(kind, wrong):
    assert list(Draft202012Validator(json_schema(kind)).iter_errors(wrong))


def test_rules_that_a_schema_cannot_say_are_listed():
    assert {rule.__name__ for rules in CONTENT_RULES.values() for rule in rules} - {"one_key"} == NOT_IN_SCHEMA


# ── a document as the reader and as an editor see it ─────────────────────────────────────────────────────────────────


def reader_accepts(text: str) -> bool:
    try:
        read_as(Content, parse(text.encode(), "f"), {Block: (one_key,)})
    except Rejected:
        return False
    return True


CORE = [
    # YAML 1.2.2, 10.3.2: what an editor takes plain text for
    (r"null|Null|NULL|~|", lambda text: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text[0] in "tT"),
    (r"[-+]?\d+", int),
    (r"0o[0-7]+|0x[\da-fA-F]+", lambda text: int(text, 0)),
    (r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?", float),
]


def seen(node):
    """A node as an editor's YAML parser sees it."""
    if isinstance(node, Mapping):
        return {str(key): seen(value) for key, value in node.items()}
    if not isinstance(node, Scalar):
        return [seen(item) for item in node]
    if node.plain:
        for pattern, make in CORE:
            if re.fullmatch(pattern, node.text):
                return make(node.text)
    return node.text


def editor_accepts(text: str, validator=VALIDATOR) -> bool:
    return validator.is_valid(seen(parse(text.encode(), "f").root))


def written(node, indent: str = "") -> str:
    """YAML of a tree of dicts, lists and scalars as they are written (@ at the start of a line: its indentation)."""
    if isinstance(node, str):
        return f" {node}\n".replace("\n@", f"\n{indent}  ")
    if not node:
        return " {}\n" if isinstance(node, dict) else " []\n"
    marks = [f"{key}:" for key in node] if isinstance(node, dict) else ["-"] * len(node)
    kids = node.values() if isinstance(node, dict) else node
    return "\n" + "".join(f"{indent}{mark}{written(kid, indent + '  ')}" for mark, kid in zip(marks, kids, strict=True))


# ── documents: good ones from the dataclasses, and spoiled ones ──────────────────────────────────────────────────────

TEXTS = [
    "Words", "no", "12:30", "1.10", "2021-06-22", "true", "-3", "0x1F", "'null'", '"12"', "ä *b* ✓",
    "|\n@Block\n@of words",
]
LINES = [text for text in TEXTS if "\n" not in text] + [">-\n@one\n@line"]
LEAVES = {
    "line": LINES,
    "inline": LINES,
    "prose": TEXTS,
    "date": ["2017", "2017-07", "2017-07-03", "'2017'", "2024-02-29", "1999-12-31"],
    "period": ["2017", "2017-07-03", "2017–2019", "2017-07/2018-02", "'2017'"],
    "language": ["en", "no", "zh-Hans", "pt-BR", "de-1996", "'en'"],
    "url": ["https://example.org/a?b=c#d", "tel:+49123", "mailto:a@b.example", "'http://a.example'"],
    "email": ["a@b.example"],
    "slug": ["ward", "next-visit", "'bed'"],
    "colour": ["'#1a2b3c'", '"#FFFFFF"'],
    "percent": ["60%", "'10%'", "100%"],
    "picture": ["a.png", "../b/c d.SVG", "'x.jpeg'"],
}
BAD = [
    *TEXTS, "", "~", "''", "' '", "[]", "{}", "2017-13", "2017-02-30", "2017-7-3", "17", "999", "10000", "https://",
    "ftp://a.b", "https://a b", "'#12345'", "'#12345g'", "a.gif", "/a.png", "a@b", "English", "EN", "draft", "Draft",
    "'draft '", "alert", "yes", "1", "2", "'1'", "'true'", "False", "|\n@two\n\n@lines", "[a, b]", "{a: b}", "[~]",
    "{text: words}", "[{text: words}]", "[{head: a}]", "{head: a, group: b}", "{group: a, rows: []}",
    "{group: a, rows: [{head: b}]}", "{head: a, cells: ['', ~, c]}",
]
KEYS = sorted({name for cls in (Content, Section, Block) for name in names_of(cls)})
KEYS += ["head", "group", "cells", "x", "Title", "12"]


def good(hint, outer=()):
    """Strategy of good values of a type."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return st.sampled_from(LEAVES[arguments[1].kind])
    if origin in (Union, UnionType):
        return st.one_of([good(one, outer) for one in arguments if one is not type(None)])
    if origin is Literal:
        return st.sampled_from([str(one) for one in arguments])
    if origin is list:
        if arguments[0] in outer and arguments[0] in (Block, Section):
            return st.sampled_from(TEXTS) if arguments[0] is Block else st.just([])
        item = good(arguments[0], outer)
        if type(None) in get_args(arguments[0]):
            item |= st.sampled_from(["", "~", "''"])
        lists = st.lists(item, min_size=1, max_size=2)
        return lists | st.sampled_from(TEXTS) if arguments[0] is Block else lists
    if origin is dict:
        keys = st.sampled_from(get_args(arguments[0]) or ("a", "label-1"))
        return st.dictionaries(keys, good(arguments[1]), max_size=2)
    if hint is bool:
        return st.sampled_from(["true", "false", "True"])
    if hint is int:
        return st.sampled_from(["1", "2", "6"])
    assert is_record(hint)
    kinds = {name: st.deferred(lambda hint=hint, name=name: good(hint_of(hint, name), (*outer, hint)))
             for name in fields(hint)}
    if hint is Block:
        manner = {key: kinds.pop(key) for key in MANNER}
        plain = {"text": kinds["text"], "plain": kinds.pop("plain")}
        return st.one_of([st.fixed_dictionaries(one, optional=manner)
                          for one in (plain, *({name: kinds[name]} for name in kinds))])
    required = [name for name, one in fields(hint).items() if one.default is MISSING and one.default_factory is MISSING]
    chosen = st.sets(st.sampled_from(sorted(kinds)), max_size=4).map(lambda names: sorted({*names, *required}))
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: kinds[name] for name in names}))


def spots(node, path=()):
    yield path
    if isinstance(node, dict | list):
        for step in list(node) if isinstance(node, dict) else range(len(node)):
            yield from spots(node[step], (*path, step))


@st.composite
def spoiled(draw):
    """A good document with one or two faults (or none: some changes do no harm)."""
    document = copy.deepcopy(draw(good(Content)))
    for _ in range(draw(st.integers(1, 2))):
        *path, last = draw(st.sampled_from([path for path in spots(document) if path] or [("format",)]))
        parent = document
        for step in path:
            parent = parent[step]
        change = draw(st.sampled_from(["value", "value", "delete", "rename", "add", "move"]))
        if change == "value":
            parent[last] = draw(st.sampled_from(BAD))
        elif change == "delete":
            del parent[last]
        elif change == "move":
            node = document
            for step in draw(st.sampled_from(list(spots(document)))):
                node = node[step]
            parent[last] = copy.deepcopy(node)
        elif isinstance(parent, dict):
            value = parent[last] if change == "add" else parent.pop(last)
            parent[draw(st.sampled_from(KEYS))] = copy.deepcopy(value)
    return document


@settings(max_examples=150, deadline=None)
@given(good(Content))
def test_good_documents_are_accepted_by_both(document):
    text = written(document)
    assert reader_accepts(text) and editor_accepts(text)


@settings(max_examples=350, deadline=None)
@given(spoiled())
def test_editor_and_reader_agree(document):
    text = written(document)
    assert reader_accepts(text) == editor_accepts(text), text


def test_a_disagreement_would_be_seen():
    text = "format: 1\nlanguage: en\ntitle: T\nsections: [{body: a}]\n"
    assert not reader_accepts(text) and not editor_accepts(text)
    careless = copy.deepcopy(SCHEMA)
    careless["$defs"]["Section"]["required"].remove("heading")
    assert editor_accepts(text, Draft202012Validator(careless))


def test_starter_is_good_for_both():
    text = starter("x", "en", "Heat rash")
    assert reader_accepts(text) and editor_accepts(text)


@pytest.mark.parametrize(
    "line",
    [
        "review: {reviewed: 2023-02-29}",  # no expression of bearable length knows leap years
        "review: {reviewed: 0x7E1}",  # numbers that are spelt in other ways than people write years
        "sections: [{heading: a, body: [{table: {columns: [a], rows: [{head: b, cells: [Null]}]}}]}]",  # the word null
    ],
)
def test_known_differences(line):
    """All that we know of besides NOT_IN_SCHEMA: the editor lets it pass, the reader does not."""
    text = f"format: 1\nlanguage: en\ntitle: T\n{line}\n"
    assert editor_accepts(text) and not reader_accepts(text)
