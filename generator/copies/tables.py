"""Files of rows, one after another: CSV and TSV, JSON Lines, XLSX.

A file is never held as a whole (but for XLSX, whose library knows no other way and whose size is looked at first). What
cannot be read is told with its row and column, never with what stands there: it may be about a person.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ..kept.files import opened
from ..model.problem import Place, Problem, Rejected

LARGEST = 4_000_000_000
"""Bytes of a list; one million people take about 60 MB."""
LARGEST_SHEET = 700_000_000
"""Bytes of a spreadsheet, unpacked: it is read as a whole."""
LONGEST = 10_000
"""Characters of a cell. The longest that is printed has a few hundred."""
ERRORS = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)", re.IGNORECASE)
"""What a spreadsheet shows in place of a value."""
UNDECODED = re.compile("[\udc80-\udcff]")
SUSPECT = re.compile(f"[=#\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufffd\udc80-\udcff]|E\\+|[^\t]{{{LONGEST}}}")
"""What is in a row of which some cell may be at fault."""


class Row(NamedTuple):
    """One row of a file."""

    number: int
    """As a spreadsheet numbers it: the row of headings is 1. Of JSON Lines, the line."""
    cells: dict[str, str]
    """Heading → what stands there, without the white space around it; an empty cell has "" or is missing."""
    faults: tuple[tuple[str, str, str], ...] = ()
    """(heading, what is wrong with this cell, what to do)."""


class Table:
    """A file of rows. `headings` are those of its first row; JSON Lines have none before their rows are read."""

    def __init__(self, file: Path, shown: str, encoding: str | None = None) -> None:
        """shown: the file's name in problems. encoding: of CSV and TSV that are not UTF-8. Raises Rejected, OSError."""
        self.file, self.shown, self.encoding = file, shown, encoding
        kind = file.suffix.lower()
        readers = {".csv": self._csv, ".tsv": self._csv, ".txt": self._csv, ".jsonl": self._json, ".ndjson": self._json,
                   ".xlsx": self._xlsx}
        if kind not in readers:
            raise Rejected([Problem(Place(shown), "this is no list that can be read",
                                    "save it as .csv, .tsv, .jsonl or .xlsx")])
        self._read = readers[kind]
        self.headings: list[str] = []
        if kind not in (".jsonl", ".ndjson"):
            next(self.rows(), None)

    def rows(self) -> Iterator[Row]:
        """The rows below the headings, but those in which nothing stands. Raises Rejected where the file is no such
        file."""
        return self._read()

    def place(self, number: int, heading: str = "") -> Place:
        """Where a cell stands."""
        return Place(self.shown, number, self.headings.index(heading) + 1 if heading in self.headings else 1)

    # ── CSV and TSV ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _csv(self) -> Iterator[Row]:
        with opened(self.file, LARGEST) as raw:
            head = raw.read(4096)
            raw.seek(0)
            encoding = self.encoding or ("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
            lost = "surrogateescape" if encoding == "utf-8-sig" else "replace"  # cell_fault finds either
            text = io.TextIOWrapper(raw, encoding, errors=lost, newline="")
            try:
                yield from self._records(text, head.decode(encoding, "replace"))
            finally:
                text.detach()

    def _records(self, text: io.TextIOWrapper, head: str) -> Iterator[Row]:
        first = head.lstrip("\ufeff").splitlines()[0] if head.strip() else ""
        told = re.fullmatch(r"sep=(.)", first)  # Excel's own first line
        if told:
            text.readline()
            mark = told[1]
        else:
            mark = "\t" if self.file.suffix.lower() == ".tsv" else max(("\t", ";", ","), key=first.count)
        reader = csv.reader(text, delimiter=mark, strict=True)
        number = 1 if told else 0
        begun = False
        while True:
            number += 1
            try:
                record = next(reader)
            except StopIteration:
                break
            except csv.Error:
                message = "this row is no CSV: a quote is not closed, or stands within a cell"
                hint = "within quotes, a quote is written twice"
                raise Rejected([Problem(Place(self.shown, number), message, hint)]) from None
            if not begun:
                begun = True
                self._name(record, number)
                continue
            yield from self._row(number, record, ())
        if not begun:
            raise Rejected([Problem(Place(self.shown), "the list is empty", "its first row names the columns")])

    def _name(self, record: list[str], number: int = 1) -> None:
        self.headings = [heading.strip() for heading in record]
        while self.headings and not self.headings[-1]:
            self.headings.pop()
        twice = {heading for heading in self.headings if heading and self.headings.count(heading) > 1}
        if not self.headings:
            raise Rejected([Problem(Place(self.shown, number), "the first row names no columns")])
        if twice:
            raise Rejected([Problem(self.place(number, heading), f"two columns are named '{heading}'")
                            for heading in sorted(twice)])

    def _row(self, number: int, record: list[str], faults: tuple[tuple[str, str, str], ...]) -> Iterator[Row]:
        cells = [cell.strip() for cell in record]
        if not any(cells) and not faults:
            return
        if any(cells[len(self.headings):]):
            faults += (("", f"this row has {len(record)} cells, but there are {len(self.headings)} columns",
                        "a cell that holds the separator stands in quotes"),)
        if SUSPECT.search("\t".join(cells)):
            found = [(heading, *fault) for heading, cell in zip(self.headings, cells) if (fault := cell_fault(cell))]
            faults += tuple(found)
        yield Row(number, dict(zip(self.headings, cells)), faults)

    # ── JSON Lines ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _json(self) -> Iterator[Row]:
        with opened(self.file, LARGEST) as raw:
            for number, line in enumerate(io.BufferedReader(raw), 1):
                if not line.strip():
                    continue
                faults: list[tuple[str, str, str]] = []
                try:
                    record = json.loads(line, object_pairs_hook=partial(_record, faults), parse_float=_Float)
                except UnicodeDecodeError:
                    yield Row(number, {}, (("", "bytes that are no UTF-8", "save the list as UTF-8"),))
                    continue
                except (ValueError, RecursionError):
                    yield Row(number, {}, (("", "this line is no JSON", "each line is one object in braces"),))
                    continue
                if not isinstance(record, dict):
                    yield Row(number, {}, (("", "this line is no JSON object", "each line is one object in braces"),))
                    continue
                cells: dict[str, str] = {}
                for heading, value in record.items():
                    if heading not in self.headings:
                        self.headings.append(heading)
                    if value is None:
                        continue
                    if isinstance(value, (bool, list, dict)):
                        faults.append((heading, "this is neither a text nor a number", "write it in quotes"))
                    elif isinstance(value, _Float):
                        faults.append((heading, "this is a number with a point or an exponent", "write it in quotes"))
                    else:
                        cells[heading] = str(value).strip()
                        if fault := cell_fault(cells[heading]):
                            faults.append((heading, *fault))
                if cells or faults:
                    yield Row(number, cells, tuple(faults))

    # ── XLSX ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _xlsx(self) -> Iterator[Row]:
        try:
            from python_calamine import CalamineError, CalamineWorkbook
        except ImportError:
            message = "spreadsheets are read with python-calamine, which is not installed"
            hint = "pip install python-calamine, or save the list as CSV"
            raise Rejected([Problem(Place(self.shown), message, hint)]) from None
        broken = Rejected([Problem(Place(self.shown), "this is no spreadsheet that can be read",
                                   "save it once more as .xlsx, or as CSV; without a password")])
        try:
            with opened(self.file, LARGEST) as raw, zipfile.ZipFile(raw) as parts:
                if sum(part.file_size for part in parts.infolist()) > LARGEST_SHEET:
                    raise Rejected([Problem(Place(self.shown), "the spreadsheet is too large", "save it as CSV")])
                marked = _marked(parts)
            with CalamineWorkbook.from_path(str(self.file)) as book:
                rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        except (zipfile.BadZipFile, CalamineError, LookupError, ValueError, EOFError, zlib.error, struct.error,
                RuntimeError):  # of an archive that is damaged, locked, or packed in a way that is not known
            raise broken from None
        if not rows:
            raise Rejected([Problem(Place(self.shown), "the list is empty", "its first row names the columns")])
        self._name([_words(cell)[0] for cell in rows[0]])
        for number, record in enumerate(rows[1:], 2):
            cells, faults = [], []
            for at, cell in enumerate(record):
                words, fault = _words(cell)
                fault = marked.get((number, at)) or fault
                cells.append("" if fault else words)
                if fault and at < len(self.headings):
                    faults.append((self.headings[at], *fault))
            yield from self._row(number, cells, tuple(faults))


def _record(faults: list[tuple[str, str, str]], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        faults.append(("", "a name stands twice in this line", ""))
    return record


class _Float(str):
    """A number of JSON that is not whole, as it was written."""


def cell_fault(cell: str) -> tuple[str, str] | None:
    """What is wrong with a cell of any column, and what to do; None where nothing is."""
    plain = cell.isascii() and cell.isprintable() and len(cell) < LONGEST
    if plain and cell[:1] not in ("=", "#") and "E+" not in cell:
        return None  # nearly all
    if UNDECODED.search(cell):
        return "bytes that are no UTF-8", "save the list as CSV UTF-8, or say --encoding, such as cp1252"
    if "\ufffd" in cell:
        return "a sign that was lost when the list was saved", "type it anew and save the list as CSV UTF-8"
    if cell.startswith("=") and len(cell) > 1:
        return "a formula", "put what it gives in its place (paste as values)"
    if ERRORS.fullmatch(cell):
        return "a spreadsheet's error", "mend the formula, and put what it gives in its place"
    if re.fullmatch(r"\d(?:[.,]\d+)?E\+\d+", cell):
        return "a long number that the spreadsheet has cut", "make the column a text column and type it anew"
    if len(cell) > LONGEST:
        return f"more than {LONGEST:,} characters", ""
    if any(char < " " or "\x7f" <= char < "\xa0" or char in "\u2028\u2029" for char in cell):
        return "a line end or a control character", "write it on one line"
    return None


def _words(cell: Any) -> tuple[str, tuple[str, str] | None]:
    """A spreadsheet's cell as text, and what is wrong with it."""
    if isinstance(cell, str):
        return cell, None
    if isinstance(cell, bool):
        return "", ("a truth value", "make the cell a text")
    if isinstance(cell, (int, float)):
        if abs(cell) >= 1e15:  # a spreadsheet keeps 15 digits, and the others are zeros
            return "", ("a long number that the spreadsheet has cut", "make the column a text column and type it anew")
        return (str(int(cell)) if cell == int(cell) else repr(cell)), None
    if isinstance(cell, datetime.datetime):
        if cell.time() == datetime.time():
            return cell.date().isoformat(), None
        return cell.isoformat(" ", "minutes"), None
    if isinstance(cell, datetime.date):
        return cell.isoformat(), None
    if isinstance(cell, datetime.time):
        return cell.isoformat("minutes"), None
    return "", ("this is neither text, number nor date", "make the cell a text")


_CELL = re.compile(rb'<c\b([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_SPOT = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def _marked(parts: zipfile.ZipFile) -> dict[tuple[int, int], tuple[str, str]]:
    """(row, number of the column) → what is wrong: formulas and error cells of the first sheet. calamine gives them as
    values or as empty cells."""
    names = parts.read("xl/workbook.xml")
    first = re.search(rb'<(?:\w+:)?sheet\b[^>]*?\br:id="([^"]+)"', names)
    links = parts.read("xl/_rels/workbook.xml.rels")
    targets = {}
    for link in re.findall(rb"<Relationship\b[^>]*>", links):
        name, target = re.search(rb'\bId="([^"]+)"', link), re.search(rb'\bTarget="([^"]+)"', link)
        if name and target:
            targets[name[1]] = target[1].decode()
    target = targets.get(first[1] if first else b"", "worksheets/sheet1.xml")
    sheet = parts.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    found: dict[tuple[int, int], tuple[str, str]] = {}
    if b"<f" not in sheet and b't="e"' not in sheet:
        return found
    for cell in _CELL.finditer(sheet):
        inner, error = cell[2] or b"", b't="e"' in cell[1]
        spot = _SPOT.search(cell[1])
        if spot is None or not error and b"<f" not in inner:
            continue
        column = 0
        for letter in spot[1]:
            column = column * 26 + letter - 64
        found[int(spot[2]), column - 1] = (
            ("a spreadsheet's error", "mend the formula, and put what it gives in its place") if error
            else ("a formula", "put what it gives in its place (paste as values)"))
    return found
