"""Random changes of content files, and whether one left everything else as it was.

EDITS=1000 in the environment makes a thousand of them.
"""

from __future__ import annotations

import random
from pathlib import Path

from generator.model.content import Block, Contact, Question, Row, Section, Step, Term
from generator.model.outline import steps_of
from generator.model.problem import Rejected
from generator.model.record import is_record, names
from generator.model.walk import Value, values
from generator.recipe.draft import Draft, at_model, typed
from generator.recipe.editing import Desk, hash_of

EDITED = Path(__file__).parent / "edited.yaml"
PIECES = (
    "the heart", "tablets", "at 8:30", "call us: 999", "50 % of", "(see below)", "“quoted”", '"quoted"', "it's",
    "# no comment", "a # b", "- minus", "-", "--", "* star", "& co", "!important", "? really", "| pipe", "> more",
    "{braces}", "[brackets]", "@home", "`code`", "%", "key: value", "true", "No", "null", "~", "12", "1.10",
    "2017-07-03", "心臓は筋肉です。", "القلب عضلة", "שלום",
    "é", "e\u0301", "😀", "\u00a0", "a\u00a0b", "\\", "\\n", "C:\\x", "''", '""', ":", ",",
    "word" * 30, "…", "–", "and so on, and so on", "we are glad to help you with it whenever you need it",
)


def words(chance: random.Random, kind: str) -> str:
    """Something that somebody could type into a place of this kind."""
    def line() -> str:
        return " ".join(chance.choice(PIECES) for _ in range(chance.choice((1, 1, 2, 3, 8, 25))))

    if kind != "prose":
        return line() + chance.choice(("", " ", "  "))
    lines = [line() for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    return chance.choice(("\n\n", "\n\n", "\n", "\n- ", "\n\n\n")).join(lines) + chance.choice(("", " ", "\n", "  \n"))


def near(chance: random.Random, text: str) -> str:
    """A text with a few words put in, taken out or changed."""
    parts = text.split(" ")
    at = chance.randrange(len(parts))
    parts[at : at + chance.choice((0, 1, 1, 3))] = [chance.choice(PIECES)] * chance.choice((0, 1, 1))
    return " ".join(parts)


def words_of(content) -> dict[str, str]:
    return {one.path: one.text for one in values(content)}


def change_one(desk: Desk, file: Path, chance: random.Random) -> str:
    """Change one text at random. Returns what happened; fails where anything else changed."""
    before = file.read_bytes()
    draft = Draft(file, desk.project, before)
    there = [one for one in values(draft.content) 
             if one.kind in ("line", "inline", "prose") and one.known]
    value: Value = chance.choice(there)
    new = near(chance, value.text) if chance.random() < 0.6 else words(chance, value.kind)
    try:
        desk.change(file, hash_of(before), value.path, lambda one: one.say(value.path, new, value.kind))
    except Rejected as rejected:
        assert file.read_bytes() == before, "what is refused is not written"
        return f"refused: {value.path} {rejected.problems[0].message}"
    after = file.read_bytes()
    wanted = words_of(draft.content) | {value.path: typed(new, value.kind)}
    assert words_of(Draft(file, desk.project, after).content) == wanted
    part = draft.way(value.path)[0][-1]
    untouched(before, after, part.start, part.end)
    return "kept"


def untouched(before: bytes, after: bytes, start: int, end: int) -> None:
    """Every byte outside two offsets (in characters, with line feeds as line ends) is as it was."""
    old, new = (data.decode().replace("\r\n", "\n") for data in (before, after))
    assert new[:start] == old[:start]
    assert new.endswith(old[end:])
    assert before.count(b"\r\n") == 0 or b"\n" not in after.replace(b"\r\n", b""), "line ends stay what they are"


# ── lists ──


def lists_of(content, path: str = "") -> list[tuple[str, list]]:
    """(path, items) of every list of a content that has items."""
    found = []
    pairs = ([(f"{path}[{number}]", one) for number, one in enumerate(content)] if isinstance(content, list)
             else [(f"{path}.{name}" if path else name, getattr(content, name)) for name in names(content)]
             if is_record(content) else [])
    for inner, one in pairs:
        if isinstance(one, list) and one and inner not in ("cover_title", "layouts"):
            found.append((inner, one))
        found += lists_of(one, inner)
    return found


def entry(chance: random.Random, like) -> object:
    """Plain data of an item that could stand beside another one."""
    if isinstance(like, Block):
        return chance.choice((
            {"text": words(chance, "prose").strip() or "x"},
            {"box": {"kind": "note", "text": words(chance, "prose").strip() or "x"}},
            {"steps": [{"text": words(chance, "line").strip() or "x"}, {"text": "Then that."}]},
            {"table": {"columns": ["What", "A"], "rows": [{"head": "one", "cells": ["1: 2"]}]}}))
    made = {Section: {"heading": "A new one", "body": words(chance, "prose").strip() or "x"},
            Step: {"text": "Do: this"}, Row: {"head": "More", "cells": ["a", "b # c"]},
            Question: {"question": "Why?", "answer": "Because: so."}, Term: {"term": "A", "meaning": "B"},
            Contact: {"name": "Ward 2"}}
    return made.get(type(like), words(chance, "line").strip() or "x")


def rearrange_one(desk: Desk, file: Path, chance: random.Random) -> str:
    """Put in, move or take out an item at random. Returns what happened; fails where anything else changed."""
    before = file.read_bytes()
    draft = Draft(file, desk.project, before)
    path, items = chance.choice(lists_of(draft.content))
    act, index = chance.choice(("insert", "insert", "remove", "move")), chance.randrange(len(items))
    to = chance.randrange(len(items))
    data = entry(chance, items[0])
    try:
        desk.change(file, hash_of(before), path, {
            "insert": lambda one: one.insert(path, index, data), "remove": lambda one: one.remove(f"{path}[{index}]"),
            "move": lambda one: one.move(path, index, to)}[act])
    except Rejected as rejected:
        assert file.read_bytes() == before, "what is refused is not written"
        return f"{act} refused: {rejected.problems[0].message}"
    old, new = draft.content, Draft(file, desk.project, file.read_bytes()).content
    if act == "move":
        moved = list(items)
        moved.insert(to, moved.pop(index))
        assert at_model(new, steps_of(path)) == moved
        assert sorted(file.read_bytes().split(b"\n")) == sorted(before.split(b"\n")) or b"[" in before
    elif act == "insert":
        assert [one for number, one in enumerate(at_model(new, steps_of(path))) if number != index] == items
        assert left_out(file.read_bytes(), before), "nothing but the new lines is new"
    elif len(items) > 1:
        assert at_model(new, steps_of(path)) == items[:index] + items[index + 1 :]
        assert left_out(before, file.read_bytes()), "nothing but lines of the item is gone"
    outside = [(name, getattr(old, name) == getattr(new, name)) for name in names(old)]
    assert all(same for name, same in outside if name != steps_of(path)[0])
    return "kept"


def left_out(longer: bytes, shorter: bytes) -> bool:
    """Whether the shorter text is the longer one with one stretch left out (or with `- text:` put before a text)."""
    head = next((at for at, (one, two) in enumerate(zip(longer, shorter)) if one != two), len(shorter))
    tail = len(shorter) - head
    return not tail or longer.endswith(shorter[head:]) or b"- text: " in longer[head:]
