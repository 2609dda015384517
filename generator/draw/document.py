"""PDF objects into a file: object streams, a cross-reference stream, and an /ID made from the content."""

from __future__ import annotations

import importlib.util
import sys
import threading
import zlib
from collections.abc import Iterator
from hashlib import md5
from types import ModuleType

import PIL


class _Later(ModuleType):
    """A module that is loaded when something of it is first used. The standard library's LazyLoader does so, too, but
    in Python 3.11 shows one thread half a module while another loads it."""

    def __getattribute__(self, name: str):
        with _loading:
            if not _begun:
                _begun.append(self)  # what it asks of itself while it is loaded goes past this
                ModuleType.__getattribute__(self, "__spec__").loader.exec_module(self)
                self.__class__ = ModuleType
        return ModuleType.__getattribute__(self, name)


_loading = threading.RLock()
_begun: list[ModuleType] = []


def _later(package, name: str) -> None:
    """Let a module of a package be loaded when something of it is first used, whoever has imported it before."""
    full = f"{package.__name__}.{name}"
    if full not in sys.modules and (spec := importlib.util.find_spec(full)):
        sys.modules[full] = module = importlib.util.module_from_spec(spec)
        setattr(package, name, module)
        module.__class__ = _Later


_later(PIL, "Image")  # a fourth of what loading ReportLab takes, and most leaflets have no picture of dots

from reportlab.pdfbase import pdfdoc

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class Body(pdfdoc.PDFObject):
    """An object that is written as it stands; `body` may be filled in later than the object is numbered."""

    __RefOnly__ = 1

    def __init__(self, number: int, body: str | bytes = b"") -> None:
        self.ref = f"{number} 0 R"
        self.body = body

    def format(self, document) -> bytes:
        return self.body.encode("latin-1") if isinstance(self.body, str) else self.body


def string(text: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2): literal where ASCII will do, else UTF-16BE in hexadecimal."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return "<" + (b"\xfe\xff" + text.encode("utf-16-be")).hex() + ">"


class Document(pdfdoc.PDFDocument):
    """ReportLab's document with our own way of writing the file (PDF 1.7, ISO 32000-1, 7.5.7 and 7.5.8)."""

    def __init__(self) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7))

    def add(self, body: str | bytes = b"") -> Body:
        """Number an object. Its `ref` is how others name it."""
        # As ReportLab's Reference does, without its questions: most objects of a file are numbered here.
        self.objectcounter = number = self.objectcounter + 1
        new = Body(number, body)
        name = new.__InternalName__ = f"R{number}"
        self.idToObjectNumberAndVersion[name] = number, 0
        self.numberToId[number] = name
        self.idToObject[name] = new
        return new

    def stream(self, entries: str, data: bytes, packed: bool = True) -> Body:
        """Add a stream with the dictionary `entries` besides Length and Filter; `packed` data is deflated here."""
        return self.add(stream(entries, data, packed))

    def number(self, thing: pdfdoc.PDFObject) -> str:
        """How others name an object of ReportLab's: "12 0 R"."""
        return f"{self.idToObjectNumberAndVersion[self.Reference(thing).name][0]} 0 R"

    def bodies(self) -> Iterator[tuple[int, bytes]]:
        """Every object: its number, and what stands between "obj" and "endobj". Formatting one may number new ones."""
        self.Catalog.Outlines = None if isinstance(self.Catalog.Outlines, pdfdoc.PDFOutlines) else self.Catalog.Outlines
        number = 0
        while number < self.objectcounter:
            number += 1
            body = self.idToObject[self.numberToId[number]].format(self).rstrip(b"\n")
            if body.endswith(b"endstream") and not body.endswith(b"\nendstream"):
                body = body[:-9] + b"\nendstream"  # ISO 19005-2, 6.1.7.1: end of line before the keyword
            yield number, body

    def format(self) -> bytes:
        """The file."""
        root, info = self.number(self.Catalog), self.number(self.info)
        out = [HEADER]
        offset = len(HEADER)
        rows: list[tuple[int, int, int]] = [(0, 0, 65535)]
        plain: list[tuple[int, bytes]] = []
        number = 0
        for number, body in self.bodies():
            if not body.endswith(b"endstream"):
                rows.append((2, 0, len(plain)))
                plain.append((number, body))
                continue
            rows.append((1, offset, 0))
            out.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            offset += len(out[-1])
        packer = number + 1
        rows = [(kind, packer, index) if kind == 2 else (kind, place, index) for kind, place, index in rows]
        rows.append((1, offset, 0))
        out.append(b"%d 0 obj\n%b\nendobj\n" % (packer, packed(plain)))
        offset += len(out[-1])
        rows.append((1, offset, 0))
        fingerprint = md5(b"".join(out), usedforsecurity=False).hexdigest()
        entries = f"/Type/XRef/Size {packer + 2}/Root {root}/Info {info}/ID[<{fingerprint}><{fingerprint}>]"
        out.append(b"%d 0 obj\n%b\nendobj\n" % (packer + 1, _crossreference(rows, entries)))
        out.append(b"startxref\n%d\n%%%%EOF\n" % offset)
        return b"".join(out)


def stream(entries: str, data: bytes, packed: bool = True, effort: int = 5) -> bytes:
    """A stream; `effort` 1 to 9 says how hard it is packed: 1 will do for data that is mostly zeros."""
    if packed:
        entries, data = entries + "/Filter/FlateDecode", zlib.compress(data, effort)
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries.encode("latin-1"), len(data), data)


def packed(objects: list[tuple[int, bytes]]) -> bytes:
    """An object stream (7.5.7)."""
    index, place = [], 0
    for number, body in objects:
        index.append(f"{number} {place}")
        place += len(body) + 1
    head = " ".join(index).encode() + b" "
    return stream(f"/Type/ObjStm/N {len(objects)}/First {len(head)}", head + b" ".join(body for _, body in objects))


def _crossreference(rows: list[tuple[int, int, int]], entries: str) -> bytes:
    """A cross-reference stream (7.5.8). Each row is written as its difference from the one above, which packs well."""
    wide = (max(place for _, place, _ in rows).bit_length() + 7) // 8
    row = 3 + wide
    flat = b"".join([(kind << 8 * (row - 1) | place << 16 | index).to_bytes(row, "big") for kind, place, index in rows])
    up = bytes([(new - old) & 255 for new, old in zip(flat, bytes(row) + flat)])
    data = b"".join([b"\2" + up[start : start + row] for start in range(0, len(up), row)])  # 2: PNG filter "up"
    return stream(f"{entries}/W[1 {wide} 2]/DecodeParms<</Predictor 12/Columns {row}>>", data)
