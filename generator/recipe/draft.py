"""A file of content/ while it is changed in memory: each change is read back and compared before it is taken.

A change is written in the ways that write/ knows, best first. The first is taken that reads as it was meant, with
everything else as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..model.content import Shared
from ..model.names import PUBLISHER, SHARED
from ..model.outline import Edit, Part, Step, chain, steps_of
from ..model.problem import Problem, Rejected
from ..model.prose import composed
from ..model.record import is_record, record
from ..model.walk import WORDS, Value, values
from ..model.wording import shown

ONE_LINE = ("line", "inline", "date", "language", "slug", "url", "colour", "picture", "email", "choice")


def refuse(message: str, hint: str = "") -> Rejected:
    return Rejected([Problem(None, message, hint)])


def read_file(path: Path, project: Path, data: bytes) -> Any:
    """What a file of content/ says, were these its bytes: a Content, a Publisher or a Shared. Raises Rejected."""
    if path == project / PUBLISHER:
        from ..read.content import read_publisher

        return read_publisher(project, lambda file, most: data)
    if path.parent == project / SHARED:
        from ..model.problem import Text
        from ..read.passages import read_shared

        name, _, language = path.stem.rpartition(".")
        return Shared(read_shared(Text(name), language, project, lambda file, most: data))
    from ..read.content import read_alone

    return read_alone(path, project, data)


# ── what a file says, without places ─────────────────────────────────────────────────────────────────────────────────


@record(frozen=True, slots=True)
class Typed:
    """A text as it is meant to read. kind: as walk.Value.kind; "" for what is compared without white space around."""

    text: str
    kind: str = ""


def said(node: Any) -> Any:
    """The lists and mappings of a file; in place of each text: the text as YAML reads it, the text with its paragraphs
    apart, and whether it has no quotes. Line ends behind a block are no part of its text to any reader of the model."""
    if isinstance(node, list):
        return [said(one) for one in node]
    if isinstance(node, dict):
        return {str(key): said(one) for key, one in node.items()}
    return node.text.strip("\n"), node.prose.strip("\n"), node.plain


def reads_as(wanted: Any, found: Any) -> bool:
    """Whether a file says what is wanted: what `said` gives, with Typed and plain data in it where something is new."""
    if isinstance(wanted, Typed):
        if not isinstance(found, tuple):
            return False
        text = found[1] if wanted.kind == "prose" else found[0].strip()
        return composed(text) == wanted.text
    if isinstance(wanted, list):
        return isinstance(found, list) and len(wanted) == len(found) and all(map(reads_as, wanted, found))
    if isinstance(wanted, dict):
        return (isinstance(found, dict) and wanted.keys() == found.keys()
                and all(reads_as(one, found[key]) for key, one in wanted.items()))
    return wanted == found


def cleaned(data: Any) -> Any:
    """Plain data with each text as it can be written."""
    if isinstance(data, list):
        return [cleaned(one) for one in data]
    if isinstance(data, dict):
        return {key: cleaned(one) for key, one in data.items()}
    return typed(data, "prose") if isinstance(data, str) else data


def meant(data: Any) -> Any:
    """Plain data as `reads_as` wants it."""
    if isinstance(data, list):
        return [meant(one) for one in data]
    if isinstance(data, dict):
        return {key: meant(one) for key, one in data.items()}
    if isinstance(data, bool):
        return Typed(str(data).lower())
    return Typed(composed(str(data)), "prose")


def typed(new: str, kind: str) -> str:
    """What somebody typed, as it can be written: line ends alike, no white space around it, and on one line where the
    kind asks for one."""
    new = new.replace("\r\n", "\n").replace("\r", "\n")
    new = " ".join(new.split("\n")) if kind in ONE_LINE else "\n".join(line.rstrip("\t") for line in new.split("\n"))
    return composed(new.strip())


# ── a file in memory ─────────────────────────────────────────────────────────────────────────────────────────────────


class Draft:
    """A file of content/ while it is changed in memory. Raises Rejected where it cannot be read as it stands."""

    def __init__(self, path: Path, project: Path, data: bytes) -> None:
        self.path, self.project, self.data = path, project, data
        self.name = shown(path, project)
        self.content = read_file(path, project, data)
        self._load()

    def _load(self) -> None:
        from ..read.outline import outline
        from ..read.source import parse

        self.raw = self.data.decode("utf-8")
        self.text = self.raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        source = parse(self.data, self.name)
        if source.problems:
            raise Rejected(source.problems)
        self.root = said(source.root)
        self.top: Part = outline(self.text)

    def value(self, path: str) -> Value:
        """The value at a path of model/walk.py. Raises Rejected where there is none."""
        for one in values(self.content):
            if one.path == path:
                return one
        raise refuse("this text is no longer there", "look at the page as it is now")

    def way(self, path: str | tuple[Step, ...]) -> tuple[list[Part], tuple[Step, ...]]:
        """As outline.chain, of a path or its steps. Raises Rejected where the file has no such place."""
        try:
            return chain(self.top, steps_of(path) if isinstance(path, str) else path)
        except (KeyError, ValueError):
            raise refuse("this place is no longer there", "look at the page as it is now") from None

    # ── changes ──

    def say(self, path: str | tuple[Step, ...], new: str, kind: str) -> None:
        """Write another text at a path. Raises Rejected where no way of writing it reads as it was typed."""
        from ..write.edit import text_edits

        way, steps = self.way(path)
        if way[-1].kind != "text":
            raise refuse("here stands no text")
        new = typed(new, kind)
        if not new:
            raise refuse("the text is empty", "to take it out, choose Remove")
        self._keep(text_edits(self.text, self.top, way, new, kind in WORDS), put(self.root, steps, Typed(new, kind)))

    def say_all(self, path: str, new: str) -> None:
        """As `say`, with the texts that must say the same: the lines of the title on a cover, the names of options."""
        value = self.value(path)
        new = typed(new, value.kind)
        old = [one for one in values(self.content) if one.name in ("title", "cover_title", "options") or one.linked]
        if path in ("title", "cover_title"):
            lines = next((one for one in old if one.path == "cover_title"), None)
            if lines:
                fresh = new.split("\n") if path == "cover_title" else broken_alike(new, lines.text.split("\n"))
                self.lines("cover_title", [one for one in (" ".join(line.split()) for line in fresh) if one])
            if " ".join(new.split()) != " ".join(self.value("title").text.split()):
                self.say("title", " ".join(new.split()), "line")
        elif value.linked or value.name == "options":
            for one in old:
                if (one.linked or one.name == "options") and one.text == value.text:
                    self.say(one.path, new, one.kind)
        else:
            self.say(path, new, value.kind)

    def lines(self, path: str, new: list[str]) -> None:
        """Write another list of lines at a path."""
        from ..write.lists import all_items

        way, steps = self.way(path)
        if not new:
            raise refuse("the text is empty", "to take it out, choose Remove")
        self._keep([all_items(way[-1], new)], put(self.root, steps, meant(new)))

    def insert(self, path: str, index: int, data: Any) -> None:
        """Put an item into the list at a path, which may not be there yet."""
        from ..write.lists import insert, spread

        data = cleaned(data)
        try:
            way, steps = chain(self.top, steps_of(path))
        except KeyError:
            if at_model(self.content, steps_of(path)):
                raise refuse("what stands here is not written in the file, but goes without saying",
                             "write the whole list into the file") from None
            outer, _, key = path.rpartition(".")
            self.add_key(outer, key, [data])
            return
        if way[-1].kind == "text":
            self._keep([spread(self.text, way, str(steps[-1]))],
                       put(self.root, steps, [{"text": at(self.root, steps)}]))
            way, steps = self.way(path)
        items = at(self.root, steps)
        if not 0 <= index <= len(items):
            raise refuse("this place is no longer there")
        self._keep([insert(self.text, way[-1], index, data)],
                   put(self.root, steps, [*items[:index], meant(data), *items[index:]]))

    def remove(self, path: str) -> None:
        """Take out the item or key at a path; with the last item of a list goes the list."""
        from ..write.lists import remove, remove_key

        way, steps = self.way(path)
        if not steps:
            raise refuse("the whole file cannot be taken out here")
        outer = way[-2]
        if outer.kind == "list" and len(outer.items) > 1:
            items = at(self.root, steps[:-1])
            index = int(steps[-1])
            self._keep([remove(self.text, outer, index)], put(self.root, steps[:-1], items[:index] + items[index + 1:]))
        elif outer.kind == "list":
            self.remove(path[: path.rindex("[")])
        elif len(outer.keys) == 1:
            self.remove(_above(path))
        else:
            left = dict(at(self.root, steps[:-1]))
            del left[str(steps[-1])]
            self._keep([remove_key(self.text, outer, str(steps[-1]))], put(self.root, steps[:-1], left))

    def move(self, path: str, index: int, to: int) -> None:
        """Take an item of the list at a path to another place in it."""
        from ..write.lists import move

        way, steps = self.way(path)
        if way[-1].kind != "list" or not (0 <= index < len(way[-1].items) and 0 <= to < len(way[-1].items)):
            raise refuse("there is nothing to move past")
        items = list(at(self.root, steps))
        items.insert(to, items.pop(index))
        self._keep([move(self.text, way[-1], index, to)], put(self.root, steps, items))

    def add_key(self, path: str, key: str, data: Any) -> None:
        """Give the mapping at a path ("": the top) a key that it lacks."""
        from ..write.lists import add_key

        data = cleaned(data)
        way, steps = self.way(path)
        if way[-1].kind != "mapping" or key in way[-1].keys:
            raise refuse(f"'{key}' cannot be added here")
        left = at(self.root, steps) | {key: meant(data)}
        order = self._order(left)
        self._keep([add_key(self.text, way[-1], key, data, order)], put(self.root, steps, left))

    def column(self, path: str, index: int, heading: str | None = None, to: int | None = None) -> None:
        """Put a column into the table at a path, before the one at `index` (heading given), take it to another place
        (`to` given), or take it out. The first column, that of the row headings, stays."""
        columns = at_model(self.content, steps_of(path)).columns
        rows = list(self._rows(path))
        plain = all(cell is None or isinstance(cell, str) or cell.columns == 1 for _, cells in rows for cell in cells)
        if not plain or not all(one is None or isinstance(one, str) for one in columns):
            raise refuse("in this table headings or cells go over several columns", "change its columns in the file")
        last = len(columns) if heading is not None else len(columns) - 1
        if not (1 <= index <= last and (to is None or 1 <= to <= last)):
            raise refuse("this column cannot be changed", "the first one names the rows")
        if heading is not None:
            self.insert(f"{path}.columns", index, heading)
        elif to is not None:
            self.move(f"{path}.columns", index, to)
        else:
            self.remove(f"{path}.columns[{index}]")
        for row, cells in rows:
            there, count = f"{row}.cells", len(cells)
            if heading is not None and index <= count:
                self.insert(there, index - 1, "")
            elif to is not None and max(index, to) > count:
                if min(index, to) <= count:
                    raise refuse("a row of this table has no cell for this column", "give it one first")
            elif to is not None:
                self.move(there, index - 1, to - 1)
            elif heading is None and index <= count:
                self.remove(f"{there}[{index - 1}]")

    def _rows(self, path: str) -> Iterable[tuple[str, list]]:
        """(path, cells) of each row of a table."""
        for number, row in enumerate(at_model(self.content, steps_of(path)).rows):
            inner = getattr(row, "rows", None)
            if inner is None:
                yield f"{path}.rows[{number}]", row.cells
            else:
                yield from ((f"{path}.rows[{number}].rows[{at}]", one.cells) for at, one in enumerate(inner))

    def _order(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The order in which the model has these keys."""
        from ..read.shapes import orders

        return orders(type(self.content), frozenset(keys))

    def _keep(self, edits: Iterable[Edit], wanted: Any) -> None:
        """Take the first of several ways to write a change that reads as it is wanted. Raises Rejected if none does."""
        before = self.data, self.raw, self.text, self.root, self.top
        why: tuple[Problem, ...] = ()
        for edit in edits:
            self.data = self._applied(edit)
            try:
                self._load()
                if reads_as(wanted, self.root):
                    return
            except Rejected as rejected:
                why = rejected.problems
            self.data, self.raw, self.text, self.root, self.top = before
        raise Rejected(why or [Problem(None, "this text cannot be written here so that it reads as it was typed",
                                       "leave out signs that cannot be seen")])

    def _applied(self, edit: Edit) -> bytes:
        """The bytes of the file after an edit, all others as they were, whatever its line ends are."""
        bom = len(self.raw) - len(self.raw.removeprefix("\ufeff"))
        if "\r" not in self.raw:
            start, end, new = edit.start + bom, edit.end + bom, edit.new
        else:
            ends = "\r\n" if "\r\n" in self.raw else "\r"
            new = edit.new.replace("\n", ends)
            start, end = (_in_raw(self.raw, bom, spot) for spot in (edit.start, edit.end))
        return (self.raw[:start] + new + self.raw[end:]).encode()

    def judge(self) -> None:
        """Read the whole file by its rules, and the marks in texts that are new. Raises Rejected with what a change has
        made wrong."""
        from ..merge.markdown import faults

        before = {one.text for one in values(self.content)}
        self.content = read_file(self.path, self.project, self.data)
        fresh = [one for one in values(self.content) if one.kind in ("prose", "inline") and one.known
                 and one.text not in before]
        if wrong := faults((one.kind, one.value) for one in fresh):
            raise Rejected(wrong)


def at(root: Any, steps: Iterable[Step]) -> Any:
    """What stands at a place of lists and dicts."""
    for step in steps:
        root = root[str(step)] if isinstance(root, dict) else root[int(step)]
    return root


def at_model(content: Any, steps: Iterable[Step]) -> Any:
    """What stands at a place of a content. Raises Rejected where there is nothing."""
    try:
        for step in steps:
            content = (getattr(content, str(step)) if is_record(content) else content[step])
        return content
    except (AttributeError, LookupError, TypeError):
        raise refuse("this place is no longer there", "look at the page as it is now") from None


def broken_alike(new: str, lines: list[str]) -> list[str]:
    """The words of a title on lines as an older one had them: a word that is new stands on the line of the one before
    it."""
    from difflib import SequenceMatcher

    old = [(word, number) for number, line in enumerate(lines) for word in line.split()]
    words = new.split()
    found = SequenceMatcher(None, [word for word, _ in old], words, autojunk=False).get_matching_blocks()
    line_of = {block.b + step: old[block.a + step][1] for block in found for step in range(block.size)}
    made: dict[int, list[str]] = {}
    here = 0
    for at, word in enumerate(words):
        here = line_of.get(at, here)
        made.setdefault(here, []).append(word)
    return [" ".join(line) for line in made.values()]


def put(root: Any, steps: tuple[Step, ...], new: Any) -> Any:
    """The lists and dicts with something else at one place."""
    if not steps:
        return new
    inner = put(at(root, steps[:1]), steps[1:], new)
    if isinstance(root, dict):
        return root | {str(steps[0]): inner}
    return [*root[: int(steps[0])], inner, *root[int(steps[0]) + 1 :]]


def _above(path: str) -> str:
    return path[: max(path.rfind("."), path.rfind("["))]


def _in_raw(raw: str, bom: int, spot: int) -> int:
    """Where the character that is number `spot` with line feeds as line ends stands in a text that has others."""
    place = bom
    for _ in range(spot):
        place += 2 if raw.startswith("\r\n", place) else 1
    return place
