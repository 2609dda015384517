"""What tables and drawings with more in them become on a page, as text, in a mail, and read aloud."""

from __future__ import annotations

import re

from html_kit import Page
from project_kit import ROOT

from generator.recipe import find
from generator.recipe.leaflet import make
from generator.recipe.project import ProjectFiles

FILES = ProjectFiles(ROOT)


def written(sample: str, form: str = "html") -> str:
    path = ROOT / "tests" / "samples" / sample / "en.yaml"
    (data,) = make(FILES, find.twin(FILES, path, None, None, form, False)).files.values()
    return data.decode()


def test_cells_go_over_rows_on_a_page_too():
    cells = [one for tag, one, _ in Page(written("structures")).elements if tag in ("td", "th")]
    assert sum("rowspan" in one for one in cells) > 0


def test_cells_below_one_that_goes_over_rows_keep_their_columns_in_plain_text():
    assert "Ointment | thin | thinner | at night\n | thick | thin | in the morning" in written("structures", "text")


def article() -> str:
    path = next(path for path in find.contents(ROOT) if path.stem == "en")
    (data,) = make(FILES, find.twin(FILES, path, None, None, "html", False)).files.values()
    return data.decode()


def test_a_page_has_elements_of_html_alone():
    for text in (article(), written("structures")):
        assert not {tag for tag, _, _ in Page(text).elements} & {"views", "keys", "story", "panel"}
        assert not re.search(r"<table[^>]*>\s*<(img|div)", text)


def test_a_drawing_whose_keys_stand_under_its_views_on_paper_is_shown_whole_with_its_labels():
    (drawing,) = re.findall(r'<svg role="img".*?</svg>', article(), re.DOTALL)
    assert ">Balloon</text>" in drawing and ">Bone cement</text>" in drawing
