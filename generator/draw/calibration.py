"""The test sheet of a printer that prints both sides: a cross on the front, a scale on the back, and how to read
them."""

from __future__ import annotations

from ..model.layout import MM, Geometry, Panel, Paper, Placement, Side
from ..model.page import About, Composition, Item, Line, Page, Run, Shape
from ..model.record import replace
from ..model.structure import Elem
from ..text.fonts import Face, built_in
from ..text.shape import shape

ABOUT = About("Test sheet for printing on both sides", "en", subject="Shows how far the back side is out of true.")
INK = "#000000"
SIZE, LEADING = 12.0, 16.0
REACH, AWAY = 5, 12
"""Millimetres: a scale goes so far each way, and stands so far from the middle of the sheet."""
FRONT = (
    "Print this sheet on both sides, at 100 % of its size, turned on its {edge} edge.",
    "Then look at its back side, and hold it against the light.",
)
BACK = (
    "This is the back side. Hold it against the light: the cross of the front side shines through.",
    "Where its upright line meets the scale “right”, read how far the back side must go to the right (below 0: left).",
    ("Where its level line meets the scale “up”, read how far it must go up (below 0: down). Then keep both, for "
    "example:"),
    "leaflet calibrate --printer office --right 0.8 --up -0.4",
)


def test_sheet(paper: Paper, tumble: bool = False) -> tuple[Composition, Geometry]:
    """Front and back, landscape as folded leaflets are. `tumble`: the words are for a printer that flips on the long
    edge.

    A reading is how far the back side must be moved, to the right and up, as one looks at the back side.
    """
    width, height = paper.height, paper.width
    tree = Elem("Document")
    front, back = Page("front", width, height), Page("back", width, height)
    _write(front, tree, [ABOUT.title, *(line.format(edge="long" if tumble else "short") for line in FRONT)])
    _write(back, tree, list(BACK), title=False)
    _figure(front, tree, "A cross in the middle of the sheet.", [_path(width / 2, height / 2, _cross(), 0.25)])
    _figure(
        back, tree,
        f"Two scales around the middle of the sheet, left to right and upwards, from -{REACH} to {REACH} mm.",
        _scale(width / 2, height / 2),
    )
    panels = tuple(Panel(page.name, width, height, 0, 0, 0, 0) for page in (front, back))
    sides = tuple(Side(page.name, width, height, (Placement(page.name, 0.0),)) for page in (front, back))
    geometry = Geometry(panels, (), sides, duplex="DuplexFlipShortEdge")
    return Composition([front, back], tree, SIZE, ABOUT.title, ABOUT.language, "ltr"), geometry


def _run(x: float, words: str, size: float, elem: Elem, style: int = 0) -> Run:
    face: Face = built_in("FiraGO", style)
    word = shape(face, words)
    return Run(x, [word], face, size, INK, elem, word.width * size)


def _write(page: Page, tree: Elem, lines: list[str], title: bool = True) -> None:
    """Lines of words down the page; the first is its title."""
    y = 30 * MM
    for number, words in enumerate(lines):
        heading = title and number == 0
        leaf = Elem("")
        tree.kids.append(Elem("H1" if heading else "P", [leaf], title=words if heading else None))
        page.items.append(Line(y, [_run(25 * MM, words + " ", 20 if heading else SIZE, leaf, int(heading))]))
        y += LEADING * (2 if heading else 1)


def _figure(page: Page, tree: Elem, alt: str, items: list[Item]) -> None:
    figure = Elem("Figure", alt=alt)
    for item in items:
        if item.__class__ is Line:
            for run in item.runs:
                run.elem = figure
        else:
            item.elem = figure
    tree.kids.append(figure)
    page.items += items


def _path(x: float, y: float, path: tuple, width: float) -> Shape:
    """Lines in millimetres around x, y; `width` in points."""
    return Shape(x, y, MM, path, None, INK, width / MM, False)


def _cross() -> tuple:
    far = 2 * AWAY
    return (("M", -far, 0), ("L", far, 0), ("M", 0, -far), ("L", 0, far))


def _scale(x: float, y: float) -> list[Item]:
    """Ticks every half millimetre, longer ones every millimetre, numbers every five; right and up are positive. The
    scales stand AWAY from the middle, where nothing but the other side's line crosses them."""
    path: list[tuple] = [("M", -REACH, AWAY), ("L", REACH, AWAY), ("M", -AWAY, -REACH), ("L", -AWAY, REACH)]
    numbers: list[Item] = []
    for half in range(-2 * REACH, 2 * REACH + 1):
        at = half / 2
        long = 4 if half % 10 == 0 else 2.5 if half % 2 == 0 else 1.25
        path += [("M", at, AWAY), ("L", at, AWAY + long), ("M", -AWAY, -at), ("L", -AWAY - long, -at)]
        if half % 10 == 0:
            words = _run(0, f"{at:+.0f} " if at else "0 ", 9, Elem(""))
            wide = words.width - shape(words.face, " ").width * words.size
            words.x = x + at * MM - wide / 2
            numbers.append(Line(y + (AWAY + 8) * MM, [words]))
            words = replace(words, x=x - (AWAY + 5) * MM - wide)
            numbers.append(Line(y - at * MM + 3, [words]))
    for name, left, down in (("right", REACH + 3, AWAY + 1), ("up", -AWAY - 2, -REACH - 3)):
        numbers.append(Line(y + down * MM, [_run(x + left * MM, name + " ", 9, Elem(""))]))
    return [_path(x, y, tuple(path), 0.25), *numbers]
