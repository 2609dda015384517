"""The story → its structure tree, and the text of every text node as Bits hanging on the tree's leaves.

Built once, in reading order, before anything is measured; sizes, panels and page breaks never touch it.
"""

from __future__ import annotations

import re
from typing import Any

from ..model.problem import Place
from ..model.record import record
from ..model.story import ELEMENTS, HEADINGS, Leaflet, Node
from ..model.structure import Elem
from ..text.slot import voice


@record(slots=True)
class Bit:
    """Text under the same inline elements, or an inline object (sign, page number)."""

    text: str
    chain: tuple[Node, ...]
    """The inline elements around it, outermost first: they give its look."""
    leaf: Elem | None
    link: Elem | None
    href: str | None
    language: str | None
    place: Place | None
    object: Node | None = None
    """sign, page or pages."""


class Tree:
    """The structure tree of a leaflet, and the way from story nodes to it."""

    def __init__(self, leaflet: Leaflet) -> None:
        self.root = Elem("Document", language=leaflet.language)
        self.elems: dict[int, Elem] = {}
        """id(node) → its element."""
        self.bits: dict[int, list[Bit]] = {}
        """id(text node) → its text."""
        self.labels: dict[int, Elem] = {}
        """id(li) → the Lbl leaf that holds its bullet or number."""
        self.items: dict[int, Elem] = {}
        """id(li) → its LI."""
        self._pictures: dict[str, Elem] = {}
        """src → the Figure of the last <img> of it, which other views of it belong to."""
        self._divided: set[int] = set()
        """id of each Link and Lbl that holds elements: its text hangs on leaves between them."""
        self.paragraphs: dict[int, Any] = {}
        """id(text node) → its text.paragraph.Paragraph at the first body size; at others its words are not measured again."""
        for part in leaflet.parts.values():
            self._blocks(part, self.root, None)
        for furniture in (*leaflet.footers, *leaflet.headers):
            self._furniture(furniture)
        _prune(self.root)

    def _blocks(self, node: Node, parent: Elem, language: str | None) -> None:
        role = ELEMENTS[node.name].role
        here = parent
        language = node.attributes.get("lang", language)
        if node.name == "table":  # a table holds rows alone (ISO 32000-1, 14.8.4.3.4)
            for picture in pictures_in(node):
                self._blocks(picture, parent, language)
        if role is not None and "decorative" not in node.attributes:  # decoration is an artifact (ISO 14289-1, 7.3)
            here = self._elem(node, role)
            parent.kids.append(here)
            self.elems[id(node)] = here
        if node.name == "img" and "decorative" not in node.attributes:
            self._pictures[node.attributes["src"]] = here
        elif node.name in ("views", "keys") and node.attributes["src"] in self._pictures:
            self.elems[id(node)] = self._pictures[node.attributes["src"]]
        if node.name == "ul" or node.name == "ol":
            here.numbering = _numbering(node)
            for item in node.kids:
                self._item(item, here, language)
        elif node.name == "dl":
            self._terms(node, here, language)
        elif node.name == "slot":
            words = node.attributes.get("words", "")
            here.kids.append(Elem("Span", language=voice(words, language or self.root.language)))
        elif _holds_text(node):
            if node.name == "note":
                here.kids.append(label := Elem("Lbl"))
                self.labels[id(node)] = label
            self._text(node, here, language)
            if node.name == "line" and self.bits[id(node)]:  # lines of a title are one text: their words stay apart
                self.bits[id(node)].append(Bit(" ", (), self._leaf(here), None, None, language, node.place))
        else:
            for kid in node.kids:
                if kid.name != "img" or node.name != "table":
                    self._blocks(kid, here, language)

    def _elem(self, node: Node, role: str) -> Elem:
        a = node.attributes
        elem = Elem(role, language=a.get("lang"), name=a.get("id"))
        if node.name in HEADINGS:
            elem.title = " ".join(node.words().split())
        elif node.name in ("img", "qr", "slotcode"):
            elem.alt = a.get("alt", "")
        elif node.name in ("th", "td"):
            elem.colspan = int(a.get("colspan", 1))
            elem.rowspan = int(a.get("rowspan", 1))
            if node.name == "th":
                elem.scope = "Row" if a.get("scope") == "row" else "Column"
        return elem

    def _item(self, item: Node, parent: Elem, language: str | None) -> None:
        li, label, body = Elem("LI", language=item.attributes.get("lang"), name=item.attributes.get("id")), Elem("Lbl"), Elem("LBody")
        li.kids += [label, body]
        parent.kids.append(li)
        self.elems[id(item)] = body
        self.labels[id(item)] = label
        self.items[id(item)] = li
        if _holds_text(item):
            self._text(item, body, language)
        else:
            for kid in item.kids:
                self._blocks(kid, body, language)

    def unlabelled(self, list_node: Node, item: Node) -> None:
        """The item has no bullet or number: nothing is ever painted in its Lbl."""
        if (li := self.items.get(id(item))) is not None:
            li.kids = [kid for kid in li.kids if kid.role != "Lbl"]
            self.elems[id(list_node)].numbering = "None"

    def _terms(self, node: Node, parent: Elem, language: str | None) -> None:
        li = None
        for kid in node.kids:
            if kid.name == "dt" or li is None:
                li = Elem("LI")
                parent.kids.append(li)
            self._blocks(kid, li, language)

    def _text(self, node: Node, elem: Elem, language: str | None) -> None:
        bits: list[Bit] = []
        if elem.role == "Lbl" and _divides(node):
            self._divided.add(id(elem))
        self._inline(node.kids, elem, (), None, None, language, node.place, bits)
        self.bits[id(node)] = bits

    def _inline(self, kids, elem, chain, link, href, language, place, bits) -> None:
        """Hang text on leaves: "" below a block or Span (one per stretch between links), or a Link itself."""
        for kid in kids:
            if isinstance(kid, str):
                leaf = self._leaf(elem)
                if kid[0] == " " and len(kid) > 1 and bits and _ends_before(bits[-1], leaf):
                    bits[-1].text += " "
                    kid = kid[1:]
                bits.append(Bit(kid, chain, leaf, link, href, language, place))
            elif kid.name == "br":
                bits.append(Bit(" \n", chain, self._leaf(elem), link, href, language, place))
            elif kid.name in ("sign", "page", "pages", "running"):
                bits.append(Bit("", chain, None, link, href, language, kid.place, kid))
            else:
                below, at, where = elem, kid.place or place, kid.attributes.get("lang", language)
                role = _own_role(kid)
                if role:
                    below = Elem(role, language=kid.attributes.get("lang"), expansion=kid.attributes.get("title"))
                    if role == "Link" and _divides(kid):
                        self._divided.add(id(below))
                    leads = kid.attributes.get("href", "").startswith("#")  # to a source or note (ISO 32000-1, 14.8.4.4.1)
                    elem.kids.append(Elem("Reference", [below]) if leads else below)
                    if role == "Link":
                        link, href_in = below, kid.attributes.get("href")
                        below.href, below.alt = href_in, kid.words().strip()
                        self._inline(kid.kids, below, (*chain, kid), below, href_in, where, at, bits)
                        link = None
                        continue
                self._inline(kid.kids, below, (*chain, kid), link, href, where, at, bits)

    def _leaf(self, elem: Elem) -> Elem:
        if elem.role in ("Link", "Lbl") and id(elem) not in self._divided:
            return elem
        if not elem.kids or elem.kids[-1].role != "":
            elem.kids.append(Elem(""))
        return elem.kids[-1]

    def _furniture(self, node: Node) -> None:
        if _holds_text(node):
            bits: list[Bit] = []
            self._inline(node.kids, Elem("P"), (), None, None, None, node.place, bits)
            for bit in bits:
                bit.leaf = bit.link = None
            self.bits[id(node)] = bits
        else:
            for kid in node.kids:
                self._furniture(kid)


def pictures_in(table: Node) -> list[Node]:
    return [kid for kid in table.kids if kid.name == "img"]


NUMBERINGS = (("Decimal", r"\d+"), ("LowerRoman", "[ivx]{2,}|i"), ("UpperRoman", "[IVX]{2,}|I"), ("LowerAlpha", "[a-z]"), ("UpperAlpha", "[A-Z]"))


def _numbering(node: Node) -> str:
    """How a list is numbered (ISO 32000-1, 14.8.5.5, ListNumbering): None where its labels follow none of the standard's schemes."""
    typed = [item.attributes["label"].strip("().") for item in node.kids if "label" in item.attributes]
    if node.name == "ul":
        return "None" if typed and len(typed) == len(node.kids) else "Disc"
    return next((name for name, pattern in NUMBERINGS if all(re.fullmatch(pattern, label) for label in typed)), "None") if typed else "Decimal"


def _own_role(inline: Node) -> str | None:
    """Role of an inline element that has a structure element of its own."""
    element = ELEMENTS[inline.name]
    if element.role != "Link" and inline.name != "abbr" and ("lang" not in inline.attributes or element.holds == "nothing"):
        return None
    return element.role or "Span"


def _ends_before(bit: Bit, leaf: Elem) -> bool:
    """Whether a bit, of a Link or Span, ends directly before another leaf. The space between the two goes to the bit: at a
    line's end it would be shown by itself, and some readers drop such a space."""
    return bit.object is None and bit.leaf is not None and bit.leaf is not leaf and not bit.text[-1:].isspace()


def _divides(node: Node) -> bool:
    """Whether an inline element below has a structure element of its own."""
    return any(not isinstance(kid, str) and (_own_role(kid) or _divides(kid)) for kid in node.kids)


def _holds_text(node: Node) -> bool:
    """Whether the children are text and inline elements (an empty text element counts)."""
    if not node.kids:
        return ELEMENTS[node.name].holds in ("text", "either")
    kid = node.kids[0]
    return isinstance(kid, str) or ELEMENTS[kid.name].inside == "inline"


def holds_numbers(node: Node) -> bool:
    """Whether the text below a node has page numbers in it."""
    return node.name in ("page", "pages", "running") or any(holds_numbers(kid) for kid in node.kids if not isinstance(kid, str))


def _prune(elem: Elem) -> bool:
    """Drop groups in which nothing is ever painted; say whether anything is left."""
    elem.kids = [kid for kid in elem.kids if kid.role in ("", "TH", "TD", "Figure", "Lbl", "Link", "Span") or _prune(kid)]
    for kid in elem.kids:
        if kid.role in ("TH", "TD"):
            _prune(kid)
    return bool(elem.kids)
