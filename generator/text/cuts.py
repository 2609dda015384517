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

    __slots__ = ("_before", "_dashes", "_hyphen", "_inner", "_measure", "_parted", "_points", "_reach", "_spaces")

    def __init__(self, text: str, start: int, end: int, measure: Callable[[int, int], tuple], points: set[int], hyphen: float,
                 parted: set[int]) -> None:
        """measure: characters from, to → (…, width, width of the spaces at the end), points. points: where a word may be parted,
        with a hyphen that is `hyphen` points wide. parted: takes up where one was."""
        inner = [start + at for at in clusters(text[start:end])]
        # A break stands after a space, not before it, and not before what takes no room of its own.
        self._inner = [at for at in inner if at == end or (text[at] not in " \xad" and text[at] not in FORCED)]
        parts = [measure(*ends)[1:] for ends in zip([start, *self._inner], self._inner)]
        self._measure = measure
        self._before = list(accumulate((wide + trail for wide, trail in parts), initial=0.0))
        self._reach = [done + wide for done, (wide, _) in zip(self._before, parts)]
        self._spaces = [count for count, at in enumerate(self._inner, 1) if text[at - 1] == " "]
        """How many clusters there are up to each space."""
        self._dashes = frozenset(count for count, at in enumerate(self._inner, 1) if text[at - 1] == "-")
        """Numbers of the clusters up to each hyphen that was typed."""
        self._points = [count for count, at in enumerate(self._inner, 1) if at in points]
        self._hyphen, self._parted = hyphen, parted

    def within(self, start: int, limit: float, until: Callable[[int], bool] | None) -> tuple[list[int], bool]:
        """The ends of its lines from a character on: at the last space that a line holds, else where a word may be parted, else after
        as many clusters as it holds. until: as for Paragraph.lines; the second value says that it stopped there.
        A line in which a word begins, or that ends with a hyphen, may hold more than its part of the word: there it is not asked."""
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
                else:
                    stop = self._at_hyphen(at, first, stop, limit) or self._before_dashes(first, stop)
                made.append(inner[stop - 1])
                if until is not None and len(made) > 1 and not self._points and until(made[-1]):
                    return made, True
            at, first = inner[stop - 1], stop
        return made, False

    def _before_dashes(self, first: int, stop: int) -> int:
        """Number of the clusters before hyphens that were typed: at a line's end readers take them for none, and drop them."""
        end = stop
        while end > first + 1 and end in self._dashes:
            end -= 1
        return stop if end in self._dashes else end

    def _at_hyphen(self, at: int, first: int, stop: int, limit: float) -> int:
        """Number of the clusters up to the last place of a line at which its word may be parted; 0: there is none."""
        for point in reversed(self._points[bisect_right(self._points, first) : bisect_right(self._points, stop)]):
            if self._measure(at, self._inner[point - 1])[1] + self._hyphen <= limit + EPSILON:
                self._parted.add(self._inner[point - 1])
                return point
        return 0
