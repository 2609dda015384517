"""Content → the YAML of a content file: the counterpart of read/.

content.py   a whole file
edit.py      one text of a file, at its place alone
lists.py     items and keys: put in, moved, taken out
"""

from .content import write_content

__all__ = ["write_content"]
