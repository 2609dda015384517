"""Looks through a font file once, before it is used: a damaged one is a problem and is never embedded.

HarfBuzz mends silently what it can't read, other programs mend it otherwise, and then a PDF says one thing and its font
another.
"""

from __future__ import annotations

import struct

import uharfbuzz as hb

MOST_GLYPHS = 5000
"""Of a larger font, only every so many glyphs are tried, so that there are no more of them than this (about 20 ms)."""
OFF = 1
"""Units by which widths may differ: those of variable fonts are rounded."""


def damage(face: hb.Face, font: hb.Font, axes: dict[str, float]) -> str:
    """What is damaged in a font that has all tables it needs, or "". axes: where on each axis the `font` stands.

    OpenType 1.9: head and hhea give the unit and how many widths hmtx has; cmap leads to glyphs that are there.
    """
    count = face.glyph_count
    head, hhea, hmtx = (face.reference_table(tag).data for tag in ("head", "hhea", "hmtx"))
    if len(head) < 54 or head[12:16] != b"\x5f\x0f\x3c\xf5" or struct.unpack_from(">H", head, 18)[0] != face.upem:
        return "its head table"
    if len(hhea) < 36:
        return "its hhea table"
    pairs = struct.unpack_from(">H", hhea, 34)[0]
    if not 1 <= pairs <= count or len(hmtx) < 4 * pairs + 2 * (count - pairs):
        return "its table of widths (hmtx)"
    if "glyf" in face.table_tags and not _outlines_follow_each_other(face, struct.unpack_from(">h", head, 50)[0]):
        return "its table of outlines (loca)"
    if any((font.get_nominal_glyph(char) or 0) >= count for char in face.unicodes):
        return "its table of characters (cmap)"
    return "" if _can_be_embedded(face, font, axes) else "the outlines of its letters"


def _outlines_follow_each_other(face: hb.Face, long: int) -> bool:
    """Whether loca names a place in glyf for each glyph, one after the other; else HarfBuzz takes letters for empty."""
    loca, last = face.reference_table("loca").data, len(face.reference_table("glyf").data)
    count = face.glyph_count + 1
    if len(loca) < count * (4 if long else 2):
        return False
    places = struct.unpack_from(f">{count}{'L' if long else 'H'}", loca)
    return list(places) == sorted(places) and places[-1] * (1 if long else 2) <= last


def _can_be_embedded(face: hb.Face, font: hb.Font, axes: dict[str, float]) -> bool:
    """Whether a part of the font can be taken out, and is as wide as the whole says."""
    wanted = hb.SubsetInput()
    glyphs = range(0, face.glyph_count, 1 + face.glyph_count // MOST_GLYPHS)
    wanted.glyph_set.set(set(glyphs))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    for axis, place in axes.items():
        wanted.pin_axis_location(face, axis, place)
    try:
        plan = hb.SubsetPlan(face, wanted)
        made = plan.execute()
    except (RuntimeError, MemoryError):  # what uharfbuzz raises
        return False
    part, place = hb.Font(made), dict(plan.old_to_new_glyph_mapping)
    return made.upem == face.upem and all(
        glyph in place and abs(part.get_glyph_h_advance(place[glyph]) - font.get_glyph_h_advance(glyph)) <= OFF
        for glyph in glyphs
    )
