"""Reads themes (themes/<name>.yaml, with the themes that it extends) and fixed phrases (words/<language>.yaml)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from ..kept.files import absent, read_head, way_to
from ..model.content import Colour, Entry, Line, Phrase
from ..model.problem import Foreign, Place, Problem, Problems, Rejected, Text
from ..model.record import field, names, record, replace
from ..model.story import ELEMENTS
from ..model.theme import FontFamily, Style, Theme
from ..model.wording import count, nearest, quoted
from .nodes import Mapping
from .schema import read_as
from .source import Source, read_source

THINNEST = 0.25
"""Points; thinner rules do not print reliably."""


SHARED = "shared"
"""Folder whose phrases are for all layouts."""
NEAR = 0.8
"""How alike (0 to 1) an unknown name must be to that of a fixed phrase to count as that name misspelt."""


@record(frozen=True)
class ThemeFile(Entry):
    """themes/<name>.yaml."""

    extends: Line | None = None
    """Name of the theme that this one changes."""
    palette: dict[str, Colour] = field(default_factory=dict)
    """Name → colour."""
    fonts: dict[str, FontFamily] = field(default_factory=dict)
    """Role (body, heading) → family."""
    fallback: list[Line] = field(default_factory=list)
    """Families tried, in order, for characters that a role's font lacks."""
    styles: dict[str, Style] = field(default_factory=dict)
    """`element` or `element.class` → style."""
    cover: Literal["versus", "single"] = "versus"
    """versus: options that the title names have fields of their own on the cover; single: one dark field for all."""
    hyphenate: bool = False
    """Parts long words of the text, never of headings, where a line would stay short.
    Needs `pip install '.[hyphens]'`."""
    typographic: bool = True
    """Draws the apostrophe between two letters as ’; it is read, searched and copied as the author typed it."""


# ── themes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def read_theme(name: str, search: list[Path], project: Path, own: dict[str, Style] | None = None,
               known: dict[Path, tuple[Source, ThemeFile]] | None = None) -> Theme:
    """The theme of a name: themes/<name>.yaml of the first folder in `search` that has one, what it extends folded in.

    What the theme says wins over what it extends: colour by colour, font by font and, in styles, property by property.
    `own`: styles of a layout; they win over the theme at the end of the chain, and those that extend it win over them.
    `known`: files that were read for other layouts; what is read is put there. Font files are relative to `folder` of
    the result, inherited ones too. A `name` that is a Text is the place of the problem where there is no such theme.
    Raises Rejected.
    """
    layers: list[tuple[Path, Source, ThemeFile]] = []
    known = {} if known is None else known
    wanted: str | None = name
    while wanted:
        path = next(iter(_find("themes", wanted, search)), None)
        if path is None:
            there = _names("themes", search)
            hint = nearest(wanted, there) or f"there are: {', '.join(there)}"
            raise _reject(wanted, f"there is no theme {quoted(wanted)}", hint)
        if any(path == seen for seen, _, _ in layers):
            raise _reject(wanted, f"the theme {quoted(name)} extends itself in the end", "leave out one 'extends'")
        if path not in known:
            source = read_source(path, project)
            known[path] = source, read_as(ThemeFile, source)
        layers.append((path, *known[path]))
        wanted = layers[-1][2].extends
    problems = Problems(problem for layer in layers for problem in _check_file(*layer))
    theme = _fold(str(name), layers, own or {})
    for problem in _check_names(theme):
        problems.add(problem)
    if problems:
        raise Rejected(problems)
    return theme


def _fold(name: str, layers: list[tuple[Path, Source, ThemeFile]], own: dict[str, Style]) -> Theme:
    folder = layers[0][0].parent
    palette, fonts, styles, fallback, hyphenate, typographic, cover = {}, {}, {}, (), False, True, "versus"
    for path, source, file in reversed(layers):
        palette |= file.palette
        fonts |= {role: _rebased(family, path.parent, folder) for role, family in file.fonts.items()}
        fallback = tuple(file.fallback) or fallback
        cover = str(file.cover) if "cover" in source.root else cover
        hyphenate = file.hyphenate if "hyphenate" in source.root else hyphenate
        typographic = file.typographic if "typographic" in source.root else typographic
        for key, style in file.styles.items():
            if key in styles:
                style = replace(styles.pop(key), **{name: getattr(style, name) for name in source.root["styles"][key]})
            styles[key] = style
        if path == layers[-1][0]:
            for key, style in own.items():
                given = {name: value for name in names(Style) if (value := getattr(style, name)) is not None}
                styles[key] = replace(styles.pop(key, Style()), **given)
    return Theme(name, palette, fonts, fallback, styles, hyphenate, typographic, cover, str(folder))


_CUTS = ("regular", "bold", "italic", "bold_italic")


def _rebased(family: FontFamily, owner: Path, folder: Path) -> FontFamily:
    """The family with its files relative to `folder`."""
    files = {cut: getattr(family, cut) for cut in _CUTS}
    moved = {cut: Path(way_to(owner / file, folder)).as_posix() for cut, file in files.items() if file}
    return replace(family, **{cut: Text(file, files[cut].place) for cut, file in moved.items()})


def _check_file(path: Path, source: Source, file: ThemeFile) -> Iterator[Problem]:
    """What the fields of a theme file, right by themselves, must be besides."""
    for family in file.fonts.values():
        for cut in _CUTS:
            font = getattr(family, cut)
            if font and (fault := _font_fault(path.parent, font)):
                yield Problem(font.place, f"the font {quoted(font)} {fault}")
    yield from check_styles(file.styles, source.root.get("styles", {}))


def check_styles(styles: dict[str, Style], root: Mapping) -> Iterator[Problem]:
    """What styles of a theme or a layout must be besides; `root`: the nodes they were read from."""
    for key, style in styles.items():
        nodes = root[key]
        element, _, classes = key.partition(".")
        if element not in ELEMENTS:
            yield Problem(key.place, f"there is no element {quoted(element)}", nearest(element, ELEMENTS))
        elif "." in key and not re.fullmatch(r"[a-z][a-z\d-]*", classes):
            yield Problem(key.place, f"{quoted(classes)} cannot be a class", "one word of small letters, digits and -")
        for name, least in _LEAST.items():
            if name in nodes and getattr(style, name) < least:
                yield Problem(nodes[name].place, f"'{name}' is {nodes[name].text}", f"{least:g} at least")
        if style.padding is not None and len(style.padding) not in (2, 3):
            hint = "two (top and bottom, sides) or three (top, sides, bottom)"
            yield Problem(nodes["padding"].place, f"'padding' has {count(len(style.padding), 'number')}", hint)
        for name in ("extent", "fit"):
            pair = getattr(style, name)
            if (pair is not None
                and (len(pair) != 2 or not 0 <= pair[0] <= pair[1] or (name == "extent" and pair[1] > 1))):
                what = "two parts of the panel's height, 0 to 1" if name == "extent" else "two sizes in points"
                yield Problem(nodes[name].place, f"'{name}' is not a range", f"{what}, the smaller first")
        for name in ("padding", "widths"):
            for number, node in zip(getattr(style, name) or (), nodes.get(name, ())):
                if number < 0 or (name == "widths" and not number):
                    yield Problem(node.place, f"{node.text} in '{name}'", "no negative numbers, no width of 0")


_LEAST = {"size": 0.1, "grows": 0.1, "points": 1, "leading": 0.5, "before": 0, "after": 0, "border_width": THINNEST,
          "radius": 0, "columns": 1, "gap": 0, "indent": 0, "at": 0, "until": 0, "height": 0, "disc": 1}
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
"""First bytes of a TrueType or OpenType font (OpenType 1.9, "Organization of an OpenType Font")."""


def _font_fault(folder: Path, name: str) -> str:
    """What is wrong with a font file, or ""."""
    if "\0" in name:
        return "is not there"
    file = Path(os.path.realpath(folder / name))
    if not file.is_relative_to(os.path.realpath(folder)):
        return "is outside the theme's folder"
    if not os.path.isfile(file):
        return "is not there"
    try:
        return "" if read_head(file, 4) in _FONTS else "is no TrueType or OpenType file"
    except OSError as error:
        return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _check_names(theme: Theme) -> Iterator[Problem]:
    """Colours and fonts that styles name are there, own or inherited."""
    families = {*theme.fonts, *(family.name for family in theme.fonts.values()), *theme.fallback}
    for style in theme.styles.values():
        grounds = () if style.background == "none" else (style.background,)
        for colour in (style.colour, style.border, style.marker_colour, *(style.stripe or ()), *grounds):
            if colour and colour not in theme.palette:
                hint = nearest(colour, theme.palette) or f"the palette has: {', '.join(theme.palette)}"
                yield Problem(_place(colour), f"the palette has no {quoted(colour)}", hint)
        if style.font and style.font not in families:
            hint = nearest(style.font, families)
            yield Problem(_place(style.font), f"the theme has no font {quoted(style.font)}", hint)


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


ENGLISH = "en"
SAME = {"no": "nb", "fil": "tl", "iw": "he"}
"""Language tag → the tag of the same language that the words files have (CLDR, language aliases)."""


def read_words(language: str, search: list[Path], project: Path) -> dict[str, Text]:
    """The fixed phrases of a language, from words/<language>.yaml of the folders in `search`; earlier ones win.

    zh-Hant-TW falls back to zh-Hant and then to zh, as RFC 4647, 3.4 does. For a language without any, the phrases are
    the English ones, each a Foreign that says so. A `language` that is a Text is the place of the problem where there
    are not even those. Raises Rejected.
    """
    found = _read_words(language, search, project)
    if found:
        return found
    english = _read_words(ENGLISH, search, project)
    if not english:
        raise _reject(language, f"there are no fixed phrases for the language {quoted(language)}",
                      f"write words/{language}.yaml")
    return {key: _foreign(phrase) for key, phrase in english.items()}


def _foreign(phrase: Text) -> Foreign:
    made = Foreign(phrase, phrase.place, ENGLISH)
    made.written = phrase.written
    return made


def _read_words(language: str, search: list[Path], project: Path) -> dict[str, Text]:
    """Phrases of a language, or none."""
    first, *rest = language.split("-")
    tag = "-".join([SAME.get(first, first), *rest])
    while tag:
        files = _find("words", tag, search)
        if files:
            words: dict[str, Text] = {}
            for path in reversed(files):
                own = read_as(dict[str, Line], read_source(path, project))
                if path.parent.parent.name == SHARED and (wrong := list(_misspelt(own))):
                    raise Rejected(wrong)
                words |= own
            return words
        tag = tag.rpartition("-")[0]
    return {}


def _misspelt(words: dict[str, Text]) -> Iterator[Problem]:
    """Names that are nearly those of a fixed phrase. Without this, the phrase of another folder would be printed in
    silence. Any other name is a phrase of the project's own templates."""
    known = get_args(Phrase)
    for key in words:
        if key not in known and (hint := nearest(key, known, NEAR)):
            yield Problem(_place(key), f"there is no fixed phrase '{key}'", hint)


# ── folders ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _find(kind: str, name: str, search: list[Path]) -> list[Path]:
    """All <kind>/<name>.yaml, in the order of `search`. What leads elsewhere, like ../x, is no name."""
    if not re.fullmatch(r"[\w-]+", name):
        return []
    return [path for folder in search if not absent(path := folder / kind / f"{name}.yaml")]


def _names(kind: str, search: list[Path]) -> list[str]:
    return sorted({path.stem for folder in search for path in folder.glob(f"{kind}/*.yaml")})


def _place(name: str) -> Place | None:
    return name.place if isinstance(name, Text) else None


def _reject(name: str, message: str, hint: str) -> Rejected:
    return Rejected([Problem(_place(name), message, hint)])
