"""The file: its head, and the frame around the leaflet."""

from __future__ import annotations

from html import escape

from ..model import VERSION
from ..model.story import Leaflet
from ..model.theme import Theme
from .facts import Facts, linked
from .style import sheet
from .tags import Tags

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Content Security Policy: a browser runs no script of the page and fetches nothing for it."""


def page(leaflet: Leaflet, theme: Theme, facts: Facts) -> bytes:
    """The leaflet as one HTML file in UTF-8. Nothing in it runs, and it fetches nothing.

    Headings, lists, tables and alternate texts are those of the PDF's tags, in the same order (WCAG 2.2, 1.3.1, 1.3.2);
    it is read without sideways scrolling on a screen of 320 pixels (1.4.10). Footers and page numbers are left out.
    """
    tags = Tags(leaflet, dict(theme.palette))
    inside = tags.parts()
    style = sheet(theme, tags.used, leaflet.digits)
    language = f'lang="{escape(leaflet.language)}" dir="{leaflet.direction}"'
    content = facts.content
    metas = {"viewport": "width=device-width, initial-scale=1", "description": facts.summary,
             "author": content.review.author, "keywords": ", ".join(map(str, content.keywords)),
             "robots": "noindex" if leaflet.marks else "", "generator": f"leaflet {VERSION}"}
    head = "\n".join(f'<meta name="{name}" content="{escape(" ".join(str(said).split()))}">'
                     for name, said in metas.items() if said)
    canonical = f'\n<link rel="canonical" href="{escape(content.web)}">' if content.web else ""
    # some mail programs and web sites drop what <html> says: <main> says it again
    return (f'<!DOCTYPE html>\n<html {language}>\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            f"<title>{escape(leaflet.title, quote=False)}</title>\n{head}{canonical}\n<style>\n{style}\n</style>\n"
            f'<script type="application/ld+json">\n{linked(facts)}\n</script>\n</head>\n'
            f"<body>\n<main {language}>\n{inside}\n</main>\n</body>\n</html>\n").encode()
