"""A run: the jobs it is asked to do, the events it reports meanwhile, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from .printing import Printing
from .problem import Problem
from .record import record

Form = Literal["pdf", "html", "text"]
"""html, text: a twin of the leaflet, which has no pages; its layout gives the order of the parts."""
SUFFIXES = {"html": ".html", "text": ".txt"}
"""Form of a twin → how its file's name ends."""
TWIN_LAYOUTS = {1: "handout", 2: "bilingual"}
"""Languages side by side → the layout whose story a twin tells: the whole leaflet, in its plainest order."""


@record(frozen=True, slots=True)
class Job:
    """One content file (or two, side by side) in one layout, on one paper, in one theme: what a PDF (or a
    reading PDF and its sheet) is made of."""

    content: Path
    layout: str
    paper: str
    theme: str | None
    """None: the layout's own."""
    printing: Printing = Printing()
    beside: Path | None = None
    """The content file whose language stands beside the first."""
    allow_stale: bool = False
    """Print no mark on a translation that is out of date."""
    allow_expired: bool = False
    """Make it, with a mark, though the day of its next review has gone by."""
    form: Form = "pdf"

    @property
    def contents(self) -> tuple[Path, ...]:
        return (self.content, self.beside) if self.beside else (self.content,)

    @property
    def key(self) -> str:
        """What tells this job from every other: its file and the names of what it makes."""
        old = "|expired" if self.allow_expired else ""
        form = "" if self.form == "pdf" else f"|{self.form}"
        return f"{self.content}|{self.name}{self.printing.key}{'|stale' if self.allow_stale else ''}{old}{form}"

    @property
    def name(self) -> str:
        """File name without suffix; what is default is not named."""
        theme = f"-{self.theme}" if self.theme else ""
        languages = "+".join(path.stem for path in self.contents)
        on_paper = f"-{self.layout}-{self.paper}" if self.form == "pdf" else ""
        return f"{self.content.parent.name}-{languages}{on_paper}{theme}"


@record(slots=True)
class Made:
    """What came of a job."""

    files: dict[str, bytes]
    """File name → bytes."""
    inputs: Mapping[Path, str | None]
    """File that it was made from, besides those of its layout → SHA-256 of the bytes that
    were read; None: there was none."""
    warnings: Sequence[Problem]
    layouts: Sequence[str] = ()
    """Those that the content file asks for."""
    until: str = ""
    """The last day, month or year for which this holds; "": for ever."""
    milliseconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    """Why there are no files; then all else is empty."""


@record(frozen=True, slots=True)
class Event:
    """One thing that happened in a run. built: a PDF was written. kept: a PDF is up to date.
    failed: a leaflet cannot be built.
    checked: a content file was looked through.
    moved: an earlier PDF, of a leaflet that is gone or cannot be built, was moved out of the way.
    planned: a PDF would be written, were this not a dry run."""

    kind: Literal["built", "kept", "failed", "moved", "planned", "checked"]
    file: Path | None = None
    """The PDF, where it is now; None where a leaflet failed before its files had names."""
    problems: tuple[Problem, ...] = ()
    """What is wrong; warnings come with files that were built, too."""
    milliseconds: float = 0.0
    """Time it took; 0 for files that were kept."""
    done: int = 0
    """How many files the run has dealt with, this one included."""
    total: int = 0
    """How many files the run has to deal with; 0: not known."""


@record(frozen=True, slots=True)
class Built:
    """Everything that a run made, and the problems that it found."""

    files: tuple[Path, ...] = ()
    """PDFs that are now in the output folder for what was asked, built or kept, in the order asked."""
    problems: tuple[Problem, ...] = ()
    """Errors and warnings, in the order of the files."""

    @property
    def failed(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)
