"""Clips of a drawing. Programs put one around everything; one that cuts nothing away is as good as none."""

from __future__ import annotations

from .paths import SAME, Malformed, Matrix, apply, combine, number, read_path, read_transform
from .subset import SPACE

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
NEAR = 0.01
"""How far a shape may reach over a clip, as a part of the clip's longer side."""


def clip_of(events: list) -> Box | None:
    """The rectangle of a <clipPath>, in the units of what it clips; None where it is none, or turned."""
    if events[0][2].get("clipPathUnits") == "objectBoundingBox":
        return None
    shapes = [
        (name.rpartition(" ")[2], attributes)
        for kind, name, attributes, _ in events[1:]
        if kind == "start" and name.startswith(SPACE)
    ]
    if len(shapes) != 1:
        return None
    (name, attributes), outer = shapes[0], events[0][2]
    try:
        matrix = combine(read_transform(outer.get("transform", "")), read_transform(attributes.get("transform", "")))
        if name == "rect":
            x, y, wide, high = (
                number(attributes.get(key, "0").removesuffix("px")) for key in ("x", "y", "width", "height")
            )
            corners = [("M", x, y), ("L", x + wide, y), ("L", x + wide, y + high), ("L", x, y + high)]
        elif name == "path":
            corners = [op for op in read_path(attributes.get("d", "")) if op[0] != "Z"]
        else:
            return None
    except Malformed:
        return None
    return upright(matrix, corners)


def upright(matrix: Matrix, corners: list) -> Box | None:
    """The rectangle that corners make in other coordinates; None where they make none."""
    points = [(round(op[1], 6), round(op[2], 6)) for op in apply(matrix, corners) if op[0] in "ML"]
    xs, ys = {x for x, _ in points}, {y for _, y in points}
    if any(op[0] == "C" for op in corners) or len(xs) != 2 or len(ys) != 2 or len(points) not in (4, 5):
        return None
    if any(a[0] != b[0] and a[1] != b[1] for a, b in zip(points, points[1:])):
        return None
    return min(xs), min(ys), max(xs), max(ys)


def placed(box: Box, matrix: Matrix) -> Box | None:
    """A clip in the drawing's coordinates."""
    left, top, right, bottom = box
    return upright(matrix, [("M", left, top), ("L", right, top), ("L", right, bottom), ("L", left, bottom)])


def within(said: str, matrix: Matrix, around: Box | None) -> Box | None:
    """A clip (four numbers) in the drawing's coordinates, cut by the one around it; None where it is turned."""
    box = placed(tuple(map(float, said.split())), matrix)
    if box is None or around is None:
        return box
    return max(box[0], around[0]), max(box[1], around[1]), min(box[2], around[2]), min(box[3], around[3])


def cuts(box: Box, path: tuple) -> bool:
    """Whether a clip takes something of a path away (by its control points, which lie around it)."""
    left, top, right, bottom = box
    near = NEAR * max(right - left, bottom - top)
    return any(
        not (left - near <= x <= right + near and top - near <= y <= bottom + near)
        for op in path
        for x, y in zip(op[1::2], op[2::2])
    )


def cut(path: tuple, *boxes: Box | None) -> tuple:
    """An upright rectangle within boxes; any other path as it is."""
    if upright(SAME, list(path)) is None:
        return path
    for box in filter(None, boxes):
        left, top, right, bottom = box
        path = tuple(
            (op[0], min(max(op[1], left), right), min(max(op[2], top), bottom)) if op[1:] else op for op in path
        )
    return path
