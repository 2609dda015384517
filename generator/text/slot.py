"""A person's words in their place: the lines of a slot, and why they cannot stand there."""

from __future__ import annotations

from ..model.page import Slot
from .line import LineBox
from .paragraph import Paragraph
from .qr import outline
from .shape import _script
from .span import Span

VOICES = {
    "Arab": "ar", "Hebr": "he", "Thai": "th", "Hani": "zh", "Hira": "ja", "Kana": "ja", "Hang": "ko", "Deva": "hi",
    "Cyrl": "ru", "Grek": "el", "Beng": "bn", "Geor": "ka", "Armn": "hy", "Taml": "ta", "Guru": "pa", "Ethi": "am",
    "Khmr": "km", "Laoo": "lo", "Mymr": "my", "Sinh": "si", "Telu": "te", "Gujr": "gu", "Knda": "kn", "Mlym": "ml",
}  # fmt: skip
"""Script → the language whose voice reads it. A list says no more of a name than its letters do."""
_OWN = {
    "ur": "Arab", "fa": "Arab", "ps": "Arab", "ckb": "Arab", "yi": "Hebr", "mr": "Deva", "ne": "Deva", "uk": "Cyrl",
    "bg": "Cyrl", "sr": "Cyrl", "mk": "Cyrl", "be": "Cyrl", "kk": "Cyrl", "ky": "Cyrl", "ja": "Hani",
}
"""Language → the script that it shares with one that VOICES names."""


def voice(words: str, language: str) -> str | None:
    """The language of words in another script than the leaflet's, for who reads them aloud and for the choice of a
    font; None where they are the leaflet's, or in Latin letters, which every voice reads."""
    if words.isascii():
        return None
    found = next((script for script in map(_script_of, words) if script in VOICES), None)
    if found is None:
        return None
    if found == "Hani" and any(_raw(char) in ("Hira", "Kana") for char in words):
        return None if language[:2] == "ja" else "ja"
    first = language.partition("-")[0]
    own = _OWN.get(first) or next((script for script, tag in VOICES.items() if tag == first), None)
    return None if own == found else VOICES[found]


def _script_of(char: str) -> str | None:
    return _script(char) if char.isalpha() else None


def _raw(char: str) -> str | None:
    if "\u3040" <= char <= "\u309f":
        return "Hira"
    return "Kana" if "\u30a0" <= char <= "\u30ff" else None


def lines_of(slot: Slot, words: str) -> list[LineBox]:
    """The words as lines of the slot; more than it has where they do not fit. Characters that no font has are left
    out."""
    return _paragraph(slot, words).lines(slot.width, align=slot.align)


def unfit(slot: Slot, words: str) -> tuple[str, str] | None:
    """(what is wrong, what to do), where the words cannot stand in the slot. Neither quotes them."""
    if not words:
        return None
    if not slot.lines:
        try:
            outline(words)
        except ValueError:  # segno's DataOverflowError
            return "the address is too long for a QR code", "give a shorter one"
        return None
    paragraph = _paragraph(slot, words)
    if paragraph.problems:
        return "characters that no font has", "write them in other letters, or give the theme a font that has them"
    if paragraph.min_width() > slot.width + 0.01 or len(paragraph.lines(slot.width)) > slot.lines:
        room = "its line" if slot.lines == 1 else f"its {slot.lines} lines"
        return f"this does not fit {room} in the leaflet", "shorten it, or give the field more lines under personal:"
    return None


def _paragraph(slot: Slot, words: str) -> Paragraph:
    role, bold, italic = slot.style
    span = Span(words, role, bold, italic, slot.size, slot.colour, None, language=voice(words, slot.language))
    return Paragraph([span], slot.fonts, slot.language, "rtl" if slot.rtl else "ltr")
