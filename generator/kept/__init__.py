"""What outlives a run.

files.py      how files are read: regular ones only, within bounds, of the project
manifest.py   which files in an output folder are up to date, and what each was made from
hashes.py     hashes of files, of folders and of this program
store.py      a folder of the user's for what is dear to make and always the same: unpacked fonts, compiled templates
write.py      a file is written whole or not at all
"""
