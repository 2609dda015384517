"""Writes a Handoff as a gettext PO file, and reads one that comes back from a translator.

Babel parses the file. It guesses at faults (a missing quote, an entry that stands twice), so these are refused here.
PO: GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ..model.problem import Place, Problem, Rejected
from .handoff import Handoff, Unit

SUFFIX = ".po"
LINE = re.compile(r'(?:(?:msgctxt|msgid|msgstr)\s+)?"(?:[^"\\]|\\[\\nrt"])*"$')
"""A line that is no comment: a keyword, or none, and a quoted text with the escapes that Babel knows."""

ENTRY = "an entry is msgctxt, msgid and msgstr, each once"
FOLLOWS = {"msgctxt": ("msgid",), "msgid": ("msgstr",), "msgstr": ("msgctxt", "msgid")}


def write_po(handoff: Handoff, note: str = "") -> str:
    """The handoff as a PO file, with one entry for each text; msgctxt is the text's path. `note`: a comment at its
    top."""
    head = [
        f"Project-Id-Version: {PurePosixPath(handoff.file).parent.name}",
        "PO-Revision-Date: ",
        "Last-Translator: ",
        "Language-Team: ",
        f"Language: {handoff.target.replace('-', '_')}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"X-Source-Language: {handoff.source.replace('-', '_')}",
        f"X-Source-File: {handoff.file}",
    ]
    entries = ["\n".join([*([f"# {note}"] if note else []), 'msgid ""',
                          f"msgstr {_quoted(chr(10).join(head) + chr(10))}"])]
    for unit in handoff.units:
        lines = [f"#. {unit.note}"] if unit.note else []
        if unit.place and not re.search(r"\s", unit.place.file):
            lines.append(f"#: {unit.place.file}:{unit.place.line}")
        if unit.target and not unit.done:
            lines.append("#, fuzzy")
            lines += [f"#| {line}" for line in f"msgid {_quoted(unit.former)}".split("\n")] if unit.former else []
        lines += [f"{key} {_quoted(text)}"
                  for key, text in (("msgctxt", unit.path), ("msgid", unit.text), ("msgstr", unit.target))]
        entries.append("\n".join(lines))
    return "\n\n".join(entries) + "\n"


def _quoted(text: str) -> str:
    """A text in quotes; of several lines, one in each line of the file."""
    from babel.messages.pofile import escape

    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    return escape(text) if len(lines) < 2 else "\n".join(['""', *map(escape, lines)])


def read_po(data: bytes, file: str) -> Handoff:
    """A Handoff from the bytes of a PO file; `file` is its name in places. Raises Rejected where it is no PO file."""
    from babel.messages.catalog import Catalog, Message
    from babel.messages.pofile import PoFileError, PoFileParser

    class Every(Catalog):
        """Keeps every message, also a second one of the same place, where a catalog would keep the last."""

        def __init__(self) -> None:
            super().__init__()
            self.every: list[Message] = []

        def __setitem__(self, id: object, message: Message) -> None:
            self.every.append(message)

    lines = _present(_lines(data, file))
    problems = list(_faults(lines, file))
    if problems:
        raise Rejected(problems)
    catalog = Every()
    try:
        PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True).parse(lines)
    except PoFileError as error:
        raise Rejected([Problem(Place(file, error.lineno + 1), "this is not a PO file",
                                re.sub(r" on -?\d+$", "", str(error)))]) from None
    heads = [message for message in catalog.every if not message.id]
    if not heads:
        raise Rejected([Problem(Place(file), "the head of the file is missing",
                                "the first entry is msgid \"\"; export again")])
    head = dict(line.split(": ", 1) for line in heads[0].string.split("\n") if ": " in line)
    place = Place(file, heads[0].lineno)
    missing = [name for name in ("Language", "X-Source-Language", "X-Source-File") if not head.get(name, "").strip()]
    if missing:
        raise Rejected([Problem(place, f"the head of the file lacks {', '.join(missing)}", "export again")])
    handoff = Handoff(head["X-Source-File"].strip(), _tag(head["X-Source-Language"]), _tag(head["Language"]),
                      place=place)
    for message in catalog.every:
        if message.id:
            where = Place(file, message.lineno)
            if message.context is None:
                handoff.problems.append(Problem(where, "this entry has no msgctxt, which says where the text belongs",
                                              "export again"))
                continue
            handoff.units.append(Unit(message.context, message.id, message.string,
                                    not message.fuzzy and bool(message.string.strip()), place=where))
    return handoff


def _present(lines: list[str]) -> list[str]:
    """The lines, with blank ones in place of entries that are no longer used (#~ and #~|) and of the comments right
    above them: Babel would give a "fuzzy" of theirs to the next entry."""
    out = list(lines)
    for number, line in enumerate(lines):
        if line.lstrip().startswith("#~"):
            while number >= 0 and lines[number].lstrip().startswith("#"):
                out[number] = ""
                number -= 1
    return out


def _tag(words: str) -> str:
    return words.strip().replace("_", "-")


def _lines(data: bytes, file: str) -> list[str]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(file, data.count(b"\n", 0, error.start) + 1)
        raise Rejected([Problem(place, f"the byte 0x{data[error.start]:02X} is not UTF-8",
                                "save the file as UTF-8")]) from None
    return text.replace("\r\n", "\n").split("\n")


def _faults(lines: list[str], file: str) -> Iterator[Problem]:
    """Problems of lines that Babel would guess at."""
    before = "msgstr"
    for number, line in enumerate(lines, 1):
        place, line = Place(file, number), line.strip()
        if not line or line.startswith("#"):
            continue
        key = re.match(r"msg[a-z_]*(?:\[\d+\])?|", line)[0]
        if key.startswith(("msgid_plural", "msgstr[")):
            yield Problem(place, "plural forms have no place here", ENTRY)
            before = "msgstr"
        elif key and key not in FOLLOWS:
            yield Problem(place, f"'{key}' is no word of a PO file", ENTRY)
        elif key and key not in FOLLOWS[before]:
            yield Problem(place, f"{key} stands here, after {before}", ENTRY)
        elif not LINE.match(line):
            if key or line.startswith('"'):
                yield Problem(place, "the quotes or \\ signs of this line are not right",
                              'begin and end with "; write \\" and \\\\ for " and \\ in the text')
            else:
                yield Problem(place, "this line is neither msgctxt, msgid, msgstr, text in quotes nor a comment")
        before = key if key in FOLLOWS else before
    if before != "msgstr":
        yield Problem(Place(file, len(lines)), "the file ends within an entry", "msgstr is missing")
