"""How problems and progress are shown: in colour and with the source line on a terminal, as plain lines elsewhere."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Self

from ..kept.files import read_bytes
from ..model.problem import Problem
from ..model.run import Chosen, Event

LARGEST = 2_000_000
"""Largest file of which a line is shown, in bytes; larger text files are not read for leaflets either."""
TAB = 4
"""Columns to the next tab stop, in a shown source line."""
COLOURS = {"red": 31, "green": 32, "yellow": 33, "blue": 34, "cyan": 36}
"""Numbers of a terminal's own colours (ECMA-48, 8.3.117), in which its user has chosen what they look like."""


def coloured(stream: IO[str]) -> bool:
    """Whether to write colours: on a terminal, unless NO_COLOR is set or the terminal is dumb (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def style(text: str, colour: str | None = None, bold: bool = False, dim: bool = False) -> str:
    """The text as a terminal shows it in a colour, bold or dim."""
    codes = [COLOURS[colour]] if colour else []
    return "".join(f"\x1b[{code}m"
                   for code in (*codes, *([1] if bold else []), *([2] if dim else []))) + text + "\x1b[0m"


def say(text: str = "", stream: IO[str] | None = None) -> None:
    """Writes one or more lines at once, so that a person who waits sees the output grow. stream: None: standard
    error."""
    stream = sys.stderr if stream is None else stream
    if os.name == "nt" and stream.isatty():
        import click  # knows what the consoles of Windows need

        click.echo(text, file=stream)
        return
    stream.write(f"{text}\n")
    stream.flush()


def put(line: str, stream: IO[str]) -> None:
    """Writes a line of a terminal in place of the one that was put there before; "" takes that one away."""
    text = f"\r\x1b[K{line}"
    if os.name == "nt":
        import click  # colorama reads the signs for consoles that do not

        click.echo(text, file=stream, nl=False)
        return
    stream.write(text)
    stream.flush()


def explained(chosen: Chosen) -> str:
    """What copy-fit chose, and how full each panel is."""
    fill = "   ".join(f"{name} {part:.0%}" for name, part in chosen.fill)
    return f"        {chosen.body:g} pt: {chosen.reason}\n        filled: {fill}"


# ── problems ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def built_as_json(events: Iterable[Event], problems: Iterable[Problem]) -> str:
    """An object with `files` (each: file as an absolute path, state, milliseconds) and `problems`."""
    import json

    files = [{"file": os.path.abspath(event.file), "state": event.kind, "milliseconds": round(event.milliseconds)}
             for event in events if event.file is not None]
    return json.dumps({"files": files, "problems": _objects(problems)}, ensure_ascii=False, indent=2)


def _objects(problems: Iterable[Problem]) -> list[dict]:
    found = []
    for problem in problems:
        place = problem.place
        found.append(
            {
                "file": place.file if place else None,
                "line": place.line if place else None,
                "column": place.column if place else None,
                "severity": problem.severity,
                "message": problem.message,
                "hint": problem.hint,
            }
        )
    return found


def as_lines(problems: Iterable[Problem]) -> str:
    """`file:line:column: message (hint)`, one line a problem: for editors, logs and other programs."""
    return "".join(f"{harmless(str(problem))}\n" for problem in problems)


def for_terminal(problems: Sequence[Problem], project: Path, width: int, colours: bool) -> str:
    """Each problem with its source line, a caret under its column and the hint; `width` in columns of the terminal."""
    dyed = style if colours else lambda text, *_, **__: text
    sources: dict[str, list[str]] = {}
    out = []
    for problem in problems:
        kind = dyed(f"{problem.severity}:", "red" if problem.severity == "error" else "yellow", bold=True)
        where = dyed(f"{harmless(str(problem.place))}: ", bold=True) if problem.place else ""
        out.append(f"{where}{kind} {harmless(problem.message)}")
        if place := problem.place:
            if place.file not in sources:
                sources[place.file] = _lines(project / place.file)
            lines = sources[place.file]
            if place.line <= len(lines):
                number = f"{place.line:>5} "
                shown, at = excerpt(lines[place.line - 1], place.column, max(20, width - len(number) - 2))
                bar = dyed("|", "blue")
                out.append(f"{dyed(number, 'blue')}{bar} {shown}")
                out.append(f"{' ' * len(number)}{bar} {' ' * at}{dyed('^', 'red', bold=True)}")
        if problem.hint:
            out.append(f"      {dyed('hint:', 'cyan')} {harmless(problem.hint)}")
    return "".join(f"{line}\n" for line in out)


def count(problems: Iterable[Problem]) -> str:
    """ "2 errors, 1 warning", or "" for none."""
    kinds = [problem.severity for problem in problems]
    said = []
    for kind in ("error", "warning", "note"):
        if number := kinds.count(kind):
            said.append(f"{number} {kind}{'s' if number > 1 else ''}")
    return ", ".join(said)


def excerpt(line: str, column: int, width: int) -> tuple[str, int]:
    """The part of a source line that fits `width` columns of a terminal and holds `column` (1-based, in characters).

    Returns what to show and the column (0-based) under which the caret stands. Tabs become spaces, characters that
    would steer the terminal become a sign, and wide characters count twice (Unicode Standard Annex 11).
    """
    cells: list[tuple[str, int]] = []
    used = 0
    for character in line:
        columns = TAB - used % TAB if character == "\t" else _columns(character)
        cells.append((" " * columns if character == "\t" else harmless(character), columns))
        used += columns
    at = min(column - 1, len(cells))
    first, last = 0, len(cells)
    if used > width:
        room = width - 2
        # The spot stands at about two thirds of the excerpt, so that the words before it can be read.
        first, before = at, 0
        while first > 0 and before + cells[first - 1][1] <= room * 2 // 3:
            first -= 1
            before += cells[first][1]
        last, used = first, 0
        while last < len(cells) and used + cells[last][1] <= room:
            used += cells[last][1]
            last += 1
    left, right = "…" if first else "", "…" if last < len(cells) else ""
    shown = left + "".join(text for text, _ in cells[first:last]) + right
    return shown.rstrip(), len(left) + sum(columns for _, columns in cells[first:at])


def harmless(text: str) -> str:
    """The text without characters that would steer a terminal (control and bidirectional format characters)."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\u200c\u200d"
                   else c for c in text)


def _columns(character: str) -> int:
    if (unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me")
        or character in "\u200c\u200d"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _lines(file: Path) -> list[str]:
    """The lines of a source file, or none where they cannot be shown (no such file, not text)."""
    try:
        text = read_bytes(file, LARGEST).decode("utf-8-sig", errors="replace")
    except (OSError, ValueError):
        return []
    return [] if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


# ── progress ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Progress:
    """Shows each file as soon as it is built; on a terminal, also how many are done."""

    def __init__(self, stream: IO[str], explain: bool = False) -> None:
        """explain: tell what copy-fit chose for each leaflet, too."""
        self.stream, self.explain = stream, explain
        self.count = ""
        """The last line of the terminal, as long as the run goes on."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_) -> None:
        if self.count:
            put("", self.stream)

    def tell(self, event: Event) -> None:
        """Shows an Event of a run."""
        if event.file is not None:
            name = named(event.file)
            if event.kind == "built":
                self._say("built ", "green", name, f"  {event.milliseconds:.0f} ms" if event.milliseconds else "")
                if self.explain and event.chosen is not None:
                    say(explained(event.chosen), self.stream)
            elif event.kind == "kept":
                self._say("kept  ", "blue", name, " (up to date)")
            elif event.kind == "planned":
                self._say("would build", "green", name, "")
            elif event.kind == "moved":
                self._say("moved ", "yellow", name, "  (its leaflet is gone or can't be built)")
            else:
                self._say("failed", "red", name, "")
        if event.total > 1 and event.kind not in ("kept", "moved") and coloured(self.stream):
            self._advance(event)

    def _say(self, word: str, colour: str, name: str, rest: str) -> None:
        if not coloured(self.stream):
            say(f"{word}  {name}{rest}", self.stream)
            return
        if self.count:
            put("", self.stream)
        say(f"{style(word, colour)}  {name}{style(rest, dim=True)}", self.stream)
        if self.count:
            put(self.count, self.stream)

    def _advance(self, event: Event) -> None:
        self.count = style(f"{event.done} of {event.total}", dim=True)
        put(self.count, self.stream)


def named(file: Path) -> str:
    """The path as one would type it here: relative to the current folder where that is shorter."""
    try:
        return harmless(min(os.path.relpath(file), str(file), key=len))
    except (OSError, ValueError):  # the current folder is gone; on Windows, the file is on another drive
        return harmless(str(file))
