"""Read turns the files of authors and designers (YAML) into the nouns of the model, or into located problems.

source.py   bytes → nodes with places           schema.py   nodes + dataclass → instance (pydantic's core validates)
kinds.py    what a line, date, colour … is      rules.py    rules between fields of a content file
shapes.py   what a dataclass means for nodes
content.py  content files, publisher.yaml       editor.py   JSON Schema for editors
layout.py   layout.yaml                         theme.py    themes and words
"""
