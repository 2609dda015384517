"""Reads the bytes of a YAML file as nodes that know their places. No type is guessed: every value is text."""

from __future__ import annotations

import os
import re
from pathlib import Path

from generator.model.problem import Place, Problem, Rejected, Text
from generator.model.record import field, record

from .files import Read, TooLarge, read_bytes

LARGEST = 2_000_000
"""Bytes; a leaflet has about 10,000."""
DEEPEST = 50
"""Levels of lists and mappings; the deepest content needs about 16."""

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Control characters (Unicode Cc but tab and line feed), the line and paragraph separators that YAML 1.1 counts as
line ends and editors do not, a byte order mark within the text, and non-characters."""
_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_SAVE = "save the file as UTF-8"


class Scalar:
    """A piece of text, as it is written."""

    __slots__ = ("place", "plain", "text")

    def __init__(self, text: str, place: Place, plain: bool) -> None:
        self.text = text
        self.place = place
        """Where it begins; of a block (| or >) where its first words stand; of a missing value its key."""
        self.plain = plain
        """Not in quotes and no block: YAML would guess a type."""

    @property
    def void(self) -> bool:
        """Whether YAML takes it for no value (YAML 1.2.2, 10.3.2)."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


class Sequence(list):
    """A list of nodes."""

    __slots__ = ("place",)

    def __init__(self, place: Place) -> None:
        self.place = place


class Mapping(dict):
    """Key (a `Text`) → node."""

    __slots__ = ("allowed", "marks", "place")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.marks: dict[str, Place] = {}
        """Key → where it stands."""
        self.allowed: tuple[str, ...] = ()
        """Keys that the schema knows here; filled in by schema.py."""


Node = Scalar | Sequence | Mapping


@record(slots=True)
class Source:
    """A file, read but not yet judged."""

    file: str
    """As shown in places."""
    root: Node
    problems: list[Problem] = field(default_factory=list)
    """Faults which do not keep the rest from being read: keys that stand twice, anchors, tags …"""


def shown(path: Path, project: Path) -> str:
    """The path as the user would type it: relative to the project where it is inside."""
    absolute, base = Path(os.path.abspath(path)), Path(os.path.abspath(project))
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else str(path)


def read_source(path: Path, project: Path, read: Read = read_bytes) -> Source:
    """The nodes of a file, its bytes taken from `read`. Raises Rejected where it cannot be read or is not YAML (the first fault of syntax only)."""
    file = shown(path, project)
    try:
        if not os.path.isfile(path):
            raise _reject(Place(file), "there is no such file")
        if _leads_out(path, project):
            raise _reject(Place(file), "this file is a link that leads out of the project", "copy the file itself here")
        data = read(path, LARGEST)
    except TooLarge:
        raise _too_large(file) from None
    except OSError as error:
        raise _reject(Place(file), f"the file cannot be read: {(error.strerror or str(error)).lower()}") from None
    return parse(data, file)


def _leads_out(path: Path, project: Path) -> bool:
    """Whether a file of the project is a link to one outside of it. (A whole folder may be linked in.)"""
    if not os.path.islink(path) or not Path(os.path.abspath(path)).is_relative_to(os.path.abspath(project)):
        return False
    real = Path(os.path.realpath(path))
    return not any(real.is_relative_to(os.path.realpath(home)) for home in (project, path.parent))


def parse(data: bytes, file: str) -> Source:
    """As `read_source`, of bytes; `file` is the name shown in places."""
    if len(data) > LARGEST:
        raise _too_large(file)
    text = _decode(data, file)
    unseen = [
        Problem(_place(text, found.start(), file), _unseen(found[0]), "delete it; such come with pasted text")
        for found, _ in zip(_UNSEEN.finditer(text), range(20))
    ]
    if unseen:
        raise Rejected(unseen)
    return _Composer(text, file).run()


def _too_large(file: str) -> Rejected:
    return _reject(Place(file), f"the file is larger than {LARGEST // 1_000_000} MB", "pictures have their own")


def _reject(place: Place, message: str, hint: str = "") -> Rejected:
    return Rejected([Problem(place, message, hint)])


def _unseen(sign: str) -> str:
    return f"the character U+{ord(sign):04X}, which cannot be seen, may not stand here"


def _place(text: str, index: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _decode(data: bytes, file: str) -> str:
    """Text with line feeds as the only line ends. Raises Rejected if the bytes are not UTF-8 (RFC 3629)."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            raise _reject(Place(file), f"the file is saved as {name}", _SAVE)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return _unix(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = _unix(data[: error.start].decode("utf-8"))
        place = _place(before, len(before), file)
        raise _reject(place, f"the byte 0x{data[error.start]:02X} is not UTF-8", _SAVE) from None


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Composer:
    """Builds nodes from YAML's events, without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.open: list[Sequence | Mapping] = []
        """The containers around the next node."""
        self.key: Text | None = None
        """The key of the innermost mapping that waits for its value."""

    def run(self) -> Source:
        import yaml
        from yaml import events

        documents = 0
        try:
            for event in yaml.parse(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
                kind = type(event)
                if kind is events.ScalarEvent:
                    self.mind(event)
                    self.add(self.scalar(event))
                elif kind is events.MappingStartEvent:
                    self.mind(event)
                    self.start(Mapping(self.place(event.start_mark)))
                elif kind is events.SequenceStartEvent:
                    self.mind(event)
                    self.start(Sequence(self.place(event.start_mark)))
                elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                    self.open.pop()
                elif kind is events.AliasEvent:
                    self.alias(event)
                elif kind is events.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        place = self.place(event.start_mark)
                        raise _reject(place, "a second document begins here", "a file holds one; delete the line '---'")
        except yaml.YAMLError as error:
            raise Rejected([explain(error, self)]) from None
        if self.root is None or (isinstance(self.root, Scalar) and self.root.void):
            raise _reject(Place(self.file), "the file is empty")
        return Source(self.file, self.root, self.problems)

    def place(self, mark) -> Place:
        """The place of a mark; marks behind the last line are drawn back to the end of the last line with words."""
        line, column = mark.line, mark.column
        if line >= len(self.lines) or (line == len(self.lines) - 1 and not self.lines[line]):
            line = max((n for n, words in enumerate(self.lines) if words.strip()), default=0)
            column = len(self.lines[line].rstrip())
        return Place(self.file, line + 1, column + 1)

    def scalar(self, event) -> Scalar:
        mark, style, value = event.start_mark, event.style, event.value
        if style in ("|", ">"):
            for number in range(mark.line + 1, len(self.lines)):
                if words := self.lines[number].lstrip(" "):
                    return Scalar(value, Place(self.file, number + 1, len(self.lines[number]) - len(words) + 1), False)
        place = self.place(mark)
        if style == '"' and (unseen := _UNSEEN.search(value)):
            self.fault(place, _unseen(unseen[0]), "delete its \\ sign")
        if not style:
            if not value and self.key is not None:
                place = self.open[-1].marks.get(self.key, place)
            elif value:
                self.cut_short(event.end_mark)
        return Scalar(value, place, not style)

    def cut_short(self, end) -> None:
        """Words behind " #" are a comment to YAML and would be lost; who means a comment sets it off by two spaces."""
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        column = len(line[: end.column].rstrip())
        if line[column: column + 2] == " #":
            self.fault(Place(self.file, end.line + 1, column + 2), "what follows '#' is a comment and would not be printed",
                       "put the text in quotes; or set the comment off by two spaces")

    def start(self, node: Sequence | Mapping) -> None:
        if len(self.open) == DEEPEST:
            raise _reject(node.place, f"lists and mappings are nested more than {DEEPEST} deep here")
        self.add(node)
        self.open.append(node)

    def add(self, node: Node) -> None:
        """Puts a node where it belongs: the top, the list, the key, or the key's value."""
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if isinstance(parent, Sequence):
            parent.append(node)
        elif self.key is None:
            self.add_key(parent, node)
        else:
            if self.key.place == parent.marks[self.key]:  # else it is the second of its name
                parent[self.key] = node
            self.key = None

    def add_key(self, parent: Mapping, node: Node) -> None:
        if not isinstance(node, Scalar):
            raise _reject(node.place, "a list or mapping cannot be a key", "put text that begins with { or [ in quotes")
        key = self.key = Text(node.text, node.place)
        if key == "<<" and node.plain:
            self.fault(node.place, "merge keys (<<) are not read", "write the keys out")
        elif key in parent.marks:
            self.fault(node.place, f"the key '{key}' stands twice", f"first on line {parent.marks[key].line}")
        parent.marks.setdefault(key, node.place)

    def alias(self, event) -> None:
        place = self.place(event.start_mark)
        hint = "write the words out; put text that begins with * in quotes"
        self.fault(place, f"the alias '*{event.anchor}' is not read", hint)
        self.add(Scalar(f"*{event.anchor}", place, False))

    def mind(self, event) -> None:
        """Anchors and tags."""
        if event.anchor is not None or event.tag is not None:
            place = self.place(event.start_mark)
            if event.anchor is not None:
                self.fault(place, f"the anchor '&{event.anchor}' is not read", "put text that begins with & in quotes")
            else:
                self.fault(place, "tags (!) are not read", "put text that begins with ! in quotes")

    def fault(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(Problem(place, message, hint))


# ── syntax errors in plain words ─────────────────────────────────────────────────────────────────────────────────────


def explain(error, composer: _Composer) -> Problem:
    """What libyaml (or PyYAML's own parser) says, in words for the author. `error` is a yaml.YAMLError."""
    raw, context = getattr(error, "problem", None) or str(error), getattr(error, "context", None) or ""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(Place(composer.file), "this is not valid YAML", raw)
    place = composer.place(mark)
    began = composer.place(error.context_mark) if error.context_mark else place
    line = composer.lines[place.line - 1]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return Problem(Place(place.file, place.line, indent.index("\t") + 1), "a tab in the indentation", "use spaces")
    for pattern, at_start, message, hint in _SYNTAX:
        if re.search(pattern, f"{context}: {raw}"):
            place = began if at_start else place
            if "flow node" in context and composer.open:
                place = composer.open[-1].place
            sign = composer.lines[place.line - 1][place.column - 1 : place.column]
            return Problem(place, message.format(sign=sign), hint)
    head = line[: place.column - 1]
    if "mapping values" in raw and ": " in head:
        return Problem(place, "a colon followed by a space in text without quotes", "put the whole text in quotes")
    if "mapping values" in raw:
        place = Place(place.file, place.line, len(indent) + 1)
        return Problem(place, "a key cannot stand here", "check the indentation of this line and of the one above")
    if "]" in head or "}" in head:
        return Problem(place, "words after a closing bracket", "put the whole text in quotes")
    if "'" in head or '"' in head:
        hint = "put the whole text in quotes; within '…' an apostrophe is written ''"
        return Problem(place, "words after a closing quote", hint)
    return Problem(place, "this does not fit what stands above", "check the indentation; list items begin with '- '")


_QUOTE = "put the whole text in quotes"
_SYNTAX = (
    # what the parser says, whether the place is where the broken thing begins, what we say
    ("unexpected end of stream", True, "the quote {sign} is never closed", "write it at the end of the text too"),
    ("escape|hexdec|hexadec", False, "an unknown sign after \\ in double quotes", "use single quotes"),
    ("scanning an (alias|anchor)", True, "text cannot begin with {sign}", _QUOTE),
    ("cannot start any token|directive", True, "text cannot begin with {sign}", _QUOTE),
    ("scanning a simple key", True, "a key or text without a colon", "write 'key: text'; indent text that goes on"),
    ("scanning a block scalar", False, "{sign} cannot stand here", "begin the text on the next line, indented"),
    ("parsing a flow", True, "the bracket {sign} is not closed rightly", "put text that begins with [ or { in quotes"),
    ("tag", True, "tags (!) are not read", "put text that begins with ! in quotes"),
    ("sequence entries", False, "a list item cannot begin here", "begin it on a line of its own"),
    ("incompatible", False, "this version of YAML is not read", "delete the line"),
    ("exceeded", False, f"lists and mappings are nested more than {DEEPEST} deep here", ""),
)
