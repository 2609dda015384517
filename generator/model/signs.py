"""Signs: small drawn pictures that stand on the line beside a word. No font is needed for them.

A sign is drawn in the em square: x to the right and y downwards from 0 to 1, with the baseline at y = 1; capitals reach
up to about y = 0.31, and signs are centred on them. Their weight goes with a bold sans at text sizes.
"""

from __future__ import annotations

import itertools
import math

Path = tuple[tuple, ...]
"""("M",x,y) ("L",x,y) ("C",x1,y1,x2,y2,x,y) ("Z",), as in model.page.Shape."""
Sign = tuple[Path, str, float]
"""The path; "fill" or "stroke" (round ends and joins); width of the stroke in em, 0 for a fill. Holes of a fill run the
other way round, so that they stay holes by either rule (nonzero, even-odd)."""

_K = 4 / 3 * math.tan(math.pi / 8)
"""Distance of the control points of a quarter circle, in radii."""
_MIDDLE = 0.655
"""Half the height of a capital."""


def _circle(x: float, y: float, rx: float, ry: float | None = None, hole: bool = False) -> Path:
    """A closed ellipse from its right end: clockwise on paper, a hole the other way."""
    ry = rx if ry is None else ry
    a, b = rx * _K, -ry * _K if hole else ry * _K
    ry = -ry if hole else ry
    return (
        ("M", x + rx, y),
        ("C", x + rx, y + b, x + a, y + ry, x, y + ry),
        ("C", x - a, y + ry, x - rx, y + b, x - rx, y),
        ("C", x - rx, y - b, x - a, y - ry, x, y - ry),
        ("C", x + a, y - ry, x + rx, y - b, x + rx, y),
        ("Z",),
    )


def _rounded(points: list[tuple[float, float, float]]) -> Path:
    """A closed polygon of (x, y, radius): each corner is cut off at `radius` along its sides and bridged by a curve."""
    path: list[tuple] = []
    for k, (x, y, radius) in enumerate(points):
        before, after = points[k - 1], points[(k + 1) % len(points)]
        ends = []
        for px, py, _ in (before, after):
            share = radius / math.hypot(px - x, py - y)
            ends.append((x + (px - x) * share, y + (py - y) * share))
        (ax, ay), (bx, by) = ends
        path.append(("L" if path else "M", ax, ay))
        if radius:
            pull = _K
            path.append(
                ("C", ax + (x - ax) * pull, ay + (y - ay) * pull, bx + (x - bx) * pull, by + (y - by) * pull, bx, by)
            )
    return (*path, ("Z",))


def _box(x: float, y: float, width: float, height: float, radius: float) -> Path:
    right, bottom = x + width, y + height
    return _rounded([(x, y, radius), (right, y, radius), (right, bottom, radius), (x, bottom, radius)])


def _back(path: Path) -> Path:
    """The same closed path, run the other way round."""
    points = [op[-2:] for op in path if op[0] != "Z"]
    out: list[tuple] = [("M", *points[-1])]
    for k in range(len(path) - 2, 0, -1):
        op = path[k]
        out.append(("C", *op[3:5], *op[1:3], *points[k - 1]) if op[0] == "C" else ("L", *points[k - 1]))
    return (*out, ("Z",))


def _turned(path: Path, degrees: float, x: float, y: float) -> Path:
    """`path`, turned clockwise about the origin, then moved to (x, y)."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    out = []
    for name, *values in path:
        points = []
        for u, v in zip(values[::2], values[1::2]):
            points += (x + cosine * u - sine * v, y + sine * u + cosine * v)
        out.append((name, *points))
    return tuple(out)


_HANDSET: Path = (
    # lying on its back: ear piece and mouth piece point up, the handle sags between them
    ("M", -0.53, -0.17),
    ("C", -0.53, -0.23, -0.50, -0.26, -0.44, -0.26),
    ("L", -0.29, -0.26),
    ("C", -0.24, -0.26, -0.21, -0.23, -0.21, -0.18),
    ("L", -0.20, -0.08),
    ("C", -0.195, -0.045, -0.18, -0.03, -0.15, -0.02),
    ("C", -0.05, 0.01, 0.05, 0.01, 0.15, -0.02),
    ("C", 0.18, -0.03, 0.195, -0.045, 0.20, -0.08),
    ("L", 0.21, -0.18),
    ("C", 0.21, -0.23, 0.24, -0.26, 0.29, -0.26),
    ("L", 0.44, -0.26),
    ("C", 0.50, -0.26, 0.53, -0.23, 0.53, -0.17),
    ("C", 0.53, 0.06, 0.30, 0.215, 0.0, 0.215),
    ("C", -0.30, 0.215, -0.53, 0.06, -0.53, -0.17),
    ("Z",),
)

def circle(x: float, y: float, radius: float) -> Path:
    """A disc's edge."""
    return _circle(x, y, radius)


def rounded(x: float, y: float, width: float, height: float, radius: float, corners: str = "all") -> Path:
    """A box whose corners, or those at its top, are rounded."""
    radius = min(radius, width / 2, height / 2)
    low = radius if corners == "all" else 0.0
    right, bottom = x + width, y + height
    return _rounded([(x, y, radius), (right, y, radius), (right, bottom, low), (x, bottom, low)])


def mirrored(path: Path) -> Path:
    """A sign as it is drawn where reading runs from right to left."""
    return tuple((name, *(1 - value if k % 2 == 0 else value for k, value in enumerate(values)))
                 for name, *values in path)


MIRRORED = frozenset({"question", "pen"})
"""Signs that are written or written with: they turn round with the direction of reading."""


def _tick(x: float, y: float, size: float, weight: float) -> Path:
    """A tick as a closed outline, to be cut out of a disc: it runs the other way round."""
    h = weight / 2
    points = [(-0.5, 0.02), (-0.15, 0.36), (0.5, -0.32)]
    (ax, ay), (bx, by), (cx, cy) = [(x + u * size, y + v * size) for u, v in points]
    return _back((
        ("M", ax - h * 0.7, ay + h * 0.7), ("L", ax + h * 0.7, ay - h * 0.7), ("L", bx, by - h * 1.4),
        ("L", cx - h * 0.7, cy - h * 0.7), ("L", cx + h * 0.7, cy + h * 0.7), ("L", bx, by + h * 1.4), ("Z",),
    ))


_QUESTION: Path = (
    # the hook of the question mark, then its dot: holes of the disc, whose box is the em
    ("M", 0.365, 0.525),
    ("C", 0.365, 0.415, 0.42, 0.36, 0.515, 0.36),
    ("C", 0.605, 0.36, 0.665, 0.415, 0.665, 0.505),
    ("C", 0.665, 0.58, 0.625, 0.62, 0.585, 0.655),
    ("C", 0.55, 0.685, 0.545, 0.70, 0.545, 0.76),
    ("L", 0.455, 0.76),
    ("C", 0.455, 0.675, 0.47, 0.635, 0.515, 0.597),
    ("C", 0.55, 0.568, 0.572, 0.55, 0.572, 0.508),
    ("C", 0.572, 0.465, 0.55, 0.442, 0.513, 0.442),
    ("C", 0.475, 0.442, 0.452, 0.47, 0.452, 0.525),
    ("Z",),
)
_PEN: Path = _turned(
    (("M", -0.11, -0.42), ("L", 0.11, -0.42), ("L", 0.11, 0.28), ("L", 0.0, 0.5), ("L", -0.11, 0.28), ("Z",),
     ("M", -0.11, -0.24), ("L", 0.11, -0.24)),
    45, 0.5, _MIDDLE,
)  # fmt: skip

def _cut(*holes: Path, parts: tuple[Path, ...] = ()) -> Sign:
    """A disc with `holes` cut out of it, and parts that stand within these. All are drawn around (0, 0), the disc's
    radius is 0.5."""
    def moved(path: Path) -> Path:
        return _turned(path, 0, 0.5, _MIDDLE - 0.06)

    whole = [_circle(0.5, _MIDDLE - 0.06, 0.5), *(_back(moved(hole)) for hole in holes), *map(moved, parts)]
    return tuple(itertools.chain.from_iterable(whole)), "fill", 0.0


def _corners(*points: tuple[float, float], radius: float = 0.015) -> Path:
    return _rounded([(x, y, radius) for x, y in points])


def _bowl(width: float, y: float, depth: float) -> Path:
    """Half of a disc under a straight rim."""
    return (
        ("M", -width, y), ("L", width, y), ("C", width, y + depth * _K * 1.8, width * 0.55, y + depth, 0.0, y + depth),
        ("C", -width * 0.55, y + depth, -width, y + depth * _K * 1.8, -width, y), ("Z",),
    )


_HALF: Path = (("M", -0.12, -0.02), ("L", -0.12, -0.18), ("C", -0.12, -0.34, 0.12, -0.34, 0.12, -0.18),
               ("L", 0.12, -0.02), ("Z",))
_LUNG: Path = (("M", 0.05, -0.08), ("C", 0.07, -0.24, 0.14, -0.27, 0.19, -0.18),
               ("C", 0.27, -0.06, 0.31, 0.06, 0.31, 0.2), ("C", 0.31, 0.29, 0.22, 0.26, 0.05, 0.18), ("Z",))
KINDS: dict[str, Sign] = {
    "going-home": _cut(_corners((0, -0.3), (0.32, -0.04), (0.22, -0.04), (0.22, 0.24), (0.07, 0.24), (0.07, 0.05),
                                (-0.07, 0.05), (-0.07, 0.24), (-0.22, 0.24), (-0.22, -0.04), (-0.32, -0.04))),
    "medicine": _cut(_turned(_HALF, 45, 0, 0), _turned(_HALF, 225, 0, 0)),
    "scan": _cut(_circle(0, 0, 0.32), parts=(_circle(0, 0, 0.16),)),
    "blood-test": _cut((("M", 0.0, -0.33), ("C", 0.09, -0.16, 0.2, -0.04, 0.2, 0.09),
                        ("C", 0.2, 0.21, 0.11, 0.29, 0.0, 0.29), ("C", -0.11, 0.29, -0.2, 0.21, -0.2, 0.09),
                        ("C", -0.2, -0.04, -0.09, -0.16, 0.0, -0.33), ("Z",))),
    "operation": _cut(_corners((-0.34, -0.2), (-0.27, -0.2), (-0.27, 0.06), (0.34, 0.06), (0.34, 0.24),
                               (0.27, 0.24), (0.27, 0.15), (-0.27, 0.15), (-0.27, 0.24), (-0.34, 0.24)),
                      _box(-0.22, -0.08, 0.17, 0.09, 0.03),
                      _corners((0.0, -0.08), (0.32, -0.02), (0.32, 0.01), (0.0, 0.01))),
    "food": _cut(_bowl(0.31, 0.04, 0.24), _circle(-0.06, -0.12, 0.12), _circle(0.17, -0.07, 0.07)),
    "exercise": _cut(_corners((-0.31, 0.24), (-0.31, 0.09), (-0.12, 0.09), (-0.12, -0.06), (0.07, -0.06), (0.07, -0.21),
                              (0.28, -0.21), (0.28, 0.24)), _circle(-0.2, -0.07, 0.08)),
    "baby": _cut(_bowl(0.27, -0.01, 0.17),
                 _corners((0.03, -0.05), (0.03, -0.27), (0.15, -0.24), (0.24, -0.16), (0.27, -0.05)),
                 _circle(-0.15, 0.26, 0.06), _circle(0.15, 0.26, 0.06)),
    "breathing": _cut(_LUNG, _back(mirrored(_turned(_LUNG, 0, 1, 0))), _box(-0.025, -0.3, 0.05, 0.2, 0.02)),
}
"""What a leaflet or a part of it is about (`kind:`), cut out of a disc."""
SIZES: dict[str, float] = {**dict.fromkeys((*KINDS, "call"), 1.5), "alert": 1.2}
"""Signs that are larger than the letters beside them, and by how much: what is cut out of a disc needs the room."""

_SUN: Path = tuple(itertools.chain.from_iterable(
    _turned((("M", 0.0, -0.29), ("L", 0.0, -0.4)), 45 * k, 0.5, _MIDDLE) for k in range(8)))
_RAYS: Path = tuple(itertools.chain.from_iterable(
    _turned((("M", 0.0, -0.33), ("L", 0.0, -0.45)), 45 * k, 0.5, 0.82) for k in (-2, -1, 0, 1, 2)))
_DOME: Path = (("M", 0.28, 0.82), ("C", 0.28, 0.53, 0.72, 0.53, 0.72, 0.82))
TIMES: dict[str, Sign] = {
    "morning": ((*_RAYS, *_DOME, ("M", 0.04, 0.82), ("L", 0.96, 0.82)), "stroke", 0.075),
    "noon": ((*_SUN, *_circle(0.5, _MIDDLE, 0.18)), "stroke", 0.075),
    "evening": ((*_DOME, ("M", 0.04, 0.82), ("L", 0.96, 0.82), ("M", 0.22, 0.98), ("L", 0.78, 0.98)),
                "stroke", 0.075),
    "night": (_turned((
        ("M", 0.62, 0.27), ("C", 0.36, 0.31, 0.2, 0.52, 0.24, 0.74), ("C", 0.29, 0.98, 0.55, 1.1, 0.78, 0.98),
        ("C", 0.84, 0.95, 0.88, 0.91, 0.91, 0.86), ("C", 0.74, 0.9, 0.57, 0.8, 0.53, 0.63),
        ("C", 0.5, 0.49, 0.54, 0.37, 0.62, 0.27), ("Z",),
    ), 0, -0.055, 0), "fill", 0.0),
}
"""Times of the day, above the columns of a table of doses."""

SIGNS: dict[str, Sign] = {
    **KINDS,
    **TIMES,
    "check": ((("M", 0.13, 0.69), ("L", 0.39, 0.93), ("L", 0.87, 0.37)), "stroke", 0.135),
    "cross": ((("M", 0.21, 0.37), ("L", 0.79, 0.95), ("M", 0.79, 0.37), ("L", 0.21, 0.95)), "stroke", 0.135),
    "box": (_box(0.1, _MIDDLE - 0.39, 0.78, 0.78, 0.08), "stroke", 0.08),
    "phone": (_turned(_HANDSET, 45, 0.44, 0.68), "fill", 0.0),
    "alert": (
        _rounded([(0.5, 0.13, 0.14), (1.02, 1.05, 0.14), (-0.02, 1.05, 0.14)])
        + _back(_rounded([(0.43, 0.44, 0.05), (0.57, 0.44, 0.05), (0.545, 0.78, 0.04), (0.455, 0.78, 0.04)]))
        + _circle(0.5, 0.89, 0.065, hole=True),
        "fill",
        0.0,
    ),
    "info": (
        _circle(0.5, _MIDDLE, 0.43)
        + _circle(0.5, _MIDDLE - 0.21, 0.07, hole=True)
        + _back(_box(0.435, _MIDDLE - 0.085, 0.13, 0.34, 0.03)),
        "fill",
        0.0,
    ),
    "tip": (
        (
            ("M", 0.36, 0.83),
            ("C", 0.36, 0.73, 0.18, 0.67, 0.18, 0.48),
            ("C", 0.18, 0.30, 0.32, 0.18, 0.5, 0.18),
            ("C", 0.68, 0.18, 0.82, 0.30, 0.82, 0.48),
            ("C", 0.82, 0.67, 0.64, 0.73, 0.64, 0.83),
            ("Z",),
        )
        + _box(0.36, 0.885, 0.28, 0.075, 0.03)
        + _box(0.41, 1.01, 0.18, 0.07, 0.03),
        "fill",
        0.0,
    ),
    "web": (
        _circle(0.5, _MIDDLE, 0.39) + _circle(0.5, _MIDDLE, 0.165, 0.39) + (("M", 0.11, _MIDDLE),
            ("L", 0.89, _MIDDLE)),
        "stroke",
        0.07,
    ),
    "mail": (
        _box(0.06, 0.34, 0.88, 0.64, 0.07) + (("M", 0.1, 0.4), ("L", 0.5, 0.72), ("L", 0.9, 0.4)),
        "stroke",
        0.08,
    ),
    "clock": (
        _circle(0.5, _MIDDLE, 0.39) + (("M", 0.5, 0.43), ("L", 0.5, _MIDDLE), ("L", 0.65, 0.755)),
        "stroke",
        0.08,
    ),
    "yes": (_circle(0.5, _MIDDLE, 0.445) + _tick(0.5, _MIDDLE, 0.5, 0.11), "fill", 0.0),
    "no": (
        _circle(0.5, _MIDDLE, 0.4) + (("M", 0.35, 0.505), ("L", 0.65, 0.805), ("M", 0.65, 0.505), ("L", 0.35, 0.805)),
        "stroke",
        0.085,
    ),
    "question": (_circle(0.5, _MIDDLE - 0.06, 0.5) + _back(_QUESTION) + _circle(0.5, 0.85, 0.058, hole=True), "fill",
                 0.0),
    "pen": (_PEN, "stroke", 0.085),
    "call": (_circle(0.5, _MIDDLE - 0.06, 0.5) + _back(_turned(tuple(
        (name, *(0.62 * value for value in values)) for name, *values in _HANDSET), 45, 0.46, _MIDDLE - 0.05)),
        "fill", 0.0),
    "option-1": (_circle(0.5, _MIDDLE, 0.3), "fill", 0.0),
    "option-2": (_circle(0.5, _MIDDLE, 0.24), "stroke", 0.14),
    "option-3": (_rounded([(0.5, 0.33, 0.02), (0.86, 0.95, 0.02), (0.14, 0.95, 0.02)]), "fill", 0.0),
    "option-4": (_box(0.22, _MIDDLE - 0.28, 0.56, 0.56, 0.02), "fill", 0.0),
    "dot": (_circle(0.5, 0.68, 0.16), "fill", 0.0),
    "none": ((("M", 0.3, _MIDDLE), ("L", 0.7, _MIDDLE)), "stroke", 0.08),
}
"""Every name of story.SIGNS."""
