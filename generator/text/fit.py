"""Where the lines of a paragraph end: the whole of it is looked at, not line after line (optimum fit, ragged).

First fit says how many lines there are. Among all ways to make as many lines, the one is taken that costs least: even
lines, none that is short, none that ends in a word that leans on the next one, and company for the last word. What
costs least from a place on depends on that place alone. So it is found once for each place, from the end back; text
that goes on in another frame keeps its lines, whatever was asked for before. The end of a line lies between the latest
place, which first fit takes, and the earliest from which the rest still fits: only a few places are looked at for each
line, and the work grows with the text alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from math import inf

from .cuts import EPSILON
from .line import Pieces

PLACES = 16
"""Places that are looked at for a line's end: half a line of long measures holds fewer words, a line of Chinese more
signs."""
SHORT = 0.6
"""A line before the last that fills less of its measure is set only where it cannot be helped."""
LAST = 0.34
"""So is a last line of one word that fills less of it."""
FULL = 0.82
"""A line that fills this part of the measure needs no parted word."""
FAULT = 10_000.0
"""Cost of a line that is set only where it cannot be helped: more than all its other costs, and those of many lines,
together."""
EMPTY, STEP, LEANING, HYPHEN, PARTED, THIN, ALONE = 100.0, 40.0, 1.2, 2.0, 4.0, 250.0, 6.0
"""Costs of: the empty part of a line, squared; the difference to the line before, squared; a word at the end that leans
on the next; a hyphen of the text at the end; one that is put in; a last line under LAST, squared; one word on the last
line."""
ALIKE = 1e-6
"""Costs that differ by less are the same: sums of widths differ a little with where they begin."""
SENSE = 6.0
"""In headings: cost of a word that leans on the next, and gain of a colon, at the end of a line."""

LEAN = {
    "en": "a an the of to in on at by or and but is are it its be as for from with if your their that not no",
    "de": "und oder der die das den dem des ein eine in im an am zu zum zur von vom mit für bei auf als wie es er sie "
          "ist",
    "fr": "le la les un une de du des à au aux et ou en par sur dans ne se ce il que qui",
    "es": "el la los las un una de del a al y o u e en por con su sus se no es que si",
    "it": "il lo la i gli le un una di del da in a al e o con per su si è che non",
    "pt": "o a os as um uma de do da dos das em no na e ou por com se que não é",
    "nl": "de het een en of van in op te met voor bij aan als is er om",
    "pl": "i a o u w z do na od po ze we oraz lub się nie to",
    "cs": "a i o u v k s z na do od po ve ze ke se si je",
    "tr": "ve veya bir bu en çok",
    "ru": "и а в на с к о у по за из от до не или для при что",
    "sv": "en ett och eller i på av till för med om att är",
}
"""Language → short words that lean on the next one, so that a line does not end well in them."""
_LEAN = {language: frozenset(words.split()) for language, words in LEAN.items()}


def leaning(language: str) -> frozenset[str]:
    """The short words of a language that lean on the next one; none for languages of which we know none."""
    return _LEAN.get(language.partition("-")[0], frozenset())


class Fit:
    """Pieces up to a forced break, or to the end of the paragraph, in lines of one width."""

    __slots__ = (
        "_best", "_closes", "_costs", "_even", "_froms", "_hyphen", "_pieces", "_spaced", "_stop", "_tops", "_width",
    )

    def __init__(
        self, pieces: Pieces, stop: int, width: float, even: bool, spaced: bool, closes: bool, costs: list[float],
        hyphen: Callable[[int], float] | None,
    ) -> None:
        """stop: number of the piece after the last. even: make all lines alike in length, as in headings. spaced: the
        paragraph parts words by spaces. closes: the last piece ends the text, or stands before a forced break. costs:
        of a line that ends before each piece. hyphen: number → width of the hyphen that such a line needs, points;
        None: there are none."""
        self._pieces, self._stop, self._width, self._even = pieces, stop, width, even
        self._costs, self._hyphen = costs, hyphen
        self._spaced, self._closes = spaced, closes
        self._best: dict[int, tuple[float, int, float, int]] = {stop: (0.0, stop, -1.0, 0)}
        """Number of a piece that begins a line → (cost of the break before it and of all that follows, number of the
        piece after its line, filled part of that line, lines)."""
        self._froms = [-stop]
        """Number of lines → number of the first piece from which they hold the rest; negative, so that it rises."""
        self._tops = [stop]
        """Number of lines → the last piece that is known to begin so many."""

    def ends(self, first: int, indent: float) -> Iterator[int]:
        """The number of the piece after each line's last, from a piece on. indent: how much narrower its line is,
        points."""
        if self._hyphen is not None:
            self._parted(first)
        elif indent or first not in self._best:
            high = self._reached(first, self._width - indent)
            left = self._lines(high)
            self._know(left, high)
            if indent:
                first = self._choose(first, left, high, self._width - indent)[1]
                yield first
            else:
                self._best[first] = self._choose(first, left, high, self._width)
        while first < self._stop:
            first = self._best[first][1]
            yield first

    def _reached(self, begin: int, room: float) -> int:
        """The number of the piece after the last that a line holds."""
        pieces = self._pieces
        return max(begin + 1, bisect_right(pieces.reach, pieces.before[begin] + room + EPSILON, begin, self._stop))

    def _lines(self, begin: int) -> int:
        """How many lines the pieces from one on take at the least."""
        froms, pieces = self._froms, self._pieces
        while -froms[-1] > begin:
            end = -froms[-1]
            froms.append(
                -min(end - 1, bisect_left(pieces.before, pieces.reach[end - 1] - self._width - EPSILON, 0, end))
            )
            self._tops.append(-froms[-1] - 1)
        return bisect_left(froms, -begin)

    def _know(self, lines: int, high: int) -> None:
        """Find what costs least from each piece, up to `high`, that begins so many lines; and what follows from
        there."""
        tops, wanted = self._tops, []
        while lines and high > tops[lines]:
            wanted.append((lines, tops[lines] + 1, high))
            tops[lines] = high
            lines, high = lines - 1, self._reached(high, self._width)
        for lines, low, high in reversed(wanted):
            for begin in range(low, high + 1):
                self._best[begin] = self._choose(begin, lines - 1, self._reached(begin, self._width), self._width)

    def _choose(self, begin: int, left: int, high: int, room: float) -> tuple[float, int, float, int]:
        """The end of a line that costs least, of those up to `high` after which `left` lines follow."""
        pieces, best = self._pieces, self._best
        reach, start = pieces.reach, pieces.before[begin]
        if not left:
            cost, end, part, lines = self._last(begin, room)
            return cost + self._costs[begin], end, part, lines
        least, chosen, filled = inf, high, 1.0
        ragged, alike = not self._even, left > 1 or not self._closes
        for end in range(max(-self._froms[left], high - PLACES, begin + 1), high + 1):
            cost, _, following, _ = best[end]
            part = (reach[end - 1] - start) / room if room > 0 else 1.0
            empty = 1.0 - part
            cost += EMPTY * empty * empty
            if ragged:
                if part < SHORT:
                    cost += FAULT
                if alike:
                    cost += STEP * (part - following) * (part - following)
            if cost < least - ALIKE:
                least, chosen, filled = cost, end, part
        return least + self._costs[begin], chosen, filled, left + 1

    def _last(self, begin: int, room: float) -> tuple[float, int, float, int]:
        """The last line, without the cost of the break before it."""
        pieces, stop = self._pieces, self._stop
        part = (pieces.reach[stop - 1] - pieces.before[begin]) / room if room > 0 else 1.0
        cost = 0.0
        if self._even or not self._closes:
            cost += EMPTY * (1.0 - part) * (1.0 - part)
        else:
            alone = stop - begin == 1 or self._spaced and not any(pieces.trails[begin : stop - 1])
            if part < LAST:
                cost += THIN * (LAST - part) * (LAST - part) + (FAULT if alone else 0.0)
            if alone:
                cost += ALONE
        return cost, stop, part, 1

    def _parted(self, first: int) -> None:
        """The same where words may be parted: every place from the end back to a piece, since a line that is full
        enough ends with a whole word, and so first fit does not tell how few lines there may be."""
        pieces, best, room, hyphen = self._pieces, self._best, self._width, self._hyphen
        for begin in range(min(best) - 1, first - 1, -1):
            high = self._reached(begin, room)
            found = (inf, 0.0, high, 1.0)
            for end in range(max(begin + 1, high - PLACES), high + 1):
                if end == self._stop and self._closes:
                    cost, _, part, lines = self._last(begin, room)
                    if (lines, cost + ALIKE) < found[:2]:
                        found = lines, cost, end, part
                    continue
                drawn = hyphen(end)
                wide = pieces.reach[end - 1] + drawn - pieces.before[begin]
                part = wide / room if room > 0 else 1.0
                if drawn and self._whole(begin, end, room) or wide > room + EPSILON and end > begin + 1:
                    continue
                after, _, following, left = best[end]
                cost = after + EMPTY * (1.0 - part) * (1.0 - part)
                if not self._even:
                    cost += (FAULT if part < SHORT else 0.0) + (
                        STEP * (part - following) * (part - following) if left > 1 or left and not self._closes else 0.0
                    )
                if (left + 1, cost + ALIKE) < found[:2]:
                    found = left + 1, cost, end, part
            lines, cost, end, part = found
            best[begin] = cost + self._costs[begin], end, part, lines

    def _whole(self, begin: int, end: int, room: float) -> bool:
        """Whether a line that ends in a parted word is full enough without it."""
        whole = end - 1
        while whole > begin and self._hyphen(whole):
            whole -= 1
        return whole > begin and self._pieces.reach[whole - 1] - self._pieces.before[begin] >= FULL * room


@lru_cache(maxsize=5_000)
def cost_at_end(word: str, parted: bool, lean: frozenset[str], even: bool) -> float:
    """Cost of a word, in small letters, at the end of a line that is not the last."""
    if parted:
        return PARTED
    if word in lean:
        return SENSE if even else LEANING
    if even and word.endswith((":", "：")):
        return -SENSE
    return HYPHEN if word.endswith(("-", "–", "‐")) else 0.0
