"""Which layouts have room for a text that does not fit the one it was to be set in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..model.layout import PAPERS
from ..model.problem import Overfull, Place, Rejected
from ..model.record import replace
from ..model.run import Job
from ..model.story import HEADINGS, Leaflet
from ..model.wording import shown
from .project import ProjectFiles
from .story import story

BLOCKS = frozenset((*HEADINGS, "p", "li", "dt", "dd", "th", "td", "img"))
"""Elements whose words must not be lost from one layout to another."""

VERY_LONG = 40_000
"""Letters: four times what a folded sheet holds."""


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
    """Up to three layouts that say all that this one says and have room for it, folded ones first.

    Of a very long text no layout is tried: those with as many pages as a text needs have room.
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
                other = story(project, replace(job, layout=name))
            except Rejected:
                continue
            fonts = project.fonts_of(*other.family)
            if said <= _said(other.leaflet, file) and fits(other.leaflet, other.geometry, other.body, other.theme, fonts):
                found[other.geometry.repeat].append(name)
    return [*found[False], *found[True]][:3]


def _endless(project: ProjectFiles, job: Job, name: str, long: int) -> bool | None:
    """Whether a layout takes a text of so many letters, however long it is; None: it has to be tried. Raises Rejected."""
    from ..impose import geometry, problems
    from ..typeset.need import many

    layout, paper = project.layout(name), PAPERS[job.paper]
    if layout.spec.languages != len(job.contents) or problems(layout, paper):
        return False
    made = geometry(layout.spec, paper)
    if made.repeat and made.max_pages is None:
        return True if long > VERY_LONG else None
    return False if long > many([*made.panels] * (made.max_pages or 1), layout.spec.body) else None


def _said(leaflet: Leaflet, file: str) -> set[str]:
    """What a leaflet says of a content file: its texts, block by block, and the words for its pictures."""
    return {node.attributes.get("alt") or " ".join(node.words().split()) for node in leaflet.nodes()
            if node.name in BLOCKS and node.place is not None and node.place.file == file}
