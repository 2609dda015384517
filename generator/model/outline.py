"""A YAML file as its signs stand: where each text, list and mapping begins and ends. What changes a file at one place
alone (write/edit.py, write/lists.py) works on it."""

from __future__ import annotations

import re

from .record import field, record

Step = str | int
"""A key, or the number of an item from 0."""
_STEP = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")


@record(slots=True, eq=False)
class Part:
    """A value of a file. Offsets are in characters of the text whose line ends are line feeds."""

    kind: str
    """text, list or mapping."""
    start: int
    end: int
    """Behind its last sign; empty lines and comments below it do not belong to it."""
    column: int
    """Where it begins on its line, from 0: the first dash of a list, the first key of a mapping."""
    style: str = ""
    """Of a text: ' " | > or "" without quotes. Of a list or mapping: [ or { in brackets, else ""."""
    items: list[Part] = field(default_factory=list)
    keys: dict[str, Part] = field(default_factory=dict)
    """Key → its value, in the order of the file."""
    heads: dict[str, Part] = field(default_factory=dict)
    """Key → where it is written itself."""

    def inner(self, step: Step) -> Part | None:
        """The value at a key or number; None where there is none."""
        if isinstance(step, str):
            return self.keys.get(step)
        return self.items[step] if 0 <= step < len(self.items) else None


@record(frozen=True, slots=True)
class Edit:
    """The characters from `start` to `end` become `new`."""

    start: int
    end: int
    new: str

    def of(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]


def steps_of(path: str) -> tuple[Step, ...]:
    """The steps of a path as model/walk.py has it: sections[2].body[0].text; what stands in brackets behind the name of
    a mapping is a key."""
    return tuple(int(inner) if inner.isdecimal() else inner or name for inner, name in _STEP.findall(path))


def chain(root: Part, steps: tuple[Step, ...]) -> tuple[list[Part], tuple[Step, ...]]:
    """The parts on the way from the top to a place, the top itself first, and the steps that lead there in the file.

    A text may stand in place of a list with one block of text, whose path ends with [0].text: then the steps are fewer.
    Raises KeyError where the file has no such place.
    """
    found = [root]
    for number, step in enumerate(steps):
        here = found[-1]
        if here.kind == "text" and steps[number:] in ((0, "text"), (0,)):
            return found, steps[:number]
        inner = here.inner(str(step)) if here.kind == "mapping" else here.inner(step)
        if inner is None:
            raise KeyError(step)
        found.append(inner)
    return found, steps
