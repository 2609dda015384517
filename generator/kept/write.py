"""A file is written whole or not at all."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from itertools import count
from pathlib import Path


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: to a temporary name beside it, then renamed. Who may read it follows the umask.

    Raises OSError with the name of `file`.
    """
    temporary = _hidden(file.parent)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(temporary, file)
    except BaseException as error:  # also a signal that comes at any moment from here on
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError):
            error.filename = str(file)  # the user knows this name and not the temporary one
        raise


def write_new(file: Path, data: bytes) -> Path:
    """Write a file whole under this name, or, where there is one, under this name with a number; returns its path. No
    file is written over, also where several programs write at once.

    Raises OSError with the name of `file`.
    """
    for number in count(1):
        target = file if number == 1 else file.with_stem(f"{file.stem}-{number}")
        try:
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # the name is ours from here on
        except FileExistsError:
            continue
        try:
            write(target, data)
        except BaseException:
            with suppress(OSError):
                os.unlink(target)
            raise
        return target
    raise AssertionError("numbers do not end")


def _hidden(folder: Path) -> str:
    """A name that no file has. Each thread takes another name; a file that already has it was left behind by a killed
    run."""
    names = (f".{os.getpid()}-{threading.get_ident()}-{number}.part" for number in count())
    return next(path for path in (os.path.join(folder, name) for name in names) if not os.path.lexists(path))


PART = ".leaflet-copies-"
"""How the names of files begin that are being written for a run of copies."""


def write_private(file: Path, data, temporary: str) -> None:
    """As `write`, for files about persons: for their owner alone. `data`: pieces, or what gives them to a sink;
    `temporary`: the name until the file is whole, which nobody else uses, so that `tidy` finds what a killed run has
    left."""
    path = os.path.join(file.parent, temporary)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb", 1 << 18 if callable(data) else -1) as stream:
            if callable(data):
                data(stream.write)
            else:
                stream.write(b"".join(data))
        os.replace(path, file)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(path)
        if isinstance(error, OSError):
            error.filename = str(file)
        raise


def tidy(folder: Path, begins: str) -> None:
    """Remove the unfinished files that a killed run has left."""
    for entry in os.scandir(folder):
        if entry.name.startswith(begins) and entry.name.endswith(".part"):
            with suppress(OSError):
                os.unlink(entry.path)
