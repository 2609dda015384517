"""Where every painted word stands: its box on the page, and file, line and column of the characters that it shows.

Typesetting hands on, with each line, where the words of its paragraph come from (story.Origins). Here the characters of
the paragraph are paired with those of the texts in the files. Nothing of this happens in a build.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..merge.spots import Lost, printed
from ..model.page import Line, Page, Run
from ..model.problem import Place
from ..model.record import record
from ..model.story import Origin, Origins, seen

ABOVE, BELOW = 0.8, 0.25
"""How far a word's box reaches over and under the baseline, in multiples of its size."""


@record(frozen=True, slots=True)
class Painted:
    """A word on a page. Points; x, y: its top left corner, y downwards."""

    x: float
    y: float
    width: float
    height: float
    text: str
    place: Place | None
    kind: str
    """exact: its characters stand at the place. made: it was made of what stands there (a date in words). template: it
    is written in a layout. number: numbers of pages, bullets and numbers of lists, which stand in no file; the place is
    that of the item."""


Spot = tuple[Origin, int] | None
"""(origin, number of the character in its text, -1 where that is not known) of one character of a paragraph."""


class Places:
    """The places of the words of one leaflet; texts that stand in several lines are gone through once."""

    def __init__(self) -> None:
        self._spots: dict[int, list[int]] = {}
        self._paragraphs: dict[tuple[int, str], dict[int, Spot]] = {}
        self._kept: list[object] = []
        """What the keys above are the ids of."""

    def of_page(self, page: Page) -> list[Painted]:
        """The words of a page, line by line."""
        out: list[Painted] = []
        for item in [*page.items, *page.furniture]:
            if item.__class__ is Line:
                out += self._of_line(item)
        return out

    def _of_line(self, line: Line) -> Iterator[Painted]:
        spots, at = {}, iter(())
        if line.said is not None:
            origins, text, start = line.said
            spots = self._of_paragraph(origins, text)
            at = iter([start + number for number in seen(text[start:])])
        for run in line.runs:
            lefts = _lefts(run)
            for word, x in zip(run.words, lefts):
                count = len(seen(word.text))
                found = [next(at, -1) for _ in range(count)]
                if not count:
                    continue
                place, kind = self._place(spots.get(found[0]), line)
                yield Painted(run.x + x, line.y - run.rise - ABOVE * run.size, word.width * run.size,
                              (ABOVE + BELOW) * run.size, word.text, place, kind)

    def _place(self, spot: Spot, line: Line) -> tuple[Place | None, str]:
        if spot is None:
            return line.place, "number"
        origin, offset = spot
        if origin.text is None:
            return origin.place, "number" if origin.way == "number" else "template"
        if offset < 0:
            return origin.place, "made"
        return origin.text.place_at(offset), "exact"

    def _of_paragraph(self, origins: Origins, text: str) -> dict[int, Spot]:
        """Number of a character of a paragraph → where it comes from, for those that are seen."""
        key = id(origins), text
        if key not in self._paragraphs:
            self._kept.append(origins)
            self._paragraphs[key] = dict(self._pairs(origins, text))
        return self._paragraphs[key]

    def _pairs(self, origins: Origins, text: str) -> Iterator[tuple[int, Spot]]:
        shown = seen(text)
        at = 0
        for origin, number in origins:
            if origin.way == "number":  # how many digits it has depends on the page
                while at < len(shown) and text[shown[at]].isdecimal():
                    yield shown[at], (origin, -1)
                    at += 1
                continue
            spots = self._of_text(origin)
            before = sum(len(seen(words)) for words in origin.words[:number])
            count = len(seen(origin.words[number]))
            for step, char in enumerate(shown[at : at + count], before):
                yield char, (origin, spots[step] if spots else -1)
            at += count

    def _of_text(self, origin: Origin) -> list[int]:
        """The number in its text of every character that was printed of it; none where the text has no places."""
        text = origin.text
        if text is None or text.written is None:
            return []
        if id(origin) not in self._spots:
            self._kept.append(origin)
            try:
                spots = printed(text, origin.way)
            except Lost:
                spots = []
            if len(spots) != sum(len(seen(words)) for words in origin.words):
                spots = []
            self._spots[id(origin)] = spots
        return self._spots[id(origin)]


def _lefts(run: Run) -> list[float]:
    """How far each word, in logical order, stands from the left edge of its run."""
    lefts, x = [0.0] * len(run.words), 0.0
    for number in run.order or range(len(run.words)):
        lefts[number] = x
        x += run.words[number].width * run.size
    return lefts
