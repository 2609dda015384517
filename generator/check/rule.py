"""What a rule is: a function that looks at a Manuscript and yields what it finds, with the words that the table of
docs/checks.md says of it. Severity and limits come from a profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from inspect import cleandoc

from ..model.editorial import Finding
from ..model.problem import Place
from ..model.record import record
from .manuscript import Manuscript

GROUPS = ("words", "structure", "balance", "provenance", "claims", "consistency", "page")


@record(frozen=True, slots=True)
class Rule:
    """A rule, listed in rules/__init__.py."""

    name: str
    """long-sentence"""
    group: str
    """One of GROUPS."""
    find: Callable[[Manuscript], Iterable[Finding]]
    says: str
    """When it speaks, in one sentence."""
    source: str
    """What it rests on."""
    limit: str
    """What the limit of a profile means for it; "": it has none."""
    guess: bool
    """Whether it judges by single words, so that a person has to look."""


def rule(
    group: str, source: str, limit: str = "", guess: bool = False
) -> Callable[[Callable[[Manuscript], Iterator[Finding]]], Rule]:
    """Makes a Rule of a function; its name and its docstring are those of the rule."""
    assert group in GROUPS

    def made(find: Callable[[Manuscript], Iterator[Finding]]) -> Rule:
        says = " ".join(cleandoc(find.__doc__ or "").split())
        return Rule(find.__name__.replace("_", "-"), group, find, says, source, limit, guess)

    return made


def found(place: Place | None, message: str, hint: str = "", subject: str = "") -> Finding:
    """A Finding whose rule and severity are filled in by editorial.py."""
    return Finding(place, message, hint, subject=subject or message)
