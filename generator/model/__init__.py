"""The nouns: what the rooms hand to each other. Nothing here reads, writes or decides.

what people write   content.py, with blocks.py, texts.py and prose.py
                     layout.py · theme.py (Style: every key of a theme's style) · printing.py
                     mailing.py (mail.yaml)
what is made of it  story.py (ELEMENTS, and the merged Leaflet) · structure.py · page.py · picture.py · signs.py
                     spans.py: columns of a table's cells
one run             run.py: jobs, events, what was built · problem.py: places, texts that know theirs, problems
tools of the model  record.py (classes of plain data) · walk.py (every value of a Content) · late.py
names in common     names.py (files, language tags) · wording.py (how messages call things)
"""

VERSION = "0.2.0"
"""Of the program."""
