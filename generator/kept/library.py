"""Where layouts, themes and fixed phrases are looked for: in the project, in packs that are installed, and among those
that came with this program. The first folder that has a name wins.

A pack is an installed package that holds layout folders as data. It names itself by an entry point of the group GROUP,
`<any name> = <its package>`; the package is read and never imported, so that a layout cannot run code.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from .files import absent

GROUP = "leaflet.layouts"
SPEC = "layout.yaml"
"""The file that makes a folder a layout."""
HERE = Path(__file__).resolve().parents[1]


def folders(root: Path) -> list[Path]:
    """The folders that hold layout folders and shared/, for the project `root`; the project's own comes first."""
    return list(dict.fromkeys([root / "layouts", *packs(), *built_in()]))


def built_in() -> list[Path]:
    """The layouts that came with this program. A wheel carries them inside the package, a clone beside it."""
    return [folder for folder in (HERE / "layouts", HERE.parent / "layouts") if (folder / "shared").is_dir()][:1]


def list_layouts(search: list[Path]) -> list[str]:
    """Names of the layouts, that is of the folders with a layout.yaml, in the folders of `search`; sorted.

    One that may not be opened is among them, so that reading it tells so. Raises OSError where a
    folder of `search` can't be listed.
    """
    found = {entry.name for folder in search if not absent(folder) for entry in os.scandir(folder) if entry.is_dir()
             if not absent(os.path.join(entry.path, SPEC))}
    return sorted(found)


@cache
def packs() -> tuple[Path, ...]:
    """The folders of installed packs, in the order of their packages' names."""
    if not any(map(_names_group, sys.path)):
        return ()
    from importlib.metadata import entry_points

    found = set()
    for point in entry_points(group=GROUP):
        folder = Path(str(point.dist.locate_file(point.value.replace(".", "/")))) if point.dist else None
        if folder is not None and folder.is_dir():
            found.add((point.value, folder.resolve()))
    return tuple(folder for _, folder in sorted(found))


def _names_group(folder: str) -> bool:
    """Whether an installed package of a folder of sys.path may name a pack. Asking so takes 1 ms where importing
    importlib.metadata takes 13."""
    try:
        infos = [name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return False
    for name in infos:
        try:
            if GROUP.encode() in Path(folder, name, "entry_points.txt").read_bytes():
                return True
        except OSError:
            continue
    return False
