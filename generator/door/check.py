"""The command `leaflet check`: what is wrong with content files, and what an editor would say of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..model.editorial import Checked, Unknown
from . import completion, report, session

FEW = 5
"""Of more leaflets than these, findings are counted and not listed."""
SHOWN = 3
"""Findings of a rule that are listed for each leaflet, without --all."""
WORDS = 12
"""Words that no dictionary knows, likewise."""


@click.command()
@click.argument("content", nargs=-1, shell_complete=completion.contents)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif", "junit"]), default="text",
              show_default=True, help="How problems and findings are shown.")
@click.option("--profile", metavar="NAME",
              help="Rules of a country or purpose: a file in layouts/shared/profiles. Without it: the one that the "
                   "content names, else generic.")
@click.option("--strict", is_flag=True, help="End with exit code 1 for warnings, too.")
@click.option("--all", "every", is_flag=True, help="List every finding, not the first three of each rule.")
@click.option("--report", "pdf", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write a report as a PDF, besides what is shown.")
@click.option("--problems", "problems_alone", is_flag=True,
              help="Only what build could refuse or warn of, without findings.")
def check(content: Sequence[str], form: str, profile: str | None, strict: bool, every: bool,
          pdf: Path | None, problems_alone: bool) -> int:
    """Show what is wrong and what could be better; write no PDF.

    CONTENT is named as for `leaflet build`. What `check` has no errors for, `build` builds, on both papers. Without
    CONTENT, layouts of the project that no content asks for are looked through, too. Besides
    these problems, findings are shown as a careful editor would tell them (docs/checks.md): hard sentences, nothing to
    do, a dose that differs between languages.

    \b
    Examples:
      leaflet check
      leaflet check kyphoplasty-vs-vertebroplasty
      leaflet check kyphoplasty-vs-vertebroplasty/en --profile uk-nhs --all
      leaflet check --strict --format sarif
      leaflet check kyphoplasty-vs-vertebroplasty/en --report report.pdf

    Problems are shown on standard error, with the source line on a terminal and as lines of file:line:column: message
    elsewhere; findings go to standard output. The other formats go to standard output alone. json is a list of objects,
    each with file, line and column (numbers from 1, or null), severity (error, warning or note), message, hint, and for
    findings rule and fingerprint. sarif is SARIF 2.1.0; its fingerprints stay the same when lines move. In junit each
    rule is a test.

    The exit code is 1 where there are errors; with --strict, where there are warnings.
    """
    root = session.project()
    paths = session.contents(root, content)
    from ..recipe import checks

    with report.Progress(sys.stderr) as progress:
        found = checks.check_all(root, paths, profile, not problems_alone, progress.tell)
    if not content and (others := checks.other_layouts(root, paths)):
        found.append(Checked("layouts/", problems=tuple(others)))
    if notes := session.passed_over(root, content):
        found.append(Checked("content/", problems=tuple(notes)))
    if form == "text":
        _as_text(found, every)
    else:
        from . import formats

        click.echo(getattr(formats, f"as_{form}")(found))
    if pdf is not None:
        from ..kept.write import write
        from ..recipe.report import report as report_of

        write(pdf, report_of(root, found))
        click.echo(f"wrote  {report.named(pdf)}", err=True)
    return code(found, strict)


def _as_text(found: Sequence[Checked], every: bool) -> None:
    problems = list(dict.fromkeys(problem for one in found for problem in one.problems))
    if not problems:
        click.echo(f"no problems in {len(found)} content file{'s' if len(found) != 1 else ''}")
    session.show(problems)
    said = [one for one in found if one.measures is not None]
    if not said:
        return
    if len(found) > FEW and not every:
        click.echo("\n".join(_line(one) for one in said))
    else:
        click.echo("\n\n".join(_listed(one, every) for one in said))
    total = report.count([finding for one in said for finding in one.findings])
    if total:
        click.echo(f"findings: {total}; none stops a build"
                   + ("; leaflet check NAME lists those of one leaflet" if len(found) > FEW and not every else ""))


def _line(one: Checked) -> str:
    """A leaflet in one line."""
    score = f"{one.measures.scores[0][0]} {one.measures.scores[0][1]:.1f}" if one.measures.scores else "no formula"
    return f"{one.file}: {score}; {report.count(one.findings) or 'nothing found'}"


def _listed(one: Checked, every: bool) -> str:
    """The findings of a leaflet, each rule with its first ones."""
    lines = [_line(one)]
    by_rule: dict[str, list] = {}
    for finding in one.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for rule, hits in by_rule.items():
        lines.append(f"  {rule} ({hits[0].severity}{f', {len(hits)} times' if len(hits) > 1 else ''})")
        for finding in hits if every else hits[:SHOWN]:
            place = f"{finding.place.line}:{finding.place.column}" if finding.place else "–"
            if finding.place and finding.place.file != one.file:
                place = str(finding.place)
            lines.append(f"    {place}  {report.harmless(finding.message)}")
        if len(hits) > SHOWN and not every:
            lines.append(f"    and {len(hits) - SHOWN} more: --all lists them")
        lines.append(f"      hint: {report.harmless(hits[0].hint)}")
    if one.unknown:
        some = one.unknown if every else one.unknown[:WORDS]
        more = f" and {len(one.unknown) - WORDS} more (--all)" if len(one.unknown) > len(some) else ""
        lines.append(f"  words that the dictionary {one.dictionary} does not know: "
                     + report.harmless(", ".join(map(_unknown, some))) + more)
    if one.silenced:
        lines.append("  silenced: " + "; ".join(
            report.harmless(f"{finding.rule} ({silence.by}: {silence.reason})") for silence, finding in one.silenced))
    return "\n".join(lines)


def _unknown(one: Unknown) -> str:
    where = f"line {one.place.line}" if one.place else "–"
    return f"{one.word} ({where}{f', {one.number} times' if one.number > 1 else ''})"


def code(found: Sequence[Checked], strict: bool) -> int:
    """The exit code."""
    wrong = ("error", "warning") if strict else ("error",)
    return int(any(one.severity in wrong for each in found for one in (*each.problems, *each.findings)))


