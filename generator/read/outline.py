"""Where each value of a YAML file begins and ends (model/outline.py)."""

from __future__ import annotations

import re

from ..model.outline import Part

_TAIL = re.compile(r"(?:\n[ \t]*)+\Z")
"""Empty lines below a block; YAML counts them to it."""


def outline(text: str) -> Part:
    """The parts of a file, whose line ends are line feeds. The file must have been read without a fault of syntax
    (read/source.py): this raises yaml.YAMLError where there is one."""
    import yaml
    from yaml import events

    top: list[Part] = []
    open_parts: list[Part] = []
    keys: list[tuple[str, Part] | None] = []
    """For each open part, the key that waits for its value."""

    def add(part: Part, words: str) -> None:
        if not open_parts:
            top.append(part)
        elif open_parts[-1].kind == "list":
            open_parts[-1].items.append(part)
        elif keys[-1] is None:
            keys[-1] = words, part
        else:
            key, head = keys[-1]
            open_parts[-1].keys.setdefault(key, part)
            open_parts[-1].heads.setdefault(key, head)
            keys[-1] = None

    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        kind = type(event)
        if kind is events.ScalarEvent:
            start, end = event.start_mark.index, event.end_mark.index
            if event.style in ("|", ">"):
                end = start + len(_TAIL.sub("", text[start:end]))
            add(Part("text", start, end, event.start_mark.column, event.style or ""), event.value)
        elif kind in (events.MappingStartEvent, events.SequenceStartEvent):
            name, sign = ("mapping", "{") if kind is events.MappingStartEvent else ("list", "[")
            start = event.start_mark.index
            part = Part(name, start, start, event.start_mark.column, sign if event.flow_style else "")
            add(part, "")
            open_parts.append(part)
            keys.append(None)
        elif kind in (events.MappingEndEvent, events.SequenceEndEvent):
            part = open_parts.pop()
            keys.pop()
            within = [*part.items, *part.keys.values()]
            part.end = event.end_mark.index if part.style or not within else max(one.end for one in within)
    return top[0]
