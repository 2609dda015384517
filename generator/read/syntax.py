"""Says in plain words why a file is not YAML, at the place that is to be mended."""

from __future__ import annotations

import re

from ..model.problem import Place, Problem
from ..model.wording import quoted
from .kinds import QUOTES, is_wording
from .nodes import DEEPEST, Mapping, wide_space


def explain(error, composer) -> Problem:
    """What libyaml (or PyYAML's own parser) says, in words for the author. `error` is a yaml.YAMLError, `composer` the
    source.Composer that met it."""
    raw, context = getattr(error, "problem", None) or str(error), getattr(error, "context", None) or ""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem(Place(composer.file), "this is not valid YAML", raw)
    place = composer.place(mark)
    began = composer.place(error.context_mark) if error.context_mark else place
    line = composer.lines[place.line - 1]
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return Problem(Place(place.file, place.line, indent.index("\t") + 1), "a tab in the indentation", "use spaces")
    head = line[: place.column - 1]
    before, here = head.rstrip()[-1:], line[place.column - 1 : place.column]
    if "flow" in context and before in ("'", '"') and here not in ("'", '"'):
        return Problem(place, *_AFTER_QUOTE)
    problem = _wide_space_near(place, began, composer) or _open_quote(place, composer)
    if problem := problem or _colon_above(began, context, composer):
        return problem
    if "flow" in context:
        opened = composer.open[-1].place if "flow node" in context and composer.open else began
        if problem := _note_in_brackets(opened, place, composer):
            return problem
    for pattern, at_start, message, hint in _SYNTAX:
        if re.search(pattern, f"{context}: {raw}"):
            place = began if at_start else place
            if "flow node" in context and composer.open:
                place = composer.open[-1].place
            sign = composer.lines[place.line - 1][place.column - 1 : place.column]
            return _space_forgotten(place, composer) or Problem(place, message.format(sign=sign), hint)
    if "mapping values" in raw and ": " in head:
        return Problem(place, "a colon followed by a space in text without quotes", "put the whole text in quotes")
    if "mapping values" in raw:
        place = Place(place.file, place.line, len(indent) + 1)
        return Problem(place, "a key cannot stand here", "check the indentation of this line and of the one above")
    if "]" in head or "}" in head:
        return Problem(place, "words after a closing bracket", "put the whole text in quotes")
    if "'" in head or '"' in head:
        return Problem(place, *_AFTER_QUOTE)
    return Problem(place, "this does not fit what stands above", "check the indentation; list items begin with '- '")


def _wide_space_near(place: Place, began: Place, composer) -> Problem | None:
    """A no-break space on the line of the error, where the broken thing begins, or on the line above either."""
    for number in dict.fromkeys((place.line, began.line, place.line - 1, began.line - 1)):
        if number and (problem := wide_space(composer.lines[number - 1], Place(place.file, number))):
            return problem
    return None


def _open_quote(place: Place, composer) -> Problem | None:
    """Words behind a quote that closes a text of several lines: it was opened in another line."""
    last = composer.last
    if last is None or last.style not in ("'", '"') or last.start_mark.line == last.end_mark.line:
        return None
    end = composer.place(last.end_mark)
    if end.line != place.line or composer.lines[end.line - 1][end.column - 1 : place.column - 1].strip():
        return None
    message = f"the quote {last.style} that opens here closes in line {end.line}, where words follow it"
    within = "''" if last.style == "'" else '\\"'
    hint = f"close it at the end of its text; within the text, write {within}"
    return Problem(composer.place(last.start_mark), message, hint)


def _colon_above(began: Place, context: str, composer) -> Problem | None:
    """Text that goes on below text with a colon, which YAML takes for a key: `- Take one: now`, below it `and then`."""
    above, last = composer.open[-1] if composer.open else None, composer.last
    if "simple key" not in context or not isinstance(above, Mapping) or not above:
        return None
    *_, key = above
    if began.column != above.place.column or last.end_mark.line + 2 != began.line or not is_wording(key):
        return None
    text = quoted(f"{key}: {last.value}")
    return Problem(above.marks[key], f"a colon followed by a space in text without quotes: {text}", QUOTES)


def _space_forgotten(place: Place, composer) -> Problem | None:
    """A line whose dash or first colon has no space behind it (`-Rest well`, `category:Hips`), or with a wide colon."""
    line = composer.lines[place.line - 1]
    if wide := re.match(r"\s*(?:- +)?[a-z_]+\s*：", line):
        where = Place(place.file, place.line, wide.end())
        return Problem(where, "a wide colon ： where YAML needs a plain one", "write ': ', as on an English keyboard")
    match = re.match(r"\s*(?:- +)?([a-z_]+):(?=[^\s:/])", line) or re.match(r"\s*-(?=[^\s-])", line)
    if match is None or match.start() >= place.column:
        return None
    sign = match[0][-1]
    name = "colon" if sign == ":" else "dash"
    where = Place(place.file, place.line, match.end())
    return Problem(where, f"a {name} without a space after it", f"write '{sign} '; or put the whole text in quotes")


def _note_in_brackets(began: Place, place: Place, composer) -> Problem | None:
    """A # without quotes, between a bracket that opens and the error: the rest of its line, with the bracket that
    closes, is a note (`{dark: #1f4d2b, mid: #2f6b3d}`)."""
    for number in range(began.line, place.line + 1):
        line = composer.lines[number - 1]
        at = began.column if number == began.line else 0
        mark = re.search(r"(?<=[:,\[{] )#(?=\w)", line[at:])
        if mark and not any(line[at : at + mark.start()].count(quote) % 2 for quote in "'\""):
            return Problem(Place(place.file, number, at + mark.start() + 1), "a # without quotes begins a note, which "
                           "hides the rest of the line", "put the text that begins with # in quotes")
    return None


_AFTER_QUOTE = "words after a closing quote", "put the whole text in quotes; within '…' an apostrophe is written ''"
_QUOTE = "put the whole text in quotes"
_SYNTAX = (
    # what the parser says, whether the place is where the broken thing begins, what we say
    ("unexpected end of stream", True, "the quote {sign} is never closed", "write it at the end of the text too"),
    ("escape|hexdec|hexadec", False, "an unknown sign after \\ in double quotes", "use single quotes"),
    ("scanning an (alias|anchor)", True, "text cannot begin with {sign}", _QUOTE),
    ("cannot start any token|directive", True, "text cannot begin with {sign}", _QUOTE),
    ("scanning a simple key", True, "a key or text without a colon", "write 'key: text'; indent text that goes on"),
    ("scanning a block scalar", False, "{sign} cannot stand here", "begin the text on the next line, indented"),
    ("parsing a flow", True, "the bracket {sign} is not closed rightly", "put text that begins with [ or { in quotes"),
    ("tag", True, "tags (!) are not read", "put text that begins with ! in quotes"),
    ("sequence entries", False, "a list item cannot begin here", "begin it on a line of its own"),
    ("incompatible", False, "this version of YAML is not read", "delete the line"),
    ("exceeded", False, f"lists and mappings are nested more than {DEEPEST} deep here", ""),
)
