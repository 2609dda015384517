"""What cannot be built as it is, and what should be looked at again.

RULES lists all of them; the recipe asks for those of one kind of noun, as soon as it has it. A new rule: a function in a file
of this room, a line here.
"""

from __future__ import annotations

from collections.abc import Callable

from ..model.problem import Problem
from .audience import doubts
from .contrast import faint, unreadable
from .pictures import coarse, unviewed
from .unprinted import unprinted

RULES: tuple[tuple[str, Callable[..., list[Problem]]], ...] = (
    ("content", doubts),
    ("theme", faint),
    ("story", unprinted),
    ("pages", unreadable),
    ("pictures", coarse),
    ("drawing", unviewed),
)
"""What a rule looks at → the rule. content: (Content); theme: (Theme); story: (Content, Leaflet, Layout); pages: (Composition);
pictures: (Composition, the pictures on it);
drawing: (Figure, its picture), for each figure of a content that has views."""


def check(kind: str, *nouns: object) -> list[Problem]:
    """What the rules for this kind of noun find, errors and warnings."""
    return [problem for looks_at, rule in RULES if looks_at == kind for problem in rule(*nouns)]


__all__ = ["RULES", "check"]
