"""Press files, tumbled sheets and printers by way of the recipe and the command line."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import painting
import pikepdf
import press_kit
import pytest
import referees
from click.testing import CliRunner
from operators import placed
from project_kit import ROOT, new_project

from generator.door import commands
from generator.model.layout import MM
from generator.model.printing import Printing
from generator.model.problem import Rejected
from generator.read import profile as profiles
from generator.recipe import build as many
from generator.recipe import find, output, printers


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with the layouts, and one small content."""
    words = (
        'format: 1\nreview: {published: 2026-07}\nlanguage: en\ntitle: Your new hip\nsections:\n  - heading: At '
        'home\n    body: Walk [a little](https://example.org) every day.\n')
    return new_project(tmp_path_factory.mktemp("project"), {"small/en.yaml": words})


def build(project: Path, output: Path, *layouts: str, paper: str = "a4", **how):
    return many.build(project, find.contents(project), layouts=layouts, papers=[paper], output=output,
                      printing=Printing(**how))


def shop_profile(folder: Path) -> Path:
    file = folder / "shop.icc"
    file.write_bytes(press_kit.profile().data)
    return file


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_press_files_of_flat_and_folded_layouts(project, tmp_path, paper):
    layouts = ["handout", "brochure", "booklet", "a5", "gate-fold"]
    result = build(project, tmp_path, *layouts, paper=paper, press=True, icc=shop_profile(tmp_path))
    assert not result.problems
    names = {file.name for file in result.files}
    assert len(names) == len(layouts)
    assert {f"small-en-handout-{paper}-press.pdf", f"small-en-brochure-{paper}-press-sheet.pdf"} <= names
    assert referees.verapdf(result.files) == {file: [] for file in result.files}
    # kept
    assert build(project, tmp_path, *layouts, paper=paper, press=True, icc=tmp_path / "shop.icc").files == result.files


def test_a_press_file_needs_a_date(project, tmp_path):
    """PDF/X-4 wants one, and none is made up."""
    dated = project / "content" / "small" / "en.yaml"
    new_project(tmp_path, {"small/en.yaml": dated.read_text("utf-8").replace("review: {published: 2026-07}\n", "")})
    assert not build(tmp_path, tmp_path / "output", "handout").problems
    result = build(tmp_path, tmp_path / "output", "handout", press=True, icc=shop_profile(tmp_path))
    assert [str(problem) for problem in result.problems] == [
        ("content/small/en.yaml:3:8: a file for a print shop (PDF/X-4) needs a date (give published: or "
         "reviewed: under review:)")]


def test_without_icc_the_free_profile_is_taken(project, tmp_path):
    press_kit.profile()
    (file,) = build(project, tmp_path, "handout", press=True).files
    with pikepdf.open(file) as pdf:
        assert pdf.Root.OutputIntents[0].Info == "Chemical proof"


def test_without_a_profile_there_is_a_way_to_get_one(project, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyvips", None)
    result = build(project, tmp_path, "handout", press=True)
    assert not result.files
    (problem,) = result.problems
    assert ("needs the colour profile of a press" in problem.message and "--icc FILE" in problem.hint
            and "pip install" in problem.hint)


def test_without_pikepdf_there_is_a_way_to_get_it(project, tmp_path, monkeypatch):
    icc = shop_profile(tmp_path)
    for name in [name for name in sys.modules if name.startswith("generator.preflight")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    (problem,) = build(project, tmp_path, "handout", press=True, icc=icc).problems
    assert "pikepdf, which is not installed" in problem.message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"words", "this is no ICC profile"),
        (bytes(12) + b"mntrCMYK" + bytes(16) + b"acsp" + bytes(100), "not of a printer, but of class 'mntr'"),
        (bytes(12) + b"prtrRGB " + bytes(16) + b"acsp" + bytes(100), "for RGB, not for CMYK"),
        (bytes(8) + b"\5" + bytes(3) + b"prtrCMYK" + bytes(16) + b"acsp" + bytes(100), "of ICC version 5"),
        (bytes(12) + b"prtrCMYK" + bytes(16) + b"acsp" + bytes(100), "the colour profile is broken"),
    ],
)
def test_profiles_that_are_not_of_a_press(project, tmp_path, data, message):
    icc = tmp_path / "bad.icc"
    icc.write_bytes(data)
    (problem,) = build(project, tmp_path, "handout", "brochure", press=True, icc=icc).problems
    assert message in problem.message
    assert problem.place.file == str(icc)


def test_a_profile_cut_short_is_found():
    with pytest.raises(Rejected, match="broken"):
        profiles.checked(press_kit.profile().data[:20000], "x.icc")


def test_what_preflight_refuses_is_not_written(project, tmp_path, monkeypatch):
    """A picture too coarse for its size: refused for a press, doubted for the office.
    Its natural size is fine enough."""
    from PIL import Image

    folder = tmp_path / "project"
    shutil.copytree(project, folder)
    part = folder / "layouts" / "shared" / "parts" / "blocks.html.j2"
    part.write_text(part.read_text().replace('figure(f, class="", width=""', 'figure(f, class="", width="100%"'))
    Image.new("RGB", (600, 360), "red").save(folder / "content" / "small" / "red.png")
    content = folder / "content" / "small" / "en.yaml"
    content.write_text(content.read_text()
                       + "  - heading: A picture\n    body:\n      - figure: {file: red.png, alt: Something red}\n")
    icc = shop_profile(tmp_path)
    result = build(folder, tmp_path / "out", "handout", press=True, icc=icc)
    assert [file for file in (tmp_path / "out").iterdir() if file.suffix == ".pdf"] == list(result.files) == []
    (problem,) = result.problems
    assert problem.message.startswith("small-en-handout-a4-press.pdf, page 1, 15")
    assert "pixels per inch" in problem.message and result.failed
    office = build(folder, tmp_path / "out", "handout")
    assert len(office.files) == 1
    (warning,) = office.problems
    assert (warning.severity, warning.place.file, warning.place.line) == ("warning", "content/small/en.yaml", 10)
    assert "pixels per inch where it is printed" in warning.message
    assert warning.message in {one.message for one in many.check(folder, find.contents(folder))}


# ── both sides ───────────────────────────────────────────────────────────────────────────────────────────────────────


def texts(file: Path) -> list[list[tuple[float, float]]]:
    """Where each piece of text begins, page by page."""
    out = []
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            here, line = [], pikepdf.Matrix()
            for name, operands, matrix in placed(page):
                if name == "BT":
                    line = pikepdf.Matrix()
                elif name == "Td":
                    line = pikepdf.Matrix(1, 0, 0, 1, *map(float, operands)) @ line
                elif name == "TJ":
                    here.append((line @ matrix).transform((0, 0)))
            out.append(here)
    return out


def test_tumble_turns_the_back_side(project, tmp_path):
    plain = build(project, tmp_path, "brochure").files[1]
    tumbled = build(project, tmp_path, "brochure", tumble=True).files[1]
    assert [plain.name, tumbled.name] == ["small-en-brochure-a4-sheet.pdf", "small-en-brochure-a4-tumble-sheet.pdf"]
    (front, back), (same, turned) = texts(plain), texts(tumbled)
    assert same == front
    width, height = 297 * MM, 210 * MM
    assert turned == [pytest.approx((width - x, height - y), abs=0.03) for x, y in back] and back
    with pikepdf.open(plain) as one, pikepdf.open(tumbled) as other:
        assert [str(pdf.Root.ViewerPreferences.Duplex) for pdf in (one, other)] == ["/DuplexFlipShortEdge",
            "/DuplexFlipLongEdge"]
    assert referees.verapdf([tumbled]) == {tumbled: []}
    assert painting.unmarked(tumbled) == []
    assert referees.transcript(tumbled) == referees.transcript(plain)


@pytest.mark.parametrize("tumble", [False, True])
def test_a_printer_moves_the_back_side(project, tmp_path, tumble):
    folder = tmp_path / "project"
    shutil.copytree(project, folder)
    printers.keep_readings(folder, "office", 0.8, -0.4)
    plain = texts(build(folder, tmp_path / "a", "brochure", tumble=tumble).files[1])
    moved = texts(build(folder, tmp_path / "b", "brochure", tumble=tumble, printer="office").files[1])
    assert moved[0] == plain[0]
    sign = -1 if tumble else 1  # on a turned page, right is left
    assert moved[1] == [pytest.approx((x + sign * 0.8 * MM, y - sign * 0.4 * MM), abs=0.03) for x, y in plain[1]]
    # new readings: the sheet is built anew
    printers.keep_readings(folder, "office", 0, 1)
    again = texts(build(folder, tmp_path / "b", "brochure", tumble=tumble, printer="office").files[1])
    assert again[1] == [pytest.approx((x, y + sign * MM), abs=0.03) for x, y in plain[1]]


def test_a_printer_that_is_not_there(project, tmp_path):
    (problem,) = build(project, tmp_path, "handout", printer="office").problems
    assert str(problem).startswith(
        "printers.yaml:1:1: there is no printer 'office' (write it with `leaflet calibrate --printer office")


@pytest.mark.parametrize("tumble", [False, True])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_test_sheet(tmp_path, paper, tumble):
    file = printers.calibrate(paper, tmp_path, tumble)
    assert file.name == f"test-sheet-{paper}{'-tumble' if tumble else ''}.pdf"
    assert file.read_bytes() == output.test_sheet(paper, tumble)[file.name]
    assert referees.verapdf([file]) == {file: []}
    assert painting.unmarked(file) == []
    words = " ".join(referees.transcript(file))
    assert ("turned on its " + ("long" if tumble else "short") + " edge" in words
            and "leaflet calibrate --printer" in words)
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.Root.ViewerPreferences.Duplex == ("/DuplexFlipLongEdge" if tumble else "/DuplexFlipShortEdge")
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


def test_the_crosses_meet_in_the_middle(tmp_path):
    """The front's cross and the scale's zero are the middle of the sheet, so that one shines through on the other."""
    with pikepdf.open(printers.calibrate("a4", tmp_path)) as pdf:
        ends = []
        for page in pdf.pages:
            points = [tuple(map(float, operands))
                      for operands, operator in pikepdf.parse_content_stream(page) if str(operator) in ("m", "l")]
            ends.append(points)
    middle = (297 * MM / 2, 210 * MM / 2)
    xs, ys = zip(*ends[0])
    assert ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2) == pytest.approx(middle, abs=0.02)
    (x1, _), (x2, _), (_, y3), (_, y4) = ends[1][:4]  # the two scales
    assert ((x1 + x2) / 2, (y3 + y4) / 2) == pytest.approx(middle, abs=0.02)
    assert x2 - x1 == pytest.approx(10 * MM, abs=0.02) and abs(y4 - y3) == pytest.approx(10 * MM, abs=0.02)


# ── the command line ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--icc", "x.icc"], "--icc goes with --press"),
        (["build", "--press", "--tumble"], "are for office printers"),
        (["build", "--press", "--printer", "office"], "are for office printers"),
        (["build", "--press", "--icc", "nowhere.icc"], "does not exist"),
        (["calibrate", "--right", "1"], "need --printer NAME"),
        (["calibrate", "--printer", "office", "--right", "1"], "needs both readings"),
        (["calibrate", "--printer", "office", "--right", "9", "--up", "0"], "not in the range"),
        (["calibrate", "--printer", "a: b", "--right", "1", "--up", "0"], "is not a name"),
    ],
)
def test_wrong_usage(project, monkeypatch, arguments, said):
    monkeypatch.chdir(project)
    (project / "x.icc").write_bytes(b"")
    done = CliRunner().invoke(commands.leaflet, arguments)
    assert done.exit_code == 2
    assert said in done.output


def test_calibrate_keeps_readings(project, tmp_path, monkeypatch):
    shutil.copytree(project, tmp_path / "p")
    monkeypatch.chdir(tmp_path / "p")
    done = CliRunner().invoke(commands.leaflet, ["calibrate", "--printer", "office", "--right", "0.8", "--up", "-0.4"],
                              standalone_mode=False)
    assert done.output == "wrote  printers.yaml\n"
    assert (tmp_path / "p" / "printers.yaml").read_text().endswith("office:\n  right: 0.8mm\n  up: -0.4mm\n")
    done = CliRunner().invoke(commands.leaflet, ["calibrate", "--paper", "letter"], standalone_mode=False)
    assert (tmp_path / "p" / "output" / "test-sheet-letter.pdf").is_file()


def test_libraries_of_the_press_are_not_loaded_without_it(project, tmp_path):
    """An office build works where neither pikepdf nor pyvips is installed."""
    import subprocess

    code = (
        "import sys; sys.modules['pikepdf'] = sys.modules['pyvips'] = None\n"
        "from pathlib import Path; from generator.recipe import build as p, find\n"
        f"r = p.build(Path({str(project)!r}), find.contents(Path({str(project)!r})), layouts=['brochure'], "
        f"papers=['a4'], output=Path({str(tmp_path)!r}))\n"
        "assert len(r.files) == 2 and not r.problems"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


