"""What rules measure on placed pages."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.page import Fill, Line, Page, Run


def runs(page: Page) -> Iterator[tuple[Line, Run]]:
    """(line, run of words) of all text of a page, its footer included."""
    for item in (*page.items, *page.furniture):
        if item.__class__ is Line:
            for run in item.runs:
                if run.words and not all(word.text.isspace() for word in run.words):
                    yield item, run


def line_text(item: object) -> str:
    """The words of a line; "" of anything else."""
    if item.__class__ is not Line:
        return ""
    return "".join(word.text for run in item.runs for word in run.words).strip()


def bottom(page: Page) -> float:
    """How far down a page holds anything, in points from its top."""
    ends = [
        item.y if item.__class__ is Line else item.y + item.height
        for item in page.items
        if item.__class__ is Line or hasattr(item, "height") and item.__class__ is not Fill
    ]
    return max(ends, default=0.0)
