"""A run of `leaflet copies`: a list of people, looked through first, then a copy for each, by several processes.

    people → look through all rows → master of each leaflet that somebody gets → copies in the order of the list → files

What is done is noted in a journal beside the output, part by part and only when it is on the disk. A run that was ended
at any moment goes on from there, and makes the same bytes as one that was not.
"""

from __future__ import annotations

import csv
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path

from ..copies.archive import Archive
from ..copies.encryption import available
from ..copies.journal import SUFFIX, Journal, Part
from ..copies.recipients import MAILING, Look, People, Person, Wanted, empty_list
from ..kept.files import pieces
from ..kept.write import PART, tidy, write_private
from ..model import VERSION
from ..model.personal import fields_of
from ..model.problem import Place, Problem, Problems, Rejected
from ..model.record import record, replace
from ..model.run import Job
from .approval import told
from .copies import blank
from .crew import PASSWORD, Crew
from .people import Leaflets, Order, Unchosen
from .project import ProjectFiles
from .today import expired
from .translation import out_of_date

PART_SIZE = 500
"""Copies that a worker makes at once."""
OFTEN = 3
"""Seconds between two entries of the journal. What is not noted yet would be made once more, with the same bytes."""
LARGEST = 4_000_000_000


@record(slots=True)
class Outcome:
    """What a run made."""

    files: list[Path]
    """Archives and volumes; of single files, their folder."""
    made: int
    """Copies that were made now."""
    kept: int
    """Copies that an earlier run of this command had made."""
    anew: int = 0
    """Of those made now, the ones that were typeset anew."""
    problems: tuple[Problem, ...] = ()
    journal: Path | None = None


Tell = Callable[[int, int], None]
"""(copies that are there, copies in all): called as they come."""


def columns(root: Path, job: Job) -> tuple[str, bytes]:
    """Name and bytes of an empty list for a leaflet. Raises Rejected."""
    fields = fields_of(ProjectFiles(root).content(job.content).publisher)
    return f"{job.content.parent.name}-list.csv", empty_list(["id", *fields])


def blank_leaflet(root: Path, job: Job, sheet: bool) -> tuple[str, bytes]:
    """Name and bytes of a leaflet with lines to write on. Raises Rejected."""
    project = ProjectFiles(root)
    if late := _late(project, [job]):
        raise Rejected(late)
    return f"{job.name}-blank{'-sheet' if sheet else ''}.pdf", blank(project, job, sheet)


def _late(project: ProjectFiles, jobs: Iterable[Job]) -> list[Problem]:
    """Why some leaflets are not handed out any more: the days of their next reviews have gone by. Raises Rejected."""
    return [problem for job in jobs if not job.allow_expired for problem in expired(project, job.content, "copied")]


def run(order: Order, tell: Tell = lambda done, total: None) -> Outcome:
    """Make a copy for each person of a list. Raises Rejected, OSError."""
    if order.encrypted:
        available()
    leaflets = Leaflets(order)
    people = people_of(order, leaflets)
    crew = _crew(order, leaflets)
    try:
        problems, choices = looked_through(people, leaflets, crew)
        jobs, project = [leaflets.of(key).job for key in choices], leaflets.project
        if late := _late(project, jobs):
            raise Rejected([*late, *problems])
        if problems and not (order.skip_bad and people.count):
            raise Rejected(problems)
        order.output.mkdir(parents=True, exist_ok=True)
        journal = Journal(order.output / f"{leaflets.main.name}-copies{SUFFIX}")
        try:
            outcome = _made(order, people, leaflets, crew, journal, choices, tell)
        finally:
            journal.close()
    finally:
        crew.dismiss()
    marked = [problem for path in dict.fromkeys(job.content for job in jobs)
              for problem in (*told(project, path), *out_of_date(project, path, False))]
    outcome.problems = (*marked, *(replace(problem, severity="warning") for problem in problems))
    outcome.journal = journal.file
    return outcome


def _crew(order: Order, leaflets: Leaflets) -> Crew:
    if order.dask is None:
        return Crew(order, leaflets)
    from .cluster import Cluster

    return Cluster(order, leaflets)


# ── the list ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def people_of(order: Order, leaflets: Leaflets, more: Sequence[Wanted] = ()) -> People:
    """The list, with a column for each field of the leaflet. more: further columns that are asked for."""
    fields = leaflets.fields
    wanted = [Wanted(str(one.name), str(one.kind), one.required) for one in fields.values()]
    wanted = [*(one for one in wanted if one.name not in [other.name for other in more]), *more]
    allowed = list(MAILING)
    if order.password_from:
        wanted.append(Wanted(order.password_from, required=True))
    people = People(order.list, order.shown, wanted, allowed, order.encoding)
    named = people.headings()
    if named:
        leaflets.names = [name for name in fields if name in named]
    if order.password_from in fields:
        message = f"the column '{order.password_from}' is printed: it can be no password"
        raise Rejected([Problem(Place(order.shown), message)])
    return people


def looked_through(people: People, leaflets: Leaflets, crew: Crew,
                   besides: Look = lambda person: ()) -> tuple[Problems, list[tuple]]:
    """All that is wrong with the list, and the leaflets that its rows choose. besides: what else may be wrong."""
    choices: dict[tuple, int] = {}

    def choice(person: Person) -> list[tuple[str, str, str]]:
        key = leaflets.key(person.choice)
        if key not in choices:
            try:
                leaflets.of(key)
            except Unchosen as wrong:
                choices[key] = -1
                refused[key] = wrong
            else:
                choices[key] = len(choices)
        if key in refused:
            return [(refused[key].column, refused[key].message, refused[key].hint)]
        maker = leaflets.of(key)
        flowing[0] |= maker.flows
        return [*maker.faults(person), *besides(person)]

    refused: dict[tuple, Unchosen] = {}
    flowing = [False]
    problems = people.check(choice)
    if not people.table.headings:
        return problems, []
    for person, faults in crew.looked_at(_batches(people, crew.part)) if flowing[0] else ():
        for name, message, hint in faults:
            problems.add(Problem(person.place(name), message, hint))
        if faults:
            people.faulty.add(person.number)
            people.count -= 1
    return problems, [key for key in choices if key not in refused]


def _unlocked(order: Order, people: People, after: int = 0) -> Iterator[Person]:
    """The persons below a row, each with a password where copies are to have one."""
    if order.password_from:
        for person in people.after(after):
            person.values[PASSWORD] = person.values[order.password_from]
            yield person
    elif order.passwords:
        with open(order.passwords, encoding="utf-8", newline="") as lines:
            known = csv.reader(lines)
            next(known, None)
            for person in people:
                _, person.values[PASSWORD] = _password(order, known)
                if person.number > after:
                    yield person
    else:
        yield from people.after(after)


def _password(order: Order, known: Iterator[list[str]]) -> list[str]:
    """The next row of the list of passwords: id, password."""
    try:
        row = next(known, [])
    except (csv.Error, ValueError):
        row = []
    if len(row) != 2 or not row[1]:
        raise Rejected([Problem(Place(order.passwords.name), "the list of passwords is not as it was written",
                                "--force makes other passwords, and all copies anew")])
    return row


def _make_up(order: Order, people: People) -> None:
    """Write the list of passwords, one for each person, before the first copy."""
    from ..copies.encryption import password

    def rows(sink: Callable[[bytes], object]) -> None:
        sink(b"id,password\r\n")
        for person in people:
            own = f"'{person.id}" if person.id[:1] in "=+-@" else person.id  # no spreadsheet takes it for a formula
            sink(f"{own},{password()}\r\n".encode())

    write_private(order.passwords, rows, f"{PART}passwords.part")


def _batches(persons: Iterable[Person], size: int | None = None) -> Iterator[list[Person]]:
    persons = iter(persons)
    while batch := list(islice(persons, size or PART_SIZE)):
        yield batch


# ── the copies ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _made(order: Order, people: People, leaflets: Leaflets, crew: Crew, journal: Journal, choices: list[tuple],
          tell: Tell) -> Outcome:
    mark = _mark(order, journal, leaflets, choices, people)
    if journal.about("mark") != mark or order.force:
        if journal.about("mark") and not journal.about("finished") and not order.force:
            message = "a run for another list, or of another state of the leaflet, was begun here and not finished"
            raise Rejected([Problem(Place(order.shown), message,
                                    f"leaflet forget {journal.file}, or --force to begin anew")])
        journal.begin_anew()
        if order.passwords:
            _make_up(order, people)
        journal.note(mark=mark, into=order.into, name=leaflets.main.name, total=people.count)
    tidy(order.output, f"{PART}{leaflets.main.name}")
    make = {"files": _files, "zip": _zip, "pdf": _volumes}[order.into]
    outcome = make(order, people, leaflets, crew, journal, tell)
    journal.note(finished="yes", files=[file.name for file in outcome.files])
    return outcome


def _mark(order: Order, journal: Journal, leaflets: Leaflets, choices: list[tuple], people: People) -> str:
    """What a run is known by: its list, its leaflets, how they are to be made. It cannot be looked up by a list."""
    digest = sha256(repr((VERSION, order.into, order.sheet, order.encrypted, order.password_from, order.volume,
                          leaflets.names, sorted(people.faulty))).encode())
    for data in pieces(order.list, LARGEST):
        digest.update(data)
    for key in choices:
        digest.update(leaflets.of(key).fingerprint)
    return journal.digest(digest.digest()).hex()


def _files(order: Order, people: People, leaflets: Leaflets, crew: Crew, journal: Journal, tell: Tell) -> Outcome:
    """A file for each person. A part of the run is noted when its files are on the disk."""
    state = journal.state()
    if state.persons and not _all_there(order, people, leaflets, state.row):
        journal.begin_parts_anew()
        state = journal.state()
    outcome = Outcome([order.output], 0, state.persons)
    waiting: list[Part] = []
    safe = time.monotonic()

    def note() -> None:
        if waiting and hasattr(os, "sync"):
            os.sync()
        journal.done(*waiting)
        waiting.clear()

    batches = _batches(_unlocked(order, people, state.row), crew.part)
    for number, (batch, (names, anew)) in enumerate(crew.written(batches), state.number):
        waiting.append(Part(number, len(batch), batch[-1].number, names=names))
        outcome.made += len(batch)
        outcome.anew += anew
        if time.monotonic() - safe > OFTEN:
            note()
            safe = time.monotonic()
        tell(outcome.kept + outcome.made, people.count)
    note()
    return outcome


def _all_there(order: Order, people: People, leaflets: Leaflets, last: int) -> bool:
    """Whether the files that a run has made up to a row are still there."""
    for person in people:
        if person.number > last:
            break
        if not (order.output / leaflets.file_name(person)).exists():
            return False
    return True


def _zip(order: Order, people: People, leaflets: Leaflets, crew: Crew, journal: Journal, tell: Tell) -> Outcome:
    """One archive. Until it is whole it has another name."""
    file = order.output / f"{leaflets.main.name}-copies.zip"
    unfinished = file.with_name(f".{file.name}.unfinished")
    state = journal.state()
    if journal.about("finished") and file.exists():
        return Outcome([file], 0, state.persons)
    if not unfinished.exists() or unfinished.stat().st_size < state.offset:
        journal.begin_parts_anew()
        state = journal.state()
    outcome = Outcome([file], 0, state.persons)
    archive = Archive(unfinished, state.offset)
    try:
        safe, waiting = time.monotonic(), []
        batches = _batches(_unlocked(order, people, state.row), crew.part)
        for number, (batch, made) in enumerate(crew.tails(batches), state.number):
            for name, master, check, tail in made:
                archive.add(name, check, *((master.prefix, tail) if master else (tail,)))
                outcome.anew += master is None and not order.encrypted
            waiting.append(Part(number, len(batch), batch[-1].number, archive.offset))
            outcome.made += len(batch)
            if time.monotonic() - safe > OFTEN:
                archive.safe()
                journal.done(*waiting)
                safe, waiting = time.monotonic(), []
            tell(outcome.kept + outcome.made, people.count)
        archive.finish()
        journal.done(*waiting)
    finally:
        archive.close()
    os.replace(unfinished, file)
    return outcome


def _volumes(order: Order, people: People, leaflets: Leaflets, crew: Crew, journal: Journal, tell: Tell) -> Outcome:
    """PDFs of many copies for the printer, each written whole by one process."""
    name = leaflets.main.name

    def file(number: int) -> Path:
        return order.output / f"{name}-copies-{number + 1:03}.pdf"

    there = {part.number: part.persons for part in journal.parts() if file(part.number).exists()}
    outcome = Outcome([], 0, sum(there.values()))
    todo = ((number, 1 + number * order.volume, file(number), batch)
            for number, batch in enumerate(_batches(people, order.volume)) if number not in there)
    for number, batch, anew in crew.bound(todo):
        journal.done(Part(number, len(batch), batch[-1].number))
        outcome.made += len(batch)
        outcome.anew += anew
        tell(outcome.kept + outcome.made, people.count)
    count = -(-people.count // order.volume)
    outcome.files = [file(number) for number in range(count)]
    for number in range(count, 1000):  # of an earlier run that had more
        if not file(number).exists():
            break
        file(number).unlink()
    return outcome


def forget(journal_file: Path) -> list[Path]:
    """Remove what a run made, and its journal. Returns what was removed. Raises Rejected where the file is no
    journal."""
    from ..copies.journal import is_journal

    if not journal_file.is_file() or not is_journal(journal_file):
        raise Rejected([Problem(None, f"{journal_file.name} is not the journal of a run",
                                f"it ends in -copies{SUFFIX} and stands beside the copies")])
    folder, removed = journal_file.parent, []
    journal = Journal(journal_file)
    name = journal.about("name")
    try:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            ours = entry.name.startswith((f"{name}-copies", f".{name}-copies", f"{PART}{name}"))
            ours = ours and entry.name.endswith((".zip", ".pdf", ".unfinished", ".part"))
            ours = ours or entry.name.endswith(".pdf") and journal.made(entry.name)
            if ours and entry.is_file(follow_symlinks=False):
                os.unlink(entry.path)
                removed.append(Path(entry.path))
    finally:
        journal.close()
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.unlink(f"{journal_file}{suffix}")
    with suppress(OSError):
        folder.rmdir()  # only where it is empty
    return [*removed, journal_file]
