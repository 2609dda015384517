"""Reads printers.yaml of a project, and writes a new reading into its text.

    office-2nd-floor:
      right: 0.8mm
      up: -0.4mm
"""

from __future__ import annotations

import re
from pathlib import Path

from ..kept.files import Read, absent, read_bytes
from ..model.layout import MM
from ..model.names import PRINTERS
from ..model.printing import Printer
from ..model.problem import Place, Problem, Problems, Rejected
from ..model.wording import nearest, quoted, shown
from .schema import read_as
from .source import Source, parse, read_source

FARTHEST = 5 * MM
"""More than this is no printer's fault; it would move words off the paper."""
NAME = r"[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*"
RESERVED = ("press", "tumble", "sheet")
"""Names of files have these words in the place of a printer's name."""
HEAD = "# How the back side is put right on each printer; written by `leaflet calibrate`, or by hand.\n"


def read_printers(project: Path, read: Read = read_bytes) -> dict[str, Printer]:
    """The printers of a project, by name; none where it has no printers.yaml. Raises Rejected."""
    if absent(project / PRINTERS):
        return {}
    return _checked(read_source(project / PRINTERS, project, read))


def checked(data: bytes, file: str) -> dict[str, Printer]:
    """As `read_printers`, of bytes; `file` is the name shown in places."""
    return _checked(parse(data, file))


def _checked(source: Source) -> dict[str, Printer]:
    printers = read_as(dict[str, Printer], source)
    problems = Problems([
        Problem(source.root.marks[name], f"{quoted(name)} cannot be the name of a printer",
                "letters, digits and hyphens, such as office")
        for name in printers if not re.fullmatch(NAME, name) or name in RESERVED
    ])
    far = (
        Problem(source.root[name][key].place, f"{quoted(key)} is more than {FARTHEST / MM:g} mm", "measure again")
        for name, printer in printers.items()
        for key in ("right", "up")
        if abs(getattr(printer, key)) > FARTHEST
    )
    for problem in far:
        problems.add(problem)
    if problems:
        raise Rejected(sorted(problems, key=lambda problem: problem.place))
    return printers


def read_printer(name: str, project: Path, read: Read = read_bytes) -> Printer:
    """The printer of that name. Raises Rejected, also where there is none."""
    printers = read_printers(project, read)
    if name not in printers:
        file = shown(project / PRINTERS, project)
        known = (nearest(name, printers) or (f"there is: {', '.join(printers)}" if printers
                                             else f"write it with `leaflet calibrate --printer {name}`"))
        raise Rejected([Problem(Place(file), f"there is no printer {quoted(name)}", known)])
    return printers[name]


def with_printer(text: str, name: str, right: float, up: float) -> str:
    """The text of printers.yaml with this printer's readings (mm) in place of, or after, those it has.
    Readings are rounded to 0.01 mm."""
    block = f"{name}:\n  right: {_hundredths(right)}mm\n  up: {_hundredths(up)}mm\n"
    own = re.compile(rf"^(['\"]?){re.escape(name)}\1[ \t]*:.*\n?(?:(?:[ \t]+.*|[ \t]*)(?:\n|\Z))*?(?=^\S|\Z)",
                     re.MULTILINE)
    if own.search(text):
        return own.sub(lambda found: block + ("\n" if found[0].endswith("\n\n") else ""), text, count=1)
    return (text.rstrip("\n") + "\n" if text.strip() else HEAD) + block


def _hundredths(millimetres: float) -> str:
    """A reading as it is written: to 0.01 mm, finer than any scale is read and any printer feeds."""
    return f"{round(millimetres, 2) + 0.0:g}"
