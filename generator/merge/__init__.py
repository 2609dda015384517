"""Fills in a layout's template with a Content; the result is a Leaflet, the story.

template.py   does it; the other files are its tools
sources.py    finds the template's files and marks each tag with its place
sandbox.py    what templates may do                   words.py      fixed phrases, dates and digits of a language
places.py     how places travel through a template    mirror.py     two leaflets side by side, and where they differ
markup.py     rendered markup → the story's nodes     tokens.py     how tags, attributes and entities are written
elements.py   what may stand in an element            parts.py      what the reader of markup has found so far

An author's text goes through:
markdown.py   text → markup, with its bold, italic and links
inline.py     its marks that CommonMark lacks         crossrefs.py  what leads from one place to another
prose.py      lines → paragraphs, lists, quotations   labels.py     whether numbers of items are in order
attempts.py   what looks like a mark and is none     spots.py      where in the text each printed character stands
"""
