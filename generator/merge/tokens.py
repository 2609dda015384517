"""Reads markup as tags, words and marks: how elements, attributes and entities are written, not what they mean."""

from __future__ import annotations

import re

from ..model.late import Late
from .places import CONTROL, MARK

TOKEN = re.compile(
    r"(?:\x01(\d{1,9})\x01)?<(/?)([A-Za-z][A-Za-z0-9]*)((?:[^<>\"']+|\"[^\"]*\"|'[^']*')*+)>"
    r"|([^<\x01\x02]+)"
    r"|\x02(\+?)(\d{0,9})\x03"
    r"|\x01(\d{1,9})\x01"
    r"|<!--((?:[^-]|-(?!->))*+)(?:-->|(\Z))"
    r"|[\s\S]"
)
TAG, WORDS, MARKED, STAMPED, UNENDED = 4, 5, 7, 8, 10
"""The last group of each kind of token: (stamp, /, name, attributes) · words · (+, number) of a mark · number of a
stamp · a comment that does not end."""
UNEVEN = re.compile("[&\x00-\x1f\x7f]|  ")
"""Words without any of these are used as they are."""

_ATTRIBUTE = Late(r"""\s+([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')|\s*(/?)\s*\Z""")
_SPACE = re.compile("[ \t\n\r\f]+")
_ENTITY = Late("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": "\xa0", "shy": "\xad"}

Wrong = list[tuple[str, str]]
"""(message, hint) of each fault."""


def decoded(words: str, wrong: Wrong) -> str:
    """Entities resolved, control characters dropped. A sign & that begins no entity is a sign &."""
    if "&" in words:
        words = _ENTITY.sub(lambda found: _character(found, wrong), words)
    return CONTROL.sub("", words)


def spaced(words: str) -> str:
    """Every run of white space (as HTML has it: no-break and typographic spaces are none) as one space."""
    return _SPACE.sub(" ", words)


def _character(found: re.Match, wrong: Wrong) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        if name not in _ENTITIES:
            wrong.append((f"the entity {found[0]} is not known", "write the character itself"))
        return _ENTITIES.get(name, "")
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000 or 127 <= code < 160 or (code < 32 and code not in (9, 10, 13)):
        wrong.append((f"the entity {found[0]} is no character", "write the character itself"))
        return ""
    return chr(code)


def attributes(rest: str, name: str, wrong: Wrong) -> dict[str, str]:
    """The attributes of a tag, from what stands between its name and its >, without marks."""
    rest = MARK.sub("", rest)
    out: dict[str, str] = {}
    position = 0
    while position < len(rest):
        found = _ATTRIBUTE.match(rest, position)
        if found is None:
            shown = CONTROL.sub("", rest[position:].strip()[:20])
            wrong.append((f"cannot read '{shown}' in <{name}>", 'attributes are written name="value"'))
            break
        key = found[1]
        if key:
            if key in out:
                wrong.append((f"<{name}> has {key}= twice", ""))
            value = decoded(found[2] if found[2] is not None else found[3], wrong)
            out[key] = value if key == "labels" else spaced(value).strip(" ")
        position = found.end()
    return out


_SAYING = Late(r"""\s(?:src|alt|labels|href)\s*=\s*("[^"]*"|'[^']*')""")
_MARKED = Late("\x02(\\d{1,9})\x03")


def said_by(rest: str) -> list[int]:
    """Numbers of the marks in those attributes of a tag whose words or addresses are printed or read aloud."""
    return [int(number) for number in _MARKED.findall("".join(_SAYING.findall(rest)))]


_LABELS = Late(r"""\slabels\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def labels_of(rest: str) -> list[tuple[str, int]]:
    """(id, number of the mark around its words) of each label of a drawing, from what stands in the tag."""
    found = _LABELS.search(rest)
    out = []
    for item in re.split("\n|&#10;", (found[1] or found[2] or "") if found else ""):
        name, _, words = item.partition("=")
        if number := _MARKED.search(words):
            out.append((decoded(MARK.sub("", name), []).strip(), int(number[1])))
    return out
