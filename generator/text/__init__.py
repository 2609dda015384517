"""text turns runs of text into lines of positioned glyphs."""
