"""Finds the content files and layouts that the command line names, and lists the jobs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..kept.files import absent
from ..kept.manifest import Manifest
from ..model.layout import PAPERS
from ..model.names import PUBLISHER, SHARED
from ..model.printing import Printing
from ..model.problem import Place, Problem, Rejected
from ..model.record import replace
from ..model.run import TWIN_LAYOUTS, Form, Job
from ..model.wording import nearest, quoted, shown
from .project import ProjectFiles

FEW = 20
"""So many content files are kept in memory while jobs are listed. Of more, each is read again when its turn comes."""


def contents(root: Path, names: Sequence[str] = ()) -> list[Path]:
    """Content files: those named (slug, slug/language or path), or all of content/. Raises Rejected for unknown names.

    A folder of content/ that can't be opened stands for the files in it: reading it tells why.
    """
    every = _every(root / "content")
    if not names:
        return every
    found: list[Path] = []
    problems: list[Problem] = []
    known = sorted({p.parent.name for p in every if p.suffix}
                   | {f"{p.parent.name}/{p.stem}" for p in every if p.suffix})
    for name in names:
        path = Path(name)
        if path.suffix in (".yaml", ".yml"):
            if not absent(path):
                found.append(Path(os.path.realpath(path)))
            else:
                problems.append(Problem(Place(name), "there is no such file"))
            continue
        slug = name.strip("/").removeprefix("content/")
        match = [p for p in every if slug in (p.parent.name, f"{p.parent.name}/{p.stem}") or not p.suffix
                 and slug.split("/")[0] == p.name]
        if match:
            found += match
        elif languages := [one for one in known if one.startswith(f"{slug.split('/')[0]}/")]:
            problems.append(Problem(None, f"there is no content '{name}'", f"of this leaflet there is: "
                                    f"{', '.join(languages)}; leaflet translate export begins another language"))
        else:
            problems.append(Problem(None, f"there is no content '{name}'",
                                    nearest(slug, known) or known and "there are: " + ", ".join(known) or ""))
    named: dict[tuple[str, str], Path] = {}
    for path in found:
        other = named.setdefault((path.parent.name, path.stem), path)
        if other != path:
            problems.append(Problem(Place(shown(path, root)),
                                    f"its PDFs would be named as those of {shown(other, root)}",
                                    "build them one after the other, each with an --output of its own"))
    if problems:
        raise Rejected(problems)
    return list(dict.fromkeys(found))


def one(root: Path, name: str) -> Path:
    """The one content file that `name` means. Raises Rejected, also where it means several."""
    paths = contents(root, [name])
    if len(paths) != 1:
        there = ", ".join(f"{path.parent.name}/{path.stem}" for path in paths)
        raise Rejected([Problem(None, f"{name} is {len(paths)} leaflets", f"name one, with its language: {there}")])
    return paths[0]


def _every(content: Path) -> list[Path]:
    """The content files of a project, and those of its folders that can't be opened; sorted. Raises
    OSError where content/ can't be."""
    found = []
    for entry in os.scandir(content):
        try:
            if entry.is_dir() and entry.name != SHARED.name:
                found += [Path(file.path) for file in os.scandir(entry.path) if file.name.endswith(".yaml")]
        except OSError:
            found.append(Path(entry.path))
    return sorted(found)


def passed_over(root: Path) -> list[Problem]:
    """Warnings: files of content/ that are YAML and are not read, since their name or place is not that of a leaflet;
    and that there is no leaflet at all. Raises OSError where content/ can't be opened."""
    found, leaflets = [], False
    for entry in sorted(os.scandir(root / "content"), key=lambda one: one.name):
        try:
            within = [] if not entry.is_dir() or entry.name == SHARED.name else sorted(os.listdir(entry.path))
        except OSError:  # reading it tells why
            leaflets = True
            continue
        leaflets = leaflets or any(name.endswith(".yaml") for name in within)
        misnamed = [name for name in within if _is_yaml(name) and not name.endswith(".yaml")]
        found += [Problem(Place(f"content/{entry.name}/{name}"),
                          "this file is not read: its name does not end in .yaml",
                          f"name it {Path(name).stem}.yaml, or take it away", "warning") for name in misnamed]
        if not entry.is_dir() and _is_yaml(entry.name) and entry.name != PUBLISHER.name:
            hint = (f"name it {PUBLISHER.name}" if Path(entry.name).stem == PUBLISHER.stem
                    else "a leaflet has a folder of its own, and its language names the file: content/NAME/en.yaml")
            found.append(Problem(Place(f"content/{entry.name}"), "this file is not read: it stands in content/ itself",
                                 hint, "warning"))
    if not leaflets and not found:
        found.append(Problem(None, "there is no leaflet in content/", "leaflet new NAME begins one", "warning"))
    return found


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")


def no_layout(root: Path, name: str, known: Sequence[str]) -> Problem:
    """The problem that there is no layout of this name."""
    folder = root / "layouts" / name
    if re.fullmatch(r"[\w-]+", name) and folder.is_dir():
        named_otherwise = (folder / "layout.yml").is_file()
        hint = "rename its layout.yml to layout.yaml" if named_otherwise else "leaflet layouts --copy brings one whole"
        return Problem(None, f"layouts/{name} is no layout: it holds no layout.yaml", hint)
    return Problem(None, f"there is no layout {quoted(name)}", nearest(name, known) or f"there are: {', '.join(known)}")


def layout_names(root: Path) -> list[str]:
    """Names of the layouts that the project can use, sorted."""
    return ProjectFiles(root).layout_names()


def layouts(root: Path) -> list[tuple[str, str]]:
    """(name, title) of every layout. Raises Rejected where a layout.yaml is wrong."""
    project = ProjectFiles(root)
    return [(name, project.layout(name).spec.title) for name in project.layout_names()]


def jobs(project: ProjectFiles, paths: Sequence[Path], layouts: Sequence[str] | None, papers: Sequence[str] | None,
         theme: str | None, manifest: Manifest | None = None, printing: Printing = Printing(),
         language: str | None = None, allow_stale: bool = False, twins: Sequence[Form] = (),
         allow_expired: bool = False, plain: bool = False) -> Iterator[Job | Rejected]:
    """The jobs of each content file. A file that cannot be read gives its problems (a Rejected) in place of its jobs.

    language: the file of this language is set beside each one. manifest: knows the layouts of files that have not
    changed. twins: forms ("html", "text") in which each leaflet is written besides. plain: with its plainer texts.
    """
    known = project.layout_names()
    for path in paths:
        if language == path.stem and len(paths) > 1:
            continue
        try:
            beside = beside_of(project, path, language)
        except Rejected as rejected:
            yield rejected
            continue
        if layouts and "all" in layouts or language and not layouts:
            names: Sequence[str] = [name for name in known if _languages(project, name) in (None, 2 if language else 1)]
        elif layouts:
            names = layouts
        elif manifest is None or (names := manifest.layouts(path)) is None:
            try:
                names = project.content(path).layouts
            except Rejected as rejected:
                yield rejected
                continue
            if len(paths) > FEW:
                project.forget(path)  # read again when its turn comes, rather than all of them kept
        for name in names:
            if name not in known:  # before any path is made of it
                yield Rejected([replace(no_layout(project.root, str(name), known), place=getattr(name, "place", None))])
                continue
            named = theme if theme and theme != _theme(project, name) else None  # what is default is not named
            for paper in papers or PAPERS:
                yield Job(path, str(name), paper.lower(), named, printing, beside, allow_stale, allow_expired,
                          plain=plain)
        for form in twins:
            yield twin(project, path, beside, theme, form, allow_stale, allow_expired, plain)


def beside_of(project: ProjectFiles, path: Path, language: str | None) -> Path | None:
    """The content file of another language that is set beside one. Raises Rejected where it is not there."""
    beside = path.with_name(language + path.suffix) if language else None
    if beside and (beside == path or absent(beside)):
        wrong = "stands beside itself" if beside == path else "is not there"
        raise Rejected([Problem(Place(shown(beside, project.root)), f"the file {wrong}",
                                "--with names another language of the leaflet")])
    return beside


def twin(project: ProjectFiles, path: Path, beside: Path | None, theme: str | None, form: Form,
         allow_stale: bool = False, allow_expired: bool = False, plain: bool = False) -> Job:
    """The job of a leaflet's twin. It has no paper; that of the job is not looked at."""
    layout = TWIN_LAYOUTS[2 if beside else 1]
    named = theme if theme and theme != _theme(project, layout) else None
    return Job(path, layout, "a4", named, Printing(), beside, allow_stale, allow_expired, form, plain)


def _theme(project: ProjectFiles, layout: str) -> str | None:
    """The theme of a layout; None where the layout cannot be read, which its job will tell."""
    try:
        return str(project.layout(layout).spec.theme)
    except Rejected:
        return None


def _languages(project: ProjectFiles, layout: str) -> int | None:
    """How many languages a layout sets; None where it cannot be read, which its job will tell."""
    try:
        return project.layout(layout).spec.languages
    except Rejected:
        return None
