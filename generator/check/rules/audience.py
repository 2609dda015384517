"""A leaflet speaks to one audience."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("claims", "AHRQ PEMAT-P 1; MDR, article 7 d", guess=True)
def audience(m: Manuscript) -> Iterator[Finding]:
    """The text says that it is for professionals, and speaks to patients; or it contradicts `audience:`."""
    own = m.content.audience
    note = next(m.hits(m.vocabulary.professionals), None)
    if note is None or own == "everyone":
        return
    passage, match = note
    here = max((one.start for one in passage.sentences if one.start <= match.start()), default=0)
    others = [one.clean for one in m.passages if one is not passage]
    others += [one.text for one in passage.sentences if one.start != here]
    patients = own == "patients" or any(m.says(m.vocabulary.patients, one) for one in others)
    if own != "professionals" and patients:
        yield found(
            passage.place_at(match.start()),
            f"this says that the text is for professionals ('{match[0]}'), but the leaflet addresses patients",
            "say whom the leaflet is for; it is printed as it stands",
            "both",
        )
