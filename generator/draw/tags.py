"""The structure tree in the file: elements, parent tree, link annotations, outline (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from urllib.parse import quote

from ..model.page import LinkArea
from ..model.record import record
from ..model.structure import Elem
from .claims import HEADINGS, ClaimError
from .document import Body, Document, string
from .surface import Surface


class Tags:
    """The leaves of one tree, and how to name their marks. On paper (`links` false) a Link is a Span."""

    def __init__(self, tree: Elem, links: bool = True) -> None:
        self.tree = tree
        self.roles = {} if links else {"Link": "Span"}
        """Role of an element → the role it has in this file."""
        self.names: dict[int, str] = {}
        """id(leaf) → name of its marks: its role, or its parent's where it is text of its parent."""
        self.links: dict[int, Elem] = {}
        """id(any element within a link) → the Link."""
        self.order: dict[int, int] = {}
        """id(element) → its number in the order of reading."""
        self.named: dict[str, Elem] = {}
        """Name → the element that links within the leaflet lead to."""
        todo: list[tuple[Elem, str, Elem | None]] = [(tree, "", None)]
        while todo:
            elem, above, link = todo.pop()
            if id(elem) in self.names:
                raise ClaimError(f"{elem.role or 'text of ' + above} stands twice in the structure tree")
            self.order[id(elem)] = len(self.order)
            if elem.name:
                self.named[elem.name] = elem
            role = self.roles.get(elem.role, elem.role)
            link = elem if role == "Link" else link
            if link is not None:
                self.links[id(elem)] = link
            self.names[id(elem)] = "" if elem.kids else role or above
            todo += [(kid, role or above, link) for kid in reversed(elem.kids)]

    def of(self, elem: Elem) -> str:
        """Name of a leaf's marks."""
        name = self.names.get(id(elem))
        if name:
            return name
        raise ClaimError(
            f"something is drawn for {elem.role or 'a text'}, which "
            + ("is not in the structure tree" if name is None else "has elements below it: only leaves are drawn")
        )


@record(slots=True)
class Area:
    """A link's area on a page: left, bottom, right, top."""

    page: int
    item: LinkArea
    box: tuple[float, float, float, float]
    ref: str = ""
    """Its annotation."""


def write(
    document: Document, tags: Tags, surfaces: list[Surface], pages: list[Body], areas: list[Area], words: dict[int, str],
    turned: set[int],
) -> tuple[list[list[str]], dict[int, str]]:
    """Write the tree, the outline and the annotations; returns the annotations of each page, and the element of each leaf.

    areas: in reading order. words: id(leaf) → its text, as drawn. turned: leaves whose codes do not stand in logical order;
    their text stands beside them (14.9.4). Raises ClaimError for elements of which nothing was drawn.
    """
    elements = _Elements(document, surfaces, pages, tags.roles, {leaf: words[leaf] for leaf in turned})
    said: dict[int, str] = {}
    for leaf, link in tags.links.items():
        if leaf in words:
            said[id(link)] = said.get(id(link), "") + words[leaf]
    root = document.add()
    annotations: list[list[str]] = [[] for _ in pages]
    for key, area in enumerate(areas, len(pages)):
        link = area.item.elem
        if link.role != "Link" or id(link) not in tags.names:
            raise ClaimError(f"the link to {area.item.href} has no Link element")
        contents = (link.alt or said.get(id(link), "")).strip()
        if not contents:
            raise ClaimError(f"the link to {area.item.href} says nothing")
        href = area.item.href
        if href.startswith("#"):
            if href[1:] not in tags.named:
                raise ClaimError(f"there is no element {href}, where a link leads")
            leads = f"/Dest{_destination(tags.named[href[1:]], surfaces, pages)}"
        else:
            leads = _address(href)
        area.ref = document.add(_annotation(area.box, contents, key, leads)).ref
        annotations[area.page].append(area.ref)
        elements.areas.setdefault(id(link), []).append(area)
    top = elements.write(tags.tree, root.ref)
    nums = [f"{page}[{' '.join(elements.refs[id(owner)] for owner in s.owners)}]" for page, s in enumerate(surfaces)]
    nums += [f"{key} {elements.refs[id(area.item.elem)]}" for key, area in enumerate(areas, len(pages))]
    parents = document.add(f"<</Nums[{' '.join(nums)}]>>")
    notes = {name: elements.refs[id(elem)] for name, elem in tags.named.items() if elem.role == "Note"}
    ids = f"/IDTree {document.add(_name_tree(notes)).ref}" if notes else ""
    root.body = f"<</Type/StructTreeRoot/K {top}/ParentTree {parents.ref}/ParentTreeNextKey {len(nums)}{ids}>>"
    document.Catalog.StructTreeRoot = root.ref
    document.Catalog.Outlines = _outline(document, tags.tree, surfaces, pages)
    return annotations, elements.refs


def _address(href: str) -> str:
    """The action of a link that leads out of the leaflet."""
    href = href if href.isascii() else quote(href, safe=":/?#[]@!$&'()*+,;=%~-._")  # URIs are ASCII (12.6.4.7)
    return f"/A<</S/URI/URI{string(href)}>>"


def _annotation(box: tuple[float, ...], contents: str, key: int, leads: str) -> str:
    """A link annotation (12.5.6.5), printed (PDF/A wants the flag), without a frame."""
    rect = " ".join(f"{side:.2f}".rstrip("0").rstrip(".") for side in box)
    return (
        f"<</Type/Annot/Subtype/Link/Rect[{rect}]/Border[0 0 0]/F 4/Contents{string(contents)}/StructParent {key}"
        f"{leads}>>"
    )


def _name_tree(refs: dict[str, str]) -> str:
    """A name tree of one node (7.9.6): the references by their names, in the order of the names' bytes."""
    names = sorted(refs, key=lambda name: name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be"))
    return f"<</Names[{' '.join(f'{string(name)} {refs[name]}' for name in names)}]>>"


class _Elements:
    """Structure elements, each an object, written in reading order."""

    def __init__(
        self, document: Document, surfaces: list[Surface], pages: list[Body], roles: dict[str, str], turned: dict[int, str],
    ) -> None:  # fmt: skip
        self.document, self.surfaces, self.pages, self.roles, self.turned = document, surfaces, pages, roles, turned
        self.marks = surfaces[0].marks
        self.areas: dict[int, list[Area]] = {}
        """id(Link) → its areas."""
        self.refs: dict[int, str] = {}
        """id(elem) → reference of the structure element that its marks belong to."""

    def write(self, elem: Elem, parent: str) -> str:
        """Write an element and all below it; returns its reference."""
        body = self.document.add()
        ref = self.refs[id(elem)] = body.ref
        page = self._page(elem)
        kids: list[str] = []
        for kid in elem.kids:
            if kid.role:
                kids.append(self.write(kid, ref))
                continue
            if id(kid) in self.turned:
                kids.append(self._span(kid, ref))
                continue
            self.refs[id(kid)] = ref
            kids += self._marks(kid, page)
            if id(kid) not in self.marks and elem.role not in ("TD", "TH"):
                raise ClaimError(f"text of {elem.role} {elem.title or ''} was not drawn")
        kids += self._marks(elem, page)
        kids += [
            f"<</Type/OBJR/Obj {area.ref}{'' if area.page == page else f'/Pg {self.pages[area.page].ref}'}>>"
            for area in self.areas.get(id(elem), ())
        ]
        if not kids and elem.role not in ("TD", "TH"):
            raise ClaimError(f"nothing was drawn for {elem.role} {elem.title or ''}".rstrip())
        role = self.roles.get(elem.role, elem.role)
        if role == "Link" and id(elem) not in self.areas:
            raise ClaimError(f"the Link to {elem.href} has no area on any page")
        content = f"/K {kids[0]}" if len(kids) == 1 else f"/K[{' '.join(kids)}]" if kids else ""
        where = "" if page is None else f"/Pg {self.pages[page].ref}"
        body.body = f"<</S/{role}/P {parent}{where}{content}{self._attributes(elem)}>>"
        return ref

    def _span(self, leaf: Elem, parent: str) -> str:
        """Text of its parent whose codes do not stand in logical order."""
        span = self.document.add()
        self.refs[id(leaf)] = span.ref
        page = self._page(leaf)
        kids = " ".join(self._marks(leaf, page))
        span.body = f"<</S/Span/P {parent}/Pg {self.pages[page].ref}/K[{kids}]/ActualText{string(self.turned[id(leaf)])}>>"
        return span.ref

    def _page(self, elem: Elem) -> int | None:
        """The page of the first mark: marks on it need not say where they are."""
        for leaf in (elem, *elem.kids):
            if (leaf is elem or not leaf.role) and id(leaf) in self.marks:
                return self.marks[id(leaf)][0][0]
        return self.areas[id(elem)][0].page if id(elem) in self.areas else None

    def _marks(self, leaf: Elem, page: int | None) -> list[str]:
        return [
            str(mark) if on == page else f"<</Type/MCR/Pg {self.pages[on].ref}/MCID {mark}>>"
            for on, mark in self.marks.get(id(leaf), ())
        ]

    def _attributes(self, elem: Elem) -> str:
        out = ""
        if elem.language:
            out += f"/Lang{string(elem.language)}"
        if elem.role == "Note":
            out += f"/ID{string(elem.name)}"
        if elem.expansion:
            out += f"/E{string(elem.expansion)}"
        if elem.role == "Figure":
            out += f"/Alt{string(elem.alt)}"
            page = self.marks[id(elem)][0][0]
            box = " ".join(f"{side:.2f}".rstrip("0").rstrip(".") for side in self.surfaces[page].boxes[id(elem)])
            out += f"/A<</O/Layout/Placement/Block/BBox[{box}]>>"
        actual = self.turned.get(id(elem)) if elem.actual is None and elem.role != "Figure" else elem.actual
        if actual is not None:
            out += f"/ActualText{string(actual)}"
        if elem.role in ("TH", "TD") and (elem.scope or elem.colspan > 1 or elem.rowspan > 1):
            scope = f"/Scope/{elem.scope}" if elem.scope else ""
            span = f"/ColSpan {elem.colspan}" if elem.colspan > 1 else ""
            down = f"/RowSpan {elem.rowspan}" if elem.rowspan > 1 else ""
            out += f"/A<</O/Table{scope}{span}{down}>>"
        if elem.role == "L" and elem.numbering:
            out += f"/A<</O/List/ListNumbering/{elem.numbering}>>"
        return out


def _outline(document: Document, tree: Elem, surfaces: list[Surface], pages: list[Body]) -> str | None:
    """Bookmarks of all headings that have a title, nested as they are (12.3.3); None where there are none."""
    entries: list[tuple[int, str, str]] = []
    todo = [tree]
    while todo:
        elem = todo.pop()
        todo += reversed(elem.kids)
        if elem.role in HEADINGS and elem.title:
            entries.append((int(elem.role[1]), " ".join(elem.title.split()), _destination(elem, surfaces, pages)))
    if not entries:
        return None
    root = document.add()
    bodies = [document.add() for _ in entries]
    kids: dict[int, list[int]] = {-1: []}
    parent, path = {}, []
    for at, (level, _, _) in enumerate(entries):
        while path and entries[path[-1]][0] >= level:
            path.pop()
        parent[at] = path[-1] if path else -1
        kids.setdefault(parent[at], []).append(at)
        path.append(at)

    def below(at: int) -> int:
        return sum(1 + below(kid) for kid in kids.get(at, ()))

    for at, (_, title, place) in enumerate(entries):
        row = kids[parent[at]]
        spot = row.index(at)
        links = f"/Parent {bodies[parent[at]].ref if parent[at] >= 0 else root.ref}"
        if spot:
            links += f"/Prev {bodies[row[spot - 1]].ref}"
        if spot + 1 < len(row):
            links += f"/Next {bodies[row[spot + 1]].ref}"
        if at in kids:
            links += f"/First {bodies[kids[at][0]].ref}/Last {bodies[kids[at][-1]].ref}/Count {below(at)}"
        bodies[at].body = f"<</Title{string(title)}{links}/Dest{place}>>"
    top = kids[-1]
    root.body = f"<</Type/Outlines/First {bodies[top[0]].ref}/Last {bodies[top[-1]].ref}/Count {below(-1)}>>"
    return root.ref


def _destination(elem: Elem, surfaces: list[Surface], pages: list[Body]) -> str:
    """Where an element begins: the top of its first line."""
    leaf = elem
    while leaf.kids:
        leaf = leaf.kids[0]
    page = surfaces[0].marks[id(leaf)][0][0]
    x, y = surfaces[page].tops[id(leaf)]
    return f"[{pages[page].ref}/XYZ {x:.0f} {y:.0f} 0]"
