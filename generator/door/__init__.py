"""What a person meets.

commands.py   the command line: one function for each command and its options
check.py      what is wrong, and what an editor would say; formats.py tells other programs
status.py     where each leaflet stands
translate.py  the commands that write a translator's file and read it when it comes back
approve.py    the command by which somebody approves the words of a leaflet
difference.py the command that shows which words changed
session.py    what the commands share: the project, files that were named, exit codes
report.py     problems and progress, as a person reads them
mail.py       the commands that mail leaflets; copies.py those for a list of people, with counted.py: how far a run is
python.py     what a Python program meets: Project, of which nothing prints or ends the program
preview/      the live preview in the browser, and `leaflet watch`
"""
