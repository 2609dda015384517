"""Data that is the same from copy to copy but for a few numbers, deflated once.

A deflated stream says most of its text by pointing back at text before it. So the places of the numbers ("marks") stand
in a first block that is not packed, and the rest is packed once with that block as what it may point back to:
wherever a mark stands, it points back, and so says whatever the first block says. To make a copy's stream is to write
its first block and the checksum of the whole.

What this saves: about 40 µs of each copy in one PDF, since packing its 9 KB anew costs that much. What it costs:
these lines. Should zlib pack a part of a mark in another way, `Pattern` notices that and packs each copy by itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence


class Pattern:
    """data: bytes with marks, all equally long, none of whose bytes is in the rest; each mark is in `data[:head]`."""

    def __init__(self, data: bytes, marks: Sequence[bytes], head: int) -> None:
        self.data, self.marks, self._begin, self._rest = data, marks, data[:head], None
        packer = zlib.compressobj(1, zlib.DEFLATED, -15, zdict=self._begin)
        self._rest = packer.compress(data[head:]) + packer.flush()
        size = head.to_bytes(2, "little") + (head ^ 0xFFFF).to_bytes(2, "little")
        self._start = b"\x78\x01\x00" + size  # RFC 1950, 2.2; RFC 1951, 3.2.4: a stored block, not the last
        for digit in b"19":
            numbers = [bytes([digit - at]) * len(mark) for at, mark in enumerate(marks)]
            try:
                same = zlib.decompress(self.packed(numbers)) == self.filled(numbers)
            except zlib.error:
                same = False
            if not same:
                self._rest = None
                break

    def filled(self, numbers: Sequence[bytes]) -> bytes:
        """The data with numbers in place of the marks, as long as they."""
        return _put(self.data, self.marks, numbers)

    def packed(self, numbers: Sequence[bytes]) -> bytes:
        """The same, as zlib would give it (RFC 1950)."""
        data = self.filled(numbers)
        if self._rest is None:
            return zlib.compress(data, 1)
        check = zlib.adler32(data).to_bytes(4, "big")
        return b"".join((self._start, data[: len(self._begin)], self._rest, check))


def _put(data: bytes, marks: Sequence[bytes], numbers: Sequence[bytes]) -> bytes:
    for mark, number in zip(marks, numbers):
        data = data.replace(mark, number)
    return data
