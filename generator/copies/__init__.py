"""Personal copies: one leaflet, set once, and a list of people; each gets a copy with words of their own in its places.

    tables.py      files of rows: CSV, TSV, JSON Lines, XLSX
    recipients.py  the list of people: rows → values by field, and all that is wrong with them
"""
