"""What differs from copy to copy: the fields of a leaflet, and what a template gets of them."""

from __future__ import annotations

from .content import Personal, Publisher
from .record import record

STANDARD = (Personal("name", required=True), Personal("date", "date"), Personal("clinic"))
"""Fields that every leaflet has without being told."""


@record(frozen=True, slots=True)
class Strip:
    """The personal strip of one leaflet."""

    fields: tuple[Personal, ...]
    """In the order in which they are printed."""
    words: dict[str, str] | None = None
    """Field → what stands there, as the leaflet's language writes it; None: places are left empty, for copies."""
    blank: bool = False
    """Lines to write on stand in place of words."""


def fields_of(publisher: Publisher | None) -> dict[str, Personal]:
    """Name → field: the standard ones, which may be declared anew, and those that are declared besides."""
    fields = {one.name: one for one in STANDARD}
    for one in publisher.personal if publisher else ():
        fields[str(one.name)] = one
    return fields
