"""Opens a place in the user's editor: one of a fixed set, started as a program with arguments, never by a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ...model.problem import Place

ARGUMENTS = {
    "code": ("--goto", "{file}:{line}:{column}"),
    "code-insiders": ("--goto", "{file}:{line}:{column}"),
    "codium": ("--goto", "{file}:{line}:{column}"),
    "cursor": ("--goto", "{file}:{line}:{column}"),
    "subl": ("{file}:{line}:{column}",),
    "zed": ("{file}:{line}:{column}",),
    "kate": ("--line", "{line}", "--column", "{column}", "{file}"),
    "gedit": ("+{line}:{column}", "{file}"),
    "gnome-text-editor": ("+{line}:{column}", "{file}"),
    "gvim": ("+call cursor({line},{column})", "{file}"),
    "emacsclient": ("--no-wait", "+{line}:{column}", "{file}"),
    "notepad++": ("-n{line}", "-c{column}", "{file}"),
    "bbedit": ("+{line}:{column}", "{file}"),
    "mate": ("--line", "{line}:{column}", "{file}"),
}
"""Editor → how it is told where to go. All have a window of their own; one that needs a terminal would have none."""
STRANGE = frozenset('"&|<>^%!')
"""On Windows an editor may be started by a .cmd file, to which these signs in a name would be commands."""


def chosen(environment: Mapping[str, str] = os.environ) -> str | None:
    """The editor that $VISUAL or $EDITOR names, else the first of ARGUMENTS that is installed; None: there is none."""
    for variable in ("VISUAL", "EDITOR"):
        words = environment.get(variable, "").split()
        name = Path(words[0]).stem if words else ""
        if name in ARGUMENTS and shutil.which(name):
            return name
    return next((name for name in ARGUMENTS if shutil.which(name)), None)


def command(editor: str, file: Path, place: Place) -> list[str]:
    """Program and arguments that open a file at a place. Raises ValueError for a file that cannot be named safely."""
    program = shutil.which(editor)
    if program is None:
        raise ValueError(f"{editor} is not installed")
    if sys.platform == "win32" and STRANGE & set(str(file)):
        raise ValueError("the file's name has signs that the system would take for commands")
    given = {"file": str(file), "line": place.line, "column": place.column}
    return [program, *(part.format(**given) for part in ARGUMENTS[editor])]


def open_at(editor: str, file: Path, place: Place) -> None:
    """Start the editor and go on. file: absolute. Raises ValueError, OSError."""
    subprocess.Popen(command(editor, file, place), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                     stderr=subprocess.DEVNULL, start_new_session=True)
