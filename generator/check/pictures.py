"""Pictures fine enough for the size they are printed at."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.page import Composition, Image
from ..model.picture import Picture, Raster
from ..model.printing import FAIR, POOR
from ..model.problem import Place, Problem


def coarse(composition: Composition, pictures: Mapping[str, tuple[Picture, Place | None]]) -> list[Problem]:
    """Warnings: pictures of fewer than POOR pixels per inch as placed. `pictures`: file → the
    picture, and where it is named."""
    problems = {}
    for page in composition.pages:
        for item in page.items:
            if item.__class__ is not Image or item.file not in pictures:
                continue
            picture, place = pictures[item.file]
            if not isinstance(picture, Raster):
                continue
            finest = min(picture.width / item.width, picture.height / item.height) * 72
            if round(finest) < POOR:
                wanted = round(item.width / 72 * FAIR)
                hint = f"{POOR} are the least in print, {FAIR} are good: give it {wanted} pixels across"
                message = f"the picture has only {finest:.0f} pixels per inch where it is printed"
                problems[place, item.file] = Problem(place, message, hint, "warning")
    return list(problems.values())
