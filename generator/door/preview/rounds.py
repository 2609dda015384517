"""`leaflet watch`: the rounds in which what has changed is built."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ...model.problem import Problem, Rejected
from ...model.run import Event
from ...recipe import build, find
from .. import report, session


class Rounds:
    """Builds a project again and again. The manifest of the output folder knows what is up to date."""

    def __init__(self, root: Path, names: Sequence[str], layouts: Sequence[str] | None, papers: Sequence[str] | None,
                 output: Path, proof: bool) -> None:
        self.root, self.names, self.layouts, self.papers = root, names, layouts, papers
        self.output, self.proof = output, proof
        self.told: tuple[Problem, ...] = ()
        """The problems of the last round: those that stand are not told again."""

    def build(self) -> None:
        """One round. A problem of the user's is told, and the next round goes on from there."""
        built: list[Path] = []

        def tell(event: Event) -> None:
            if event.kind != "kept":
                progress.tell(event)
            if event.kind == "built" and event.file is not None:
                built.append(event.file)

        try:
            with report.Progress(sys.stdout) as progress:
                paths = find.contents(self.root, self.names)
                problems = build.build(self.root, paths, layouts=self.layouts, papers=self.papers, output=self.output,
                                       tell=tell, workers=1).problems
                if self.proof and built:
                    self._pictures(paths, {file.name for file in built})
        except Rejected as rejected:
            problems = rejected.problems
        except OSError as error:  # a folder that was just moved away
            problems = (Problem(None, f"this could not be built: {(error.strerror or str(error)).lower()}"),)
        if problems != self.told:
            session.show(problems)
            if not problems:
                report.say("all is well again")
            self.told = problems

    def _pictures(self, paths: Sequence[Path], names: set[str]) -> None:
        """The pictures of what was built just now."""
        from ...recipe.project import ProjectFiles

        for job in find.jobs(ProjectFiles(self.root), paths, self.layouts, self.papers, None):
            if not isinstance(job, Rejected) and f"{job.name}.pdf" in names:
                for file in build.proof(self.root, job.content, job.layout, job.paper, job.theme,
                                        self.output / "proof"):
                    report.say(f"wrote  {report.named(file)}", sys.stdout)
