"""Pictures fine enough for the size they are printed at; drawings that have the views that the content names."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.content import Figure
from ..model.page import Composition, Image
from ..model.picture import Drawing, Picture, Raster
from ..model.printing import FAIR, POOR
from ..model.problem import Place, Problem
from ..model.wording import nearest, quoted


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


def flattened(composition: Composition, pictures: Mapping[str, tuple[Picture, Place | None]]) -> list[Problem]:
    """Warnings of drawings: gradients and half-transparent colours that are printed flat."""
    drawings = (picture for picture, _ in pictures.values() if isinstance(picture, Drawing))
    return [warning for drawing in drawings for warning in drawing.warnings]


def unviewed(figure: Figure, picture: Picture) -> list[Problem]:
    """Views that the drawing does not have, and labels whose words no view would show."""
    if not isinstance(picture, Drawing):
        return []
    there = [view.name for view in picture.views]
    problems = []
    for name, option in figure.views.items():
        if name not in there:
            hint = nearest(name, there) or (
                f"it has: {', '.join(there)}" if there else 'a view is <view id="…" viewBox="…"/>')
            place = getattr(option, "place", figure.place)
            problems.append(Problem(place, f"the drawing has no view {quoted(name)}", hint))
    named = {shape.label for name in figure.views if (view := picture.view(name)) for shape in picture.shown(view)}
    for name, words in figure.labels.items():
        if not problems and name not in named and words not in figure.views.values():
            what = f"no view shows what the label {quoted(name)} names: {quoted(words)}"
            problems.append(Problem(getattr(words, "place", figure.place), what,
                                    f"in the drawing, give its shapes the class is-{name}, or name another view"))
    return problems
