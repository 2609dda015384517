"""That no word is lost or set twice between the structure tree and the pages."""

from __future__ import annotations

from operator import attrgetter

from ..model.content import UNSEEN
from ..model.page import Line, Page
from ..text.shape import LIMIT
from .tree import Tree


def nothing_lost(tree: Tree, pages: list[Page]) -> None:
    """Every character of the story stands on a page, exactly once; anything else is a fault of this program."""
    painted: dict[int, int] = {}
    written: dict[int, int] = {}
    seen = _seen_words.__getitem__
    for page in pages:
        for item in page.items:
            if item.__class__ is Line:
                for run in item.runs:
                    key = id(run.elem)
                    painted[key] = painted.get(key, 0) + sum(map(seen, map(TEXT, run.words)))
    for bits in tree.bits.values():
        for bit in bits:
            if bit.leaf is not None:
                key = id(bit.leaf)
                written[key] = written.get(key, 0) + _seen(bit.text)
    if any(painted.get(key, 0) != count for key, count in written.items()):
        bit = next(
            bit
            for bits in tree.bits.values()
            for bit in bits
            if painted.get(id(bit.leaf), 0) != written.get(id(bit.leaf), 0)
        )
        raise RuntimeError(f"{bit.place}: words were lost or set twice: {bit.text[:60]!r}")


def _seen(text: str) -> int:
    """Number of characters that must stand on a page."""
    if text.isascii():
        return len(text) - text.count(" ") if text.isprintable() else sum(map(len, text.split()))
    return len(UNSEEN.sub("", text))


TEXT = attrgetter("text")


class _Seen(dict):
    """Word's text → what `_seen` says of it; words come again and again."""

    def __missing__(self, text: str) -> int:
        if len(self) >= LIMIT:
            self.clear()
        self[text] = count = _seen(text)
        return count


_seen_words = _Seen()
