"""The recipe: the only file that knows the order. read → check → merge → impose → typeset → draw → output/."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from .model.content import Content
from .model.layout import PAPERS, BodyRange, Geometry, Layout
from .model.page import About, Composition
from .model.printing import Printing
from .model.problem import Overfull, Place, Problem, Rejected, Text
from .model.run import Event, Result
from .model.story import HEADINGS, Leaflet, Node
from .model.theme import Theme
from .printed import office, shop, test_sheet
from .shelf import Shelf, nearest, shown
from .stamps import RECORD, Stamps
from .translated import out_of_date, outdated, source_of

Told = Callable[[Event], None]
PRINTERS = "printers.yaml"


@dataclass(frozen=True, slots=True)
class Job:
    """One content file (or two, side by side) in one layout, on one paper, in one theme: what a PDF (or a reading PDF and its
    sheet) is made of."""

    content: Path
    layout: str
    paper: str
    theme: str | None
    printing: Printing = Printing()
    beside: Path | None = None
    """The content file whose language stands beside the first."""
    allow_stale: bool = False
    """Print no mark on a translation that is out of date."""

    @property
    def contents(self) -> tuple[Path, ...]:
        return (self.content, self.beside) if self.beside else (self.content,)

    @property
    def key(self) -> str:
        """What tells this job from every other: its file and the names of what it makes."""
        return f"{self.content}|{self.name}{self.printing.key}{'|stale' if self.allow_stale else ''}"

    @property
    def name(self) -> str:
        """File name without suffix (settled: what is default is not named)."""
        theme = f"-{self.theme}" if self.theme else ""
        languages = "+".join(path.stem for path in self.contents)
        return f"{self.content.parent.name}-{languages}-{self.layout}-{self.paper}{theme}"


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
    if problems:
        raise Rejected(problems)
    return list(dict.fromkeys(found))


def layouts(project: Path) -> list[tuple[str, str]]:
    """(name, title) of every layout. Raises Rejected where a layout.yaml is wrong."""
    from .read.layout import list_layouts

    shelf = Shelf(project)
    return [(name, shelf.layout(name).spec.title) for name in list_layouts([project / "layouts"])]


# ── one leaflet ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Merged:
    """A job, ready to be typeset."""

    content: Content
    leaflet: Leaflet
    geometry: Geometry
    body: BodyRange
    theme: Theme
    fonts: object
    """text.fonts.Fonts."""
    footers: tuple[str, ...] | None
    inputs: dict[Path, Place | None]
    """Files of its pictures, each with the place that names it."""


def merged(shelf: Shelf, job: Job) -> Merged:
    """Everything before typesetting. Raises Rejected."""
    from .check import faint
    from .impose import geometry, problems

    content = shelf.content(job.content)
    layout = shelf.layout(job.layout)
    paper = PAPERS[job.paper]
    wrong = problems(layout, paper)
    if wrong:
        raise Rejected(wrong)
    name = job.theme or str(layout.spec.theme)
    theme = shelf.theme(name, layout)
    if content.publisher and content.publisher.colours:
        theme = replace(theme, palette={**theme.palette, **content.publisher.colours})
    pale = faint(theme)
    if pale:
        raise Rejected(pale)
    leaflet = _story(shelf, job, layout, theme)
    inputs = _pictures(shelf, leaflet, content, job.content)
    sheet = geometry(layout.spec, paper, leaflet.direction)
    footers = tuple(layout.spec.footers) if layout.spec.footers is not None else None
    return Merged(content, leaflet, sheet, layout.spec.body, theme, shelf.fonts_of(name, layout), footers, inputs)


def compose(shelf: Shelf, job: Job):
    """Everything up to the placed pages. Returns (Composition, Geometry, Content, inputs); raises Rejected."""
    from .impose import sides
    from .typeset.compose import compose as typeset

    made = merged(shelf, job)
    sheet = made.geometry
    place = Place(shown(job.content, shelf.project))
    try:
        composition = typeset(made.leaflet, sheet, made.body, made.theme, made.fonts, made.footers)
    except Overfull as rejected:
        rooms = roomier(shelf, job, made.leaflet)
        *some, one = rooms or [""]
        ways = f"; {', '.join(some)} and {one} have room" if some else f"; {one} has room" if one else ""
        raise Overfull(replace(p, place=p.place or place, message=f"{job.layout}, {PAPERS[job.paper].name}: {p.message}",
                               hint=p.hint + ways) for p in rejected.problems) from None
    except Rejected as rejected:
        raise Rejected(replace(p, place=p.place or place) for p in rejected.problems) from None
    return composition, replace(sheet, sides=sides(sheet, len(composition.pages), made.leaflet.direction)), made.content, made.inputs


def roomier(shelf: Shelf, job: Job, leaflet: Leaflet) -> list[str]:
    """Up to three layouts that say all that this one says and have room for it, folded ones first."""
    from .read.layout import list_layouts
    from .typeset.compose import fits

    said = _headings(leaflet)
    found: dict[bool, list[str]] = {True: [], False: []}
    for name in list_layouts([shelf.project / "layouts"]):
        if name != job.layout:
            try:
                other = merged(shelf, replace(job, layout=name))
            except Rejected:
                continue
            if said <= _headings(other.leaflet) and fits(other.leaflet, other.geometry, other.body, other.theme, other.fonts):
                found[other.geometry.repeat].append(name)
    return [*found[False], *found[True]][:3]


def _headings(leaflet: Leaflet) -> set[str]:
    return {" ".join(node.words().split()) for node in _nodes(leaflet) if node.name in HEADINGS}


def _story(shelf: Shelf, job: Job, layout: Layout, theme: Theme) -> Leaflet:
    """The story of a job; with two languages, block by block. Raises Rejected."""
    from .merge.template import merge

    contents = [shelf.content(path) for path in job.contents]
    if len(contents) != layout.spec.languages:
        place = next((name.place for name in contents[0].layouts if name == job.layout and isinstance(name, Text)), None)
        if job.beside:
            raise Rejected([Problem(None, f"the layout '{job.layout}' sets one language", "leave --with away, or --layout")])
        raise Rejected([Problem(place, f"the layout '{job.layout}' sets two languages side by side",
                                f"leaflet build {job.content.parent.name}/{job.content.stem} --with LANGUAGE")])
    if job.beside:
        from .merge.mirror import mirrored, unlike

        if wrong := unlike(*contents):
            raise Rejected(wrong)
    marked = [not job.allow_stale and bool(outdated(shelf, path)) for path in job.contents]
    leaflets = [merge(layout, content, shelf.words_of(content.language, layout), classes=theme.styles, search=shelf.search(layout),
                      project=shelf.project, stale=stale) for content, stale in zip(contents, marked)]
    return mirrored(*leaflets) if job.beside else leaflets[0]


def _pictures(shelf: Shelf, leaflet, content: Content, path: Path) -> dict[Path, Place | None]:
    """Read the picture of every img; returns their files, each with the place that names it."""
    out: dict[Path, Place | None] = {}
    problems: list[Problem] = []
    for node in _nodes(leaflet):
        if node.name != "img":
            continue
        src = node.attributes["src"]
        if src in leaflet.pictures:
            continue
        file = (path.parent / src).resolve()
        root = shelf.project if path.is_relative_to(shelf.project) else path.parent
        if not file.is_relative_to(root.resolve()) or not file.is_file():
            problems.append(Problem(node.place, f"there is no picture '{src}' beside the content file"))
            continue
        try:
            leaflet.pictures[src] = shelf.picture(file, shown(file, shelf.project))
            out.setdefault(file, node.place)
        except Rejected as rejected:
            problems += rejected.problems
    if problems:
        raise Rejected(problems)
    return out


def _nodes(leaflet: Leaflet) -> Iterator[Node]:
    stack = list(leaflet.parts.values()) + list(leaflet.footers)
    while stack:
        node = stack.pop()
        yield node
        stack += [kid for kid in node.kids if not isinstance(kid, str)]


def about(content: Content, composition: Composition) -> About:
    """What the PDF says of itself; only what the content says."""
    review = content.review
    summary = " ".join((content.summary or "").split())
    return About(
        title=str(content.title), language=str(content.language), author=str(review.author or ""), subject=summary,
        keywords=tuple(map(str, content.keywords)), date=str(review.reviewed or review.published or ""),
        direction=composition.direction,
    )


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without Python's search for unreachable cycles: a third of a leaflet's time, for next to nothing to be found.

    What little there is goes in the search after it.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_undisturbed()
def make(shelf: Shelf, job: Job) -> tuple[dict[str, bytes], list[Path], list[Problem]]:
    """One job → ({file name: PDF}, files that it is made of besides the content, warnings). Raises Rejected."""
    how = job.printing
    profile = shelf.profile(how.icc) if how.press else None
    printer = shelf.printer(how.printer) if how.printer else None
    composition, geometry, content, inputs = compose(shelf, job)
    says = about(content, composition)
    made_from = [*inputs, *(source for path in job.contents if (source := source_of(shelf, path)))]
    old = [problem for path in job.contents for problem in out_of_date(shelf, path, job.allow_stale)]
    if profile is not None:
        files, warnings = shop(job.name, composition, geometry, says, profile, job.paper)
        return files, [*made_from, *([how.icc] if how.icc else [])], [*old, *warnings]
    files = office(job.name, composition, geometry, says, how.tumble, printer)
    return files, [*made_from, *([shelf.project / PRINTERS] if printer else [])], [*old, *_coarse(shelf, composition, inputs)]


def _coarse(shelf: Shelf, composition: Composition, inputs: dict[Path, Place | None]) -> list[Problem]:
    from .check import coarse

    return coarse(composition, {str(file): (shelf.pictures[file], place) for file, place in inputs.items()})


# ── many ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def jobs(shelf: Shelf, paths: Sequence[Path], layouts: Sequence[str] | None, papers: Sequence[str] | None,
         theme: str | None, stamps: Stamps | None = None, printing: Printing = Printing(),
         beside: str | None = None, allow_stale: bool = False) -> Iterator[Job | Rejected]:
    """What to make of each content file; in place of a file that can't be read stand its problems."""
    from .read.layout import list_layouts

    for path in paths:
        other = _beside(path, beside)
        if other == path and len(paths) > 1:
            continue
        if other and (other == path or not other.is_file()):
            wrong = "stands beside itself" if other == path else "is not there"
            yield Rejected([Problem(Place(shown(other, shelf.project)), f"the file {wrong}", "--with names another language of the leaflet")])
            continue
        if layouts and "all" in layouts or beside and not layouts:
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
        for name in names:
            for paper in papers or PAPERS:
                yield Job(path, name, paper.lower(), theme, printing, other, allow_stale)


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
          told: Told = lambda event: None) -> Result:
    """Build leaflets into `output` (default: output/ of the project); `beside`: the language that stands beside each one's own.

    Everything that can be built is built, also when another leaflet has problems. What is up to date is kept.
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
    for done, job in enumerate(todo, 1):
        try:
            if isinstance(job, Rejected):
                raise job
            kept = stamps.kept(job)
            if kept is not None and not force:
                files += kept
                for file in kept:
                    told(Event("kept", file, done=done, total=len(todo)))
                continue
            began = time.perf_counter()
            made, inputs, warnings = make(shelf, job)
        except Rejected as rejected:
            if isinstance(job, Job):
                stamps.forget(job)
            fresh = tuple(p for p in rejected.problems if p not in problems)
            problems += fresh
            if fresh:
                told(Event("failed", None, fresh, done=done, total=len(todo)))
            continue
        for name, data in made.items():
            write(output / name, data)
            files.append(output / name)
            told(Event("built", output / name, tuple(warnings), (time.perf_counter() - began) * 1000, done, len(todo)))
            began = time.perf_counter()
        problems += [warning for warning in warnings if warning not in problems]
        stamps.note(job, made, inputs, [str(name) for name in shelf.content(job.content).layouts])
    record = stamps.data()
    if record is not None:
        write(output / RECORD, record)
    return Result(tuple(files), tuple(problems))


def check(project: Path, paths: Sequence[Path]) -> list[Problem]:
    """Everything that `build` could refuse, for each of the content's layouts and both papers, and what is doubtful.

    Writes nothing. Errors and warnings in the order of the files.
    """
    from .check import doubts

    project = project.resolve()
    shelf = Shelf(project)
    problems: list[Problem] = []
    for path in paths:
        try:
            problems += [*doubts(shelf.content(path)), *outdated(shelf, path)]
        except Rejected:
            pass
        for job in jobs(shelf, [path], None, None, None):
            try:
                if isinstance(job, Rejected):
                    raise job
                composition, _, _, inputs = compose(shelf, job)
                problems += _coarse(shelf, composition, inputs)
            except Rejected as rejected:
                problems += rejected.problems
    return list(dict.fromkeys(problems))


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
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, file)
    except BaseException:
        os.unlink(temporary)
        raise


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
