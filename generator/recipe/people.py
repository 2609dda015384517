"""Which leaflet each person of a list gets: its order, its masters, and one copy as bytes."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..kept.files import absent
from ..model.layout import EVERY_PAPER
from ..model.problem import Rejected
from ..model.record import record
from ..model.run import Job
from ..model.wording import nearest
from .copies import fields_in, master_of
from .project import ProjectFiles

if TYPE_CHECKING:
    from ..copies.master import Master
    from ..copies.recipients import Person


@record(slots=True)
class Order:
    """What is asked for."""

    root: Path
    job: Job
    """The leaflet that rows get that choose none."""
    list: Path
    shown: str
    """The list's name in problems."""
    output: Path
    into: str = "files"
    """files, zip or pdf."""
    encoding: str | None = None
    skip_bad: bool = False
    force: bool = False
    sheet: bool = False
    """Imposed sheets, where the layout has them."""
    password_from: str | None = None
    """Column of the passwords."""
    passwords: Path | None = None
    """List of passwords that are made up."""
    volume: int = 1_000
    workers: int | None = None
    dask: str | None = None
    """Address of the scheduler of a cluster, tcp://HOST:PORT or tls://HOST:PORT; None: this machine's processors."""

    @property
    def encrypted(self) -> bool:
        return bool(self.password_from or self.passwords)


class Unchosen(Exception):
    """A row chooses a leaflet that there is not."""

    def __init__(self, column: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.column, self.message, self.hint = column, message, hint


class Maker:
    """One leaflet of a run."""

    def __init__(self, project: ProjectFiles, job: Job, leaflets: Leaflets, sheet: bool) -> None:
        self.project, self.job, self.leaflets, self.sheet = project, job, leaflets, sheet
        self.name = job.name
        self._master: Master | None = None
        self._names: list[str] | None = None
        self.flows = bool(fields_in(project, job))
        """Fields stand in its running text: each copy is typeset anew."""

    @property
    def master(self) -> Master:
        if self._master is None or self._names != self.leaflets.names:
            self._names = list(self.leaflets.names)
            self._master = master_of(self.project, self.job, self._names, self.sheet, {} if self.flows else None)
        return self._master

    @property
    def fingerprint(self) -> bytes:
        """Changes when the leaflet does."""
        return zlib.crc32(self.master.prefix).to_bytes(4, "big") + self.master.digest

    def faults(self, person: Person) -> list[tuple[str, str, str]]:
        """(field, what is wrong, what to do) of each value that cannot be printed."""
        found = []
        for name in self.leaflets.names:
            value = person.values.get(name, "")
            if value and (fault := self.master.fault(name, value)):
                found.append((name, *fault))
        return found

    def flow_faults(self, person: Person) -> list[tuple[str, str, str]]:
        """The same of words in running text, which are known when the leaflet is set with them. No problem of it is
        shown: it may quote the words."""
        if self.flows:
            try:
                self.master_for(person)
            except Rejected:
                message = "with this row's words in its text, the leaflet has no room, or they cannot be set"
                hint = "shorten them, or choose a layout with more room"
                return [(fields_in(self.project, self.job)[0], message, hint)]
        return []

    def master_for(self, person: Person) -> Master:
        """The master of a person's copy: set anew where words of hers stand in running text."""
        if not self.flows:
            return self.master
        return master_of(self.project, self.job, self.leaflets.names, self.sheet, self.values(person))

    def values(self, person: Person) -> Mapping[str, str]:
        return {name: person.values.get(name, "") for name in self.leaflets.names}


class Leaflets:
    """The leaflets of a run, each made when somebody gets it."""

    def __init__(self, order: Order) -> None:
        from ..model.personal import fields_of

        self.order = order
        self.project = ProjectFiles(order.root)
        self.fields = fields_of(self.project.content(order.job.content).publisher)
        self.names: list[str] = list(self.fields)
        """Fields that the list has."""
        self.known: dict[tuple, Maker] = {}
        job = order.job
        self._own = job.content.parent.name, job.content.stem, job.layout, job.paper
        self.main = self.of(self.key({}))

    def key(self, choice: Mapping[str, str]) -> tuple[str, str, str, str]:
        """What a row chooses, and the rest as the command says."""
        job = self.order.job
        if not choice:
            return self._own
        return (choice.get("content", job.content.parent.name), choice.get("language", job.content.stem),
                choice.get("layout", job.layout), choice.get("paper", job.paper).lower())

    def of(self, key: tuple) -> Maker:
        """The leaflet of this choice. Raises Unchosen where there is none, Rejected where it cannot be set."""
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = Maker(self.project, self._job(*key), self, self.order.sheet)
        return found

    def _job(self, slug: str, language: str, layout: str, paper: str) -> Job:
        job = self.order.job
        path = job.content
        if (slug, language) != (path.parent.name, path.stem):
            folder = path.parent if slug == path.parent.name else self.order.root / "content" / slug
            path = folder / f"{language}{path.suffix}"
            if absent(folder):
                raise Unchosen("content", "there is no such leaflet", "the name of a folder in content/")
            if absent(path):
                raise Unchosen("language", "the leaflet is not there in this language",
                               f"there is: {', '.join(sorted(file.stem for file in folder.glob('*.yaml')))}")
        known = self.project.layout_names()
        if layout not in known:
            hint = nearest(layout, known) or f"there is: {', '.join(known)}"
            raise Unchosen("layout", "there is no such layout", hint)
        assert paper in EVERY_PAPER
        return Job(path, layout, paper, job.theme, allow_expired=job.allow_expired)

    def maker(self, person: Person) -> Maker:
        return self.of(self.key(person.choice))

    def file_name(self, person: Person) -> str:
        """Of the person's copy."""
        return f"{self.maker(person).name}-{person.id}.pdf"

