"""Changes single values of a content file at their place alone: every other character of it, comments too, stays."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import yaml

_PLAIN = re.compile(r"[0-9a-z][0-9a-z-]*")
"""Values that need no quotes."""


def with_values(data: bytes, key: str, values: Mapping[str, str]) -> bytes:
    """A file that reads without problems, with these values in the mapping under a key of its top level.

    A value that is there is replaced; the others are written before the first one of the mapping, in their order. Where
    the file has no such mapping, it is written at its end.
    """
    text = data.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    top = yaml.compose(text, yaml.SafeLoader)
    found = next((node for name, node in top.value if name.value == key), None)
    if found is None or not isinstance(found, yaml.MappingNode) or not found.value:
        block = "".join(f"  {name}: {_written(value)}{end}" for name, value in values.items())
        if found is None:
            gap = "" if text.endswith(("\n", "\r")) else end
            made = f"{text}{gap}{key}:{end}{block}"
        else:
            made = text[: found.start_mark.index].rstrip(" ") + end + block.rstrip() + text[found.end_mark.index :]
        return _encoded(data, made)
    there = {name.value: node for name, node in found.value}
    edits = []
    for name, value in values.items():
        if name in there:
            node = there[name]
            start, stop = node.start_mark.index, node.end_mark.index
            old = text[start:stop]
            space = " " if start == stop else ""  # a key without a value
            edits.append((start, stop, space + _written(value) + old[len(old.rstrip()) :]))
    new = [f"{name}: {_written(value)}" for name, value in values.items() if name not in there]
    first = found.value[0][0].start_mark
    between = ", " if found.flow_style else end + " " * first.column
    edits.append((first.index, first.index, "".join(one + between for one in new)))
    for start, stop, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[stop:]
    return _encoded(data, text)


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _encoded(data: bytes, text: str) -> bytes:
    """The bytes of a text, with a mark of byte order where the file had one."""
    return text.encode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
