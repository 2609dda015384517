"""The YAML of a content file, as an author would write it: keys in the order of the file that
it was translated from, paragraphs in blocks, quotes only where YAML needs them."""

from __future__ import annotations

import json
import re
from typing import Any

from ..model.content import Block, Content, Entry, Translation
from ..model.problem import Place
from ..model.prose import begins
from ..model.record import MISSING, field, fields, names, record

WIDTH = 100
"""Characters of a line, where it can be broken."""
ABROAD = r"[^\x00-\x7f\s]"
"""Signs beyond ASCII mean nothing to YAML, wherever they stand."""
PLAIN = re.compile(
    rf"(?:\d+ )?(?!\d|_)(?:\w|{ABROAD})(?:[\w ,.;!?()/%+&*=@\"\[\]'-]|{ABROAD}|:(?! |$))*|\d{{4}}-\d\d(-\d\d)?")
"""Text that YAML takes for text without quotes."""
INNER = re.compile(rf"(?:\d+ )?(?!\d|_)(?:\w|{ABROAD})(?:[\w .;!?()/%+'-]|{ABROAD})*")
"""As PLAIN, in a list in brackets, where a comma would end the item."""
KEY = re.compile(r"[A-Za-z_][\w.-]*(?:\[[\w-]*\][\w.-]*)*", re.ASCII)
FIRST, LAST = Place(""), Place(chr(0x10FFFF))
GUESSED = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "nan", "inf"}
"""Words that YAML 1.1 or 1.2 take for something else."""


def write_content(content: Content, head: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The YAML of a content file, and where in it each value begins: (line, column, path), in the order of the lines.

    `head` are the comments above it.
    """
    page = Page()
    page.lines = [*head.splitlines(), ""]
    page.entry(content, "", "")
    return "\n".join(page.lines) + "\n", page.starts


@record(slots=True)
class Page:
    """Lines of YAML, to which values are added."""

    lines: list[str] = field(default_factory=list)
    starts: list[tuple[int, int, str]] = field(default_factory=list)

    def start(self, column: int, path: str) -> None:
        """The value of `path` begins on the line after the last one, at `column` (from 0)."""
        self.starts.append((len(self.lines) + 1, column + 1, path))

    def entry(self, entry: Entry, indent: str, path: str, first: str | None = None) -> None:
        """The keys of an entry, each on its line; `first` is what stands before the
        first key in place of the indent."""
        tall = False
        for name, value in _given(entry):
            above, tall = tall, _tall(value)
            if not indent and len(self.lines) > 1 and (above or tall or name == "title"):
                self.gap()
            lead, first = (indent if first is None else first), None
            self.value(value, f"{lead}{key_of(name)}:", indent, f"{path}.{name}" if path else name)

    def gap(self) -> None:
        if self.lines[-1]:
            self.lines.append("")

    def value(self, value: Any, lead: str, indent: str, path: str) -> None:
        """A value behind its key, or behind the sign of its list item; `indent` is that of the key."""
        inner = indent + "  "
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], Block) and (
                value[0].text is not None and value[0].plain is None):
            self.scalar(value[0].text, lead, indent, f"{path}[0].text")
        elif isinstance(value, list) and _short(value, len(lead)):
            column, words = len(lead) + 2, []
            for number, item in enumerate(value):
                words.append(one_line(item, INNER))
                self.start(column, f"{path}[{number}]" if path != "cover_title" else path)
                column += len(words[-1]) + 2
            self.lines.append(f"{lead} [{', '.join(words)}]")
        elif isinstance(value, list):
            self.lines.append(lead)
            for number, item in enumerate(value):
                if number and path in ("sections", "questions.items"):
                    self.gap()
                at = f"{path}[{number}]" if path != "cover_title" else path
                if isinstance(item, Entry) and _given(item):
                    self.entry(item, inner + "  ", at, inner + "- ")
                else:
                    self.scalar(item, f"{inner}-", inner, at)
        elif isinstance(value, dict):
            self.lines.append(lead)
            for key, item in value.items():
                self.scalar(item, f"{inner}{key_of(key)}:", inner, f"{path}[{key}]")
        elif isinstance(value, Entry) and _given(value):
            self.lines.append(lead)
            self.entry(value, inner, path)
        else:
            self.scalar(value, lead, indent, path)

    def scalar(self, value: Any, lead: str, indent: str, path: str) -> None:
        self.start(len(lead) + 1, path)
        if isinstance(value, Entry):
            self.lines.append(f"{lead} {{}}")
        elif value is None:
            self.lines.append(f'{lead} ""')
        elif isinstance(value, bool):
            self.lines.append(f"{lead} {str(value).lower()}")
        elif not isinstance(value, str):
            self.lines.append(f"{lead} {value}")
        elif "\n" in value and value == value.strip() and "\r" not in value:
            self.lines.append(f"{lead} |")
            self.lines += [f"{indent}  {line}" if line else "" for line in value.split("\n")]
        elif len(lead) + len(value) > WIDTH and foldable(value):
            self.lines.append(f"{lead} >-")
            self.lines += [f"{indent}  {line}" for line in folded(value, WIDTH - len(indent) - 2)]
        else:
            self.lines.append(f"{lead} {one_line(value, PLAIN)}")


def _given(entry: Entry) -> list[tuple[str, Any]]:
    """The fields that say something else than their default, in the order in which their values stand in their file.

    Numbers and true, which know no place, come first; what the program itself looks after comes last.
    """
    found, last = [], Place("")
    for number, (name, own) in enumerate(fields(entry).items()):
        value = getattr(entry, name)
        default = own.default if own.default_factory is MISSING else own.default_factory()
        if value is None or value == default:
            continue
        last = _place(value) or last
        where = FIRST if isinstance(value, (bool, int)) else LAST if isinstance(value, Translation) else last
        found.append((where, number, name, value))
    return [(name, value) for _, _, name, value in sorted(found, key=lambda one: one[:2])]


def _place(value: Any) -> Place | None:
    """Where a value begins: the first place in it."""
    if isinstance(value, Entry):
        places = [_place(getattr(value, name)) for name in names(value)]
    elif isinstance(value, (list, dict)):
        places = [_place(item) for item in (value.values() if isinstance(value, dict) else value)]
    else:
        return getattr(value, "place", None)
    return min((place for place in places if place), default=None)


def _tall(value: Any) -> bool:
    """Whether it takes more than a line or two."""
    return isinstance(value, (Entry, dict)) or (isinstance(value, list) and not _short(value, 20))


def _short(value: list, used: int) -> bool:
    """Whether a list can stand in brackets behind its key."""
    words = ["" if item is None else item for item in value]
    return (all(isinstance(word, str) and "\n" not in word for word in words)
            and used + sum(len(word) + 4 for word in words) <= WIDTH)


def key_of(name: str) -> str:
    return name if KEY.fullmatch(name) and name.lower() not in GUESSED else json.dumps(name, ensure_ascii=False)


def one_line(value: str | None, plain: re.Pattern) -> str:
    """A text on one line. What JSON quotes, YAML reads alike (YAML 1.2.2, 1.3)."""
    value = value or ""
    if plain.fullmatch(value) and value.lower() not in GUESSED and value == value.rstrip():
        return value
    return json.dumps(value, ensure_ascii=False)


def foldable(value: str) -> bool:
    return "  " not in value and value == value.strip() and not re.search(r"[\t\r\n]", value)


def folded(value: str, width: int) -> list[str]:
    """The words on lines of a width. No line begins with what might be read as the mark of a list there."""
    lines = [""]
    words = value.split(" ")
    for number, word in enumerate(words):
        full = lines[-1] and len(lines[-1]) + 1 + len(word) > width
        if full and not lines[-1].endswith("\\") and not begins(" ".join(words[number : number + 20])):
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines
