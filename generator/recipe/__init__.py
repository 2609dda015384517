"""The recipe: who alone knows the order in which the rooms do their work.

leaflet.py      one leaflet: content × layout → story → pages → files; read it from top to bottom
story.py        its first step: the layout's template with the content in it, and the pictures
rules.py        where the rules of check/ are asked
room.py         which layouts have room for a text that does not fit
output.py       its last step: pages as files to read, for an office printer, for a print shop, as pictures
build.py        many leaflets: what is up to date, who makes it, what is written; and the same without writing
project.py      the project's files, each read at most once in a run
find.py         names on the command line → content files and jobs
workers.py      jobs over several processes
translation.py  content → a translator's file → content of another language; what is out of date
mail.py         a leaflet as an e-mail draft
printers.py     the test sheet of a printer, and what was read off it
starter.py      a new content file, and the schema by which editors check it
"""
