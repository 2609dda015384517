"""fonts turns a theme's families into faces: what shaping needs of a font file, and what a PDF says of one.

A face is read once per process. FiraGO and the Noto families come from a package; a theme's own families from its folder.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

import uharfbuzz as hb

from ..model.problem import Place, Problem, Rejected
from ..model.theme import FontFamily, Theme

# Family → the package's names of (regular, bold, italic, bold italic).
BUILT_IN = {
    "FiraGO": ("figo", "figbo", "figit", "figbi"),
    "Noto Sans": ("notos", "notosbo", "notosit", "notosbi"),
    "Noto Sans Symbols": ("symbol1",),
    "Noto Sans Symbols2": ("symbol2",),
    "Noto Sans Math": ("math",),
}

SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
"""HarfBuzz makes these from the space where a font lacks them."""
UNSEEN = "\u034f\u200c\u200d" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Joiners and variation selectors: they change shapes and have none of their own, so no font needs to cover them."""


@dataclass(slots=True, eq=False)
class Face:
    """One font. Lengths in em, y upwards."""

    key: str
    """PostScript name for a built-in face, else the path of the file: the same in every process."""
    data: bytes
    """The font file."""
    face: hb.Face
    font: hb.Font
    ps_name: str
    upem: int
    bold: bool
    italic: bool
    ascender: float
    descender: float
    """Negative."""
    x_height: float
    cap_height: float
    bbox: tuple[float, float, float, float]
    italic_angle: float
    """Degrees, negative where letters lean to the right."""
    stem: float
    """Width of an upright stem, guessed from the weight class."""
    flags: int
    """FontDescriptor /Flags (ISO 32000-1, table 123)."""
    outlines: str
    """"glyf" or "cff"."""
    characters: frozenset[str]
    """Every character that can be set in this face."""

    def covers(self, char: str) -> bool:
        """Can this character, or grapheme cluster, be set without a missing glyph?"""
        have = self.characters
        return (
            char in have
            or have.issuperset(char)
            or have.issuperset(normalize("NFC", char))
            or have.issuperset(normalize("NFD", char))
        )


class BrokenFont(ValueError):
    """The bytes are not a font that can be set and embedded; the message says why."""


@cache
def built_in(family: str, index: int) -> Face:
    """A face of BUILT_IN; index 0 regular, 1 bold, 2 italic, 3 bold italic."""
    import pymupdf_fonts

    name = BUILT_IN[family][index]
    return _open(None, pymupdf_fonts.myfont(name), bold=index in (1, 3), italic=index in (2, 3))


@cache
def from_file(path: str, bold: bool, italic: bool) -> Face:
    """A TrueType or OpenType file. Raises BrokenFont, OSError."""
    with open(path, "rb") as file:
        return _open(path, file.read(), bold, italic)


def _open(key: str | None, data: bytes, bold: bool, italic: bool) -> Face:
    if data[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise BrokenFont("this is not a TrueType or OpenType font")
    face = hb.Face(hb.Blob(data))
    tags = set(face.table_tags)
    if not face.glyph_count or not {"cmap", "head", "hhea", "hmtx", "maxp"} <= tags or not tags & {"glyf", "CFF "}:
        raise BrokenFont("the font file is damaged: tables that every font needs are missing")
    font = hb.Font(face)
    head, os2, post = (face.reference_table(tag).data if tag in tags else b"" for tag in ("head", "OS/2", "post"))
    if len(head) < 54 or not 16 <= face.upem <= 16384:
        raise BrokenFont("the font file is damaged: its head table is cut short")
    weight, licence = (struct.unpack_from(">H", os2, at)[0] if len(os2) >= 10 else standard for at, standard in ((4, 400), (8, 0)))
    if licence & 0xF == 2:  # OpenType, OS/2 fsType: restricted licence
        raise BrokenFont("the font's licence does not allow embedding in a PDF")
    angle = struct.unpack_from(">i", post, 4)[0] / 65536 if len(post) >= 16 else 0.0
    fixed = len(post) >= 16 and post[12:16] != b"\0\0\0\0"
    upem = face.upem
    extents = font.get_font_extents("ltr")
    tag = hb.OTMetricsTag
    ps_name = "".join(char for char in face.get_name(6) or "" if "!" <= char <= "~" and char not in "[](){}<>/%") or "Font"
    characters = set(map(chr, face.unicodes))
    if " " in characters:
        characters.update(SPACES)
    if "\u2010" in characters:
        characters.add("\u2011")  # HarfBuzz takes the hyphen for the non-breaking one
    characters.update(UNSEEN)
    return Face(
        key or ps_name, data, face, font, ps_name, upem, bold, italic,
        ascender=extents.ascender / upem,
        descender=extents.descender / upem,
        x_height=font.get_metric_position_with_fallback(tag.X_HEIGHT) / upem,
        cap_height=font.get_metric_position_with_fallback(tag.CAP_HEIGHT) / upem,
        bbox=tuple(side / upem for side in struct.unpack_from(">4h", head, 36)),
        italic_angle=angle,
        stem=(50 + (weight / 65) ** 2) / 1000,
        flags=4 | (1 if fixed else 0) | (64 if italic or angle else 0),
        outlines="glyf" if "glyf" in tags else "cff",
        characters=frozenset(characters),
    )


class Fonts:
    """The faces of a theme, by role; keep one for as long as the theme lives, it remembers the words it has shaped.

    Raises Rejected where the theme names a family or file that is not there; opening a broken file does so later, when
    a face is first used.
    """

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.faces: dict[tuple[str, bool, bool], Face] = {}
        self.pieces: dict[tuple, dict] = {}
        """For paragraph.py: how to set → text → its shaped words."""
        self.named = {family.name: family for family in theme.fonts.values()}
        problems: list[Problem] = []
        for name in theme.fallback:
            if name not in self.named and name not in BUILT_IN:
                problems.append(Problem(getattr(name, "place", None), f"unknown font family '{name}' in fallback", _families()))
        for family in self.named.values():
            problems += self._check(family)
        if problems:
            raise Rejected(problems)

    def face(self, role: str, bold: bool = False, italic: bool = False) -> Face:
        """The face of a role (body, heading …); a role that the theme does not name is set as body. Raises Rejected."""
        key = (role, bold, italic)
        found = self.faces.get(key)
        if found is None:
            family = self.theme.fonts.get(role) or self.theme.fonts.get("body") or FontFamily("FiraGO")
            found = self._load(family, bold, italic)
            if not found.characters.issuperset(" -"):
                place = getattr(family.name, "place", None)
                raise Rejected([Problem(place, f"the font '{found.ps_name}' is not for text: it lacks the space or the hyphen")])
            self.faces[key] = found
        return found

    def choose(self, role: str, bold: bool, italic: bool, cluster: str) -> Face | None:
        """The first face that covers a whole grapheme cluster: the role's, then those of the fallback families."""
        face = self.face(role, bold, italic)
        if face.covers(cluster):
            return face
        for name in self.theme.fallback:
            face = self._load(self.named.get(name) or FontFamily(name), bold, italic)
            if face.covers(cluster):
                return face
        return None

    def tried(self, role: str) -> str:
        """The families that `choose` looks at, for a hint."""
        family = self.theme.fonts.get(role) or self.theme.fonts.get("body") or FontFamily("FiraGO")
        return ", ".join(dict.fromkeys((family.name, *self.theme.fallback)))

    def _check(self, family: FontFamily) -> list[Problem]:
        files = [file for file in (family.regular, family.bold, family.italic, family.bold_italic) if file]
        if not files:
            known = family.name in BUILT_IN
            return [] if known else [Problem(getattr(family.name, "place", None), f"unknown font family '{family.name}'", _families())]
        problems = []
        if not family.regular:
            problems.append(Problem(getattr(family.name, "place", None), f"the font family '{family.name}' has no regular file"))
        for file in files:
            place = getattr(file, "place", None)
            if not _inside(self.theme.folder, file):
                problems.append(Problem(place, f"the font file '{file}' is outside the theme's folder", "copy it into the theme's folder"))
            elif not os.path.isfile(os.path.join(self.theme.folder, file)):
                problems.append(Problem(place, f"there is no font file '{file}'", "the path starts at the theme's folder"))
        return problems

    def _load(self, family: FontFamily, bold: bool, italic: bool) -> Face:
        if not family.regular:
            index = bold + 2 * italic
            return built_in(family.name, index if index < len(BUILT_IN[family.name]) else 0)
        # What a family lacks is set in the nearest it has: bold matters more than italic.
        wanted = [(bold, italic), (bold, False), (False, italic), (False, False)]
        by_style = {
            (False, False): family.regular, (True, False): family.bold,
            (False, True): family.italic, (True, True): family.bold_italic,
        }
        style = next(style for style in wanted if by_style[style])
        file = by_style[style]
        path = os.path.join(self.theme.folder, file)
        try:
            return from_file(path, *style)
        except (BrokenFont, OSError) as error:
            what = error.strerror if isinstance(error, OSError) else error
            raise Rejected([Problem(getattr(file, "place", None) or Place(path), f"the font file '{file}' cannot be used: {what}")]) from error


def _families() -> str:
    return "built in are " + ", ".join(BUILT_IN) + "; others need their files under fonts"


def _inside(folder: str, file: str) -> bool:
    root = os.path.realpath(folder or ".")
    return os.path.realpath(os.path.join(root, file)).startswith(root + os.sep)
