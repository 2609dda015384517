"""Today is an input: it decides whether a leaflet may go out, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.problem import Place, Problem
from ..model.wording import shown
from .project import ProjectFiles

if TYPE_CHECKING:
    from datetime import datetime


def today() -> str:
    """This day, or that of SOURCE_DATE_EPOCH where it is set; ISO."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    return time.strftime("%Y-%m-%d", time.gmtime(int(said)) if said else time.localtime())


def now() -> datetime:
    """The time, or that of SOURCE_DATE_EPOCH."""
    from datetime import UTC, datetime

    said = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(said), UTC) if said else datetime.now().astimezone()


def due(project: ProjectFiles, path: Path) -> str:
    """The day, month or year through which a leaflet may go out: that of its next review; "" where none is said.
    Raises Rejected."""
    return str(project.content(path).review.next_review or "")


def over(said: str) -> bool:
    """Whether a day, month or year has gone by."""
    return bool(said) and today()[: len(said)] > said


def expired(project: ProjectFiles, path: Path, what: str = "built") -> list[Problem]:
    """Why a leaflet does not go out any more: the day of its next review has gone by. Raises Rejected."""
    said = project.content(path).review.next_review
    if not over(str(said or "")):
        return []
    place = getattr(said, "place", None) or Place(shown(path, project.root))
    return [Problem(place, f"the review was due in {said}, so this is not {what}",
                    "have it reviewed, then change reviewed: and next_review:; --allow-expired marks it on each page")]
