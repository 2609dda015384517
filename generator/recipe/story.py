"""The first step of a leaflet: its layout's template filled with the content, its
pictures, and the paper it goes on."""

from __future__ import annotations

import os
from pathlib import Path

from ..model.content import Content
from ..model.layout import PAPERS, BodyRange, Geometry, Layout, LayoutSpec
from ..model.personal import Strip, fields_of, near_misses
from ..model.problem import Place, Problem, Rejected, Text
from ..model.record import record, replace
from ..model.run import Job
from ..model.story import Leaflet
from ..model.theme import Theme
from ..model.walk import values
from ..model.wording import shown
from .approval import changed
from .project import ProjectFiles
from .rules import look
from .today import due, over
from .translation import changed_fields, outdated


@record(frozen=True, slots=True)
class Story:
    """The merged leaflet of a job, with all that typesetting needs."""

    content: Content
    leaflet: Leaflet
    geometry: Geometry
    theme: Theme
    family: tuple[str, Layout]
    """Name of the theme, and the layout: the arguments of ProjectFiles.fonts_of."""
    pictures: dict[Path, Place | None]
    """Files of its pictures, each with the place that names it."""
    warnings: tuple[Problem, ...]
    """Of merging, of the rules that look at the theme, the story and its drawings, and of fields that are misspelt."""

    @property
    def spec(self) -> LayoutSpec:
        return self.family[1].spec

    @property
    def body(self) -> BodyRange:
        return self.spec.body.of(self.leaflet.language)


def story_of(project: ProjectFiles, job: Job, strip: Strip | None = None) -> Story:
    """Does everything that comes before typesetting. `strip`: what is personal of a copy. Raises Rejected."""
    from ..impose import geometry, problems

    content = project.content(job.content)
    layout = project.layout(job.layout)
    paper = PAPERS[job.paper]
    wrong = problems(layout, paper)
    if wrong:
        raise Rejected(wrong)
    name = job.theme or layout.spec.theme
    theme = project.theme(name, layout)
    if content.publisher and content.publisher.colours:
        theme = replace(theme, palette={**theme.palette, **content.publisher.colours})
    warnings = look("theme", theme)
    leaflet, of_story = _merged(project, job, layout, theme, strip)
    warnings += [*leaflet.warnings, *of_story]
    pictures = _read_pictures(project, leaflet, job.content, layout)
    if any(node.attributes.get("views") for node in leaflet.nodes()):
        figures = {id(value.owner): value.owner for value in values(content) if value.name == "views"}
        for figure in figures.values():
            if str(figure.file) in leaflet.pictures:
                warnings += look("drawing", figure, leaflet.pictures[str(figure.file)])
    if strip is None and any("{" in kid for node in leaflet.nodes() for kid in node.kids if isinstance(kid, str)):
        texts = (value.value for value in values(content) if value.printed and isinstance(value.value, Text))
        warnings += near_misses(texts, fields_of(content.publisher))
    return Story(content, leaflet, geometry(layout.spec, paper, leaflet.direction), theme, (name, layout), pictures,
                 tuple(warnings))


def _merged(project: ProjectFiles, job: Job, layout: Layout, theme: Theme,
            strip: Strip | None) -> tuple[Leaflet, list[Problem]]:
    """The template with the content in it, with two languages block by block; and the warnings of the rules that look
    at it. Raises Rejected."""
    from ..merge.template import merge

    contents = [project.content(path) for path in job.contents]
    if wrong := [problem for path in job.contents for problem in changed_fields(project, path)]:
        raise Rejected(wrong)
    if len(contents) != layout.spec.languages:
        place = next((name.place for name in contents[0].layouts if name == job.layout and isinstance(name, Text)),
                     None)
        if job.beside:
            raise Rejected([Problem(None, f"the layout '{job.layout}' sets one language",
                                    "leave --with away, or --layout")])
        raise Rejected([Problem(place, f"the layout '{job.layout}' sets two languages side by side",
                                f"leaflet build {job.content.parent.name}/{job.content.stem} --with LANGUAGE")])
    if job.beside:
        from ..merge.mirror import mirrored, unlike

        if wrong := unlike(*contents):
            raise Rejected(wrong)
    marked = [not job.allow_stale and bool(outdated(project, path)) for path in job.contents]
    leaflets = [merge(layout, content, project.words_of(content.language, layout), classes=theme.styles,
                      search=project.search(layout), project=project.root, stale=stale, changed=changed(project, path),
                      expired=job.allow_expired and over(due(project, path)), cover=theme.cover, strip=strip)
                for content, stale, path in zip(contents, marked, job.contents)]
    warnings = [warning for content, leaflet in zip(contents, leaflets)
                for warning in look("story", content, leaflet, layout)]
    return mirrored(*leaflets) if job.beside else leaflets[0], warnings


def _read_pictures(project: ProjectFiles, leaflet: Leaflet, path: Path, layout: Layout) -> dict[Path, Place | None]:
    """Read the picture of every img; returns their files, each with the place that names it. Raises Rejected.

    A picture stands beside the content file; that of the publisher beside content/publisher.yaml; one that belongs
    to a layout beside its layout.yaml; one that all layouts share in shared/pictures/. The last are not among the files
    returned: they belong to the layouts, whose files are known already.
    """
    out: dict[Path, Place | None] = {}
    problems: list[Problem] = []
    shared = [folder / "pictures" for folder in project.shared()]
    for node in leaflet.nodes():
        src = node.attributes.get("src")
        if not src or src in leaflet.pictures:
            continue
        root = project.root if path.is_relative_to(project.root) else path.parent
        beside = [(path.parent, root), (project.root / "content", project.root), (Path(layout.folder), project.root)]
        beside += [(folder, folder) for folder in shared]
        file = next((found for folder, within in beside
                     if (found := Path(os.path.realpath(folder / src))).is_relative_to(os.path.realpath(within))
                     and os.path.isfile(found)),
                     None)
        if file is None:
            problems.append(Problem(node.place, f"there is no picture '{src}' beside the content file"))
            continue
        try:
            leaflet.pictures[src] = project.picture(file, shown(file, project.root))
            if not any(file.is_relative_to(folder.resolve()) for folder in shared):
                out.setdefault(file, node.place)
        except Rejected as rejected:
            problems += rejected.problems
    if problems:
        raise Rejected(problems)
    return out
