"""What the rules of `leaflet check` say of one text, while somebody changes it."""

from __future__ import annotations

from ..model.content import Content
from ..model.editorial import GENERIC, Finding
from .draft import Draft
from .offers import found_at
from .project import ProjectFiles

OF_ALL = ("address", "grade", "mean-sentence", "passive")
"""Rules that judge a leaflet as a whole, though they name a text."""


def remarks(project: ProjectFiles, draft: Draft, path: str) -> list[Finding]:
    """The findings whose words stand in the text at a path of a draft, the gravest first. What rules say of whole
    leaflets and of pages is told by `leaflet check` alone. Raises Rejected where the profile cannot be read."""
    from ..check.editorial import in_order, judge
    from ..check.manuscript import Manuscript, pattern

    content = draft.content
    if not isinstance(content, Content):
        return []
    profile = project.check_profile((content.checks and content.checks.profile) or GENERIC)
    found = judge(Manuscript(content, project.vocabulary(content.language)), profile).findings
    text = draft.value(path).text

    def is_here(one: Finding) -> bool:
        if one.rule == "hard-word":  # told once for the leaflet, where it stands first
            words = pattern((one.subject,))
            return words is not None and words.search(text) is not None
        value = found_at(content, one.place) if one.place and one.rule not in OF_ALL else None
        return value is not None and value.path == path

    return in_order([one for one in found if is_here(one)])
