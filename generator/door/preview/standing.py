"""A page of the preview: where each leaflet stands, as `leaflet status` tells it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from ...model.problem import Problem, Rejected
from ...recipe import find
from ...recipe.status import Standing, status

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>All leaflets</title>
<link rel="icon" href="icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="style.css">
<link rel="stylesheet" href="standing.css">
</head>
<body>
<header>
<div class="masthead">
<p class="kicker"><a href="./">Leaflet preview</a></p>
<h1>All leaflets</h1>
<p class="status">{count}</p>
</div>
<div class="stripe" aria-hidden="true"></div>
</header>
<main class="standing">
{body}
</main>
</body>
</html>
"""
HEADS = ("Leaflet", "Language", "Layout", "PDFs", "Text", "Next review", "Readability")
GOOD = ("up to date", "final")


def page(root: Path) -> bytes:
    """The page, as HTML in UTF-8. A project that cannot be looked through is told on it."""
    try:
        found = status(root, find.contents(root), workers=1)
    except (Rejected, OSError) as error:
        wrong = error.problems if isinstance(error, Rejected) else [Problem(None, str(error))]
        return _written("", "".join(f"<p>{escape(str(one))}</p>" for one in wrong))
    if not found:
        return _written("", "<p>There is no leaflet yet: <code>leaflet new NAME</code> begins one.</p>")
    leaflets = len({one.file for one in found})
    built = sum(one.built == "up to date" for one in found)
    due = len({one.file for one in found if one.overdue})
    said = f"{leaflets} content files, {built} of {len(found)} layouts up to date, {due} due for review"
    return _written(said, _table(found))


def _written(count: str, body: str) -> bytes:
    return PAGE.format(count=escape(count), body=body).encode()


def _table(found: Sequence[Standing]) -> str:
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    return f"<table><thead><tr>{heads}</tr></thead>\n<tbody>{''.join(map(_row, found))}</tbody></table>"


def _row(one: Standing) -> str:
    wish = {"content": one.leaflet, "language": one.language}
    if one.layout != "–":
        wish["layout"] = one.layout
    link = f'<a href="./?{escape(urlencode(wish))}">{escape(one.leaflet)}</a>'
    due = f"{one.due} (due)" if one.overdue else one.due or "–"
    cells = "".join(map(_cell, (one.language, one.layout, one.built, one.review)))
    return (f'<tr><th scope="row">{link}</th>{cells}<td{" class=wrong" if one.overdue else ""}>{escape(due)}</td>'
            f"<td>{escape(one.grade or '–')}</td></tr>\n")


def _cell(words: str) -> str:
    kind = " class=good" if words in GOOD else " class=wrong" if words in ("can't be read", "out of date") else ""
    return f"<td{kind}>{escape(words)}</td>"
