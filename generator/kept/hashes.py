"""Hashes of files, of folders and of this program. By them the manifest and the cache know what is up to date.

The time of a file is never asked: a file may change within a tick of the clock, or an older one may come back.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256

from .files import absent, hash_of, leads_out, way_to

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The program: the folder generator/."""


MOST = 500_000_000
"""Largest file that is hashed, in bytes. Nothing larger is read for a leaflet; of a larger file only the size
counts."""
UNREADABLE = "unreadable"
"""Stands in place of the hash of a file that exists and can't be read. It is equal to no hash, nor to the None of no
file."""


def of_file(path: str) -> str | None:
    """Hash of a file. None: there is certainly no such file. UNREADABLE: something of that name exists and can't be
    read."""
    try:
        return hash_of(path, MOST)
    except (FileNotFoundError, NotADirectoryError):
        return None if absent(path) else UNREADABLE
    except (OSError, ValueError):
        return UNREADABLE


def of_tree(folder: str, project: str = "") -> str:
    """Hash of all files of a folder and their names. Links that lead out of the project are not followed. Each folder
    is gone through once, however many links lead to it: links between two folders have more paths than can be
    counted."""
    digest = sha256()
    project = project or folder
    seen = {_identity(folder)}
    waiting = [(folder, "")]
    while waiting:
        path, inside = waiting.pop()
        for entry in _entries(path, inside, digest):
            name = f"{inside}{entry.name}"
            said = ""
            try:
                if entry.is_symlink():
                    said = "elsewhere"  # what reads a layout does not follow it either
                    if not leads_out(entry.path, project):
                        said = way_to(os.path.realpath(entry.path), project)
                if said != "elsewhere":
                    if not entry.is_dir():
                        large = entry.is_file() and entry.stat().st_size > MOST
                        said += f"{entry.stat().st_size} bytes" if large else hash_of(entry.path, MOST)
                    elif entry.name == "__pycache__":
                        continue
                    elif (one := _identity(entry.path)) not in seen:
                        seen.add(one)
                        waiting.append((entry.path, f"{name}/"))
            except OSError:
                said = UNREADABLE
            digest.update(f"{name}\0{said}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _entries(folder: str, inside: str, digest) -> list[os.DirEntry]:
    """What is in a folder, sorted."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        digest.update(f"{inside}{UNREADABLE}".encode("utf-8", "surrogateescape"))
        return []


def _identity(folder: str) -> object:
    """What two paths of one folder have in common."""
    try:
        about = os.stat(folder)
    except OSError:
        return folder
    return about.st_dev, about.st_ino


_program = ""


def program() -> str:
    """Hash of this program, of the versions of all installed packages, and of the date that files are to carry."""
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
