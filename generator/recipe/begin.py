"""Begins a project in a folder, and brings layouts that came with the program into it."""

from __future__ import annotations

import os
from pathlib import Path

from ..kept import library
from ..kept.write import write
from ..model.names import PUBLISHER
from ..model.problem import Problem, Rejected
from ..model.wording import nearest
from .starter import schema

START = Path(__file__).parent / "start"
FILES = {PUBLISHER: "publisher.yaml", "layouts/README.md": "layouts.md", ".gitignore": "gitignore",
         ".vscode/settings.json": "vscode.json"}
"""File of a new project → the file in START that it is a copy of."""
SCHEMA = "content/content.schema.json"


def begin(folder: Path) -> tuple[list[Path], list[Path]]:
    """Writes the files of a new project into `folder`. Returns those that were written, and those that were there
    already, which stay as they are. Raises OSError."""
    wanted = {name: (START / source).read_bytes() for name, source in FILES.items()} | {SCHEMA: schema().encode()}
    written, there = [], []
    for name, data in wanted.items():
        file = folder / name
        if os.path.lexists(file):
            there.append(file)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, data)
        written.append(file)
    return written, there


def copy_layout(root: Path, name: str) -> list[Path]:
    """Copies a layout of an installed pack or of the program into layouts/ of the project `root`. Returns its files.

    Raises Rejected where there is no such layout or the project has one of that name; OSError.
    """
    own, *others = library.folders(root)
    if name in library.list_layouts([own]):
        raise Rejected([Problem(None, f"layouts/{name} is there already", "change it as it is, or remove it first")])
    home = next((folder for folder in others if name in library.list_layouts([folder])), None)
    if home is None:
        known = library.list_layouts(others)
        raise Rejected([Problem(None, f"there is no layout '{name}'",
                                nearest(name, known) or "there are: " + ", ".join(known))])
    written = []
    for file in sorted((home / name).rglob("*")):
        if file.is_file():
            target = own / name / file.relative_to(home / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            write(target, file.read_bytes())
            written.append(target)
    return written
