"""The story → a Flow of leaves at one body size: styles resolved, words shaped, boxes and insets known."""

from __future__ import annotations

import itertools

from ..model.picture import Drawing
from ..model.problem import Problem
from ..model.record import record, replace
from ..model.story import HEADINGS, Leaflet, Node
from ..text.fonts import Fonts
from ..text.hyphens import hyphenated
from ..text.paragraph import Paragraph
from ..text.span import Span
from .beside import begin_afresh, beside, is_beside
from .code import CodeLeaf
from .flow import NEVER, Box, EdgeLeaf, Flow, Leaf, RuleLeaf, TextLeaf
from .grounds import DiscLeaf, GroundLeaf
from .inset import Inset, leads, like_sized, spaces, turned
from .keys import KeysLeaf
from .look import Look, Looks
from .narrow import TableCell, TableRow, reach_down
from .pictures import PictureLeaf
from .rows import Columns
from .slots import SlotLeaf
from .table import TableLeaf
from .terms import set_terms
from .tree import Tree, _holds_text, pictures_in
from .views import ViewsLeaf, ground_art, leaf_of

PITCH = 1.55
"""Distance of lines to write on, in grid units."""
TITLES = (*HEADINGS, "line", "caption")  # they part no term
SIGN = 1.3
"""Room that a drawn sign takes on its line, in multiples of the type size: the sign, and the space behind it."""


@record(slots=True)
class Inline(Span):
    """A span that is a drawn sign."""

    sign: str = ""
    turned: bool = False
    """The sign stands in text that runs from right to left."""


class Builder:
    """Makes flows of a leaflet at one body size."""

    def __init__(self, leaflet: Leaflet, tree: Tree, looks: Looks, fonts: Fonts) -> None:
        self.leaflet, self.tree, self.looks, self.fonts = leaflet, tree, looks, fonts
        self.problems: list[Problem] = []
        self.numbers: tuple[int, int] = (0, 0)
        """What <page> and <pages> say at the moment."""
        self._groups = itertools.count()
        self._flows: list[Flow] = []
        self._told: set[tuple] = set()
        """Keys of drawings that stand on a page already."""
        self.fresh: list[tuple[Node, Leaf]] = []  # what is to begin a page, and its first leaf

    def numeral(self, number: int, look: Look) -> str:
        """A number in the digits of a block's language."""
        digits = self.leaflet.digits.get(look.language)
        return str(number).translate(str.maketrans("0123456789", digits)) if digits else str(number)

    def flow(self, node: Node, look: Look | None = None) -> Flow:
        """The flow of a panel, story, footer or cell."""
        flow = self._new()
        self._block(node, look or self.looks.root, Inset(), flow.leaves, None)
        return flow

    def _new(self) -> Flow:
        self._flows.append(flow := Flow())
        return flow

    def let_go(self) -> None:
        """The pages are painted: leaves and their pieces, which hold each other, part, so that their memory is free at once."""
        for flow in self._flows:
            for leaf in flow.leaves:
                leaf.let_go()

    # ── blocks ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _block(self, node: Node, parent: Look, inset: Inset, out: list[Leaf], marker: str | None) -> None:
        look = self.looks.of(node, parent)
        inset = turned(inset, parent, look)
        name = node.name
        if name in ("ul", "ol"):
            self._list(node, look, inset, out)
        elif name == "dl":
            set_terms(self, node, look, inset, out)
        elif name == "table":
            self._table(node, look, inset, out)
        elif name in ("views", "keys") or name == "img" and node.attributes.get("views"):
            out += [leaf] if (leaf := self._views(node, look, inset)) is not None else []
        elif name == "img":
            self._picture(node, look, inset, out)
        elif name == "qr":
            leaf = CodeLeaf(node.place, node.attributes["href"], self.tree.elems[id(node)], **self._where(look, inset))
            if leaf.readable:
                out.append(leaf)
            else:
                self.problems.append(Problem(node.place, "the address is too long for a QR code", "give a shorter one"))
        elif name in ("slot", "slotcode"):
            out.append(SlotLeaf(node, look, self.fonts, self.tree.elems[id(node)], **self._where(look, inset)))
        elif name == "ground":
            picture = self.leaflet.pictures.get(node.attributes.get("src", ""))
            out.append(GroundLeaf(node.place, look))
            if isinstance(picture, Drawing):
                out[-1].art = lambda box: ground_art(picture, node.attributes.get("views", ""), look, lambda name: self._ink(name, node), box)
        elif name == "hr":
            out.append(RuleLeaf(node.place, 1, 1, 0.0, look.border_width, look.border or look.colour, **self._where(look, inset)))
            out[-1].part = look.widths[0] if look.widths else 1.0
        elif name == "lines":
            count = int(node.attributes.get("count", 4))
            out.append(RuleLeaf(node.place, count, max(count, int(node.attributes.get("most", 0))), self.looks.grid * PITCH, look.border_width, look.border or look.colour,
                                **self._where(look, inset)))
        elif _holds_text(node):
            self._text(node, look, inset, out)
        else:
            self._container(node, look, inset, out)

    def _where(self, look: Look, inset: Inset) -> dict:
        indent = look.indent
        return {"left": inset.left + indent, "right": inset.right, "rtl": look.rtl, "boxes": inset.boxes, "groups": inset.groups,
                "before": look.before, "after": look.after, "push": look.push, "at": look.at, "until": look.until}

    def _container(self, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
        first = len(out)
        groups = (*inset.groups, next(self._groups)) if look.keep else inset.groups
        groups = (*groups, -1 - next(self._groups)) if "keep" in node.attributes else groups
        boxed = bool(look.background or look.border or look.stripe) or look.pad_top or look.pad_side or look.pad_bottom
        boxed = boxed and node.name not in ("td", "th", "panel", "story")  # these lay their own ground
        here = Inset(inset.left + look.indent, inset.right, inset.boxes, groups)
        if boxed:
            box = Box(look, inset.left + look.indent, inset.right)
            here = Inset(here.left + look.pad_side, here.right + look.pad_side, (*inset.boxes, box), groups)
            edge = {"left": here.left, "right": here.right, "boxes": here.boxes, "groups": groups}
            out.append(EdgeLeaf(node.place, look.pad_top, True, before=look.before, **edge))
        if is_beside(node, look):
            out += beside(node, look, here, self.apart, self.leaflet.pictures, self.problems)
        elif look.columns > 1:
            inner = self._new()
            for kid in node.kids:
                self._block(kid, look, Inset(), inner.leaves, None)
            out.append(Columns(node.place, inner, look.columns, look.gap, left=here.left, right=here.right,
                               rtl=look.rtl, boxes=here.boxes, groups=groups, **spaces([inner])))
        else:
            for kid, following in zip(node.kids, (*node.kids[1:], None)):
                self._block(kid, look, here, out, None)
                if following is not None and leads(kid, following) and out:
                    out[-1].penalty = NEVER
            if node.name == "h1":
                like_sized(out[first:])
        if boxed:
            out[-1].penalty = NEVER
            out.append(EdgeLeaf(node.place, look.pad_bottom, False, after=look.after, **edge))
        if len(out) == first:
            return
        if not boxed:
            out[first].before = max(out[first].before, look.before)
            out[-1].after = max(out[-1].after, look.after)
        if look.push:
            out[first].push = True
        out[first].at = look.at if look.at is not None else out[first].at
        if out[-1].penalty < NEVER:
            out[-1].penalty = 4.0 if node.name in ("section", "aside", "figure") else out[-1].penalty
        if look.keep_next:
            out[-1].penalty = NEVER
        out[first].panel = node.attributes.get("start", out[first].panel)
        if node.attributes.get("break"):
            self.fresh.append((node, begin_afresh(out, first)))

    def apart(self, node: Node, parent: Look) -> Flow:
        flow = self._new()
        self._block(node, parent, Inset(), flow.leaves, None)
        return flow

    def _text(self, node: Node, look: Look, inset: Inset, out: list[Leaf], **label) -> None:
        if look.disc:
            disc = DiscLeaf(node.place, self.paragraph(node, look), look, **self._where(look, inset))
            disc.node, disc.penalty = node, NEVER
            disc.origins = node.origins and node.origins.get("")
            out.append(disc)
            return
        boxed = (look.background or look.border or look.pad_top or look.pad_side) and node.name not in ("td", "th", "li", "dd")
        if boxed:  # a paragraph or heading with a ground or border of its own
            box = Box(look, inset.left + look.indent, inset.right)
            inset = Inset(inset.left + look.pad_side, inset.right + look.pad_side, (*inset.boxes, box), inset.groups)
            edge = {"left": inset.left, "right": inset.right, "boxes": inset.boxes, "groups": inset.groups}
            out.append(EdgeLeaf(node.place, look.pad_top, True, before=look.before, **edge))
        heading = node.name in HEADINGS
        where = self._where(look, inset)
        if boxed:
            where["before"] = where["after"] = 0.0
            where["at"] = where["until"] = None
        leaf = TextLeaf(node.place, self.paragraph(node, look), look, heading=heading, **label, **where)
        leaf.node = node
        leaf.origins = node.origins and node.origins.get("")
        leaf.snap = node.name == "p" and not inset.boxes and abs(look.leading - self.looks.grid) < 0.01
        leaf.penalty = NEVER if heading or look.keep_next else 15.0
        if look.points or look.fit:
            leaf.refit = lambda size: self._smaller(node, look, size)
        if look.fit:
            leaf.siblings = [leaf]
        out.append(leaf)
        if boxed:
            leaf.penalty = NEVER
            out.append(EdgeLeaf(node.place, look.pad_bottom, False, after=look.after, **edge))
            out[-1].penalty = NEVER if look.keep_next else out[-1].penalty

    def _smaller(self, node: Node, look: Look, size: float) -> tuple[Paragraph, Look]:
        size = max(size, min(self.looks.body, look.size))
        smaller = replace(look, size=size, leading=look.leading * size / look.size)
        return self.paragraph(node, smaller), smaller

    def _list(self, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
        groups = (*inset.groups, next(self._groups)) if look.keep else inset.groups
        first, gap = len(out), self.looks.body * 0.5
        looks = [self.looks.of(item, look) for item in node.kids]
        labels = self._labels_of(node, look, looks)
        widest = max((label.natural_width() for label in labels if label is not None), default=0.0)
        indent = max(look.indent, widest + gap) if any("label" in item.attributes for item in node.kids) else look.indent
        for item, item_look, label in zip(node.kids, looks, labels):
            side = turned(inset, look, item_look)
            here = Inset(side.left + indent, side.right, inset.boxes, groups)
            at = len(out)
            if _holds_text(item):
                self._text(item, item_look, here, out, label=label, label_gap=gap)
            else:
                self._container(item, item_look, here, out)
                for leaf in out[at:]:
                    if isinstance(leaf, TextLeaf) and leaf.label is None:
                        leaf.label, leaf.label_gap = label, gap
                        break
                else:
                    if label is not None:  # no line of text to stand before
                        empty = Paragraph([Span("", item_look.font, False, False, item_look.size, item_look.colour, None)], *self._manner(item_look))
                        alone = TextLeaf(item.place, empty, item_look, label=label, label_gap=gap,
                                         left=here.left, right=here.right, rtl=item_look.rtl, boxes=here.boxes, groups=here.groups)
                        alone.penalty = NEVER
                        out.insert(at, alone)
            if label is not None and look.marker == "badge":
                for leaf in out[at:]:
                    if isinstance(leaf, TextLeaf) and leaf.label is label:
                        leaf.badge = look.marker_colour or self.looks.own("dark", item_look.colour)
            if out[at:] and out[-1].penalty < NEVER:
                out[-1].penalty = 20.0
        if out[first:]:
            out[first].before = max(out[first].before, look.before)
            out[-1].after = max(out[-1].after, look.after)
            out[-1].penalty = 12.0 if out[-1].penalty < NEVER else out[-1].penalty

    def _labels_of(self, node: Node, look: Look, looks: list[Look]) -> list[Paragraph | None]:
        """What stands before each item of a list: what its author typed, else its number or bullet; None: nothing."""
        begin = int(node.attributes.get("start", 1))
        marker = look.marker or ("number" if node.name == "ol" else "bullet")
        out: list[Paragraph | None] = []
        for number, (item, item_look) in enumerate(zip(node.kids, looks), begin):
            text = item.attributes.get("label") or self._marker(marker, number, item_look)
            if not text:
                self.tree.unlabelled(node, item)
                out.append(None)
                continue
            out.append(Paragraph([self._label(text, marker, look, item_look, item)], *self._manner(item_look)))
            self.problems += out[-1].problems
        return out

    def _marker(self, marker: str, number: int, look: Look) -> str:
        figure = self.numeral(number, look)
        return {"number": f"{figure}.", "badge": figure, "square": "▪", "none": ""}.get(marker, "•")

    def _label(self, text: str, marker: str, look: Look, own: Look, item: Node) -> Span:
        """The bullet or number of an item; a badge's stands on a disc."""
        badge = marker == "badge"
        square = marker == "square" and text == "▪"  # the sign is small, and large it stands too high
        size = own.size * (0.85 if badge and len(text) > 1 else 1.7 if square else 1.0)
        colour = self.looks.own("paper", "#ffffff") if badge else look.marker_colour or own.colour
        return Span(text, own.font, own.bold or badge or marker == "number", False, size, colour, self.tree.labels.get(id(item)),
                    rise=-0.36 * own.size if square else 0.0, place=item.place)

    def _picture(self, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
        picture = self.leaflet.pictures[node.attributes["src"]]
        leaf = PictureLeaf(node.place, picture, node.attributes.get("width"), self.tree.elems.get(id(node)),
                           **self._where(look, inset))
        leaf.align = look.align
        leaf.problems = self.problems
        if isinstance(picture, Drawing):
            words = dict(item.split("=", 1) for item in node.attributes.get("labels", "").split("\n") if item)
            leaf.say(words, node.place, look, lambda name: self._ink(name, node), self._manner(look), node.origins or {})
        out.append(leaf)

    def _views(self, node: Node, look: Look, inset: Inset) -> ViewsLeaf | KeysLeaf | None:
        return leaf_of(node, self.leaflet.pictures[node.attributes["src"]], self.tree.elems.get(id(node)), look,
                       lambda name: self._ink(name, node), self._manner(look), self.problems, self._told, **self._where(look, inset))

    def _ink(self, name: str, node: Node) -> str:
        try:
            return self.looks.colour(name)
        except KeyError:
            self.problems.append(Problem(node.place, f"the drawing uses the colour '{name}', which the theme does not have"))
            return "#000000"

    # ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _table(self, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
        groups = (*inset.groups, next(self._groups)) if look.keep else inset.groups
        inset = Inset(inset.left, inset.right, inset.boxes, groups)
        first = len(out)
        for part in node.kids:
            if part.name == "caption":
                self._text(part, self.looks.of(part, look), inset, out)
                out[-1].penalty = NEVER
        again = (lambda row: self._again(row, node.attributes["continued"])) if node.attributes.get("continued") else None
        leaf = TableLeaf(node.place, lambda form: self._rows(node, look, form), "compare" in node.classes,
                         look.gap if look.spaced else 0.0, again, **self._where(look, inset))
        leaf.node = node
        leaf.sight = next((self._views(one, self.looks.of(one, look), inset) for one in pictures_in(node)), None)
        out.append(leaf)
        out[first].before = max(out[first].before, look.before)

    def _rows(self, table: Node, look: Look, form: str) -> tuple[list[TableRow], list[TableRow]]:
        """Heading rows and body rows of a table, looking as they do in one of its forms."""
        head: list[TableRow] = []
        body: list[TableRow] = []
        for part in table.kids:
            if part.name in ("caption", "img"):
                continue
            part_look = self.looks.of(part, look, form)
            rows = head if part.name == "thead" else body
            for tr in part.kids:
                row_look = self.looks.of(tr, part_look, form)
                cells = [self._cell(cell, row_look, form) for cell in tr.kids]
                rows.append(TableRow(cells, row_look, part.name == "tbody" and len(cells) == 1 and cells[0].colspan > 1))
            reach_down(rows)
        return head, body

    def _again(self, row: TableRow, word: str) -> Flow:
        """A group's heading with a word that says that it goes on; it is not read again."""
        flow, shown = self._new(), row.cells[0].flow.leaves[0]
        look = shown.look
        spans = [replace(span, elem=None, link=None, href=None) for span in shown.paragraph.spans]
        spans.append(Span(f" · {word}", look.font, False, False, look.size, self.looks.own("muted", look.colour), None))
        flow.leaves.append(TextLeaf(shown.place, Paragraph(spans, *self._manner(look)), look, rtl=look.rtl))
        return flow

    def _cell(self, node: Node, parent: Look, form: str = "") -> TableCell:
        look = self.looks.of(node, parent, form)
        flow = self._new()
        if node.kids:
            if _holds_text(node):
                self._text(node, look, Inset(), flow.leaves)
            else:
                for kid in node.kids:
                    self._block(kid, look, Inset(), flow.leaves, None)
            for leaf in flow.leaves:
                leaf.snap = False
        return TableCell(flow, look, int(node.attributes.get("colspan", 1)), not flow.leaves, int(node.attributes.get("rowspan", 1)))

    # ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _manner(self, look: Look) -> tuple[Fonts, str, str]:
        """What a Paragraph takes besides its spans."""
        return self.fonts, look.language, "rtl" if look.rtl else "ltr"

    def paragraph(self, node: Node, look: Look) -> Paragraph:
        """The text of a node in a look; its words are measured once for all sizes."""
        spans, numbered = self.spans(node, look)
        if not numbered and (known := self.tree.paragraphs.get(id(node))) is not None:
            return known.resized(spans)
        paragraph = Paragraph(spans, *self._manner(look), self.leaflet.terms if node.name in TITLES else ())
        self.problems += paragraph.problems
        if not numbered:  # a footer's page numbers are others on every page
            self.tree.paragraphs[id(node)] = paragraph
        return paragraph

    def spans(self, node: Node, look: Look) -> tuple[list[Span], bool]:
        """The text of a node in a look, as spans; whether the number of a page is among it."""
        spans: list[Span] = []
        looks, last, numbered, bits = self.looks, look, False, self.tree.bits[id(node)]
        for bit in bits:
            lk = look
            for inline in bit.chain:
                lk = looks.of(inline, lk)
            if bit.object is not None and bit.object.name == "sign":
                spans.append(Inline("", lk.font, lk.bold, lk.italic, lk.size, lk.colour, None, box=lk.size * (SIGN if len(bits) > 1 else 1),
                                    place=bit.place, sign=bit.object.attributes["name"], turned=look.rtl))
                continue
            text = bit.text
            if bit.object is not None:
                numbered = True
                text = self.numeral(self.numbers[0 if bit.object.name == "page" else 1], look)
            elif looks.theme.hyphenate and node.name not in HEADINGS:
                text = hyphenated(text, bit.language or look.language)
            if text.isspace() and spans and spans[-1].box is None:
                lk = last  # set like the word before it: readers of PDF drop a space that is shown by itself
            spans.append(Span(text, lk.font, lk.bold, lk.italic, lk.size, lk.colour, bit.leaf, bit.href, bit.language,
                              0.0, bit.place, None, bit.link))
            last = lk
        return spans, numbered
