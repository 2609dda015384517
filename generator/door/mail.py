"""The commands that mail leaflets."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from ..model.address import Address, address
from . import completion, report, session
from .counted import Counted


class AddressType(click.ParamType):
    """One e-mail address, with or without a name."""

    name = "address"

    def convert(self, value, param, ctx) -> Address:
        if isinstance(value, Address):
            return value
        try:
            return address(value)
        except ValueError as error:
            self.fail(f"{value!r} is not an e-mail address: {error}; write one, as in name@example.org or "
                      "'Ann Smith <ann@example.org>'", param, ctx)


ADDRESS = AddressType()
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OPTIONS = (
    click.argument("content", nargs=-1, required=True, shell_complete=completion.contents),
    click.option("--layout", "-l", "layouts", multiple=True, metavar="L", shell_complete=completion.layouts,
                 help="Layout to attach; repeat it for several. Without it: handout."),
    click.option("--paper", "-p", type=session.PAPER, metavar="PAPER", default="A4", show_default=True,
                 help="A4, Letter, A3, A5, DL, Square or Half-letter."),
    click.option("--with", "beside", metavar="TAG", help="Set this language of the leaflet beside its own."),
    click.option("--theme", metavar="T", help="Theme to use instead of the layout's own.",
                 shell_complete=completion.themes),
    click.option("--to", "to", multiple=True, type=ADDRESS, metavar="ADDRESS",
                 help="Whom to send it to; repeat it for several: each gets a mail of their own."),
    click.option("--recipients", "-r", "people", type=FILE, metavar="LIST",
                 help="Send it to the people of a list, an own copy to each: .csv, .tsv, .jsonl or .xlsx, with a "
                      "column email."),
    click.option("--password-from", metavar="COLUMN",
                 help="Encrypt each copy of --recipients with the password in this column."),
    click.option("--skip-bad", is_flag=True, help="Mail the rows of the list without problems, and show the others."),
    click.option("--encoding", metavar="NAME", help="Of a CSV that is not UTF-8, such as cp1252."),
    click.option("--cc", "cc", multiple=True, type=ADDRESS, metavar="ADDRESS", help="Who gets a copy of each mail."),
    click.option("--from", "sender", type=ADDRESS, metavar="ADDRESS",
                 help="Who sends it. Without it: sender: of mail.yaml."),
    click.option("--reply-to", type=ADDRESS, metavar="ADDRESS", help="Where answers go, if not to the sender."),
    click.option("--full", is_flag=True, help="Put the whole leaflet into the mail, too, not its summary alone."),
    click.option("--allow-draft", is_flag=True,
                 help="Also drafts, and translations that nobody has read or that are out of date."),
    click.option("--allow-expired", is_flag=True, help="Also leaflets whose day of review has gone by, with a mark."),
    click.option("--dry-run", "dry", is_flag=True,
                 help="Show what would go, to whom and how big; write and send no mail."),
    click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
                 help="Folder for the PDFs, the drafts and the journal. Without it: output/ of the project."),
)


def with_options(command: Callable) -> Callable:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command()
@with_options
@click.option("--as", "way", type=click.Choice(["files", "draft", "send"]), default="files", show_default=True,
              help="files: drafts to open in a mail program. draft: drafts in the mailbox. send: send them.")
@click.option("--password-command", metavar="COMMAND",
              help="What says the password of the mail account, for draft and send. Without it: "
                   "LEAFLET_MAIL_PASSWORD of the environment.")
@click.option("--token-command", metavar="COMMAND", help="What says a token (XOAUTH2), in place of a password.")
@click.option("--force", is_flag=True, help="For draft and send: also to those who got it from an earlier run.")
def mail(**how) -> int:
    """Mail leaflets: a letter with PDFs for each person.

    The letter greets, says what is attached, and is signed with what stands in content/publisher.yaml; its words are in
    layouts/shared/mail/. Addresses stand in the mails only, never in a file's name.

    How mails are sent stands in mail.yaml. Nobody gets a mail twice: a run that was stopped goes on when the same
    command is given again. What is known of it can be removed with leaflet forget.

    \b
    Examples:
      leaflet mail kyphoplasty-vs-vertebroplasty/en --to patient@example.org
      leaflet mail kyphoplasty-vs-vertebroplasty/en -l handout -l brochure --to "Ann Smith <ann@example.org>" --full
      leaflet mail kyphoplasty-vs-vertebroplasty/en --to patient@example.org --as draft
      leaflet mail kyphoplasty-vs-vertebroplasty/en --to patient@example.org --as send --password-command "pass clinic"
      leaflet mail kyphoplasty-vs-vertebroplasty/en -r list.csv --password-from birthday --dry-run
      leaflet mail kyphoplasty-vs-vertebroplasty/en -r list.csv --password-from birthday --as send
    """
    return mailed(**how)


@click.command()
@with_options
def eml(**how) -> int:
    """Make e-mail drafts with leaflets attached.

    It is the same as `leaflet mail --as files`. Open a draft in a mail program, look it over and send it: nothing is
    sent from here. No draft is written over.

    \b
    Examples:
      leaflet eml kyphoplasty-vs-vertebroplasty/en
      leaflet eml kyphoplasty-vs-vertebroplasty/en --layout brochure --to patient@example.org
    """
    return mailed("files", **how)


def mailed(way: str, content: Sequence[str], people: Path | None, to: Sequence[Address], cc: Sequence[Address],
           sender: Address | None, reply_to: Address | None, output: Path | None, dry: bool,
           password_command: str | None = None, token_command: str | None = None, force: bool = False, **what) -> int:
    """Makes the mails, and hands them on in the way that is asked for; returns the exit code."""
    root = session.project()
    if people and to:
        raise click.UsageError("--to and --recipients exclude each other")
    if way != "files" and not (people or to):
        raise click.UsageError(f"--as {way} needs --to ADDRESS or --recipients LIST")
    if password_command and token_command:
        raise click.UsageError("--password-command and --token-command exclude each other")
    if way == "files" and (password_command or token_command or force):
        raise click.UsageError("--password-command, --token-command and --force go with --as draft or --as send")
    output = output or root / "output"
    from ..recipe import mail as recipe
    from ..recipe import sending

    settings = sending.settings(root)
    name, pieces, problems = (_of_list(root, content, people, output, **what) if people
                              else _of_addresses(root, content, to, output, **what))
    sender, reply_to = sender or settings.sender, reply_to or settings.reply_to
    order = sending.Order(root, name, way, output, sender, tuple(cc), reply_to, password_command, token_command, force)
    if dry:
        before = sending.states(order, pieces) if way != "files" else [None] * len(pieces)
        _show(zip(recipe.sized(pieces, sender, cc, reply_to), before))
        return session.show(problems)
    if way == "files":
        for file in recipe.drafts(name, pieces, output, sender=sender, cc=cc, reply_to=reply_to):
            click.echo(f"wrote  {report.named(file)}")
        return session.show(problems)
    with Counted() as counted:
        outcome = sending.hand_over(order, settings, pieces, counted.tell)
    word = "sent" if way == "send" else "laid down as drafts"
    said = [f"{outcome.done:,} {word}"] + [f"{outcome.before:,} before"] * bool(outcome.before)
    said += [f"{outcome.waiting:,} waiting"] * bool(outcome.waiting)
    click.echo(f"{', '.join(said)}. To remove what is known of them:  leaflet forget {report.named(outcome.journal)}")
    return session.show([*problems, *outcome.problems])


def _of_addresses(root: Path, content: Sequence[str], to: Sequence[Address], output: Path, layouts: Sequence[str],
                  beside: str | None, paper: str, password_from: str | None, skip_bad: bool, encoding: str | None,
                  **what) -> tuple[str, list, list]:
    """The mails to addresses that were typed: the same PDFs for everybody."""
    if password_from or skip_bad or encoding:
        raise click.UsageError("--password-from, --skip-bad and --encoding go with --recipients LIST")
    from ..recipe import mail as recipe

    paths = session.contents(root, content)
    chosen = _layouts(root, layouts) or ["bilingual" if beside else "handout"]
    parcel = recipe.parcel(root, paths, layouts=chosen, papers=[paper.lower()], output=output, beside=beside, **what)
    return parcel.name, recipe.pieces(parcel, to or [None]), parcel.problems


def _of_list(root: Path, content: Sequence[str], people: Path, output: Path, layouts: Sequence[str],
             beside: str | None, paper: str, theme: str | None, password_from: str | None, skip_bad: bool,
             encoding: str | None, full: bool, allow_draft: bool, allow_expired: bool) -> tuple[str, list, list]:
    """The mails to the people of a list: an own copy for each."""
    if len(content) != 1 or len(layouts) > 1:
        raise click.UsageError("--recipients mails one leaflet in one layout; columns of the list named content, "
                               "language, layout and paper choose another for somebody")
    if beside or theme:
        raise click.UsageError("--with and --theme do not go with --recipients")
    if full and password_from:
        raise click.UsageError("--full would show in the mail what --password-from hides")
    session.encoding(encoding)
    from ..model.run import Job
    from ..recipe import recipients
    from ..recipe.people import Order

    (layout,) = _layouts(root, layouts) or ["handout"]
    job = Job(session.one(root, content[0]), layout, paper.lower(), None, allow_expired=allow_expired)
    order = Order(root, job, people, report.named(people), output, encoding=encoding, skip_bad=skip_bad,
                  password_from=password_from)
    return recipients.pieces_of(order, full=full, allow_draft=allow_draft, allow_expired=allow_expired)


def _layouts(root: Path, layouts: Sequence[str]) -> list[str] | None:
    if "all" in layouts:
        raise click.BadParameter("name the layouts that are to be attached", param_hint="--layout")
    return session.layouts(root, layouts)


def _show(mails: Iterable) -> None:
    """What would go, to whom, how big. Addresses are shown to the person at the terminal, and written into no file."""
    count, whole, seen = 0, 0, sys.stdout.isatty()
    for (piece, names, size), state in mails:
        who = f"row {piece.row}" if piece.place else f"mail {piece.row}"
        if seen:
            who += f"  {report.harmless(str(piece.to))}" if piece.to else "  nobody yet"
        if state not in (None, "waiting"):
            click.echo(f"{who}  not again: {state} before")
            continue
        click.echo(f"{who}  {', '.join(names)}  {_kilobytes(size)}")
        count, whole = count + 1, whole + size
    click.echo(f"{count:,} mail{'s' * (count != 1)}, {_kilobytes(whole)}. None was sent.")


def _kilobytes(size: int) -> str:
    return f"{size / 1e3:,.0f} kB" if size < 1e6 else f"{size / 1e6:,.1f} MB"
