"""Looks through a finished press PDF for everything that a print shop would send it back for.

    examine(data, file)   every problem, each as "file.pdf, page 2, 34×120 mm: …", from the trim's left top corner

It knows nothing of how the file was made: it reads boxes, intents, fonts and every operator, as a print
shop's own check does. file.py looks at the file as a whole, page.py carries out the operators of a page, and
paint.py judges what they put on paper.
"""

from .file import examine

__all__ = ["examine"]
