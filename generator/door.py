"""The door: what the commands share. Words typed → files of the project, problems → lines on standard error and an exit code."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from . import report
from .model.problem import Problem, Rejected


def project() -> Path:
    """The project around the current folder. Raises click.UsageError."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "content").is_dir() and (folder / "layouts").is_dir():
            return folder
    raise click.UsageError("this is not a leaflet project: neither this folder nor one above it holds content/ and layouts/")


def contents(root: Path, names: Sequence[str]) -> list[Path]:
    """The content files named on the command line. Raises click.UsageError."""
    from . import pipeline

    try:
        return pipeline.contents(root, names)
    except Rejected as rejected:
        said = [f"{problem.place.file}: {problem.message}" if problem.place else str(problem) for problem in rejected.problems]
        raise click.UsageError(report.harmless("; ".join(said))) from None


def one(root: Path, name: str) -> Path:
    """The one content file that `name` means. Raises click.UsageError where it means several."""
    paths = contents(root, [name])
    if len(paths) != 1:
        raise click.UsageError(f"{name} is {len(paths)} leaflets: name one, with its language: "
                               + ", ".join(f"{path.parent.name}/{path.stem}" for path in paths))
    return paths[0]


def layouts(root: Path, names: Sequence[str]) -> list[str] | None:
    """The layouts named after --layout; None where there are none. Raises click.BadParameter."""
    there = sorted(file.parent.name for file in root.glob("layouts/*/layout.yaml"))
    for name in names:
        if name != "all" and name not in there:
            import difflib

            near = difflib.get_close_matches(name, there, 1)
            meant = f"did you mean {near[0]}?" if near else f"there are: {', '.join(there)}"
            raise click.BadParameter(f"there is no layout {name!r}; {meant}", param_hint="--layout")
    return ["all"] if "all" in names else list(dict.fromkeys(names)) or None


def show(problems: Sequence[Problem]) -> int:
    """Shows problems on standard error and returns the exit code."""
    if problems:
        if sys.stderr.isatty():
            width = shutil.get_terminal_size().columns
            click.echo(report.for_terminal(problems, project(), width, report.coloured(sys.stderr)), nl=False, err=True)
        else:
            click.echo(report.as_lines(problems), nl=False, err=True)
        click.echo(report.count(problems), err=True)
    return code(problems)


def code(problems: Iterable[Problem]) -> int:
    """The exit code."""
    return 1 if any(problem.severity == "error" for problem in problems) else 0
