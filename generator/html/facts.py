"""What search engines may read of a leaflet: a MedicalWebPage of schema.org, in JSON-LD, from what the content says."""

from __future__ import annotations

import json
from typing import Any

from ..model.content import Content
from ..model.record import record

AUDIENCES = {"patients": [("Patient", "")],
             "professionals": [("MedicalAudience", "Clinician")],
             "everyone": [("Patient", ""), ("MedicalAudience", "Clinician")]}
"""`audience` of a content file → (type of schema.org, its audienceType)."""
OLD = {"expired", "stale"}
"""Marks of a leaflet that was right once."""


@record(frozen=True, slots=True)
class Facts:
    """What the head of the page says. Nothing here is seen on the page."""

    content: Content
    summary: str
    """Without marks."""
    languages: tuple[str, ...]
    """Of the page; two where two stand side by side."""
    marks: tuple[str, ...] = ()
    """As of the Leaflet: why it is not final."""


def linked(facts: Facts) -> str:
    """The JSON-LD, safe to stand within <script>. A fact that the content lacks is left out."""
    content, review, publisher = facts.content, facts.content.review, facts.content.publisher
    languages = list(facts.languages)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": str(content.title),
        "description": facts.summary,
        "inLanguage": languages[0] if len(languages) == 1 else languages,
        "url": content.web,
        "specialty": content.category,
        "audience": [{"@type": kind, "audienceType": name} if name else {"@type": kind}
                     for kind, name in AUDIENCES.get(content.audience or "", ())],
        "about": [{"@type": "MedicalEntity", "name": str(name)} for name in content.options],
        "keywords": ", ".join(map(str, content.keywords)),
        "datePublished": review.published,
        "lastReviewed": review.reviewed,
        "reviewedBy": _named(review.reviewer),
        "author": _named(review.author),
        "version": review.version,
        "creativeWorkStatus": "Obsolete" if OLD & set(facts.marks) else "Draft" if facts.marks else "",
        "publisher": _named(publisher.name, publisher.web) if publisher else None,
    }
    text = json.dumps(_without_empty(found), ensure_ascii=False, indent=1, default=str)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _named(name: str | None, web: str | None = None) -> dict[str, Any] | None:
    """A person or a department; the content does not say which, so it is neither."""
    if not name:
        return None
    return _without_empty({"@type": "Organization" if web else "Thing", "name": str(name), "url": web})


def _without_empty(found: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, str) else value for key, value in found.items() if value}
