"""The recipe: the only file that knows the order. read → check → merge → impose → typeset → draw → output/."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from .composed import Job, about, compose, explained, merged, placed
from .crew import carried_out
from .finished import finished, undisturbed
from .model.content import Content
from .model.layout import PAPERS
from .model.picture import Picture
from .model.printing import Printing
from .model.problem import Place, Problem, Rejected
from .model.run import Event, Order, Result
from .printed import pictures, shop, test_sheet
from .shelf import Shelf, nearest, shown
from .stamps import RECORD, Stamps
from .translated import out_of_date, outdated, source_of, strange

Told = Callable[[Event], None]
PRINTERS = "printers.yaml"
FEW = 20
"""Content files that may lie open at a time."""


# ── what there is ──────────────────────────────────────────────────────────────────────────────────────────────────


def contents(project: Path, names: Sequence[str] = ()) -> list[Path]:
    """Content files: those named (slug, slug/language or path), or all of content/. Raises Rejected for unknown names."""
    root = project / "content"
    every = sorted(p for p in root.glob("*/*.yaml"))
    if not names:
        return every
    found: list[Path] = []
    problems: list[Problem] = []
    known = sorted({p.parent.name for p in every} | {f"{p.parent.name}/{p.stem}" for p in every})
    for name in names:
        path = Path(name)
        if path.suffix in (".yaml", ".yml"):
            if path.is_file():
                found.append(path.resolve())
            else:
                problems.append(Problem(Place(name), "there is no such file"))
            continue
        slug = name.strip("/").removeprefix("content/")
        match = [p for p in every if slug in (p.parent.name, f"{p.parent.name}/{p.stem}")]
        if match:
            found += match
        else:
            problems.append(Problem(None, f"there is no content '{name}'", nearest(slug, known)))
    named: dict[tuple[str, str], Path] = {}
    for path in found:
        other = named.setdefault((path.parent.name, path.stem), path)
        if other != path:
            problems.append(Problem(Place(shown(path, project)), f"its PDFs would be named as those of {shown(other, project)}",
                                    "build them one after the other, each with an --output of its own"))
    if problems:
        raise Rejected(problems)
    return list(dict.fromkeys(found))


def layouts(project: Path) -> list[tuple[str, str]]:
    """(name, title) of every layout. Raises Rejected where a layout.yaml is wrong."""
    from .read.layout import list_layouts

    shelf = Shelf(project)
    return [(name, shelf.layout(name).spec.title) for name in list_layouts([project / "layouts"])]


# ── one leaflet ────────────────────────────────────────────────────────────────────────────────────────────────────


@undisturbed()
def make(shelf: Shelf, job: Job) -> tuple[dict[str, bytes], list[Path], list[Problem]]:
    """One job → ({file name: PDF}, files that it is made of besides the content, warnings). Raises Rejected."""
    how = job.printing
    profile = shelf.profile(how.icc) if how.press else None
    printer = shelf.printer(how.printer) if how.printer else None
    made = merged(shelf, job)
    says = about(made.content, made.leaflet.direction)
    made_from = [*made.inputs, *(source for path in job.contents if (source := source_of(shelf, path)))]
    old = [problem for path in job.contents for problem in out_of_date(shelf, path, job.allow_stale)]
    if profile is not None:
        composition, geometry = placed(shelf, job, made)
        files, warnings = shop(job.name, composition, geometry, says, profile, job.paper)
        return files, [*made_from, *([how.icc] if how.icc else [])], [*old, *warnings]
    order = Order(job.name, made.leaflet, made.geometry, made.spec, made.theme, says, _pictures(shelf, made.inputs), how.tumble, printer)
    with explained(shelf, job, made.leaflet):
        files, warnings = finished(order, shelf.fonts_of(*made.family))
    return files, [*made_from, *([shelf.project / PRINTERS] if printer else [])], [*old, *warnings]


def _pictures(shelf: Shelf, inputs: dict[Path, Place | None]) -> dict[str, tuple[Picture, Place | None]]:
    """The pictures of a leaflet by file, each with the place that names it."""
    return {str(file): (shelf.pictures[file], place) for file, place in inputs.items()}


# ── many ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def jobs(shelf: Shelf, paths: Sequence[Path], layouts: Sequence[str] | None, papers: Sequence[str] | None,
         theme: str | None, stamps: Stamps | None = None, printing: Printing = Printing(),
         beside: str | None = None, allow_stale: bool = False) -> Iterator[Job | Rejected]:
    """What to make of each content file; in place of a file that can't be read stand its problems."""
    for path in paths:
        other = _beside(path, beside)
        if other == path and len(paths) > 1:
            continue
        if other and (other == path or not other.is_file()):
            wrong = "stands beside itself" if other == path else "is not there"
            yield Rejected([Problem(Place(shown(other, shelf.project)), f"the file {wrong}", "--with names another language of the leaflet")])
            continue
        if layouts and "all" in layouts or beside and not layouts:
            from .read.layout import list_layouts

            every = list_layouts([shelf.project / "layouts"])
            names: Sequence[str] = [name for name in every if _languages(shelf, name) in (None, 2 if beside else 1)]
        elif layouts:
            names = layouts
        elif stamps is None or (names := stamps.layouts(path)) is None:
            try:
                names = [str(name) for name in shelf.content(path).layouts]
            except Rejected as rejected:
                yield rejected
                continue
            if len(paths) > FEW:
                shelf.forget(path)  # read again when its turn comes, rather than all of them kept
        for name in names:
            named = theme if theme and theme != _theme(shelf, name) else None  # what is default is not named
            for paper in papers or PAPERS:
                yield Job(path, name, paper.lower(), named, printing, other, allow_stale)


def _theme(shelf: Shelf, layout: str) -> str | None:
    """The theme of a layout; None where the layout can't be read, which is told when its turn comes."""
    try:
        return str(shelf.layout(layout).spec.theme)
    except Rejected:
        return None


def _beside(path: Path, language: str | None) -> Path | None:
    """The file of another language beside a content file."""
    return path.with_name(language + path.suffix) if language else None


def _languages(shelf: Shelf, layout: str) -> int | None:
    """How many languages a layout sets; None: it cannot be read, which its job will tell."""
    try:
        return shelf.layout(layout).spec.languages
    except Rejected:
        return None


def build(project: Path, paths: Sequence[Path], *, layouts: Sequence[str] | None = None,
          papers: Sequence[str] | None = None, theme: str | None = None, output: Path | None = None,
          force: bool = False, printing: Printing = Printing(), beside: str | None = None, allow_stale: bool = False,
          told: Told = lambda event: None, workers: int | None = None) -> Result:
    """Build leaflets into `output` (default: output/ of the project); `beside`: the language that stands beside each one's own.

    Everything that can be built is built, also when another leaflet has problems. What is up to date is kept.
    workers: how many processes; None: as many as the work is worth.
    """
    project = project.resolve()
    output = output or project / "output"
    output.mkdir(parents=True, exist_ok=True)
    shelf = Shelf(project)
    stamps = Stamps(output, project)
    stamps.look([*paths, *(other for path in paths if (other := _beside(path, beside)))])
    files: list[Path] = []
    problems: list[Problem] = []
    todo = list(jobs(shelf, paths, layouts, papers, theme, None if force else stamps, printing, beside, allow_stale))
    kept = [stamps.kept(job) if isinstance(job, Job) else None for job in todo]
    makes = carried_out(shelf, [job for job, there in zip(todo, kept) if isinstance(job, Job) and (force or there is None)], workers)
    for done, (job, there) in enumerate(zip(todo, kept), 1):
        if there is not None and not force:
            files += there
            for file in there:
                told(Event("kept", file, done=done, total=len(todo)))
            continue
        made = None if isinstance(job, Rejected) else next(makes)
        wrong = job.problems if made is None else made.problems
        if wrong:
            if made is not None:
                stamps.forget(job)
            fresh = tuple(p for p in wrong if p not in problems)
            problems += fresh
            if fresh:
                told(Event("failed", None, fresh, done=done, total=len(todo)))
            continue
        took = made.milliseconds
        for name, data in made.files.items():
            write(output / name, data)
            files.append(output / name)
            told(Event("built", output / name, tuple(made.warnings), took, done, len(todo)))
            took = 0.0
        problems += [warning for warning in made.warnings if warning not in problems]
        stamps.note(job, made.files, list(made.inputs), made.layouts)
    record = stamps.data()
    if record is not None:
        write(output / RECORD, record)
    return Result(tuple(files), tuple(problems))


def check(project: Path, paths: Sequence[Path]) -> list[Problem]:
    """Everything that `build` could refuse, for each of the content's layouts and both papers, and what is doubtful.

    Writes nothing. Errors and warnings in the order of the files.
    """
    from .check import coarse, doubts

    project = project.resolve()
    shelf = Shelf(project)
    problems: list[Problem] = []
    for path in paths:
        try:
            problems += [*doubts(shelf.content(path)), *outdated(shelf, path), *strange(shelf, path)]
        except Rejected:
            pass
        for job in jobs(shelf, [path], None, None, None):
            try:
                if isinstance(job, Rejected):
                    raise job
                composition, _, _, inputs = compose(shelf, job)
                problems += coarse(composition, _pictures(shelf, inputs))
            except Rejected as rejected:
                problems += rejected.problems
    return list(dict.fromkeys(problems))


def proof(project: Path, path: Path, layout: str, paper: str, theme: str | None, output: Path) -> list[Path]:
    """Pictures of a leaflet: each side of the sheet, each panel, and folded. Returns their files. Raises Rejected."""
    from .impose import faces

    shelf = Shelf(project.resolve())
    job = Job(path, layout, paper, theme)
    composition, geometry, content, _ = compose(shelf, job)
    seen = faces(shelf.layout(layout).spec, PAPERS[paper], len(composition.pages), composition.direction)
    output.mkdir(parents=True, exist_ok=True)
    files = []
    for name, data in pictures(composition, geometry, about(content, composition.direction), seen).items():
        files.append(output / f"{job.name}-{name}.png")
        write(files[-1], data)
    return files


def calibrate(paper: str, output: Path, tumble: bool = False) -> Path:
    """Write the test sheet of a printer that prints both sides; returns its file."""
    output.mkdir(parents=True, exist_ok=True)
    ((name, data),) = test_sheet(paper, tumble).items()
    write(output / name, data)
    return output / name


def keep_readings(project: Path, printer: str, right: float, up: float) -> Path:
    """Keep what was read off a test sheet (mm) in printers.yaml; returns that file. Raises Rejected where it is wrong already."""
    from .read.printers import read_printers, with_printer

    file = project / PRINTERS
    read_printers(project)
    text = with_printer(file.read_text("utf-8") if file.exists() else "", printer, right, up)
    write(file, text.encode())
    return file


def write(file: Path, data: bytes) -> None:
    """Write a file whole or not at all: to a temporary name beside it, then renamed."""
    temporary = None
    try:
        handle, temporary = _hidden(file.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    except BaseException as error:
        if temporary is not None:
            os.unlink(temporary)
        if isinstance(error, OSError):
            error.filename = str(file)  # which the user knows; the temporary name is ours
        raise


def _hidden(folder: Path) -> tuple[int, str]:
    """A new, empty file under a name that nobody has yet, open for writing."""
    for number in count():
        path = os.path.join(folder, f".{os.getpid()}-{number}.part")
        try:
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), path
        except FileExistsError:
            continue  # left behind by a run that was killed


def starter(slug: str, language: str, title: str) -> str:
    """Text of a new content file. Raises Rejected where a name or the title is not well formed."""
    from .read.content import starter as text_of

    return text_of(slug, language, title)


def schema() -> str:
    """The JSON Schema of content files, as text."""
    import json

    from .read.editor import json_schema

    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def summary(content: Content) -> str:
    """The summary as markup, for a mail."""
    from .merge.markdown import blocks
    from .merge.marks import MARK

    return MARK.sub("", blocks(content.summary or "")[0])
