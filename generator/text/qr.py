"""QR codes (ISO/IEC 18004): an address → the outline of a code's dark modules."""

from __future__ import annotations

from functools import lru_cache

QUIET = 4
"""Modules of empty paper around the code (ISO/IEC 18004, 6.3.8)."""
DARK, LIGHT = "#000000", "#ffffff"
"""Whatever the theme's colours: scanners need the contrast."""


@lru_cache(maxsize=64)
def outline(address: str) -> tuple[int, tuple[tuple, ...]]:
    """(modules along an edge, path around the dark ones, a unit for a module). Holes run the other way round.

    Medium error correction (15 %): a fold or a stain may cross the code.
    """
    import segno

    rows = segno.make_qr(address, error="m", boost_error=False).matrix
    size = len(rows)

    def dark(x: int, y: int) -> bool:
        return 0 <= x < size and 0 <= y < size and bool(rows[y][x])

    ways: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for y in range(size):
        for x in range(size):
            if not dark(x, y):
                continue
            # the sides of the module that have light beyond them, with the dark to their right
            for beyond, start, end in (
                ((x, y - 1), (x, y), (x + 1, y)),
                ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
                ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
                ((x - 1, y), (x, y + 1), (x, y)),
            ):
                if not dark(*beyond):
                    ways.setdefault(start, []).append(end)
    path: list[tuple] = []
    while ways:
        first = next(iter(ways))
        path.append(("M", *first))
        point, last = first, None
        while True:
            ends = ways[point]
            end = ends.pop()
            if not ends:
                del ways[point]
            step = (end[0] - point[0], end[1] - point[1])
            if step == last:
                path[-1] = ("L", *end)
            elif end != first:
                path.append(("L", *end))
            point, last = end, step
            if point == first:
                break
        path.append(("Z",))
    return size, tuple(path)
