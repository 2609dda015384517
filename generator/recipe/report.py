"""The report of `leaflet check --report`: a PDF of what was found, set by the layout in layouts/shared/report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from ..model.content import Block, Content, Row, RowGroup, Section, Table
from ..model.editorial import Checked
from ..model.problem import Place
from ..model.run import Job
from .leaflet import about, typeset
from .project import ProjectFiles
from .story import story_of

_MARKS = re.compile(r"([\\`*_\[\]<>&|~#^{}=:$])")


def report(root: Path, found: Sequence[Checked], paper: str = "a4") -> bytes:
    """A PDF of what was found in content files, in their order. Raises Rejected."""
    from ..draw import reading
    from ..read.layout import read_layout

    project = ProjectFiles(root.resolve())
    path = project.root / "content" / "report" / "en.yaml"  # is never read: its content is made here
    content = content_of(found)
    project.contents[path] = project.alone[path] = content
    folder = next(found for shared in project.shared() if (found := shared / "report").is_dir())
    project.layouts["report"] = read_layout(folder, project.root)
    job = Job(path, "report", paper, None)
    story = story_of(project, job)
    composition, _, _ = typeset(project, job, story)
    return reading(composition, about(content, story.leaflet.direction))


def content_of(found: Sequence[Checked]) -> Content:
    """The report as a content that the layout sets."""
    errors, warnings, notes = (sum(one.severity == kind for each in found for one in (*each.problems, *each.findings))
                               for kind in ("error", "warning", "note"))
    leaflets = "1 leaflet was" if len(found) == 1 else f"{len(found)} leaflets were"
    summary = (f"{leaflets} looked through: {errors} errors, {warnings} warnings, {notes} notes. A finding is a "
               "question to the author, not a verdict; a formula says nothing of whether a text is understood.")
    return Content(format=1, language="en", title="What the checks found", category="Report of the checks",
                   summary=summary, sections=[_leaflet(one) for one in found])


def _leaflet(one: Checked) -> Section:
    body = [Block(text=f"{_plain(one.file)} · profile {_plain(one.profile)}")]
    parts = []
    if one.measures:
        body.append(_table("In figures", ("What is measured", "Value"), _figures(one)))
    if one.problems:
        rows = [Row(_where(problem.place, one), [_plain(problem.message), _plain(problem.hint)])
                for problem in one.problems]
        parts.append(Section("Problems", [Block(table=Table(
            ["Line", "What is wrong", "What to do"], rows, caption="What build could refuse or warn of"))]))
    if one.findings:
        parts.append(Section("Findings", [_findings(one)]))
    if one.silenced:
        rows = [Row(_where(finding.place, one), [_plain(finding.message), _plain(silence.reason), _plain(silence.by)])
                for silence, finding in one.silenced]
        parts.append(Section("Silenced by the author", [Block(table=Table(
            ["Line", "What was found", "Reason", "By"], rows, caption="Findings that the content silences"))]))
    if one.unknown:
        rows = [Row(_plain(word.word), [str(word.number), _where(word.place, one)]) for word in one.unknown]
        advice = "A list to look at: a name may be right. What is right stands under checks: words: of the content."
        caption = f"Words that the dictionary {_plain(one.dictionary)} does not know"
        table = Table(["Word", "How often", "First in line"], rows, caption)
        parts.append(Section("Spelling", [Block(text=advice), Block(table=table)]))
    caption = "What a program can judge; a person has to look at the rest"
    for name, title in (("PEMAT-P", "Items of PEMAT-P"), ("CDC", "Items of the Clear Communication Index")):
        if items := [item for item in one.items if item.list == name]:
            rows = [Row(f"{item.number} {item.says}", [item.verdict, ", ".join(item.rules) or "–"]) for item in items]
            table = Table(["Item", "Verdict", "Rules that judge it"], rows, caption)
            parts.append(Section(title, [Block(table=table)]))
    if one.hashes:
        rows = [Row(_plain(file), [f"{digest[:32]} {digest[32:]}"]) for file, digest in one.hashes]
        table = Table(["File", "SHA-256"], rows, "Files that were read")
        parts.append(Section("Made from", [Block(table=table)]))
    return Section(_plain(one.title or one.file), body, sections=parts)


def _figures(one: Checked) -> list[tuple[str, str]]:
    from ..check.pemat import score

    measures = one.measures
    rows = [("Words of the text", str(measures.words)), ("Sentences", str(measures.sentences))]
    if measures.longest:
        line = f", line {measures.where.line}" if measures.where else ""
        rows.append(("Longest sentence", f"{measures.longest} words{line}"))
    rows += [(name, f"{value:.1f}") for name, value in measures.scores]
    for name in ("PEMAT-P", "CDC"):
        judged = [item for item in one.items if item.list == name and item.verdict in ("agree", "disagree")]
        share = score(one.items, name)
        if share is not None:
            rows.append((f"{name}: items agreed with", f"{share:.0%} of the {len(judged)} that were judged here"))
    return rows


def _findings(one: Checked) -> Block:
    """The findings, those of each rule as a group."""
    groups = []
    for (rule, severity), hits in groupby(one.findings, lambda finding: (finding.rule, finding.severity)):
        rows = [Row(_where(finding.place, one), [_plain(finding.message), _plain(finding.hint)]) for finding in hits]
        groups.append(RowGroup(f"{rule} ({severity})", rows))
    return Block(table=Table(["Line", "What was found", "What to do"], groups, caption="What an editor would say"))


def _table(caption: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Block:
    lines = [Row(_plain(head), [_plain(cell) for cell in cells]) for head, *cells in rows]
    return Block(table=Table(list(columns), lines, caption))


def _where(place: Place | None, one: Checked) -> str:
    if place is None:
        return "–"
    return str(place.line) if place.file == one.file else _plain(f"{place.file}, {place.line}")


def _plain(text: str) -> str:
    """A text without marks: what could be one is printed as it stands."""
    return _MARKS.sub(r"\\\1", " ".join(str(text).split()))
