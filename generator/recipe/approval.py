"""Who approved the words of a leaflet, and whether they are still the words that were approved."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ..kept.files import read_bytes
from ..model.content import Content
from ..model.problem import Place, Problem, Rejected
from ..model.record import replace
from ..model.walk import values
from ..model.wording import shown
from .project import ProjectFiles

OF_REVIEW = ("review.reviewer", "review.reviewed", "review.next_review", "review.published", "review.version")
"""What is said of the review itself, and is no part of what was approved."""


def words_of(content: Content) -> str:
    """A fingerprint of all that is printed or read aloud of a content, its shared passages included, and of the signs
    that give words their meaning. What comes from content/publisher.yaml is left out: another telephone number of the
    clinic is not each leaflet's matter."""
    said = [f"{value.name}: {value.text}" if value.signs else " ".join(value.text.split()) for value in values(content)
            if (value.printed or value.signs) and value.key not in OF_REVIEW and not value.path.startswith("publisher")]
    return sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def changed(project: ProjectFiles, path: Path) -> bool:
    """Whether a printed word of a content file has changed since somebody approved it. Raises Rejected."""
    content = project.content(path)
    return content.review.fingerprint is not None and content.review.fingerprint != words_of(content)


def told(project: ProjectFiles, path: Path) -> list[Problem]:
    """The warning that a leaflet says on its pages that it has changed. Raises Rejected."""
    if not changed(project, path):
        return []
    place = project.content(path).review.fingerprint.place
    name = f"{path.parent.name}/{path.stem}"
    return [Problem(place, "words have changed since this was approved, and the leaflet says so",
                    f"leaflet diff {name} --approved shows them; leaflet approve {name} --by NAME approves them",
                    "warning")]


def approve(project: ProjectFiles, path: Path, by: str, day: str) -> bytes:
    """The bytes of a content file with `by` as its reviewer, `day` as the day of the review, and the fingerprint of its
    words; nothing else in it differs. Its status is then final. Raises Rejected."""
    from ..read.source import LARGEST
    from .draft import Draft

    content, place = project.content(path), Place(shown(path, project.root))
    due = str(content.review.next_review or "")
    if due and due < day[: len(due)]:
        raise Rejected([Problem(getattr(content.review.next_review, "place", None) or place,
                                f"the next review was due in {due}", "write when the text is to be read again")])
    wanted = {"reviewer": by, "reviewed": day, "fingerprint": words_of(content)}
    if content.review.status != "final":
        wanted["status"] = "final"
    draft = Draft(path, project.root, read_bytes(path, LARGEST))
    for key, value in wanted.items():
        if "review" not in draft.root:
            draft.add_key("", "review", {key: value})
        elif key not in draft.root["review"]:
            draft.add_key("review", key, value)
        draft.say(("review", key), value, "line" if key == "reviewer" else "choice")  # days stand without quotes
    draft.judge()
    before = project.content_alone(path)
    if draft.content != replace(before, review=replace(before.review, **wanted)):
        raise AssertionError(f"{path} would not read as it was")
    return draft.data
