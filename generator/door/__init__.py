"""What a person meets.

commands.py   the command line: one function for each command
session.py    what the commands share: the project, files that were named, exit codes
report.py     problems and progress, as a person reads them
"""
