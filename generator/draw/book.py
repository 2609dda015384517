"""Pages onto PDF pages, in reading order, and everything into one file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

from ..model.layout import MM, Geometry, Mark, Placement
from ..model.page import About, Composition, Cut, Fill, Ground, Image, Item, Line, LinkArea, Page, Shape, Slot, Stroke
from ..model.printing import UNPRINTABLE, Profile
from ..model.record import replace
from ..model.structure import Elem
from ..text.fonts import Face
from . import marks, metadata, raster, tags
from .claims import ClaimError, check_about, check_tree
from .document import Body, Document
from .font import Font
from .ink import SCREEN, Press, Screen
from .slots import drawn
from .surface import ARTIFACT, FOOTER, Surface, number

MARK_COLOUR, MARK_WIDTH = "#999999", 0.25
"""Fold marks: seen, but no more than that."""
DASHES = {"valley": b"[2 2]0 d", "mountain": b"[4 1.5 .5 1.5]0 d"}


def reading(composition: Composition, about: About) -> bytes:
    """A PDF with a page for each panel or page, in reading order. Raises ClaimError."""
    book = Book(composition, about)
    for page in composition.pages:
        surface = book.surface(page.width, page.height)
        book.paint(page, surface, Placement(page.name, 0.0), -UNPRINTABLE if composition.loose else 0.0)
    return book.write()


def sheet(composition: Composition, geometry: Geometry, about: About) -> bytes:
    """A PDF with a page for each side of the paper, for an office printer: no ground nearer to its edge than it can
    print.

    Panels are painted, and so marked, in reading order. Raises ClaimError.
    """
    if not geometry.sides:
        raise ClaimError("a flat layout has no sheet")
    book = Book(composition, replace(about, for_print=True, duplex=about.duplex or geometry.duplex))
    book.paint_sides(composition, geometry, -UNPRINTABLE)
    return book.write()


def press(composition: Composition, geometry: Geometry, about: About, profile: Profile, bleed: float) -> bytes:
    """A PDF for a print shop: each side of the paper (flat: each page), `bleed` beyond its trim, and printer's marks.

    Its colours are the four inks of `profile`, a CMYK printer profile; links keep their words only. Raises ClaimError.
    """
    book = Book(
        composition, replace(about, for_print=True, duplex=about.duplex or geometry.duplex), Press(profile), bleed
    )
    if geometry.sides:
        book.paint_sides(composition, geometry, bleed)
        return book.write()
    for page in composition.pages:
        surface = book.surface(page.width, page.height)
        marks.around(surface, bleed, ())
        book.paint(page, surface, Placement(page.name, 0.0), bleed)
    return book.write()


def _fold(surface: Surface, mark: Mark) -> None:
    dash = DASHES.get(mark.kind)
    surface.stroke(Stroke(mark.x1, mark.y1, mark.x2, mark.y2, MARK_WIDTH, MARK_COLOUR), ARTIFACT, dash)


class Book:
    """A document in the making."""

    def __init__(self, composition: Composition, about: About, inks: Screen | Press = SCREEN, bleed: float = 0.0,
                 holes: bool = False) -> None:
        """holes: slots stay empty, to be filled in later."""
        check_about(about)
        check_tree(composition.tree)
        self.holes = holes
        self.about, self.inks, self.bleed = about, inks, bleed
        self.margin = bleed + marks.ROOM if bleed else 0.0
        """Around the trim."""
        self.tags = tags.Tags(composition.tree, links=not bleed)
        self.document = Document()
        self.surfaces: list[Surface] = []
        self.fonts: dict[str, Font] = {}
        self.pictures: dict[str, tuple[str, bytes, tuple[float, float]]] = {}
        """File → name, its bytes, and the largest size at which it stands, points."""
        """Picture file → its name in the resources."""
        self.marks: dict[int, list[tuple[int, int]]] = {}
        self.links: list[tags.Area] = []
        self.words: dict[int, list[str]] = {}
        """id(leaf) → its text as drawn, in logical order."""
        self.turned: set[int] = set()
        """Leaves of which some codes do not stand in logical order."""
        self.slots: list[Slot] = []
        self.refs: dict[int, str] = {}
        """id(leaf) → its structure element, or its parent's; known after `fill`."""

    def surface(self, width: float, height: float) -> Surface:
        """A page whose trim is so large."""
        new = Surface(len(self.surfaces), width, height, self.marks, self.inks, self.margin)
        self.surfaces.append(new)
        return new

    def font(self, face: Face) -> Font:
        known = self.fonts.get(face.key)
        if known is None:
            known = self.fonts[face.key] = Font(face, len(self.fonts) + 1)
        return known

    def paint_sides(self, composition: Composition, geometry: Geometry, beyond: float) -> None:
        """Paint every panel where it stands; grounds reach `beyond` the paper's edges."""
        places: dict[str, list[tuple[Surface, Placement]]] = {}
        for side in geometry.sides:
            surface = self.surface(side.width, side.height)
            for placement in side.placements:
                places.setdefault(placement.panel, []).append((surface, placement))
            if self.bleed:
                marks.around(surface, self.bleed, side.marks)
                continue
            for mark in side.marks:
                _fold(surface, mark)
        there: dict[str, tuple[Surface, Placement]] = {}
        for page in composition.pages:
            if page.name not in places:
                raise ClaimError(f"the panel {page.name!r} has no place on the sheet, or is there twice")
            there[page.name], *others = places.pop(page.name)
            for other in others:
                self.paint(page, *other, beyond, again=True)
        for page, begins, items in self._turns(composition.pages):
            self.paint(page, *there[page.name], beyond, items, begins=begins)

    def _turns(self, pages: list[Page]) -> list[tuple[Page, bool, list[Item]]]:
        """Panels in the order in which they are read, each with what is painted, and whether it is painted for the
        first time: a panel has two turns where others are read between its head and what stands below."""
        signs, read = [], []
        for page in pages:
            own, items = self._as_read(page.items)
            signs.append((page, own))
            read += [(order, page, item) for order, item in items]
        read.sort(key=itemgetter(0))
        turns: list[tuple[Page, bool, list[Item]]] = []
        first = {id(page): own for page, own in signs}
        for _, group in groupby(read, key=lambda one: id(one[1])):
            many = list(group)
            page = many[0][1]
            own = first.pop(id(page), None)
            turns.append((page, own is not None, [*(own or ()), *(item for _, _, item in many)]))
        return [*((page, True, own) for page, own in signs if id(page) in first), *turns]

    def paint(
        self, page: Page, surface: Surface, placement: Placement, beyond: float, items: list[Item] | None = None, *,
        begins: bool = True, again: bool = False,
    ) -> None:
        """Paint a panel at its place, or some of its items, with its grounds where it `begins`. `again`: a copy of a
        page that is read where it was painted first."""
        surface.place(placement.x, placement.y, placement.turned, page.width, page.height)
        reach = _reach(page, surface, placement, beyond)
        for ground in page.grounds if begins else ():
            _ground(ground, page, surface, reach, beyond)
        if items is None:
            signs, read = self._as_read(page.items)
            items = page.items if again else [*signs, *map(itemgetter(1), read)]
        for item in items:
            if item.__class__ is Cut and item.elem is None or beyond > 0 and item.__class__ is Fill:
                item = _stretched(item, page, reach)
            self._item(item, surface, ARTIFACT if again else None)
        for item in page.furniture if begins else ():
            self._item(item, surface, FOOTER)
        surface.leave()

    def _as_read(self, items: list[Item]) -> tuple[list[Item], list[tuple[int, Item]]]:
        """Rules and signs; and what is read, in the order in which it is read, with its number: headings of a table's
        columns that stand beside the cells of its first row are read before them."""
        signs: list[Item] = []
        read: list[tuple[int, Item]] = []
        order = self.tags.order
        for item in items:
            parts = (
                [Line(item.y, [run], item.place) for run in item.runs]
                if item.__class__ is Line and len(item.runs) > 1
                else [item]
            )
            for part in parts:
                elem = (part.runs[0] if part.runs else None) if part.__class__ is Line else part
                elem = getattr(elem, "elem", None)
                if elem is None:
                    signs.append(part)
                else:
                    read.append((order.get(id(elem), 0), part))
        read.sort(key=itemgetter(0))
        return signs, read

    def _item(self, item: Item, surface: Surface, owner: Elem | None) -> None:
        """Paint an item; `owner` None: its own structure leaf, where it has one."""
        kind = item.__class__
        if kind is Line:
            self._line(item, surface, owner)
        elif kind is Fill:
            surface.fill(item, owner or ARTIFACT)
        elif kind is Stroke:
            surface.stroke(item, owner or ARTIFACT)
        elif kind is LinkArea:
            if not self.bleed and owner is None:
                self.links.append(tags.Area(surface.page, item, surface.area(item)))
        elif kind is Slot:
            self.slots.append(item)
            elem = item.elem if owner is None else None
            made = drawn(
                surface, item, elem, elem and self.tags.of(elem),
                None if self.holes else lambda face, _: self.font(face),
            )
            if elem is not None and made.turned:
                self.words[id(elem)] = [item.words]
                self.turned.add(id(elem))
        else:
            if kind is Image and item.elem is None and owner is None and not item.decorative:
                raise ClaimError(f"{item.file} is drawn outside the structure tree")
            elem = item.elem if owner is None else None
            owner, tag = (owner or ARTIFACT, "") if elem is None else (elem, self.tags.of(elem))
            if kind is Shape:
                surface.shape(item, owner, tag)
            elif kind is Cut:
                surface.cut(item, owner, tag)
            else:
                name, _, size = self.pictures.get(item.file, (f"I{len(self.pictures) + 1}", b"", (0.0, 0.0)))
                self.pictures[item.file] = name, item.data, max(size, (item.width, item.height))
                surface.image(item, owner, tag, name)

    def _line(self, line: Line, surface: Surface, owner: Elem | None) -> None:
        for run in line.runs:
            if owner is not None:
                surface.run(run, line.y, self.font(run.face), owner, "")
                continue
            elem = run.elem
            if elem is None:
                words = "".join(word.text for word in run.words)
                raise ClaimError(f"{line.place or 'a page'}: {words!r} is drawn outside the structure tree")
            surface.run(run, line.y, self.font(run.face), elem, self.tags.of(elem))
            self.words.setdefault(id(elem), []).extend([word.text for word in run.words])
            if run.order is not None or any(word.rtl for word in run.words):
                self.turned.add(id(elem))

    def _boxes(self, surface: Surface) -> str:
        """Paper, bleed and trim (ISO 32000-1, 14.11.2), one within the other."""

        def box(around: float) -> str:
            low, right, top = (
                number(side).decode() for side in (around, surface.width - around, surface.height - around)
            )
            return f"[{low} {low} {right} {top}]"

        inner = f"/BleedBox{box(self.margin - self.bleed)}/TrimBox{box(self.margin)}" if self.bleed else ""
        return f"/MediaBox{box(0.0)}{inner}"

    def write(self) -> bytes:
        """Everything into one file."""
        self.fill(lambda surface: self.document.stream("", surface.content()).ref)
        return self.document.format()

    def fill(self, contents: Callable[[Surface], str]) -> tuple[list[Body], Body]:
        """Everything into objects; returns those of the pages, and that of their resources. `contents`: makes the
        streams of a page and names them."""
        document, pages = self.document, []
        resources = document.add()
        for _ in self.surfaces:
            pages.append(document.add())
        metadata.describe(document, self.about, self.inks.profile)
        words = {leaf: "".join(parts) for leaf, parts in self.words.items()}
        annotations, self.refs = tags.write(document, self.tags, self.surfaces, pages, self.links, words, self.turned)
        for key, (surface, page) in enumerate(zip(self.surfaces, pages)):
            links = f"/Annots[{' '.join(annotations[key])}]" if annotations[key] else ""
            page.body = (
                f"<</Type/Page/Parent {document.number(document.Pages)}{self._boxes(surface)}/Resources "
                f"{resources.ref}/Contents {contents(surface)}"
                f"/StructParents {key}/Tabs/S{links}>>"
            )
            document.Pages.addPage(page)
        fonts = "".join(f"/{font.name.decode()} {font.write(document)}" for font in self.fonts.values())
        images = "".join(
            f"/{name} {raster.write(document, data, name, self.inks, size)}"
            for name, data, size in self.pictures.values()
        )
        pictures = f"/XObject<<{images}>>" if images else ""
        resources.body = f"<</Font<<{fonts}>>{pictures}{self.inks.resources}>>"
        return pages, resources


Flat = TypeVar("Flat", Fill, Cut)

NEAR = 6 * MM
"""A panel's edge this near to the paper's edge is cut there: creep and a printer's readings move panels by
millimetres."""


def _reach(page: Page, surface: Surface, placement: Placement, beyond: float) -> tuple[float, float, float, float]:
    """How far the panel's ground goes over its left, top, right and bottom edge: `beyond` the paper's edge, not over
    folds."""
    left, top = placement.x, placement.y
    gaps = left, top, surface.trim[0] - left - page.width, surface.trim[1] - top - page.height
    reach = tuple(gap + beyond if abs(gap) < NEAR else 0.0 for gap in gaps)
    return reach[2:] + reach[:2] if placement.turned else reach


def _ground(ground: Ground, page: Page, surface: Surface, reach: tuple[float, float, float, float],
            beyond: float) -> None:
    if ground.framed and beyond < 0:
        reach = tuple(far or beyond for far in reach)
    fill = _stretched(Fill(ground.x, ground.y, ground.width, ground.height, ground.colour or ""), page, reach)
    if ground.colour:
        surface.fill(fill, ARTIFACT)
    if ground.art:
        surface.cut(Cut(fill.x, fill.y, fill.width, fill.height, ground.art), ARTIFACT, "")
    if ground.border:
        half = ground.border_width / 2
        x, y, right, bottom = fill.x + half, fill.y + half, fill.x + fill.width - half, fill.y + fill.height - half
        path = (("M", x, y), ("L", right, y), ("L", right, bottom), ("L", x, bottom), ("Z",))
        surface.shape(Shape(0.0, 0.0, 1.0, path, None, ground.border, ground.border_width, False), ARTIFACT, "")


def _stretched(fill: Flat, page: Page, reach: tuple[float, float, float, float]) -> Flat:
    """`fill`, with the edges that it shares with the panel moved outwards by `reach`."""
    left, top, right, bottom = (
        far if gap < 0.01 else 0.0
        for far, gap in zip(
            reach, (fill.x, fill.y, page.width - fill.x - fill.width, page.height - fill.y - fill.height)
        )
    )
    return replace(
        fill, x=fill.x - left, y=fill.y - top, width=fill.width + left + right, height=fill.height + top + bottom
    )
