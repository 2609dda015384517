"""Reads a layout folder: layout.yaml, and whether its template is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..kept.files import absent
from ..kept.library import SPEC, list_layouts
from ..model.layout import SMALLEST, FoldSpec, Layout, LayoutSpec
from ..model.problem import Place, Problem, Problems, Rejected, Text
from ..model.walk import printed_keys
from ..model.wording import count, nearest, quoted, shown
from .nodes import Mapping
from .schema import read_as
from .source import read_source
from .theme import check_styles, read_theme, read_words

__all__ = ["read_layout", "read_theme", "read_words"]


def read_layout(folder: Path, project: Path) -> Layout:
    """A layout folder. Raises Rejected with all problems of its layout.yaml, or where there is no such layout."""
    if absent(folder / SPEC):
        hint = nearest(folder.name, list_layouts([folder.parent]))
        raise Rejected([Problem(Place(shown(folder / SPEC, project)), f"there is no layout '{folder.name}'", hint)])
    source = read_source(folder / SPEC, project)
    layout = Layout(folder.name, str(folder), read_as(LayoutSpec, source))
    problems = list(Problems(_check(layout.spec, source.root)))
    if absent(folder / layout.template):
        problems.append(Problem(Place(source.file), f"there is no template {layout.template} beside this file"))
    if problems:
        raise Rejected(problems)
    return layout


# ── rules between fields ─────────────────────────────────────────────────────────────────────────────────────────────


def _check(spec: LayoutSpec, root: Mapping) -> Iterator[Problem]:
    """Of a layout.yaml whose fields are all right by themselves."""
    body = root["body"]
    if spec.body.min < SMALLEST:
        yield Problem(body["min"].place, f"a body of {spec.body.min:g} points is too small", f"{SMALLEST:g} at least")
    if spec.body.max < spec.body.min:
        yield Problem(body["max"].place, f"'max' ({spec.body.max:g}) is less than 'min' ({spec.body.min:g})")
    if not 1 <= spec.body.leading <= 3:
        yield Problem(body["leading"].place, f"'leading' is {spec.body.leading:g}", "a multiple of the body, 1 to 3")
    if spec.max_pages is not None and spec.max_pages < 1:
        yield Problem(root["max_pages"].place, f"'max_pages' is {spec.max_pages}", "1 at least")
    yield from _check_omits(spec.omits)
    yield from _twice(spec.panels, "panel")
    for name in spec.frames:
        if name not in spec.panels:
            yield Problem(name.place, f"there is no panel {quoted(name)}", nearest(name, spec.panels))
    yield from check_styles(spec.styles, root.get("styles", {}))
    for name in [*spec.story, *(spec.footers or [])]:
        if name not in spec.panels:
            hint = nearest(name, spec.panels) or f"the panels are: {', '.join(spec.panels)}"
            yield Problem(_place(name, root), f"there is no panel {quoted(name)}", hint)
    if spec.fold is None:
        if "page" not in spec.panels:
            hint = "a layout without 'fold' has it for its story; it is repeated as often as needed"
            yield Problem(root.marks["panels"], "there is no panel 'page'", hint)
        elif spec.story != ["page"]:
            yield Problem(root.marks["story"], "flat pages have their story on the panel 'page', and on no other")
        return
    if spec.languages == 2:
        yield Problem(root.marks["languages"], "two languages stand side by side on flat pages only",
                      "this layout has a 'fold'")
    yield from _check_fold(spec.fold, spec.panels, root["fold"])
    for key in ("max_pages", "imposition", "landscape_tables"):
        if key in root.marks:
            yield Problem(root.marks[key], f"'{key}' is for flat pages", "this layout has a 'fold'")
    for panel in spec.panels:
        if panel not in (*spec.fold.outside, *spec.fold.inside):
            hint = "name it in 'outside' or 'inside'"
            yield Problem(_place(panel, root), f"the panel {quoted(panel)} is on no side of the sheet", hint)


def _check_omits(omits: list[str]) -> Iterator[Problem]:
    """Each names something that layouts print, and says more than the others do."""
    if not omits:
        return
    known = dict.fromkeys(printed_keys())
    yield from _twice(omits, "entry of 'omits'")
    for name in omits:
        around = next((other for other in omits if name.startswith(f"{other}.")), None)
        if name not in known:
            hint = (nearest(name, known)
                    or "the keys of a content file, like references or sections.body.table; "
                       "without those never printed")
            yield Problem(name.place, f"'omits' names {quoted(name)}, which is nothing that layouts print", hint)
        elif around:
            yield Problem(name.place, f"{quoted(name)} is left out with {quoted(around)} already",
                          "take one of the two away")


def _check_fold(fold: FoldSpec, panels: list[str], node: Mapping) -> Iterator[Problem]:
    yield from _twice([*fold.outside, *fold.inside], "panel")
    for name in [*fold.outside, *fold.inside]:
        if name not in panels:
            yield Problem(name.place, f"the panel {quoted(name)} is not listed in 'panels'", nearest(name, panels))
    if len(fold.outside) != len(fold.inside):
        message = f"{count(len(fold.outside), 'panel')} outside, but {len(fold.inside)} inside"
        yield Problem(node.marks["inside"], message, "both sides of a sheet have the same number")
    if fold.across and len(fold.outside) % 2:
        message = f"{count(len(fold.outside), 'panel')} cannot stand in two rows of the same number"
        yield Problem(node.marks["outside"], message, "'across' asks for two rows: the upper one is named first")
    elif len(fold.folds) != fold.columns - 1:
        where = "in a row" if fold.across else "on a side"
        message = f"{count(len(fold.folds), 'fold')} for {count(fold.columns, 'panel')}"
        yield Problem(node.marks["folds"], message, f"one fold fewer than there are panels {where}")
    if fold.order and sorted(fold.order) != list(range(1, len(fold.folds) + 1)):
        yield Problem(node.marks["order"], "'order' does not name each fold once", "1 is the leftmost of the outside")
    for name in fold.shorten:
        if name not in fold.outside:
            yield Problem(name.place, f"there is no outside panel {quoted(name)}", nearest(name, fold.outside))
        elif name not in fold.outside[: fold.columns]:
            yield Problem(name.place, f"the panel {quoted(name)} stands in the lower row",
                          "name the one above it: both have the same width")


def _twice(names: list[str], what: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield Problem(name.place, f"the {what} {quoted(name)} stands twice")
        seen.add(name)


def _place(name: str, root: Mapping) -> Place:
    """Where a name stands; the top of the file for one that layout.yaml leaves to its default."""
    return name.place if isinstance(name, Text) else root.place
