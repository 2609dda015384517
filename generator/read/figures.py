"""The rule between a figure of a file and the pictures that lie beside that file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from ..model.problem import Problem
from ..model.wording import nearest, quoted, shown
from .kinds import KINDS
from .nodes import Mapping, Node
from .pictures import begins_wrong, format_of
from .schema import CrossRule, text_of


def picture_rule(path: Path, project: Path) -> CrossRule:
    """The rule that a picture is there, is inside the project (links resolved) and is what its name says."""
    folder = path.parent
    real = Path(os.path.realpath(project))  # Path.resolve raises an error where links lead in a circle
    inside = real if Path(os.path.realpath(path)).is_relative_to(real) else Path(os.path.realpath(folder))

    def picture_is_there(figure: Mapping, root: Node) -> Iterator[Problem]:
        name = text_of(figure, "file")
        if name is None or not re.search(KINDS["picture"].pattern, name):
            return  # its kind says so
        file = Path(os.path.realpath(folder / name))
        if not file.is_relative_to(inside):
            yield Problem(name.place, f"the picture {quoted(name)} is outside the project", "copy it beside this file")
        elif not os.path.isfile(file):  # Path.is_file raises an error where a name is too long
            there = os.listdir(file.parent) if os.path.isdir(file.parent) else ()
            names = sorted(one for one in there if format_of(one))
            where = shown(folder / name, project)
            lying = f"; beside it: {', '.join(names[:5])}" if names else ""
            yield Problem(name.place, f"there is no picture '{where}'",
                          nearest(file.name, names, 0.75) or f"copy the file there, or take these lines out{lying}")
        elif fault := begins_wrong(file):
            yield Problem(name.place, f"the picture {quoted(name)} {fault}")

    return picture_is_there
