"""Glance turns a command that was carried out before, and whose every input and output is as it was then, into its answer.

Nothing is taken on trust: content files (with their translations), layouts, parts, themes, pictures, the finished PDFs and
the program itself are hashed, and the lists of contents and layouts are compared. Anything else than sameness goes the long
way, which alone knows what to do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from hashlib import sha256

from . import digest

RECORD = ".asked"
COMMANDS = 20
"""Commands remembered for each output folder, the latest first."""


def answered(arguments: list[str]) -> bool:
    """Whether this was a `build` with nothing to do; then each file has been named on standard output."""
    if arguments[:1] != ["build"] or os.name == "nt" and sys.stdout.isatty():
        return False
    root = _project()
    if root is None:
        return False
    output = _output(arguments, root)
    try:
        with open(os.path.join(output, RECORD), encoding="utf-8") as stream:
            commands = stream.read().split("\n\n")
    except (OSError, ValueError):
        return False
    key = _key(arguments, root)
    for command in commands:
        first, *lines = command.split("\n")
        if first == key:
            break
    else:
        return False
    if not all(_same(line) for line in lines):
        return False
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    word, rest = ("\x1b[34mkept  \x1b[0m", "\x1b[2m (up to date)\x1b[0m") if coloured else ("kept  ", " (up to date)")
    sys.stdout.reconfigure(errors="backslashreplace")
    files = [line.split("\t")[2] for line in lines if line.startswith("made\t")]
    try:
        print(*(f"{word}  {min(os.path.relpath(file), file, key=len)}{rest}" for file in files), sep="\n", flush=True)
    except BrokenPipeError:  # whoever read the output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True


def before(root: str, folders: Iterable[str]) -> list[str]:
    """What `remember` is to be told of the lists of contents and layouts, and of the folders of contents: as it is before
    anything is read, so that what is saved meanwhile counts as changed."""
    return [f"list\t{_listing(root)}\t{root}", *(f"folder\t{_contents(folder)}\t{folder}" for folder in sorted(set(folders)))]


def remember(arguments: list[str], root: str, output: str, lines: list[str], trees: dict[str, str], inputs: dict[str, str | None],
             made: dict[str, str]) -> None:
    """Record that a command left everything up to date.

    lines: from `before`. trees: folder of a layout → its hash. inputs: other file → its hash, None where there was none.
    made: PDF → its hash, in the order in which they are named. A record that cannot be written is left.
    """
    lines = [*lines, *(f"tree\t{seen}\t{folder}" for folder, seen in trees.items())]
    lines += [f"file\t{seen}\t{file}" for file, seen in inputs.items()]
    lines += [f"made\t{seen}\t{file}" for file, seen in made.items()]
    if any(not line.isprintable() for line in "".join(lines).split("\t")):
        return  # a name with a line feed or its like in it
    key = _key(arguments, root)
    path = os.path.join(output, RECORD)
    try:
        with open(path, encoding="utf-8") as stream:
            others = [command for command in stream.read().split("\n\n") if not command.startswith(key)]
    except (OSError, ValueError):
        others = []
    new = f"{path}-{os.getpid()}"
    try:
        with open(new, "w", encoding="utf-8", newline="\n") as stream:
            stream.write("\n\n".join(["\n".join([key, *lines]), *others[: COMMANDS - 1]]))
        os.replace(new, path)
    except (OSError, ValueError):
        return


def _same(line: str) -> bool:
    """Whether one thing is as it was."""
    try:
        kind, seen, path = line.split("\t")
    except ValueError:
        return False
    if kind in ("file", "made"):
        return str(digest.of_file(path)) == seen
    if kind == "tree":
        return digest.of_tree(path) == seen
    if kind == "folder":
        return _contents(path) == seen
    return kind == "list" and _listing(path) == seen


def _key(arguments: list[str], root: str) -> str:
    said = [digest.program(), root, os.getcwd(), *arguments]
    return sha256("\0".join(said).encode("utf-8", "surrogateescape")).hexdigest()


def _project() -> str | None:
    """The project around the current folder, as the door finds it."""
    here = os.getcwd()
    while not (os.path.isdir(os.path.join(here, "content")) and os.path.isdir(os.path.join(here, "layouts"))):
        here, below = os.path.dirname(here), here
        if here == below:
            return None
    return here


def _output(arguments: list[str], root: str) -> str:
    """The folder for the PDFs. Where it is said in a way that is not seen here, the wrong record is looked at, in which this
    command is not."""
    for at, argument in enumerate(arguments):
        if argument in ("-o", "--output") and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--output="):
            return argument[9:]
    return os.path.join(root, "output")


def _listing(root: str) -> str:
    """Hash of the names of all content files and layouts."""
    names = []
    for folder in ("content", "layouts"):
        top = os.path.join(root, folder)
        for name in sorted(os.listdir(top)):
            inside = os.path.join(top, name)
            if os.path.isdir(inside):
                names += [f"{folder}/{name}/{file}" for file in sorted(os.listdir(inside)) if file.endswith(".yaml")]
    return sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def _contents(folder: str) -> str:
    """Hash of the content files of a folder: a translation depends on the others."""
    found = []
    if os.path.isdir(folder):
        found = [f"{name}\0{digest.of_file(os.path.join(folder, name))}" for name in sorted(os.listdir(folder)) if name.endswith(".yaml")]
    return sha256("\0".join(found).encode("utf-8", "surrogateescape")).hexdigest()
