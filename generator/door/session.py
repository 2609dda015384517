"""What the commands share: finding the project and the files that were named, showing problems, exit codes."""

from __future__ import annotations

import codecs
import errno
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import click

from ..model.problem import Problem, Rejected
from ..model.run import Event
from . import report


class Paper(click.Choice):
    """Names a paper that there is not as --help does; click would write the names in small letters."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        return f"there is no paper {str(value)!r}; there are: {', '.join(self.choices)}"


PAPER = Paper(["A4", "Letter", "A3", "A5", "DL", "Square", "Half-letter"], case_sensitive=False)
"""The names in model.layout.EVERY_PAPER, repeated here so that --help need not load the model."""
LATEST = 253_402_300_799
"""Seconds from 1970 to the end of the year 9999, the last that a PDF can name."""


# ── what was typed ───────────────────────────────────────────────────────────────────────────────────────────────────


def project() -> Path:
    """The project around the current folder. Raises click.UsageError."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise Rejected([Problem(None, "the current folder is no longer there",
                                "change into the project's folder")]) from None
    for folder in (here, *here.parents):
        if (folder / "content").is_dir() and (folder / "layouts").is_dir():
            return folder
    raise click.UsageError(
        "this is not a leaflet project: neither this folder nor one above it holds content/ and layouts/; "
        "leaflet init begins one")


def contents(root: Path, names: Sequence[str]) -> list[Path]:
    """The content files named on the command line. Raises click.UsageError."""
    from ..recipe import find

    try:
        return find.contents(root, names)
    except Rejected as rejected:

        said = [f"{problem.place.file}: {problem.message}" if problem.place else str(problem)
                for problem in rejected.problems]
        raise click.UsageError(report.harmless("; ".join(said))) from None


def passed_over(root: Path, names: Sequence[str]) -> list[Problem]:
    """Warnings of what is not read in content/, where all of it was asked for."""
    from ..recipe import find

    return [] if names else find.passed_over(root)


def one(root: Path, name: str) -> Path:
    """The one content file that `name` means. Raises click.UsageError where it means several."""
    paths = contents(root, [name])
    if len(paths) != 1:

        raise click.UsageError(f"{name} is {len(paths)} leaflets: name one, with its language: "
                               + ", ".join(f"{path.parent.name}/{path.stem}" for path in paths))
    return paths[0]


def layouts(root: Path, names: Sequence[str]) -> list[str] | None:
    """The layouts named after --layout; None where there are none. Raises click.BadParameter."""
    from ..recipe import find

    there = find.layout_names(root)
    name = next((name for name in names if name != "all" and name not in there), None)
    if name is not None:
        raise click.BadParameter(report.harmless(str(find.no_layout(root, name, there))), param_hint="--layout")
    return ["all"] if "all" in names else list(dict.fromkeys(names)) or None


def encoding(name: str | None) -> None:
    """Raises click.BadParameter for an encoding that there is not."""
    try:
        codecs.lookup(name or "utf-8")
    except LookupError:
        raise click.BadParameter(f"there is no encoding {name!r}", param_hint="--encoding") from None


# ── what is done ─────────────────────────────────────────────────────────────────────────────────────────────────────


def build(root: Path, paths: Sequence[Path], *, papers: Sequence[str], output: Path | None, strict: bool, shown: str,
          explain: bool = False, notes: Sequence[Problem] = (), **how) -> int:
    """Builds leaflets, each file named on standard output as soon as it is there; returns the exit code.

    papers: as typed. output: None: output/ of the project. strict: warnings count as errors. shown: "all"; "problems":
    no files; "json": one object, at the end. explain: with what copy-fit chose. notes: warnings that are shown with
    the problems of the leaflets. how: the other options of recipe.build.build.
    """
    from ..recipe import build as many

    events: list[Event] = []
    with report.Progress(sys.stdout, explain) as progress:
        tell = {"all": progress.tell, "json": events.append}.get(shown, lambda event: None)
        result = many.build(root, paths, papers=[paper.lower() for paper in papers] or None,
                            output=output or root / "output", tell=tell, **how)
    problems = (*notes, *result.problems)
    if shown == "json":
        report.say(report.built_as_json(events, problems), sys.stdout)
        exit_code = code(problems)
    else:
        exit_code = show(problems)
    return exit_code or int(strict and bool(problems))


def check_date() -> None:
    """SOURCE_DATE_EPOCH, where it is set, is a number of seconds. Raises Rejected."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    if said and not (re.fullmatch("[0-9]{1,12}", said) and int(said) <= LATEST):
        message = f"the environment has SOURCE_DATE_EPOCH={said[:40]!r}, which is no date"
        raise Rejected([Problem(None, message, "seconds since the beginning of 1970, or unset it")])


def exit_code_of(work: Callable[[], int]) -> int:
    """Calls `work` and returns its exit code. Where it is stopped by something other than a fault of the program, that
    is shown."""
    for stream in (sys.stdout, sys.stderr):
        if os.name == "nt" and not stream.isatty():  # JSON and schemas are UTF-8, whatever the code page of the console
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="backslashreplace")
    code = _exit_code(work)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # the interpreter must not try to write the rest at its end
            code = code or 1
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _exit_code(work: Callable[[], int]) -> int:
    try:
        code = work()
        sys.stdout.flush()
        return code
    except Rejected as rejected:
        return show(rejected.problems)
    except Ended as ended:
        return 128 + ended.number
    except KeyboardInterrupt:
        _say()  # ends the line in which the terminal shows ^C
        return stopped()
    except BrokenPipeError:
        return 1  # whoever read the output has gone
    except OSError as error:
        if error.errno in (None, errno.EBADF):  # raised by a library, or a fault of the program
            raise
        where = f"{report.named(Path(os.fsdecode(error.filename)))}: " if error.filename else ""
        # on Windows a PDF cannot be replaced while a reader shows it
        hint = " (is it open in another program?)" if os.name == "nt" and isinstance(error, PermissionError) else ""
        _say(f"{where}cannot be written or read: {(error.strerror or str(error)).lower()}{hint}")
        return 1


class Ended(BaseException):
    """The program was ended from outside, by the signal of this number."""

    def __init__(self, number: int) -> None:
        self.number = number


def end_tidily() -> None:
    """From now on SIGTERM, and SIGHUP when the terminal goes away, end the program as Ctrl-C does: no file is left half
    written, and what was made is recorded. Where the program was started with these
    signals ignored (nohup), they stay so."""

    def leave(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # a second signal must not disturb the tidying up
        raise Ended(number)

    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, leave)


def stopped() -> int:
    """Says that Ctrl-C was pressed; returns the exit code."""
    _say("stopped")
    return 130


def show(problems: Sequence[Problem]) -> int:
    """Shows problems on standard error and returns the exit code."""
    if problems:
        if sys.stderr.isatty():
            import shutil

            width = shutil.get_terminal_size().columns
            lines = report.for_terminal(problems, _root(), width, report.coloured(sys.stderr))
        else:
            lines = report.as_lines(problems)
        _say(lines + report.count(problems))
    return code(problems)


def _say(text: str = "") -> None:
    """A line on standard error; where that can't be written to, nothing more can be said."""
    with suppress(OSError):
        report.say(text)


def _root() -> Path:
    """The folder that places of problems are relative to: the project, or the current folder where there is none."""
    try:
        return project()
    except (Rejected, click.UsageError, OSError):
        return Path()


def code(problems: Iterable[Problem]) -> int:
    """The exit code."""
    return 1 if any(problem.severity == "error" for problem in problems) else 0
