"""What stands in the body of a section: text, steps, tables, boxes, pictures, lists …

As in content.py, these classes are the schema. A block may stand within a block: `list[Block]` is text with marks, or
a list of blocks.
"""

from __future__ import annotations

from typing import Annotated, Literal

from .record import field, record
from .texts import UNPRINTED, Entry, Inline, Language, Line, Picture, Prose, Rule, Url, Verbatim

Kind = Literal["going-home", "medicine", "scan", "blood-test", "operation", "food", "exercise", "baby", "breathing"]
"""What a leaflet, or a part of it, is about. Each has a sign."""


@record(frozen=True)
class Figure(Entry):
    """A picture with what it shows in words."""

    file: Picture
    """PNG, JPEG, WebP, GIF or SVG file beside this file."""
    alt: Line | None = None
    """What the picture says, for someone who cannot see it. Needed, unless the picture is `decorative`."""
    caption: Inline | None = None
    """Line under the picture."""
    labels: dict[str, Line] = field(default_factory=dict)
    """Words for the labels of an SVG drawing: id of the label in the drawing → words in this language."""
    views: dict[str, Annotated[Verbatim, UNPRINTED]] = field(default_factory=dict)
    """Views of an SVG drawing: id of the view in the drawing → the option that it shows, step by step. Narrow columns
    and the fields of options then show them one by one, with the words of the labels in a strip below."""
    decorative: bool = False
    """true: the picture says nothing that the text does not; who cannot see it misses nothing, and is told nothing."""


@record(frozen=True)
class Cell(Entry):
    """A cell of a table that holds more than text, or goes over several columns or rows."""

    text: list[Block] = field(default_factory=list)
    """Text with marks, or a list of blocks. Left out: an empty cell."""
    columns: int = 1
    """Columns that it goes over."""
    rows: int = 1
    """Rows that it goes over; these rows have one cell less. Not over the end of a group."""


@record(frozen=True)
class Row(Entry):
    """A row of a table."""

    head: Inline | None = None
    """Row heading. A row without one has a cell without a heading in its place."""
    cells: list[Prose | Cell | None] = field(default_factory=list)
    """One cell for each column after the first; empty cells may be left out at the end or written as ""."""
    head_rows: int = 1
    """Rows that its heading goes over; the rows after it then have none."""


@record(frozen=True)
class RowGroup(Entry):
    """Rows under a heading that spans the table."""

    group: Inline
    """Heading of the group."""
    rows: list[Row]
    """The rows below the heading."""


@record(frozen=True)
class ColumnGroup(Entry):
    """Columns under a heading that goes over them."""

    heading: Inline
    """Heading of the group."""
    columns: list[Inline]
    """Headings of its columns."""


@record(frozen=True)
class Table(Entry):
    """A table. Each cell has a heading: of its column, of its row, or both."""

    columns: list[Inline | ColumnGroup | None] = field(default_factory=list)
    """Headings; the first stands above the row headings and may be empty (""). Left out: a table whose rows alone
    have headings."""
    rows: list[Row | RowGroup] = field(default_factory=list)
    """Rows, or groups of rows."""
    caption: Inline | None = None
    """Title, above the table."""
    note: Prose | None = None
    """Words under the table."""
    compare: bool = False
    """true when the columns are the compared `options`: they then carry the options' colours."""
    handwritten: bool = False
    """true for a table to write in by hand: its rows are high enough for that."""
    kinds: list[Literal["text", "amount", "morning", "noon", "evening", "night"]] = field(default_factory=list)
    """What each column holds, from the first. amount: how much, on a tint, so that the eye finds it · morning, noon,
    evening, night: doses, under the sign of that time of day; an empty cell there is drawn as a dash · text: anything
    else."""
    blank_rows: int = 0
    """Empty rows to write in, below the others."""


@record(frozen=True)
class Step(Entry):
    """One step of instructions."""

    text: list[Block]
    """What to do: text with marks, or a list of blocks."""
    figure: Figure | None = None
    """A picture of it."""


@record(frozen=True)
class Box(Entry):
    """Words that must not be missed, set in a box."""

    kind: Literal["alert", "call", "note", "tip"]
    """alert: danger signs · call: when to call whom · note: good to know · tip: practical help."""
    text: list[Block]
    """What the box says: text with marks, or a list of blocks."""
    heading: Inline | None = None
    """Heading within the box."""


@record(frozen=True)
class Term(Entry):
    """A word and what it means."""

    term: Inline
    """The word."""
    meaning: Prose
    """What it means, in everyday words."""


@record(frozen=True)
class Question(Entry):
    """A question people ask, and its answer."""

    question: Inline
    """As people would ask it."""
    answer: list[Block]
    """The answer: text with marks, or a list of blocks."""


@record(frozen=True)
class Telephone(Entry):
    """One of several numbers."""

    label: Line
    """What it is for, like "At night" or "Fax"."""
    number: Verbatim
    """Number, as it is to be printed."""


@record(frozen=True)
class Contact(Entry):
    """Where to turn to. Only what is given is printed."""

    name: Line | None = None
    """Of the place or the person."""
    role: Line | None = None
    """What they do."""
    address: list[Line] = field(default_factory=list)
    """Lines of the postal address."""
    phone: Verbatim | None = None
    """Number, as it is to be printed."""
    phones: list[Telephone] = field(default_factory=list)
    """More numbers, each with what it is for: at night, fax …"""
    email: Annotated[str, Rule("email")] | None = None
    """E-mail address; also a link."""
    web: Url | None = None
    """Web address; also a link."""
    hours: Line | None = None
    """When they can be reached."""
    note: Prose | None = None
    """Anything else."""


@record(frozen=True)
class Item(Entry):
    """An item of a list that holds more than text."""

    text: list[Block]
    """Text with marks, or a list of blocks."""


@record(frozen=True)
class Listing(Entry):
    """A list whose numbers or signs are chosen, or whose items hold blocks."""

    kind: Literal["bullets", "numbers", "letters", "steps", "boxes", "ticks", "crosses"]
    """What stands before each item: bullets · numbers · letters · steps: numbers on discs · boxes: to tick with a pen ·
    ticks: what is so, or is to be done · crosses: what is not so, or is not to be done."""
    items: list[Prose | Item]
    """The items: text with marks, or `text:` with a list of blocks."""
    start: int = 1
    """Number of the first item, where a list goes on after other text."""


@record(frozen=True)
class Advised(Entry):
    """One side of do and don't."""

    heading: Inline
    """Heading, like Do or Don't."""
    items: list[Prose | Item]
    """What is to be done, or not to be done."""


@record(frozen=True)
class Advice(Entry):
    """What to do, and what not to do, as two lists of a pair."""

    do: Advised
    """What to do; with ticks."""
    dont: Advised
    """What not to do; with crosses."""


@record(frozen=True)
class Quotation(Entry):
    """Words of somebody else."""

    text: Prose
    """The words, with their quotation marks."""
    source: Inline | None = None
    """Who said them, or where they stand."""


@record(frozen=True)
class Passage(Entry):
    """Words in another language than the leaflet's. A screen reader then says them in that language."""

    language: Language
    """BCP 47 tag: en, tr, zh-Hans …"""
    text: list[Block]
    """Text with marks, or a list of blocks."""


@record(frozen=True)
class Writing(Entry):
    """Ruled lines to write on by hand."""

    label: Inline | None = None
    """What is to be written there."""
    lines: int = 3
    """How many lines."""


@record(frozen=True)
class Block(Entry):
    """One piece of a section's body: exactly one of these keys."""

    text: Prose | None = None
    """Paragraphs and lists."""
    steps: list[Step] | None = None
    """Numbered instructions."""
    table: Table | None = None
    """A table."""
    box: Box | None = None
    """Words in a box."""
    figure: Figure | None = None
    """A picture."""
    glossary: list[Term] | None = None
    """Words and what they mean."""
    questions: list[Question] | None = None
    """Questions and answers within the article."""
    contact: Contact | None = None
    """Where to turn to."""
    listing: Listing | None = None
    """A list with letters, boxes, ticks …, one that goes on at a number, or one whose items hold blocks."""
    advice: Advice | None = None
    """Do and don't, side by side."""
    quotation: Quotation | None = None
    """Words of somebody else, and who said them."""
    writing: Writing | None = None
    """Lines to write on."""
    passage: Passage | None = None
    """Words in another language."""
    use: Annotated[Verbatim, UNPRINTED] | None = None
    """Name of a passage that several leaflets use: its blocks, of content/shared/NAME.LANGUAGE.yaml, stand here."""
