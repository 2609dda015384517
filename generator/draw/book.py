"""Pages onto PDF pages, in reading order, and everything into one file."""

from __future__ import annotations

from dataclasses import replace

from ..model.layout import Geometry, Mark
from ..model.page import About, Composition, Fill, Image, Item, Line, LinkArea, Page, Shape, Stroke
from ..text.fonts import Face
from . import metadata, raster, tags
from .claims import ClaimError, check_about, check_tree
from .document import Document
from .font import Font
from .surface import ARTIFACT, FOOTER, Surface, number

MARK_COLOUR, MARK_WIDTH = "#999999", 0.25
"""Fold marks: seen, but no more than that."""
DASHES = {"valley": b"[2 2]0 d", "mountain": b"[4 1.5 .5 1.5]0 d"}


def reading(composition: Composition, about: About) -> bytes:
    """A PDF with a page for each panel or page, in reading order. Raises ClaimError."""
    book = _Book(composition, about)
    for page in composition.pages:
        surface = book.surface(page.width, page.height)
        book.paint(page, surface, 0.0, 0.0, False)
    return book.write()


def sheet(composition: Composition, geometry: Geometry, about: About) -> bytes:
    """A PDF with a page for each side of the paper. Panels are painted, and so marked, in reading order. Raises ClaimError."""
    if not geometry.sides:
        raise ClaimError("a flat layout has no sheet")
    book = _Book(composition, replace(about, for_print=True, duplex=about.duplex or geometry.duplex))
    places = {}
    for side in geometry.sides:
        surface = book.surface(side.width, side.height)
        for placement in side.placements:
            places[placement.panel] = surface, placement
        for mark in side.marks:
            _fold(surface, mark)
    for page in composition.pages:
        if page.name not in places:
            raise ClaimError(f"the panel {page.name!r} has no place on the sheet, or is there twice")
        surface, placement = places.pop(page.name)
        book.paint(page, surface, placement.x, placement.y, placement.turned)
    return book.write()


def _fold(surface: Surface, mark: Mark) -> None:
    dash = DASHES.get(mark.kind)
    surface.stroke(Stroke(mark.x1, mark.y1, mark.x2, mark.y2, MARK_WIDTH, MARK_COLOUR), ARTIFACT, dash)


class _Book:
    """A document in the making."""

    def __init__(self, composition: Composition, about: About) -> None:
        check_about(about)
        check_tree(composition.tree)
        self.about = about
        self.tags = tags.Tags(composition.tree)
        self.document = Document()
        self.surfaces: list[Surface] = []
        self.fonts: dict[str, Font] = {}
        self.files: dict[str, str] = {}
        """Picture file → its name in the resources."""
        self.marks: dict[int, list[tuple[int, int]]] = {}
        self.links: list[tags.Area] = []
        self.words: dict[int, list[str]] = {}
        """id(Link) → its text as drawn."""

    def surface(self, width: float, height: float) -> Surface:
        new = Surface(len(self.surfaces), width, height, self.marks)
        self.surfaces.append(new)
        return new

    def font(self, face: Face) -> Font:
        known = self.fonts.get(face.key)
        if known is None:
            known = self.fonts[face.key] = Font(face, len(self.fonts) + 1)
        return known

    def paint(self, page: Page, surface: Surface, x: float, y: float, turned: bool) -> None:
        """Paint a panel with its left top corner at x, y of the surface."""
        surface.place(x, y, turned, page.width, page.height)
        for item in page.items:
            self._item(item, surface, False)
        for item in page.furniture:
            self._item(item, surface, True)
        surface.leave()

    def _item(self, item: Item, surface: Surface, furniture: bool) -> None:
        kind = item.__class__
        ground = FOOTER if furniture else ARTIFACT
        if kind is Line:
            self._line(item, surface, furniture)
        elif kind is Fill:
            surface.fill(item, ground)
        elif kind is Stroke:
            surface.stroke(item, ground)
        elif kind is LinkArea:
            self.links.append(tags.Area(surface.page, item, surface.area(item)))
        else:
            elem = None if furniture else item.elem
            if kind is Image and elem is None and not furniture:
                raise ClaimError(f"{item.file} is drawn outside the structure tree")
            owner, tag = (ground, "") if elem is None else (elem, self.tags.of(elem))
            if kind is Shape:
                surface.shape(item, owner, tag)
            else:
                name = self.files.setdefault(item.file, f"I{len(self.files) + 1}")
                surface.image(item, owner, tag, name)

    def _line(self, line: Line, surface: Surface, furniture: bool) -> None:
        links = self.tags.links
        for run in line.runs:
            elem = None if furniture else run.elem
            if elem is None and not furniture:
                words = "".join(word.text for word in run.words)
                raise ClaimError(f"{line.place or 'a page'}: {words!r} is drawn outside the structure tree")
            tag = "" if elem is None else self.tags.of(elem)
            surface.run(run, line.y, self.font(run.face), FOOTER if elem is None else elem, tag)
            if id(elem) in links:
                self.words.setdefault(id(links[id(elem)]), []).extend(word.text for word in run.words)

    def write(self) -> bytes:
        """Everything into one file."""
        document, pages = self.document, []
        resources = document.add()
        for _ in self.surfaces:
            pages.append(document.add())
        metadata.describe(document, self.about)
        words = {link: "".join(parts) for link, parts in self.words.items()}
        annotations = tags.write(document, self.tags, self.surfaces, pages, self.links, words)
        for key, (surface, page) in enumerate(zip(self.surfaces, pages)):
            content = document.stream("", surface.content()).ref
            box = f"/MediaBox[0 0 {number(surface.width).decode()} {number(surface.height).decode()}]"
            links = f"/Annots[{' '.join(annotations[key])}]" if annotations[key] else ""
            page.body = (
                f"<</Type/Page/Parent {document.number(document.Pages)}{box}/Resources {resources.ref}/Contents {content}"
                f"/StructParents {key}/Tabs/S{links}>>"
            )
            document.Pages.addPage(page)
        fonts = "".join(f"/{font.name.decode()} {font.write(document)}" for font in self.fonts.values())
        images = "".join(f"/{name} {raster.write(document, file, name)}" for file, name in self.files.items())
        resources.body = f"<</Font<<{fonts}>>/XObject<<{images}>>>>" if images else f"<</Font<<{fonts}>>>>"
        return document.format()
