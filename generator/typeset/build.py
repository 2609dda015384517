"""The story → a Flow of leaves at one body size: styles resolved, words shaped, boxes and insets known."""

from __future__ import annotations

import itertools

from ..model.picture import Drawing
from ..model.problem import Problem
from ..model.record import replace
from ..model.story import HEADINGS, Leaflet, Node
from ..text.fonts import Fonts
from ..text.paragraph import Paragraph
from ..text.span import Span
from .artwork import ground_art
from .beside import begin_afresh, beside, is_beside
from .code import CodeLeaf
from .flow import NEVER, Box, EdgeLeaf, Flow, Leaf, TextLeaf
from .grounds import DiscLeaf, GroundLeaf
from .growth import Growing
from .inset import Inset, leads, like_sized, spaces, turned
from .keys import KeysLeaf
from .lists import set_list, set_note
from .look import Look, Looks
from .narrow import TableCell, TableRow, reach_down
from .pictures import PictureLeaf
from .rows import Columns
from .ruled import RuleLeaf
from .slots import SlotLeaf
from .spans import spans_of
from .table import TableLeaf
from .terms import set_terms
from .tree import Tree, _holds_text, pictures_in
from .views import ViewsLeaf, leaf_of

PARTED = 120.0
"""Penalty of a break between questions that have their answers beside them: where there is no room for all on one
page."""
PITCH = 1.55
"""Distance of lines to write on, in grid units."""
TITLES = (*HEADINGS, "line", "caption")  # they part no term


class Builder:
    """Makes flows of a leaflet at one body size."""

    def __init__(self, leaflet: Leaflet, tree: Tree, looks: Looks, fonts: Fonts, moves: bool = True) -> None:
        """moves: blocks with on=PANEL go there; false: they stay where they are read."""
        self.leaflet, self.tree, self.looks, self.fonts, self.moves = leaflet, tree, looks, fonts, moves
        self.problems: list[Problem] = []
        self.numbers: tuple[int, int] = (0, 0)
        """What <page> and <pages> say at the moment."""
        self.section = ""
        """What <running> says."""
        self._groups = itertools.count()
        self._parted: set[int] = set()
        self._flows: list[Flow] = []
        self.elsewhere: dict[str, Flow] = {}
        """Panel → what the template puts at its head from another part (on=PANEL)."""
        self._told: set[tuple] = set()
        """Keys of drawings that stand on a page already."""
        self.growing: list[Growing] = []
        """Blocks whose type may be larger where there is room, those that are smaller than the rest first."""
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
        self._flows.append(flow := Flow(parted=self._parted))
        return flow

    def let_go(self) -> None:
        """The pages are painted: leaves and their pieces, which hold each other, part, so that their memory is free at
        once."""
        for leaf in itertools.chain.from_iterable(flow.leaves for flow in self._flows):
            leaf.let_go()
        self.growing.clear()

    # ── blocks ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _block(self, node: Node, parent: Look, inset: Inset, out: list[Leaf], marker: str | None) -> None:
        look = self.looks.of(node, parent)
        inset = turned(inset, parent, look)
        name = node.name
        if name in ("ul", "ol"):
            set_list(self, node, look, inset, out)
        elif name == "note":
            set_note(self, node, look, inset, out)
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
            out.append(GroundLeaf(node.place, look, self._ink("paper", node)))
            if isinstance(picture, Drawing):
                views = node.attributes.get("views", "")
                out[-1].art = lambda box, free: ground_art(
                    picture, views, look, lambda name: self._ink(name, node), box, free
                )
        elif name == "hr":
            out.append(
                RuleLeaf(
                    node.place, 1, 1, 0.0, look.border_width, look.border or look.colour, **self._where(look, inset)
                )
            )
            out[-1].part = look.widths[0] if look.widths else 1.0
        elif name == "lines":
            count = int(node.attributes.get("count", 4))
            out.append(
                RuleLeaf(
                    node.place, count, max(count, int(node.attributes.get("most", 0))), self.looks.grid * PITCH,
                    look.border_width, look.border or look.colour, **self._where(look, inset),
                )
            )
        elif _holds_text(node):
            self._text(node, look, inset, out)
        else:
            self._container(node, look, inset, out)

    def _where(self, look: Look, inset: Inset) -> dict:
        indent = look.indent
        return {
            "left": inset.left + indent, "right": inset.right, "rtl": look.rtl, "boxes": inset.boxes,
            "groups": inset.groups, "before": look.before, "after": look.after, "push": look.push, "at": look.at,
            "until": look.until,
        }

    def _container(self, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
        first = len(out)
        groups = (*inset.groups, next(self._groups)) if look.keep or look.keep_paragraphs else inset.groups
        if look.keep_paragraphs and not look.keep:
            self._parted.add(groups[-1])
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
            moved: list[Leaf] = []
            for kid, following in zip(node.kids, (*node.kids[1:], None)):
                if (panel := kid.attributes.get("on")) and (self.moves or kid.name == "line"):
                    moved += self._move(kid, look, panel)
                    continue
                self._block(kid, look, here, out, None)
                if following is not None and leads(kid, following) and out:
                    out[-1].penalty = NEVER
            if node.name == "h1":
                like_sized(out[first:] + moved)
        if boxed:
            out[-1].penalty = NEVER
            out.append(EdgeLeaf(node.place, look.pad_bottom, False, after=look.after, **edge))
        if len(out) == first:
            return
        if look.grows * self.looks.body > look.size:
            self._may_grow(node, look, inset, out[first:])
        if not boxed:
            out[first].before = max(out[first].before, look.before)
            out[-1].after = max(out[-1].after, look.after)
        if look.push:
            out[first].push = True
        out[first].at = look.at if look.at is not None else out[first].at
        if node.name in ("section", "aside", "figure"):
            if out[-1].penalty < NEVER:
                out[-1].penalty = 4.0
            elif look.widths and not boxed:
                out[-1].penalty = PARTED
        if look.keep_next:
            out[-1].penalty = NEVER
        out[first].panel = node.attributes.get("start", out[first].panel)
        if node.attributes.get("break"):
            self.fresh.append((node, begin_afresh(out, first)))

    def _may_grow(self, node: Node, look: Look, inset: Inset, leaves: list[Leaf]) -> None:
        """Remember a block whose type may be larger."""

        def again(size: float) -> Flow:
            flow, fresh = self._new(), len(self.fresh)
            larger = replace(look, size=size, leading=look.leading * size / look.size, grows=0.0)
            self._container(node, larger, inset, flow.leaves)
            del self.fresh[fresh:]
            return flow

        self.growing.append(Growing(leaves, look.size, look.grows * self.looks.body, again))
        self.growing.sort(key=lambda block: block.size)

    def _move(self, node: Node, parent: Look, panel: str) -> list[Leaf]:
        """Put a block at the head of another panel; returns its leaves."""
        if panel not in self.elsewhere:
            self.elsewhere[panel] = self._new()
        leaves = self.elsewhere[panel].leaves
        first = len(leaves)
        self._block(node, parent, Inset(), leaves, None)
        return leaves[first:]

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
        boxed = (look.background or look.border or look.pad_top or look.pad_side) and node.name not in (
            "td", "th", "dd",
        )
        if boxed:  # a paragraph or heading with a ground or border of its own
            box = Box(look, inset.left + look.indent, inset.right)
            inset = Inset(inset.left + look.pad_side, inset.right + look.pad_side, (*inset.boxes, box), inset.groups)
            edge = {"left": inset.left, "right": inset.right, "boxes": inset.boxes, "groups": inset.groups}
            out.append(EdgeLeaf(node.place, look.pad_top, True, before=look.before, **edge))
        heading = node.name in HEADINGS
        where = self._where(look, inset)
        hung = self._hung(node, look) if heading else None
        if hung is not None:  # its sign stands before all of its lines
            label, where["left"] = {"label": hung}, where["left"] + hung.natural_width()
        if boxed:
            where["before"] = where["after"] = 0.0
            where["at"] = where["until"] = None
        paragraph = self.paragraph(node, look, hung is not None)
        leaf = TextLeaf(node.place, paragraph, look, heading=heading, **label, **where)
        leaf.node = node
        leaf.origins = node.origins and node.origins.get("")
        leaf.snap = node.name == "p" and not inset.boxes and abs(look.leading - self.looks.grid) < 0.01
        leaf.penalty = NEVER if heading or look.keep_next else 15.0
        if look.points or look.fit:
            leaf.refit = lambda size: self._smaller(node, look, size, hung is not None)
        if look.fit:
            leaf.siblings = [leaf]
        out.append(leaf)
        if boxed:
            leaf.penalty = NEVER
            out.append(EdgeLeaf(node.place, look.pad_bottom, False, after=look.after, **edge))
            out[-1].penalty = NEVER if look.keep_next else out[-1].penalty

    def _smaller(self, node: Node, look: Look, size: float, hung: bool) -> tuple[Paragraph, Look]:
        size = max(size, min(self.looks.body, look.size))
        smaller = replace(look, size=size, leading=look.leading * size / look.size)
        return self.paragraph(node, smaller, hung), smaller

    def _picture(self, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
        picture = self.leaflet.pictures[node.attributes["src"]]
        leaf = PictureLeaf(node.place, picture, node.attributes.get("width"), self.tree.elems.get(id(node)),
                           **self._where(look, inset))
        leaf.align = look.align
        leaf.problems = self.problems
        if isinstance(picture, Drawing):
            words = dict(item.split("=", 1) for item in node.attributes.get("labels", "").split("\n") if item)
            leaf.say(
                words, node.place, look, lambda name: self._ink(name, node), self._manner(look), node.origins or {}
            )
        out.append(leaf)

    def _views(self, node: Node, look: Look, inset: Inset) -> ViewsLeaf | KeysLeaf | None:
        return leaf_of(
            node, self.leaflet.pictures[node.attributes["src"]], self.tree.elems.get(id(node)), look,
            lambda name: self._ink(name, node), self._manner(look), self.problems, self._told,
            **self._where(look, inset),
        )

    def _ink(self, name: str, node: Node) -> str:
        try:
            return self.looks.colour(name)
        except KeyError:
            self.problems.append(
                Problem(node.place, f"the drawing uses the colour '{name}', which the theme does not have")
            )
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
        again = (
            (lambda row: self._again(row, node.attributes["continued"])) if node.attributes.get("continued") else None
        )
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
                rows.append(
                    TableRow(cells, row_look, part.name == "tbody" and len(cells) == 1 and cells[0].colspan > 1)
                )
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
        return TableCell(
            flow, look, int(node.attributes.get("colspan", 1)), not flow.leaves, int(node.attributes.get("rowspan", 1))
        )

    # ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _manner(self, look: Look) -> tuple[Fonts, str, str]:
        """What a Paragraph takes besides its spans."""
        return self.fonts, look.language, "rtl" if look.rtl else "ltr"

    def _hung(self, node: Node, look: Look) -> Paragraph | None:
        """The drawn sign that a heading begins with."""
        bits = self.tree.bits[id(node)]
        if len(bits) < 2 or bits[0].object is None or bits[0].object.name != "sign":
            return None
        return Paragraph(spans_of(self, node, look)[0][:1], *self._manner(look))

    def paragraph(self, node: Node, look: Look, hung: bool = False) -> Paragraph:
        """The text of a node in a look; its words are measured once for all sizes. hung: without the sign that it
        begins with."""
        spans, numbered = spans_of(self, node, look)
        spans = spans[1:] if hung else spans
        if not numbered and (known := self.tree.paragraphs.get(id(node))) is not None:
            return known.resized(spans)
        paragraph = Paragraph(spans, *self._manner(look), self.leaflet.terms if node.name in TITLES else ())
        self.problems += paragraph.problems
        if not numbered:  # a footer's page numbers are others on every page
            self.tree.paragraphs[id(node)] = paragraph
        return paragraph
