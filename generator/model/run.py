"""What a run hands over and says while it goes, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from .layout import Geometry, LayoutSpec
from .page import About
from .picture import Picture
from .printing import Printer
from .problem import Place, Problem
from .record import record
from .story import Leaflet
from .theme import Theme


@record(slots=True)
class Order:
    """A merged leaflet, and all that typesetting and drawing it for an office takes: what may be handed to another process."""

    name: str
    """Of its files, without suffix."""
    leaflet: Leaflet
    geometry: Geometry
    spec: LayoutSpec
    theme: Theme
    about: About
    pictures: dict[str, tuple[Picture, Place | None]]
    """File → the picture, and the place that names it."""
    tumble: bool = False
    printer: Printer | None = None


@record(frozen=True, slots=True)
class Event:
    """A PDF was built, or kept since nothing it is made of has changed; or a leaflet cannot be built."""

    kind: Literal["built", "kept", "failed"]
    file: Path | None = None
    """The PDF; None where a leaflet failed before its files had names."""
    problems: tuple[Problem, ...] = ()
    """What is wrong; warnings come with files that were built, too."""
    milliseconds: float = 0.0
    """Time it took; 0 for files that were kept."""
    done: int = 0
    """How many files the run has dealt with, this one included."""
    total: int = 0
    """How many files the run has to deal with; 0: not known."""


@record(frozen=True, slots=True)
class Result:
    """Everything a run made and found."""

    files: tuple[Path, ...] = ()
    """PDFs that are now in the output folder for what was asked, built or kept, in the order asked."""
    problems: tuple[Problem, ...] = ()
    """Errors and warnings, in the order of the files."""

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)
