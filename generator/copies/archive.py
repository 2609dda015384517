"""A ZIP archive of copies, entry by entry (APPNOTE.TXT 6.3.10): stored, since what is in a PDF is packed already.

The standard library's zipfile reckons the checksum of each whole file anew and takes half of the time for that. A
copy's checksum is that of its master, continued over its own few bytes.

An archive that was left unfinished is cut where the journal says, and goes on from there: entries are written one after
another, and the directory at the end is made from the entries themselves, so that nothing about them is kept elsewhere.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from pathlib import Path

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_DATE = 0x21
"""1 January 1980: an archive says nothing of when it was made, so that the same list gives the same bytes."""
UTF8 = 0x800
AT_ONCE = 900
"""Pieces that the system writes in one call (IOV_MAX is 1,024)."""


class Archive:
    """An archive in the making, at a path of its own until it is whole."""

    def __init__(self, file: Path, offset: int = 0) -> None:
        """offset: where an unfinished one goes on. What stands behind is cut off."""
        self.file = file
        self.handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        os.ftruncate(self.handle, offset)
        os.lseek(self.handle, offset, os.SEEK_SET)
        self.offset = offset
        self._pieces: list[bytes] = []

    def add(self, name: str, check: int, *pieces: bytes) -> None:
        """One entry. check: CRC-32 of the pieces together."""
        raw = name.encode()
        size = sum(map(len, pieces))
        head = _LOCAL.pack(b"PK\3\4", 20, UTF8, 0, 0, _DATE, check, size, size, len(raw), 0) + raw
        self.offset += len(head) + size
        self._pieces += (head, *pieces)
        if len(self._pieces) > AT_ONCE - 10:
            self._write()

    def _write(self) -> None:
        pieces, self._pieces = self._pieces, []
        _write_all(self.handle, pieces)

    def safe(self) -> int:
        """Everything so far is on the disk; returns where the archive then ends."""
        self._write()
        os.fsync(self.handle)
        return self.offset

    def finish(self) -> None:
        """Write the directory. The archive is whole then."""
        self._write()
        count, begin = 0, self.offset
        for entry in _entries(self.handle, begin):
            self._pieces.append(entry)
            self.offset += len(entry)
            count += 1
            if len(self._pieces) >= AT_ONCE:
                self._write()
        size = self.offset - begin
        if count > 0xFFFE or self.offset > 0xFFFFFFFE:
            self._pieces.append(_END64.pack(b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, begin))
            self._pieces.append(_LOCATOR.pack(b"PK\6\7", 0, self.offset, 1))
        count, size, begin = min(count, 0xFFFF), min(size, 0xFFFFFFFF), min(begin, 0xFFFFFFFF)
        self._pieces.append(_END.pack(b"PK\5\6", 0, 0, count, count, size, begin, 0))
        self._write()
        os.fsync(self.handle)
        self.close()

    def close(self) -> None:
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


def _entries(handle: int, end: int) -> Iterable[bytes]:
    """The directory's entry of each entry, read from the archive."""
    at = 0
    while at < end:
        head = _pread(handle, 30 + 512, at)
        sign, _, flags, _, _, date, check, size, _, length, _ = _LOCAL.unpack_from(head)
        if sign != b"PK\3\4":
            raise OSError(f"the archive is damaged at {at}")
        name = head[30 : 30 + length]
        far = b"" if at < 0xFFFFFFFF else struct.pack("<HHQ", 1, 8, at)
        needs, where = 45 if far else 20, min(at, 0xFFFFFFFF)
        yield _CENTRAL.pack(b"PK\1\2", 0x32D, needs, flags, 0, 0, date, check, size, size, length, len(far), 0, 0, 0,
                            0o100600 << 16, where) + name + far
        at += 30 + length + size


if hasattr(os, "pread"):
    _pread = os.pread
else:  # Windows

    def _pread(handle: int, count: int, at: int) -> bytes:
        here = os.lseek(handle, 0, os.SEEK_CUR)
        os.lseek(handle, at, os.SEEK_SET)
        try:
            return os.read(handle, count)
        finally:
            os.lseek(handle, here, os.SEEK_SET)


def _write_all(handle: int, pieces: list[bytes]) -> None:
    """All the pieces, whatever the system takes at a time."""
    if not hasattr(os, "writev"):  # Windows
        data = memoryview(b"".join(pieces))
        while data:
            data = data[os.write(handle, data) :]
        return
    for first in range(0, len(pieces), AT_ONCE):
        some = pieces[first : first + AT_ONCE]
        written = os.writev(handle, some)
        if written < sum(map(len, some)):
            data = memoryview(b"".join(some))[written:]
            while data:
                data = data[os.write(handle, data) :]
