"""What an author writes: the nouns of a content file (content/<slug>/<language>.yaml) and of content/publisher.yaml.

These classes are the schema: read/ makes the JSON Schema from them, with the docstring under a field as its description
and `Annotated` markers as its rules. Strings arrive as `Text`, so that each knows its place. Kinds of string: `Line`
plain words · `Inline` one line with marks (bold, italic, links) · `Prose` paragraphs and lists of such lines.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from .problem import Place
from .record import field, record

GUIDES = ("\xad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u061c\u200e\u200f"
          + "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x2070)))))
"""Characters that only guide breaking, direction and reckoning and are not drawn: soft hyphen, zero-width space, word
joiner, invisible operators, byte order mark, controls of direction."""
UNSEEN = re.compile(rf"[\s{GUIDES}]+")
"""A text without anything to see on a page: white space and guides alone."""


@record(frozen=True, slots=True)
class Rule:
    """A marker for `Annotated`: what read/ checks of a value, and says in the JSON Schema."""

    kind: str
    """line, inline, prose, date, language, slug, url, colour, picture, email."""
    words: bool = True
    """False: a line that is the same in every language."""


UNPRINTED = "not printed"
"""A marker for `Annotated`: text that no layout prints. All other text that has a Rule is printed by every layout, or
is told as missing (check/unprinted.py)."""


@record(frozen=True, slots=True)
class SameAs:
    """A marker for `Annotated`: the text says the same as another field of its entry;
    where one is printed, both are."""

    field: str


Line = Annotated[str, Rule("line")]
Verbatim = Annotated[str, Rule("line", words=False)]
"""One line that no translator is asked for: a number, or a name that something else is found by."""
Inline = Annotated[str, Rule("inline")]
Prose = Annotated[str, Rule("prose")]
Date = Annotated[str, Rule("date")]
"""ISO date, possibly partial: 2017, 2017-07 or 2017-07-03."""
Url = Annotated[str, Rule("url")]
"""https:, http:, mailto: or tel:."""
Language = Annotated[str, Rule("language"), UNPRINTED]
"""BCP 47 tag."""
Colour = Annotated[str, Rule("colour"), UNPRINTED]
"""#rrggbb."""
Picture = Annotated[str, Rule("picture")]
"""Path of a .png, .jpg or .svg beside the content file."""


Phrase = Literal[
    "questions", "key_points", "glossary", "references", "contact", "disclaimer", "your_notes", "written_by",
    "reviewed_by", "published", "reviewed", "next_review", "version", "page_of", "status_draft",
    "status_unreviewed-translation", "status_stale", "phone", "email", "web", "qr_code", "hours", "step",
    "table_continued", "fact", "person", "yes", "no", "name", "date", "time", "clinic", "clinician", "appointment",
]
"""Names of the fixed phrases of a language, as layouts/shared/words/en.yaml has them."""
SLOTS = {"version": ("version",), "page_of": ("page", "pages"), "qr_code": ("web",), "step": ("number",),
         "fact": ("label", "value"), "person": ("name", "role")}
"""Phrase → what is filled in where it has it in braces; the others have nothing in braces."""


class Entry:
    """Base of all classes of content; `place` says where the mapping begins in the file."""

    __slots__ = ()
    place: Place | None = None


@record(frozen=True)
class Figure(Entry):
    """A picture with what it shows in words."""

    file: Picture
    """PNG, JPEG or SVG file beside this file."""
    alt: Line
    """What the picture says, for someone who cannot see it."""
    caption: Inline | None = None
    """Line under the picture."""
    labels: dict[str, Line] = field(default_factory=dict)
    """Words for the labels of an SVG drawing: id of the label in the drawing → words in this language."""
    views: dict[str, Annotated[Verbatim, UNPRINTED]] = field(default_factory=dict)
    """Views of an SVG drawing: id of the view in the drawing → the option that it shows, step by step. Narrow columns
    and the fields of options then show them one by one, with the words of the labels in a strip below."""


@record(frozen=True)
class Row(Entry):
    """A row of a table."""

    head: Inline
    """Row heading."""
    cells: list[Inline | None] = field(default_factory=list)
    """One cell for each column after the first; empty cells may be left out at the end or written as ""."""


@record(frozen=True)
class RowGroup(Entry):
    """Rows under a heading that spans the table."""

    group: Inline
    """Heading of the group."""
    rows: list[Row]
    """The rows below the heading."""


@record(frozen=True)
class Table(Entry):
    """A table with a heading for every column and every row."""

    columns: list[Inline]
    """Headings; the first stands above the row headings."""
    rows: list[Row | RowGroup]
    """Rows, or groups of rows."""
    caption: Inline | None = None
    """Title, above the table."""
    note: Prose | None = None
    """Words under the table."""
    compare: bool = False
    """true when the columns are the compared `options`: they then carry the options' colours."""


@record(frozen=True)
class Step(Entry):
    """One step of instructions."""

    text: Prose
    """What to do."""
    figure: Figure | None = None
    """A picture of it."""


@record(frozen=True)
class Box(Entry):
    """Words that must not be missed, set in a box."""

    kind: Literal["alert", "call", "note", "tip"]
    """alert: danger signs · call: when to call whom · note: good to know · tip: practical help."""
    text: Prose
    """What the box says."""
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
    answer: Prose
    """The answer."""


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
    email: Annotated[str, Rule("email")] | None = None
    """E-mail address; also a link."""
    web: Url | None = None
    """Web address; also a link."""
    hours: Line | None = None
    """When they can be reached."""
    note: Prose | None = None
    """Anything else."""


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


@record(frozen=True)
class Section(Entry):
    """A part of the article under a heading."""

    heading: Inline
    """The heading."""
    body: list[Block] = field(default_factory=list)
    """Text with marks, or a list of blocks. (A string is read as one text block.)"""
    option: Annotated[Verbatim, UNPRINTED] | None = None
    """Name of the compared option this section is about: its heading takes that option's colour."""
    sections: list[Section] = field(default_factory=list)
    """Sections below this one (two levels at most)."""


@record(frozen=True)
class Questions(Entry):
    """The questions-and-answers part."""

    items: list[Question]
    """The questions, in order."""
    heading: Inline | None = None
    """Wins over the fixed phrase of the language."""


@record(frozen=True)
class Disclaimer(Entry):
    """What must be said to limit the use of this text."""

    text: Prose
    """What it says."""
    heading: Inline | None = None
    """Wins over the fixed phrase of the language."""


@record(frozen=True)
class Reference(Entry):
    """A source of the text, or further reading."""

    text: Inline
    """What is referred to."""
    url: Url | None = None
    """Its address on the web; makes the words a link."""


@record(frozen=True)
class Review(Entry):
    """Who made and checked the text, and when. What is missing prints nothing."""

    status: Literal["draft", "unreviewed-translation", "final"] = "final"
    """Anything but final is marked on the cover and in every footer."""
    author: Line | None = None
    """Who wrote the text."""
    reviewer: Line | None = None
    """Person or department that checked it."""
    published: Date | None = None
    """When it first came out."""
    reviewed: Date | None = None
    """When it was last checked."""
    next_review: Date | None = None
    """When it is to be checked again; not before `reviewed`."""
    version: Verbatim | None = None
    """As it is to be printed, like "1.2"."""
    sources: list[Reference] = field(default_factory=list)
    """What the text rests on; printed with the references."""


@record(frozen=True)
class Personal(Entry):
    """Something that differs from copy to copy: a field of `leaflet copies`."""

    name: Annotated[str, Rule("slug"), UNPRINTED]
    """Of the field, and of its column in the list of people."""
    kind: Literal["text", "date", "time", "phone", "qr"] = "text"
    """What its values are; qr: addresses, each printed as a QR code."""
    label: dict[str, Annotated[str, Rule("line", words=False), UNPRINTED]] = field(default_factory=dict)
    """Language → what is printed before the value. Common names (see the guide) need none."""
    required: bool = False
    """true: nobody may be without it."""
    lines: int = 1
    """Lines that a value may take, 1 to 6."""
    example: Annotated[Verbatim, UNPRINTED] | None = None
    """A value, for who fills in a list."""


@record(frozen=True)
class Publisher(Entry):
    """Whose leaflet this is. Stands once in content/publisher.yaml; a content file may override single keys."""

    name: Line | None = None
    """Of the clinic or publisher."""
    logo: Figure | None = None
    """Picture file beside publisher.yaml."""
    address: list[Line] = field(default_factory=list)
    """Lines of the postal address."""
    phone: Verbatim | None = None
    """Number, as it is to be printed."""
    email: Annotated[str, Rule("email")] | None = None
    """E-mail address; also a link."""
    web: Url | None = None
    """Web address; also a link."""
    colours: dict[Literal["dark", "mid", "cool", "warm"], Colour] = field(default_factory=dict)
    """House colours, in place of the theme's."""
    writing_box: Line | None = None
    """Label of a box with ruled lines for the clinic's own words; no label, no box."""
    personal: list[Personal] = field(default_factory=list)
    """Fields of copies for a list of people, besides name, date and clinic."""


@record(frozen=True)
class Silence(Entry):
    """A rule of `leaflet check` that is not to speak in this leaflet. It is listed in the report, with its reason."""
    rule: Annotated[Verbatim, UNPRINTED]
    """Name of the rule, like hard-word (docs/checks.md)."""
    reason: Annotated[Verbatim, UNPRINTED]
    """Why it does not hold here."""
    by: Annotated[Verbatim, UNPRINTED]
    """Who decided that."""
    words: Annotated[Verbatim, UNPRINTED] | None = None
    """Only where the rule speaks of these words."""


@record(frozen=True)
class Checks(Entry):
    """How `leaflet check` looks at this leaflet; nothing of it is printed."""
    profile: Annotated[Verbatim, UNPRINTED] | None = None
    """Name of a file in layouts/shared/profiles/: the rules of a country."""
    silence: list[Silence] = field(default_factory=list)
    """Rules that are not to speak."""
    words: list[Annotated[Verbatim, UNPRINTED]] = field(default_factory=list)
    """Words and abbreviations that are right, though no dictionary or list knows them."""


@record(frozen=True)
class Translation(Entry):
    """What a translated file was made from. Written by `leaflet translate import`, not by hand."""

    source: Language
    """Language of the file beside this one that was translated."""
    units: dict[str, Annotated[Verbatim, UNPRINTED]]
    """Place of a text in that file → fingerprint of the text as it was when it was translated; or "untranslated"."""


@record(frozen=True)
class Content(Entry):
    """One leaflet in one language."""

    format: Literal[1]
    """Version of this file format."""
    language: Language
    """BCP 47 tag, the same as the file's name: en, tr, zh-Hans …"""
    title: Line
    """Title of the leaflet, whole."""
    cover_title: list[Annotated[Line, SameAs("title")]] = field(default_factory=list)
    """The title broken by sense for a cover; together exactly the words of the title. The last line is set
    smaller when there are three or more."""
    summary: Prose | None = None
    """One or two sentences: what it is about, and for whom."""
    category: Line | None = None
    """Subject or specialty; stands above the title."""
    audience: Literal["patients", "professionals", "everyone"] | None = None
    """Whom the text speaks to; not printed."""
    review: Review = field(default_factory=Review)
    """Who made and checked the text, and when."""
    figure: Figure | None = None
    """The picture for the cover."""
    options: list[Annotated[Line, UNPRINTED]] = field(default_factory=list)
    """What is compared, in the order of the table's columns; each gets a colour of its own."""
    key_points: list[Inline] = field(default_factory=list)
    """What to remember, set apart at the beginning."""
    introduction: list[Block] = field(default_factory=list)
    """What stands before the first heading: text with marks, or a list of blocks."""
    sections: list[Section] = field(default_factory=list)
    """The article."""
    questions: Questions | None = None
    """Questions people ask, and answers."""
    glossary: list[Term] = field(default_factory=list)
    """Words and what they mean."""
    contacts: list[Contact] = field(default_factory=list)
    """Where to turn to."""
    disclaimer: Disclaimer | None = None
    """What limits the use of this text."""
    audience_note: Prose | None = None
    """Whom the text is for, printed as it stands."""
    references: list[Reference] = field(default_factory=list)
    """Sources and further reading."""
    keywords: list[Annotated[Line, UNPRINTED]] = field(default_factory=list)
    """For the PDF's metadata; not printed."""
    web: Url | None = None
    """Address of this leaflet on the web."""
    layouts: list[Annotated[Verbatim, UNPRINTED]] = field(default_factory=lambda: ["handout", "brochure"])
    """Layouts that `make` builds from this file."""
    phrases: dict[Phrase, Annotated[Line, UNPRINTED]] = field(default_factory=dict)
    """Fixed phrases ("Key points", "Page {page} of {pages}") in this file's language; they win over the program's."""
    publisher: Publisher | None = None
    """Keys here win over content/publisher.yaml."""
    checks: Checks | None = None
    """What `leaflet check` is to know."""
    translation: Translation | None = None
    """What this file was translated from; shows which texts have changed since."""
