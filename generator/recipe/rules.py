"""Asks the rules of check/; the other modules of the recipe ask here."""

from __future__ import annotations

from ..model.problem import Problem, Rejected


def look(kind: str, *nouns: object) -> list[Problem]:
    """The warnings of the rules for this kind of noun (check.RULES lists the kinds). Raises
    Rejected where they find errors."""
    from ..check import check

    found = check(kind, *nouns)
    if any(problem.severity == "error" for problem in found):
        raise Rejected(found)
    return found
