"""Random changes of content files, and whether one left everything else as it was.

EDITS=1000 in the environment makes a thousand of them.
"""

from __future__ import annotations

import random
from pathlib import Path

from generator.model.problem import Rejected
from generator.model.walk import Value, values
from generator.recipe.editing import Desk, Draft, hash_of, typed

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
