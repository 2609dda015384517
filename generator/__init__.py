"""Content (YAML) and a layout (Jinja2 over a closed set of elements) become a leaflet: a
tagged PDF to print, read and send.

This is the door for Python programs. docs/python.md tells how it is used:

>>> from generator import Project
>>> project = Project("clinic")
>>> project.check("sore-throat/en")
()
>>> built = project.build("sore-throat/en", layouts=["handout"], papers=["A4"])
>>> [file.name for file in built.files]
['sore-throat-en-handout-a4.pdf']

Nothing here prints, ends the program, asks for the current folder (but once, where a project is named by a relative
path), or changes how Python runs. Several threads may work at the same time, with one Project or with several.
"""

from __future__ import annotations

from .model import VERSION as __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .door.python import Built, Event, Finding, Place, Printing, Problem, Project, Rejected

__all__ = ["Built", "Event", "Finding", "Place", "Printing", "Problem", "Project", "Rejected", "__version__"]


def __getattr__(name: str) -> object:
    """The names of the door, which is loaded when one of them is asked for: `python -m generator` comes by here before
    it can tell Ctrl-C as a stop."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .door import python

    return getattr(python, name)
