"""Where each leaflet stands: what a hospital with a thousand of them asks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from ..kept.manifest import Manifest
from ..model.problem import Rejected
from ..model.record import record
from ..model.run import Job
from ..model.wording import shown
from .approval import changed
from .find import jobs
from .project import ProjectFiles, once
from .today import over, today
from .translation import outdated
from .workers import spread


@record(frozen=True, slots=True)
class Standing:
    """A content file in one of its layouts."""

    leaflet: str
    """Name of its folder."""
    language: str
    layout: str
    built: str
    """up to date · to build · can't be read"""
    review: str
    """draft · unreviewed translation · final · changed since approval · out of date (a translation whose source has
    changed)"""
    due: str
    """Day of the next review; "" where none is said."""
    overdue: bool
    """Whether that day has come."""
    grade: str
    """Value of the formula of the language, with its name; "" where there is none."""
    file: str = ""


def status(root: Path, paths: Sequence[Path], output: Path | None = None, workers: int | None = None) -> list[Standing]:
    """A Standing for each content file and each of its layouts, in their order. Nothing is set or written.

    "up to date" means that the PDFs for both papers are in `output` and were made from the files as they are now.
    """
    project = ProjectFiles(root.resolve())
    work = partial(_of_one, output=output or root / "output")
    return [one for several in spread(project, work, list(paths), workers) for one in several]


def _of_one(project: ProjectFiles, path: Path, *, output: Path) -> list[Standing]:
    try:
        return list(_standings(project, path, output))
    finally:
        project.forget(path)


def _standings(project: ProjectFiles, path: Path, output: Path) -> Iterator[Standing]:
    from ..check.manuscript import Manuscript

    name = path.parent.name
    try:
        content = project.content(path)
        stale = bool(outdated(project, path))
        scores = Manuscript(content, project.vocabulary(content.language)).scores
    except Rejected:
        yield Standing(name, path.stem, "–", "can't be read", "–", "", False, "", shown(path, project.root))
        return
    due = str(content.review.next_review or "")
    said = "changed since approval" if changed(project, path) else content.review.status.replace("-", " ")
    review = "out of date" if stale else said
    grade = f"{scores[0].formula.name} {scores[0].value:.1f}" if scores else ""
    manifest = once(project.manifests, output, lambda: Manifest(output, project.root))
    listed = [job for job in jobs(project, [path], None, None, None) if isinstance(job, Job)]
    manifest.look(job.layout for job in listed)
    for layout in dict.fromkeys(job.layout for job in listed):
        made = all(manifest.kept(job, today()) is not None for job in listed if job.layout == layout)
        yield Standing(name, path.stem, layout, "up to date" if made else "to build", review, due,
                       over(due), grade, shown(path, project.root))
