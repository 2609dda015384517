"""What a person must mend: a Problem with its Place; all problems of a run travel together in Rejected."""

from __future__ import annotations

from .record import record


@record(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file the user wrote."""

    file: str
    """Path as the user would type it (relative to the project where possible)."""
    line: int = 1
    """1-based."""
    column: int = 1
    """1-based, in characters."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Text(str):
    """A string from a user's file that remembers where it stands. Equal to, and usable as, a plain str."""

    __slots__ = ("place",)
    place: Place | None

    def __new__(cls, value: str, place: Place | None = None) -> Text:
        self = str.__new__(cls, value)
        self.place = place
        return self

    def __reduce__(self):
        return Text, (str(self), self.place)


class Foreign(Text):
    """A Text in another language than the leaflet that it stands in."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, value: str, place: Place | None, language: str) -> Foreign:
        self = super().__new__(cls, value, place)
        self.language = language
        return self

    def __reduce__(self):
        return Foreign, (str(self), self.place, self.language)


@record(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said so that the person who wrote the file can mend it."""

    place: Place | None
    message: str
    """What is wrong, in one sentence without a full stop."""
    hint: str = ""
    """What to do about it."""
    severity: str = "error"
    """"error" stops a build; "warning" does not."""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        kind = "warning: " if self.severity == "warning" else ""
        return f"{where}{kind}{self.message}" + (f" ({self.hint})" if self.hint else "")


class Rejected(Exception):
    """The user's files cannot be built; holds every problem found, in the order of the files.

    Anything else that is raised is a fault of the program and keeps its traceback.
    """

    def __init__(self, problems) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self):
        return type(self), (self.problems,)


class Overfull(Rejected):
    """The text does not fit the layout; another may have room."""
