"""What a person is offered at a place of a content file: the text that stands there, and what can be put in beside it,
moved or taken out. And what they fill in, as data for a Draft."""

from __future__ import annotations

import types
from typing import Any, Literal, Union, get_args, get_origin

from ..model.outline import steps_of
from ..model.problem import Place
from ..model.record import fields, hint_of, is_record, names
from ..model.walk import Value, values
from .draft import Draft, at_model, refuse
from .editing import hash_of

Offer = dict[str, Any]
"""Plain data for the page."""
BARRED = ("translation", "checks", "format", "language", "use")
"""Keys that the page does not put in: the program looks after them, or they name files."""
HALF = 0.5
"""A text that has at least this part of another one's words, in order, is that one after a change."""


def found_at(content: Any, place: Place) -> Value | None:
    """The value in which a place lies: the last one that begins at or before it."""
    best: tuple[Place, Value] | None = None
    for value in values(content):
        for where in value.places:
            if where and value.known and where <= place and (best is None or where > best[0]):
                best = where, value
    return best[1] if best and best[0].file == place.file else None


def stands_now(draft: Draft, path: str, old: str) -> Offer:
    """Where a text that somebody looked at as `old`, at a path, stands in a file that was changed since: its path, its
    text now, and whether it is the "same", has "moved", is "changed" or "gone". A changed one is that at the path,
    unless that has little of it and another text has more than half of its words."""
    from difflib import SequenceMatcher

    def part(one: Value) -> float:
        return SequenceMatcher(None, old.split(), one.text.split(), autojunk=False).ratio()

    known = [one for one in values(draft.content) if one.known]
    here = next((one for one in known if one.path == path), None)
    alike = [one for one in known if one.text == old]
    if here is not None and here.text == old:
        state, value = "same", here
    elif len(alike) == 1:
        state, value = "moved", alike[0]
    else:
        value = here
        if here is None or part(here) < HALF:
            most = max(known, key=part, default=None)
            value = most if most is not None and part(most) > HALF else here
        state = "changed" if value is not None else "gone"
    return {"hash": hash_of(draft.data), "state": state, "path": value.path if value else path,
            "text": value.text if value else ""}


def offer(draft: Draft, value: Value) -> Offer:
    """What the page shows beside a text."""
    from ..read.forms import described, readable

    hint = hint_of(type(value.owner), value.name)
    return {
        "file": draft.name,
        "hash": hash_of(draft.data),
        "path": value.path,
        "text": value.text,
        "kind": value.kind,
        "label": readable(value.name),
        "help": described(type(value.owner))[value.name],
        "heading": value.heading,
        "choices": list(map(str, _choices(hint))),
        "together": value.linked or value.name in ("options", "cover_title")
        or (value.path == "title" and bool(getattr(draft.content, "cover_title", None))),
        "levels": levels(draft.content, value.path),
        "adds": adds(draft.content, value.path),
    }


def texts(draft: Draft) -> Offer:
    """All texts of a file, in reading order: also those that are printed nowhere."""
    from ..read.forms import readable

    return {"file": draft.name, "hash": hash_of(draft.data), "texts": [
        {"path": one.path, "text": one.text, "label": readable(one.name), "heading": one.heading}
        for one in values(draft.content)
        if one.known and one.key not in ("language", "translation.source", "translation.units")]}


def levels(content: Any, path: str) -> list[Offer]:
    """The lists around a place, the innermost first: which item it is in, and what can be put in beside that."""
    from ..read.forms import kinds_of, readable
    from ..read.shapes import required_of

    found: list[Offer] = []
    here, hint, name = content, type(content), ""
    steps = steps_of(path)
    at = ""
    for step in steps:
        if is_record(here):
            outer, hint, name = type(here), hint_of(type(here), str(step)), str(step)
            here, at = getattr(here, name), f"{at}.{name}" if at else name
            if not isinstance(here, list) and outer.__name__ != "Block" and name not in required_of(outer):
                found.insert(0, {"out": at, "label": readable(name), "kinds": []})
        elif isinstance(here, list):
            inner = get_args(_without_none(hint))[0]
            one = here[int(step)]
            if name not in ("cover_title", "layouts", "columns", "cells", "options"):
                found.insert(0, {"path": at, "index": step, "count": len(here), "label": _called(one, name),
                                 "kinds": [_kind(kind) for kind in kinds_of(inner, name) if kind.key not in BARRED]})
            elif name in ("columns", "cells") and here and not is_record(one):
                found.insert(0, _column(content, at, int(step), name))
            here, hint, at = one, inner, f"{at}[{step}]"
        elif isinstance(here, dict):
            here, at = here.get(str(step)), f"{at}[{step}]"
    return [one for one in found if one]


def _column(content: Any, at: str, index: int, name: str) -> Offer:
    table = at[: at.rindex(".rows[")] if name == "cells" else at[: at.rindex(".")]
    while ".rows[" in table[table.rfind("table") :]:  # a row within a group of rows
        table = table[: table.rindex(".rows[")]
    index += name == "cells"
    columns = getattr(at_model(content, steps_of(table)), "columns", [])
    return {"column": table, "index": index, "count": len(columns), "label": "column", "kinds": []} if columns else {}


def adds(content: Any, path: str) -> list[Offer]:
    """What the entries around a place lack, the innermost first: a caption, a heading, sections below …"""
    found: list[Offer] = []
    here, at = content, ""
    for step in (*steps_of(path), None):
        if is_record(here) and type(here).__name__ != "Block":
            found.insert(0, {"path": at, "label": _called(here, "leaflet"), "keys": lacking(here)})
        if step is None:
            break
        if is_record(here):
            here, at = getattr(here, str(step)), f"{at}.{step}" if at else str(step)
        else:
            here, at = here[step], f"{at}[{step}]"
    return [one for one in found if one["keys"]]


def lacking(entry: Any) -> list[Offer]:
    """The keys that an entry could have and does not."""
    from ..read.forms import asks_of, described, readable

    known = described(type(entry))
    made = []
    for name in names(entry):
        value = getattr(entry, name)
        hint = hint_of(type(entry), name)
        default = fields(entry)[name].default
        if name in BARRED or (value and value != default):
            continue
        if asks := asks_of(hint, name, known[name]):
            made.append({"key": name, "label": readable(name), "help": known[name],
                         "asks": [_ask(one) for one in asks]})
    return made


def filled_in(key: str, answers: dict[str, str], asks: list[Offer]) -> Any:
    """Data for a Draft of what a person has filled in; key: of a block, or "". What was left empty is left out."""
    made: Any = None
    for ask in asks:
        text = answers.get(ask["path"], "").strip()
        if not text:
            if ask["needed"]:
                raise refuse(f"'{ask['label']}' is empty", "fill it in")
            continue
        given = as_data(text, ask["kind"])
        made = given if not ask["path"] else placed(made, steps_of(ask["path"]), given)
    if made is None:
        raise refuse("nothing is filled in")
    return {key: made} if key else made


def as_data(text: str, kind: str) -> Any:
    if kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if kind == "grid":
        return grid(text)
    if kind == "yes":
        return True
    if kind == "number":
        if not text.isdecimal():
            raise refuse(f"'{text}' is no number", "like 3")
        return int(text)
    if kind == "pairs":
        pairs = [line.partition(":") for line in text.split("\n") if line.strip()]
        if not all(colon for _, colon, _ in pairs):
            raise refuse("each line needs a name, a colon and a text", "like needle: Needle")
        return {name.strip(): words.strip() for name, _, words in pairs}
    return text


def grid(text: str) -> Any:
    """A table of lines whose cells are parted by tabs or |; the first line names the columns."""
    rows = [[cell.strip() for cell in line.strip(" |").split("|" if "\t" not in line else "\t")]
            for line in text.split("\n") if line.strip(" |-\t:")]
    if len(rows) < 2:
        raise refuse("a table needs a line that names the columns, and a row", "part the cells by | or tabs")
    widest = max(map(len, rows))
    if len(rows[0]) < widest:
        raise refuse(f"a row has {widest} cells, but there are {len(rows[0])} columns", "name each column")
    made = []
    for first, *cells in rows[1:]:
        made.append(({"head": first} if first else {}) | ({"cells": cells} if cells else {}))
    return {"columns": rows[0], "rows": made}


def placed(data: Any, steps: tuple, new: Any) -> Any:
    """Data with a value at a place that need not be there yet."""
    if not steps:
        return new
    if isinstance(steps[0], int):
        items = data if isinstance(data, list) else []
        return [placed(items[0] if items else None, steps[1:], new)]
    data = data if isinstance(data, dict) else {}
    return data | {steps[0]: placed(data.get(steps[0]), steps[1:], new)}


def _called(entry: Any, name: str) -> str:
    """What an entry is called: by its class, a block by its key."""
    from ..read.forms import readable

    if not is_record(entry):
        return f"item of {readable(name)}"
    cls = type(entry).__name__
    if cls == "Block":
        key = next((key for key in names(entry) if getattr(entry, key) is not None), "block")
        return readable(key)
    return "leaflet" if cls == "Content" else readable(cls)


def _choices(hint: Any) -> tuple:
    hint = _without_none(hint)
    return get_args(hint) if get_origin(hint) is Literal else ()


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        members = [one for one in get_args(hint) if one is not type(None)]
        return members[0]
    return hint


def _kind(kind: Any) -> Offer:
    return {"key": kind.key, "label": "paragraphs" if kind.key == "text" else kind.label, "help": kind.help,
            "asks": [_ask(one) for one in kind.asks]}


def _ask(ask: Any) -> Offer:
    return {name: getattr(ask, name) for name in names(ask)}
