"""Reads printers.yaml of a project, and writes a new reading into its text.

    office-2nd-floor:
      right: 0.8mm
      up: -0.4mm
"""

from __future__ import annotations

import re
from pathlib import Path

from generator.model.layout import MM
from generator.model.printing import Printer
from generator.model.problem import Place, Problem, Rejected

from .files import Read, read_bytes
from .kinds import nearest, quoted
from .schema import read_as
from .source import read_source, shown

FILE = "printers.yaml"
FARTHEST = 5 * MM
"""More than this is no printer's fault; it would move words off the paper."""
HEAD = "# How the back side is put right on each printer; written by `leaflet calibrate`, or by hand.\n"


def read_printers(project: Path, read: Read = read_bytes) -> dict[str, Printer]:
    """The printers of a project, by name; none where it has no printers.yaml. Raises Rejected."""
    if not (project / FILE).exists():
        return {}
    source = read_source(project / FILE, project, read)
    printers = read_as(dict[str, Printer], source)
    problems = [
        Problem(source.root[name][key].place, f"{quoted(key)} is more than {FARTHEST / MM:g} mm", "measure again")
        for name, printer in printers.items()
        for key in ("right", "up")
        if abs(getattr(printer, key)) > FARTHEST
    ]
    if problems:
        raise Rejected(problems)
    return printers


def read_printer(name: str, project: Path, read: Read = read_bytes) -> Printer:
    """The printer of that name. Raises Rejected, also where there is none."""
    printers = read_printers(project, read)
    if name not in printers:
        file = shown(project / FILE, project)
        known = nearest(name, printers) or (f"there is: {', '.join(printers)}" if printers else f"write it with `leaflet calibrate --printer {name}`")
        raise Rejected([Problem(Place(file), f"there is no printer {quoted(name)}", known)])
    return printers[name]


def with_printer(text: str, name: str, right: float, up: float) -> str:
    """The text of printers.yaml with this printer's readings (mm) in place of, or after, those it has."""
    block = f"{name}:\n  right: {right:g}mm\n  up: {up:g}mm\n"
    own = re.compile(rf"^(['\"]?){re.escape(name)}\1[ \t]*:.*\n?(?:(?:[ \t]+.*|[ \t]*)(?:\n|\Z))*?(?=^\S|\Z)", re.MULTILINE)
    if own.search(text):
        return own.sub(lambda found: block + ("\n" if found[0].endswith("\n\n") else ""), text, count=1)
    return (text.rstrip("\n") + "\n" if text.strip() else HEAD) + block
