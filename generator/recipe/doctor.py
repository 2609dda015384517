"""Looks at this machine: what is installed, what is missing, and whether a leaflet can be made."""

from __future__ import annotations

import platform
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter

from ..kept import library
from ..kept.write import write
from ..model import VERSION
from ..model.problem import Rejected
from ..model.record import record
from ..read.profile import free_profile

EXTRAS = (
    ("cjk", "manimgx-fonts-cjk", "Chinese, Japanese and Korean letters"),
    ("fonts", "manimgx-fonts", "letters of Bengali, Punjabi, Tamil and others; emoji"),
    ("hyphens", "pyphen", "parting of long words"),
    ("spelling", "chunspell", "words that no dictionary knows, in reports"),
    ("press", "pikepdf", "files for a print shop"),
    ("press", "pyvips[binary]", "the free colour profile of a press"),
    ("spreadsheets", "python-calamine", "lists of people as XLSX"),
    ("encryption", "pikepdf", "copies with a password"),
    ("cluster", "distributed", "copies made by several machines"),
)
"""Extra, its package as pip is asked for it, what it is for; as [project.optional-dependencies] of pyproject.toml has
them."""


@record(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    what: str
    state: str
    """ok, missing or wrong. What is missing is not needed for the main job."""
    said: str


def look(root: Path | None) -> list[Finding]:
    """What is found. root: the project, or None where there is none around the current folder."""
    found = [Finding("program", "ok", f"leaflet {VERSION}, Python {platform.python_version()} on {platform.system()}")]
    for folder in library.folders(root) if root else library.built_in():
        names = sorted(spec.parent.name for spec in folder.glob("*/layout.yaml"))
        found.append(Finding("layouts", "ok" if names else "missing",
                             f"{', '.join(names) or 'none'}  ({folder})"))
    if not library.built_in():
        found.append(Finding("layouts", "wrong", "those that come with the program are not there: install it anew"))
    for extra, package, purpose in EXTRAS:
        found.append(_extra(extra, package, purpose))
    found.append(_trial())
    return found


def _extra(extra: str, package: str, purpose: str) -> Finding:
    """pyvips is looked at with what it needs: a package of that name alone can't open its library."""
    name = package.partition("[")[0]
    try:
        there = version(name)
        if name == "pyvips":
            free_profile()
        return Finding(f"extra {extra}", "ok", f"{purpose}: {name} {there}")
    except (PackageNotFoundError, Rejected):
        command = f"{Path(sys.executable).name} -m pip install {repr(package) if '[' in package else package}"
        return Finding(f"extra {extra}", "missing", f"{purpose}: {command}")


def _trial() -> Finding:
    """Makes the leaflet of a new content file, in a folder that is removed again."""
    from .begin import begin
    from .build import build
    from .starter import picture, starter

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        begin(root)
        file = root / "content" / "trial" / "en.yaml"
        file.parent.mkdir()
        write(file, starter("trial", "en", "Trial").encode())
        name, data = picture()
        write(file.with_name(name), data)
        began = perf_counter()
        try:
            made = build(root, [file], papers=["a4"], workers=1)
        except (OSError, Rejected) as error:
            return Finding("test leaflet", "wrong", str(error))
        if made.failed:
            return Finding("test leaflet", "wrong", "; ".join(map(str, made.problems)))
        size = sum(path.stat().st_size for path in made.files) / 1000
        return Finding("test leaflet", "ok", f"{len(made.files)} PDFs, {size:.0f} kB, {perf_counter() - began:.1f} s")
