"""Reads the files of authors and designers (YAML) as the nouns of the model, or tells every problem with its place.

source.py      bytes → nodes with places             schema.py   nodes + record → instance, or all problems
nodes.py       texts, lists and mappings             rules.py    rules between the keys of a content file
shapes.py      what a record's types ask of nodes    editor.py   the JSON Schema for editors
kinds.py       what a line, date, colour … is        syntax.py   why a file is not YAML, in plain words
outline.py     where each value of a file begins and ends
forms.py       what is asked for to put something new into a file
paragraphs.py  paragraphs that YAML would join       places.py   where each character of a text stands

tables.py      rules of tables                       passages.py passages of content/shared/
content.py     content files, publisher.yaml         layout.py   layout.yaml
theme.py       themes, and words/<language>.yaml     printers.py printers.yaml
mailing.py     mail.yaml
pictures.py    picture formats (FORMATS), and the files    raster.py      photographs: what of a file goes into a PDF
drawing.py     SVG drawings, with paths.py, and      profile.py  colour profiles of presses
               subset.py: what they may hold         figures.py  whether the pictures of figures are there
"""
