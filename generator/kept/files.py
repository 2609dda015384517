"""Files are read in one way: regular files only, their size looked at first, and only such as belong to the project.

A device has no end and a pipe may never begin, so neither is opened for reading.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

Read = Callable[[Path, int], bytes]
"""(file, most bytes) → its bytes. Raises OSError: TooLarge where there are more, errno ENOENT where there is none."""
PIECE = 1_000_000
"""Bytes of a file that lie in memory at a time, where not all of them are needed at once."""


class TooLarge(OSError):
    """The file has more bytes than may be read."""


def opened(file: str | os.PathLike, most: int) -> BinaryIO:
    """A regular file, open for reading without a buffer. Raises OSError; TooLarge where
    there are more than `most` bytes."""
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "it is no file, but a folder, a device or a pipe", str(file))
        if about.st_size > most:
            raise TooLarge(errno.EFBIG, "the file is too large", str(file))
        return open(handle, "rb", buffering=0)
    except BaseException:
        os.close(handle)
        raise


def pieces(file: str | os.PathLike, most: int) -> Iterator[bytes]:
    """The bytes of a regular file, PIECE at a time. Raises OSError; TooLarge where there are more than `most`."""
    left = most
    with opened(file, most) as stream:
        while data := stream.read(PIECE):
            left -= len(data)
            if left < 0:  # it grew meanwhile, or its size is not known beforehand (/proc)
                raise TooLarge(errno.EFBIG, "the file is too large", str(file))
            yield data


def read_bytes(file: str | os.PathLike, most: int) -> bytes:
    """The bytes of a regular file. Raises OSError; TooLarge where there are more than `most`."""
    return b"".join(pieces(file, most))


def read_head(file: str | os.PathLike, count: int) -> bytes:
    """The first bytes of a regular file, `count` at most. Raises OSError."""
    with opened(file, 1 << 62) as stream:
        return stream.read(count)


def holds(file: str | os.PathLike, data: bytes) -> bool:
    """Whether a regular file has these bytes and no others."""
    try:
        return read_bytes(file, len(data)) == data
    except OSError:
        return False


def hash_of(file: str | os.PathLike, most: int) -> str:
    """SHA-256 of a regular file. Raises OSError; TooLarge where there are more than `most` bytes."""
    digest = sha256()
    for data in pieces(file, most):
        digest.update(data)
    return digest.hexdigest()


def absent(path: str | os.PathLike) -> bool:
    """Whether there is certainly nothing of that name. Where that can't be told (a folder may not be entered), or where
    a link leads nowhere, it counts as there: reading it then says what is wrong with it."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        pass
    return False


def leads_out(path: str | os.PathLike, project: str | os.PathLike) -> bool:
    """Whether a path of the project leads to a file outside of it, by a link. A path
    that is not of the project does not.

    Whole folders may be linked in, as the owner of a project does: content/ and layouts/, and
    those that stand directly in them.
    """
    base, file = os.path.abspath(project), os.path.abspath(path)
    real = os.path.realpath(file)
    if real == file or not is_under(file, base):  # no link on the way: nearly always
        return False
    inside = os.path.relpath(file, base).split(os.sep)
    homes = [base, *(os.path.join(base, *inside[:count]) for count in (1, 2) if count < len(inside))]
    return not any(is_under(real, os.path.realpath(home)) for home in homes)


def is_under(path: str, folder: str) -> bool:
    """Whether a path is that of a folder or of something in it, by the names alone. Both are absolute."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def way_to(path: str | Path, start: str | Path) -> str:
    """The path from the folder `start`; on Windows the whole path, where it is on another drive."""
    try:
        return os.path.relpath(path, start)
    except ValueError:
        return os.path.abspath(path)
