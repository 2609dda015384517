"""The rules by which content, themes and finished pages are checked.

audience.py   the text speaks to one audience       contrast.py   words can be read on their ground
pictures.py   pictures have enough pixels           unprinted.py  no text of the content is lost

RULES lists every rule. A new rule is a function in a file of this room and a line in RULES; the recipe asks it by
itself (recipe/rules.py), in `check` and in `build`. Rules between the keys of one YAML file are read/rules.py.
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
"""What a rule looks at → the rule. The rule is called with: content (Content); theme (Theme); story (Content, Leaflet,
Layout); pages (Composition); pictures (Composition, the pictures on it); drawing (Figure, its picture), for each figure
of a content that has views."""


def check(kind: str, *nouns: object) -> list[Problem]:
    """The errors and warnings of all rules that look at this kind of thing."""
    return [problem for looks_at, rule in RULES if looks_at == kind for problem in rule(*nouns)]


__all__ = ["RULES", "check"]
