"""An XML file → what stands in it, in order, each with its line and column."""

from __future__ import annotations

from xml.parsers import expat

from ..model.problem import Place, Problem

Event = tuple[str, str, dict[str, str], tuple[int, int]]
"""("start", "end", "words" or "instruction"; name with its namespace before it, or words; attributes; line and
column)."""
EMPTY: dict[str, str] = {}


class _Declared(Exception):
    """The file declares entities, which can grow without limit and name other files."""


def events(data: bytes, shown: str) -> tuple[list[Event], Problem | None]:
    """What stands in the file, up to its end or its first fault, and that fault. Nothing outside the file is read."""
    found: list[Event] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = True

    def at() -> tuple[int, int]:
        return parser.CurrentLineNumber, parser.CurrentColumnNumber + 1

    def doctype(name: str, system: str | None, public: str | None, declares: bool) -> None:
        if declares:
            raise _Declared

    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = lambda name, _: found.append(("instruction", name, EMPTY, at()))
    parser.StartElementHandler = lambda name, pairs: found.append(
        ("start", name, dict(zip(pairs[::2], pairs[1::2])), at()))
    parser.EndElementHandler = lambda name: found.append(("end", name, EMPTY, at()))
    parser.CharacterDataHandler = lambda text: found.append(("words", text, EMPTY, at()))
    try:
        parser.Parse(data, True)
    except _Declared:
        return [], Problem(Place(shown, *at()), "a drawing has no DOCTYPE with declarations",
                           "delete the lines <!DOCTYPE … ]>, or save it as plain SVG")
    except (expat.ExpatError, LookupError, ValueError) as error:
        what = expat.errors.messages.get(error.code, "") if isinstance(error, expat.ExpatError) else str(error)
        return found, Problem(Place(shown, *at()), f"the file is no well-formed XML: {what}", "")
    return found, None
