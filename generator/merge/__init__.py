"""Fills in a layout's template with a Content; the result is a Leaflet.

template.py does it, with sources.py (files with their places stamped in), sandbox.py (what templates may do), markdown.py
and words.py (what their filters do), marks.py (how places travel), tokens.py, parts.py, rules.py and markup.py (the story's nodes).
An author's text is read by prose.py (paragraphs and lists), labels.py (what stands before items), markdown.py (marks within
lines) and attempts.py (what looks like a mark and is none).
"""
