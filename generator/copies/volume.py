"""Many copies in one PDF for the printer: a volume.

What all copies of a master share (fonts, pictures, what does not change on a page) is in the file once. Each copy has
its own pages, structure elements and links, which differ from copy to copy in nothing but the numbers of objects. So
these numbers are 100·C + n, where C has as many digits for every copy: a copy's objects are a template (an object
stream) in which the digits of C are put in by `replace`, 5 µs in place of the 90 µs that formatting the objects would
take. (From n = 100 on, the digits are those of C + 1, and so on: each copy has as many C as hundreds of objects.)

    volume = Volume(sink, count, hundreds)
    volume.add(master, values)     … as often as `room` allows
    volume.close()                 the page tree, the structure tree's root, a bookmark for each copy
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from hashlib import md5

from ..draw.document import HEADER, packed
from ..draw.slots import attributes
from .master import Foreign, Master, Numbered
from .pattern import Pattern

MOST_OBJECTS = 8_388_607
"""Of a PDF/A file (ISO 19005-2, 6.1.13)."""
CATALOG, INFO, PAGES, ROOT, DOCUMENT, PARENTS, OUTLINES, FREE = range(1, 9)
"""Numbers of the objects that every volume has; FREE: the first of the others."""
OWNER = b"\xff\xfe\xfd\xfc"
"""What stands in a template's rows where the number of its object stream will be."""
SHARED = 100
"""More objects than copies of a master share, the bookmark of each copy not counted."""
KEYS = 3
"""Digits of a copy's own numbers in the parent tree."""
_REF = re.compile(rb"\((?:[^()\\]|\\.)*\)|\b(\d+) 0 R\b", re.DOTALL)
_KEY = re.compile(rb"\((?:[^()\\]|\\.)*\)|(/StructParents? )(\d+)", re.DOTALL)
_WIDTH = 4
"""Bytes of an offset: volumes are smaller than 4 GB."""


def _mapped(body: bytes, change: Callable[[int], bytes]) -> bytes:
    """A body with other references; what looks like one within a text string stays."""
    return _REF.sub(lambda found: change(int(found[1])) if found[1] else found[0], body)


def _refs(body: bytes) -> list[int]:
    return [int(found[1]) for found in _REF.finditer(body) if found[1]]


class Template:
    """The objects that each copy of a master has of its own."""

    def __init__(self, master: Master, duplex: bool = True) -> None:
        """duplex: a copy with an odd number of pages gets an empty one, so that the next begins on a front side."""
        self.master, drawn = master, master.drawn
        bodies = drawn.objects | dict(drawn.elements.values())
        self.bodies = bodies
        root = _refs(bodies[drawn.tree][bodies[drawn.tree].index(b"/P ") :])[0]
        parents = int(bodies[root].split(b"/ParentTree ", 1)[1].split(b" ", 1)[0])
        page_tree = int(bodies[drawn.pages[0]].split(b"/Parent ", 1)[1].split(b" ", 1)[0])
        edge = {root, page_tree, drawn.resources, *drawn.pages}
        own, todo = list(drawn.pages), [drawn.tree]
        for page in drawn.pages:
            found = re.search(rb"/Annots\[([^\]]*)\]", bodies[page])
            todo += _refs(found[1]) if found else []
        seen = set(own)
        while todo:
            number = todo.pop()
            if number in seen or number in edge or bodies[number].endswith(b"endstream"):
                continue
            seen.add(number)
            own.append(number)
            todo += _refs(bodies[number])
        slots = [number for number, _ in drawn.elements.values()]
        own = [number for number in own if number not in slots] + slots  # those whose bodies may change stand last
        self.streams = list(drawn.streams)
        place = {number: at for at, number in enumerate(self.streams, 1)}
        self.first_plain = len(self.streams) + 1
        place |= {number: at for at, number in enumerate(own, self.first_plain)}
        extra = self.first_plain + len(own)
        self.node, self.parents, self.blank = extra, extra + 1, extra + 2
        odd = duplex and len(drawn.pages) % 2 == 1
        self.count = extra + (3 if odd else 2)
        """Objects of a copy."""
        self.tree = place[drawn.tree]
        self.page = place[drawn.pages[0]]
        self.keys = max(int(found[2]) for number in own for found in _KEY.finditer(bodies[number]) if found[1]) + 1
        self.own, self.place, self.root, self._edge = own, place, root, edge
        self.page_tree, self.old_parents, self.slots, self.odd = page_tree, parents, slots, odd

    def shared(self) -> list[int]:
        """The master's objects that its copies share, its resources first; then those that describe the file."""
        drawn = self.master.drawn
        found, todo = [drawn.resources], _refs(drawn.resource_body)
        for page in drawn.pages:
            todo += [one for one in _refs(self.bodies[page]) if one not in self.place and one not in self._edge]
        while todo:
            number = todo.pop()
            if number not in found and number != self.page_tree:
                found.append(number)
                todo += _refs(self.bodies[number]) if not self.bodies[number].endswith(b"endstream") else _refs(
                    self.bodies[number].split(b"stream\n", 1)[0])
        return found

    @property
    def hundreds(self) -> int:
        """Hundreds of numbers that a copy needs."""
        return -(-self.count // 100)

    def _ref(self, at: int) -> bytes:
        return b"%b%02d" % (self._marks[at // 100], at % 100)

    def make(self, width: int, hundreds: int, numbers: Mapping[int, int]) -> None:
        """Make the template for a volume in which C has `width` digits. numbers: of the shared objects."""
        self._marks = [bytes(range(first, first + width)) for first in range(128, 128 + 8 * hundreds, 8)]
        """What stands where C, C + 1, … will be."""

        def change(number: int) -> bytes:
            if number in self.place:
                return self._ref(self.place[number]) + b" 0 R"
            if number == self.page_tree:
                return self._ref(self.node) + b" 0 R"
            return b"%d 0 R" % (DOCUMENT if number == self.root else numbers[number])

        def keyed(found: re.Match[bytes]) -> bytes:
            return b"%b%b%0*d" % (found[1], self._marks[0], KEYS, int(found[2])) if found[1] else found[0]

        drawn, rows = self.master.drawn, {}
        for number in self.own:
            body = _KEY.sub(keyed, _mapped(self.bodies[number], change))
            rows[self.place[number]] = body.replace(b"/S/Document", b"/S/Part", 1) if number == drawn.tree else body
        kids = [change(page) for page in drawn.pages]
        if self.odd:
            box = re.search(rb"/MediaBox\[[^\]]*\]", self.bodies[drawn.pages[-1]])[0]
            rows[self.blank] = b"<</Type/Page/Parent %b%b/Resources<<>>/Tabs/S>>" % (change(self.page_tree), box)
            kids.append(self._ref(self.blank) + b" 0 R")
        rows[self.node] = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (PAGES, len(kids), b" ".join(kids))
        nums, key = [], self._marks[0]
        old = self.bodies[self.old_parents].split(b"/Nums[", 1)[1]
        for at, owners in re.findall(rb"(\d+)(\[[^\]]*\]| \d+ 0 R)", old):
            nums.append(b"%b%0*d%b" % (key, KEYS, int(at), _mapped(owners, change)))
        limits = b"%b%0*d %b%0*d" % (key, KEYS, 0, key, KEYS, self.keys - 1)
        rows[self.parents] = b"<</Limits[%b]/Nums[%b]>>" % (limits, b" ".join(nums))
        first = dict.fromkeys([self.first_plain, *range(100, self.count, 100)])  # so each mark is met at once
        self._bodies = {at: rows[at] for at in [*first, *(at for at in rows if at not in first)]}
        order = list(self._bodies)
        self.usual = self._pattern({})
        self.rows = b"".join([b"\2%b%b" % (OWNER, order.index(at).to_bytes(2, "big"))
                              for at in range(self.first_plain, self.count)])
        """Of the cross-reference: the objects that are in the object stream."""

    def _pattern(self, said: Mapping[int, bytes]) -> tuple[Pattern, int]:
        """The object stream's data, and where its first object begins. said: number of an element in the
        master → what it says of its words."""
        bodies = dict(self._bodies)
        for number, words in said.items():
            bodies[self.place[number]] = bodies[self.place[number]][:-2] + words + b">>"
        head, offset, seen = b" ", 0, 0  # the space: zlib never points back at the very first byte
        for at, body in bodies.items():
            head += b"%b %d " % (self._ref(at), offset)
            offset += len(body) + 1
            if seen < self.hundreds:
                seen, begin = seen + 1, len(head)
        return Pattern(head + b" ".join(bodies.values()), self._marks[: self.hundreds], begin), len(head)

    def packed(self, c: int, said: Mapping[int, bytes]) -> tuple[bytes, int]:
        """The object stream of a copy, and where its first object begins."""
        pattern, first = self._pattern(said) if said else self.usual
        return pattern.packed([b"%d" % (c + at) for at in range(self.hundreds)]), first


class Volume:
    """A PDF of many copies in the making."""

    def __init__(self, sink: Callable[[bytes], object], count: int, hundreds: int, masters: int = 1,
                 number: int = 1) -> None:
        """sink: takes the file's bytes, piece by piece. count: of copies. hundreds: the most that a master's template
        needs. masters: how many there will be. number: bookmark of the first copy."""
        self.sink, self.number, self.hundreds = sink, number, hundreds
        self.width = 1
        while 9 * 10 ** (self.width - 1) < count * hundreds or 10 ** (self.width + 1) < count + SHARED * (masters + 2):
            self.width += 1
        self.begin = 10 ** (self.width - 1)
        """C of the first copy. Numbers of objects stay small, for readers that doubt large ones in small files
        (qpdf)."""
        if (self.begin + count * hundreds) * 100 > MOST_OBJECTS:
            raise ValueError("more objects than a PDF/A may have")
        self.copies: list[tuple[int, Template]] = []
        self._known: dict[int, tuple[Template, dict[int, int], Foreign]] = {}
        self._next, self._offset = FREE, 0
        self._places: dict[int, bytes] = {}
        self._plain: list[tuple[int, bytes]] = []
        self._digest = md5(usedforsecurity=False)
        self._rows: list[bytes] = []
        self._index: list[bytes] = []
        self._put(HEADER)

    def _put(self, data: bytes) -> None:
        self._digest.update(data)
        self.sink(data)
        self._offset += len(data)

    def _object(self, number: int, body: bytes) -> None:
        self._places[number] = b"\1%b\0\0" % self._offset.to_bytes(_WIDTH, "big")
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _meet(self, master: Master) -> tuple[Template, dict[int, int], Foreign]:
        """A master at its first copy: what its copies share goes into the file."""
        template = Template(master)
        if template.hundreds > self.hundreds:
            raise ValueError("this master needs more numbers than its volume gives")
        numbers: dict[int, int] = {}
        first = not self._known
        shared = template.shared()
        if first:
            self._describe(template, numbers)
        for number in shared:
            numbers.setdefault(number, self._next)
            self._next = max(self._next, numbers[number] + 1)
        for number in shared[1:]:
            self._shared(master.drawn.objects[number], number, numbers)
        template.make(self.width, self.hundreds, numbers)
        self._known[id(master)] = template, numbers, Foreign()
        return self._known[id(master)]

    def _shared(self, body: bytes, number: int, numbers: Mapping[int, int]) -> None:
        head, mark, data = body.partition(b"stream\n") if body.endswith(b"endstream") else (body, b"", b"")
        head = _mapped(head, lambda one: b"%d 0 R" % numbers[one])
        if mark:
            self._object(numbers[number], head + mark + data)
        else:
            self._plain.append((numbers[number], head))

    def _describe(self, template: Template, numbers: dict[int, int]) -> None:
        """The catalog, as that of the first master, and what it names."""
        drawn, bodies = template.master.drawn, template.bodies
        catalog = re.sub(rb"/Outlines \d+ 0 R", b"", bodies[drawn.root])
        named = [one for one in _refs(catalog) if one not in (template.root, template.page_tree)]
        for number in named:
            numbers[number] = self._next
            self._next += 1
            for one in _refs(bodies[number].split(b"stream\n", 1)[0]):
                raise AssertionError(f"the catalog's object {number} names {one}")
            self._shared(bodies[number], number, numbers)
        numbers |= {template.root: ROOT, template.page_tree: PAGES}
        catalog = _mapped(catalog, lambda one: b"%d 0 R" % numbers[one]).rstrip()
        self._plain += [(CATALOG, catalog[:-2] + b"/Outlines %d 0 R>>" % OUTLINES), (INFO, bodies[drawn.info])]
        self._language = re.search(rb"/Lang\s*(\((?:[^()\\]|\\.)*\)|<[^>]*>)", catalog)[1]
        del numbers[template.root], numbers[template.page_tree]

    def add(self, master: Master, values: Mapping[str, str]) -> None:
        """One more copy."""
        template, _, fonts = self._known.get(id(master)) or self._meet(master)
        drawn = master.drawn
        c = self.begin + len(self.copies) * self.hundreds
        made = master.fill(values, fonts)
        changed = {}
        for hole, one in zip(master.holes, made):
            if (one.language or one.turned) and id(hole.elem) in drawn.elements:
                number = drawn.elements[id(hole.elem)][0]
                changed[number] = attributes(one, master.shown(hole.slot.name, values[hole.slot.name]))
        data, first = template.packed(c, changed)
        base = c * 100
        offset = self._offset
        rows = [b"\1", offset.to_bytes(_WIDTH, "big"), b"\0\0"]
        out = [b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n"
               % (base, template.count - template.first_plain, first, len(data), data)]
        offset += len(out[0])
        for at, number in enumerate(template.streams, base + 1):
            body = master.stream(number, made)
            rows += [b"\1", offset.to_bytes(_WIDTH, "big"), b"\0\0"]
            out.append(b"%d 0 obj\n%b\nendobj\n" % (at, body))
            offset += len(out[-1])
        rows.append(template.rows.replace(OWNER, base.to_bytes(4, "big")))
        self._put(b"".join(out))
        self._rows.append(b"".join(rows))
        self._index.append(b"%d %d" % (base, template.count))
        self.copies.append((c, template))

    def close(self) -> None:
        """What stands at the end of the file."""
        plain = self._plain
        for template, numbers, fonts in self._known.values():
            master = template.master
            body = _mapped(master.drawn.resource_body, lambda one, numbers=numbers: b"%d 0 R" % numbers[one])
            if fonts:
                document = Numbered(self._next)
                named = b"".join(b"/%b %b" % (font.name, font.write(document).encode()) for font in fonts.values())
                body = body.replace(b"/Font<<", b"/Font<<" + named, 1)
                for number, one in document.made():
                    self._next = number + 1
                    if one.endswith(b"endstream"):
                        self._object(number, one)
                    else:
                        plain.append((number, one))
            plain.append((numbers[master.drawn.resources], body))
        refs = {"node": [], "tree": [], "parents": [], "page": []}
        for c, template in self.copies:
            for name, found in refs.items():
                found.append(b"%d 0 R" % (c * 100 + getattr(template, name)))
        pages = sum(len(template.master.drawn.pages) + template.odd for _, template in self.copies)
        plain.append((PAGES, b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, b" ".join(refs["node"]))))
        plain.append((ROOT, b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
                      % (DOCUMENT, PARENTS, (self.copies[-1][0] + 1) * 10**KEYS)))
        parts = b" ".join(refs["tree"])
        plain.append((DOCUMENT, b"<</S/Document/P %d 0 R/K[%b]/Lang%b>>" % (ROOT, parts, self._language)))
        plain.append((PARENTS, b"<</Kids[%b]>>" % b" ".join(refs["parents"])))
        first, count = self._next, len(self.copies)
        ends = first, first + count - 1, count
        plain.append((OUTLINES, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends))
        for at, page in enumerate(refs["page"]):
            links = b"/Prev %d 0 R" % (first + at - 1) if at else b""
            links += b"/Next %d 0 R" % (first + at + 1) if at + 1 < count else b""
            entry = self.number + at, OUTLINES, links, page
            plain.append((first + at, b"<</Title(%d)/Parent %d 0 R%b/Dest[%b/Fit]>>" % entry))
        packer = first + count
        if packer + 1 >= self.begin * 100:
            raise AssertionError(f"{packer + 1} shared objects, and copies begin at {self.begin * 100}")
        for index, (number, _) in enumerate(plain):
            self._places[number] = b"\2%b%b" % (packer.to_bytes(4, "big"), index.to_bytes(2, "big"))
        self._object(packer, packed(plain))
        name = self._digest.hexdigest().encode()
        place = self._offset
        xref = packer + 1
        self._places[xref] = b"\1%b\0\0" % place.to_bytes(_WIDTH, "big")
        rows = [b"\0\0\0\0\0\xff\xff", *(self._places[number] for number in range(1, xref + 1)), *self._rows]
        data = zlib.compress(b"".join(rows), 1)
        index = b" ".join([b"0 %d" % (xref + 1), *self._index])
        size = self.copies[-1][0] * 100 + self.copies[-1][1].count
        self._put(
            b"%d 0 obj\n<</Type/XRef/Size %d/Index[%b]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/W[1 %d 2]"
            b"/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (xref, size, index, CATALOG, INFO, name, name, _WIDTH, len(data), data, place)
        )
