"""Writes a leaflet as a web page, plain text and a mail, from the same story as its PDF, so that they cannot differ.

    page(leaflet, theme, facts)    one HTML file that needs no other
    plain(leaflet)                 its words in reading order
    letter(stories, theme, title)  the HTML part of a mail

page.py     the file: its head, its frame         tags.py      the story's elements → tags
style.py    a theme → a style sheet               pictures.py  drawings, signs and photographs within the file
facts.py    what search engines read (JSON-LD)    plain.py     plain text
letter.py   HTML as mail programs know it
"""

from .facts import Facts
from .letter import letter
from .page import page
from .plain import plain

__all__ = ["Facts", "letter", "page", "plain"]
