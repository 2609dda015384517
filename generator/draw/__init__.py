"""Draws placed pages and their structure tree as a PDF that is PDF/UA-1 and PDF/A-2a at once.

    reading(composition, about)            every page or panel is a PDF page of its own size
    sheet(composition, geometry, about)    every side of the paper is a PDF page, panels where the folds want them
    press(composition, geometry, about,    the same with bleed and printer's marks, in the four inks of a press
          profile, bleed)

    master(composition, about, geometry)   the objects of such a file with holes for what copies have of their own

ReportLab gives objects, numbers and the page tree; text operators, tags and the file's outer form are ours.
"""

import sys
from types import ModuleType

# ReportLab, when it is loaded, runs ~/.reportlab_mods and ~/.reportlab_settings, and modules named so wherever Python
# looks, which may be the project's folder. What it finds loaded it does not look for: these two are empty.
for _name in ("reportlab_mods", "reportlab_settings"):
    sys.modules.setdefault(_name, ModuleType(_name))

from .book import press, reading, sheet
from .claims import ClaimError
from .master import master

__all__ = ["ClaimError", "master", "press", "reading", "sheet"]
