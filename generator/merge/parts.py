"""What the reader of markup keeps: the elements that are open, the parts that it has found, where words come from."""

from __future__ import annotations

from collections.abc import Sequence

from ..model.problem import Place, Problem, Text
from ..model.record import field, record
from ..model.story import Node, Origin, Origins
from .elements import INLINE
from .tokens import labels_of

FURNITURE = ("footer", "header")
"""Parts that are said on page after page, and are not read aloud."""


@record(slots=True)
class Open:
    """An element that is not closed yet."""

    name: str
    node: Node | None
    """None: refused; what it holds is read for its mistakes and dropped."""
    at: Place
    """The tag in the template."""
    kids: frozenset[str] | None
    """Elements that may stand here; None: not asked."""
    mode: str
    placed: bool = False
    """Whether its place is known: that of its first words; of a part, that of its tag."""


@record(slots=True)
class Parts:
    """What the markup says, and what is wrong with it."""

    parts: dict[str, Node] = field(default_factory=dict)
    """As in Leaflet."""
    titles: int = 0
    """How many <h1> there are."""
    footers: list[Node] = field(default_factory=list)
    headers: list[Node] = field(default_factory=list)
    said: set[int] = field(default_factory=set)
    """Numbers of the `places` that have words in a part, or in an attribute that is printed or read aloud: picture,
    address, words for a picture."""
    problems: list[Problem] = field(default_factory=list)
    level: int = 0
    """Of the last heading."""

    def heading(self, level: int) -> tuple[str, str] | None:
        """A heading comes: what is wrong with its level, and what to do."""
        before, self.level = self.level, level
        if level == 1:
            self.titles += 1
            hint = "the title stands once; other headings are <h2> to <h6>"
            return ("a second <h1>", hint) if self.titles > 1 else None
        if level > before + 1:
            return (f"<h{level}> follows {f'<h{before}>' if before else 'no <h1>'}",
                    f"levels are not skipped: write <h{before + 1}>")
        return None

    def take(self, node: Node) -> str:
        """A part of the layout is whole: what is wrong with it, or ""."""
        if node.name in FURNITURE:
            (self.footers if node.name == "footer" else self.headers).append(node)
            return ""
        name = node.attributes.get("name", "") if node.name == "panel" else "story"
        if name in self.parts:
            return "a second <story>" if name == "story" else f"a second part for the panel '{name}'"
        if name:
            self.parts[name] = node
        return ""


class Printed:
    """The texts that a template printed, by the numbers of their marks (places.py)."""

    __slots__ = ("places", "texts", "ways")

    def __init__(self, texts: Sequence[Text], places: Sequence[Place], ways: Sequence[str]) -> None:
        self.texts, self.places, self.ways = texts, places, ways

    def origin(self, number: int) -> Origin | None:
        """A new Origin, for one print of a text; None for words that are no text's."""
        if not 0 <= number < len(self.texts):
            return None
        return Origin(self.texts[number], self.places[number], self.ways[number])

    def labels(self, rest: str) -> dict[str, Origins]:
        """Id of each label of a drawing → where its words come from, out of what stands in the tag."""
        found = {}
        for label, number in labels_of(rest):
            if (origin := self.origin(number)) and origin.text:
                origin.words.append(origin.text)
                found[label] = [(origin, 0)]
        return found


def trace(stack: Sequence[Open], origin: Origin, words: str) -> None:
    """Keeps where words of the innermost block of text come from."""
    origin.words.append(words)
    node = next(entry.node for entry in reversed(stack) if entry.name not in INLINE)
    if node.origins is None:
        node.origins = {"": []}
    node.origins[""].append((origin, len(origin.words) - 1))
