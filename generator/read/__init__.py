"""Reads the files of authors and designers (YAML) as the nouns of the model, or tells every problem with its place.

source.py   bytes → nodes with places           schema.py   nodes + record   → instance, or all problems
nodes.py    texts, lists and mappings           rules.py    rules between fields of a content file
shapes.py   what a record means for nodes       editor.py   JSON Schema for editors
kinds.py    what a line, date, colour … is      syntax.py   why a file is no YAML, in words
folds.py    paragraphs that YAML would join     places.py   where each character of a text stands
pictures.py picture formats, and the files
content.py  content files, publisher.yaml       layout.py   layout.yaml
theme.py    themes and words                    printers.py printers.yaml
paths.py, drawing.py, subset.py, profile.py                drawings and colour profiles
"""
