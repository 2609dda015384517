"""One leaflet, from a job to its files: content × layout → story → pages → files. Read it from top to bottom."""

from __future__ import annotations

from ..model.content import Content
from ..model.layout import Geometry
from ..model.names import PRINTERS, PUBLISHER
from ..model.page import About, Composition
from ..model.printing import Printer, Profile
from ..model.problem import Problem, Rejected
from ..model.record import replace
from ..model.run import Chosen, Job, Made
from .alternatives import with_place_and_room
from .approval import told
from .output import office, shop, twin
from .project import ProjectFiles
from .rules import look
from .story import Story, story_of
from .today import due, expired, over
from .translation import out_of_date, source_of


def make(project: ProjectFiles, job: Job) -> Made:
    """The files of a job, the files that they were made from, and the warnings. Raises Rejected."""
    late = [problem for path in job.contents for problem in expired(project, path)]
    if late and not job.allow_expired:
        raise Rejected(late)
    how = job.printing
    profile = project.profile(how.icc) if how.press else None
    printer = project.printer(how.printer) if how.printer else None
    story = story_of(project, job)
    chosen = None
    if job.form == "pdf":
        files, warnings, chosen = on_paper(project, job, story, profile, printer)
    else:
        files, warnings = twin(job, story), []
    old = [problem for path in job.contents
           for problem in (*told(project, path), *out_of_date(project, path, job.allow_stale))]
    used = [*job.contents, project.root / PUBLISHER, *story.pictures]
    used += [file for path in job.contents for file in project.uses.get(path, ())]
    used += [source for path in job.contents if (source := source_of(project, path))
             and (not job.allow_stale or source in project.hashes)]
    used += [file for file, needed in ((how.icc, how.press), (project.root / PRINTERS, printer)) if file and needed]
    return Made(files, {file: project.hashes.get(file) for file in used}, [*story.warnings, *old, *warnings],
                until=min((said for path in job.contents if (said := due(project, path)) and not over(said)),
                          key=lambda said: said + "-99" * (3 - said.count("-")), default=""), chosen=chosen)


def on_paper(project: ProjectFiles, job: Job, story: Story, profile: Profile | None,
             printer: Printer | None) -> tuple[dict[str, bytes], list[Problem], Chosen]:
    """The PDFs of a story, the warnings of its pages, and what copy-fit chose. Raises Rejected."""
    composition, geometry, warnings = typeset(project, job, story)
    fill = tuple((page.name, page.held) for page in composition.pages)
    chosen = Chosen(composition.body_size, composition.reason, fill)
    properties = about(story.content, story.leaflet.direction)
    if profile is None:
        files = office(job.name, composition, geometry, properties, job.printing, printer)
        return files, [*warnings, *pictures_too_coarse(project, composition, story)], chosen
    if not properties.date:
        raise Rejected([without_date(story.content)])
    files, of_shop = shop(job.name, composition, geometry, properties, profile, job.paper)
    return files, [*warnings, *of_shop], chosen


def pages(project: ProjectFiles, job: Job) -> tuple[Composition, Geometry]:
    """The placed pages of a job and its sheet. Raises Rejected."""
    composition, geometry, _ = typeset(project, job, story_of(project, job))
    return composition, geometry


def checked(project: ProjectFiles, job: Job) -> tuple[list[Problem], Composition]:
    """The warnings of a job that could be made, and its pages. Raises Rejected with what `make` would refuse."""
    story = story_of(project, job)
    composition, _, warnings = typeset(project, job, story)
    return [*story.warnings, *warnings, *pictures_too_coarse(project, composition, story)], composition


def typeset(project: ProjectFiles, job: Job, story: Story) -> tuple[Composition, Geometry, list[Problem]]:
    """A story as placed pages, the sheet with sides for as many, and the warnings of the rules that look at pages.
    Raises Rejected."""
    from ..impose import sides
    from ..typeset.compose import compose

    footers = tuple(story.spec.footers) if story.spec.footers is not None else None
    with with_place_and_room(project, job, story.leaflet):
        composition = compose(story.leaflet, story.geometry, story.body, story.theme,
                              project.fonts_of(*story.family), footers)
        warnings = [*composition.warnings, *look("pages", composition)]
        bound = story.geometry
        if composition.through:
            bound = replace(bound, panels=bound.panels[:-1])
        geometry = replace(story.geometry, sides=sides(bound, len(composition.pages), story.leaflet.direction))
        return composition, geometry, warnings


def about(content: Content, direction: str) -> About:
    """The properties of the PDF (title, author, date …), taken from the content alone."""
    from ..merge.markdown import plain

    review = content.review
    summary = plain(content.summary or "")
    return About(
        title=str(content.title), language=str(content.language), author=str(review.author or ""), subject=summary,
        keywords=tuple(map(str, content.keywords)), date=str(review.reviewed or review.published or ""),
        direction=direction,
    )


def pictures_too_coarse(project: ProjectFiles, composition: Composition, story: Story) -> list[Problem]:
    """Warnings of pictures with too few pixels for the size at which they are placed."""
    return look("pictures", composition,
                {str(file): (project.pictures[file], place) for file, place in story.pictures.items()})


def without_date(content: Content) -> Problem:
    """A file for a print shop has to say when it was made (ISO 15930-7, 6.8), and a date is never made up."""
    return Problem(content.review.place or content.title.place, "a file for a print shop (PDF/X-4) needs a date",
                   "give published: or reviewed: under review:")
