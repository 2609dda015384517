"""Fills in a layout's template with a Content; the result is a Leaflet.

template.py does it, with sources.py (files with their places stamped in), sandbox.py (what templates may do), markdown.py
and words.py (what their filters do), marks.py (how places travel), tokens.py, rules.py and markup.py (the story's nodes).
"""
