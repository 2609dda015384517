"""Pictures within the file: drawings and signs as SVG, photographs as data."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from html import escape

from ..model.picture import Drawing, Picture, Raster
from ..model.signs import MIRRORED, SIGNS

LABEL = 3.4
"""Size of a drawing's labels, in its units (millimetres on paper: 9.6 points)."""

BOLD = ' font-weight="700"'
KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}
"""How the file of a picture begins → its media type."""


def picture(found: Picture, alt: str, labels: Mapping[str, str], colours: Mapping[str, str]) -> str:
    """A picture with its alternate text. labels: id of a drawing's label → its words. colours: the theme's palette."""
    if isinstance(found, Raster):
        kind = next((kind for start, kind in KINDS.items() if found.data.startswith(start)), "png")
        data = base64.b64encode(found.data).decode("ascii")
        return (f'<img src="data:image/{kind};base64,{data}" alt="{escape(alt)}" '
                f'width="{found.width}" height="{found.height}">')
    return _drawing(found, alt, labels, colours)


def _drawing(found: Drawing, alt: str, labels: Mapping[str, str], colours: Mapping[str, str]) -> str:
    paths = "".join(
        f'<path d="{path(shape.path)}"{_paint("fill", shape.fill, colours)}{_paint("stroke", shape.stroke, colours)}'
        + (f' stroke-width="{shape.width:g}"' if shape.stroke else "")
        + (' stroke-linejoin="round" stroke-linecap="round"' if shape.stroke and shape.round else "") + "/>"
        for shape in found.shapes)
    words = "".join(
        f'<text x="{label.x:g}" y="{label.y:g}" text-anchor="{label.anchor}"'
        f'{_paint("fill", label.colour, colours)}{BOLD if label.bold else ""}>{escape(said)}</text>'
        for label in found.labels if (said := labels.get(label.id)))
    # `direction` turns text-anchor round in Arabic; a drawing is never turned
    said = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true" class="decoration"'
    return (f'<svg {said} viewBox="0 0 {found.width:g} {found.height:g}" '
            f'direction="ltr" font-size="{LABEL}">{paths}{words}</svg>')


def _paint(key: str, colour: str | None, colours: Mapping[str, str]) -> str:
    if colour is None:
        return ' fill="none"' if key == "fill" else ""
    return f' {key}="{colours.get(colour, colour)}"'


def sign(name: str, alone: bool = False) -> str:
    """A sign in the colour of the words beside it. It says nothing: the words say the same. alone: it stands in a
    block of its own."""
    shape, kind, weight = SIGNS[name]
    classes = " ".join(["turn"] * (name in MIRRORED) + ["alone"] * alone)
    classes = f' class="{classes}"' if classes else ""
    how = 'fill="currentColor"'
    if kind == "stroke":
        how = (f'fill="none" stroke="currentColor" stroke-width="{weight:g}" stroke-linecap="round" '
               'stroke-linejoin="round"')
    return f'<svg{classes} aria-hidden="true" viewBox="0 0.05 1 1.1" {how}><path d="{path(shape)}"/></svg>'


def path(steps: tuple[tuple, ...]) -> str:
    """A path as the `d` of SVG, to a thousandth of its unit."""
    return "".join(step[0] + " ".join(f"{round(value, 3):g}" for value in step[1:]) for step in steps)
