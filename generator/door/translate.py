"""The commands `leaflet translate export` and `leaflet translate import`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from ..model.names import LANGUAGE
from ..model.problem import Problem, Rejected
from . import report, session


@click.group()
def translate() -> None:
    """Send a leaflet to a translator, and take the translation in.

    \b
    Examples:
      leaflet translate export kyphoplasty-vs-vertebroplasty tr
      leaflet translate import output/kyphoplasty-vs-vertebroplasty-tr.po
    """


@translate.command("export")
@click.argument("content")
@click.argument("language")
@click.option("--format", "form", type=click.Choice(["po", "xliff"]), default="po", show_default=True,
              help="Kind of file: gettext PO, or XLIFF 2.0. Translation programs open both.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="File to write. Without it: one in output/ of the project, named after the leaflet and LANGUAGE.")
def translate_export(content: str, language: str, form: str, output: Path | None) -> int:
    """Write all texts of a leaflet into a file for a translator.

    CONTENT is named as for `leaflet build`, with its language where there are several; LANGUAGE is a tag such as tr or
    zh-Hans. Translations that there are already stand in the file; those of texts that have changed since are marked
    (fuzzy, in PO). A file that is there is written over only where all its translations have been imported.

    \b
    Examples:
      leaflet translate export kyphoplasty-vs-vertebroplasty tr
      leaflet translate export kyphoplasty-vs-vertebroplasty/en ar --format xliff --output for-amina.xlf
    """
    if not re.fullmatch(LANGUAGE, language):
        raise click.BadParameter(f"{language!r} is not a language tag, such as tr, pt-BR or zh-Hans",
                                 param_hint="LANGUAGE")
    root = session.project()
    from ..kept.files import absent, holds
    from ..kept.write import write
    from ..recipe import translation
    from ..recipe.project import ProjectFiles

    project = ProjectFiles(root)
    path = translation.original(project, session.contents(root, [content]), language)
    file = output or root / "output" / f"{path.parent.name}-{language}{'.po' if form == 'po' else '.xlf'}"
    data = translation.exported(root, path, language, form).encode()
    if not absent(file) and not holds(file, data) and not translation.spent(root, file):
        raise Rejected([Problem(None, f"{report.named(file)} is there already",
                                "it may hold translations that were not imported: import it, or move it away")])
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file, data)
    click.echo(f"wrote  {report.named(file)}")
    return session.show(translation.untranslated(project, path, language))


@translate.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--partial", is_flag=True, help="Take it in though texts are not translated; these count as out of date.")
def translate_import(file: Path, partial: bool) -> int:
    """Take a translation in: write it as a content file beside the one that was translated.

    FILE is what `leaflet translate export` wrote, with its texts translated. What is missing or wrong in it is shown
    with its line. The content file gets the status unreviewed-translation.

    \b
    Examples:
      leaflet translate import output/kyphoplasty-vs-vertebroplasty-tr.po
      leaflet translate import for-amina.xlf --partial
    """
    root = session.project()
    from ..kept.write import write
    from ..recipe import translation

    path, data, warnings = translation.imported(root, file, partial)
    if data is not None:
        write(path, data)
    write(*translation.remembered(root, file, path))
    click.echo(f"wrote  {report.named(path)}" if data is not None else f"kept   {report.named(path)} (nothing is new)")
    return session.show(warnings)
