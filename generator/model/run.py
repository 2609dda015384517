"""What a run says while it goes, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from .problem import Problem
from .record import record


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
