"""A project that stays in memory while somebody works on it: leaflets are made for the screen, and no file is written.

`changed` drops what was read of files that are others now; fonts, shaped words and compiled templates stay, so that a
leaflet is made again in a fraction of the time that the command line needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import RLock

from ..model.layout import EVERY_PAPER, Geometry
from ..model.names import PUBLISHER
from ..model.page import About, Composition, Image, Line, LinkArea, Page
from ..model.problem import Overfull, Problem, Rejected
from ..model.record import field, names, record, replace
from ..model.run import Job
from ..model.story import Leaflet
from .alternatives import ways
from .approval import told
from .leaflet import about, pictures_too_coarse, typeset
from .painted import Painted, Places
from .project import ProjectFiles
from .story import story_of
from .today import expired
from .translation import out_of_date, outdated, strange


@record(slots=True, eq=False)
class Shown:
    """A leaflet as it is printed, and what a screen asks of it; each answer is made when it is first asked for."""

    job: Job
    composition: Composition
    geometry: Geometry
    about: About
    problems: tuple[Problem, ...]
    """Warnings, and what does not fit."""
    opening: object | None
    """impose.opening.Opening of a folded sheet."""
    reading: bytes
    """The PDF to read on a screen: a page for each panel or page."""
    overfull: Leaflet | None = None
    """The story of a leaflet that does not fit."""
    _painted: dict[str, object] = field(default_factory=dict, repr=False)
    _places: Places = field(default_factory=Places, repr=False)
    _lock: object = field(default_factory=RLock, repr=False)

    def jpeg(self, kind: str, number: int, width: int) -> bytes:
        """A picture `width` pixels across. kind: "page" of the PDF to read, or "side" of the printer's sheet; number:
        from 0. Raises IndexError where there is no such page."""
        return self._pages(kind).jpeg(number, width)

    def _pages(self, kind: str):
        from ..draw.screen import Pages

        with self._lock:
            if kind not in self._painted:
                self._painted[kind] = Pages(self.reading if kind == "page" else self._sheet())
            return self._painted[kind]

    def _sheet(self) -> bytes:
        from ..draw import sheet

        if not self.geometry.sides:
            raise IndexError("a flat layout has no sheet")
        return sheet(self.composition, self.geometry, self.about)

    def words(self, number: int) -> list[Painted]:
        """The words of a page, from 0, each with its place. Raises IndexError."""
        with self._lock:
            if number < 0:
                raise IndexError(number)
            return self._places.of_page(self.composition.pages[number])

    def close(self) -> None:
        """Give back what PDFium holds."""
        with self._lock:
            for pages in self._painted.values():
                pages.close()
            self._painted.clear()


def _values(item: object) -> Iterator[object]:
    """What an item is painted by, and the shapes in it (a view of a drawing has some)."""
    for name in names(item):
        value = getattr(item, name)
        if isinstance(value, list):
            for part in value:
                yield from _values(part)
        elif name != "elem":
            yield value


def look_of(page: Page) -> str:
    """A name for what a page looks like: pages of two leaflets that look alike have the same, and only they.

    Measured on the brochure: 1 ms for all panels, where painting one takes 6 to 10. Most saves change one page.
    """
    said: list[object] = [page.width, page.height]
    for item in [*page.grounds, *page.items, *page.furniture]:
        if item.__class__ is Line:
            said.append(item.y)
            for run in item.runs:
                said += [run.x, run.size, run.colour, run.rise, run.order, run.face.key]
                said += [word.text for word in run.words]
        elif item.__class__ is LinkArea:
            continue
        elif item.__class__ is Image:
            said += [item.x, item.y, item.width, item.height, hash(item.data)]
        else:
            said += _values(item)
    return f"{hash(tuple(said)) & (1 << 64) - 1:x}"


class _Trial(ProjectFiles):
    """The files of a project, some with other bytes than they have. It knows one layout alone: which others have room
    for a text is not asked while somebody types."""

    instead: dict[Path, bytes]
    only: str

    def layout_names(self) -> list[str]:
        return [self.only]

    def read(self, file: Path, most: int) -> bytes:
        return self.instead[file] if file in self.instead else super().read(file, most)


class Live:
    """The project in memory. One thread at a time makes leaflets of it."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.project = ProjectFiles(self.root)

    def changed(self, files: Iterable[Path]) -> None:
        """Forget what was read of files that were written, moved, or are gone."""
        project, layouts = self.project, self.root / "layouts"
        project.outdated.clear()
        for file in files:
            if file.is_relative_to(layouts):
                for kept in (project.layouts, project.themes, project.theme_files, project.words, project.fonts):
                    kept.clear()
            if file == self.root / PUBLISHER or file.suffix not in (".yaml", ".yml"):
                project.publishers.clear()
                project.contents.clear()  # a picture may be missed in them, the publisher is a part of them
                project.alone.clear()
            for kept in (project.contents, project.alone, project.pictures):
                for path in [path for path in kept if path == file or path.is_relative_to(file)]:
                    del kept[path]

    def make(self, job: Job) -> Shown:
        """A leaflet, with its warnings; where it does not fit, with the problems that say so, and what has no room on
        pages of its own (Page.beyond). Raises Rejected with all that is wrong otherwise."""
        from ..draw import reading
        from ..impose import opening

        project = self.project
        story = story_of(project, job)
        problems: tuple[Problem, ...] = ()
        try:
            composition, geometry, of_pages = typeset(self._with_one(job.layout), job, story)
        except Overfull as rejected:
            if rejected.whole is None:
                more = ways(project, job, story.leaflet)
                raise Overfull(replace(one, hint=one.hint + more) for one in rejected.problems) from None
            composition, geometry, of_pages = rejected.whole(), replace(story.geometry, sides=()), []
            problems = rejected.problems
        properties = about(story.content, story.leaflet.direction)
        spec, paper = story.spec, EVERY_PAPER[job.paper]
        problems += tuple(self._warnings(job, composition, story, of_pages))
        return Shown(job, composition, geometry, properties, problems,
                     opening(spec, paper, composition.direction), reading(composition, properties),
                     story.leaflet if any(page.beyond for page in composition.pages) else None)

    def _with_one(self, layout: str) -> ProjectFiles:
        """The project as it is, but with one layout alone."""
        project = _Trial(**{name: getattr(self.project, name) for name in names(self.project)})
        project.instead, project.only = {}, layout
        return project

    def with_ways(self, shown: Shown) -> tuple[Problem, ...]:
        """The problems of a leaflet that does not fit, which then name the layouts that have room for it. That takes
        several times as long as the leaflet itself."""
        more = ways(self.project, shown.job, shown.overfull) if shown.overfull is not None else ""
        return tuple(replace(one, hint=one.hint + more) if one.severity == "error" else one for one in shown.problems)

    def trial(self, job: Job, path: Path, data: bytes) -> tuple[Composition, tuple[Problem, ...]]:
        """The leaflet as it would be were `data` the bytes of its content file `path`, and what is worth a look in it.

        Nothing is written or kept. Raises Rejected with all that would be wrong.
        """
        kept = {name: getattr(self.project, name) for name in names(self.project)
                if name not in ("contents", "alone", "uses", "outdated", "hashes")}
        project = _Trial(**kept)
        project.instead, project.only = {path: data}, job.layout
        story = story_of(project, job)
        composition, _, of_pages = typeset(project, job, story)
        return composition, (*story.warnings, *of_pages)

    def _warnings(self, job: Job, composition: Composition, story, of_pages: list[Problem]) -> Iterable[Problem]:
        project = self.project
        found = [*story.warnings, *of_pages, *pictures_too_coarse(project, composition, story)]
        for path in job.contents:
            found += [replace(problem, severity="warning") for problem in expired(project, path)]
            found += [*told(project, path), *out_of_date(project, path, False)]
            found += [*outdated(project, path), *strange(project, path)]
        return dict.fromkeys(found)

    # ── what there is to choose ──

    def languages(self, content: Path) -> list[Path]:
        """The content files beside one, itself among them."""
        try:
            return sorted(file for file in content.parent.iterdir() if file.suffix == content.suffix)
        except OSError:
            return [content]

    def layouts(self, content: Path) -> list[tuple[str, str, bool]]:
        """(name, title, whether the content asks for it) of each layout that there is, those that it asks for first."""
        try:
            asked = [str(name) for name in self.project.content(content).layouts]
        except Rejected:
            asked = []
        known = self.project.layout_names()
        order = [*(name for name in asked if name in known), *(name for name in known if name not in asked)]
        return [(name, self._title(name), name in asked) for name in order]

    def _title(self, layout: str) -> str:
        try:
            return str(self.project.layout(layout).spec.title)
        except Rejected:  # its problems are told when it is chosen
            return layout

    def themes(self, layout: str) -> Sequence[str]:
        """Names of the themes of a layout, its own first."""
        try:
            found = self.project.layout(layout)
        except Rejected:
            return ()
        own = str(found.spec.theme)
        there = {file.stem for folder in self.project.search(found) for file in folder.glob("themes/*.yaml")}
        return [own, *sorted(there - {own})]

    def job(self, content: Path, layout: str, paper: str, theme: str | None, beside: Path | None = None) -> Job:
        """A job. In a layout for two languages, another one of the leaflet stands beside it where none is named. A
        leaflet whose day of review has gone by is shown with its mark."""
        try:
            spec = self.project.layout(layout).spec
        except Rejected:
            return Job(content, layout, paper, theme, allow_expired=True)
        theme = theme if theme != str(spec.theme) else None  # what is default is not named
        if spec.languages == 1:
            return Job(content, layout, paper, theme, allow_expired=True)
        others = [path for path in self.languages(content) if path != content]
        beside = beside if beside in others else next(iter(others), None)
        return Job(content, layout, paper, theme, beside=beside, allow_expired=True)


def page_font(name: str) -> bytes | None:
    """The font file in which the preview itself is set, "regular" or "bold": that of the leaflets."""
    from ..text.fonts import built_in

    index = {"regular": 0, "bold": 1}.get(name)
    return None if index is None else bytes(built_in("FiraGO", index).face.blob.data)
