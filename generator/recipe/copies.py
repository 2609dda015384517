"""Copies of a leaflet: its master, and what the leaflet set for one person alone gives.

    strip_of    the fields of a content, those of a list, as the template gets them
    master_of   a leaflet set once, with empty places
    alone       the same with somebody's words, set for this person alone: what a copy must equal
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING

from ..model import personal
from ..model.content import Content
from ..model.page import Composition
from ..model.personal import Strip, fields_of
from ..model.problem import Problem, Rejected
from ..model.run import Job
from ..model.walk import values as texts_of
from ..model.wording import nearest
from .leaflet import about, typeset
from .project import ProjectFiles
from .story import story_of

if TYPE_CHECKING:
    from ..copies.master import Master

WRITTEN = "_" * 24
"""What stands in running text for a field to be filled in by hand."""


def strip_of(content: Content, names: Collection[str] | None = None, words: Mapping[str, str] | None = None,
             running: Mapping[str, str] | None = None, blank: bool = False) -> Strip:
    """The fields that are printed. names: those of them; None: all. words, running: values for the strip, and for
    running text. Raises Rejected for a name that is no field."""
    from ..text.slot import voice

    fields, language = fields_of(content.publisher), str(content.language)
    for name in names or ():
        if name not in fields:
            hint = nearest(name, fields) or f"the fields are: {', '.join(fields)}"
            raise Rejected([Problem(None, f"there is no field '{name}'", hint)])

    def said_of(values: Mapping[str, str]) -> dict[str, str]:
        return {name: said(str(fields[name].kind), value, language) if value else "" for name, value in values.items()}

    flowing = None
    if blank:
        flowing = {name: (WRITTEN, None) for name in fields}
    elif running is not None:
        flowing = {name: (value, voice(value, language)) for name, value in said_of(running).items()}
        flowing |= {name: ("", None) for name in fields if name not in flowing}
    return Strip(tuple(one for name, one in fields.items() if names is None or name in names),
                 None if words is None else said_of(words), blank, flowing)


def fields_in(project: ProjectFiles, job: Job) -> list[str]:
    """Fields that stand in the leaflet's running text."""
    content = project.content(job.content)
    names = fields_of(content.publisher)
    return personal.fields_in((value.text for value in texts_of(content) if value.printed), names)


def master_of(project: ProjectFiles, job: Job, names: Collection[str] | None = None, sheet: bool = False,
              running: Mapping[str, str] | None = None) -> Master:
    """A leaflet with empty places for the fields `names` (None: all). sheet: drawn on the sheet for an office
    printer, where the layout has one. running: words for the fields of its running text. Raises Rejected."""
    from ..copies.master import Master
    from ..draw import master
    from ..draw.slots import Hole

    content = project.content(job.content)
    strip = strip_of(content, names, running=running)
    composition, geometry, properties = _set(project, job, strip)
    drawn = master(composition, properties, geometry if sheet and geometry.sides else None)
    placed = {item.slot.name for parts in drawn.streams.values() for item in parts if isinstance(item, Hole)}
    lost = [str(one.name) for one in strip.fields if one.name not in placed]
    if lost := lost and [name for name in lost if name not in fields_in(project, job)]:
        fields = f"the field '{lost[0]}'" if len(lost) == 1 else f"the fields {', '.join(lost)}"
        raise Rejected([Problem(None, f"the layout '{job.layout}' prints nothing for {fields}",
                                "put personal_strip() into its template, choose another layout, or leave "
                                f"{'its column' if len(lost) == 1 else 'their columns'} out of the list")])
    return Master(drawn, {str(one.name): str(one.kind) for one in strip.fields},
                  partial(said, language=str(content.language)))


def alone(project: ProjectFiles, job: Job, values: Mapping[str, str], names: Collection[str] | None = None,
          sheet: bool = False) -> bytes:
    """The PDF of a leaflet set for one person alone. Raises Rejected."""
    strip = strip_of(project.content(job.content), names, values, values)
    return _drawn(*_set(project, job, strip), sheet)


def blank(project: ProjectFiles, job: Job, sheet: bool = False) -> bytes:
    """The PDF of a leaflet with lines to write on in place of a person's words. Raises Rejected."""
    return _drawn(*_set(project, job, strip_of(project.content(job.content), blank=True)), sheet)


def _set(project: ProjectFiles, job: Job, strip: Strip):
    story = story_of(project, job, strip)
    composition, geometry, _ = typeset(project, job, story)
    return composition, geometry, about(story.content, story.leaflet.direction)


def _drawn(composition: Composition, geometry, properties, sheet: bool) -> bytes:
    from ..draw import reading
    from ..draw import sheet as printed

    return printed(composition, geometry, properties) if sheet and geometry.sides else reading(composition, properties)


def said(kind: str, value: str, language: str) -> str:
    """A value as it is printed. Raises ValueError for what is no date or time."""
    from ..copies.master import clean
    from ..merge.personal import said

    return clean(said(kind, value, language))
