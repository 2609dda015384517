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
from ..model.wording import nearest, quoted
from .nodes import Mapping, Node, Scalar
from .pictures import SVG, format_of
from .schema import CrossRule, list_of, text_of, texts_of
from .tables import (
    cells_have_headings,
    compared_columns_are_options,
    kinds_fit_columns,
    rows_are_not_too_many,
    rows_fit_header,
)

MOST_BESIDE = 70
"""Percent of the measure that a picture with text beside it may take."""


def one_key(block: Mapping, root: Node) -> Iterator[Problem]:
    """A block is one thing; a text may have a plainer one beside it, and any may say how it is parted."""
    known = [key for key in block if key in block.allowed and key not in content.MANNER]
    kinds = [key for key in block.allowed if key not in (*content.MANNER, "plain")]
    if "plain" in known and "text" not in known:
        yield Problem(block.marks["plain"], "'plain' stands beside a 'text'", "give text:, or call this one text:")
    elif len(known) > 1 and known not in (["text", "plain"], ["plain", "text"]):
        known = [key for key in known if key != "plain"] if len(known) > 2 else known
        listed = " and ".join(f"'{key}'" for key in known)
        yield Problem(block.marks[known[1]], f"a block has one key, not {listed}", "begin another block with '- '")
    elif not known and all(key in content.MANNER for key in block):
        yield Problem(block.place, "a block needs a key", f"one of {', '.join(kinds)}")


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


def abbreviations_differ(file: Mapping, root: Node) -> Iterator[Problem]:
    """No abbreviation stands twice."""
    seen: set[str] = set()
    for entry in list_of(file, "abbreviations"):
        short = text_of(entry, "short") if isinstance(entry, Mapping) else None
        if short in seen:
            yield Problem(short.place, f"the abbreviation {quoted(short)} stands twice",
                          "write all that it is short for in one long:")
        seen.update([short] if short else [])


def option_is_known(section: Mapping, root: Node) -> Iterator[Problem]:
    """`option` of a section is one of the file's `options`."""
    option, options = text_of(section, "option"), texts_of(root, "options")
    if option and option not in options:
        hint = nearest(option, options) or f"they are: {', '.join(dict.fromkeys(options))}"
        hint = hint if options else "there are no 'options' at the top of the file"
        yield Problem(option.place, f"{quoted(option)} is none of the options", hint)


def counts_are_right(entry: Mapping, root: Node) -> Iterator[Problem]:
    """Numbers of items and lines begin with 1, and there are 26 letters."""
    for key, most in (("start", 999), ("lines", 40)):
        node = entry.get(key)
        if isinstance(node, Scalar) and node.text.lstrip("+-").isdecimal() and not 1 <= int(node.text) <= most:
            yield Problem(node.place, f"'{key}' must be from 1 to {most}, not {node.text}")
            return
    start, items = text_of(entry, "start"), list_of(entry, "items")
    if text_of(entry, "kind") == "letters" and len(items) + (int(start) if start and start.isdecimal() else 1) > 27:
        yield Problem(entry.place, "a list with letters goes from a to z", "number its items: kind: numbers")
    if start and text_of(entry, "kind") in ("bullets", "boxes", "ticks", "crosses"):
        yield Problem(start.place, f"a list of {text_of(entry, 'kind')} has no numbers to go on with",
                      "drop 'start', or choose the kind numbers, letters or steps")


def period_ends_later(reference: Mapping, root: Node) -> Iterator[Problem]:
    """A period ends after it begins."""
    said = text_of(reference, "date")
    ends = re.split("[–/]", said) if said else []
    years = len(ends) == 2 and all(re.match("[0-9]{4}", end) for end in ends)
    if years and ends[1][: len(ends[0])] < ends[0][: len(ends[1])]:
        yield Problem(said.place, f"{quoted(said)} ends before it begins")


def said_or_decorative(figure: Mapping, root: Node) -> Iterator[Problem]:
    """A picture says something, which `alt` puts into words; or it is decoration, and nothing in it or under it says
    anything."""
    flag = figure.get("decorative")
    if isinstance(flag, Scalar) and flag.text == "true":
        for key in ("alt", "caption", "labels", "views"):
            if figure.get(key):
                yield Problem(figure.marks[key], f"a decorative picture has no {key!r}",
                              "take it away; or take 'decorative' away, and say with alt: what the picture shows")
    elif "alt" not in figure:
        yield Problem(figure.place, "the key 'alt' is missing here", ALT)


ALT = "say what the picture shows, for someone who cannot see it; of one that says nothing: decorative: true"


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


def few_across(gallery: Mapping, root: Node) -> Iterator[Problem]:
    """A row has room for one to four pictures."""
    across = text_of(gallery, "across")
    if across is not None and re.fullmatch(r"[-+]?\d{1,9}", across) and not 1 <= int(across) <= 4:
        yield Problem(across.place, f"'across' must be from 1 to 4, not {across}")


def leaves_room(beside: Mapping, root: Node) -> Iterator[Problem]:
    """A picture leaves room for the words beside it."""
    width = text_of(beside.get("figure"), "width")
    if width and re.fullmatch(r"[1-9]\d{1,2}%", width) and int(width[:-1]) > MOST_BESIDE:
        yield Problem(width.place, f"a picture with text beside it takes {MOST_BESIDE}% at the most, not {width}",
                      "make it smaller, or give it a block of its own: figure:")


def review_is_later(review: Mapping, root: Node) -> Iterator[Problem]:
    """The next review is not before the last; partial dates are compared as far as both go."""
    last, following = text_of(review, "reviewed"), text_of(review, "next_review")
    if last and following and re.match(r"\d{4}(-|\Z)", last) and re.match(r"\d{4}(-|\Z)", following):
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


def fields_differ(publisher: Mapping, root: Node) -> Iterator[Problem]:
    """No two personal fields have one name, nor that of a column that says something else."""
    seen = {"id", "content", "language", "layout", "paper", "email", "consent"}
    for one in list_of(publisher, "personal"):
        name = text_of(one, "name")
        if name in seen:
            yield Problem(name.place, f"a column of the list is named {quoted(name)} already", "choose another name")
        elif name:
            seen.add(name)


def few_lines(personal: Mapping, root: Node) -> Iterator[Problem]:
    """A personal field takes 1 to 6 lines."""
    lines = text_of(personal, "lines")
    if lines is not None and re.fullmatch(r"[-+]?\d{1,9}", lines) and not 1 <= int(lines) <= 6:
        yield Problem(lines.place, f"a field takes 1 to 6 lines, not {quoted(lines)}")


def _listed(names: list[str]) -> str:
    return " and ".join(f"'{name}'" for name in names) or "nothing"


CONTENT_RULES: dict[type, tuple[CrossRule, ...]] = {
    content.Content: (cover_title_is_title, options_differ, abbreviations_differ, phrases_keep_slots,
                      rows_are_not_too_many),
    content.Shared: (rows_are_not_too_many,),
    content.Section: (option_is_known,),
    content.Block: (one_key,),
    content.Table: (rows_fit_header, cells_have_headings, compared_columns_are_options, kinds_fit_columns),
    content.Listing: (counts_are_right,),
    content.Writing: (counts_are_right,),
    content.Figure: (said_or_decorative, labels_need_drawing, views_show_options),
    content.Gallery: (few_across,),
    content.Beside: (leaves_room,),
    content.Review: (review_is_later,),
    content.Reference: (period_ends_later,),
    content.Publisher: (fields_differ,),
    content.Personal: (few_lines,),
}
