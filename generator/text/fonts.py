"""The faces of a theme's font families: what shaping needs of a font file, and what a PDF says of one.

A face is read once per process. FiraGO, some Noto families and Source Serif come from packages, Noto Sans CJK and the
families of MORE from packages that are not always installed; a theme's own families come from its folder. What a
theme's family lacks is looked for in all others.
"""

from __future__ import annotations

import os
import struct
from functools import cache, lru_cache
from importlib.util import find_spec
from threading import RLock
from unicodedata import name as unicode_name
from unicodedata import normalize

import uharfbuzz as hb

from ..kept import store
from ..kept.files import read_bytes
from ..model.problem import Place, Problem, Rejected
from ..model.record import field, record
from ..model.theme import FontFamily, Theme
from . import hyphens
from .families import BUILT_IN, CJK, CJK_FACES, EAST, EMOJI, FAMILIES, KEYCAP, MORE, OTHERS, SERIF, SERIF_FILES
from .fontcheck import damage

LARGEST = 50_000_000
"""Bytes of a font file; the largest, of Chinese, Japanese and Korean together, have 20 million."""
NAMED = 3
"""So many characters a problem names, the others it counts."""

SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
"""HarfBuzz makes these from the space where a font lacks them."""
UNSEEN = "\u034f\u200c\u200d" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Joiners and variation selectors: they change shapes and have none of their own, so no font needs to cover them."""


@record(slots=True, eq=False)
class Face:
    """One font. Lengths in em, y upwards."""

    key: str
    """PostScript name for a built-in face, else the path of the file and the style it is for: the same in every
    process."""
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
    axes: dict[str, float]
    """Of a variable font: where on each axis this face stands."""
    characters: frozenset[str] = field(repr=False)
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


_opening = RLock()
"""A face is opened by one thread at a time, so that all have the same one: a line is set in pieces of one face each."""


def built_in(family: str, index: int) -> Face:
    """A face of FAMILIES; index 0 regular, 1 bold, 2 italic, 3 bold italic."""
    with _opening:
        return _serif(index) if family == SERIF else _built_in(family, index)


@cache
def _serif(index: int) -> Face:
    import fontpkg_source_serif_4  # says where its files lie

    bold, italic = index in (1, 3), index in (2, 3)
    path = os.path.join(os.path.dirname(fontpkg_source_serif_4.__file__), "files", SERIF_FILES[italic])
    return _open(None, hb.Face(hb.Blob.from_file_path(path)), bold, italic, heavy=600.0)


@cache
def _built_in(family: str, index: int) -> Face:
    name = BUILT_IN[family][index]
    data = store.get("font", name)
    if data is None:
        import pymupdf_fonts  # where a font lies packed: taking one out costs as much as a leaflet

        data = pymupdf_fonts.myfont(name)
        store.put(data, "font", name)
    return _open(None, hb.Face(hb.Blob(data)), bold=index in (1, 3), italic=index in (2, 3))


def cjk(language: str | None, bold: bool) -> Face | None:
    """The face of CJK for a language; None where the package is not installed."""
    tag = language or ""
    while tag and tag not in CJK_FACES:
        tag = tag.rpartition("-")[0]
    with _opening:
        return _cjk(CJK_FACES.get(tag, 2), bold)


@cache
def _cjk(index: int, bold: bool) -> Face | None:
    found = find_spec("manimgx_fonts_cjk")
    if found is None or not found.submodule_search_locations:
        return None
    path = os.path.join(found.submodule_search_locations[0], "NotoSansCJK-VF.otf.ttc")
    return _open(None, hb.Face(hb.Blob.from_file_path(path), index), bold, False)


@cache
def more(family: str, bold: bool) -> Face | None:
    """A face of MORE; None where the package is not installed."""
    found = find_spec("manimgx_fonts")
    if found is None or not found.submodule_search_locations:
        return None
    path = os.path.join(found.submodule_search_locations[0], MORE[family])
    return _open(None, hb.Face(hb.Blob.from_file_path(path)), bold, False)


def from_file(path: str, bold: bool, italic: bool) -> Face:
    """A TrueType or OpenType file; a variable one stands at the weight 400, bold 700. Raises BrokenFont, OSError.

    The file is read each time, so that one that was replaced is seen; the same bytes give the same Face.
    """
    with _opening:
        return _of_bytes(read_bytes(path, LARGEST), path, bold, italic)


@lru_cache(maxsize=64)
def _of_bytes(data: bytes, path: str, bold: bool, italic: bool) -> Face:
    if data[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise BrokenFont("this is not a TrueType or OpenType font")
    try:
        face = _open(f"{path}#{'bold' * bold}{'italic' * italic}", hb.Face(hb.Blob(data)), bold, italic)
    except UnicodeDecodeError:
        raise BrokenFont("the font file is damaged: a table has a name that is no text") from None
    found = damage(face.face, face.font, face.axes)
    if found:
        raise BrokenFont(f"the font file is damaged: {found}")
    return face


_alike: dict[frozenset[str], frozenset[str]] = {}


def _open(key: str | None, face: hb.Face, bold: bool, italic: bool, heavy: float = 700.0) -> Face:
    """heavy: weight of the bold of a variable font."""
    tags = set(face.table_tags)
    if (
        not face.glyph_count
        or not {"cmap", "head", "hhea", "hmtx", "maxp"} <= tags
        or not tags & {"glyf", "CFF ", "CFF2"}
    ):
        raise BrokenFont("the font file is damaged: tables that every font needs are missing")
    font = hb.Font(face)
    axes = {axis.tag: axis.default_value for axis in face.axis_infos}
    if axes:
        for axis in face.axis_infos:
            if axis.tag == "wght":
                axes["wght"] = min(max(heavy if bold else 400.0, axis.min_value), axis.max_value)
        font.set_variations(axes)
    head, os2, post = (face.reference_table(tag).data if tag in tags else b"" for tag in ("head", "OS/2", "post"))
    if len(head) < 54 or not 16 <= face.upem <= 16384:
        raise BrokenFont("the font file is damaged: its head table is cut short")
    weight, licence = (
        struct.unpack_from(">H", os2, at)[0] if len(os2) >= 10 else standard for at, standard in ((4, 400), (8, 0))
    )
    weight = axes.get("wght", weight)
    if licence & 0xF == 2:  # OpenType, OS/2 fsType: restricted licence
        raise BrokenFont("the font's licence does not allow embedding in a PDF")
    angle = struct.unpack_from(">i", post, 4)[0] / 65536 if len(post) >= 16 else 0.0
    fixed = len(post) >= 16 and post[12:16] != b"\0\0\0\0"
    upem = face.upem
    extents = font.get_font_extents("ltr")
    tag = hb.OTMetricsTag
    ps_name = (
        "".join(char for char in face.get_name(6) or "" if "!" <= char <= "~" and char not in "[](){}<>/%") or "Font"
    )
    if "wght" in axes:
        named = "Regular" if not bold else "Bold" if heavy >= 700 else "Semibold"
        ps_name = f"{ps_name.partition('-')[0]}-{named}"
    characters = set(map(chr, face.unicodes))
    if " " in characters:
        characters.update(SPACES)
    if "\u2010" in characters:
        characters.add("\u2011")  # HarfBuzz takes the hyphen for the non-breaking one
    characters.update(UNSEEN)
    every = frozenset(characters)
    every = _alike.setdefault(every, every)  # the faces of a family mostly have the same
    return Face(
        key or ps_name, face, font, ps_name, upem, bold, italic,
        ascender=extents.ascender / upem,
        descender=extents.descender / upem,
        x_height=font.get_metric_position_with_fallback(tag.X_HEIGHT) / upem,
        cap_height=font.get_metric_position_with_fallback(tag.CAP_HEIGHT) / upem,
        bbox=tuple(side / upem for side in struct.unpack_from(">4h", head, 36)),
        italic_angle=angle,
        stem=(50 + (weight / 65) ** 2) / 1000,
        flags=4 | (1 if fixed else 0) | (64 if italic or angle else 0),
        outlines="glyf" if "glyf" in tags else "cff",
        axes=axes,
        characters=every,
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
        self._chains: dict[tuple[str, bool], tuple[str, ...]] = {}
        self.named = {family.name: family for family in theme.fonts.values()}
        problems: list[Problem] = []
        for name in theme.fallback:
            if name not in self.named and name not in FAMILIES and name not in MORE and name != CJK:
                problems.append(
                    Problem(getattr(name, "place", None), f"unknown font family '{name}' in fallback", _families())
                )
        for family in self.named.values():
            problems += self._check(family)
        if theme.hyphenate and not hyphens.available():
            problems.append(
                Problem(
                    None, f"the theme '{theme.name}' parts words, for which a package is missing",
                    "pip install '.[hyphens]'",
                )
            )
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
                raise Rejected(
                    [Problem(place, f"the font '{found.ps_name}' is not for text: it lacks the space or the hyphen")]
                )
            self.faces[key] = found
        return found

    def choose(self, role: str, bold: bool, italic: bool, cluster: str, language: str | None = None) -> Face | None:
        """The first face that covers a whole grapheme cluster, of the families in the order of `chain`."""
        face = self.face(role, bold, italic)
        if face.covers(cluster):
            return face
        if KEYCAP in cluster:
            return more("Noto Emoji", bold)  # the other fonts that have it draw it over its neighbours
        for name in self.chain(role, language)[1:]:
            if name in self.named or name in FAMILIES:
                face = self._load(self.named.get(name) or FontFamily(name), bold, italic)
            else:
                face = cjk(language, bold) if name == CJK else more(name, bold)
            if face is not None and face.covers(cluster):
                return face
        return None

    def chain(self, role: str, language: str | None = None) -> tuple[str, ...]:
        """Families in the order in which they are tried: the role's, the theme's fallback, then all that are there;
        in Chinese, Japanese and Korean their family before the others."""
        east = (language or "")[:2] in ("zh", "ja", "ko")
        known = self._chains.get((role, east))
        if known is None:
            family = self.theme.fonts.get(role) or self.theme.fonts.get("body") or FontFamily("FiraGO")
            names = (family.name, *self.theme.fallback, *((CJK, *FAMILIES) if east else (*FAMILIES, CJK)), *MORE)
            known = self._chains[role, east] = tuple(dict.fromkeys(map(str, names)))
        return known

    def _check(self, family: FontFamily) -> list[Problem]:
        files = [file for file in (family.regular, family.bold, family.italic, family.bold_italic) if file]
        if not files:
            known = family.name in FAMILIES
            unknown = Problem(getattr(family.name, "place", None), f"unknown font family '{family.name}'", _families())
            return [] if known else [unknown]
        problems = []
        if not family.regular:
            problems.append(
                Problem(getattr(family.name, "place", None), f"the font family '{family.name}' has no regular file")
            )
        for file in files:
            place = getattr(file, "place", None)
            if not _inside(self.theme.folder, file):
                problems.append(
                    Problem(
                        place, f"the font file '{file}' is outside the theme's folder",
                        "copy it into the theme's folder",
                    )
                )
            elif not os.path.isfile(os.path.join(self.theme.folder, file)):
                problems.append(
                    Problem(place, f"there is no font file '{file}'", "the path starts at the theme's folder")
                )
        return problems

    def _load(self, family: FontFamily, bold: bool, italic: bool) -> Face:
        if not family.regular:
            index = bold + 2 * italic
            return built_in(family.name, index if index < len(BUILT_IN.get(family.name, range(4))) else 0)
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
            raise Rejected(
                [Problem(getattr(file, "place", None) or Place(path), f"the font file '{file}' cannot be used: {what}")]
            ) from error


def without_font(missing: list[str], place: Place | None, chain: tuple[str, ...]) -> Problem:
    """The problem of characters (or clusters of them) at one place that no font of the chain has."""
    named = []
    for lacking in missing[:NAMED]:
        names = " with ".join(f"U+{ord(char):04X} {unicode_name(char, 'without a name')}" for char in lacking)
        named.append(f"'{lacking}' ({names})" if lacking.isprintable() else names)
    others = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    what = "the character" if len(missing) == 1 else "the characters"
    has_cjk, has_more = cjk(None, False) is not None, more("Noto Emoji", False) is not None
    there = [name for name in chain if name not in MORE and (name != CJK or has_cjk)]
    there += ["the Noto families of other scripts"] if has_more else []
    hint = "use another character, or add a family that has it to the theme's fallback"
    names = [unicode_name(lacking[0], "") for lacking in missing]
    if not has_cjk and any(map(EAST.match, names)):
        hint = "Chinese, Japanese and Korean have fonts of their own: pip install '.[cjk]'"
    elif not has_more and any(map(OTHERS.match, names)):
        hint = "this script has a font of its own: pip install '.[fonts]'"
    elif not has_more and any(map(EMOJI.search, missing)):
        hint = "emoji have a font of their own: pip install '.[fonts]'"
    return Problem(place, f"no font has {what} {', '.join(named)}{others}", f"tried {', '.join(there)}; {hint}")


def _families() -> str:
    return "built in are " + ", ".join(FAMILIES) + "; others need their files under fonts"


def _inside(folder: str, file: str) -> bool:
    root = os.path.realpath(folder or ".")
    return os.path.realpath(os.path.join(root, file)).startswith(root + os.sep)
