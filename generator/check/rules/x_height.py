"""Letters that are large enough on paper."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..pages import runs
from ..rule import found, rule

MM = 72 / 25.4


@rule("page", "EU readability guideline (2009): 9 pt Times New Roman, whose x-height is 1.42 mm", "millimetres")
def x_height(m: Manuscript) -> Iterator[Finding]:
    """Small letters are lower than the limit as they are printed."""
    for name, composition in m.pages:
        smallest = min(
            (
                (run.size * run.face.x_height / MM, line, run)
                for page in composition.pages
                for line, run in runs(page)
                if run.face.x_height
            ),
            key=lambda one: one[0],
            default=None,
        )
        if smallest and smallest[0] < m.limit - 0.005:
            height, line, run = smallest
            yield found(
                line.place,
                f"{name}: letters of {run.size:.1f} pt are {height:.2f} mm high (x-height)",
                f"{m.limit:g} mm at least; choose a larger size or a font with larger small letters",
                name,
            )
