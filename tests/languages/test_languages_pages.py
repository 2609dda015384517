"""A page of trouble for each script: where its lines break, what stands where on them, and what readers get out of the
PDF.

torture/<language>.yaml holds the page, torture/<language>.txt its lines in the order of reading; where they run to the
left, what stands on them from left to right follows behind "→" (brackets as they are written; they are drawn mirrored).
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
import referees
import yaml
from project_kit import ROOT
from traced import inked

from generator.model.page import Line
from generator.model.run import Job
from generator.recipe.leaflet import make, pages
from generator.recipe.project import ProjectFiles
from generator.text.fonts import cjk, more

TORTURE = Path(__file__).parent / "torture"
PAGES = sorted(TORTURE.glob("*.yaml"))
EAST = ("zh", "ja", "ko")
MORE = {"bn": "Noto Sans Bengali", "pa": "Noto Sans Gurmukhi", "ta": "Noto Sans Tamil"}
FILLER = re.compile("[\u2060\u200e\u061c]")
"""A word joiner says nothing: it stands for glyphs that are more than the characters they mean. Marks of direction are
copied."""
RTL = ("ar", "fa", "he", "ur")
FILES = ProjectFiles(ROOT)
NAMES = [file.stem for file in PAGES]


def job(language: str, layout: str = "handout") -> Job:
    if language[:2] in EAST and cjk(language, False) is None:
        pytest.skip("the fonts of the extra 'cjk' are not installed")
    if language in MORE and more(MORE[language], False) is None:
        pytest.skip("the fonts of the extra 'fonts' are not installed")
    return Job(TORTURE / f"{language}.yaml", layout, "a4", None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("torture")


def pdf(folder: Path, language: str) -> Path:
    file = folder / f"{language}.pdf"
    if not file.exists():
        (data,) = make(FILES, job(language)).files.values()
        file.write_bytes(data)
    return file


def lines(language: str) -> str:
    composition = pages(FILES, job(language))[0]
    out = []
    for page in composition.pages:
        for item in [*page.items, *page.furniture]:
            if isinstance(item, Line):
                words = [word for run in item.runs for word in run.words]
                out.append("".join(word.text for word in words).strip())
                if any(word.rtl for word in words):
                    placed = sorted(item.runs, key=lambda run: run.x)
                    out.append("  → " + "".join(_drawn(word) for run in placed for word in run.placed()).strip())
    return "\n".join(out) + "\n"


def _drawn(word) -> str:
    """A word's letters from left to right, marks behind their letter."""
    if not word.rtl:
        return word.text
    clusters: list[str] = []
    for char in word.text:
        if clusters and unicodedata.category(char) in ("Mn", "Cf"):
            clusters[-1] += char
        else:
            clusters.append(char)
    return "".join(reversed(clusters))


@pytest.mark.parametrize("language", NAMES)
def test_lines(language):
    golden = TORTURE / f"{language}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(lines(language), encoding="utf-8")
    assert lines(language) == golden.read_text(encoding="utf-8")


def said(language: str) -> list[str]:
    """What the author wrote, without Markdown's signs, each piece in one line."""
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if key not in ("format", "language", "layouts", "review"):
                    walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)
        else:
            text = re.sub(r"(?m)^(?:- |\d+\. )", "", unicodedata.normalize("NFC", str(node)))
            text = re.sub(r"\[([^\]]*)\]\(mailto:[^)]*\)", r"\1", text)
            text = re.sub(r"\[([^\]]*)\]\(https?:[^)]*\)", r"\1 1", text)  # the number of its address in print
            text = re.sub(r"\*+", "", text)
            found.extend(" ".join(piece.split()) for piece in text.split("\n") if piece.strip())

    walk(yaml.safe_load((TORTURE / f"{language}.yaml").read_text(encoding="utf-8")))
    return found


def missing(wanted: list[str], text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text)
    return [piece for piece in wanted if unicodedata.normalize("NFC", piece) not in text]


@pytest.mark.parametrize("language", NAMES)
def test_text_comes_back_word_for_word(folder, language):
    for transcript in (referees.transcript, referees.transcript_poppler):
        text = " ".join(FILLER.sub("", " ".join(transcript(pdf(folder, language)))).split())
        if (
            language in RTL and transcript is referees.transcript_poppler
        ):  # it takes the codes as they stand, from left to right
            assert not letters("".join(said(language)).replace(" ", "")) - letters(text)
        else:
            assert missing(said(language), text) == [], transcript.__name__


@pytest.mark.parametrize("language", NAMES)
def test_text_comes_back_through_pdfium(folder, language):
    """Chrome's reader guesses the order of right-to-left lines, and spaces where the font changes; no letter is
    lost."""
    text = "".join(FILLER.sub("", "".join(referees.transcript_pdfium(pdf(folder, language)))).split())
    wanted = ["".join(piece.split()) for piece in said(language)]
    if language in RTL:
        text, wanted = letters(text), [letters("".join(wanted))]
        assert not wanted[0] - text
    else:
        assert missing(wanted, text) == []


def letters(text: str) -> Counter:
    """How often each character is there, brackets and quotation marks turned either way."""
    text = unicodedata.normalize("NFKD", text)
    return Counter(
        "(" if unicodedata.mirrored(char) or unicodedata.category(char) in ("Pi", "Pf") else char for char in text
    )


def test_pdfium_is_held_to_the_letters():
    assert letters("(ب)") - letters("ب)") and not letters("(ب)") - letters(")ب(")


def test_the_standards_hold(folder):
    there = [
        "ar", "hi", *(["zh-Hans"] if cjk("zh-Hans", False) else []),
        *(language for language in MORE if more(MORE[language], False)),
    ]
    files = [pdf(folder, language) for language in there]
    assert referees.verapdf(files) == {file: [] for file in files}


# ── right to left is the mirror image ────────────────────────────────────────────────────────────────────────────────

TWIN = """
format: 1
language: {language}
title: אבגד הוזח
layouts: [handout]
publisher: {{writing_box: טיכל}}
options: [אחד, שתים]
key_points: [אחד שתים שלוש, ארבע]
introduction:
  - text: |
      אחד שתים שלוש ארבע חמש שש שבע שמונה תשע עשר אחד שתים שלוש ארבע חמש שש שבע שמונה תשע עשר, אחד שתים.

      - אחד
      - שתים

        - שלוש
  - box: {{kind: alert, heading: שלוש, text: ארבע חמש}}
sections:
  - heading: חמש שש
    body:
      - table:
          compare: true
          caption: כותרת
          columns: [א, אחד, שתים]
          rows:
            - {{head: ב, cells: [ג, ד]}}
            - {{head: ה, cells: [ו]}}
      - steps: [{{text: אחד}}]
"""


def extents(folder: Path, language: str, layout: str):
    """Where things lie on each page: (kind, left, right, top), without what differs by language."""
    folder = folder / "twin"
    folder.mkdir(exist_ok=True)
    file = folder / f"{language}.yaml"
    file.write_text(TWIN.format(language=language), encoding="utf-8")
    composition, geometry = pages(FILES, Job(file, layout, "a4", None))
    found = []
    for page in composition.pages:
        for item in page.items:
            if isinstance(item, Line):
                words = "".join(word.text for run in item.runs for word in run.words).strip()
                if not re.search("[\u05d0-\u05ea]", words):
                    words = "•"  # bullets and numbers, and words of the language
                if words != "•":
                    ink = [edge for run in item.runs for edge in inked(run)]
                    found.append((page.name, words, min(ink), max(ink), item.y, page.width))
            elif type(item).__name__ == "Fill":
                found.append((page.name, "fill", item.x, item.x + item.width, item.y, page.width))
            elif type(item).__name__ == "Stroke":
                found.append((page.name, "stroke", min(item.x1, item.x2), max(item.x1, item.x2), item.y1, page.width))
    return found, geometry


def rounded(found, mirrored: bool):
    out = []
    for page, what, left, right, y, width in found:
        if mirrored:
            left, right = width - right, width - left
        out.append((page, what, round(left), round(right), round(y)))
    return sorted(out)


@pytest.mark.parametrize("layout", ["handout", "brochure"])
def test_right_to_left_is_the_mirror_image(tmp_path, layout, monkeypatch):
    # The same words in a language that runs to the right: their own fixed phrases would differ in width.
    words = FILES.words_of("he", FILES.layout(layout))
    monkeypatch.setattr(ProjectFiles, "words_of", lambda self, language, layout: words)
    # A sign stands at the start of its words, and Hebrew words keep theirs in a leaflet that runs from left to right.
    monkeypatch.setattr("generator.typeset.spans.SIGN", 0.0)
    monkeypatch.setattr("generator.typeset.spans.SIZES", {})
    there, right = extents(tmp_path, "he", layout)
    here, left = extents(tmp_path, "ka", layout)
    assert len(there) > 25 and rounded(there, True) == rounded(here, False)
    assert rounded(there, False) != rounded(here, False), "the comparison can fail"
    for one, other in zip(right.sides, left.sides):
        assert [placed.panel for placed in one.placements] == [placed.panel for placed in other.placements][::-1]
    assert right.duplex == left.duplex


def test_viewers_are_told(folder):
    import pikepdf

    with pikepdf.open(pdf(folder, "ar")) as arabic, pikepdf.open(pdf(folder, "tr")) as turkish:
        assert arabic.Root.ViewerPreferences.Direction == "/R2L" and arabic.Root.Lang == "ar"
        assert "/Direction" not in turkish.Root.ViewerPreferences
