"""Contents to try translations on: random ones of every key and sign, and a project on disk to import into."""

from __future__ import annotations

import functools
import re
import shutil
import unicodedata
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from project_kit import ROOT

from generator.model.content import (
    MANNER,
    SLOTS,
    Block,
    Content,
    Figure,
    Listing,
    Publisher,
    Review,
    Section,
    Table,
    Translation,
)
from generator.model.prose import composed
from generator.model.record import MISSING, fields, replace
from generator.read.content import read_alone
from generator.recipe.translation import exported, imported
from generator.translate.po import read_po, write_po
from generator.translate.xliff import read_xliff, write_xliff
from generator.write import write_content

FORMS = {"po": (".po", read_po, write_po), "xliff": (".xlf", read_xliff, write_xliff)}

SIGNS = "aZ09 .,:;-?!#&*|>%@`'\"\\{}[]()<~=+_/$^\t\u00a0äßİ–“”…\u200d\u200f\u2066\u05d0عมก漢\U0001f600\U00020bb7\u0301"


def seen(text: str) -> bool:
    """Whether there is anything to see in a text."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text)


WORD = st.text(SIGNS, min_size=1, max_size=12).map(lambda text: "".join(text.split())).filter(seen).map(composed)
LINE = st.one_of(
    st.text(SIGNS, min_size=1, max_size=30).map(str.strip).filter(seen),
    st.sampled_from(["yes", "~", "null", "12:30", "1.10", "0x1F", "- a", "a: b", "a #b", "? a", "'", '"', "<<", "---",
                     "a" * 99 + " b", "w " * 80 + "w", "two  " * 40 + "spaces", "a\rb", "%s {x}", "\\n",
                     "a • b – c 1. d " * 9 + "e", "x - 5 °C > 6 # 7 " * 8 + "y"]),
).map(composed)
PROSE = st.lists(st.one_of(LINE,
                           st.sampled_from(["", "", "- item", "1. item", "  indented", "    code", "two  ", "*a*",
                                            "> q", "  ", "• x", "a) b", "b) c", "– x", "> “q”", "- 5 °C", "2019. x",
                                            "+ 3 kg", "* note"])),
                 min_size=1, max_size=5).map("\n".join).map(lambda text: text.strip("\n")).filter(seen)
OPTIONS = ((), ("a",), ("- b: #c", "~"), ("yes", "'\"\\n"))
PASSAGES = ("emergency", "ward")
"""Shared passages of the project that leaflets are made in."""
LEAVES = {
    "line": LINE,
    "inline": LINE,
    "prose": PROSE,
    "date": st.sampled_from(["2017", "2017-07", "2017-07-03"]),
    "period": st.sampled_from(["2017", "2017–2019", "2017-07/2018-02"]),
    "language": st.just("en"),
    "url": st.sampled_from(["https://example.org/a?b=c#d", "tel:+49123", "mailto:a@b.example"]),
    "email": st.just("a@b.example"),
    "slug": st.sampled_from(("ward", "next-visit", "bed")),
    "colour": st.just("#1a2b3c"),
    "percent": st.just("60%"),
    "picture": st.just("inhaler.svg"),
}


@functools.cache
def of(hint: Any, options: tuple[str, ...], outer: tuple[type, ...] = ()) -> st.SearchStrategy:
    """Values of a type; `options` are the file's, `outer` the classes around it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return LEAVES[arguments[1].kind]
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        return st.one_of(st.none() if one is type(None) else of(one, options, outer) for one in arguments)
    if origin is list:
        if arguments[0] is Block and Block in outer:  # blocks in blocks are texts here, so that contents stay small
            return st.lists(st.builds(Block, text=PROSE), min_size=1, max_size=2)
        if outer.count(arguments[0]) > 2:
            return st.just([])
        return st.lists(of(arguments[0], options, outer), min_size=1, max_size=2)
    if origin is dict:
        keys = (of(arguments[0], options, outer) if get_origin(arguments[0])
                else st.one_of(WORD, LINE.filter(lambda key: "<<" != key)))
        return st.dictionaries(keys, of(arguments[1], options, outer), min_size=1, max_size=2)
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.just(1)
    return entry(hint, options, outer)


@functools.cache
def entry(cls: type, options: tuple[str, ...], outer: tuple[type, ...] = ()) -> st.SearchStrategy:
    hints = get_type_hints(cls, include_extras=True)
    given = {}
    for name, field in fields(cls).items():
        value = of(hints[name], options, (*outer, cls)) if not (cls is Content and name == "translation") else st.none()
        if field.default is not MISSING:
            value = st.one_of(st.just(field.default), value)
        elif field.default_factory is not MISSING:
            value = st.one_of(st.builds(field.default_factory), value)
        given[name] = value
    if cls is Block:
        def block(name: str) -> st.SearchStrategy:
            if name == "use":
                return st.builds(Block, use=st.sampled_from(PASSAGES))
            beside = {"text": PROSE} if name == "plain" else {}  # a plainer text stands beside another one
            value = of(hints[name], options, (*outer, cls)).filter(lambda value: value is not None)
            return st.builds(Block, **beside, **{name: value})

        return st.sampled_from(sorted(set(given) - set(MANNER))).flatmap(block)
    if cls is Section:
        given["option"] = st.sampled_from([None, *options])
    if cls is Review:
        given["next_review"] = st.none()
    if cls is Figure:
        given["caption"] = st.one_of(st.none(), LINE)
        given["alt"], given["decorative"] = LINE, st.just(False)
        given["views"] = st.dictionaries(WORD, st.sampled_from(options), max_size=2) if options else st.just({})
    if cls is Listing:
        given["start"] = st.just(1)
    if cls is Table:
        return st.builds(cls, **given).map(lambda table: fitting(table, options))
    if cls is Publisher:  # no two fields have one name
        given["personal"] = given["personal"].map(lambda fields: list({one.name: one for one in fields}.values()))
    if cls is Content:
        given["phrases"] = given["phrases"].map(with_slots)
        given["abbreviations"] = given["abbreviations"].map(lambda all: list({one.short: one for one in all}.values()))
    return st.builds(cls, **given)


def with_slots(phrases: dict[str, str]) -> dict[str, str]:
    """The phrases with what is filled in, and nothing else, in braces."""
    return {key: " ".join([re.sub("[{}]", ".", phrase), *(f"{{{slot}}}" for slot in SLOTS.get(key, ()))])
            for key, phrase in phrases.items()}


def fitting(table: Table, options: tuple[str, ...]) -> Table:
    """The table with no more cells in a row than there are columns for, compared columns that are the options, and
    no more kinds than columns."""
    compare = table.compare and bool(options)
    columns = [*(table.columns[:1] or ["w"]), *options] if compare else table.columns
    columns = [column if isinstance(column, str) else "g" for column in columns] if compare else columns
    most = sum(len(getattr(column, "columns", "1")) for column in columns) - 1 if columns else 9

    def row(one):
        if hasattr(one, "cells"):
            return replace(one, head=one.head or "h", cells=[] if compare else one.cells[:most])
        return replace(one, rows=[row(inner) for inner in one.rows])

    rows = [row(one) for one in table.rows]
    kinds = [] if compare else table.kinds[:len(columns)]
    return replace(table, compare=compare, columns=columns, rows=rows, kinds=kinds,
                   blank_rows=table.blank_rows or int(not rows))


@st.composite
def contents(draw) -> Content:
    """Content files in English that the reader accepts, of every key and sign."""
    options = draw(st.sampled_from(OPTIONS))
    words = draw(st.lists(WORD, min_size=1, max_size=4))
    made = draw(entry(Content, options))
    cut = draw(st.integers(0, len(words)))
    lines = [" ".join(part) for part in (words[:cut], words[cut:]) if part] if cut else []
    return replace(made, title=" ".join(words), cover_title=lines, options=list(options))


def project(root: Path, content: Content | None = None) -> Path:
    """A project with one leaflet; returns its content file."""
    folder = root / "content" / "case"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "tests" / "samples" / "everything" / "inhaler.svg", folder)
    (root / "content" / "shared").mkdir(exist_ok=True)
    for name in PASSAGES:
        for language in ("en", "tr"):
            file = root / "content" / "shared" / f"{name}.{language}.yaml"
            file.write_text("body:\n  - text: Call 112.\n", encoding="utf-8")
    if content is not None:
        (folder / "en.yaml").write_bytes(write_content(content, "# a test")[0].encode())
    return folder / "en.yaml"


def translated(text: str, form: str, translation=lambda unit: unit.text) -> str:
    """What a translator makes of an exported file."""
    _, read, write = FORMS[form]
    sheet = read(text.encode(), "it")
    for unit in sheet.units:
        unit.target, unit.done = translation(unit), True
    return write(sheet)


def there_and_back(source: Path, root: Path, form: str) -> Content:
    """The content file that is made of a translation that says what the source says."""
    suffix, _, _ = FORMS[form]
    file = root / f"it{suffix}"
    file.write_text(translated(exported(root, source, "tr", form), form), encoding="utf-8", newline="")
    target, data, problems = imported(root, file, partial=False)
    assert {problem.message for problem in problems} <= {"the translation reads as the source"}
    target.write_bytes(data)
    return read_alone(target, root)


def as_original(content: Content, original: Content) -> Content:
    """A translation, with what it says of itself as in the original."""
    review = replace(content.review, status=original.review.status, fingerprint=original.review.fingerprint)
    assert isinstance(content.translation, Translation)
    assert content.phrases == {}  # each language has its own
    return replace(content, language=original.language, review=review, phrases=original.phrases,
                   translation=original.translation)
