"""Colours that can be told apart: text on its ground (WCAG 2.1, 1.4.3), and compared options in grey.

A theme is checked by the pairs of colours that the layouts paint (PAIRS): white words on a dark field pass,
though white words on paper could not be read. A finished page is checked line by line: the colour of the words
against the topmost ground under them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.page import Composition, Fill, Ground, Line, Page, Run, Shape
from ..model.problem import Problem
from ..model.theme import Theme, ratio

LEAST = 4.5
"""Contrast of text with its ground (WCAG 2.1, success criterion 1.4.3, level AA)."""
IN_GREY = 1.3
"""Contrast between the colours of two options, so that they differ on a printer without colour."""
LIGHT = 232
"""Least lightness, of 255, of a ground that carries text: an office printer makes dots of darker greys."""

GROUNDS = ("paper", "cool", "warm")
OPTIONS = tuple(f"option-{number}" for number in range(1, 5))
PAIRS = (
    *((word, ground) for word in ("ink", "dark", "muted", "mid") for ground in GROUNDS),
    *(("paper", ground) for ground in ("dark", "alert")),
    ("alert", "paper"),
    *((option, ground) for option in OPTIONS for ground in (*GROUNDS, f"{option}-tint")),
    *(("paper", option) for option in OPTIONS),
    *((word, f"{option}-tint") for word in ("ink", "dark") for option in OPTIONS),
)
"""(words, ground) that the layouts of this project paint."""


def in_grey(colour: str) -> str:
    """A colour as a printer without colour shows it."""
    return f"#{round(_grey(colour)):02x}" + f"{round(_grey(colour)):02x}" * 2


def _grey(colour: str) -> float:
    """Lightness of a colour on a printer without colour, 0 to 255 (Rec. 601)."""
    red, green, blue = (int(colour[i: i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def faint(theme: Theme, least: float = LEAST) -> list[Problem]:
    """Colours of a theme's palette that cannot be read or told apart where the layouts use them."""
    palette = theme.palette
    problems = []
    for word, ground in PAIRS:
        if word in palette and ground in palette and (found := ratio(palette[word], palette[ground])) < least:
            pale = ground if word == "paper" else word
            problems.append(Problem(getattr(palette[pale], "place", None),
                                    f"'{word}' on '{ground}' has a contrast of {int(found * 10) / 10:.1f}:1",
                                    f"words need {least:g}:1 at least"))
    one, other = "option-1", "option-2"
    if one in palette and other in palette and (found := ratio(palette[one], palette[other])) < IN_GREY:
        problems.append(Problem(getattr(palette[other], "place", None),
                                f"'{one}' and '{other}' look alike in grey ({found:.2f}:1)",
                                f"make one darker: {IN_GREY:g}:1 at least"))
    for name in ("cool", "warm", *(f"{option}-tint" for option in OPTIONS)):
        if name in palette and (found := _grey(palette[name])) < LIGHT:
            problems.append(Problem(getattr(palette[name], "place", None),
                                    f"the ground '{name}' is too dark for text ({found:.0f} of 255)",
                                    f"make it lighter: {LIGHT} at least, else an office printer makes dots of it"))
    return problems


def unreadable(composition: Composition, least: float = LEAST) -> list[Problem]:
    """Words whose colour does not stand out from the topmost ground under them, on the page
    as it is painted; each pair once."""
    found: dict[tuple[str, str], Problem] = {}
    for page in composition.pages:
        for line, word, ground in painted(page):
            if (word, ground) not in found and (contrast := ratio(word, ground)) < least:
                said = "".join(w.text for run in line.runs for w in run.words).strip()
                found[word, ground] = Problem(
                    line.place, f"{said[:40]!r} is {word} on {ground}: a contrast of {int(contrast * 10) / 10:.1f}:1",
                    f"words need {least:g}:1 at least; change the style's colour or its ground")
    return list(found.values())


def painted(page: Page) -> Iterator[tuple[Line, str, str]]:
    """(line, colour of its words, colour of the topmost ground under them) of all that stands on a page."""
    grounds: list[_Area] = []
    art: list[tuple[Ground, Shape]] = []
    for ground in page.grounds:
        grounds += [_area(ground)] if ground.colour else []
        art += [(ground, shape) for shape in ground.art if shape.fill]
    discs = [_area(item) for item in page.items if item.__class__ is Shape and item.fill and item.elem is None]
    for item in page.items:
        kind = item.__class__
        if kind is Fill or kind is Shape and item.fill and item.elem is None:
            grounds.append(_area(item))
        elif kind is Line:
            for run in item.runs:
                if run.words and not run.words[0].text.isspace():
                    x, y = run.x + run.width / 2, item.y - run.size * 0.3
                    yield item, run.colour, _under(grounds, x, y)
                    near = [shape for ground, shape in art if ground.y <= y <= ground.y + ground.height]
                    if near and not _under(discs, x, y, ""):  # else a disc stands between the words and the drawing
                        yield from ((item, run.colour, shape.fill) for shape in near if _crosses(shape, run, y))


def _crosses(shape: Shape, run: Run, y: float) -> bool:
    """Whether a run stands on what is drawn on a ground: a point of its middle line lies within the shape's outline."""
    points = [(shape.x + shape.scale * op[-2], shape.y + shape.scale * op[-1]) for op in shape.path if len(op) > 1]
    for part in range(1, 10):
        x, inside = run.x + run.width * part / 10, False
        for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
        if inside:
            return True
    return False


_Area = tuple[float, float, float, float, str]
"""Left, top, right, bottom, points; colour."""


def _area(ground: Ground | Fill | Shape) -> _Area:
    """The room that a ground or a filled shape takes."""
    if isinstance(ground, Shape):
        xs = [ground.x + ground.scale * value for op in ground.path for value in op[1::2]]
        ys = [ground.y + ground.scale * value for op in ground.path for value in op[2::2]]
        return min(xs), min(ys), max(xs), max(ys), ground.fill
    return ground.x, ground.y, ground.x + ground.width, ground.y + ground.height, ground.colour


def _under(grounds: list[_Area], x: float, y: float, otherwise: str = "#ffffff") -> str:
    """The colour of the topmost ground at a point."""
    for left, top, right, bottom, colour in reversed(grounds):
        if left <= x <= right and top <= y <= bottom:
            return colour
    return otherwise
