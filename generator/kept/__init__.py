"""Files that outlive a run, and how all files are read and written.

files.py      how files are read: regular ones only, within bounds, of the project
manifest.py   which files in an output folder are up to date, and what each was made from
hashes.py     hashes of files, of folders and of this program
store.py      the user's cache folder, for results that take long to make and never change
write.py      a file is written whole or not at all
"""
