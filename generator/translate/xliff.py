"""Writes a Handoff as an XLIFF 2.0 file (OASIS standard, ISO 21720), and reads one that comes back from a translator.

It uses the standard library, since the well-kept library for it, translate-toolkit, is under the GPL. The reader
accepts what the writer wrote and what translation tools may add to it. A DOCTYPE is refused, so that no entity is ever
expanded.
"""

from __future__ import annotations

from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from ..model.problem import Place, Problem, Rejected
from ..model.record import field, record
from .handoff import Handoff, Unit

SUFFIX = ".xlf"
SPACE = "urn:oasis:names:tc:xliff:document:2.0"
OLDER = "leaflet:older"
"""Marks a translation that was made of an earlier text (subState: XLIFF 2.0, 4.3.1.27)."""


def write_xliff(handoff: Handoff) -> str:
    """The handoff as an XLIFF file, with one unit of one segment for each text; the unit's name is the text's path."""
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (f'<xliff xmlns="{SPACE}" version="2.0" srcLang={quoteattr(handoff.source)} '
         f'trgLang={quoteattr(handoff.target)}>'),
        f' <file id="f1" original={quoteattr(handoff.file)} canResegment="no" xml:space="preserve">',
    ]
    for number, unit in enumerate(handoff.units, 1):
        out.append(f'  <unit id="u{number}" name={quoteattr(unit.path)}>')
        notes = [f"<note>{_escaped(unit.note)}</note>"] if unit.note else []
        if unit.former:
            notes.append(f'<note category="former">{_escaped(unit.former)}</note>')
        if notes:
            out.append(f"   <notes>{''.join(notes)}</notes>")
        state = ('state="translated"' if unit.done else f'state="initial" subState="{OLDER}"' if unit.target
                 else 'state="initial"')
        out.append(f"   <segment {state}>")
        out.append(f"    <source>{_escaped(unit.text)}</source>")
        if unit.target:
            out.append(f"    <target>{_escaped(unit.target)}</target>")
        out += ["   </segment>", "  </unit>"]
    return "\n".join([*out, " </file>", "</xliff>", ""])


def _escaped(text: str) -> str:
    return escape(text, {"\r": "&#13;"})


def read_xliff(data: bytes, file: str) -> Handoff:
    """A Handoff from the bytes of an XLIFF file; `file` is its name in places. Raises Rejected where it is no XLIFF
    file."""
    reader = _Reader(file)
    reader.read(data)
    return reader.handoff


SKIPPED = ("notes", "skeleton", "originalData")
"""Elements that the reader skips."""


@record(slots=True)
class _Reader:
    """Follows expat through a file."""

    file: str
    handoff: Handoff = field(default_factory=lambda: Handoff("", "", ""))
    unit: Unit | None = None
    words: list[str] | None = None
    """Characters of the open source or target."""
    segments: int = 0
    """Of the open unit; 0 outside of one."""
    given: set[str] = field(default_factory=set)
    """Of source and target, what the open unit has had."""
    skipping: int = 0
    """Depth within an element that is skipped."""
    parser: expat.XMLParserType = field(default_factory=lambda: expat.ParserCreate(namespace_separator=" "))

    def read(self, data: bytes) -> None:
        parser = self.parser
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self.doctype
        try:
            parser.Parse(data, True)
        except expat.ExpatError as error:
            problem = Problem(Place(self.file, error.lineno, error.offset + 1),
                              f"this is not XML: {expat.ErrorString(error.code)}")
            raise Rejected([problem]) from None
        except LookupError:  # raised by Python's own reader of encodings
            problem = Problem(Place(self.file, 1, 1), "this is not XML: its encoding is not known", "save it as UTF-8")
            raise Rejected([problem]) from None
        if not self.handoff.file:
            raise Rejected([Problem(self.handoff.place, "the file holds no <file>", "export again")])

    def place(self) -> Place:
        return Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def stop(self, message: str, hint: str = "") -> Rejected:
        return Rejected([Problem(self.place(), message, hint)])

    def doctype(self, *_: object) -> None:
        raise self.stop("a DOCTYPE has no place here", "delete it")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        if self.handoff.place is None:
            self.top(space, local, attributes)
        elif self.skipping or space != SPACE or local in SKIPPED:
            self.skipping += 1  # what tools add stands in namespaces of their own
        elif self.words is not None:
            if local not in ("mrk", "sm", "em"):  # those mark a word, and change nothing
                raise self.stop(f"<{local}> stands within a text",
                                "a text holds words only; write marks as in the source")
        elif local == "file":
            if self.handoff.file:
                raise self.stop("a second <file> begins here", "one file holds one leaflet")
            self.handoff.file = self.needed(attributes, "original", local)
        elif local in ("unit", "group") and self.unit is not None:
            raise self.stop(f"<{local}> stands within a <unit>", "a unit holds one text; is </unit> missing before it?")
        elif local == "unit":
            if self.unit is not None:
                raise self.stop("a <unit> begins within another", "export again, and change nothing but the texts")
            self.unit = Unit(self.needed(attributes, "name", local), "", place=self.place())
            self.segments, self.given = 0, set()
        elif local in ("segment", "ignorable") and self.unit is not None:
            self.segments += 1
            if self.segments > 1:
                raise self.stop("the text has been cut into segments", "join the segments of this unit")
            self.unit.done = not (attributes.get("state") == "initial" and attributes.get("subState") == OLDER)
        elif local in ("source", "target") and self.segments:
            if local in self.given:
                raise self.stop(f"a second <{local}> stands in this unit",
                                "one text has one translation: take one of them away")
            self.given.add(local)
            self.words = []
        elif local != "group":
            raise self.stop(f"<{local}> stands where it cannot")

    def top(self, space: str, local: str, attributes: dict[str, str]) -> None:
        self.handoff.place = self.place()
        if (space, local) != (SPACE, "xliff"):
            older = "; it is of an older version" if local == "xliff" else ""
            raise self.stop(f"this is not an XLIFF 2 file{older}", "save it as XLIFF 2.0 or 2.1")
        self.handoff.source = self.needed(attributes, "srcLang", local)
        self.handoff.target = self.needed(attributes, "trgLang", local)

    def needed(self, attributes: dict[str, str], name: str, element: str) -> str:
        if not attributes.get(name):
            raise self.stop(f"<{element}> lacks {name}", "export again")
        return attributes[name]

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if self.skipping:
            self.skipping -= 1
        elif local in ("source", "target") and self.words is not None:
            text = "".join(self.words)
            self.words = None
            if local == "source":
                self.unit.text = text
            else:
                self.unit.target = text
        elif local == "unit":
            self.unit.done &= bool(self.unit.target.strip())
            if "source" not in self.given:
                raise self.stop("this <unit> has no <source>", "export again")
            self.handoff.units.append(self.unit)
            self.unit, self.segments = None, 0

    def characters(self, text: str) -> None:
        if self.words is not None and not self.skipping:
            self.words.append(text)
