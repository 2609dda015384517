"""Fonts as one document uses them: words into strings of codes, and the embedded subset that gives the codes meaning.

Fonts are Type0 with Identity-H (ISO 32000-1, 9.7): a code has two bytes. The code of a glyph is its number in the whole
font, so a word's operators hold in every document and are kept on the word; a CIDToGIDMap leads to the numbers within
the subset. Where one glyph stands for different texts (space and no-break space, hyphen and soft hyphen), the text met
first in this document keeps that code, others get codes above the font's last glyph, in order of use, and in fonts that
are full the highest codes without a glyph in this document; a glyph met later whose number is taken gets another. (CFF
outlines know no CIDToGIDMap; there a CMap of our own stands in place of Identity-H and does the same.)
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from hashlib import md5
from operator import itemgetter
from sys import byteorder

import uharfbuzz as hb

from ..model.page import Run, Word
from ..model.problem import Problem, Rejected
from ..text.fonts import Face
from .claims import ClaimError, check_text
from .document import Document, stream
from .glyphs import SILENT, Shown, shown

_DROPPED = {
    int.from_bytes(tag.ljust(4).encode(), "big")
    for tag in (
        "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "MATH", "STAT", "OS/2", "cmap", "gasp", "hdmx", "kern", "meta",
        "name", "post", "vhea", "vmtx", "LTSH", "VDMX",
    )
}
"""Tables of a TrueType font that a CIDFontType2 does without (ISO 32000-1, 9.9, table 126)."""

_IDENTITY = "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"


class _Widths(dict):
    """Glyph → advance in 1/1000 em, as the font's hmtx says; two decimals."""

    def __init__(self, face: Face) -> None:
        self.font, self.scale = face.font, 1000 / face.upem

    def __missing__(self, glyph: int) -> float:
        width = round(self.font.get_glyph_h_advance(glyph) * self.scale, 2)
        self[glyph] = width = int(width) if width == int(width) else width
        return width


widths = lru_cache(maxsize=64)(_Widths)


@lru_cache(maxsize=64)
def _subset(face: Face, glyphs: frozenset[int]) -> tuple[bytes, dict[int, int]]:
    """The font program with these glyphs, as a stream, and where each glyph is in it."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.set(set(glyphs))
    wanted.drop_table_tag_set.update(_DROPPED)
    for axis, place in face.axes.items():
        wanted.pin_axis_location(face.face, axis, place)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.CFF_IDENTITY_CHARSET
    if face.axes:
        wanted.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
    plan = hb.SubsetPlan(face.face, wanted)
    try:
        made = plan.execute()
    except RuntimeError as error:
        raise _damaged(face) from error
    place = dict(plan.old_to_new_glyph_mapping)
    if not place.keys() >= glyphs:  # its own rules (GSUB) made of the letters what it does not have
        raise _damaged(face)
    if face.outlines == "cff":
        program = stream("/Subtype/CIDFontType0C", made.reference_table("CFF ").data)
    else:
        program = stream(f"/Length1 {len(made.blob.data)}", made.blob.data)
    return program, place


def _damaged(face: Face) -> Rejected:
    """What text/fontcheck.py could not foresee, since it depends on the words."""
    return Rejected(
        [Problem(None, f"the font {face.ps_name} is damaged: its letters cannot be embedded", "use another font file")]
    )


class Font:
    """A face in one document."""

    def __init__(self, face: Face, number: int) -> None:
        self.face = face
        self.name = b"F%d" % number
        self.widths = widths(face)
        self.texts: dict[int, str] = {}
        """Code → text."""
        self.further: dict[tuple[int, str], int] = {}
        """(glyph, text) → code, where another text has the glyph's own number."""
        self.lent: set[int] = set()
        """Codes that are numbers of other glyphs, and so theirs no more."""
        self.met: set[tuple[int, str]] = set()
        """(glyph, text) whose code is the glyph's own number, and no mark that says nothing."""
        self.words: dict[int, bytes | list] = {}
        """id(Word) → its operators in this document. (The words live as long as the composition does.)"""
        self.raised = False
        """Whether one of the words has glyphs set higher or lower within the line."""
        self.apart: dict[int, list[tuple[float, float, bytes]]] = {}
        """id(Word) → its marks that are painted after the line: x and y in em, code."""

    def show(self, run: Run) -> bytes:
        """The operators that show a run, beginning at its left edge."""
        known = self.words
        words = run.placed()
        parts = [known.get(id(word)) or self._meet(word) for word in words]
        if self.raised:
            parts = [part if part.__class__ is bytes else _raised(part, run) for part in parts]
        return b"[(%b)]TJ" % b"".join(parts)

    def marks(self, run: Run) -> list[tuple[float, float, bytes]]:
        """The marks of a run that stand off the line: right and up from where it begins, points; code. The run has been
        shown."""
        made: list[tuple[float, float, bytes]] = []
        if self.apart:
            pen = 0.0
            for word in run.placed():
                made += [
                    ((pen + x) * run.size, y * run.size + run.rise, code) for x, y, code in self.apart.get(id(word), ())
                ]
                pen += word.width
        return made

    def knows(self, word: Word) -> bool:
        """Whether the word can be shown with the codes that there are."""
        texts, lent, further = self.texts, self.lent, self.further
        return all(
            texts.get(pair[0]) == pair[1] and pair[0] not in lent or pair in further for pair in self._kept(word)[1]
        )

    def again(self) -> Font:
        """This font for further words that it `knows`, in a copy of the document."""
        other = Font(self.face, int(self.name[1:]))
        other.texts, other.further, other.lent = self.texts, self.further, self.lent
        return other

    def _kept(self, word: Word) -> tuple[bytes | list, tuple[tuple[int, str], ...]]:
        """What is kept of a word: its operators, and (glyph, text) of each of its glyphs."""
        if word.cache is None:
            line, apart = shown(word)
            pairs = dict.fromkeys((code.glyph, code.text) for code in (*line, *apart))
            word.cache = _operators(word, line, self.widths, {}), tuple(pairs)
        return word.cache

    def _meet(self, word: Word) -> bytes | list:
        """A word's operators at its first use in this document."""
        part, pairs = self._kept(word)
        if self.met.issuperset(pairs):  # nearly always, after the first lines
            self.words[id(word)] = part
            self.raised |= part.__class__ is list
            return part
        others = {}
        for pair in pairs:
            glyph, text = pair
            known = self.texts.get(glyph)
            if known is None:
                check_text(self.face, glyph, text)
                self.texts[glyph] = text
            elif known != text or glyph in self.lent:
                others[pair] = self._other(pair)
            if text != SILENT and pair not in others:
                self.met.add(pair)
        line, apart = shown(word) if others or SILENT in map(itemgetter(1), pairs) else ((), ())
        if others:
            part = _operators(word, line, self.widths, others)
        if apart:
            self.apart[id(word)] = [
                (mark.x, mark.y, _escaped(others.get((mark.glyph, mark.text), mark.glyph))) for mark in apart
            ]
        self.words[id(word)] = part
        self.raised |= part.__class__ is list
        return part

    def _other(self, pair: tuple[int, str]) -> int:
        code = self.further.get(pair)
        if code is None:
            check_text(self.face, *pair)
            code = self.face.face.glyph_count + len(self.further)
            if code > 0xFFFF:
                code = next((code for code in range(0xFFFF, 0, -1) if code not in self.texts), None)
                if code is None:
                    raise ClaimError(f"{self.face.ps_name}: more glyphs than codes")
                self.lent.add(code)
            self.further[pair] = code
            self.texts[code] = pair[1]
        return code

    def write(self, document: Document) -> str:
        """Embed what was used; returns the reference of the font dictionary."""
        face, cff = self.face, self.face.outlines == "cff"
        glyph_of = {code: code for code in self.texts} | {code: glyph for (glyph, _), code in self.further.items()}
        codes = sorted(glyph_of)
        program, place = _subset(face, frozenset(glyph_of.values()))
        place_of = {code: place[glyph_of[code]] for code in codes}
        name = f"{_tag(codes)}+{face.ps_name}"
        box = " ".join(str(round(side * 1000)) for side in face.bbox)
        descriptor = document.add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags {face.flags}/FontBBox[{box}]/ItalicAngle "
            f"{face.italic_angle:g}"
            f"/Ascent {round(face.ascender * 1000)}/Descent {round(face.descender * 1000)}"
            f"/CapHeight {round(face.cap_height * 1000)}/StemV {round(face.stem * 1000)}"
            f"/FontFile{3 if cff else 2} {document.add(program).ref}>>"
        )
        if cff:
            kind, places = "/CIDFontType0", ""
            widths = {place_of[code]: self.widths[glyph] for code, glyph in glyph_of.items()}
            encoding = document.stream(
                f"/Type/CMap/CMapName/{name}/CIDSystemInfo{_IDENTITY}", _to_cids(name, place_of)
            ).ref
        else:
            kind, places = "/CIDFontType2", f"/CIDToGIDMap {document.add(stream('', _places(place_of), effort=1)).ref}"
            widths = {code: self.widths[glyph] for code, glyph in glyph_of.items()}
            encoding = "/Identity-H"
        inner = document.add(
            f"<</Type/Font/Subtype{kind}/BaseFont/{name}/CIDSystemInfo{_IDENTITY}/FontDescriptor {descriptor.ref}"
            f"/DW 0/W[{_width_array(widths)}]{places}>>"
        )
        meaning = document.stream("", _to_unicode(self.texts))
        return document.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding {encoding}/DescendantFonts[{inner.ref}]"
            f"/ToUnicode {meaning.ref}>>"
        ).ref


def _operators(word: Word, line: list[Shown], widths: dict[int, float],
               codes: dict[tuple[int, str], int]) -> bytes | list:
    """What stands between "[(" and ")]TJ" for a word. With glyphs set higher or lower a list of such parts and heights
    in em.

    Moves within the TJ array take each glyph to its place, counted from where the reader's pen then is, so that
    rounding to 1/1000 em never adds up.
    """
    parts: list = []
    out = bytearray()
    cursor = height = 0.0
    for glyph, x, y, text in line:
        if y != height:
            parts += [bytes(out), y]
            out, height = bytearray(), y
        move = round(x * 1000 - cursor)
        if move:
            out += b")%d(" % -move
            cursor += move
        out += _escaped(codes.get((glyph, text), glyph))
        cursor += widths[glyph]
    if height:
        parts += [bytes(out), 0.0]
        out = bytearray()
    move = round(word.width * 1000 - cursor)
    if move:
        out += b")%d(" % -move
    return parts + [bytes(out)] if parts else bytes(out)


@lru_cache(maxsize=8192)
def _escaped(code: int) -> bytes:
    """A code within a literal string (7.3.4.2); a bare carriage return would be read as a line feed."""
    raw = code.to_bytes(2, "big").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return raw.replace(b"\r", b"\\r")


def _raised(parts: list, run: Run) -> bytes:
    """The parts of a word with marks, with the heights in points."""
    out = parts[0]
    for height, part in zip(parts[1::2], parts[2::2]):
        out += b")]TJ %b Ts[(" % _short(height * run.size + run.rise) + part
    return out


def _short(height: float) -> bytes:
    return f"{height:.3f}".rstrip("0").rstrip(".").encode()


def _tag(codes: list[int]) -> str:
    """Six letters that name a subset (9.6.4), from what is in it."""
    number = int.from_bytes(md5(repr(codes).encode(), usedforsecurity=False).digest()[:8], "big")
    letters = ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters += chr(65 + letter)
    return letters


def _width_array(widths: dict[int, float]) -> str:
    """W: runs of neighbouring CIDs with their widths (9.7.4.3)."""
    out, last = [], -2
    for cid, width in sorted(widths.items()):
        if cid != last + 1:
            out.append(f"{']' if out else ''}{cid}[")
        out.append(f"{width} ")
        last = cid
    return "".join(out) + "]"


def _places(place_of: dict[int, int]) -> bytes:
    """CIDToGIDMap (table 117): two bytes for every CID up to the last."""
    places = array("H", bytes(2 * (max(place_of) + 1)))
    for code, place in place_of.items():
        places[code] = place
    if byteorder == "little":
        places.byteswap()
    return places.tobytes()


def _to_cids(name: str, place_of: dict[int, int]) -> bytes:
    """CMap from our codes to the glyphs of an embedded CFF font, which are its CIDs (9.7.4.2, 9.7.5.3)."""
    return _cmap(name, "Identity", 1, "cid", [f"<{code:04X}>{place}" for code, place in place_of.items()])


def _to_unicode(texts: dict[int, str]) -> bytes:
    """ToUnicode CMap (9.10.3): UTF-16BE, several characters where a glyph stands for several."""
    rows = [_meaning(*pair) for pair in sorted(texts.items())]
    return _cmap("Adobe-Identity-UCS", "UCS", 2, "bf", rows)


@lru_cache(maxsize=4096)
def _meaning(code: int, text: str) -> str:
    return f"<{code:04X}><{text.encode('utf-16-be').hex().upper()}>"


def _cmap(name: str, ordering: str, kind: int, what: str, rows: list[str]) -> bytes:
    blocks = (rows[start : start + 100] for start in range(0, len(rows), 100))
    body = "".join(f"{len(block)} begin{what}char\n" + "\n".join(block) + f"\nend{what}char\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 0>>def\n/CMapName/{name} def\n"
        f"/CMapType {kind} def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend"
    ).encode()
