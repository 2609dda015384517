"""The numbers and letters that people type before the items of a list: which is the
first, and whether they are in order."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.late import Late


def is_first(label: str) -> bool:
    """Whether a label is the first of its kind: 1, a, i, ①, 一."""
    core = label.strip("()-–./:№ºª° （）．、")
    return core.lower() in ("a", "i", "①", "❶", "一", "㈠", "а", "α", "א", "أ", "ก") or (
        core.isdigit() and core.isdecimal() and int(core) == 1
    )


def in_order(labels: list[str]) -> bool:
    """Whether letters number the lines. Otherwise they begin names, as in C. difficile and E. coli."""
    if labels[0].endswith(")"):
        return True
    cores = [label.rstrip(".-– ").lower() for label in labels]
    if all(_ROMAN.fullmatch(core) for core in cores) and set(_steps(list(map(_roman, cores)))) == {1}:
        return True
    if any(len(core) > 1 for core in cores):
        return False
    return set(_steps(list(map(ord, cores)))) == {1} if cores[0] < "\u0590" else len(set(cores)) == len(cores)


_ROMAN = Late("x{0,3}(?:ix|iv|v?i{0,3})")


def _roman(number: str) -> int:
    """The value of a Roman number below 40."""
    values = [{"i": 1, "v": 5, "x": 10}[sign] for sign in number]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0]))


def _steps(values: list[int]) -> Iterator[int]:
    return (after - before for before, after in zip(values, values[1:]))
