"""What the commands share: words that were typed → files of the project; problems → lines on standard error and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from ..model.problem import Problem, Rejected
from . import report

DISK = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG)
"""Faults of a disk or of its rights that a user can mend; any other is ours and keeps its traceback."""


# ── what was typed ───────────────────────────────────────────────────────────────────────────────────────────────────


def project() -> Path:
    """The project around the current folder. Raises click.UsageError."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "content").is_dir() and (folder / "layouts").is_dir():
            return folder
    raise click.UsageError("this is not a leaflet project: neither this folder nor one above it holds content/ and layouts/")


def contents(root: Path, names: Sequence[str]) -> list[Path]:
    """The content files named on the command line. Raises click.UsageError."""
    from ..recipe import find

    try:
        return find.contents(root, names)
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
    name = next((name for name in names if name != "all" and name not in there), None)
    if name is not None:
        import difflib

        near = difflib.get_close_matches(name, there, 1)
        meant = f"did you mean {near[0]}?" if near else f"there are: {', '.join(there)}"
        raise click.BadParameter(f"there is no layout {name!r}; {meant}", param_hint="--layout")
    return ["all"] if "all" in names else list(dict.fromkeys(names)) or None


# ── what is done ─────────────────────────────────────────────────────────────────────────────────────────────────────


def build(root: Path, paths: Sequence[Path], *, papers: Sequence[str], output: Path | None, **how) -> int:
    """Builds leaflets, each file named on standard output as soon as it is there; returns the exit code.

    papers: as typed. output: None: output/ of the project. how: the rest, as recipe.build.build takes it.
    """
    from ..recipe import build as many

    with report.Progress(sys.stdout) as progress:
        result = many.build(root, paths, papers=[paper.lower() for paper in papers] or None, output=output or root / "output",
                            tell=progress.tell, **how)
    return show(result.problems)


def carried_out(work: Callable[[], int]) -> int:
    """Does some work and returns the exit code that it returns. What stops it, where that is no fault of the program, is said."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        code = work()
        sys.stdout.flush()
        return code
    except Rejected as rejected:
        return show(rejected.problems)
    except KeyboardInterrupt:
        report.say()  # ends the line in which the terminal shows ^C
        return stopped()
    except BrokenPipeError:
        # Whoever read the output has gone; the interpreter must not try to write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.errno not in DISK:
            raise
        where = f"{report.named(Path(os.fsdecode(error.filename)))}: " if error.filename else ""
        report.say(f"{where}cannot be written or read: {(error.strerror or str(error)).lower()}")
        return 1


def stopped() -> int:
    """Says that Ctrl-C was pressed; returns the exit code."""
    report.say("stopped")
    return 130


def show(problems: Sequence[Problem]) -> int:
    """Shows problems on standard error and returns the exit code."""
    if problems:
        if sys.stderr.isatty():
            import shutil

            width = shutil.get_terminal_size().columns
            lines = report.for_terminal(problems, project(), width, report.coloured(sys.stderr))
        else:
            lines = report.as_lines(problems)
        report.say(lines + report.count(problems))
    return code(problems)


def code(problems: Iterable[Problem]) -> int:
    """The exit code."""
    return 1 if any(problem.severity == "error" for problem in problems) else 0
