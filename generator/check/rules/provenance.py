"""Who made the leaflet, when, and from what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

KNOWN = ("author", "reviewer", "published", "reviewed", "next_review", "version", "sources", "publisher", "feedback")

_REACHED = re.compile(r"(?<![\w.,/-])\+?\(?\d[\d().‑ -]{6,}\d(?![\w/])|(?<=\w)@[\w-]+\.\w")
"""A telephone number of eight digits and signs or more, or an e-mail address, in running text."""


@rule("provenance", "PIF TICK 4, 7 and 8; NHS and IPDAS; see A12 META-1 of the profile's sources")
def provenance(m: Manuscript) -> Iterator[Finding]:
    """Something is not given of what the profile needs: author, reviewer, published, reviewed, next_review, version,
    sources, publisher, feedback."""
    review, publisher = m.content.review, m.content.publisher
    given = {name: bool(getattr(review, name, None)) for name in KNOWN}
    given["sources"] = bool(review.sources or m.content.references)
    given["publisher"] = bool(publisher and publisher.name)
    contacts = [
        *m.content.contacts,
        *(block.contact for block in m.blocks if block.contact),
        *([publisher] if publisher else []),
    ]
    given["feedback"] = any(one.phone or one.email or one.web for one in contacts) or bool(
        m.says(m.vocabulary.feedback) or _REACHED.search("\n".join(passage.text for passage in m.running))
    )
    elsewhere = {
        "sources": "what it rests on under references:",
        "publisher": "name: in content/publisher.yaml",
        "feedback": "a telephone number or an address under contacts:",
    }
    missing = [str(name) for name in m.setting.needs if name in given and not given[name]]
    if missing:
        own = [name for name in missing if name not in elsewhere]
        wanted = [f"{', '.join(own)} under review:"] * bool(own) + [elsewhere[name] for name in missing
                                                                   if name in elsewhere]
        yield found(
            review.place or m.content.place,
            f"it is not said: {', '.join(name.replace('_', ' ') for name in missing)}",
            f"give {'; '.join(wanted)}",
            ", ".join(missing),
        )
