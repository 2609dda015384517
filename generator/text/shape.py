"""Shapes the words of a text in one style, in another font where the first lacks a character."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import east_asian_width

import uharfbuzz as hb

from ..model.content import GUIDES
from ..model.late import Late
from ..model.page import Word
from .breaks import clusters
from .fonts import SPACES, Face, Fonts, cjk

LIMIT = 5_000
"""Words that are kept at hand; not more, so that memory stays flat over thousands of leaflets."""

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u061c"
"""Marks of direction (UAX #9, 2.6), the second one for Arabic."""

DROPPED = dict.fromkeys(map(ord, "\n\r\v\f\x85\u2028\u2029" + GUIDES))
"""Line ends and guides are not drawn."""

# Letters to which FiraGO gives no point where marks above them belong (they would fall to the foot of the line), and
# letters of the same shape above, whose points do. Thai "woman", Hindi "tracker".
_UNANCHORED = {"FiraGO": Late("([ญฬ])|([छटठडढ])्र|(थ)्न")}
_LIKE = {"ญ": "ณ", "ฬ": "ณ"}
_MARKS = Late("[\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*")
_FALLEN = -0.25
"""A mark is set lower than this, em, by nothing but that fault."""

CURLED = frozenset(("ca", "en", "fr", "ga", "it", "nl", "pt", "tr", "uz"))
"""Languages in which ' between two letters is an apostrophe, which is drawn as ’."""
_APOSTROPHE = Late(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_EAST_SIGNS = Late("[“”‘’…—]")

_FLAGS = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES | hb.BufferFlags.DO_NOT_INSERT_DOTTED_CIRCLE
_PARTS = re.compile(r" |[^ ]+")


@lru_cache(maxsize=LIMIT)
def shape(
    face: Face, text: str, *, rtl: bool = False, language: str | None = None, before: str = "", after: str = "",
    drawn: str = "",
) -> Word:
    """One word (or a space) of one script in one face, kerned and with its ligatures.

    before, after: what stands next to it without a space, where letters join (Arabic) although they are shaped apart.
    drawn: what is drawn in its place, character by character; it is read back as the text. The face must cover both.
    """
    buffer = hb.Buffer()
    buffer.flags = _FLAGS
    buffer.add_str(before + (drawn or text) + after, len(before), len(text))
    buffer.direction = "rtl" if rtl else "ltr"
    if language:
        buffer.language = language
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    pattern = _UNANCHORED.get(face.ps_name.partition("-")[0])
    if pattern and not text.isascii() and (spots := list(pattern.finditer(text))):
        positions = _lifted(face, text, language, infos, positions, spots)
    base = len(before)
    em = face.upem
    starts = sorted({info.cluster - base for info in infos})
    texts = {}
    for at, start in enumerate(starts):
        texts[start] = _said(text[start if at else 0 : starts[at + 1] if at + 1 < len(starts) else None])
    width = 0
    glyphs = []
    logical = range(len(infos) - 1, -1, -1) if rtl else range(len(infos))
    for at in logical:
        glyph, position = infos[at].codepoint, positions[at]
        if glyph == 0:
            raise AssertionError(f"{face.key} has no glyph for {text!r}")
        width += position.x_advance
        said = texts.pop(infos[at].cluster - base, "")
        glyphs.append(_glyph(em, glyph, position.x_advance, position.x_offset, position.y_offset, said))
    if rtl:
        glyphs.reverse()
    return Word(text, width / em, tuple(glyphs), face, rtl)


@cache
def hyphen(face: Face) -> Word:
    """What is drawn where a line breaks at a soft hyphen; it reads back as U+00AD (ISO 32000-1, 14.8.2.2.3)."""
    word = shape(face, "-")
    (glyph,) = word.glyphs
    return Word("\xad", word.width, ((*glyph[:4], "\xad"),), face)


def marked(word: Word, mark: str) -> Word:
    """A word whose first sign from the left is copied with a mark of direction before it."""
    (glyph, advance, x, y, said), *others = word.glyphs
    said = said + mark if word.rtl else mark + said  # of right-to-left words the text is said from its end
    return Word(word.text, word.width, ((glyph, advance, x, y, said), *others), word.face, word.rtl)


def words(fonts: Fonts, style: tuple[str, bool, bool], text: str, rtl: bool, language: str | None, before="",
          after="") -> tuple[list[Word], list[str]]:
    """Text in a style (role, bold, italic) as words in logical order, every space one of its own; and what is left out:
    characters that no font covers, and grapheme clusters whose characters no one font has together."""
    if not text.isascii() or "\n" in text:
        text = text.translate(DROPPED)
    first = fonts.face(*style)
    made: list[Word] = []
    missing: list[str] = []
    for part in _PARTS.findall(text):
        if part == " ":
            made.append(shape(first, " "))
            continue
        pieces, lacking = _by_face(fonts, style, first, part, language)
        missing += lacking
        pieces = [(face, run) for face, stretch in pieces for run in _by_script(stretch)]
        for at, (face, run) in enumerate(pieces):
            drawn = _typographic(fonts, face, run, language) if "'" in run else ""
            made.append(shape(face, run, rtl=rtl, language=language, before=before if at == 0 else "",
                              after=after if at == len(pieces) - 1 else "", drawn=drawn))
    return made, missing


def _typographic(fonts: Fonts, face: Face, text: str, language: str | None) -> str:
    """A word with the font's better apostrophe between letters; "" where it is drawn as it is written."""
    if not fonts.theme.typographic or (language or "")[:2] not in CURLED or "’" not in face.characters:
        return ""
    drawn = _APOSTROPHE.sub("’", text)
    return drawn if drawn != text else ""


def _by_face(fonts: Fonts, style: tuple[str, bool, bool], first: Face, text: str,
             language: str | None) -> tuple[list[tuple[Face, str]], list[str]]:
    wide = _wide_signs(text) if language and language[:2] in ("zh", "ja") and _EAST_SIGNS.search(text) else ()
    if not wide and first.characters.issuperset(text):
        return [(first, text)], []
    made: list[tuple[Face, str]] = []
    missing: list[str] = []
    start = 0
    for end in clusters(text):
        cluster = text[start:end]
        face = (cjk(language, style[1]) if start in wide else None) or fonts.choose(*style, cluster, language)
        start = end
        if face is None:
            missing += [char for char in cluster if fonts.choose(*style, char, language) is None] or [cluster]
        elif made and made[-1][0] is face:
            made[-1] = (face, made[-1][1] + cluster)
        else:
            made.append((face, cluster))
    return made, missing


def _wide_signs(text: str) -> set[int]:
    """Where signs that Latin and Chinese share stand beside Chinese or Japanese, and so are set as wide as these."""
    found = set()
    for sign in _EAST_SIGNS.finditer(text):
        at = sign.start()
        beside = at + 1 if sign[0] in "“‘" else at - 1
        if beside in found or 0 <= beside < len(text) and east_asian_width(text[beside]) in "WF":
            found.add(at)
    return found


def _by_script(text: str) -> list[str]:
    """Stretches of one script; characters of none (digits, punctuation) go with what stands before them (UAX #24)."""
    if text.isascii():
        return [text]
    parts: list[str] = []
    start, current = 0, None
    for at, char in enumerate(text):
        script = _script(char)
        if script and script != current:
            if current:
                parts.append(text[start:at])
                start = at
            current = script
    parts.append(text[start:])
    return parts


@cache
def _script(char: str) -> str | None:
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    script = buffer.script
    # Japanese mixes three scripts that are shaped alike.
    return "Hani" if script in ("Hira", "Kana") else script


@lru_cache(maxsize=4096)
def _glyph(em: int, glyph: int, advance: int, x: int, y: int, said: str) -> tuple[int, float, float, float, str]:
    """A glyph as words hold it: the same one for all of them, which are many."""
    return glyph, advance / em, x / em, y / em, said


def _lifted(face: Face, text: str, language: str | None, infos: list, positions: list, spots: list[re.Match]) -> list:
    """Positions with fallen marks where they stand on a letter of the same shape."""
    right: dict[tuple[int, int], hb.GlyphPosition] = {}
    for spot in spots:
        letter = spot[1] or spot[2] or spot[3]
        buffer = hb.Buffer()
        buffer.flags = _FLAGS
        buffer.add_str(_LIKE.get(letter, letter) + _MARKS.match(text, spot.end())[0])
        if language:
            buffer.language = language
        buffer.guess_segment_properties()
        hb.shape(face.font, buffer)
        cluster = max(info.cluster for info in infos if info.cluster <= spot.start())
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions):
            if not position.x_advance:
                right[cluster, info.codepoint] = position
    low = _FALLEN * face.upem
    return [
        right.get((info.cluster, info.codepoint), own) if own.y_offset < low and not own.x_advance else own
        for info, own in zip(infos, positions)
    ]


def _said(text: str) -> str:
    return " " if text in SPACES and len(text) == 1 else text
