"""For a text that does not fit its layout: which other layouts have room for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..kept import library
from ..model.layout import EVERY_PAPER
from ..model.problem import Misfit, Overfull, Place, Rejected
from ..model.record import replace
from ..model.run import Job
from ..model.story import HEADINGS, Leaflet
from ..model.wording import shown
from .project import ProjectFiles
from .story import story_of

BLOCKS = frozenset((*HEADINGS, "p", "li", "dt", "dd", "th", "td", "img"))
"""Elements whose words another layout must have, too, to be named."""

VERY_LONG = 40_000
"""Letters of a text of which no layout is tried; a folded sheet holds about a quarter."""


@contextmanager
def with_place_and_room(project: ProjectFiles, job: Job, leaflet: Leaflet) -> Iterator[None]:
    """Problems of typesetting within this block get the place of the content file, and name the layouts that have
    room."""
    place = Place(shown(job.content, project.root))
    try:
        yield
    except Overfull as rejected:
        more = ways(project, job, leaflet)
        where = f"{job.layout}, {EVERY_PAPER[job.paper].name}: "
        raise Overfull([replace(p, place=_of_the_author(p.place, project) or place, message=where + p.message,
                                hint=p.hint + more)
                        for p in rejected.problems], rejected.whole) from None
    except Rejected as rejected:
        where = f"{job.layout}, {EVERY_PAPER[job.paper].name}: " if isinstance(rejected, Misfit) else ""
        raise Rejected(replace(p, place=p.place or place, message=where + p.message)
                       for p in rejected.problems) from None


def _of_the_author(place: Place | None, project: ProjectFiles) -> Place | None:
    """A place in a file of the author; None for one in a layout, as of the heading over the sources, where there is
    nothing to mend."""
    folders = library.folders(project.root)
    if place is None or any((project.root / place.file).is_relative_to(folder) for folder in folders):
        return None
    return place


def ways(project: ProjectFiles, job: Job, leaflet: Leaflet) -> str:
    """The end of a hint: which layouts have room."""
    *some, one = roomier(project, job, leaflet) or [""]
    return f"; {', '.join(some)} and {one} have room" if some else f"; {one} has room" if one else ""


def roomier(project: ProjectFiles, job: Job, leaflet: Leaflet) -> list[str]:
    """Up to three layouts that print all that this one prints and have room for it, folded ones first.

    A very long text is not tried in any layout: the layouts without a limit of pages have room for it.
    """
    from ..typeset.compose import fits
    from ..typeset.need import letters

    file = shown(job.content, project.root)
    said = _said(leaflet, file)
    long = sum(map(letters, leaflet.parts.values()))
    found: dict[bool, list[str]] = {True: [], False: []}
    for name in project.layout_names():
        if name != job.layout:
            try:
                endless = _endless(project, job, name, long)
                if endless is not None:
                    found[True] += [name] if endless else []
                    continue
                other = story_of(project, replace(job, layout=name))
            except Rejected:
                continue
            fonts = project.fonts_of(*other.family)
            if (said <= _said(other.leaflet, file)
                and fits(other.leaflet, other.geometry, other.body, other.theme, fonts)):
                found[other.geometry.repeat].append(name)
    return [*found[False], *found[True]][:3]


def _endless(project: ProjectFiles, job: Job, name: str, long: int) -> bool | None:
    """Whether a layout has room for so many letters, as far as can be told without setting them; None: it must be
    tried. Raises Rejected."""
    from ..impose import geometry, problems
    from ..typeset.need import many

    layout, paper = project.layout(name), EVERY_PAPER[job.paper]
    if layout.spec.languages != len(job.contents) or problems(layout, paper):
        return False
    made = geometry(layout.spec, paper)
    if made.repeat and made.max_pages is None:
        return True if long > VERY_LONG else None
    return False if long > many([*made.panels] * (made.max_pages or 1), layout.spec.body) else None


def _said(leaflet: Leaflet, file: str) -> set[str]:
    """The texts of a content file that a leaflet prints, block by block, and the words for its pictures."""
    return {node.attributes.get("alt") or " ".join(node.words().split()) for node in leaflet.nodes()
            if node.name in BLOCKS and node.place is not None and node.place.file == file}
