"""What a person has to mend: a Problem and its Place. Rejected is raised with all problems of a run together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

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


class Written(Protocol):
    """How a text stands in its file: in quotes, folded, with escapes … (read/source.Scalar)."""

    def place_at(self, text: str, offset: int) -> Place:
        """The place of a character of the text; of the end of the text, where `offset` is its length."""


class Within:
    """How a part of a text stands in its file: as the characters of the whole from `start` on (see Written)."""

    __slots__ = ("start", "whole")

    def __init__(self, whole: Text, start: int) -> None:
        self.whole, self.start = whole, start

    def place_at(self, text: str, offset: int) -> Place:
        place = self.whole.place_at(self.start + offset)
        assert place is not None, "only a part of a text that is written somewhere is made"
        return place


class Joined:
    """How texts that were joined stand in their files: each as it stands by itself (see Written)."""

    __slots__ = ("parts", "starts")

    def __init__(self, parts: list[Text], starts: list[int]) -> None:
        self.parts, self.starts = parts, starts
        """starts: where each part begins in the joined text; in order."""

    def place_at(self, text: str, offset: int) -> Place:
        at = max(0, bisect_right(self.starts, offset) - 1)
        part = self.parts[at]
        place = part.place_at(min(max(0, offset - self.starts[at]), len(part)))
        assert place is not None, "only texts with a place are joined"
        return place


class Text(str):
    """A string from a user's file that remembers where it stands. Equal to, and usable as, a plain str."""

    __slots__ = ("place", "written")
    place: Place | None
    """Where it begins."""
    written: Written | None
    """None where it was put together here, so that only its beginning is known."""

    def __new__(cls, value: str, place: Place | None = None, written: Written | None = None) -> Text:
        self = str.__new__(cls, value)
        self.place = place
        self.written = written
        return self

    def __reduce__(self) -> tuple[type[Text], tuple[str, Place | None, Written | None]]:
        return Text, (str(self), self.place, self.written)

    def place_at(self, offset: int) -> Place | None:
        """The place of the character at an offset (0 … length), exact where `written` is known, else that of the text.

        Of white space that YAML made of line ends, the place is a line end; of an escape, its first sign.
        """
        return self.place if self.written is None else self.written.place_at(self, offset)


class Foreign(Text):
    """A Text in another language than the leaflet that it stands in."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, value: str, place: Place | None = None, language: str = "en") -> Foreign:
        self = str.__new__(cls, value)
        self.place, self.written, self.language = place, None, language
        return self

    def __reduce__(self) -> tuple[type[Text], tuple[str, Place | None, str]]:  # type: ignore[override]
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


@record(frozen=True, slots=True)
class Finding:
    """What a rule says of a leaflet. It reads like a Problem, and stops no build."""

    place: Place | None
    message: str
    """One sentence without a full stop."""
    hint: str = ""
    severity: str = "warning"
    """"error", "warning" or "note"."""
    rule: str = ""
    """Name of the rule."""
    subject: str = ""
    """The words it is about; a fingerprint is made of them, so that it is the same when lines move."""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.severity}: {self.message}" + (f" ({self.hint})" if self.hint else "") + f" [{self.rule}]"


MOST = 100
"""Problems of one file that are told; of those that follow, only their number is."""


class Problems:
    """The problems of one file, gathered in any order: the first MOST by their places, and how many more there are.

    A file of 2 MB can hold 600,000 mistakes, so no more than twice MOST are kept at any time. A problem that `takes`
    refuses need not be put into words.
    """

    __slots__ = ("_after", "_border", "_kept", "count")

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self.count = 0
        """All that were found."""
        self._kept: list[Problem] = []
        self._border: Place | None = None
        """The place of the last one that is told, as far as is known; None: there is room for all."""
        self._after: Place | None = None
        """The place of the first one that is not told."""
        for problem in problems:
            self.add(problem)

    def takes(self, place: Place) -> bool:
        """Whether a problem at this place is one of the first."""
        return self._border is None or place < self._border

    def skip(self, place: Place) -> None:
        """Counts a problem that is not one of the first."""
        self.count += 1
        if self._after is None or place < self._after:
            self._after = place

    def add(self, problem: Problem) -> None:
        place = _place_of(problem)
        if not self.takes(place):
            self.skip(place)
            return
        self.count += 1
        self._kept.append(problem)
        if len(self._kept) > 2 * MOST:
            self._cut()

    def _cut(self) -> None:
        self._kept.sort(key=_place_of)
        self._border, first_not_told = _place_of(self._kept[MOST - 1]), _place_of(self._kept[MOST])
        if self._after is None or first_not_told < self._after:
            self._after = first_not_told
        del self._kept[MOST:]

    def __iter__(self) -> Iterator[Problem]:
        """The first ones in the order of their places, each once, and one that tells how many more there are."""
        told = sorted(dict.fromkeys(self._kept), key=_place_of)
        more = self.count - len(self._kept) + max(0, len(told) - MOST)
        yield from told[:MOST]
        if more:
            place = self._after if len(told) <= MOST else _place_of(told[MOST])
            said = "is one more problem" if more == 1 else f"are {more:,} more problems"
            yield Problem(place, f"there {said}, from here on", "mend those above first")

    def __bool__(self) -> bool:
        return self.count > 0


def _place_of(problem: Problem) -> Place:
    return problem.place or Place("")


class Rejected(Exception):
    """The user's files cannot be built; holds every problem found, in the order of the files.

    Anything else that is raised is a fault of the program and keeps its traceback.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.texts: list[tuple[str, Text]] = []
        """(kind, text) of what could be read of a file all the same: its marks can be looked at, too."""
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[Rejected], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class Misfit(Rejected):
    """Something reaches out of its place in a layout; the problems are the layout's and the paper's alone."""


class Overfull(Rejected):
    """The text does not fit the layout; another may have room."""

    def __init__(self, problems: Iterable[Problem], whole: Callable[[], Any] | None = None) -> None:
        super().__init__(problems)
        self.whole = whole
        """Gives a model.page.Composition all the same, for a screen: what does not fit stands on pages of its own
        (Page.beyond). None: there is too much of it to be set."""
