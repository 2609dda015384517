"""Sets runs of text as lines of positioned glyphs.

span.py       text in one style                        fonts.py      a theme's families → faces
paragraph.py  spans → lines: what stands on each       shape.py      a word and a face → its glyphs
line.py       pieces of a line → runs at their places  direction.py  which way a paragraph and its parts run
breaks.py     where a line may end (UAX #14)           bidi.py       levels and visual order (UAX #9)
together.py   what a line's end never parts            cuts.py       where it ends all the same
hyphens.py    where a word may be parted               fontcheck.py  whether a font file is sound
families.py   font families that come in packages
"""
