"""Proofs: pictures of the sheets, panels and folded leaflets."""

import io

import pytest
from click.testing import CliRunner
from project_kit import ROOT

from generator.model.layout import MM, PAPERS
from generator.recipe import build as many

ARTICLE = ROOT / "content" / "kyphoplasty-vs-vertebroplasty" / "en.yaml"

from PIL import Image

from generator.draw.proof import CUT, FOLD, GAP, ROOM, SCALE, TABLE, draw_folds
from generator.impose import faces, geometry
from generator.recipe.project import ProjectFiles


def proof(tmp_path, layout, paper="a4"):
    stem = f"{ARTICLE.parent.name}-en-{layout}-{paper}-"
    files = many.proof(ROOT, ARTICLE, layout, paper, None, tmp_path)
    return {file.stem.removeprefix(stem): Image.open(io.BytesIO(file.read_bytes())) for file in files}


def columns(picture, colour):
    """The x of every column that has much of a colour."""
    pixels = picture.load()
    return [x for x in range(picture.width)
            if sum(pixels[x, y] == colour for y in range(0, picture.height, 2)) > picture.height / 8]


def test_every_side_and_panel_is_shown_and_the_folds_are_drawn(tmp_path):
    seen = proof(tmp_path, "brochure")
    panels = ["cover", "inside-1", "inside-2", "inside-3", "flap", "back"]
    assert list(seen) == ["side-1", "side-2", *(f"panel-{name}" for name in panels), "folded"]
    assert columns(seen["side-1"], FOLD) == pytest.approx([97 * MM * SCALE, 197 * MM * SCALE], abs=1)
    assert columns(seen["side-2"], FOLD) == pytest.approx([100 * MM * SCALE, 200 * MM * SCALE], abs=1)
    assert seen["side-1"].width == pytest.approx(297 * MM * SCALE, abs=1)
    assert seen["panel-flap"].width == pytest.approx(97 * MM * SCALE, abs=1)


def test_folded_one_sees_the_cover_and_behind_it_the_back(tmp_path):
    seen = proof(tmp_path, "half-fold", "letter")
    front, back = seen["panel-cover"], seen["panel-back"]
    folded = seen["folded"]
    assert folded.size == (front.width + back.width + 4 * ROOM, front.height + 2 * ROOM)
    assert folded.crop((ROOM, ROOM, ROOM + front.width, ROOM + front.height)).tobytes() == front.tobytes()
    x = front.width + 3 * ROOM
    assert folded.crop((x, ROOM, x + back.width, ROOM + back.height)).tobytes() == back.tobytes()


def test_a_gate_shows_both_its_wings(tmp_path):
    seen = proof(tmp_path, "gate-fold")
    x = ROOM + seen["panel-cover"].width + round(GAP * SCALE)
    wing = seen["panel-wing"]
    assert seen["folded"].crop((x, ROOM, x + wing.width, ROOM + wing.height)).tobytes() == wing.tobytes()
    assert seen["folded"].getpixel((x - 1, ROOM + 5)) == TABLE


def test_a_fold_across_is_drawn_as_each_column_is_folded():
    """Valley and mountain take turns from panel to panel, and behind a valley lies a mountain."""
    sheet = geometry(ProjectFiles(ROOT).layout("map-fold").spec, PAPERS["a4"])
    dashes = []
    for side in sheet.sides:
        picture = Image.new("RGB", (round(side.width * SCALE), round(side.height * SCALE)), "white")
        draw_folds(picture, side)
        assert columns(picture, FOLD) == pytest.approx([n * 74.25 * MM * SCALE for n in (1, 2, 3)], abs=1)
        y, quarter = round(side.height / 2 * SCALE), picture.width // 4
        dashes.append([sum(picture.getpixel((x, y)) == FOLD for x in range(n * quarter + 5, (n + 1) * quarter - 5))
                       for n in range(4)])
    middle = sum(map(sum, dashes)) / 8  # a mountain's line has more ink than a valley's
    outside, inside = ([one > middle for one in side] for side in dashes)
    assert outside == [True, False, True, False] == [not one for one in inside[::-1]]


def test_pages_bound_and_flat(tmp_path):
    booklet = proof(tmp_path, "booklet")
    count = sum(name.startswith("page-") for name in booklet)
    assert [name for name in booklet if name.startswith("side-")] == [f"side-{n + 1}" for n in range(count // 2)]
    assert columns(booklet["side-1"], FOLD) == pytest.approx([148.5 * MM * SCALE], abs=1)
    cut = proof(tmp_path, "a5")
    assert columns(cut["side-1"], CUT) == pytest.approx([148.5 * MM * SCALE], abs=1)
    assert "folded" not in cut
    assert set(proof(tmp_path, "summary")) == {"page-1"}


def test_right_to_left_is_the_mirror_image():
    spec = ProjectFiles(ROOT).layout("gate-fold").spec
    assert faces(spec, PAPERS["a4"], 6) == (("cover", "wing"), ("back",))
    assert faces(spec, PAPERS["a4"], 6, "rtl") == (("wing", "cover"), ("back",))


def test_the_command(tmp_path, monkeypatch):
    from generator.door import commands

    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(
        commands.leaflet, ["proof", "kyphoplasty-vs-vertebroplasty/en", "-l", "summary", "-o", str(tmp_path)]
    )
    assert done.exit_code == 0 and "summary-a4-page-1.png" in done.output
    wrong = CliRunner().invoke(commands.leaflet, ["proof", "kyphoplasty-vs-vertebroplasty/en", "-l", "sumary"])
    assert wrong.exit_code == 2 and "did you mean 'summary'?" in wrong.output
