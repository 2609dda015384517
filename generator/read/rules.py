"""Rules between the keys of a content file, such as that a row fits its table. Each yields its problems with places.

A rule gets the mapping that it is about and the whole file, both as nodes, which may have other faults (see
shapes.CrossRule). CONTENT_RULES lists all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from ..model import content
from ..model.problem import Problem
from ..model.wording import count, nearest, quoted
from .nodes import Mapping, Node
from .pictures import SVG, format_of
from .schema import CrossRule, list_of, text_of, texts_of


def one_key(block: Mapping, root: Node) -> Iterator[Problem]:
    """A block is one thing."""
    known = [key for key in block if key in block.allowed]
    if len(known) > 1:
        listed = " and ".join(f"'{key}'" for key in known)
        yield Problem(block.marks[known[1]], f"a block has one key, not {listed}", "begin another block with '- '")
    elif not block:
        yield Problem(block.place, "a block needs a key", f"one of {', '.join(block.allowed)}")


def cover_title_is_title(file: Mapping, root: Node) -> Iterator[Problem]:
    """The lines of cover_title, joined by spaces, are the words of the title."""
    title, lines = text_of(file, "title"), texts_of(file, "cover_title")
    if not title or not lines or len(lines) < len(list_of(file, "cover_title")):
        return
    left = title.split()
    for line in lines:
        words = line.split()
        if left[: len(words)] != words:
            rest = f"here it reads {quoted(' '.join(left))}" if left else "the title has ended"
            yield Problem(line.place, f"the line {quoted(line)} is not how the title goes on", rest)
            return
        left = left[len(words) :]
    if left:
        yield Problem(lines[-1].place, f"the title's words {quoted(' '.join(left))} are missing after this line")


def options_differ(file: Mapping, root: Node) -> Iterator[Problem]:
    """No option stands twice."""
    seen: set[str] = set()
    for option in texts_of(file, "options"):
        if option in seen:
            yield Problem(option.place, f"the option {quoted(option)} stands twice")
        seen.add(option)


def option_is_known(section: Mapping, root: Node) -> Iterator[Problem]:
    """`option` of a section is one of the file's `options`."""
    option, options = text_of(section, "option"), texts_of(root, "options")
    if option and option not in options:
        hint = nearest(option, options) or f"they are: {', '.join(dict.fromkeys(options))}"
        hint = hint if options else "there are no 'options' at the top of the file"
        yield Problem(option.place, f"{quoted(option)} is none of the options", hint)


def rows_fit_header(table: Mapping, root: Node) -> Iterator[Problem]:
    """No row has more cells than there are columns after the first."""
    columns = len(list_of(table, "columns"))
    if not columns:
        return
    for row in list_of(table, "rows"):
        for inner in [row, *list_of(row, "rows")]:
            cells = list_of(inner, "cells")
            if len(cells) > columns - 1:
                room = f"a table of {count(columns - 1, 'column')} after the first"
                message = f"a row of {count(len(cells), 'cell')} in {room}"
                yield Problem(cells[columns - 1].place, message, "cells that belong together stand in one item")


def compared_columns_are_options(table: Mapping, root: Node) -> Iterator[Problem]:
    """The columns of a comparing table are the options, in their order."""
    compare, columns, options = text_of(table, "compare"), texts_of(table, "columns")[1:], texts_of(root, "options")
    if (compare or "").lower() != "true" or not list_of(table, "columns"):
        return
    if not options:
        yield Problem(compare.place, "the file names no 'options' to compare", "list them, or drop 'compare'")
    elif len(columns) != len(options):
        message = f"{count(len(columns), 'compared column')} for {count(len(options), 'option')}"
        yield Problem(table.marks["columns"], message, f"the options are: {', '.join(options)}")
    else:
        for column, option in zip(columns, options):
            if column != option:
                yield Problem(column.place, f"the column {quoted(column)} should be the option {quoted(option)}")


def labels_need_drawing(figure: Mapping, root: Node) -> Iterator[Problem]:
    """Only a drawing (SVG) has labels to fill."""
    file = text_of(figure, "file")
    if file and isinstance(figure.get("labels"), Mapping) and figure["labels"] and format_of(file) is not SVG:
        yield Problem(figure.marks["labels"], "only an .svg drawing can have labels", f"{quoted(file)} is none")


def views_show_options(figure: Mapping, root: Node) -> Iterator[Problem]:
    """Only a drawing has views, and each shows one of the file's `options`."""
    file, views, options = text_of(figure, "file"), figure.get("views"), texts_of(root, "options")
    if not isinstance(views, Mapping) or not views:
        return
    if file and format_of(file) is not SVG:
        yield Problem(figure.marks["views"], "only an .svg drawing can have views", f"{quoted(file)} is none")
    for name in views:
        option = text_of(views, name)
        if option and option not in options:
            hint = nearest(option, options) or f"they are: {', '.join(dict.fromkeys(options))}"
            hint = hint if options else "there are no 'options' at the top of the file"
            yield Problem(option.place, f"{quoted(option)} is none of the options", hint)


def review_is_later(review: Mapping, root: Node) -> Iterator[Problem]:
    """The next review is not before the last; partial dates are compared as far as both go."""
    last, following = text_of(review, "reviewed"), text_of(review, "next_review")
    if last and following:
        length = min(len(last), len(following))
        if following[:length] < last[:length]:
            yield Problem(following.place, f"the next review ({following}) is before the last ({last})")


def phrases_keep_slots(file: Mapping, root: Node) -> Iterator[Problem]:
    """A phrase has in braces just what is filled in: no more could be filled in, no less would be said."""
    given = file.get("phrases")
    if not isinstance(given, Mapping):
        return
    for name in given:
        text, slots = text_of(given, name), content.SLOTS.get(name, ())
        if text is not None and name in get_args(content.Phrase):
            found = re.findall(r"\{([^{}]*)\}", text)
            wanted = " and ".join(f"{{{slot}}}" for slot in slots)
            if sorted(found) != sorted(slots):
                hint = (f"it needs {wanted}, {'each' if len(slots) > 1 else 'just'} once" if slots
                        else "nothing is filled in here: leave the braces away")
                yield Problem(text.place, f"the phrase '{name}' has {_listed(found)} in braces", hint)


def _listed(names: list[str]) -> str:
    return " and ".join(f"'{name}'" for name in names) or "nothing"


CONTENT_RULES: dict[type, tuple[CrossRule, ...]] = {
    content.Content: (cover_title_is_title, options_differ, phrases_keep_slots),
    content.Section: (option_is_known,),
    content.Block: (one_key,),
    content.Table: (rows_fit_header, compared_columns_are_options),
    content.Figure: (labels_need_drawing, views_show_options),
    content.Review: (review_is_later,),
}
