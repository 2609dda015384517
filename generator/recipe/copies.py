"""Copies of a leaflet: its master, and what the leaflet set for one person alone gives.

    strip_of    the fields of a content, those of a list, as the template gets them
    master_of   a leaflet set once, with empty places
    alone       the same with somebody's words, set for this person alone: what a copy must equal
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from ..model.content import Content
from ..model.personal import Strip, fields_of
from ..model.problem import Problem, Rejected
from ..model.run import Job
from ..model.wording import nearest
from .leaflet import about, typeset
from .project import ProjectFiles
from .story import story_of

if TYPE_CHECKING:
    from ..copies.master import Master


def strip_of(content: Content, names: Collection[str] | None = None, words: Mapping[str, str] | None = None,
             blank: bool = False) -> Strip:
    """The fields that are printed. names: those of them; None: all. Raises Rejected for a name that is no field."""
    fields = fields_of(content.publisher)
    for name in names or ():
        if name not in fields:
            hint = nearest(name, fields) or f"the fields are: {', '.join(fields)}"
            raise Rejected([Problem(None, f"there is no field '{name}'", hint)])
    return Strip(tuple(one for name, one in fields.items() if names is None or name in names),
                 None if words is None else dict(words), blank)


def master_of(project: ProjectFiles, job: Job, names: Collection[str] | None = None, sheet: bool = False) -> Master:
    """A leaflet with empty places for the fields `names` (None: all). sheet: drawn on the sheet for an office printer, where
    the layout has one. Raises Rejected."""
    from ..copies.master import Master
    from ..draw import master

    content = project.content(job.content)
    strip = strip_of(content, names)
    story = story_of(project, job, strip)
    composition, geometry = typeset(project, job, story)
    drawn = master(composition, about(content, story.leaflet.direction), geometry if sheet and geometry.sides else None)
    language = str(content.language)
    return Master(drawn, {str(one.name): str(one.kind) for one in strip.fields}, partial(_said, language=language))


def alone(project: ProjectFiles, job: Job, values: Mapping[str, str], names: Collection[str] | None = None,
          sheet: bool = False) -> bytes:
    """The PDF of a leaflet set for one person alone. Raises Rejected."""
    from ..copies.master import clean
    from ..draw import reading
    from ..draw import sheet as printed

    content = project.content(job.content)
    fields = fields_of(content.publisher)
    language = str(content.language)
    words = {name: clean(_said(str(fields[name].kind), value, language)) for name, value in values.items() if value}
    story = story_of(project, job, strip_of(content, names, words))
    composition, geometry = typeset(project, job, story)
    properties = about(content, story.leaflet.direction)
    return printed(composition, geometry, properties) if sheet and geometry.sides else reading(composition, properties)


def _said(kind: str, value: str, language: str) -> str:
    from ..merge.personal import said

    return said(kind, value, language)
