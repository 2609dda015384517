"""Places a Leaflet's story, in a theme's styles, in the panels: lines, rules, grounds and pictures at fixed positions.

compose.py  the whole of it: copy-fit, pouring, footers   excess.py    what does not fit → a problem
tree.py     story → structure tree and its texts          look.py      node and theme → its resolved style
build.py    story → a flow of leaves at one size          flow.py      leaves, and the pieces each gives for a measure
frame.py    pieces → places in one frame                  pour.py      frame after frame: where each one ends
rows.py     things side by side, as pieces                table.py     tables: columns or cards, with narrow.py
grounds.py  what lies under the words: grounds, borders   inset.py     where blocks stand in a measure
pictures.py raster pictures and drawings, as leaves       code.py      QR codes; ruled.py: rules, lines to write on
terms.py    terms, each with its meaning                  views.py     views of drawings, with keys.py
artwork.py  drawings in line or reversed, on grounds
lists.py    lists and what stands before their items      heads.py     pictures as heads of a table's columns
canvas.py   where pieces are painted
footers.py  what stands at the foot of the pages          need.py      the least room that words take; openings of texts
running.py  what stands above the text of long leaflets                 that are much too long
spans.py    the text of a block, as spans of one style    sizes.py    which body size is taken, and why
beside.py   pictures and texts beside each other; breaks  torn.py     the warning of a word that is cut
growth.py   what grows where a panel has room left         whole.py    that no word was lost on the way
"""
