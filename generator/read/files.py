"""Files are read in one way: regular files only, their size looked at first.

A device has no end and a pipe may never begin, so neither is opened for reading.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

Read = Callable[[Path, int], bytes]
"""(file, most bytes) → its bytes. Raises OSError: TooLarge where there are more, errno ENOENT where there is none."""


class TooLarge(OSError):
    """The file has more bytes than may be read."""


def read_bytes(file: Path, most: int) -> bytes:
    """The bytes of a regular file. Raises OSError; TooLarge where there are more than `most`."""
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as stream:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "it is no file, but a folder, a device or a pipe", str(file))
        if about.st_size > most:
            raise TooLarge(errno.EFBIG, "the file is too large", str(file))
        data = stream.read(most + 1)
    if len(data) > most:
        raise TooLarge(errno.EFBIG, "the file is too large", str(file))
    return data
