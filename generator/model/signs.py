"""Signs: small drawn pictures that stand on the line beside a word. No font is needed for them.

A sign is drawn in the em square: x to the right and y downwards from 0 to 1, with the baseline at y = 1; capitals reach
up to about y = 0.31, and signs are centred on them. Their weight goes with a bold sans at text sizes.
"""

from __future__ import annotations

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

SIGNS: dict[str, Sign] = {
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
        _circle(0.5, _MIDDLE, 0.39) + _circle(0.5, _MIDDLE, 0.165, 0.39) + (("M", 0.11, _MIDDLE), ("L", 0.89, _MIDDLE)),
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
    "dot": (_circle(0.5, 0.68, 0.16), "fill", 0.0),
}
"""Every name of story.SIGNS."""
