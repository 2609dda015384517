"""What an author writes: the nouns of a content file (content/<slug>/<language>.yaml) and of content/publisher.yaml.

These classes are the schema, with those of blocks.py. read/ fills them from YAML and makes the JSON Schema from them:
the docstring under a field is its description, `Annotated` markers (texts.py) its rules. Strings arrive as `Text`, so
that each knows its place.
"""

from __future__ import annotations

from typing import Annotated, Literal

from .blocks import (
    MANNER,
    Advice,
    Advised,
    Beside,
    Block,
    Box,
    Cell,
    ColumnGroup,
    Contact,
    Figure,
    Gallery,
    Item,
    Kind,
    Listing,
    Passage,
    Question,
    Quotation,
    Row,
    RowGroup,
    Step,
    Table,
    Telephone,
    Term,
    Writing,
)
from .record import field, record
from .texts import (
    GUIDES,
    SLOTS,
    UNPRINTED,
    UNSEEN,
    Colour,
    Date,
    Entry,
    Inline,
    Language,
    Line,
    Period,
    Phrase,
    Picture,
    Prose,
    Rule,
    SameAs,
    Url,
    Verbatim,
)

__all__ = [
    "GUIDES",
    "MANNER",
    "SLOTS",
    "UNPRINTED",
    "UNSEEN",
    "Abbreviation",
    "Advice",
    "Advised",
    "Beside",
    "Block",
    "Box",
    "Cell",
    "Checks",
    "Colour",
    "ColumnGroup",
    "Contact",
    "Content",
    "Date",
    "Disclaimer",
    "Entry",
    "Figure",
    "Gallery",
    "Inline",
    "Item",
    "Kind",
    "Language",
    "Line",
    "Listing",
    "Passage",
    "Personal",
    "Phrase",
    "Picture",
    "Prose",
    "Publisher",
    "Question",
    "Questions",
    "Quotation",
    "Reference",
    "Review",
    "Row",
    "RowGroup",
    "Rule",
    "SameAs",
    "Section",
    "Shared",
    "Silence",
    "Step",
    "Table",
    "Telephone",
    "Term",
    "Translation",
    "Url",
    "Verbatim",
    "Writing",
]
"""What other rooms import from here, wherever it is written."""


@record(frozen=True)
class Section(Entry):
    """A part of the article under a heading."""

    heading: Inline
    """The heading."""
    body: list[Block] = field(default_factory=list)
    """Text with marks, or a list of blocks. (A string is read as one text block.)"""
    option: Annotated[Verbatim, UNPRINTED] | None = None
    """Name of the compared option this section is about: its heading takes that option's colour."""
    kind: Kind | None = None
    """What it is about: its sign stands before the heading. Never guessed from the words; not printed."""
    sections: list[Section] = field(default_factory=list)
    """Sections below this one (three levels at most)."""
    closing: list[Block] = field(default_factory=list)
    """What stands after the sections below this one, and belongs to all of them."""
    keep: bool = False
    """true: the section stands whole on one page or panel, where it fits one."""
    break_: Literal["before"] | None = None
    """before: the section begins a new page or panel."""


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
    date: Period | None = None
    """When it came out, or the years that it is about: a date, or a period like 2017–2019."""


@record(frozen=True)
class Abbreviation(Entry):
    """An abbreviation, explained once."""

    short: Line
    """As it stands in the text, like MRI."""
    long: Line
    """What it is short for."""


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
    """When it is to be checked again; not before `reviewed`. Once it has gone by, the leaflet is not built, copied or
    mailed, unless `--allow-expired` says so."""
    version: Verbatim | None = None
    """As it is to be printed, like "1.2"."""
    sources: list[Reference] = field(default_factory=list)
    """What the text rests on; printed with the references."""
    fingerprint: Annotated[Verbatim, UNPRINTED] | None = None
    """Of the words as they were when somebody approved them. `leaflet approve` writes it; no one else does."""


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
class Shared(Entry):
    """A passage that several leaflets use: content/shared/<name>.<language>.yaml."""

    body: list[Block]
    """Text with marks, or a list of blocks, but no other passages. Pictures lie beside the passage."""


@record(frozen=True)
class Translation(Entry):
    """What a translated file was made from. Written by `leaflet translate import`, not by hand."""

    source: Language
    """Language of the file beside this one that was translated."""
    units: dict[str, Annotated[Verbatim, UNPRINTED]]
    """Place of a text in that file → fingerprint of the text as it was when it was translated; or "untranslated"."""
    passages: dict[str, Annotated[Verbatim, UNPRINTED]] = field(default_factory=dict)
    """Shared passage that it uses → fingerprint of its words in that language, as they were then."""


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
    kind: Kind | None = None
    """What it is about: the cover of a leaflet that compares nothing has a large sign of this kind. Never guessed from
    the words; not printed."""
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
    table_of_contents: bool = False
    """true, for a long leaflet: handout, large print and booklet begin with a list of the sections and their pages, and
    pages have running heads."""
    glossary: list[Term] = field(default_factory=list)
    """Words and what they mean."""
    abbreviations: list[Abbreviation] = field(default_factory=list)
    """Abbreviations and what they are short for, listed at the end; each is marked where it stands first."""
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
