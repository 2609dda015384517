"""The body size of a leaflet: on folded sheets the largest at which everything fits, on flat pages the largest that
needs no more pages than the smallest does; a smaller one where that keeps whole what would be cut, or fills pages that
would be empty."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from ..model.layout import Geometry, Panel
from ..model.problem import Rejected
from ..model.record import record
from ..model.story import Node
from .build import Builder
from .excess import Excess
from .frame import WELL, Break, Filling
from .growth import to_grow

FULL = 0.85
"""Part of a page that should be filled."""
ASTRAY = 0.12
"""What a part that begins in another panel than it asks for counts beside that."""
FURTHER = (1, 2, *range(4, 100, 3))
"""Steps by which smaller sizes are tried where something is cut that should stay whole."""


@record(slots=True)
class Poured:
    """A frame and what goes into it."""

    panel: Panel
    filling: Filling | None = None
    stop: Break | None = None
    node: Node | None = None
    """The part it belongs to."""
    head: Poured | None = None
    """What stands above it on the same panel."""


@record(slots=True)
class Setting:
    """A leaflet at one body size."""

    builder: Builder
    frames: list[Poured]
    excess: list[Excess]
    cut: bool
    """A table or another thing that is to be kept whole is cut by a panel's end."""
    astray: int
    """Parts that begin in another panel than they ask for."""

    @property
    def strained(self) -> bool:
        return self.cut or self.astray > 0


@record(slots=True)
class Choice:
    """The size that was taken."""

    size: float
    setting: Setting
    tried: list[Setting]
    """All that were set on the way."""
    reason: str
    """Why no larger one was taken."""


def choose(sizes: list[float], set_at: Callable[[float], Setting], geometry: Geometry) -> Choice | None:
    """Copy-fit: the size that is taken. None: it does not fit at the smallest. set_at: sets the leaflet at a size,
    points. Raises Rejected where a setting has problems."""
    tried: dict[float, Setting] = {}

    def at(size: float) -> Setting:
        if size not in tried:
            tried[size] = set_at(size)
            if tried[size].builder.problems:
                raise Rejected(dict.fromkeys(tried[size].builder.problems))
        return tried[size]

    def spread(setting: Setting) -> bool:
        """Whether it takes more pages than the smallest size."""
        return geometry.repeat and padded(setting, geometry) > padded(at(sizes[0]), geometry)

    def holds(setting: Setting) -> bool:
        return not setting.excess and not spread(setting)

    if geometry.repeat:
        number = -1 if at(sizes[0]).excess else _largest(sizes, at, holds, geometry)
    else:
        number = _last(sizes, at)
    if number < 0:
        return None
    if at(sizes[number]).strained:  # a smaller size may keep whole what this one cuts
        smaller, cut = (number - step for step in FURTHER[1:] if step <= number), number
        number = next((n for n in smaller if not at(sizes[n]).strained and holds(at(sizes[n]))), number)
        while number + 1 < cut and not at(sizes[number + 1]).strained and holds(at(sizes[number + 1])):
            number += 1
        if not geometry.repeat:  # parts in the panels that they ask for, or panels that are better filled?
            poured = [n for n, size in enumerate(sizes) if n > number and size in tried and not tried[size].cut]
            number = min([number, *(n for n in poured if holds(at(sizes[n])))],
                         key=lambda n: (_score(at(sizes[n]), geometry, sizes[n], sizes[-1]), -n))
            while (
                number in poured
                and number + 1 < len(sizes)
                and holds(at(sizes[number + 1]))
                and not at(sizes[number + 1]).cut
            ):
                number += 1
    elif geometry.repeat and _hollow(at(sizes[number])):  # or fill pages that this one leaves empty
        smaller = (number - step for step in FURTHER[:4] if step <= number)
        number = next((n for n in smaller if not at(sizes[n]).strained and not _hollow(at(sizes[n]))), number)
    return Choice(
        sizes[number], at(sizes[number]), list(tried.values()), _reason(sizes, number, tried, spread, geometry.repeat)
    )


def _last(sizes: list[float], at: Callable[[float], Setting]) -> int:
    """Number of the largest size at which everything fits the panels and nothing is cut that should stay whole, as far
    as a larger one than a good one is looked for; -1: nothing fits. What is too much tells where to look, so that a few
    sizes are set in place of all."""
    high, low = len(sizes), -1
    number = high - 1
    while high - low > 1:
        setting = at(sizes[number])
        if not setting.excess and (low < 0 or not setting.strained):
            low, number = number, number + 1
            continue
        high = number
        if low >= 0:
            break
        held = sum(poured.panel.depth for poured in setting.frames if poured.filling)
        guess = sizes[number] * (held / (held + sum(excess.height for excess in setting.excess))) ** 0.5
        number = max(0, min(number - 1, bisect_right(sizes, guess) - 1))
    return low


def _score(setting: Setting, geometry: Geometry, size: float, largest: float) -> float:
    """How far the panels are from being well filled with large type; less is better. What may grow in a panel fills
    it, too; the last panel of the story is free."""
    frames = [poured for poured in setting.frames if poured.filling and poured.panel.name in geometry.story]
    blocks, grid = setting.builder.growing, setting.builder.looks.grid
    empty = 0.0
    for poured in frames[:-1]:
        filling, stop, panel = poured.filling, poured.stop, poured.panel
        lack = WELL * panel.depth - (filling.height if stop is None else stop.used)
        if lack > 0:
            lack -= to_grow(filling, stop, blocks, panel.measure, grid)
        empty += max(0.0, lack / panel.depth) ** 2
    return 3 * empty + (largest - size) / largest + ASTRAY * setting.astray


def _reason(sizes: list[float], number: int, tried: dict[float, Setting], spread: Callable[[Setting], bool],
            flat: bool) -> str:
    """Why no larger size was taken."""
    if number + 1 == len(sizes):
        return "the largest that the layout has"
    larger = sizes[number + 1]
    setting = tried.get(larger)
    if setting is None or setting.excess:
        why = "would take more pages" if flat and setting is None else "would not fit"
    elif spread(setting):
        why = "would take more pages"
    elif setting.strained:
        why = "would part what should stand together"
    else:
        why = "would leave pages emptier"
    return f"{larger:g} pt {why}"


def _hollow(setting: Setting) -> bool:
    """Whether a page before the last is emptier than it should be."""
    return any(poured.stop.used < FULL * poured.panel.depth for poured in setting.frames[:-1] if poured.stop)


def _largest(sizes: list[float], at: Callable[[float], Setting], holds: Callable[[Setting], bool],
             geometry: Geometry) -> int:
    """Number of the largest size that holds, where every larger one than one that does not is expected not to. The
    smallest does.

    What is empty at the smallest size tells where to look, so that a handout of two pages is set at two or three sizes.
    From there the steps grow, and what lies between the last two sizes is halved.
    """
    frames = at(sizes[0]).frames
    used = sum(poured.stop.used if poured.stop else poured.filling.height for poured in frames if poured.filling)
    held = sum(poured.panel.depth for poured in frames) + frames[-1].panel.depth * (
        padded(at(sizes[0]), geometry) - len(frames)
    )
    guess = sizes[0] * (held / used) ** 0.5 if used else sizes[-1]
    low, high, number, step = 0, len(sizes), max(0, bisect_right(sizes, guess) - 1), 1
    while high - low > 1:
        if number == 0 or holds(at(sizes[number])):
            low, number = number, min(number + step, high - 1)
        else:
            high, number = number, max(number - step, low)
        step *= 2
        if low and high < len(sizes):
            number = (low + high) // 2
    return low


def padded(setting: Setting, geometry: Geometry) -> int:
    """Pages that are printed, blanks included."""
    unit = geometry.bound.unit if geometry.bound else 1
    return -(-len(setting.frames) // unit) * unit
