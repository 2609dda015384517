"""The commands `leaflet copies` and `leaflet forget`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from ..model.problem import Problem, Rejected
from . import completion, report, session
from .counted import Counted

ADDRESS = re.compile(r"(?:tcp|tls)://(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}")


@click.command()
@click.argument("content", shell_complete=completion.contents)
@click.option("--recipients", "-r", "people", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="LIST", help="The list of people: .csv, .tsv, .jsonl or .xlsx.")
@click.option("--layout", "-l", default="handout", show_default=True, metavar="L",
              shell_complete=completion.layouts, help="Layout of rows that choose none.")
@click.option("--paper", "-p", type=session.PAPER, metavar="PAPER", default="A4", show_default=True,
              help="Paper of rows that choose none.")
@click.option("--into", type=click.Choice(["files", "zip", "pdf"]), default="files", show_default=True,
              help="A file for each person, one archive, or PDFs of 1,000 copies for the printer.")
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
              help="Folder for the copies. Without it: output/copies/ of the project.")
@click.option("--columns", is_flag=True, help="Write an empty list to fill in, and nothing else.")
@click.option("--blank", is_flag=True, help="One PDF with lines to write on in place of names; no list is needed.")
@click.option("--skip-bad", is_flag=True, help="Make the copies of rows without problems, and show the others.")
@click.option("--sheet/--pages", default=None,
              help="Imposed sheets, or pages one by one. Without it: sheets with --into pdf.")
@click.option("--encoding", metavar="NAME", help="Of a CSV that is not UTF-8, such as cp1252.")
@click.option("--password-from", metavar="COLUMN", help="Encrypt each copy with the password in this column.")
@click.option("--passwords", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Encrypt each copy with a password that is made up; FILE lists them.")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N",
              help="Processes. Without it: one for each processor.")
@click.option("--dask", metavar="ADDRESS",
              help="Let the workers of a Dask cluster make them: tcp://HOST:PORT or tls://HOST:PORT of its scheduler.")
@click.option("--allow-expired", is_flag=True, help="Also leaflets whose day of review has gone by, with a mark.")
@click.option("--force", is_flag=True, help="Begin anew, whatever an earlier run has made.")
def copies(content: str, people: Path | None, layout: str, paper: str, into: str, output: Path | None, columns: bool,
           blank: bool, skip_bad: bool, sheet: bool | None, encoding: str | None, password_from: str | None,
           passwords: Path | None, workers: int | None, dask: str | None, allow_expired: bool,
           force: bool) -> int:
    """Make a copy of a leaflet for each person of a list.

    CONTENT is one leaflet, with its language where it has several. Each row of the list is a person; columns are named
    after fields: name, date, clinic, and those under personal: of content/publisher.yaml. Columns named content,
    language, layout and paper choose which leaflet somebody gets; id names the file. All that is wrong with a list is
    shown before the first copy is made, by row and column.

    A run that was stopped goes on when the same command is given again. What it made can be removed with leaflet
    forget.

    \b
    Examples:
      leaflet copies kyphoplasty-vs-vertebroplasty/en --columns
      leaflet copies kyphoplasty-vs-vertebroplasty/en --recipients list.csv
      leaflet copies kyphoplasty-vs-vertebroplasty/en -r list.xlsx --layout brochure --into pdf
      leaflet copies kyphoplasty-vs-vertebroplasty/en -r list.csv --into zip --password-from birthday
      leaflet copies kyphoplasty-vs-vertebroplasty/en --blank
    """
    root = session.project()
    path = session.one(root, content)
    session.layouts(root, [layout])
    if columns + blank + (people is not None) != 1:
        raise click.UsageError("give one of --recipients LIST, --columns and --blank")
    if password_from and passwords:
        raise click.UsageError("--password-from and --passwords exclude each other")
    if (password_from or passwords) and into == "pdf":
        raise click.UsageError("one PDF for the printer has no passwords: choose --into files or zip")
    if dask and workers:
        raise click.UsageError("--dask and --workers exclude each other: a cluster has its own workers")
    if dask and not ADDRESS.fullmatch(dask):
        raise click.BadParameter("write it as tcp://HOST:PORT or tls://HOST:PORT", param_hint="--dask")
    session.encoding(encoding)
    from ..kept.write import write
    from ..model.run import Job
    from ..recipe import copying
    from ..recipe.people import Order

    job = Job(path, layout, paper.lower(), None, allow_expired=allow_expired)
    folder = output or root / "output" / "copies"
    if columns or blank:
        file, data = copying.columns(root, job) if columns else copying.blank_leaflet(root, job, bool(sheet))
        file = folder / file
        if columns and file.exists():
            hint = "somebody may have filled it in: move it away"
            raise Rejected([Problem(None, f"{report.named(file)} is there already", hint)])
        folder.mkdir(parents=True, exist_ok=True)
        write(file, data)
        click.echo(f"wrote  {report.named(file)}")
        return 0
    order = Order(root, job, people, report.named(people), folder, into, encoding, skip_bad, force,
                  sheet if sheet is not None else into == "pdf", password_from, passwords and passwords.resolve(),
                  workers=workers, dask=dask)
    with Counted() as progress:
        outcome = copying.run(order, progress.tell)
    for file in outcome.files:
        click.echo(f"wrote  {report.named(file)}" if outcome.made else f"kept   {report.named(file)}")
    if passwords:
        click.echo(f"wrote  {report.named(passwords)}")
    said = [f"{outcome.made:,} {'copy' if outcome.made == 1 else 'copies'}"]
    said += [f"{outcome.kept:,} made before"] * bool(outcome.kept)
    said += [f"{outcome.anew:,} typeset anew, since fields stand in their text"] * bool(outcome.anew)
    click.echo(f"{', '.join(said)}. To remove them:  leaflet forget {report.named(outcome.journal)}")
    return session.show(outcome.problems)


@click.command()
@click.argument("run", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def forget(run: Path) -> None:
    """Remove copies, or what is known of a run of mails.

    RUN is the journal of copies, which stands beside them and ends in .journal: all copies of that run are removed, and
    what is known of it. Or it is the journal of mails, .mail.sqlite. Who is
    mailed again after that may get a mail twice.

    \b
    Examples:
      leaflet forget output/copies/kyphoplasty-vs-vertebroplasty-en-handout-a4-copies.journal
      leaflet forget output/.mail.sqlite
    """
    from ..recipe import copying, sending

    if sending.is_journal(run):
        count, unknown = sending.forget(run)
        click.echo(f"removed what was known of {count:,} mail{'' if count == 1 else 's'}")
        for number in unknown:
            click.echo(f"nobody knows whether it was sent: <{number}>")
        return

    removed = copying.forget(run)
    click.echo(f"removed {len(removed):,} file{'' if len(removed) == 1 else 's'}")
