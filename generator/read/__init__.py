"""Read turns the files of authors and designers (YAML) into the nouns of the model, or into located problems.

source.py   bytes → nodes with places           schema.py   nodes + record   → instance, or problems (pydantic's core)
kinds.py    what a line, date, colour … is      quick.py    nodes + record   → instance, where nothing is wrong
shapes.py   what a record means for nodes       rules.py    rules between fields of a content file
content.py  content files, publisher.yaml       editor.py   JSON Schema for editors
layout.py   layout.yaml                         theme.py    themes and words
pictures.py picture formats, and the files      drawing.py  drawings (SVG); paths.py their paths
"""
