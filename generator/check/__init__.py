"""The rules by which content, themes and finished pages are checked.

What `build` could refuse or warn of:
contrast.py   words can be read on their ground     pictures.py   pictures have enough pixels
unprinted.py  no text of the content is lost          needless.py   what is said twice, or does nothing

RULES below lists every one of these. A new one is a function in a file of this room and a line in RULES; the recipe
asks it by itself (recipe/rules.py), in `check` and in `build`. Rules between the keys of one file are read/rules.py.

What an editor would say (docs/checks.md), in `check` alone:
rules/         one rule, one file                   rule.py         what a rule is
editorial.py   asks them, as a profile wants them   manuscript.py   what they look at, made of passages.py
readability.py formulas, from sentences.py and syllables.py         pages.py   what is measured on pages
pemat.py       what the rules say of the items of PEMAT-P and of the Clear Communication Index
"""

from __future__ import annotations

from collections.abc import Callable

from ..model.problem import Problem
from .contrast import faint, unreadable
from .needless import needless
from .pictures import coarse, flattened, unviewed
from .unprinted import unprinted

RULES: tuple[tuple[str, Callable[..., list[Problem]]], ...] = (
    ("theme", faint),
    ("story", unprinted),
    ("story", needless),
    ("pages", unreadable),
    ("pictures", coarse),
    ("pictures", flattened),
    ("drawing", unviewed),
)
"""What a rule looks at → the rule. The rule is called with: theme (Theme); story (Content, Leaflet, Layout);
pages (Composition); pictures (Composition, the pictures on it); drawing (Figure, its picture), for each figure of a
content that has views."""


def check(kind: str, *nouns: object) -> list[Problem]:
    """The errors and warnings of all rules that look at this kind of thing."""
    return [problem for looks_at, rule in RULES if looks_at == kind for problem in rule(*nouns)]


__all__ = ["RULES", "check"]
