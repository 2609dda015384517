"""Reads the bytes of a YAML file as nodes with places. No type is guessed: every value is text."""

from __future__ import annotations

import re
from pathlib import Path

from ..kept.files import Read, TooLarge, leads_out, read_bytes
from ..model.problem import Place, Problem, Problems, Rejected, Text
from ..model.record import field, record
from ..model.wording import shown
from .nodes import DEEPEST, WIDE_THEN_SIGN, Mapping, Node, Scalar, Sequence, wide_space
from .paragraphs import unfolded
from .places import indentation

LARGEST = 2_000_000
"""Bytes; a leaflet has about 10,000."""

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
_NEXT = re.compile(r" *(?:- |-$|[a-z_]+:(?: |$))")
"""The beginning of a line that holds an item or a key."""


@record(slots=True)
class Source:
    """A file, read but not yet judged."""

    file: str
    """As shown in places."""
    root: Node
    problems: Problems = field(default_factory=Problems)
    """Faults which do not keep the rest from being read: keys that stand twice, anchors, tags …"""


def read_source(path: Path, project: Path, read: Read = read_bytes) -> Source:
    """The nodes of a file, its bytes taken from `read`. Raises Rejected where it cannot be read or is not YAML
    (the first fault of syntax only)."""
    file = shown(path, project)
    try:
        if leads_out(path, project):
            raise _reject(Place(file), "this file is a link that leads out of the project", "copy the file itself here")
        data = read(path, LARGEST)
    except FileNotFoundError:
        raise _reject(Place(file), "there is no such file") from None
    except TooLarge:
        raise _too_large(file) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise _reject(Place(file),
                      f"the file cannot be read: {(getattr(error, 'strerror', None) or str(error)).lower()}") from None
    return parse(data, file)


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
    return Composer(text, file).run()


class Empty(Rejected):
    """A file that says nothing: there is nothing in it, or only comments."""


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


class Composer:
    """Builds nodes from YAML's events, without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.lines = text.split("\n")
        self.problems = Problems()
        self.root: Node | None = None
        self.open: list[Sequence | Mapping] = []
        """The containers around the next node."""
        self.columns: list[int] = [0]
        """For each of them, where the innermost one that has no brackets begins: what it holds is indented more."""
        self.key: Text | None = None
        """The key of the innermost mapping that waits for its value."""
        self.last = None
        """The event of the last scalar."""

    def run(self) -> Source:
        import yaml
        from yaml import events

        documents = 0
        try:
            for event in yaml.parse(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
                kind = type(event)
                if kind is events.ScalarEvent:
                    self.mind(event)
                    self.last = event
                    self.add(self.scalar(event))
                elif kind is events.MappingStartEvent:
                    self.mind(event)
                    self.start(Mapping(self.place(event.start_mark)), event.flow_style)
                elif kind is events.SequenceStartEvent:
                    self.mind(event)
                    self.start(Sequence(self.place(event.start_mark)), event.flow_style)
                elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                    self.open.pop()
                    self.columns.pop()
                elif kind is events.AliasEvent:
                    self.alias(event)
                elif kind is events.DocumentStartEvent:
                    documents += 1
                    if documents > 1:
                        place = self.place(event.start_mark)
                        raise _reject(place, "a second document begins here", "a file holds one; delete the line '---'")
        except yaml.YAMLError as error:
            from .syntax import explain

            raise Rejected([explain(error, self)]) from None
        if self.root is None or (isinstance(self.root, Scalar) and self.root.void):
            raise Empty([Problem(Place(self.file), "the file is empty")])
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
        if not style and value and value[0] < "\x7f" and event.end_mark.line == mark.line:  # most of a file
            self.cut_short(event.end_mark)
            return Scalar(value, Place(self.file, mark.line + 1, mark.column + 1), True, None, value)
        if style in ("|", ">"):
            for number in range(mark.line + 1, len(self.lines)):
                if words := self.lines[number].lstrip(" "):
                    indent = len(self.lines[number]) - len(words)
                    prose = None
                    if style == ">" and value.strip():
                        prose = self.folded(number, indent - indentation(value.split("\n")), value)
                    return Scalar(value, Place(self.file, number + 1, indent + 1), False, prose, self.raw(event))
        place = self.place(mark)
        if style == '"' and (unseen := _UNSEEN.search(value)):
            self.fault(place, _unseen(unseen[0]), "delete its \\ sign")
        if not style:
            if not value and self.key is not None:
                place = self.open[-1].marks.get(self.key, place)
            elif value:
                self.cut_short(event.end_mark)
                if WIDE_THEN_SIGN.match(value) and (problem := wide_space(value, place)):
                    self.problems.add(problem)
        elif event.end_mark.line > mark.line:
            self.open_quote(event)
        end, prose, raw = event.end_mark, None, self.raw(event) if style else value
        # whose marks begin before the text
        if end.line > mark.line and value and event.tag is None and event.anchor is None:
            raw = self.raw(event)
            rows = raw[1:-1].split("\n") if style else raw.split("\n")
            prose = unfolded(style or None, rows, value)
        return Scalar(value, place, not style, prose, raw)

    def raw(self, event) -> str:
        return self.text[event.start_mark.index : event.end_mark.index]

    def folded(self, first: int, indent: int, value: str) -> str:
        """The text of a block in > whose lines begin at `first` (from 0), set in by `indent`."""
        rows = []
        for line in self.lines[first:]:
            if line.strip(" ") and len(line) - len(line.lstrip(" ")) < indent:
                break
            rows.append(line[indent:])
        return unfolded(">", rows, value)

    def open_quote(self, event) -> None:
        """Raises Rejected where a text in quotes goes on over the beginning of an item or key: its end was forgotten.

        Such a line is indented as far as its key is, or less. A text that goes on is indented more (YAML 1.2.2, 7.3);
        libyaml does not ask for it, so that a text may swallow keys or meet its end at the next quote, far below.
        """
        for number in range(event.start_mark.line + 1, event.end_mark.line + 1):
            line = self.lines[number]
            if _NEXT.match(line) and len(line) - len(line.lstrip(" ")) < self.columns[-1]:
                message = f"the quote {event.style} is not closed before line {number + 1}"
                raise _reject(self.place(event.start_mark), message, "write it at the end of the text, too")

    def cut_short(self, end) -> None:
        """Words behind " #" are a comment to YAML and would be lost; who means a comment sets it off by two spaces."""
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        column = len(line[: end.column].rstrip())
        if line[column: column + 2] == " #":
            message = "what follows '#' is a comment and would not be printed"
            hint = "put the text in quotes; or set the comment off by two spaces"
            self.fault(Place(self.file, end.line + 1, column + 2), message, hint)

    def start(self, node: Sequence | Mapping, brackets: bool) -> None:
        if len(self.open) == DEEPEST:
            raise _reject(node.place, f"lists and mappings are nested more than {DEEPEST} deep here")
        self.add(node)
        self.open.append(node)
        self.columns.append(self.columns[-1] if brackets else node.place.column)

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
        key = self.key = Text(node.text, node.place, node)
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
        self.problems.add(Problem(place, message, hint))
