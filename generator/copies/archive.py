"""A ZIP archive of copies, entry by entry (APPNOTE.TXT 6.3.10): stored, since what is in a PDF is packed already.

The standard library's zipfile reckons the checksum of each whole file anew and takes half of the time for that. A
copy's checksum is that of its master, continued over its own few bytes.

An archive that was left unfinished is cut where the journal says, and goes on from there. Its directory, which stands
at its end, grows in a temporary file without a name. That of an earlier run's entries is made from these entries.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import SpooledTemporaryFile

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_DATE = 0x21
"""1 January 1980: an archive says nothing of when it was made, so that the same list gives the same bytes."""
UTF8 = 0x800
AT_ONCE = 300
"""Pieces that the system writes in one call: 100 copies. (IOV_MAX is 1,024.)"""
ROOM = 1 << 26
"""The most bytes of the disk that are asked for before they are needed. A copy of 33 KB is then written in 5 to 8 µs;
without that, it takes 8 to 60 µs."""
DIRECTORY = 1 << 22
"""Bytes of the directory that are kept in memory: those of 40,000 copies."""


class Archive:
    """An archive in the making, at a path of its own until it is whole."""

    def __init__(self, file: Path, offset: int = 0) -> None:
        """offset: where an unfinished one goes on. What stands behind is cut off."""
        self.file = file
        self.handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        os.ftruncate(self.handle, offset)
        self.offset, self.count = 0, 0
        self._room, self._written = offset, offset
        self._pieces: list[bytes] = []
        self._directory = SpooledTemporaryFile(DIRECTORY, dir=file.parent)  # noqa: SIM115 (`close` closes it)
        for check, size, name in _entries(self.handle, offset):
            self._enter(check, size, name)
        os.lseek(self.handle, offset, os.SEEK_SET)

    def add(self, name: str, check: int, *pieces: bytes) -> None:
        """One entry. check: CRC-32 of the pieces together."""
        raw = name.encode()
        size = sum(map(len, pieces))
        self._pieces += (_LOCAL.pack(b"PK\3\4", 20, UTF8, 0, 0, _DATE, check, size, size, len(raw), 0) + raw, *pieces)
        self._enter(check, size, raw)
        if len(self._pieces) >= AT_ONCE:
            self._write()

    def _enter(self, check: int, size: int, name: bytes) -> None:
        """The directory's entry of what begins at `offset`."""
        at = self.offset
        far = b"" if at < 0xFFFFFFFF else struct.pack("<HHQ", 1, 8, at)
        needs, where = 45 if far else 20, min(at, 0xFFFFFFFF)
        self._directory.write(_CENTRAL.pack(b"PK\1\2", 0x32D, needs, UTF8, 0, 0, _DATE, check, size, size, len(name),
                                            len(far), 0, 0, 0, 0o100600 << 16, where) + name + far)
        self.offset += _LOCAL.size + len(name) + size
        self.count += 1

    def _write(self) -> None:
        pieces, self._pieces = self._pieces, []
        if self.offset > self._room:
            self._room = _reserved(self.handle, self._room, self.offset)
        self._written += _write_all(self.handle, pieces)

    def safe(self) -> int:
        """Everything so far is on the disk; returns where the archive then ends."""
        self._write()
        os.fsync(self.handle)
        return self.offset

    def finish(self) -> None:
        """Write the directory. The archive is whole then."""
        self._write()
        count, begin, size = self.count, self.offset, self._directory.tell()
        self._directory.seek(0)
        while piece := self._directory.read(1 << 16):
            self._pieces.append(piece)
            self._write()
        self.offset += size
        if count > 0xFFFE or self.offset > 0xFFFFFFFE:
            self._pieces.append(_END64.pack(b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, begin))
            self._pieces.append(_LOCATOR.pack(b"PK\6\7", 0, self.offset, 1))
        count, size, begin = min(count, 0xFFFF), min(size, 0xFFFFFFFF), min(begin, 0xFFFFFFFF)
        self._pieces.append(_END.pack(b"PK\5\6", 0, 0, count, count, size, begin, 0))
        self._write()
        os.ftruncate(self.handle, self._written)
        os.fsync(self.handle)
        self.close()

    def close(self) -> None:
        self._directory.close()
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


def _entries(handle: int, end: int) -> Iterable[tuple[int, int, bytes]]:
    """Checksum, size and name of each entry, read from the archive."""
    at = 0
    while at < end:
        head = _pread(handle, _LOCAL.size + 512, at)
        sign, _, _, _, _, _, check, size, _, length, _ = _LOCAL.unpack_from(head)
        if sign != b"PK\3\4":
            raise OSError(f"the archive is damaged at {at}")
        yield check, size, head[_LOCAL.size : _LOCAL.size + length]
        at += _LOCAL.size + length + size


def _reserved(handle: int, begin: int, end: int) -> int:
    """Ask for the disk's room up to `end` and some more. Returns up to where it was asked for; where the system cannot
    do so, or the disk has not so much, writing shows what there is."""
    end += min(ROOM, end)
    if hasattr(os, "posix_fallocate"):
        with suppress(OSError):
            os.posix_fallocate(handle, begin, end - begin)
    return end


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


def _write_all(handle: int, pieces: list[bytes]) -> int:
    """All the pieces, whatever the system takes at a time. Returns how many bytes."""
    if not hasattr(os, "writev"):  # Windows
        return _write_rest(handle, b"".join(pieces), 0)
    size = sum(map(len, pieces))
    written = os.writev(handle, pieces) if pieces else 0
    return size if written == size else _write_rest(handle, b"".join(pieces), written)


def _write_rest(handle: int, data: bytes, written: int) -> int:
    rest = memoryview(data)
    while written < len(data):
        written += os.write(handle, rest[written:])
    return written
