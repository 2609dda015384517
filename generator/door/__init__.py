"""What a person meets.

commands.py   the command line: one function for each command
translate.py  the commands that write a translator's file and take it in
session.py    what the commands share: the project, files that were named, exit codes
report.py     problems and progress, as a person reads them
"""
