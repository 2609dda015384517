"""A leaflet speaks to one audience."""

from __future__ import annotations

import re

from ..model.content import Content
from ..model.late import Late
from ..model.problem import Problem
from ..model.walk import values

PROFESSIONALS = Late(r"\bfor (?:use by )?(?:trained )?(?:health ?care |medical |health )?professionals\b",
                     re.IGNORECASE)
PATIENTS = Late(
    r"\b(?:help|for|many|some|most) patients\b|\bpatients? (?:can|may|report|should)\b|\byour? "
    r"(?:doctor|physician)\b|\byour situation\b", re.IGNORECASE)


def doubts(content: Content) -> list[Problem]:
    """Warnings: the text says that it is for professionals, and addresses patients."""
    note = content.audience_note
    if not note or not PROFESSIONALS.search(note) or content.audience == "professionals":
        return []
    texts = (value.text for value in values(content)
             if value.kind == "prose" and value.printed and value.value is not note)
    if content.audience == "patients" or any(map(PATIENTS.search, texts)):
        return [Problem(getattr(note, "place", content.place),
                        "this says that the text is for professionals, but the article addresses patients",
                        "say whom the leaflet is for; it is printed as it stands", "warning")]
    return []
