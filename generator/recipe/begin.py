"""Begins a project in a folder, and brings layouts that came with the program into it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..kept import library
from ..kept.write import write
from ..model.names import PUBLISHER
from ..model.problem import Problem, Rejected
from ..model.wording import nearest, quoted
from .starter import schema

START = Path(__file__).parent / "start"
FILES = {PUBLISHER: "publisher.yaml", "layouts/README.md": "layouts.md", ".gitignore": "gitignore",
         ".vscode/settings.json": "vscode.json"}
"""File of a new project → the file in START that it is a copy of."""
NAME = r"[\w-][\w.-]*"
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


def copy_layout(root: Path, name: str, target: str | None = None) -> list[Path]:
    """Copies a layout, or a file of shared/, into layouts/ of the project `root`. Returns the files that were written.

    name: of a layout (without its README, which tells of the program's own), or like "shared/themes/calm.yaml".
    target: how the copy is called in layouts/; None: as the original.

    Raises Rejected where there is no such thing, the project has it already, or `target` is no name; OSError.
    """
    target = target or name
    search = library.folders(root)
    sources = _sources(search, name)
    if not re.fullmatch(NAME if name in library.list_layouts(search) else f"{NAME}(/{NAME})+", target):
        raise Rejected([Problem(None, f"a copy cannot be called {quoted(target)}",
                                "a layout is called like ours, a file of shared/ like ours/flat.html.j2")])
    home = root / "layouts" / target
    if os.path.lexists(home):
        hint = "change it as it is, or give the copy another name with --as"
        raise Rejected([Problem(None, f"layouts/{target} is there already", hint)])
    written = []
    for within, source in sources.items():
        file = home / within
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, source.read_bytes())
        written.append(file)
    return written


def _sources(search: list[Path], name: str) -> dict[str, Path]:
    """Path within the copy ("." for a single file) → the file that is copied. Raises Rejected."""
    if name in library.list_layouts(search):
        folder = next(one for one in search if name in library.list_layouts([one])) / name
        return {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*"))
                if file.is_file() and file.name != "README.md"}
    shared = {file.relative_to(folder).as_posix(): file for folder in reversed(search)
              for file in sorted((folder / "shared").rglob("*")) if file.is_file()}
    if name in shared:
        return {".": shared[name]}
    known = list(shared) if "/" in name else library.list_layouts(search)
    raise Rejected([Problem(None, f"there is no {'file' if '/' in name else 'layout'} {quoted(name)}",
                            nearest(name, known) or "there are: " + ", ".join(known))])
