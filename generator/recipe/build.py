"""Builds many leaflets: keeps what is up to date, has the rest made, writes the files.
`check` does so without writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..kept.manifest import FILE, Manifest
from ..kept.write import write
from ..model.layout import EVERY_PAPER
from ..model.printing import Printing
from ..model.problem import Place, Problem, Rejected
from ..model.run import SUFFIXES, Built, Event, Form, Job, Made
from .find import jobs
from .project import ProjectFiles
from .today import today

OLD = "old"
"""Folder in an output folder: PDFs of leaflets that are gone, or that can't be built as they are now."""


def build(root: Path, paths: Sequence[Path], *, layouts: Sequence[str] | None = None,
          papers: Sequence[str] | None = None, theme: str | None = None, output: Path | None = None,
          force: bool = False, printing: Printing = Printing(), beside: str | None = None, allow_stale: bool = False,
          twins: Sequence[Form] = (), tell: Callable[[Event], None] = lambda event: None,
          workers: int | None = None, dry: bool = False, allow_expired: bool = False, plain: bool = False) -> Built:
    """Build leaflets of the project `root` into `output` (default: output/ of the project).

    Everything that can be built is built, also when another leaflet has problems. What is up to date is
    kept. Where a leaflet fails, or its content file is gone, its earlier PDFs are moved into the folder OLD of
    `output`.
    beside: the language that stands beside each one's own. twins: "html", "text": what each leaflet is written as,
    besides its PDFs. tell: is called with each Event as it happens. workers: how many processes; None: as many as the
    work is worth. dry: nothing is made or written; what would be made is told as "planned", under the name of the
    leaflet's PDF (a sheet beside it is not named). allow_expired: also leaflets whose day of review has gone by, with a
    mark. plain: with the plainer texts of blocks that have one.
    """
    root = root.resolve()
    output = output or root / "output"
    if not dry:
        output.mkdir(parents=True, exist_ok=True)
    project = ProjectFiles(root)
    manifest = Manifest(output, root)
    todo = list(jobs(project, paths, layouts, papers, theme, None if force else manifest, printing, beside,
                     allow_stale, twins, allow_expired, plain))
    manifest.look(job.layout for job in todo if isinstance(job, Job))
    day = today()
    kept = [None if force or isinstance(job, Rejected) else manifest.kept(job, day) for job in todo]
    if dry:
        return _planned(todo, kept, output, tell)
    makes = _made(project, [job for job, there in zip(todo, kept) if isinstance(job, Job) and there is None], workers)
    files: list[Path] = []
    failed: list[Job] = []
    problems: dict[Problem, None] = {}
    try:
        for done, (job, there) in enumerate(zip(todo, kept), 1):
            if there is not None:
                said = [_warning(one) for one in there[1]]
                for file in there[0]:
                    files.append(file)
                    tell(Event("kept", file, tuple(said), done=done, total=len(todo)))
                problems |= dict.fromkeys(said)
                continue
            made = None if isinstance(job, Rejected) else next(makes)
            wrong = job.problems if made is None else made.problems
            if wrong:
                if made is not None:
                    failed.append(job)
                fresh = tuple(one for one in wrong if one not in problems)
                problems |= dict.fromkeys(fresh)
                if fresh:
                    tell(Event("failed", None, fresh, done=done, total=len(todo)))
                continue
            took = made.milliseconds
            for name, data in made.files.items():
                write(output / name, data)
                files.append(output / name)
                tell(Event("built", output / name, tuple(made.warnings), took, done, len(todo), made.chosen))
                took, made.chosen = 0.0, None
            problems |= dict.fromkeys(made.warnings)
            manifest.note(job, made.files, made.inputs, made.layouts, [_as_list(warning) for warning in made.warnings],
                          made.until)
        unreadable = [path for path in paths if isinstance(project.contents.get(path), Rejected)]
        for file in manifest.retire(failed, unreadable):
            if moved := _put_away(file):
                tell(Event("moved", moved, done=len(todo), total=len(todo)))
    finally:  # also after Ctrl-C: what was made need not be made again
        said = manifest.data()
        if said is not None:
            write(output / FILE, said)
    return Built(tuple(files), tuple(problems))


def _made(project: ProjectFiles, jobs: Sequence[Job], workers: int | None) -> Iterator[Made]:
    """Carries out jobs. What makes leaflets is loaded only where there are some to make."""
    if jobs:
        from .workers import make_all

        yield from make_all(project, jobs, workers)


def _planned(todo: Sequence[Job | Rejected], kept: Sequence, output: Path, tell: Callable[[Event], None]) -> Built:
    """Tells what a build would keep and what it would make."""
    problems: dict[Problem, None] = {}
    for done, (job, there) in enumerate(zip(todo, kept), 1):
        if isinstance(job, Rejected):
            problems |= dict.fromkeys(job.problems)
            continue
        for file in there[0] if there is not None else [output / f"{job.name}{SUFFIXES.get(job.form, '.pdf')}"]:
            tell(Event("planned" if there is None else "kept", file, done=done, total=len(todo)))
        problems |= dict.fromkeys(_warning(one) for one in (there or ((), ()))[1])
    return Built((), tuple(problems))


def _put_away(file: Path) -> Path | None:
    """Move an earlier PDF into the folder OLD beside it. Returns its new path; None where another build has moved
    it."""
    (file.parent / OLD).mkdir(exist_ok=True)
    try:
        return file.replace(file.parent / OLD / file.name)
    except FileNotFoundError:
        return None


def _as_list(warning: Problem) -> list:
    """A warning as the manifest keeps it."""
    place = warning.place
    return [place and [place.file, place.line, place.column], warning.message, warning.hint]


def _warning(said: list) -> Problem:
    place, message, hint = said
    return Problem(place and Place(*place), message, hint, "warning")


def check(root: Path, paths: Sequence[Path]) -> list[Problem]:
    """All errors and warnings that `build` could give, for each layout that the content asks for and both papers.

    Writes nothing. Errors and warnings in the order of the files. What an editor would say is checks.py.
    """
    from .checks import problems_of

    project = ProjectFiles(root.resolve())
    return list(dict.fromkeys(problem for path in paths for problem in problems_of(project, path)[0]))


def proof(root: Path, path: Path, layout: str, paper: str, theme: str | None, output: Path,
          readability: bool = False) -> list[Path]:
    """Pictures of a leaflet: each side of the sheet, each panel, and folded. Returns their files. Raises Rejected.

    A leaflet whose day of review has gone by is shown with its mark, since who reviews it looks at it.

    readability: also each panel on which there is something hard to read, with that tinted.
    """
    from ..impose import faces
    from .leaflet import about, pages
    from .output import pictures
    from .tints import spans, tints

    project = ProjectFiles(root.resolve())
    job = Job(path, layout, paper, theme, allow_expired=True)
    composition, geometry = pages(project, job)
    seen = faces(project.layout(layout).spec, EVERY_PAPER[paper], len(composition.pages), composition.direction)
    output.mkdir(parents=True, exist_ok=True)
    files = []
    properties = about(project.content(path), composition.direction)
    tinted = tints(spans(project, path, project.content(path)), composition.pages) if readability else ()
    for name, data in pictures(composition, geometry, properties, seen, tinted).items():
        files.append(output / f"{job.name}-{name}.png")
        write(files[-1], data)
    return files
