"""Words that a printer without colour still shows."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..contrast import in_grey, painted, ratio
from ..manuscript import Manuscript
from ..pages import line_text
from ..rule import found, rule


@rule("page", "WCAG 2.2, 1.4.3, applied to the grey of an office printer (Rec. 601)", "contrast ratio")
def grey_contrast(m: Manuscript) -> Iterator[Finding]:
    """Words do not stand out from their ground where they are printed without colour."""
    told = set()
    for name, composition in m.pages:
        for page in composition.pages:
            for line, word, ground in painted(page):
                pair = word, ground
                if pair not in told and (contrast := ratio(in_grey(word), in_grey(ground))) < m.limit:
                    told.add(pair)
                    yield found(
                        line.place,
                        f"{name}: {line_text(line)[:30]!r} has a contrast of {contrast:.1f}:1 in grey",
                        f"{m.limit:g}:1 at least; change the colour or its ground",
                        f"{word} {ground}",
                    )
