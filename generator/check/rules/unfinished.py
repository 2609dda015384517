"""Headings and announcements that nothing follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.content import Block
from ...model.editorial import Finding
from ...model.problem import Text
from ...model.wording import quoted
from ..manuscript import Manuscript, sections
from ..rule import found, rule

FEWEST = 4
"""Words of a paragraph that announces something: fewer are a label, like a name to be written in."""


@rule("structure", "a slip of the pen; AHRQ PEMAT-P 9")
def unfinished(m: Manuscript) -> Iterator[Finding]:
    """Nothing stands below a heading, or behind a colon that ends a section, an answer or a box."""
    ends: list[Sequence[Block]] = [question.answer for question in m.questions]
    ends += [block.box.text for block in m.blocks if block.box]
    for section in sections(m.content):
        if not (section.body or section.sections or section.closing):
            yield found(
                m.place(section.heading),
                f"nothing stands below the heading {quoted(section.heading)}",
                "write what it announces, or take it away",
                section.heading,
            )
        ends.append(section.closing or ([] if section.sections else section.body))
    for blocks in ends:
        text = blocks[-1].text if blocks else None
        last = str(text or "").rstrip("* \n").rpartition("\n\n")[2]
        if text is not None and last.endswith((":", "：")) and (not m.spaced or len(last.split()) >= FEWEST):
            yield found(
                text.place_at(str(text).rfind(last)) if isinstance(text, Text) else m.place(text),
                f"nothing follows the colon of {quoted(last)}",
                "write what is announced; for lines to write on there is writing:",
                last,
            )
