"""What the reader of markup keeps: the elements that are open, and the parts that it has found."""

from __future__ import annotations

from ..model.problem import Place, Problem
from ..model.record import field, record
from ..model.story import Node


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
    said: set[int] = field(default_factory=set)
    """Numbers of the `places` that have words in a part, or in an attribute that is printed or read aloud: picture,
    address, words for a picture."""
    problems: list[Problem] = field(default_factory=list)
