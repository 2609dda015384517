"""The font families that come in packages, and which characters each of the optional ones is for."""

from __future__ import annotations

from ..model.late import Late

BUILT_IN = {
    "FiraGO": ("figo", "figbo", "figit", "figbi"),
    "Noto Sans": ("notos", "notosbo", "notosit", "notosbi"),
    "Noto Sans Symbols": ("symbol1",),
    "Noto Sans Symbols2": ("symbol2",),
    "Noto Sans Math": ("math",),
}
"""Family → the names that pymupdf-fonts has for (regular, bold, italic, bold italic)."""

SERIF = "Source Serif 4"
"""A serif for headings, in variable fonts: Latin, Greek and Cyrillic. Its bold stands at the weight 600."""
SERIF_FILES = ("SourceSerif4[opsz,wght].ttf", "SourceSerif4-Italic[opsz,wght].ttf")
FAMILIES = (*BUILT_IN, SERIF)
"""Families that every installation has."""

CJK = "Noto Sans CJK"
"""Chinese, Japanese and Korean, of the optional dependency `cjk`."""
CJK_FACES = {"ja": 0, "ko": 1, "zh-Hans": 2, "zh-Hant": 3, "zh-TW": 3, "zh-HK": 4, "zh-Hant-HK": 4, "zh-MO": 4}
"""Language → its face in the collection: one character looks different in each (Han unification). Others: zh-Hans."""

MORE = {
    f"Noto Sans {script}": f"NotoSans{script}[wght].ttf"
    for script in ("Armenian", "Bengali", "Ethiopic", "Gujarati", "Gurmukhi", "Kannada", "Khmer", "Lao", "Malayalam",
                   "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu")
} | {"Noto Emoji": "NotoEmoji[wght].ttf"}
"""Family of the optional dependency `fonts` → its file: scripts that FiraGO lacks, and emoji drawn in one colour."""
OTHERS = Late("|".join(name.removeprefix("Noto Sans ").upper() for name in MORE if name != "Noto Emoji"))
"""How the names of the characters of MORE begin."""
KEYCAP = "\u20e3"
"""Makes a key of the digit before it: 1️⃣."""
EMOJI = Late("[\u20e3\u2600-\u27bf\U0001f000-\U0001faff]")
EAST = Late("CJK|IDEOGRAPHIC|HIRAGANA|KATAKANA|HANGUL|BOPOMOFO|FULLWIDTH|HALFWIDTH")
"""How the names of Chinese, Japanese and Korean characters begin."""
