"""Every leaflet of content/ and every sample, in every layout it asks for: what each finished file promises.

What the layouts promise stands in test_layouts.py, what right-to-left and other scripts do in languages/.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fold_kit import faults
from leaflets import FILES, KNOWN, composed, kept
from painting import out_of_order, unmarked
from project_kit import ROOT
from referees import transcript, transcript_pdfium, transcript_poppler, verapdf

from generator.model.layout import MM
from generator.model.page import Line
from generator.model.record import replace
from generator.model.run import Job
from generator.model.story import ELEMENTS, Leaflet, Node
from generator.recipe import build as many
from generator.recipe import find
from generator.recipe.leaflet import make
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of
from generator.typeset import flow

OWN = find.contents(ROOT)
SAMPLES = sorted((ROOT / "tests" / "samples").glob("*/*.yaml"))
JOBS = [job for job in (*find.jobs(FILES, OWN, None, None, None), *find.jobs(FILES, SAMPLES, None, ["a4"], None))
        if isinstance(job, Job)]
"""Those of content/ on both papers; samples on one, since test_layouts.py tries every layout on the other."""
ARTICLE = next(job for job in JOBS if job.name == "kyphoplasty-vs-vertebroplasty-en-handout-a4")
BROCHURE = replace(ARTICLE, layout="brochure")
UNSEEN = dict.fromkeys(map(ord, "\xad\u2060\u200b\u200e\u200f\u061c\ufeff\u2066\u2067\u2068\u2069"))
"""Signs that guide breaking and direction."""
LABEL = re.compile(r"[•▪☐✓✗]|[0-9٠-٩]{1,2}\.?|[a-z]\.")
"""What stands before an item of a list; a block with a longer number says something itself (999)."""


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("samples")


@pytest.fixture(scope="session")
def built(folder) -> list[Path]:
    with kept() as found:
        results = [many.build(ROOT, OWN, output=folder, workers=1),
                   many.build(ROOT, SAMPLES, papers=["a4"], output=folder, workers=1)]
    KNOWN.update(found)
    assert not any(result.failed for result in results), [result.problems for result in results]
    return [file for result in results for file in result.files]


def of_others(files: list[Path]) -> list[Path]:
    """Those that are not of the article in English: test_layouts.py asks the same of it, in every layout and on both
    papers."""
    others = [file for file in files if not file.name.startswith(f"{ARTICLE.content.parent.name}-en-")]
    assert len(files) > len(others) > 30
    return others


def is_sheet(file: Path) -> bool:
    return file.stem.endswith("-sheet")


def test_every_job_makes_its_files(built):
    names = [
        name
        for job in JOBS
        for name in (
            [job.name, f"{job.name}-sheet"]
            if FILES.layout(job.layout).spec.fold or FILES.layout(job.layout).spec.imposition
            else [job.name]
        )
    ]
    assert [file.stem for file in built] == names
    assert len(names) >= 8


# ── the standards ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_file_is_accessible_and_made_to_last(built):
    assert {file.name: found for file, found in verapdf(of_others(built)).items() if found} == {}


def test_everything_painted_is_marked_and_in_the_order_in_which_it_is_read(built):
    assert {file.name: found for file in of_others(built) if (found := unmarked(file))} == {}
    assert {file.name: found for file in of_others(built) if (found := out_of_order(file))} == {}


def test_viewers_show_the_title_and_printers_do_not_scale(built):
    import pikepdf

    for file in built:
        with pikepdf.open(file) as pdf:
            wishes = pdf.Root.ViewerPreferences
            assert wishes.DisplayDocTitle is True
            assert wishes.get("/Direction", "/L2R") == ("/R2L" if "-ar-" in file.name else "/L2R")
            if is_sheet(file):
                assert wishes.PrintScaling == "/None" and wishes.Duplex == "/DuplexFlipShortEdge"
            else:
                assert "/PrintScaling" not in wishes and "/Duplex" not in wishes


def test_fonts_are_embedded_and_cut_down(built):
    import pikepdf

    for file in built:
        with pikepdf.open(file) as pdf:
            fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
            assert fonts
            for font in fonts:
                below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(below.FontDescriptor.keys())
                assert re.match(r"/[A-Z]{6}\+", str(below.BaseFont))


# ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def written(job: Job) -> Leaflet:
    return story_of(FILES, job).leaflet


def story(job: Job, pictures: str) -> list[str]:
    """The words of a job's story in reading order; of a picture those that stand for it ("alt") or in it ("labels")."""
    leaflet = written(job)
    said: list[str] = []

    def walk(node: Node) -> None:
        if node.name == "img" and pictures == "alt":
            said.append(" " + node.attributes.get("alt", ""))
        elif node.name == "img":
            said.extend(" " + words for words in printed_in(leaflet, node))
        for kid in node.kids:
            if isinstance(kid, str):
                said.append(kid)
                continue
            block = ELEMENTS[kid.name].inside != "inline" or kid.name == "br"
            said.append(" " if block else "")
            if kid.name == "note" and not LABEL.fullmatch(kid.attributes["label"]):  # read_back leaves numbers out
                said.append(kid.attributes["label"] + " ")
            walk(kid)
            said.append(" " if block else "")

    for part in leaflet.parts.values():
        walk(part)
    return plain("".join(said))


def printed_in(leaflet: Leaflet, picture: Node) -> list[str]:
    """The words in a drawing: its labels or, where it is shown view by view, the keys of what each view shows, each
    once."""
    drawing = leaflet.pictures[picture.attributes["src"]]
    words = dict(line.split("=", 1) for line in picture.attributes.get("labels", "").split("\n") if line)
    if "views" not in picture.attributes:
        return [words[label.id] for label in getattr(drawing, "labels", ())]
    said = {}
    for node in walked(*leaflet.parts.values()):
        if node.name in ("img", "keys") and node.attributes["src"] == picture.attributes["src"]:
            names = dict(line.split("=", 1) for line in node.attributes.get("labels", "").split("\n") if line)
            views = [drawing.view(one.partition("=")[0]) for one in node.attributes["views"].split()]
            for view, label in itertools.product(views, names):
                if inks := tuple((shape.fill, shape.stroke) for shape in drawing.shown(view) if shape.label == label):
                    said[names[label], inks] = names[label]
    return list(said.values())


def walked(*nodes: Node) -> Iterator[Node]:
    """Nodes and all that is in them, in reading order."""
    for node in nodes:
        yield node
        yield from walked(*(kid for kid in node.kids if not isinstance(kid, str)))


def plain(text: str) -> list[str]:
    return text.translate(UNSEEN).split()


def read_back(blocks: list[str]) -> list[str]:
    """The words of a transcript without bullets and numbers of lists."""
    return plain(" ".join(block for block in blocks if not LABEL.fullmatch(block.strip())))


def differing(have: list[str], wanted: list[str]) -> str:
    """Where two lists of words begin to differ, or ""."""
    for at in range(max(len(have), len(wanted))):
        if have[at : at + 1] != wanted[at : at + 1]:
            return (
                f"… {' '.join(wanted[max(0, at - 3) : at + 3])} … reads … {' '.join(have[max(0, at - 3) : at + 3])} …"
            )
    return ""


def files(job: Job, folder: Path) -> Iterator[Path]:
    for end in ("", "-sheet"):
        if (file := folder / f"{job.name}{end}.pdf").exists():
            yield file


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_tags_tell_the_story_word_for_word(built, folder, job):
    for file in files(job, folder):
        assert differing(read_back(transcript(file)), story(job, "alt")) == ""


ON_THE_BACK = {("going-home", "brochure"), ("steps", "brochure")}
"""Samples whose danger signs stand on the back, though they are read in the article."""


@pytest.mark.parametrize("reader", [transcript_pdfium, transcript_poppler], ids=["pdfium", "poppler"])
@pytest.mark.parametrize("job", [job for job in JOBS if job.content.stem != "ar"], ids=lambda job: job.name)
def test_other_readers_get_the_same_words(built, folder, job, reader):
    """Right-to-left text, which each of these turns round in its own way, is held to account in languages/."""
    file = folder / f"{job.name}.pdf"
    have, wanted = read_back(reader(file)), story(job, "labels")
    if reader is transcript_pdfium:  # it takes every hyphen at a line's end for a soft one
        have, wanted = [re.sub("[-\ufffe\x02]", "", word) for word in have], [word.replace("-", "") for word in wanted]
    # pdfium reads page by page: cells that go on over a page, doors that are read amid the panel between them, one
    # picture whose views stand on two panels, danger signs that are printed on the back
    apart = (
        job.content.parent.name == "doses"
        or job.layout in ("gate-fold", "accordion", "double-parallel")
        or (job.content.parent.name, job.layout) in ON_THE_BACK
    )
    if apart and reader is transcript_pdfium:
        have, wanted = sorted(have), sorted(wanted)
    assert differing(have, wanted) == ""


def test_words_joined_at_a_line_end_are_noticed(folder, monkeypatch):
    paint = flow.paint_line

    def joined(canvas, line, *rest):
        for run in line.runs:
            run.words = [*run.words[:-1]] if run.words[-1].text == " " else run.words
        paint(canvas, line, *rest)

    monkeypatch.setattr(flow, "paint_line", joined)
    job = replace(JOBS[-1], paper="a4")
    made = make(ProjectFiles(ROOT), job).files
    file = folder / "joined.pdf"
    file.write_bytes(made[f"{job.name}.pdf"])
    assert differing(read_back(transcript(file)), story(job, "alt")) != ""


# ── bytes ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def on(paper: str, files: list[Path]) -> list[Path]:
    """The files of a paper. The two tests below take others each, so that no leaflet is set more often than it must."""
    return [file for file in files if f"-{paper}" in file.name]


def test_the_same_bytes_again(built, folder, tmp_path):
    again = many.build(ROOT, SAMPLES, papers=["a4"], output=tmp_path)
    names = {file.name for file in again.files}
    built = [file for file in built if file.name in names]
    assert len(built) == len(names) > 20
    assert [file.name for file in built if file.read_bytes() != (tmp_path / file.name).read_bytes()] == []


def test_the_same_bytes_in_another_process(built, tmp_path):
    """Another order of hashes, another folder to stand in, another time zone and language of the machine."""
    command = [
        sys.executable, "-m", "generator", "build", *(os.path.relpath(path, ROOT / "layouts") for path in OWN),
        "--paper", "letter", "--output", str(tmp_path),
    ]
    surroundings = {
        **os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT), "TZ": "Pacific/Auckland", "LC_ALL": "C",
    }
    done = subprocess.run(command, cwd=ROOT / "layouts", env=surroundings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(on("letter", built)) > 20
    assert [file.name for file in on("letter", built) if file.read_bytes() != (tmp_path / file.name).read_bytes()] == []


def test_the_article_is_small():
    """Half of what Typst makes of it: 30 KB without the drawing."""
    content = FILES.content(ARTICLE.content)
    files = replace(FILES, contents={ARTICLE.content: replace(content, figure=None)})
    made = make(files, ARTICLE).files
    assert content.figure and len(made[f"{ARTICLE.name}.pdf"]) <= 30_000


# ── paper ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_nothing_is_small_and_nothing_lies_on_folds_or_edges(job):
    composition, geometry = composed(job)
    small = [run.size for page in composition.pages for item in (*page.items, *page.furniture) if isinstance(item, Line)
             for run in item.runs if run.size < 9]
    assert small == []
    assert faults(composition, geometry) == []


@pytest.mark.parametrize(("paper", "outside", "inside"), [
    ("a4", [97 * MM, 100 * MM, 100 * MM], [100 * MM, 100 * MM, 97 * MM]),
    ("letter", [261, 265.5, 265.5], [265.5, 265.5, 261]),
])
def test_panels_lie_on_the_sheet_as_they_are_folded(built, folder, paper, outside, inside):
    """Read off the sheet itself: within each panel's edges stand that panel's letters, and no others."""
    import pypdfium2

    job = replace(BROCHURE, paper=paper)
    composition, _ = composed(job)
    said = {
        page.name: plain(
            " ".join(
                "".join(word.text for run in item.runs for word in run.words)
                for item in (*page.items, *page.furniture)
                if isinstance(item, Line)
            )
        )
        for page in composition.pages
    }
    order = [(["flap", "back", "cover"], outside), (["inside-1", "inside-2", "inside-3"], inside)]
    document = pypdfium2.PdfDocument(folder / f"{job.name}-sheet.pdf")
    assert len(document) == 2
    for page, (names, widths) in zip(document, order, strict=True):
        assert page.get_width() == pytest.approx(sum(widths), abs=0.01)
        text = page.get_textpage()
        letters = [(text.get_text_range(at, 1), sum(text.get_charbox(at)[::2]) / 2) for at in range(text.count_chars())]
        letters = [
            ("-" if letter == "\ufffe" else letter, x) for letter, x in letters if plain(letter)
        ]  # a hyphen at a line's end
        left = 0.0
        for name, wide in zip(names, widths, strict=True):
            within = Counter(letter for letter, x in letters if left < x < left + wide)
            assert len(said[name]) > 5 and within == Counter("".join(said[name])), name
            left += wide
    document.close()
