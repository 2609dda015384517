"""Keeps the paragraphs and lists of a text apart where YAML would join their lines.

YAML joins the lines of a text in `>`, in quotes or without quotes by spaces ("folding"), and an empty line becomes one
line end (YAML 1.2.2, 6.5 and 8.1.3). So a paragraph would run into the one before it, and the items of a list into each
other. Within a paragraph the text stays as YAML reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model.prose import begins

SPACE = " \t"


def unfolded(style: str | None, rows: Sequence[str], value: str) -> str:
    """The text of a scalar, with its paragraphs parted by an empty line and the lines of its lists apart.

    `style` as YAML has it: ">", "'", '"', or None without quotes. `rows` are its lines as they stand in the file,
    without quotes; those of a block without their indentation. `value` is what YAML reads; it is returned where all
    lines belong together.
    """
    rows = [_trimmed(row, style) for row in rows]
    if not any(_apart(above, row, style) for above, row in zip(rows, rows[1:])):
        return value
    out: list[str] = []
    above = None
    for row in rows:
        if not row:
            above = above and ""
            continue
        if above is not None:
            end = "\n\n" if not above else "\n" if _apart(above, row, style) else " "
            if style == '"' and _goes_on(out[-1]):  # it takes the line end after it away
                out[-1], end = out[-1][:-1], end if not above else ""
            out.append(end if style != '"' else end.replace("\n", "\\n"))
        out.append(row)
        above = row
    text = "".join(out)
    if style == '"':
        import yaml

        return yaml.safe_load(f'"{text}"')
    return text.replace("''", "'") if style == "'" else text


def _trimmed(row: str, style: str | None) -> str:
    """A line without the white space that folding drops around line ends."""
    if style == ">":
        return row if row.strip() else row.rstrip()
    words = row.strip(SPACE)
    if style == '"' and _goes_on(words) and not row.endswith("\\"):
        return words + row[len(row.rstrip(SPACE))]  # a space written with \ is not dropped
    return words


def _apart(above: str, row: str, style: str | None) -> bool:
    """Whether a line begins anew below another one."""
    if not above or not row:
        return True
    if style == ">" and (above[0] in SPACE or row[0] in SPACE):
        return True
    return begins(row.lstrip(SPACE)) or above.endswith("  ") or (style != '"' and _goes_on(above))


def _goes_on(row: str) -> bool:
    """Whether a line ends with a \\ that is not itself written with one."""
    return (len(row) - len(row.rstrip("\\"))) % 2 == 1
