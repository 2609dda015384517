"""Which layouts have room for a text that does not fit the one it was to be set in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..model.layout import PAPERS
from ..model.problem import Overfull, Place, Rejected
from ..model.record import replace
from ..model.run import Job
from ..model.story import HEADINGS, Leaflet
from .project import ProjectFiles, shown
from .story import story

BLOCKS = frozenset((*HEADINGS, "p", "li", "dt", "dd", "th", "td", "img"))
"""Elements whose words must not be lost from one layout to another."""


@contextmanager
def with_place_and_room(project: ProjectFiles, job: Job, leaflet: Leaflet) -> Iterator[None]:
    """What typesetting refuses within is told with its place, and with the layouts that have room."""
    place = Place(shown(job.content, project.root))
    try:
        yield
    except Overfull as rejected:
        *some, one = roomier(project, job, leaflet) or [""]
        ways = f"; {', '.join(some)} and {one} have room" if some else f"; {one} has room" if one else ""
        raise Overfull(replace(p, place=p.place or place, message=f"{job.layout}, {PAPERS[job.paper].name}: {p.message}",
                               hint=p.hint + ways) for p in rejected.problems) from None
    except Rejected as rejected:
        raise Rejected(replace(p, place=p.place or place) for p in rejected.problems) from None


def roomier(project: ProjectFiles, job: Job, leaflet: Leaflet) -> list[str]:
    """Up to three layouts that say all that this one says and have room for it, folded ones first."""
    from ..typeset.compose import fits

    file = shown(job.content, project.root)
    said = _said(leaflet, file)
    found: dict[bool, list[str]] = {True: [], False: []}
    for name in project.layout_names():
        if name != job.layout:
            try:
                other = story(project, replace(job, layout=name))
            except Rejected:
                continue
            fonts = project.fonts_of(*other.family)
            if said <= _said(other.leaflet, file) and fits(other.leaflet, other.geometry, other.spec.body, other.theme, fonts):
                found[other.geometry.repeat].append(name)
    return [*found[False], *found[True]][:3]


def _said(leaflet: Leaflet, file: str) -> set[str]:
    """What a leaflet says of a content file: its texts, block by block, and the words for its pictures."""
    return {node.attributes.get("alt") or " ".join(node.words().split()) for node in leaflet.nodes()
            if node.name in BLOCKS and node.place is not None and node.place.file == file}
