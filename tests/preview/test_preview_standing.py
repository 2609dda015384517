"""The page of the preview that tells where each leaflet stands."""

import json

import pytest
from preview_kit import ARTICLE, article
from project_kit import saved
from test_preview_server import Line, ask, preview  # noqa: F401 (a fixture)

from generator.door.preview import standing


def test_the_page_is_sent_and_may_load_nothing_from_elsewhere(preview):  # noqa: F811
    code, headers, body = ask(preview, "status")
    said = body.decode()
    assert code == 200 and headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in headers["Content-Security-Policy"] and "<script" not in said and "style=" not in said
    assert f'<a href="./?content={ARTICLE}&amp;language=en&amp;layout=brochure">' in said
    for name in ("style.css", "standing.css", "icon.svg"):
        assert f'href="{name}"' in said and ask(preview, name)[0] == 200
    assert 'href="status"' in ask(preview)[2].decode()


def test_what_it_says(tmp_path):
    root = article(tmp_path)
    folder = root / "content" / "a&b"
    saved(folder / "en.yaml", "format: 1\nlanguage: en\ntitle: T\nlayouts: [handout]\n"
                              "review: {status: draft, next_review: 2020-01}\n")
    (folder / "tr.yaml").write_text("titel: x\n", "utf-8")
    said = standing.page(root).decode()
    assert "a&amp;b" in said and "a&b" not in said
    assert "<td class=wrong>2020-01 (due)</td>" in said and "<td class=wrong>can&#x27;t be read</td>" in said
    assert "1 due for review" in said and "Flesch-Kincaid grade 17" in said


@pytest.mark.parametrize("folders", [[], ["content"]])
def test_a_project_without_leaflets_is_told(tmp_path, folders):
    for name in folders:
        (tmp_path / name).mkdir()
    said = standing.page(tmp_path).decode()
    assert "<table" not in said and ("There is no leaflet yet" in said) == bool(folders)


def test_what_is_hard_to_read_is_told_for_the_page_to_tint(preview):  # noqa: F811
    line = Line(preview, "layout=brochure")
    try:
        while not (leaflet := line.told().get("leaflet")):
            pass
    finally:
        line.close()
    code, _, body = ask(preview, f"tints/{leaflet['number']}")
    said = json.loads(body)
    assert code == 200 and len(said["pages"]) == len(leaflet["pages"])
    assert (said["sentences"], said["words"]) == (6, 5), "six sentences of more than 25 words, and five hard words"
    first = leaflet["pages"][1]
    assert all(0 <= x < x + width <= first["width"] and 0 <= y < y + height <= first["height"]
               for _, x, y, width, height in said["pages"][1])
    assert ask(preview, "tints/999999")[0] == 404 and ask(preview, "tints/x")[0] == 404
