"""A new leaflet and a new language are begun, and texts are translated one after the other."""

from __future__ import annotations

import shutil

import pytest
from edit_kit import EDITED
from project_kit import refused

from generator.model.walk import values
from generator.recipe.draft import Draft
from generator.recipe.editing import Desk, hash_of
from generator.recipe.fresh import (
    new_language,
    new_leaflet,
    new_picture,
    now_translated,
    pictures_beside,
    slug_of,
    source_of_text,
)


@pytest.mark.parametrize(("title", "slug"), [
    ("Ağrı: İlk adımlar", "agri-ilk-adimlar"), ("After  your hip", "after-your-hip"), ("بعد الجراحة", "leaflet"),
    ("Größe", "grosse"), ("x" * 99, "x" * 60)])
def test_a_folder_is_named_by_the_title(title, slug):
    assert slug_of(title) == slug


def test_a_new_leaflet_is_a_file_that_can_be_read(tmp_path):
    file = new_leaflet(tmp_path, " After your:  hip ", "en")
    assert file == tmp_path / "content" / "after-your-hip" / "en.yaml"
    draft = Draft(file, tmp_path, file.read_bytes())
    assert draft.content.title == "After your: hip"
    assert new_leaflet(tmp_path, "After your hip", "de").parent.name == "after-your-hip-2", "none is written over"
    assert refused(new_leaflet, tmp_path, " ", "en") == ["the title is empty (say what the leaflet is about)"]
    assert "not a language tag" in refused(new_leaflet, tmp_path, "x", "../en")[0]


def test_a_new_language_begins_with_the_words_of_its_source(tmp_path):
    source = tmp_path / "content" / "heart" / "en.yaml"
    source.parent.mkdir(parents=True)
    shutil.copy(EDITED, source)
    shutil.copy(EDITED.parents[2] / "generator" / "read" / "starter" / "picture.svg", source.parent)
    file = new_language(tmp_path, source, "de")
    assert "already" in refused(new_language, tmp_path, source, "de")[0]
    draft = Draft(file, tmp_path, file.read_bytes())
    texts = [one for one in values(draft.content) if source_of_text(draft, one)]
    assert len(texts) > 30
    assert {source_of_text(draft, one)["state"] for one in texts if one.words} == {"untranslated"}

    def translated(draft):
        now_translated(draft, draft.value("sections[0].heading"))
        draft.say_all("sections[0].heading", "Was ist das?")

    desk = Desk(tmp_path)
    desk.change(file, hash_of(file.read_bytes()), "", translated)
    draft = Draft(file, tmp_path, file.read_bytes())
    assert source_of_text(draft, draft.value("sections[0].heading"))["state"] == "same"
    text = source.read_text(encoding="utf-8").replace("What is it?", "What is this?")
    source.write_text(text, encoding="utf-8")
    found = source_of_text(draft, draft.value("sections[0].heading"))
    assert found == {"text": "What is this?", "language": "en", "state": "changed"}


def test_a_picture_is_copied_beside_the_file(tmp_path):
    content = tmp_path / "content" / "heart" / "en.yaml"
    content.parent.mkdir(parents=True)
    png = b"\x89PNG\r\n\x1a\n"
    assert new_picture(content, "C:\\My pictures\\Das Herz.PNG", png) == "das-herz.png"
    assert new_picture(content, "../../das herz.png", png) == "das-herz-2.png", "none is written over"
    assert "no picture that can be printed" in refused(new_picture, content, "x.html", png)[0]
    assert "whatever its name says" in refused(new_picture, content, "x.png", b"MZ")[0]
    assert "though its name says" in refused(new_picture, content, "x.jpg", png)[0]
    assert pictures_beside(content) == ["das-herz-2.png", "das-herz.png"]
