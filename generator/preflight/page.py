"""Carries out the operators of a page as a printer does (ISO 32000-1, annex A), as far as ink is concerned."""

from __future__ import annotations

import io

import pikepdf

from ..model.record import record, replace
from .paint import BLACK, Colour, Judge, PageBoxes, Rectangle

DEVICE = {"/DeviceCMYK": "cmyk", "/DeviceGray": "grey", "/DeviceRGB": "rgb"}
SHORT = {"/CMYK": "/DeviceCMYK", "/G": "/DeviceGray", "/RGB": "/DeviceRGB"}
SETS = {"g": ("fill", "grey"), "G": ("stroke", "grey"), "rg": ("fill", "rgb"), "RG": ("stroke", "rgb"),
        "k": ("fill", "cmyk"), "K": ("stroke", "cmyk")}  # fmt: skip
FILLS = {"f": True, "F": True, "f*": True, "B": True, "B*": True, "b": True, "b*": True}
STROKES = {"S": True, "s": True, "B": True, "B*": True, "b": True, "b*": True}
DEEPEST = 8
"""Forms within forms."""


@record(frozen=True, slots=True)
class State:
    """The graphics state (8.4)."""

    matrix: pikepdf.Matrix
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    overprints: bool = False
    """Of fills (op, or OP where op is missing)."""
    mode: int = 0
    """Text rendering mode."""


def run(page: pikepdf.Page, boxes: PageBoxes, judge: Judge) -> None:
    """Carry out a page's operators, and show `judge` everything that they paint."""
    if int(page.obj.get("/Rotate", 0)) or float(page.obj.get("/UserUnit", 1)) != 1:
        judge.say(boxes.trim[0], boxes.trim[3], "the page is turned or scaled as a whole")
    _Runner(judge).run(page, page.obj.get("/Resources", pikepdf.Dictionary()), State(pikepdf.Matrix()), 0)


class _Runner:
    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def run(self, stream, resources, state: State, depth: int) -> None:
        stack: list[State] = []
        points: list[tuple[float, float]] = []
        line = pikepdf.Matrix()
        leading = 0.0
        for operands, operator in pikepdf.parse_content_stream(stream):
            name = str(operator)
            if name in SETS:
                which, space = SETS[name]
                state = replace(state, **{which: Colour(space, _numbers(operands))})
            elif name in ("cs", "CS"):
                which = "fill" if name == "cs" else "stroke"
                state = replace(state, **{which: Colour(_space(operands[0], resources), ())})
            elif name in ("sc", "scn", "SC", "SCN"):
                which = "fill" if name in ("sc", "scn") else "stroke"
                state = replace(state, **{which: Colour(getattr(state, which).space, _numbers(operands))})
            elif name == "q":
                stack.append(state)
            elif name == "Q":
                state = stack.pop() if stack else state
            elif name == "cm":
                state = replace(state, matrix=pikepdf.Matrix(*_numbers(operands)) @ state.matrix)
            elif name == "w":
                state = replace(state, width=float(operands[0]))
            elif name == "gs":
                state = _with(state, resources.get("/ExtGState", {}).get(str(operands[0]), {}))
            elif name in ("m", "l"):
                points.append(_numbers(operands))
            elif name in ("c", "v", "y"):
                values = _numbers(operands)
                points += list(zip(values[::2], values[1::2]))
            elif name == "re":
                x, y, width, height = _numbers(operands)
                points += [(x, y), (x + width, y + height), (x, y + height), (x + width, y)]
            elif name in FILLS or name in STROKES:
                self._path(name, points, state)
                points = []
            elif name == "n":
                points = []
            elif name == "BT":
                line = pikepdf.Matrix()
            elif name == "Tm":
                line = pikepdf.Matrix(*_numbers(operands))
            elif name in ("Td", "TD"):
                line = pikepdf.Matrix(1, 0, 0, 1, *_numbers(operands)) @ line
                leading = -float(operands[1]) if name == "TD" else leading
            elif name == "TL":
                leading = float(operands[0])
            elif name == "Tr":
                state = replace(state, mode=int(operands[0]))
            elif name in ("Tj", "TJ", "'", '"', "T*"):
                if name in ("'", '"', "T*"):
                    line = pikepdf.Matrix(1, 0, 0, 1, 0, -leading) @ line
                if name != "T*":
                    self._text(line, state)
            elif name == "sh":
                self._unknown(state, "a shading")
            elif name == "INLINE IMAGE":
                self._unknown(state, "an inline picture")
            elif name == "Do":
                self._object(resources.get("/XObject", {}).get(str(operands[0])), resources, state, depth)

    def _path(self, name: str, points: list[tuple[float, float]], state: State) -> None:
        if not points:
            return
        box = _box(points, state.matrix)
        if name in FILLS:
            corners = {(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])}
            full = {state.matrix.transform(point) for point in points} == corners
            self.judge.fill(box, state.fill, state.overprints, full)
        if name in STROKES:
            self.judge.stroke(box, state.stroke, state.width * _scale(state.matrix))

    def _text(self, line: pikepdf.Matrix, state: State) -> None:
        x, y = (line @ state.matrix).transform((0, 0))
        if state.mode in (0, 2, 4, 6):
            self.judge.text(x, y, state.fill, state.overprints)
        if state.mode in (1, 2, 5, 6):
            self.judge.stroke((x, y, x, y), state.stroke, state.width * _scale(state.matrix))
            self.judge.text(x, y, state.stroke, False)

    def _unknown(self, state: State, what: str) -> None:
        self.judge.other(*state.matrix.transform((0, 0)), what)

    def _object(self, thing, resources, state: State, depth: int) -> None:
        if thing is None:
            return
        if thing.get("/Subtype") == "/Form":
            if depth >= DEEPEST:
                self._unknown(state, "a drawing within many others")
                return
            matrix = pikepdf.Matrix(*_numbers(thing.get("/Matrix", [1, 0, 0, 1, 0, 0])))
            inner = replace(state, matrix=matrix @ state.matrix)
            self.run(thing, thing.get("/Resources", resources), inner, depth + 1)
            return
        box = _box([(0, 0), (1, 0), (0, 1), (1, 1)], state.matrix)
        if bool(thing.get("/ImageMask", False)):
            self.judge.fill(box, state.fill, state.overprints)
            return
        space = _space(thing.get("/ColorSpace"), resources)
        matrix = state.matrix
        if int(thing.get("/BitsPerComponent", 8)) != 8:
            self._unknown(state, "a picture of more or fewer than 8 bits")
            return
        sides = (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5
        self.judge.picture(box, int(thing.Width), int(thing.Height), sides, space, _most_ink(thing, space))


def _most_ink(thing, space: str) -> float | None:
    """The most ink of any pixel of a CMYK picture, percent."""
    if space != "cmyk":
        return None
    from PIL import Image, ImageMath

    filters = thing.get("/Filter", [])
    if "/DCTDecode" in (filters if isinstance(filters, pikepdf.Array) else [filters]):
        picture = Image.open(io.BytesIO(thing.read_raw_bytes()))
    else:
        picture = Image.frombytes("CMYK", (int(thing.Width), int(thing.Height)), thing.read_bytes())
    total = ImageMath.lambda_eval(
        lambda args: args["c"] + args["m"] + args["y"] + args["k"], **dict(zip("cmyk", picture.split()))
    )
    return total.getextrema()[1] / 2.55


def _numbers(operands) -> tuple[float, ...]:
    """The numbers among the operands (a pattern's name is none)."""
    return tuple(float(one) for one in operands if not isinstance(one, pikepdf.Name))


def _space(space, resources) -> str:
    """The name of a colour space, as messages and Colour have it."""
    if isinstance(space, pikepdf.Name):
        name = SHORT.get(str(space), str(space))
        if name in DEVICE:
            return DEVICE[name]
        known = resources.get("/ColorSpace", {}).get(name)
        return name[1:] if known is None else _space(known, resources)
    if isinstance(space, pikepdf.Array):
        kind = str(space[0])
        if kind == "/Separation":
            return "all" if space[1] == "/All" else f"the spot colour {str(space[1])[1:]}"
        return DEVICE.get(kind, kind[1:])
    return "an unknown colour space"


def _with(state: State, changes) -> State:
    """The state after `gs`."""
    if "/LW" in changes:
        state = replace(state, width=float(changes.LW))
    if "/op" in changes or "/OP" in changes:
        state = replace(state, overprints=bool(changes.get("/op", changes.get("/OP"))))
    return state


def _box(points: list[tuple[float, float]], matrix: pikepdf.Matrix) -> Rectangle:
    xs, ys = zip(*(matrix.transform(point) for point in points))
    return min(xs), min(ys), max(xs), max(ys)


def _scale(matrix: pikepdf.Matrix) -> float:
    """How much thinner a line may become in the direction that is scaled down most (8.4.3.2)."""
    return min((matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5)
