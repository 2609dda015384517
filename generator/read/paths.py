"""Path data of SVG → moves, lines and cubic Bézier curves (SVG 1.1 second edition, 8.3 and F.6)."""

from __future__ import annotations

import math
import re

from ..model.wording import quoted

Op = tuple
"""("M",x,y) ("L",x,y) ("C",x1,y1,x2,y2,x,y) ("Z",), as in model.page.Shape."""
Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = a·x + c·y + e, y' = b·x + d·y + f."""

SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
CIRCLE = 4 / 3 * math.tan(math.pi / 8)
"""Distance of the control points of a quarter circle, in radii."""
LARGEST = 1e6
"""Numbers beyond this are no drawing."""

_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_TOKEN = re.compile(rf"[\s,]*(?:([A-Za-z])|({_NUMBER}))", re.ASCII)
_FLAG = re.compile(r"[\s,]*([01])")
_END = re.compile(r"[\s,]*\Z")
_ONE_NUMBER = re.compile(rf"\s*({_NUMBER})\s*", re.ASCII)


class Malformed(ValueError):
    """The message says what is wrong, in words that follow "the path data" or the name of an attribute."""


def number(text: str) -> float:
    """A number as SVG writes it, without a unit. Raises Malformed."""
    match = _ONE_NUMBER.fullmatch(text)
    if not match or abs(value := float(match[1])) > LARGEST:
        raise Malformed(f"has {quoted(text)} where a number belongs")
    return value


def numbers(text: str) -> list[float]:
    """Numbers parted by white space or commas. Raises Malformed."""
    return [number(part) for part in re.split(r"\s*,\s*|\s+", text.strip())] if text.strip() else []


def read_path(data: str) -> list[Op]:
    """Operators of the `d` of a path, absolute. Every arc ends exactly where it says. Raises Malformed."""
    ops: list[Op] = []
    position = 0
    command = ""
    x = y = start_x = start_y = 0.0
    handle: tuple[str, float, float] | None = None  # kind of curve and its last control point, for S and T
    closed = False
    while not _END.match(data, position):
        match = _TOKEN.match(data, position)
        if not match:
            raise Malformed(f"has {quoted(data[position:])} where a command or a number belongs")
        if match[1]:
            command, position = match[1], match.end()
            if command.upper() not in _ARGUMENTS:
                raise Malformed(f"has an unknown command '{command}'")
        elif not command or command in "Zz":
            raise Malformed(f"has the number {match[2]} where a command belongs")
        kind = command.upper()
        if not ops and kind != "M":
            raise Malformed("does not begin with M")
        values, position = _arguments(data, position, command)
        if closed and kind not in "MZ":
            ops.append(("M", x, y))
        closed = kind == "Z"
        if kind == "Z":
            if ops[-1] != ("Z",):
                ops.append(("Z",))
            x, y, handle = start_x, start_y, None
            continue
        dx, dy = (x, y) if command.islower() else (0.0, 0.0)
        before = handle
        handle = None
        if kind == "H":
            end = values[0] + dx, y
        elif kind == "V":
            end = x, values[0] + dy
        else:
            end = values[-2] + dx, values[-1] + dy
        if kind == "M":
            ops.append(("M", *end))
            start_x, start_y = end
            command = "l" if command == "m" else "L"
        elif kind in "LHV":
            ops.append(("L", *end))
        elif kind in "CS":
            if kind == "C":
                first = values[0] + dx, values[1] + dy
            else:
                first = (2 * x - before[1], 2 * y - before[2]) if before and before[0] == "C" else (x, y)
            second = values[-4] + dx, values[-3] + dy
            ops.append(("C", *first, *second, *end))
            handle = ("C", *second)
        elif kind in "QT":
            if kind == "Q":
                middle = values[0] + dx, values[1] + dy
            else:
                middle = (2 * x - before[1], 2 * y - before[2]) if before and before[0] == "Q" else (x, y)
            first = x + 2 / 3 * (middle[0] - x), y + 2 / 3 * (middle[1] - y)
            second = end[0] + 2 / 3 * (middle[0] - end[0]), end[1] + 2 / 3 * (middle[1] - end[1])
            ops.append(("C", *first, *second, *end))
            handle = ("Q", *middle)
        else:
            ops += arc(x, y, *values[:5], *end)
        x, y = end
        if abs(x) > LARGEST or abs(y) > LARGEST:
            raise Malformed("runs far out of the drawing")
    return ops


def _arguments(data: str, position: int, command: str) -> tuple[list[float], int]:
    """The numbers of one command. The two flags of an arc may stand without space, as in "a1 1 0 01.5.5"."""
    kind = command.upper()
    values: list[float] = []
    for index in range(_ARGUMENTS[kind]):
        match = (_FLAG if kind == "A" and index in (3, 4) else _TOKEN).match(data, position)
        text = match and match[match.lastindex]
        if not match or text.isalpha():
            raise Malformed(f"has too few numbers after '{command}', or a wrong one")
        value = float(text)
        if abs(value) > LARGEST:
            raise Malformed(f"has the number {text[:20]}, which is far out of the drawing")
        values.append(value)
        position = match.end()
    return values, position


def arc(
    x1: float, y1: float, rx: float, ry: float, turn: float, large: float, sweep: float, x2: float, y2: float
) -> list[Op]:
    """An elliptical arc as Bézier curves of at most a quarter each; nothing if it ends where it begins."""
    rx, ry = abs(rx), abs(ry)
    if x1 == x2 and y1 == y2:
        return []
    size = max(abs(x1 - x2), abs(y1 - y2))
    if min(rx, ry) < size * 1e-9 or size < max(rx, ry) * 1e-9:  # a hair's breadth flat, or a hair's breadth long
        return [("L", x2, y2)]
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    half_x, half_y = (x1 - x2) / 2, (y1 - y2) / 2
    u, v = (cosine * half_x + sine * half_y) / rx, (cosine * half_y - sine * half_x) / ry
    # From here on the ellipse is a unit circle through (u, v) and (-u, -v).
    reach = u * u + v * v
    if reach > 1:  # too small to reach: the smallest that does (F.6.6)
        grown = math.sqrt(reach)
        rx, ry, u, v, reach = rx * grown, ry * grown, u / grown, v / grown, 1.0
    off = math.sqrt(max(0.0, 1 / reach - 1)) * (-1 if large == sweep else 1)
    centre_u, centre_v = off * v, -off * u
    begin = math.atan2(v - centre_v, u - centre_u)
    swept = math.atan2(-v - centre_v, -u - centre_u) - begin
    if sweep and swept < 0:
        swept += 2 * math.pi
    elif not sweep and swept > 0:
        swept -= 2 * math.pi
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2

    def back(a: float, b: float) -> tuple[float, float]:
        a, b = (a + centre_u) * rx, (b + centre_v) * ry
        return cosine * a - sine * b + middle_x, sine * a + cosine * b + middle_y

    pieces = max(1, math.ceil(abs(swept) / (math.pi / 2) - 1e-9))
    step = swept / pieces
    pull = 4 / 3 * math.tan(step / 4)
    ops: list[Op] = []
    for k in range(pieces):
        a, b = begin + k * step, begin + (k + 1) * step
        first = back(math.cos(a) - pull * math.sin(a), math.sin(a) + pull * math.cos(a))
        second = back(math.cos(b) + pull * math.sin(b), math.sin(b) - pull * math.cos(b))
        end = (x2, y2) if k == pieces - 1 else back(math.cos(b), math.sin(b))
        ops.append(("C", *first, *second, *end))
    return ops


def polygon(points: list[float], close: bool) -> list[Op]:
    """Straight lines through points x1 y1 x2 y2 …"""
    pairs = list(zip(points[::2], points[1::2]))
    ops: list[Op] = [("L" if k else "M", *pair) for k, pair in enumerate(pairs)]
    return [*ops, ("Z",)] if close and ops else ops


def ellipse(x: float, y: float, rx: float, ry: float) -> list[Op]:
    """A closed ellipse around (x, y), from its right end clockwise on paper."""
    kx, ky = rx * CIRCLE, ry * CIRCLE
    return [
        ("M", x + rx, y),
        ("C", x + rx, y + ky, x + kx, y + ry, x, y + ry),
        ("C", x - kx, y + ry, x - rx, y + ky, x - rx, y),
        ("C", x - rx, y - ky, x - kx, y - ry, x, y - ry),
        ("C", x + kx, y - ry, x + rx, y - ky, x + rx, y),
        ("Z",),
    ]


def rectangle(x: float, y: float, width: float, height: float, rx: float, ry: float) -> list[Op]:
    """A closed rectangle; with radii, its corners are quarter ellipses (SVG 1.1, 9.2)."""
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    right, bottom = x + width, y + height
    if not rx or not ry:
        return [("M", x, y), ("L", right, y), ("L", right, bottom), ("L", x, bottom), ("Z",)]
    kx, ky = rx * (1 - CIRCLE), ry * (1 - CIRCLE)
    return [
        ("M", x + rx, y),
        ("L", right - rx, y),
        ("C", right - kx, y, right, y + ky, right, y + ry),
        ("L", right, bottom - ry),
        ("C", right, bottom - ky, right - kx, bottom, right - rx, bottom),
        ("L", x + rx, bottom),
        ("C", x + kx, bottom, x, bottom - ky, x, bottom - ry),
        ("L", x, y + ry),
        ("C", x, y + ky, x + kx, y, x + rx, y),
        ("Z",),
    ]


# ── transforms ───────────────────────────────────────────────────────────────────────────────────────────────────────

_TRANSFORM = re.compile(r"[\s,]*(\w+)\s*\(([^()]*)\)", re.ASCII)


def read_transform(text: str) -> Matrix:
    """translate, scale, rotate, skewX, skewY and matrix, applied as SVG does: the last one first. Raises Malformed."""
    matrix = SAME
    position = 0
    while not _END.match(text, position):
        match = _TRANSFORM.match(text, position)
        if not match:
            raise Malformed(f"has {quoted(text[position:])} where a transform belongs")
        matrix = combine(matrix, _one_transform(match[1], numbers(match[2])))
        position = match.end()
    return matrix


def read_dashes(text: str) -> tuple[float, ...]:
    """Lengths of dashes and gaps; () for a line without gaps. Raises Malformed."""
    lengths = () if text.strip() == "none" else tuple(numbers(text.replace("px", "")))
    return () if not any(lengths) or min(lengths) < 0 else lengths


def _one_transform(name: str, values: list[float]) -> Matrix:
    count = len(values)
    if name == "translate" and count in (1, 2):
        return (1.0, 0.0, 0.0, 1.0, values[0], values[1] if count == 2 else 0.0)
    if name == "scale" and count in (1, 2):
        return (values[0], 0.0, 0.0, values[-1], 0.0, 0.0)
    if name == "matrix" and count == 6:
        return tuple(values)
    if name == "rotate" and count in (1, 3):
        sine, cosine = math.sin(math.radians(values[0])), math.cos(math.radians(values[0]))
        x, y = values[1:] or (0.0, 0.0)
        return (cosine, sine, -sine, cosine, x - cosine * x + sine * y, y - sine * x - cosine * y)
    if name in ("skewX", "skewY") and count == 1:
        slope = math.tan(math.radians(values[0]))
        return (1.0, slope if name == "skewY" else 0.0, slope if name == "skewX" else 0.0, 1.0, 0.0, 0.0)
    if name in ("translate", "scale", "rotate", "matrix", "skewX", "skewY"):
        raise Malformed(f"gives {name} {count} numbers")
    raise Malformed(f"uses {quoted(name)}")


def combine(outer: Matrix, inner: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def apply(matrix: Matrix, ops: list[Op]) -> tuple[Op, ...]:
    """Every point of `ops`, transformed."""
    if matrix == SAME:
        return tuple(ops)
    a, b, c, d, e, f = matrix
    out = []
    for name, *values in ops:
        points = []
        for x, y in zip(values[::2], values[1::2]):
            points += (a * x + c * y + e, b * x + d * y + f)
        out.append((name, *points))
    return tuple(out)
