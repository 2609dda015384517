"""Mutants: damaged copies of a file, all from one seed, and a project that has a file of every kind to damage."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import uharfbuzz as hb
from PIL import Image

from generator.model.problem import Rejected
from generator.read.profile import free_profile

ROOT = Path(__file__).parents[2]
TAG = re.compile(rb"<[^<>]*>")
TOKENS = [
    b"", b"\0", b"\xff", b"\xc3", b"\xe2\x80\xae", b"\r", b"\n", b"\t", b": ", b"- ", b"#", b"{", b"}", b"[", b"]",
    b"'", b'"', b"&a ", b"*a", b"!!python/object:os.system ", b"<<: ", b"|\n", b">\n", b"---\n", b"-1", b"0", b"1e999",
    b"nan", b"99999999999999999999", b"0.0000001", b"../../../../etc/passwd", b"/dev/zero", b"null", b"~", b"true",
    b"{{ 7 * 7 }}", b"{% for a in range(10) %}", b"{% include 'x' %}", b"{{ ''.__class__ }}", b"<p>", b"</p>",
    b"<img src='x'>", b"&amp;", b"&#0;", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<![CDATA[", b"mm", b"pt", "ﷺ".encode(),
    "𝕬".encode(), "\u200d\u202e\u2066".encode(), "é".encode() * 9, b"w" * 300, b"(" * 40, b"\\",
]


def mutant(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """A copy of `data` with one to four damages; `others` are files of which pieces may come in."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        size = len(out)
        at = chance.randrange(size + 1)
        many = chance.choice((1, 2, 4, 16, 100, size // 3 + 1))
        match chance.randrange(11):
            case 0:
                out[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del out[at : at + many]
            case 2:
                out[at:at] = chance.choice(TOKENS)
            case 3:
                out[at : at + many] = chance.choice(TOKENS)
            case 4:
                out[at:at] = out[at : at + many][:2000]
            case 5 if size:
                out[at : at + 1] = bytes([out[min(at, size - 1)] ^ 1 << chance.randrange(8)])
            case 6:
                lines = out.split(b"\n")
                first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[first], lines[second] = lines[second], lines[first]
                out = bytearray(b"\n".join(lines))
            case 7:
                other = chance.choice(others)
                begin = chance.randrange(len(other) + 1)
                out[at:at] = other[begin : begin + min(many, 500)]
            case 9 if tags := list(TAG.finditer(out)):  # an element, or its begin alone, stands where it should not
                first, last, place = chance.choice(tags), chance.choice(tags), chance.choice(tags).start()
                out[place:place] = out[first.start() : max(first.end(), last.start() * chance.randrange(2))][:3000]
            case 10:  # a line of YAML is moved in or out
                lines = out.split(b"\n")
                line = chance.randrange(len(lines))
                lines[line] = b"  " + lines[line] if chance.randrange(2) else lines[line][2:]
                out = bytearray(b"\n".join(lines))
            case 8 if not chance.randrange(10):
                del out[at:]
    return bytes(out)


CONTENT = """\
format: 1
language: en
title: A leaflet of all kinds
summary: What it says.
review: {status: draft, version: "1.2", published: 2024-03}
key_points: [One., Two & three.]
introduction:
  - text: |
      Words with [a link](https://example.org/a) and *more*.

      - one
      - two
  - figure: {file: dot.png, alt: A dot}
  - figure: {file: dot.jpg, alt: A dot}
  - figure: {file: dot.webp, alt: A dot}
  - figure: {file: dot.gif, alt: A dot}
  - figure: {file: drawing.svg, alt: A drawing, labels: {here: Here}}
sections:
  - heading: First
    body:
      - steps: [{text: Do it.}, {text: Then that.}]
      - box: {kind: alert, heading: Call, text: Call us.}
      - table:
          columns: [When, What]
          rows: [{head: Day 1, cells: [5 mg]}, {group: Later, rows: [{head: Day 2, cells: [""]}]}]
      - use: help
      - questions: [{question: Why?, answer: Because.}]
glossary: [{term: Word, meaning: What it means.}]
layouts: [handout, brochure]
"""
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60"><g fill="#1a2b3c" stroke="none">
<path d="M0 0h10v10a5 5 0 0 1-5 5z" transform="translate(3,4) rotate(20)"/>
<rect x="20" y="5" width="10" height="6" rx="2"/></g>
<circle cx="50" cy="30" r="9" stroke="#334455" fill="none" stroke-width="2"/><text id="here" x="60" y="40"/></svg>
"""


PASSAGE = "body:\n  - text: Call us at any time.\n  - box: {kind: alert, heading: Help, text: Call 112.}\n"
PEOPLE = [("id", "name", "date", "language"), ("a1", "Ann Smith", "2026-07-03", "en"), ("b2", "Bo Ek", "3.7.2026", "")]


LAYOUT_NAMES = tuple(sorted(file.parent.name for file in (ROOT / "layouts").glob("*/layout.yaml")
                            if file.parent.name not in ("bilingual", "shared")))
"""Layouts for one language."""


def project(root: Path, layouts: Sequence[str] = ("handout", "brochure")) -> Path:
    """A small project with a file of every kind; of those kinds for which the library is there."""
    for name in {*layouts, "handout", "brochure", "shared"}:
        shutil.copytree(ROOT / "layouts" / name, root / "layouts" / name)
    leaf = root / "content" / "leaf"
    leaf.mkdir(parents=True)
    (leaf / "en.yaml").write_text(CONTENT)
    (leaf / "drawing.svg").write_text(DRAWING)
    for end in ("png", "jpg", "webp", "gif"):
        Image.new("RGB", (40, 30), "red").save(leaf / f"dot.{end}")
    (root / "content/shared").mkdir()
    for language in ("en", "tr"):
        (root / f"content/shared/help.{language}.yaml").write_text(PASSAGE)
    lists(root)
    (root / "content" / "publisher.yaml").write_text("name: The clinic\nphone: 0123 456\nweb: https://example.org/\n")
    (root / "printers.yaml").write_text("office:\n  right: 0.8mm\n  up: -0.4mm\nward-2:\n  right: 0mm\n  up: 1mm\n")
    themes = root / "layouts" / "shared" / "themes"
    (themes / "mine.ttf").write_bytes(small_font())
    (themes / "mine.yaml").write_text(
        "extends: calm\nfonts:\n  body: {name: Mine, regular: mine.ttf}\nstyles:\n  h2: {size: 1.2, before: 4}\n")
    return root


def lists(root: Path) -> None:
    """The list of people in every form, and the colour profile of a press."""
    (root / "list.csv").write_text("".join(",".join(row) + "\n" for row in PEOPLE))
    (root / "people.csv").write_text("id,name\n" + "".join(f"p{n},Person {n}\n" for n in range(30)))
    (root / "list.jsonl").write_text("".join(json.dumps(dict(zip(PEOPLE[0], row))) + "\n" for row in PEOPLE[1:]))
    with suppress(ImportError):
        from openpyxl import Workbook

        book = Workbook()
        for row in PEOPLE:
            book.active.append(row)
        book.save(root / "list.xlsx")
    with suppress(Rejected):
        (root / "press.icc").write_bytes(free_profile().data)


def small_font() -> bytes:
    """Noto Sans with the letters of ASCII alone, so that thousands of damaged ones are soon tried."""
    import pymupdf_fonts

    wanted = hb.SubsetInput()
    wanted.unicode_set.set(set(range(32, 127)))
    return hb.subset(hb.Face(pymupdf_fonts.myfont("notos")), wanted).blob.data
