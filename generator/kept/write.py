"""A file is written whole or not at all."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: to a temporary name beside it, then renamed. Who may read it follows the umask.

    Raises OSError with the name of `file`.
    """
    temporary = None
    try:
        handle, temporary = _hidden(file.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(temporary, file)
    except BaseException as error:
        if temporary is not None:
            os.unlink(temporary)
        if isinstance(error, OSError):
            error.filename = str(file)  # which the user knows; the temporary name is ours
        raise


def _hidden(folder: Path) -> tuple[int, str]:
    """A new, empty file under a name that nobody has yet, open for writing."""
    for number in count():
        path = os.path.join(folder, f".{os.getpid()}-{number}.part")
        try:
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666), path
        except FileExistsError:
            continue  # left behind by a run that was killed
