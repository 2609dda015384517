"""A job → placed pages: what is read is merged, laid out on its paper and typeset; the middle of the recipe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .finished import typeset
from .model.content import Content
from .model.layout import PAPERS, Geometry, Layout, LayoutSpec
from .model.page import About, Composition
from .model.printing import Printing
from .model.problem import Overfull, Place, Problem, Rejected, Text
from .model.record import record, replace
from .model.story import HEADINGS, Leaflet, Node
from .model.theme import Theme
from .shelf import Shelf, shown
from .translated import outdated

BLOCKS = frozenset((*HEADINGS, "p", "li", "dt", "dd", "th", "td", "img"))
"""Elements whose words must not be lost from one layout to another."""


@record(frozen=True, slots=True)
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


@record(frozen=True, slots=True)
class Merged:
    """A job, ready to be typeset."""

    content: Content
    leaflet: Leaflet
    geometry: Geometry
    theme: Theme
    family: tuple[str, Layout]
    """Name of the theme, and the layout: what shelf.fonts_of takes."""
    inputs: dict[Path, Place | None]
    """Files of its pictures, each with the place that names it."""

    @property
    def spec(self) -> LayoutSpec:
        return self.family[1].spec


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
    return Merged(content, leaflet, sheet, theme, (name, layout), inputs)


def compose(shelf: Shelf, job: Job):
    """Everything up to the placed pages. Returns (Composition, Geometry, Content, inputs); raises Rejected."""
    made = merged(shelf, job)
    return *placed(shelf, job, made), made.content, made.inputs


def placed(shelf: Shelf, job: Job, made: Merged) -> tuple[Composition, Geometry]:
    """What was merged, as placed pages. Raises Rejected."""
    with explained(shelf, job, made.leaflet):
        return typeset(made.leaflet, made.geometry, made.spec, made.theme, shelf.fonts_of(*made.family))


@contextmanager
def explained(shelf: Shelf, job: Job, leaflet: Leaflet) -> Iterator[None]:
    """What typesetting refuses is told with its place, and with the layouts that have room."""
    place = Place(shown(job.content, shelf.project))
    try:
        yield
    except Overfull as rejected:
        rooms = roomier(shelf, job, leaflet)
        *some, one = rooms or [""]
        ways = f"; {', '.join(some)} and {one} have room" if some else f"; {one} has room" if one else ""
        raise Overfull(replace(p, place=p.place or place, message=f"{job.layout}, {PAPERS[job.paper].name}: {p.message}",
                               hint=p.hint + ways) for p in rejected.problems) from None
    except Rejected as rejected:
        raise Rejected(replace(p, place=p.place or place) for p in rejected.problems) from None


def roomier(shelf: Shelf, job: Job, leaflet: Leaflet) -> list[str]:
    """Up to three layouts that say all that this one says and have room for it, folded ones first."""
    from .read.layout import list_layouts
    from .typeset.compose import fits

    file = shown(job.content, shelf.project)
    said = _said(leaflet, file)
    found: dict[bool, list[str]] = {True: [], False: []}
    for name in list_layouts([shelf.project / "layouts"]):
        if name != job.layout:
            try:
                other = merged(shelf, replace(job, layout=name))
            except Rejected:
                continue
            fonts = shelf.fonts_of(*other.family)
            if said <= _said(other.leaflet, file) and fits(other.leaflet, other.geometry, other.spec.body, other.theme, fonts):
                found[other.geometry.repeat].append(name)
    return [*found[False], *found[True]][:3]


def _said(leaflet: Leaflet, file: str) -> set[str]:
    """What a leaflet says of a content file: its texts, block by block, and the words for its pictures."""
    return {node.attributes.get("alt") or " ".join(node.words().split()) for node in _nodes(leaflet)
            if node.name in BLOCKS and node.place is not None and node.place.file == file}


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
                      project=shelf.project, stale=stale, cover=theme.cover) for content, stale in zip(contents, marked)]
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
        if not file.is_relative_to(root.resolve()) or not os.path.isfile(file):
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


def about(content: Content, direction: str) -> About:
    """What the PDF says of itself; only what the content says."""
    review = content.review
    summary = " ".join((content.summary or "").split())
    return About(
        title=str(content.title), language=str(content.language), author=str(review.author or ""), subject=summary,
        keywords=tuple(map(str, content.keywords)), date=str(review.reviewed or review.published or ""),
        direction=direction,
    )
