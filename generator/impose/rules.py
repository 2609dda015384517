"""The rules that a layout's numbers must keep. All problems are returned, each at its place in layout.yaml."""

from __future__ import annotations

from ..model.layout import MM, FoldSpec, Layout, LayoutSpec, Paper
from ..model.problem import Place, Problem
from .across import fold_sheet
from .fold import Jam, reads_in_order
from .sheet import UNPRINTABLE, fold_edges, trim

LINES = 3
"""A frame has room if so many lines fit it …"""
EMS = 10
"""… and each holds a few words: so many times the type size."""


def problems(layout: Layout, paper: Paper) -> list[Problem]:
    """Folds outside the paper, frames without room, folds that put the cover inside …

    That names and counts match was seen when layout.yaml was read (read/layout.py). Without problems, geometry() can be
    called for this paper.
    """
    spec = layout.spec
    top = getattr(spec, "place", None) or Place(f"{layout.folder}/layout.yaml")
    found = frame_problems(spec, paper, top)
    if spec.fold is not None:
        found = width_problems(spec, spec.fold, paper, top) + found
        found = found or fold_problems(spec, paper)
    return found


def place_of(*things: object) -> Place | None:
    """The first place that one of `things` knows."""
    for thing in things:
        place = thing if isinstance(thing, Place) else getattr(thing, "place", None)
        if place:
            return place
    return None


def width_problems(spec: LayoutSpec, fold: FoldSpec, paper: Paper, top: Place) -> list[Problem]:
    """All folds lie on the paper, from left to right."""
    at = place_of(fold, top)
    width = trim(spec, paper)[0]
    found = [
        Problem(
            place_of(name, at), f"shorten makes {str(name)!r} wider on {paper.name}", "give how much narrower it is"
        )
        for name in fold.shorten
        if fold.less(name, paper) < 0
    ]
    edges = fold_edges(fold, width, paper)
    for name, left, right in zip(fold.outside, edges, edges[1:]):
        if left < 0 or right > width:
            found.append(
                Problem(
                    place_of(name, at),
                    f"the fold beside {str(name)!r} is {max(-left, right - width) / MM:.1f} mm outside the paper",
                    f"{paper.name} is {width / MM:.1f} mm wide here; shorten less",
                )
            )
        elif right - left <= 0:
            found.append(Problem(place_of(name, at), f"{str(name)!r} has no width on {paper.name}", "shorten it less"))
    return found


def frame_problems(spec: LayoutSpec, paper: Paper, top: Place) -> list[Problem]:
    """Margins that a printer reaches, and room for words between them."""
    margins = spec.margins
    at = place_of(margins, top)
    width, height = trim(spec, paper)
    if spec.imposition:
        width /= 2
    if spec.fold and spec.fold.across:
        height /= 2
    named = {"top": margins.top, "bottom": margins.bottom, "inner": margins.inner}
    if margins.outer is not None:
        named["outer"] = margins.outer
    found = [
        Problem(at, f"the {key} margin is {value / MM:.1f} mm", "printers do not reach the outer 6.35 mm of paper")
        for key, value in named.items()
        if value < UNPRINTABLE - 0.001
    ]
    if spec.thickness < 0:
        found.append(Problem(top, "the paper's thickness is negative"))
    if spec.footer_height < 0:
        found.append(Problem(at, "footer_height is negative"))
    depth = height - margins.top - margins.bottom - spec.footer_height
    if depth < LINES * spec.body.max * spec.body.leading:
        message = f"the frame has no room: {depth / MM:.1f} mm are left between top, bottom and footer on {paper.name}"
        found.append(Problem(at, message))
    edges = [0.0, width] if spec.fold is None else fold_edges(spec.fold, width, paper)
    outer = margins.inner if spec.fold or margins.outer is None else margins.outer
    for name, left, right in zip(spec.fold.outside if spec.fold else ["page"], edges, edges[1:]):
        measure = right - left - margins.inner - outer
        if measure < EMS * spec.body.max:
            found.append(
                Problem(
                    place_of(name, at),
                    f"the frame of {str(name)!r} has no room: {measure / MM:.1f} mm are left between its margins",
                    f"the panel is {(right - left) / MM:.1f} mm wide on {paper.name}",
                )
            )
    return found


def fold_problems(spec: LayoutSpec, paper: Paper) -> list[Problem]:
    """Folded, the cover is in front, the back panel behind, nothing sticks out, and panels open in reading order.

    The cover is the panel named "cover", the back panel the one named "back"; a layout without them promises less.
    Names and widths must match already (name_problems, width_problems). Right to left needs no
    check of its own: it is the mirror image.
    """
    fold = spec.fold
    at = place_of(fold)
    width = trim(spec, paper)[0]
    try:
        folded = fold_sheet(fold, fold_edges(fold, width, paper))
    except Jam as jam:
        message = f"the sheet cannot be folded so on {paper.name}: {jam}"
        return [Problem(at, message, "shorten that panel, or change the folds or their order")]
    found = []
    shown = {"cover": (folded.front, "in front"), "back": (folded.behind, "behind")}
    for name, (view, where) in shown.items():
        if name in spec.panels and name not in view.panels:
            seen = ", ".join(view.panels) or "nothing whole"
            place = place_of(printed(fold, name), at)
            found.append(Problem(place, f"folded, {name!r} is not {where}", f"one sees {seen} there"))
    for view, where in ((folded.front, "in front"), (folded.behind, "behind")):
        for name, shows in view.partly:
            found.append(
                Problem(
                    place_of(printed(fold, name), at),
                    f"folded on {paper.name}, {shows / MM:.1f} mm of {name!r} show {where}",
                    "panels that end together must be equally wide; doors must not overlap",
                )
            )
    if found:
        return found
    if folded.hinge == "right":
        place = place_of(printed(fold, "cover"), at)
        found.append(Problem(place, "the cover opens at its right edge", "the fold beside it belongs on its left"))
    if fold.across and "cover" in folded.front.panels and folded.hinge is None:
        place = place_of(printed(fold, "cover"), at)
        found.append(Problem(place, "the cover lies in the half that is not folded over, and cannot be lifted",
                             "name it in the upper row of the outside, and the back panel below it"))
    late = reads_in_order(list(spec.panels), folded.opening)
    if late is not None and fold.across:
        late = reads_in_order(list(spec.panels), folded.opening, by_columns=True)
    if late is not None:
        stages = " · ".join(", ".join(view.panels) for view in folded.opening)
        found.append(
            Problem(
                place_of(next(name for name in spec.panels if name == late), at),
                f"opened, {str(late)!r} is not seen after the panels that are read before it",
                f"one sees, in this order: {stages}",
            )
        )
    return found


def printed(fold: FoldSpec, name: str) -> str:
    """`name` as it stands in outside or inside, with its place."""
    return next((known for known in [*fold.outside, *fold.inside] if known == name), name)
