"""The recipe: the only room that knows in which order the others do their work.

leaflet.py       one leaflet: content × layout → story → pages → files; read it from top to bottom
story.py         its first step: the layout's template filled with the content, and the pictures read
output.py        its last step: each kind of file that is made of the pages (an output of another kind stands here)
rules.py         asks the rules of check/
alternatives.py  for a text that does not fit its layout: which layouts have room for it
build.py         many leaflets: what is up to date, who makes the rest, what is written
checks.py        many leaflets: what is wrong with them, and what an editor would say; report.py makes a PDF of it
status.py        many leaflets: which are built, final, due for review
project.py       the project's files, each read at most once in a run
find.py          names on the command line → content files and jobs
live.py          a project that stays in memory while somebody works on it, for the preview
draft.py         a content file is changed at one place in memory, read back and compared
editing.py       keeps such changes as files, and undoes them
offers.py        what can be changed at a place, and what is asked for something new
remarks.py       what the rules of `leaflet check` say of one text, while somebody changes it
painted.py       where each painted word stands in its file; spoken.py: the leaflet as a screen reader says it
tints.py         where what is hard to read stands on placed pages, for proofs
workers.py       jobs over several processes
translation.py   a translator's file goes out and comes back; which translations are out of date
approval.py      who approved the words of a leaflet, and whether they are still the same
difference.py    which words changed since a revision in git
mail.py          leaflets with a letter, for somebody, as files; recipients.py: for each person of a list
sending.py       mails that leave: by a server, or into a mailbox as drafts
today.py         the day, which decides whether a leaflet may still go out
printers.py      the test sheet of a printer, and what was read off it
fresh.py         a new leaflet or a new language, begun from the preview
starter.py       a new content file, and the schema by which editors check it
"""
