"""A leaflet and its PDF as an e-mail draft."""

from __future__ import annotations

from pathlib import Path

from ..kept.write import write
from ..model.problem import Problem
from .build import build
from .project import ProjectFiles


def draft(root: Path, path: Path, layout: str, paper: str, to: str | None, output: Path) -> tuple[Path | None,
    list[Problem]]:
    """Build a leaflet in one layout, and write a draft with the PDF attached. Returns the draft's file, errors and
    warnings.

    The file is None where the leaflet could not be built. Raises Rejected where `to` is not one plain address.
    """
    from ..deliver import mail
    from ..merge.markdown import blocks
    from ..merge.places import MARK

    if to is not None:
        mail.checked(to)
    result = build(root, [path], layouts=[layout], papers=[paper], output=output)
    if result.failed:
        return None, list(result.problems)
    pdf = next(file for file in result.files if not file.stem.endswith("-sheet"))
    data = pdf.read_bytes()
    content = ProjectFiles(root).content(path)
    summary = MARK.sub("", blocks(content.summary or "")[0])
    file = pdf.with_suffix(".eml")
    write(file, mail.draft(content, summary, data, pdf.name, to))
    large = [Problem(None, f"the PDF has {len(data) / 1e6:.1f} MB; some mail systems refuse it",
                     "make its pictures smaller", "warning")] if len(data) > mail.LARGE else []
    return file, [*result.problems, *large]
