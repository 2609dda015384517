"""Paragraphs that stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ...model.wording import quoted
from ..manuscript import Manuscript
from ..rule import found, rule

FEWEST = 12
"""Words from which on a paragraph is hardly the same by chance."""
SIGNS = 20
"""The same where words are not parted by spaces."""


@rule("consistency", "a slip of the pen; CDC Clear Communication Index 9")
def repeated_text(m: Manuscript) -> Iterator[Finding]:
    """A paragraph or an item of a list stands twice, word for word. Summaries, key points, boxes and the parts of a
    comparison may repeat the text."""
    compared = {id(passage) for passages in m.of_options.values() for passage in passages}
    first: dict[str, object] = {}
    for passage in m.running:
        if passage.key.startswith(("summary", "key_points")) or ".box." in passage.key or id(passage) in compared:
            continue
        said = passage.clean
        if len(said) < SIGNS if not m.spaced else len(passage.words) < FEWEST:
            continue
        if said.lower() not in first:
            first[said.lower()] = passage.place_at(0)
            continue
        before = first[said.lower()]
        where = f" (line {before.line})" if before else ""
        yield found(
            passage.place_at(0),
            f"this stands before, word for word{where}: {quoted(said)}",
            "say it once, where it is needed first",
            said,
        )
