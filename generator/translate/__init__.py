"""Texts of a Content for a translator (PO, XLIFF 2), and what becomes of the translations that come back.

units.py    which texts are translated; which of them have changed since
handoff.py  the texts that go to a translator and come back, whatever the file's form
po.py       handoff ⇄ PO                               xliff.py    handoff ⇄ XLIFF 2
fill.py     translations → a Content of another language (write/ makes its YAML)
stale.py    which translations are out of date         numbers.py  numbers and units that a translation has of its own
"""
