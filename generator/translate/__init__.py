"""Writes the texts of a Content for a translator (PO, XLIFF 2), and takes the translations in.

units.py  Content → texts with their paths      stale.py  which texts have changed since they were translated
po.py     texts ⇄ PO                            xliff.py  texts ⇄ XLIFF 2
fill.py   texts × Content → Content             pages.py  Content → YAML
sheet.py  what goes out and comes back          numbers.py  numbers and units that a translation has of its own
"""
