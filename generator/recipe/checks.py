"""Looks through content files: the problems that `build` could tell, and what an editor would say (docs/checks.md)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ..kept import library
from ..model.content import Content
from ..model.editorial import GENERIC, Checked, Finding, Measures
from ..model.names import PUBLISHER
from ..model.page import Composition
from ..model.problem import Problem, Rejected
from ..model.run import Event, Job
from ..model.wording import shown
from .approval import told
from .find import jobs
from .leaflet import checked
from .project import ProjectFiles
from .today import expired, today
from .translation import outdated, source_of, strange
from .workers import spread

PAPER = "a4"
"""Pages are measured on this paper: a finding that is the same on both need not stand twice."""


def check_all(root: Path, paths: Sequence[Path], profile: str | None = None, editorial: bool = True,
              tell: Callable[[Event], None] = lambda event: None, workers: int | None = None) -> list[Checked]:
    """What is found in each content file, in their order. Many files are shared out over the processors.

    profile: in place of those that the files name. editorial: False: problems alone. tell: is called with an Event
    for each file. Raises Rejected for a profile that is not there or cannot be read.
    """
    project = ProjectFiles(root.resolve())
    if profile is not None:
        project.check_profile(profile)
    work = partial(_alone, profile=profile, day=today(), editorial=editorial)
    out = []
    for one in spread(project, work, list(paths), workers):
        out.append(one)
        tell(Event("checked", None, one.problems, done=len(out), total=len(paths)))
    return out


def _alone(project: ProjectFiles, path: Path, *, profile: str | None, day: str, editorial: bool) -> Checked:
    try:
        return check_one(project, path, profile, day, editorial)
    finally:
        project.forget(path)


def check_one(project: ProjectFiles, path: Path, profile: str | None, day: str, editorial: bool = True) -> Checked:
    """What is found in one content file."""
    problems, pages = problems_of(project, path)
    out = Checked(shown(path, project.root), language=path.stem, problems=tuple(dict.fromkeys(problems)))
    try:
        content = project.content(path)
    except Rejected:
        return out
    out.title = str(content.title)
    out.hashes = tuple((shown(file, project.root), digest) for file in (path, project.root / PUBLISHER)
                       if (digest := project.hashes.get(file)))
    if not editorial:
        return out
    try:
        return _with_findings(project, path, content, pages, out, profile, day)
    except Rejected as rejected:  # a profile or a list of words that cannot be read
        out.problems = tuple(dict.fromkeys((*out.problems, *rejected.problems)))
        return out


def _with_findings(project: ProjectFiles, path: Path, content: Content, pages: list[tuple[str, Composition]],
                   out: Checked, profile: str | None, day: str) -> Checked:
    from ..check.editorial import in_order, judge
    from ..check.manuscript import Manuscript
    from ..check.pemat import items

    name = profile or (content.checks and content.checks.profile) or GENERIC
    rules = project.check_profile(name)
    manuscript = Manuscript(content, project.vocabulary(content.language), day, pages, _original(project, path))
    verdict = judge(manuscript, rules)
    out.profile = str(name)
    out.findings = tuple(in_order(verdict.findings))
    out.silenced = verdict.silenced
    # a number of a dose that differs is told once, as what it is
    doses = {one.place for one in out.findings if one.rule == "dose-between-languages"}
    lines = {(place.file, place.line) for place in doses if place}
    out.problems = tuple(one for one in out.problems if not (one.severity == "warning" and one.place
                         and (one.place.file, one.place.line) in lines and "number" in one.message))
    told = {one.place for one in out.problems if one.severity == "error"}  # that the review is due
    out.findings = tuple(one for one in out.findings if one.rule != "review-due" or one.place not in told)
    speaking = {one.rule for one in verdict.findings} | {one.rule for _, one in verdict.silenced}
    asked = [rule for rule, setting in rules.rules.items() if setting.severity not in (None, "off")]
    out.items = tuple(items(manuscript, speaking, asked))
    out.measures = _measured(manuscript)
    return out


def _measured(manuscript) -> Measures:
    longest = max(manuscript.sentences, key=lambda one: len(one[1].words), default=None)
    return Measures(manuscript.counts.words, manuscript.counts.sentences,
                    tuple((score.formula.name, score.value) for score in manuscript.scores),
                    len(longest[1].words) if longest else 0,
                    longest[0].place_at(longest[1].start) if longest else None)


def _original(project: ProjectFiles, path: Path) -> Content | None:
    """The leaflet in the language that this one was translated from: as its file says, else the English one."""
    try:
        source = source_of(project, path) or path.with_name("en" + path.suffix)
        return project.content_alone(source) if source != path and source.is_file() else None
    except Rejected:
        return None


def problems_of(project: ProjectFiles, path: Path) -> tuple[list[Problem], list[tuple[str, Composition]]]:
    """The errors and warnings that `build` could give for a content file, and the pages of those of its layouts that
    could be set, with their names."""
    problems: list[Problem] = []
    pages: list[tuple[str, Composition]] = []
    try:
        project.content(path)
        problems += [*expired(project, path), *told(project, path), *outdated(project, path), *strange(project, path)]
    except Rejected:
        pass
    for job in jobs(project, [path], None, None, None):
        try:
            if isinstance(job, Rejected):
                raise job
            warnings, composition = checked(project, job)
            problems += warnings
            if job.paper == PAPER:
                pages.append((job.layout, composition))
        except Rejected as rejected:
            problems += rejected.problems
    return problems, pages


def other_layouts(root: Path, paths: Sequence[Path]) -> list[Problem]:
    """The problems of the project's own layouts that none of the content files asks for.

    Each is tried with one of the files; what is wrong with that file, or has no room, is not told here.
    """
    project = ProjectFiles(root.resolve())
    readable, listed = [], set()
    for path in paths:
        try:
            listed |= {str(name) for name in project.content(path).layouts}
            readable.append(path)
        except Rejected:
            continue
    folder = shown(project.root / "layouts", project.root)
    problems: list[Problem] = []
    for name in library.list_layouts([project.root / "layouts"]):
        if name in listed or not readable:
            continue
        try:
            several = project.layout(name).spec.languages == 2
            pairs = ((one, other) for one in readable for other in readable
                     if one != other and one.parent == other.parent)
            path, beside = next(pairs, (None, None)) if several else (readable[0], None)
            if path is not None:
                problems += checked(project, Job(path, name, PAPER, None, beside=beside))[0]
        except Rejected as rejected:
            problems += rejected.problems
    return [one for one in dict.fromkeys(problems) if one.place and one.place.file.startswith(f"{folder}/")]


def rules() -> list[tuple[str, str, str]]:
    """(name, when it speaks, group) of every editorial rule."""
    from ..check.rules import RULES

    return [(rule.name, rule.says, rule.group) for rule in RULES]


def fingerprint(one: Problem | Finding) -> str:
    """What stays the same when the lines of a file move; 16 hexadecimal digits."""
    from ..check.editorial import fingerprint

    if isinstance(one, Problem):
        one = Finding(one.place, one.message, rule="problem", subject=one.message)
    return fingerprint(one)
