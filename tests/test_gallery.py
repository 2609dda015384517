"""docs/gallery.md shows every layout, and no other."""

import re
from pathlib import Path

from project_kit import ROOT

from generator.kept.library import list_layouts


def unseen(text: str, folder: Path, layouts: list[str]) -> list[str]:
    """Layouts without a picture in the gallery, and pictures of layouts that there are not."""
    shown = re.findall(r"\]\(gallery/([\w-]+)\.png\)", text)
    there = {file.stem for file in folder.glob("*.png")}
    return sorted({*layouts} ^ {*shown} | {*layouts} ^ there)


def test_the_gallery_shows_every_layout(tmp_path):
    docs, layouts = ROOT / "docs", list_layouts([ROOT / "layouts"])
    assert not unseen((docs / "gallery.md").read_text("utf-8"), docs / "gallery", layouts)
    assert unseen("![](gallery/handout.png)", tmp_path, ["handout", "fan"]) == ["fan", "handout"]
