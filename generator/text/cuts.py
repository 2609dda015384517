"""Where a piece breaks that is too wide for its line, although no line should end in it: a long word, or what stands together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from .breaks import FORCED, clusters

EPSILON = 1e-6
"""Points by which sums of widths may be off."""


class Cuts:
    """A piece's grapheme clusters, measured once for lines of any width."""

    __slots__ = ("_before", "_inner", "_measure", "_reach", "_spaces")

    def __init__(self, text: str, start: int, end: int, measure: Callable[[int, int], tuple]) -> None:
        """measure: characters from, to → (…, width, width of the spaces at the end), points."""
        inner = [start + at for at in clusters(text[start:end])]
        # A break stands after a space, not before it, and not before what takes no room of its own.
        self._inner = [at for at in inner if at == end or (text[at] not in " \xad" and text[at] not in FORCED)]
        parts = [measure(*ends)[1:] for ends in zip([start, *self._inner], self._inner)]
        self._measure = measure
        self._before = list(accumulate((wide + trail for wide, trail in parts), initial=0.0))
        self._reach = [done + wide for done, (wide, _) in zip(self._before, parts)]
        self._spaces = [count for count, at in enumerate(self._inner, 1) if text[at - 1] == " "]
        """How many clusters there are up to each space."""

    def within(self, start: int, limit: float, until: Callable[[int], bool] | None) -> list[int]:
        """The ends of its lines from a character on: at the last space that a line holds, and where it holds none, after as many
        clusters as it holds. until: as for Paragraph.lines."""
        inner, before, reach, spaces = self._inner, self._before, self._reach, self._spaces
        first = bisect_right(inner, start)
        made, at = [], start
        while first < len(inner):
            stop = max(bisect_right(reach, before[first] + limit, first), first + 1)
            # Set together they may be wider than one by one (kerning, joined letters).
            while stop - first > 1 and self._measure(at, inner[stop - 1])[1] > limit + EPSILON:
                stop -= 1
            if stop < len(inner):
                space = bisect_right(spaces, stop)
                if space and spaces[space - 1] > first:
                    stop = spaces[space - 1]
                made.append(inner[stop - 1])
                if until is not None and until(made[-1]):
                    break
            at, first = inner[stop - 1], stop
        return made
