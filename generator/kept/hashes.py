"""Hashes of files, of folders and of this program: by these, what is kept is known to be up to date.

The time of a file is never asked: a file may change within a tick of the clock, or an older one may come back.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The program: the folder generator/."""


def _opened(path: str, flags: int) -> int:
    """A pipe that nobody writes to is empty, and not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def of_file(path: str) -> str | None:
    """Hash of a file; None: there is none."""
    try:
        with open(path, "rb", buffering=0, opener=_opened) as stream:
            return sha256(stream.read()).hexdigest()
    except OSError:
        return None


def of_tree(folder: str) -> str:
    """Hash of all files of a folder and their names."""
    digest = sha256()
    _tree(folder, "", digest)
    return digest.hexdigest()


def _tree(folder: str, inside: str, digest) -> None:
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        path = f"{folder}{os.sep}{name}"
        try:
            with open(path, "rb", buffering=0, opener=_opened) as stream:
                digest.update(f"{inside}{name}\0".encode("utf-8", "surrogateescape") + sha256(stream.read()).digest())
        except OSError:
            if os.path.isdir(path):
                if name != "__pycache__" and not _around(path, folder):
                    _tree(path, f"{inside}{name}/", digest)
            else:
                digest.update(f"{inside}{name}\0unreadable".encode("utf-8", "surrogateescape"))


def _around(path: str, folder: str) -> bool:
    """Whether a path is a link to a folder around the one that it stands in: there is no end to these."""
    return os.path.islink(path) and os.path.realpath(folder + os.sep).startswith(os.path.realpath(path))


_program = ""


def program() -> str:
    """Hash of this program, of the versions of what is installed with it, and of the date that files are to bear."""
    global _program
    if not _program:
        installed = set()
        for folder in sys.path:
            try:
                installed.update(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))
            except OSError:
                pass
        said = [of_tree(HERE), sys.version, os.environ.get("SOURCE_DATE_EPOCH", ""), *sorted(installed)]
        _program = sha256("\n".join(said).encode()).hexdigest()
    return _program
