"""The door for Python programs: a project, whose leaflets are checked and built. The package gives its names.

It uses nothing of the command line: nothing is printed, no signal is touched, and no program ends here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.printing import Printing
from ..model.problem import Finding, Place, Problem, Rejected
from ..model.run import Built, Event, Form

if TYPE_CHECKING:
    from ..copies.master import Master

__all__ = ["Built", "Event", "Finding", "Place", "Printing", "Problem", "Project", "Rejected"]


class Project:
    """A folder that holds content/ and layouts/. It keeps nothing in memory: each
    call reads the files as they are then.

    >>> Project("elsewhere")
    Traceback (most recent call last):
        ...
    generator.model.problem.Rejected: this is not a leaflet project: it does not hold content/ and layouts/
    """

    root: Path
    """The folder, as an absolute path."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Raises Rejected where the folder is no project."""
        self.root = Path(path).resolve()
        if not (self.root / "content").is_dir() or not (self.root / "layouts").is_dir():
            raise Rejected([Problem(None, "this is not a leaflet project: it does not hold content/ and layouts/")])

    def __repr__(self) -> str:
        return f"Project({str(self.root)!r})"

    def check(self, *names: str | os.PathLike[str]) -> tuple[Problem, ...]:
        """Everything that `build` could refuse or warn of, for the layouts that the content asks for, on both papers.

        names: of content, as for `build`. Errors and warnings stand in the order of the files; nothing is written.
        Raises Rejected where there is no content of a name.

        >>> for problem in Project("clinic").check("sore-throat/tr"):
        ...     print(problem.severity, problem.place, problem.message, sep=" | ")
        error | content/sore-throat/tr.yaml:3:1 | unknown key 'tilte'
        """
        from ..recipe import build

        return tuple(build.check(self.root, self._contents(names)))

    def findings(self, *names: str | os.PathLike[str], profile: str | None = None) -> tuple[Finding, ...]:
        """What a careful editor would say of leaflets (docs/checks.md): in the order of the files, and in each by
        severity, rule and place. Nothing is written, and none of it stops a build.

        names: of content, as for `build`. profile: of rules ("uk-nhs"); None: the one that each content file names,
        else "generic". A leaflet that cannot be read has none: `check` tells why. Raises Rejected where there is no
        content of a name, or no such profile.

        >>> for finding in Project("clinic").findings("sore-throat/en"):
        ...     print(finding.severity, finding.rule, finding.message, sep=" | ")
        warning | get-help | nothing says when to get help, or where
        warning | summary | nothing at the top says what the leaflet is about, and for whom
        warning | provenance | it is not said: author, reviewer, reviewed, next review, version, sources, feedback
        """
        from ..recipe import checks

        found = checks.check_all(self.root, self._contents(names), profile, workers=1)
        return tuple(finding for one in found for finding in one.findings)

    def build(
        self,
        *names: str | os.PathLike[str],
        layouts: Sequence[str] | None = None,
        papers: Sequence[str] | None = None,
        theme: str | None = None,
        output: str | os.PathLike[str] | None = None,
        force: bool = False,
        printing: Printing = Printing(),
        beside: str | None = None,
        allow_stale: bool = False,
        allow_expired: bool = False,
        twins: Sequence[Form] = (),
        plain: bool = False,
        tell: Callable[[Event], None] | None = None,
        workers: int = 1,
    ) -> Built:
        """Write the PDFs of leaflets, and say what was made and what is wrong.

        Everything that can be built is built, also when another leaflet has problems. What is up to date is kept.

        names: folders of content/, with or without a language ("sore-throat", "sore-throat/en"), or paths of content
        files, where a relative one starts at the project. None: every leaflet of content/.
        layouts: names of folders in layouts/, or "all". None: those that each content file asks for.
        papers: "A4", "Letter". None: both.
        theme: in place of the layout's own.
        output: folder for the PDFs; a relative path starts at the project. None: output/ of the project.
        force: build even what is up to date.
        printing: for a print shop, or for a certain office printer. The default: for any office printer.
        beside: the language that is set beside each one's own, in layouts for two languages.
        allow_stale: print no mark on translations that are out of date.
        allow_expired: build also leaflets whose day of review has gone by, with a mark on each page.
        twins: "html", "text": what each leaflet is written as, besides its PDFs.
        plain: the plainer text of each block that has one (`plain:`); "-plain" stands in the names of the files.
        tell: is called, in this thread, with an Event for each PDF and each problem as it happens.
        workers: processes that share the work; 1: it is done in this one. With more, the program that calls this is
        started anew in each of them where it has other threads or does not run on Linux, so what it does at its start
        must stand behind `if __name__ == "__main__":`.

        Raises Rejected where there is no content of a name, ValueError for a paper that is not known, OSError where
        nothing can be written. All else that is wrong with files stands in the problems of what is returned.

        >>> built = Project("clinic").build("sore-throat/tr", output="print")
        >>> built.failed, built.files, len(built.problems)
        (True, (), 1)
        """
        from ..model.layout import EVERY_PAPER
        from ..recipe import build

        unknown = [paper for paper in papers or () if paper.lower() not in EVERY_PAPER]
        if unknown:
            raise ValueError(
                f"there is no paper {unknown[0]!r}: there is {', '.join(one.name for one in EVERY_PAPER.values())}")
        return build.build(
            self.root, self._contents(names), layouts=layouts, papers=papers, theme=theme, force=force,
            printing=printing, output=None if output is None else self.root / output, beside=beside,
            allow_stale=allow_stale, allow_expired=allow_expired, twins=twins, plain=plain,
            tell=tell or (lambda event: None), workers=workers,
        )

    def html(self, name: str | os.PathLike[str], *, beside: str | None = None, theme: str | None = None,
             allow_stale: bool = False, allow_expired: bool = False) -> str:
        """A leaflet as a web page: one HTML file that needs no other, with the words of the PDF in the same order.

        name: of one leaflet with its language ("sore-throat/en"), or the path of a content file. The other options are
        those of `build`. Nothing is written. Raises Rejected with everything that is wrong.

        >>> page = Project("clinic").html("sore-throat/en")
        >>> page[:42]
        '<!DOCTYPE html>\\n<html lang="en" dir="ltr">'
        """
        return self._twin("html", name, beside, theme, allow_stale, allow_expired)

    def text(self, name: str | os.PathLike[str], *, beside: str | None = None, theme: str | None = None,
             allow_stale: bool = False, allow_expired: bool = False) -> str:
        """A leaflet as plain text, in reading order. The options are those of `html`. Raises Rejected."""
        return self._twin("text", name, beside, theme, allow_stale, allow_expired)

    def _twin(self, form: Form, name: str | os.PathLike[str], beside: str | None, theme: str | None,
              allow_stale: bool, allow_expired: bool) -> str:
        from ..recipe import find
        from ..recipe.leaflet import make
        from ..recipe.project import ProjectFiles

        path = find.one(self.root, self._named(name))
        project = ProjectFiles(self.root)
        job = find.twin(project, path, find.beside_of(project, path, beside), theme, form, allow_stale, allow_expired)
        (data,) = make(project, job).files.values()
        return data.decode()

    def master(self, content: str | os.PathLike[str], layout: str = "handout", paper: str = "A4") -> Master:
        """A leaflet set once, with empty places for a person's words; `copy` gives the PDF with somebody's.

        content: one leaflet, named as for `build`, with its language. Values are named after the fields: name, date (as
        2026-07-03), clinic, and those under personal: of content/publisher.yaml. Where {fields} stand in the running
        text of the leaflet, they are left empty: `leaflet copies` sets such a leaflet anew for each person.

        Raises Rejected where the leaflet cannot be set, ValueError for a paper that is not known. `copy` raises
        KeyError for a field that is not there, and ValueError, which quotes no value, for one that does not fit its
        place.

        >>> Project("clinic").master("sore-throat/en").copy({"name": "Ada Lovelace", "date": "2026-07-03"})[:8]
        b'%PDF-1.7'
        """
        from ..model.layout import EVERY_PAPER
        from ..model.run import Job
        from ..recipe import find
        from ..recipe.copies import master_of
        from ..recipe.project import ProjectFiles

        if paper.lower() not in EVERY_PAPER:
            there = ", ".join(one.name for one in EVERY_PAPER.values())
            raise ValueError(f"there is no paper {paper!r}: there is {there}")
        path = find.one(self.root, self._named(content))
        return master_of(ProjectFiles(self.root), Job(path, layout, paper.lower(), None), running={})

    def _contents(self, names: Sequence[str | os.PathLike[str]]) -> list[Path]:
        """The content files that are named; all of them where none is. Raises Rejected."""
        from ..recipe import find

        return find.contents(self.root, [self._named(name) for name in names])

    def _named(self, name: str | os.PathLike[str]) -> str:
        """A name or path as recipe.find takes it: a relative path starts at the project."""
        given = os.fspath(name)
        return str(self.root / given) if given.endswith((".yaml", ".yml")) else given
