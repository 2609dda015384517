"""A leaflet drawn once, with holes where each copy has words of its own: all its objects, and the streams with holes."""

from __future__ import annotations

from ..model.layout import Geometry, Placement
from ..model.page import About, Composition, Run, Slot
from ..model.printing import UNPRINTABLE
from ..model.record import record, replace
from ..text.shape import shape, words
from .book import Book
from .font import Font
from .slots import Hole
from .surface import Surface

READY = "".join(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100)))) + (
    "ĄąĆćČčĎďĐđĘęĚěĞğİıŁłŃńŇňŐőŒœŘřŚśŞşŠšŤťŮůŰűŹźŻżŽžȘșȚț–‘’"
)
"""Characters whose glyphs every master brings, as far as the slot's first face has them: names in Latin letters."""
JOINED = ("n'n", "fi", "fj", "fl", "ff", "ffi", "ffl", "ft", "tt")
"""Letters that are drawn otherwise when they stand together, as in O'Neil and Sofia. Every master brings these glyphs,
too: a copy that lacks one takes 0.4 ms for a face of its own, in place of 0.02 ms."""
APART = 400
"""Bytes of unchanging operators between two holes that are worth a stream of their own, which copies share."""


@record(slots=True)
class Drawn:
    """The objects of a file that is not assembled yet."""

    objects: dict[int, bytes]
    """Number → what stands between "obj" and "endobj", but for `resources` and the streams with holes."""
    root: int
    info: int
    resources: int
    """Of all pages; its fonts may become more."""
    resource_body: bytes
    streams: dict[int, list[bytes | Hole]]
    """Number → operators and holes, to be joined with line ends."""
    elements: dict[int, tuple[int, bytes]]
    """id(Elem) of a hole's words → its element: number, and body without what it says of these words."""
    pages: list[int]
    """Objects of the pages, in order."""
    tree: int
    """Object of the structure tree's first element (Document)."""
    fonts: dict[str, Font]
    """Face.key → the font, with the codes that it knows."""


def master(composition: Composition, about: About, geometry: Geometry | None = None) -> Drawn:
    """Draw a leaflet for its copies. geometry: draw the sheet for an office printer; None: pages to read. Raises ClaimError."""
    if geometry is None:
        book = Book(composition, about, holes=True)
        for page in composition.pages:
            surface = book.surface(page.width, page.height)
            book.paint(page, surface, Placement(page.name, 0.0), -UNPRINTABLE if composition.loose else 0.0)
    else:
        book = Book(composition, replace(about, for_print=True, duplex=about.duplex or geometry.duplex), holes=True)
        book.paint_sides(composition, geometry, -UNPRINTABLE)
    for slot in book.slots:
        if slot.lines:
            _ready(book, slot)
    return _objects(book)


def _ready(book: Book, slot: Slot) -> None:
    """Let the slot's first face bring the letters of most names."""
    face = slot.fonts.face(*slot.style)
    font = book.font(face)
    made = [shape(face, char) for char in READY if char in face.characters]
    for letters in JOINED:
        made += words(slot.fonts, slot.style, letters, False, slot.language)[0]
    made = [word for word in made if word.face is face]
    font.again().show(Run(0.0, made, face, slot.size, slot.colour, None))


def _objects(book: Book) -> Drawn:
    """Everything into objects; what copies have of their own is left out."""
    document, streams = book.document, {}

    def contents(surface: Surface) -> str:
        refs = []
        for part in _parts(surface.finished()):
            if any(piece.__class__ is Hole for piece in part):
                refs.append(document.add().ref)
                streams[_number(refs[-1])] = part
            else:
                refs.append(document.stream("", b"\n".join(part)).ref)
        return f"[{' '.join(refs)}]" if len(refs) > 1 else refs[0]

    pages, resources = book.fill(contents)
    root, info = _number(document.number(document.Catalog)), _number(document.number(document.info))
    objects = dict(document.bodies())
    for number in streams:
        del objects[number]
    elements = {}
    for slot in book.slots:
        if slot.elem is not None and slot.lines and id(slot.elem) not in elements:
            number = _number(book.refs[id(slot.elem)])
            elements[id(slot.elem)] = number, objects.pop(number)
    return Drawn(
        objects, root, info, _number(resources.ref), objects.pop(_number(resources.ref)), streams, elements, [_number(page.ref) for page in pages],
        _number(book.refs[id(book.tags.tree)]), dict(book.fonts),
    )


def _number(ref: str) -> int:
    return int(ref.split()[0])


def _parts(operators: list[bytes | Hole]) -> list[list[bytes | Hole]]:
    """A page's operators as stretches for streams of their own: those without holes, and those with holes near each other."""
    spans: list[list[int]] = []
    for at, operator in enumerate(operators):
        if operator.__class__ is not Hole:
            continue
        begin = max(place for place in range(at) if operators[place] == b"q")
        end = operators.index(b"Q", at) + 1
        if spans and sum(len(one) + 1 for one in operators[spans[-1][1] : begin]) < APART:
            spans[-1][1] = end
        else:
            spans.append([begin, end])
    cuts = [0, *(cut for span in spans for cut in span), len(operators)]
    return [operators[begin:end] for begin, end in zip(cuts, cuts[1:]) if begin < end]
