"""A leaflet, a theme and a geometry → a Composition: copy-fit, pouring the story through the panels, footers,
overflow."""

from __future__ import annotations

from collections.abc import Callable

from ..model.layout import BodyRange, Geometry, Panel
from ..model.page import Beyond, Composition, Ground, Line, Page
from ..model.problem import Misfit, Overfull, Problem
from ..model.record import replace
from ..model.story import Leaflet, Node
from ..model.structure import Elem
from ..model.theme import Theme
from ..text.fonts import Fonts
from .beside import not_afresh
from .build import Builder
from .canvas import Canvas
from .excess import Excess, overflow, too_high
from .flow import Flow
from .footers import set_footers
from .frame import ENDLESS, START, Position, best_break, fill, paint
from .growth import grown
from .landscape import lay_sideways
from .look import looks_of
from .need import hopeless, opening, panels_of
from .pour import bind, pour
from .running import set_heads
from .sizes import Choice, Poured, Setting, choose, padded
from .tree import Tree
from .whole import nothing_lost

STEP = 0.1
"""Points between the body sizes that copy-fit may choose."""
MARGIN = 12.0
"""Points above and below what does not fit, on its page."""
SMALLER = 0.8
"""Points by which the type may be smaller so that blocks stand on the panels that a template wishes for them
(on=PANEL)."""
ROUNDS = 3
"""How often a leaflet is set for the numbers in its table of contents: once without them, once with them, and once more
where these have moved a line."""


def compose(leaflet: Leaflet, geometry: Geometry, body: BodyRange, theme: Theme, fonts: Fonts,
            footers: tuple[str, ...] | None = None) -> Composition:
    """As `set_whole`; and where a table of contents asks on which page something begins, it is set again with the
    answers."""
    composition = set_whole(leaflet, geometry, body, theme, fonts, footers)
    asked = [node for node in leaflet.nodes() if node.name == "where"]
    for _ in range(ROUNDS - 1 if asked else 0):
        begins = _begins(composition)
        digits = str.maketrans("0123456789", leaflet.digits.get(leaflet.language, "0123456789"))
        said = [[str(begins.get(node.attributes["to"], "")).translate(digits)] for node in asked]
        if all(node.kids == words for node, words in zip(asked, said)):
            break
        for node, words in zip(asked, said):
            node.kids[:] = words
        composition = set_whole(leaflet, geometry, body, theme, fonts, footers)
    return composition


def _begins(composition: Composition) -> dict[str, int]:
    """Name of an element of the structure tree → number of the page on which its first words stand."""
    first: dict[int, int] = {}
    for number, page in enumerate(composition.pages, 1):
        for item in page.items:
            if item.__class__ is Line:
                for run in item.runs:
                    first.setdefault(id(run.elem), number)
    found: dict[str, int] = {}

    def walk(elem: Elem) -> int | None:
        pages = [page for page in (first.get(id(elem)), *map(walk, elem.kids)) if page]
        if elem.name and pages:
            found[elem.name] = min(pages)
        return min(pages, default=None)

    walk(composition.tree)
    return found


def set_whole(leaflet: Leaflet, geometry: Geometry, body: BodyRange, theme: Theme, fonts: Fonts,
              footers: tuple[str, ...] | None = None) -> Composition:
    """Typeset a leaflet.

    body: the range of type sizes; on folded sheets the largest size at which everything fits is taken, on flat pages
    the largest that needs no more pages than the smallest does. footers: names of the panels that have one (None: all).
    Raises Rejected where characters have no font or a drawing's label has no words; Overfull where the text does not
    fit at the smallest size: the problem then names the panel, the excess in millimetres and words, and the block it
    begins at.
    """
    geometry = _story_panels(leaflet, geometry)
    ends = _with_back(leaflet, geometry)
    beyond = _beyond(leaflet, geometry, body, theme, fonts)
    if beyond and not (ends and _too_long_for_back(beyond, geometry)):
        raise Overfull(overflow(excess, body.min) for excess in beyond)
    tree = Tree(leaflet)
    sizes = [round(body.min + STEP * i, 1) for i in range(int((body.max - body.min) / STEP + 1.001))]

    moves = any("on" in node.attributes and node.name != "line" for node in leaflet.nodes())

    def at(moving: bool) -> Callable[[float], Setting]:
        return lambda size: _set(leaflet, tree, geometry, theme, fonts, size, body.leading, moving)

    found = None if beyond else choose(sizes, at(moves), geometry)
    # Where the blocks would go has no room, or little:
    if moves and not beyond and (found is None or found.size < body.max - SMALLER):
        other = choose(sizes, at(False), geometry)
        taken = other if other and (found is None or other.size > found.size + SMALLER) else found
        for choice in (found, other):
            for setting in choice.tried if choice and choice is not taken else ():
                setting.builder.let_go()
        found = taken
    through = False
    if ends:
        found, through = _ending_on_the_back(found, sizes, ends, tree, geometry, theme, fonts, body.leading)
    if found is None:
        setting = _set(leaflet, tree, geometry, theme, fonts, sizes[0], body.leading, False)
        raise Overfull([overflow(excess, sizes[0]) for excess in setting.excess],
                       lambda: _with_the_rest(setting, leaflet, geometry, footers, tree, sizes[0]))
    chosen = found.setting
    told: list[Problem] = []
    pages = _paint(chosen, leaflet, geometry, footers, told)
    if chosen.builder.problems:  # known when pages are painted: labels that reach out, footers with their numbers
        raise Misfit(_unique(chosen.builder.problems))
    nothing_lost(tree, pages)
    first = [poured.filling.placed[0].leaf for poured in chosen.frames if poured.filling and poured.filling.placed]
    told += not_afresh(chosen.builder.fresh, first)
    for setting in found.tried:
        setting.builder.let_go()
    return Composition(pages, tree.root, found.size, leaflet.title, leaflet.language, leaflet.direction,
                       loose=geometry.repeat and geometry.bound is None, through=through,
                       warnings=tuple(_unique(told)), reason=found.reason)


def _with_back(leaflet: Leaflet, geometry: Geometry) -> tuple[Leaflet, Geometry] | None:
    """A booklet in which the part of the back page is the end of the story, and its pages without that one; None: the
    layout has no such page."""
    back = geometry.panels[-1].name
    if geometry.bound is None or back in geometry.story or back not in leaflet.parts or "story" not in leaflet.parts:
        return None
    parts = {name: node for name, node in leaflet.parts.items() if name != back}
    parts["story"] = replace(parts["story"], kids=[*parts["story"].kids, leaflet.parts[back]])
    return replace(leaflet, parts=parts), replace(geometry, panels=geometry.panels[:-1])


def _too_long_for_back(excess: list[Excess], geometry: Geometry) -> bool:
    """Whether the part of the back page is all that does not fit."""
    return {one.panel.name for one in excess} == {geometry.panels[-1].name}


def _ending_on_the_back(found: Choice | None, sizes: list[float], ends: tuple[Leaflet, Geometry], tree: Tree,
                        geometry: Geometry, theme: Theme, fonts: Fonts, leading: float) -> tuple[Choice | None, bool]:
    """A booklet whose story ends on the back page, above what stands there, where that saves a sheet, or where
    that page has no room for its part (`found` is None); else as it is. And whether the story ends so.

    What all pages hold at the smallest size tells whether a sheet may be saved, so that most booklets are not set once
    more."""
    (joined, bound), back, unit = ends, geometry.panels[-1], geometry.bound.unit
    if found is not None:
        frames = [poured for poured in found.tried[0].frames if poured.panel.name in (*geometry.story, back.name)]
        held = sum(p.piece.height for poured in frames if poured.filling
                   for p in poured.filling.placed[: poured.stop.count if poured.stop else None])
        pages = padded(found.setting, geometry) - unit
        if held > (pages - len(bound.panels) + 1) * frames[0].panel.depth:
            return found, False

    def at(size: float) -> Setting:
        setting = _set(joined, tree, bound, theme, fonts, size, leading, False)
        if len(setting.frames) % unit == 0:
            setting.frames[-1].panel = back
        return setting

    if found is not None:
        fewer = padded(least := at(sizes[0]), bound) <= pages
        least.builder.let_go()
        if not fewer:
            return found, False
    other = choose(sizes, at, bound)
    for setting in found.tried if found and other else ():
        setting.builder.let_go()
    return other or found, other is not None


def fits(leaflet: Leaflet, geometry: Geometry, body: BodyRange, theme: Theme, fonts: Fonts) -> bool:
    """Whether a leaflet has room at the smallest body size."""
    geometry = _story_panels(leaflet, geometry)
    excess = _beyond(leaflet, geometry, body, theme, fonts)
    if not excess:
        setting = _set(leaflet, Tree(leaflet), geometry, theme, fonts, body.min, body.leading, False)
        if setting.builder.problems:
            return False
        excess = setting.excess
    ends = _with_back(leaflet, geometry)
    return not excess or bool(ends) and _too_long_for_back(excess, geometry) and fits(*ends, body, theme, fonts)


def _story_panels(leaflet: Leaflet, geometry: Geometry) -> Geometry:
    """The sheet with the panels that the story goes through, where it begins below or past the part of one of them."""
    given = leaflet.parts["story"].attributes if "story" in leaflet.parts else {}
    if not given.keys() & {"under", "past"}:
        return geometry
    free = [name for name in geometry.story if name not in leaflet.parts]
    return replace(geometry, story=(given["under"], *free) if "under" in given else tuple(free))


def _beyond(leaflet: Leaflet, geometry: Geometry, body: BodyRange, theme: Theme, fonts: Fonts) -> list[Excess]:
    """What surely does not fit of a text that is much longer than its panels hold, told from its opening alone."""
    short, lost = opening(leaflet, geometry, body)
    if not lost:
        return []
    setting = _set(short, Tree(short), geometry, theme, fonts, body.min, body.leading)
    made = {id(short.parts[name]): (leaflet.parts[name], words) for name, words in lost.items()}
    return [
        excess.of_all(*made[id(excess.part)])
        for excess in setting.excess
        if excess.word is not None and id(excess.part) in made
    ]


def _set(leaflet: Leaflet, tree: Tree, geometry: Geometry, theme: Theme, fonts: Fonts, size: float,
         leading: float, moves: bool = True) -> Setting:
    """Pour every part into its panels at one body size."""
    looks = looks_of(theme, size, leading, leaflet.language, leaflet.direction)
    grid = looks.grid / 2
    builder = Builder(leaflet, tree, looks, fonts, moves)
    by_name = {panel.name: panel for panel in geometry.panels}
    frames: dict[str, list[Poured]] = {}
    excess: list[Excess] = []
    cut, astray = False, 0
    flows = {name: builder.flow(node) for name, node in leaflet.parts.items()}
    heads = {
        name: _filled(by_name[name], flow, leaflet.parts.get(name, leaflet.parts["story"]), grid)
        for name, flow in builder.elsewhere.items()
    }
    for name, head in heads.items():
        if not head.filling.done:
            excess.append(
                _too_much(
                    builder.elsewhere[name], head.stop.end if head.stop else START, head.panel, head.node,
                    [head.panel], grid,
                )
            )
    for name, node in leaflet.parts.items():
        flow = flows[name]
        panels = panels_of(geometry, name)
        beyond = panels is not None and hopeless(builder, node, panels)
        if name == "story":
            above = {n: head for n, head in heads.items() if n in geometry.story}
            if under := next(iter(frames.get(node.attributes.get("under", ""), ())), None):
                above[under.panel.name] = under
            chain = [_below(above[n], flow, builder) if n in above else by_name[n] for n in geometry.story]
            if geometry.bound:
                others = len(geometry.panels) - len(chain)
                pouring = bind(flow, chain[0], grid, geometry.max_pages, geometry.bound.unit, others)
            else:
                if geometry.sideways:
                    lay_sideways(flow, chain[-1], geometry.sideways)
                pouring = pour(flow, chain, grid, geometry.repeat, geometry.max_pages, beyond, geometry.sideways)
            for panel, filling, stop in pouring.frames:
                poured = Poured(panel, filling, stop, node, above.get(panel.name))
                if poured.head:
                    frames[panel.name] = [poured]
                else:
                    frames.setdefault(panel.name, []).append(poured)
            last, rest, cut, astray = chain[-1], pouring.rest, pouring.cut, pouring.astray
        else:
            last = _below(heads[name], flow, builder) if name in heads else by_name[name]
            poured = _filled(last, flow, node, grid, heads.get(name))
            frames.setdefault(name, []).append(poured)
            rest = None if poured.filling.done else (poured.stop.end if poured.stop else START)
        if rest is not None:
            around = [by_name[n] for n in geometry.story] if name == "story" else [last]
            excess.append(_too_much(flow, rest, last, node, around, grid, beyond))
    for name, head in heads.items():
        frames.setdefault(name, [head])
    ordered = [p for panel in geometry.panels for p in frames.get(panel.name, [Poured(panel)])]
    return Setting(builder, ordered, excess, cut, astray)


def _filled(panel: Panel, flow: Flow, node: Node, grid: float, head: Poured | None = None) -> Poured:
    """A panel with what it holds of a flow."""
    filling = fill(flow, START, panel.measure, panel.depth, grid, panel=panel, below=head is not None)
    stop = filling.breaks[-1] if filling.done else best_break(filling, panel.depth)
    return Poured(panel, filling, None if filling.done else stop, node, head)


def _too_much(flow: Flow, rest: Position, last: Panel, node: Node, around: list[Panel], grid: float,
              beyond: bool = False) -> Excess:
    """What is left of a flow, from `rest`, where its panels (`around`, the last of them `last`) are full."""
    over = fill(flow, rest, last.measure, ENDLESS, grid).height
    left = flow.leaves[min(rest[0], len(flow.leaves) - 1):]
    begins = next((leaf for leaf in left if leaf.words), left[0] if left else None)
    whole = fill(flow, START, last.measure, ENDLESS, grid).height
    # Where pictures or lines are too much, words have to make room for them.
    words = flow.words_from(START)
    return Excess(last, node, over, max(flow.words_from(rest), round(over / whole * words)), begins,
                  too_high(left, around), whole / words if beyond and words else None, flow=flow, rest=rest)


def _with_the_rest(setting: Setting, leaflet: Leaflet, geometry: Geometry, footers: tuple[str, ...] | None, tree: Tree,
                   size: float) -> Composition:
    """A leaflet that does not fit, for a screen: behind each panel that is full, a page with what has no room."""
    pages = _paint(setting, leaflet, geometry, footers, [])
    for excess in setting.excess:
        panel = excess.panel
        filling = fill(excess.flow, excess.rest, panel.measure, ENDLESS, setting.builder.looks.grid / 2)
        beyond = Beyond(panel.name, excess.height, excess.flow.words_from(excess.rest))
        page = Page(f"beyond {panel.name}", panel.width, filling.height + 2 * MARGIN, beyond=beyond)
        canvas = Canvas(page.items, page.furniture, page=page, told=[])
        look = setting.builder.looks.of(excess.part, setting.builder.looks.root)
        if look.background:
            page.grounds.append(Ground(0.0, 0.0, page.width, page.height, look.background))
        paint(filling, None, canvas, panel.left, MARGIN, panel.measure, filling.height)
        for paint_art in canvas.later:
            paint_art()
        at = next((at for at, one in enumerate(pages, 1) if one.name == panel.name), len(pages))
        pages.insert(at, page)
    nothing_lost(tree, pages)
    return Composition(pages, tree.root, size, leaflet.title, leaflet.language, leaflet.direction,
                       loose=geometry.repeat and geometry.bound is None)


def _below(head: Poured, flow: Flow, builder: Builder) -> Panel:
    """The rest of a panel, below what stands at its head."""
    used = head.stop.used if head.stop else head.filling.height
    gap = max((leaf.before for leaf in flow.leaves[:1]), default=0.0)
    return replace(head.panel, top=min(head.panel.top + used + max(gap, builder.looks.grid), head.panel.height))


def _paint(setting: Setting, leaflet: Leaflet, geometry: Geometry, footers: tuple[str, ...] | None,
           told: list[Problem]) -> list[Page]:
    pages, running = [], []
    grid = setting.builder.looks.grid
    panels = [(number, poured.panel) for number, poured in enumerate(setting.frames, 1)]
    with_footer = [
        (number, panel) for number, panel in panels if panel.footer and (footers is None or panel.name in footers)
    ]
    feet = set_footers(leaflet.footers, setting.builder, with_footer, len(panels))
    for number, poured in enumerate(setting.frames, 1):
        panel = poured.panel
        if geometry.facing and number % 2 == 0:
            panel = replace(panel, left=panel.right, right=panel.left)
        page = Page(f"page-{number}" if geometry.repeat else panel.name, panel.width, panel.height)
        canvas = Canvas(page.items, page.furniture, page=page, told=told)
        look = setting.builder.looks.of(poured.node, setting.builder.looks.root) if poured.node else None
        if look is not None and look.background:
            page.grounds.append(Ground(0.0, 0.0, panel.width, panel.height, look.background))
        if poured.filling is not None:
            depth, above = panel.depth, 0.0
            if poured.head is not None:
                above = panel.top - poured.head.panel.top
                paint(
                    poured.head.filling, poured.head.stop, canvas, panel.left, poured.head.panel.top, panel.measure,
                    above,
                )
                canvas.below = poured.node is not poured.head.node or poured.node.name == "panel"
            filling, stop = poured.filling, poured.stop
            if panel.name in geometry.story:
                last = geometry.repeat and number == len(setting.frames)
                filling, stop = grown(filling, stop, setting.builder.growing, panel.measure, depth, grid, last), None
            used = paint(filling, stop, canvas, panel.left, panel.top, panel.measure, depth)
            page.filled = min(1.0, (above + used) / (above + depth)) if depth else 0.0
            held = filling.height if stop is None else stop.used
            page.held = min(1.0, (above + held) / (above + depth)) if depth else 0.0
        for paint_art in canvas.later:
            paint_art()
        if footer := feet.get(number):
            top = panel.height - panel.bottom - footer.height
            paint(footer, None, canvas.muted(), panel.left, top, panel.measure, footer.height)
        pages.append(page)
        if panel.footer:
            running.append((page, panel))
    if leaflet.headers:
        set_heads(leaflet.headers, setting.builder, running, setting.builder.tree.root)
    return pages


def _unique(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))
