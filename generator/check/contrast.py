"""Colours that can be told apart: text on its ground (WCAG 2.1, 1.4.3), and compared options in grey."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from ..model.problem import Problem
from ..model.theme import Theme

LEAST = 4.5
"""Contrast of text with its ground (WCAG 2.1, success criterion 1.4.3, level AA)."""
IN_GREY = 1.3
"""Contrast between the colours of two options, so that they differ on a printer without colour."""


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours "#rrggbb", 1 to 21 (WCAG 2.1, definition of contrast ratio)."""
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


@lru_cache(maxsize=256)
def _luminance(colour: str) -> float:
    parts = [int(colour[i: i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def faint(theme: Theme, least: float = LEAST) -> list[Problem]:
    """Every colour that the theme gives to words must stand out from every ground it lays, and from paper."""
    palette = theme.palette
    words = {"ink"} | {s.colour for s in theme.styles.values() if s.colour}
    grounds = {"paper"} | {s.background for s in theme.styles.values() if s.background and s.background != "none"}
    problems = []
    for word in sorted(words & palette.keys()):
        for ground in sorted(grounds & palette.keys()):
            if (found := ratio(palette[word], palette[ground])) < least:
                problems.append(Problem(getattr(palette[word], "place", None),
                                        f"'{word}' on '{ground}' has a contrast of {int(found * 10) / 10:.1f}:1",
                                        f"words need {least:g}:1 at least"))
    options = sorted(name for name in palette if name in ("option-1", "option-2"))
    for one, other in combinations(options, 2):
        if (found := ratio(palette[one], palette[other])) < IN_GREY:
            problems.append(Problem(getattr(palette[other], "place", None),
                                    f"'{one}' and '{other}' look alike in grey ({found:.2f}:1)",
                                    f"make one darker: {IN_GREY:g}:1 at least"))
    return problems
