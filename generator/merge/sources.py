"""Finds the files of templates, and stamps every tag in their text with its place."""

from __future__ import annotations

import os
import re
import sys
from bisect import bisect_right
from pathlib import Path

from jinja2 import BaseLoader, TemplateNotFound, TemplateSyntaxError

from ..kept.files import absent, read_head
from ..model.late import Late
from ..model.problem import Place
from .places import CONTROL

LARGEST_FILE = 500_000
"""Bytes of a template."""


# ── stamps ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_PIECE = Late(
    r"(?P<comment>\{#.*?#\})"
    r"|(?P<raw>\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\})"
    r"|(?P<code>\{[{%])"
    r"|(?P<tag><)|(?P<end>>)|(?P<space>\s+)|(?P<words>[^\s<>{]+|\{)",
    re.DOTALL,
)
_CODE = Late(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[-+]?[}%]\}|[(\[{]|[)\]}]""", re.DOTALL)


def stamp(source: str, file: str, stamps: list[Place]) -> str:
    """The source of a template with a stamp before every tag, and before the first words of a line outside of tags."""
    starts = [0, *(found.end() for found in re.finditer("\n", source))]
    out: list[str] = []
    inside = False
    """Between the < and the > of a tag."""
    stamped = 0
    """Line of the last stamp."""
    position = 0
    while position < len(source):
        piece = _PIECE.match(source, position)
        kind, end = piece.lastgroup, piece.end()
        if kind == "code":
            end = _code_end(source, end, "%}" if piece[0] == "{%" else "}}")
        line = bisect_right(starts, position)
        if not inside and (
            kind == "tag" or (line != stamped and (kind == "words" or (piece[0] == "{{"
                and source[position + 2 : position + 3] != "-")))
        ):
            stamps.append(Place(file, line, position - starts[line - 1] + 1))
            out.append(f"\x01{len(stamps) - 1}\x01")
            stamped = line
        inside = (inside or kind == "tag") and kind != "end"
        out.append(source[position:end])
        position = end
    return "".join(out)


def _code_end(source: str, position: int, closer: str) -> int:
    """Index behind the }} or %} that ends the code, as Jinja's own lexer finds it: not within quotes or brackets."""
    depth = 0
    while found := _CODE.search(source, position):
        sign = found[0]
        position = found.end()
        if sign in ("(", "[", "{"):
            depth += 1
        elif sign.endswith(closer) and not depth:
            return position
        elif sign[0] not in "'\"":
            closing = sign.lstrip("-+%")
            depth = max(0, depth - 1)
            position -= len(closing) - 1
    return len(source)


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Loader(BaseLoader):
    """Finds a template in the first folder that has it. Templates stay parsed for as long as the same file is found
    with the same bytes in it, which is looked up once in every merge."""

    def __init__(self, folders: tuple[Path, ...], project: Path) -> None:
        self.folders = folders
        self.project = project
        self.sources: dict[str, str] = {}
        """File as shown → its text."""
        self.seen: set[str] = set()
        """Templates that have been compared with their files in this merge."""

    def find(self, name: str) -> Path | None:
        if CONTROL.search(name) or "\\" in name or any(part in ("", ".", "..") for part in name.split("/")):
            return None
        for folder in self.folders:
            file = folder / name
            if not absent(file):
                return file
        return None

    def shown(self, file: Path) -> str:
        full = Path(os.path.abspath(file))
        return full.relative_to(self.project).as_posix() if full.is_relative_to(self.project) else str(file)

    def get_source(self, environment, name: str):
        file = self.find(name)
        if file is None:
            raise TemplateNotFound(name)
        shown = self.shown(file)
        real = Path(os.path.realpath(file))
        if not any(real.is_relative_to(os.path.realpath(home)) for home in (self.project, *self.folders)):
            raise TemplateSyntaxError("this file is a link that leads out of the project", 1, name, shown)
        try:
            data = self.read(file)
        except OSError as error:
            raise TemplateSyntaxError(f"the file cannot be read: {(error.strerror or str(error)).lower()}", 1, name,
                                      shown) from None
        self.sources[shown] = source = _decoded(data, name, shown)
        self.seen.add(name)

        def uptodate() -> bool:
            if name not in self.seen:
                try:
                    if self.find(name) != file or self.read(file) != data:
                        return False
                except OSError:  # told when it is loaded again
                    return False
                self.seen.add(name)
            return True

        return source, shown, uptodate

    @staticmethod
    def read(file: Path) -> bytes:
        """The bytes of a template; of one that is too large, too many of them still. Raises OSError."""
        return read_head(file, LARGEST_FILE + 1)

    def load(self, environment, name: str, globals=None):
        """As Jinja's own, with the compiled template from the store where it is there."""
        source, shown, uptodate = self.get_source(environment, name)
        code = environment.compiled(source, name, shown)
        return environment.template_class.from_code(environment, code, globals or {}, uptodate)

    def names(self) -> set[str]:
        """Names of all templates, for hints."""
        return {file.relative_to(folder).as_posix() for folder in self.folders for file in folder.rglob("*.j2")}


def _decoded(data: bytes, name: str, shown: str) -> str:
    if len(data) > LARGEST_FILE:
        raise TemplateSyntaxError(f"a template may not be larger than {LARGEST_FILE // 1000} KB", 1, name, shown)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateSyntaxError("the file is not UTF-8", data.count(b"\n", 0, error.start) + 1, name, shown) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise TemplateSyntaxError(f"a control character (U+{ord(found[0]):04X}) in the file", line, name, shown)
    return text


# ── where ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def spot(environment, file: str, line: int, word: str = "") -> Place:
    """A place in a template; the column is that of the word, where the line has it."""
    lines = environment.loader.sources.get(file, "").split("\n")
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", lines[line - 1]) if word and line <= len(lines) else None
    return Place(file, line, found.start() + 1 if found else 1)


_STAND_IN = Late(r"t_\d+")
"""What Jinja calls the function it puts in place of a filter or test that does not exist; it has no line of its own."""


def raised_at(error: BaseException) -> Place | None:
    """Where in a template an exception was raised: the innermost frame that runs a template (the last frame of all is
    often in markupsafe). None: in no template."""
    found, frame = None, error.__traceback__
    while frame is not None:
        if "__jinja_template__" in frame.tb_frame.f_globals and not _STAND_IN.fullmatch(frame.tb_frame.f_code.co_name):
            found = frame
        frame = frame.tb_next
    return _frame_spot(found.tb_frame, found.tb_lineno, getattr(error, "word", "")) if found else None


def now_at(word: str = "") -> Place | None:
    """Where in a template the program is just now."""
    frame = sys._getframe(1)
    while frame is not None:
        if "__jinja_template__" in frame.f_globals:
            return _frame_spot(frame, frame.f_lineno, word)
        frame = frame.f_back
    return None


def _frame_spot(frame, line: int, word: str) -> Place:
    template = frame.f_globals["__jinja_template__"]
    return spot(template.environment, template.filename, template.get_corresponding_lineno(line), word)
