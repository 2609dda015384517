"""Mails to a list of people: each gets the own copy of a leaflet, as `leaflet copies` makes it, encrypted or not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ..copies.encryption import available, encrypted
from ..copies.recipients import Person, Wanted
from ..model.address import address
from ..model.personal import fields_in
from ..model.problem import Problem, Rejected
from ..model.record import replace
from .copies import strip_of
from .copying import looked_through, people_of
from .crew import Crew
from .find import twin
from .mail import Parcel, Piece, large, letter_to, state_of, unready
from .people import Leaflets, Maker, Order
from .project import ProjectFiles
from .story import story_of

if TYPE_CHECKING:
    from ..deliver.message import Letter

YES = frozenset(("yes", "y", "true", "1", "1.0", "x", "ja", "oui", "sí", "si", "evet", "نعم"))
"""What says in the column `consent` that somebody wants the leaflet by mail, in small letters."""


def pieces_of(order: Order, *, full: bool = False, allow_draft: bool = False,
              allow_expired: bool = False) -> tuple[str, list[Piece], list[Problem]]:
    """The name of what is sent, a mail for each person of a list, and warnings.

    Everything that is wrong with the list is found first. Raises Rejected, OSError. full: the whole leaflet stands in
    the mail, too, with the person's words where fields stand in its text.
    """
    if order.encrypted:
        available()
    leaflets = Leaflets(order)
    wanted = [Wanted("email", "email", required=True)]
    if not order.encrypted:
        wanted.append(Wanted("consent", required=True))
    people = people_of(order, leaflets, wanted)
    crew = Crew(order, leaflets)
    seen: set[str] = set()

    def faults(person: Person) -> list[tuple[str, str, str]]:
        found, there = [], person.headings  # a column that is missing is told once, and not for every row
        try:
            address(person.values["email"])
        except ValueError as error:
            if "email" in there:
                found.append(("email", f"this is no e-mail address: {error}", "one address, such as name@example.org"))
        if not order.encrypted and "consent" in there and person.values["consent"].casefold() not in YES:
            found.append(("consent", "this person has not agreed to a mail that others on its way could read",
                          "write yes where they have agreed; --password-from COLUMN encrypts the leaflets"))
        known = known_of(person)
        if known in seen:
            found.append(("email", "this row says the same as one above it", "take one of them away"))
        seen.add(known)
        return found

    try:
        problems, choices = looked_through(people, leaflets, crew, faults)
    finally:
        crew.dismiss()
    if problems and not (order.skip_bad and people.count):
        raise Rejected(problems)
    makers = [leaflets.of(key) for key in choices]
    wrong = [problem for maker in makers for problem in _unfit(leaflets.project, maker, allow_draft, allow_expired)]
    if wrong:
        raise Rejected(list(dict.fromkeys(wrong)))
    parcels: dict[str, tuple[Parcel, str]] = {}
    warnings = [replace(problem, severity="warning") for problem in problems]
    for maker in makers:
        parcels[maker.name] = _parcel(leaflets, maker)
        warnings += parcels[maker.name][0].problems
    pieces = []
    for person in people:
        maker = leaflets.maker(person)
        parcel, state = parcels[maker.name]
        to = replace(address(person.values["email"]), name=person.values.get("name", ""))
        pieces.append(Piece(person.number, to, known_of(person), f"{state}{'*' * order.encrypted}{'+' * full}",
                            partial(_letter, leaflets, parcel, maker, person, full), person.place("email")))
    return leaflets.main.name, pieces, list(dict.fromkeys(warnings))


def known_of(person: Person) -> str:
    """What a person of a list is known by: the id and the address; without an id, all that the row says but the
    consent."""
    if "id" in person.headings:
        return f"{person.id}\0{person.values['email']}"
    said = person.values | person.choice
    return repr(sorted((name, value) for name, value in said.items() if name != "consent"))


def _unfit(project: ProjectFiles, maker: Maker, allow_draft: bool, allow_expired: bool) -> Iterator[Problem]:
    """Why nobody can get this leaflet by mail."""
    yield from unready(project, maker.job.content, allow_draft, allow_expired)
    content = project.content(maker.job.content)
    for name, text in (("title", content.title), ("summary", content.summary)):
        if fields_in([str(text or "")], maker.leaflets.fields):
            yield Problem(getattr(text, "place", None), f"a field stands in the {name}, which the letter quotes as it "
                          "is", "leave it out there, or hand out copies: leaflet copies")


def _parcel(leaflets: Leaflets, maker: Maker) -> tuple[Parcel, str]:
    """What a leaflet's mails share, and a digest of its state. Raises Rejected."""
    project, path = leaflets.project, maker.job.content
    theme = story_of(project, twin(project, path, None, None, "html")).theme
    parcel = Parcel([project.content(path)], [], [], theme, large(len(maker.master.prefix)), project, maker.name)
    return parcel, state_of(letter_to(parcel, "", [(f"{maker.name}.pdf", maker.fingerprint)]))


def _letter(leaflets: Leaflets, parcel: Parcel, maker: Maker, person: Person, full: bool) -> Letter:
    """The letter to a person, with the own copy."""
    master, words = maker.master_for(person), maker.values(person)
    data = master.prefix + master.tail(words)
    locked = leaflets.order.password_from
    if locked:
        data = encrypted(data, person.values[locked])
    stories = []
    if full:
        project, path = leaflets.project, maker.job.content
        strip = strip_of(project.content(path), leaflets.names, words, words)
        stories = [story_of(project, twin(project, path, None, None, "html"), strip).leaflet]
    return letter_to(parcel, person.values.get("name", ""), [(f"{maker.name}.pdf", data)], stories, bool(locked))
