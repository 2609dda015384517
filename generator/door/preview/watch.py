"""Which files of a project were written, moved or deleted, as soon as they were."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

QUIET = 5
"""Milliseconds without a further change that end a change: an editor may empty a file before it writes it."""
LONGEST = 120
"""Milliseconds after which changes are told in any case."""
POLL = 0.3
"""Seconds between two looks at a drive that tells nothing by itself."""
WAIT = 500
"""Milliseconds after which it is asked whether to go on."""


def changes(folders: list[Path], stop: Event, poll: bool = False) -> Iterator[set[Path]]:
    """Sets of files that are others now, until `stop` is set.

    folders: with all that is in them. poll: look again and again, for network drives, which tell nothing.
    """
    if poll:
        yield from _polled(folders, stop)
        return
    from watchfiles import watch

    for found in watch(*folders, watch_filter=lambda change, path: not hidden(path), debounce=LONGEST, step=QUIET,
                       stop_event=stop, rust_timeout=WAIT, ignore_permission_denied=True):
        yield {Path(path) for _, path in found}


def _polled(folders: list[Path], stop: Event) -> Iterator[set[Path]]:
    """As `changes`. (watchfiles can poll, too, but to it two saves within one second are one.)"""
    before = _look(folders)
    while not stop.wait(POLL):
        now = _look(folders)
        if others := {Path(file) for file in {*before, *now} if before.get(file) != now.get(file)}:
            yield others
        before = now


def _look(folders: list[Path]) -> dict[str, tuple[int, int, int]]:
    """File → when it was written, its size, its number on the drive."""
    found: dict[str, tuple[int, int, int]] = {}
    todo = [os.fspath(folder) for folder in folders]
    while todo:
        try:
            for entry in os.scandir(todo.pop()):
                if entry.is_dir():
                    todo.append(entry.path)
                elif not hidden(entry.path):
                    about = entry.stat()
                    found[entry.path] = about.st_mtime_ns, about.st_size, about.st_ino
        except OSError:  # gone since it was listed; the next look tells
            continue
    return found


def hidden(path: str) -> bool:
    """Whether a file is one that editors and systems put down for themselves."""
    name = Path(path).name
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", ".bak", ".part")) or name == "4913"
