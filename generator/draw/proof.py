"""PDFs → pictures: what a leaflet will look like on the sheet, panel by panel, and folded, before paper is spent."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ..model.layout import MM, Geometry, Side
from ..model.page import Tint

SCALE = 110 / 72
"""Pixels for a point: 110 an inch, about the size of the paper on a screen."""
FOLD, CUT = (196, 30, 80), (30, 90, 200)
DASHES = {"valley": (9, 6), "mountain": (14, 5, 3, 5), "cut": (1, 0)}
"""Pixels of line and gap."""
TINTS = {"sentence": (255, 236, 160), "word": (255, 205, 190)}
TABLE = (214, 216, 218)
"""What the folded leaflet lies on."""
ROOM = 36
"""Pixels of it around the leaflet."""
GAP = 1 * MM
"""Between panels that close side by side."""


def pictures(reading: bytes, sheet: bytes | None, names: Sequence[str], geometry: Geometry,
             faces: tuple[Sequence[str], Sequence[str]] | None,
             tints: Sequence[Sequence[Tint]] = ()) -> dict[str, bytes]:
    """Name of what is seen → PNG: "side-1" … with its folds, "panel-cover" …, "folded" from the front and from behind.

    names: of the pages of the `reading` PDF. faces: panels seen in front and behind when folded, left to right; None:
    there is nothing to fold. tints: of each page; those that have some are shown once more, as "readability-page-1" ….
    """
    panels = dict(zip(names, rendered(reading), strict=True))
    out = {}
    for number, (picture, side) in enumerate(zip(rendered(sheet), geometry.sides, strict=True) if sheet else (), 1):
        draw_folds(picture, side)
        out[f"side-{number}"] = picture
    out.update((name if geometry.repeat else f"panel-{name}", picture) for name, picture in panels.items())
    if faces:
        out["folded"] = folded([[panels[name] for name in face] for face in faces])
    for name, on_page in zip(names, tints):
        if on_page:
            out[f"readability-{name if geometry.repeat else f'panel-{name}'}"] = tinted(panels[name], on_page)
    return {name: png(picture) for name, picture in out.items()}


def tinted(picture: Image.Image, tints: Sequence[Tint]) -> Image.Image:
    """A picture of a page with its tints, as a highlighter makes them: the words stay as dark as they are."""
    ink = Image.new("RGB", picture.size, (255, 255, 255))
    pen = ImageDraw.Draw(ink)
    for tint in sorted(tints, key=lambda tint: tint.kind):  # words over sentences
        box = [round(number * SCALE) for number in (tint.x, tint.y, tint.x + tint.width, tint.y + tint.height)]
        pen.rectangle(box, fill=TINTS[tint.kind])
        if tint.kind == "word":
            pen.rectangle((box[0], box[3] - 1, box[2], box[3] + 1), fill=FOLD)
    return ImageChops.multiply(picture, ink)


def rendered(pdf: bytes) -> list[Image.Image]:
    """The pages of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=SCALE).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def draw_folds(picture: Image.Image, side: Side) -> None:
    """Draw every fold and cut of a side in its whole length."""
    pen = ImageDraw.Draw(picture)
    for fold in side.folds:
        x1, y1, x2, y2 = (round(number * SCALE) for number in (fold.x1, fold.y1, fold.x2, fold.y2))
        upright = x1 == x2
        at, end = (y1, y2) if upright else (x1, x2)
        turn = 0
        while at < end:
            step = DASHES[fold.kind][turn % len(DASHES[fold.kind])] or end
            to = end if fold.kind == "cut" else min(at + step, end)
            if turn % 2 == 0:
                line = (x1, at, x1, to) if upright else (at, y1, to, y1)
                pen.line(line, fill=CUT if fold.kind == "cut" else FOLD, width=1)
            at, turn = at + step, turn + 1


def folded(faces: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """The leaflet on a table, from the front and, beside that, from behind."""
    gap = round(GAP * SCALE)
    leaflets = []
    for panels in faces:
        leaflet = Image.new("RGB", (sum(p.width for p in panels) + gap * (len(panels) - 1), panels[0].height), TABLE)
        x = 0
        for panel in panels:
            leaflet.paste(panel, (x, 0))
            x += panel.width + gap
        leaflets.append(leaflet)
    width = sum(leaflet.width + 2 * ROOM for leaflet in leaflets)
    table = Image.new("RGB", (width, leaflets[0].height + 2 * ROOM), TABLE)
    shadow = Image.new("L", table.size, 0)
    pen = ImageDraw.Draw(shadow)
    corners, x = [], ROOM
    for leaflet in leaflets:
        corners.append((x, ROOM))
        pen.rectangle((x + 3, ROOM + 6, x + leaflet.width + 3, ROOM + leaflet.height + 6), fill=130)
        x += leaflet.width + 2 * ROOM
    table.paste((90, 92, 96), mask=shadow.filter(ImageFilter.GaussianBlur(9)))
    for leaflet, corner in zip(leaflets, corners, strict=True):
        table.paste(leaflet, corner)
    return table


def png(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG", compress_level=3)
    return data.getvalue()
