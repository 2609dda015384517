"""Words that were shaped in an earlier run come back as they were, and never from another font or program."""

from __future__ import annotations

import pytest

from generator.draw import font, reading
from generator.kept import store
from generator.model.page import About, Composition, Line, Page, Run
from generator.model.structure import Elem
from generator.text import kept, shape
from generator.text.fonts import built_in, from_file

REGULAR, BOLD = built_in("FiraGO", 0), built_in("FiraGO", 1)


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Begins a new run: nothing is at hand but what was kept."""
    monkeypatch.setenv("LEAFLET_CACHE", str(tmp_path / "kept"))
    words, asked, recalled = dict(kept.words), dict(kept._asked), dict(kept._recalled)

    def again() -> None:
        for one in (kept.words, kept._asked, kept._recalled):
            one.clear()

    again()
    yield again
    again()
    kept.words.update(words)
    kept._asked.update(asked)
    kept._recalled.update(recalled)


def told(word) -> tuple:
    return word.text, word.width, word.glyphs, word.face.key, word.rtl


def shaped(*texts: str, face=REGULAR, **how) -> list[tuple]:
    return [told(shape.shape(face, text, **how)) for text in texts]


def test_words_come_back(run, monkeypatch):
    first = [*shaped("office", "Ärzte", " "), *shaped("office", face=BOLD), *shaped("كتاب", rtl=True, language="ar")]
    kept.keep()
    run()
    monkeypatch.setattr(shape, "_shape", lambda *_: pytest.fail("shaped again"))
    assert [*shaped("office", "Ärzte", " "), *shaped("office", face=BOLD), *shaped("كتاب", rtl=True, language="ar")] == first
    with pytest.raises(pytest.fail.Exception):
        shaped("كتاب", rtl=True, language="fa")


def drawn() -> bytes:
    """A PDF of some words, among them marks set higher and a hyphen of two meanings."""
    tree, leaf = Elem("Document"), Elem("")
    tree.kids.append(Elem("P", [leaf]))
    words = [shape.shape(REGULAR, text) for text in ("office ", "e\u0301 ", "co-op ", "ก็ ")]
    page = Page("a", 300.0, 100.0, [Line(50.0, [Run(20.0, words, REGULAR, 12.0, "#000000", leaf)])])
    return reading(Composition([page], tree, 12.0, "Title", "en", "ltr"), About("Title", "en"))


def test_with_the_operators_that_draw_them(run, monkeypatch):
    first = drawn()
    kept.keep()
    run()
    monkeypatch.setattr(font, "_operators", lambda *_: pytest.fail("made again"))
    assert drawn() == first


def test_what_was_asked_for_last_stays(run, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    shaped("a", "b", "c")
    kept.keep()
    run()
    shaped("d", "b")
    kept.keep()
    run()
    shaped("x")
    assert {key[1] for key in kept.words} == {"d", "b", "a", "x"}


def test_nothing_is_written_where_nothing_is_new(run, monkeypatch):
    shaped("a", "b")
    kept.keep()
    run()
    monkeypatch.setattr(store, "put", lambda *_: pytest.fail("written"))
    shaped("b")
    kept.keep()
    shaped("c")
    with pytest.raises(pytest.fail.Exception):
        kept.keep()


def test_of_a_font_file_nothing_is_kept(run, tmp_path):
    file = tmp_path / "own.ttf"
    file.write_bytes(REGULAR.face.blob.data)
    own = from_file(str(file), False, False)
    shaped("a", face=own)
    kept.keep()
    run()
    shaped("b", face=own)
    assert {key[1] for key in kept.words} == {"b"}


def test_another_program_keeps_its_own(run, monkeypatch):
    from generator import digest

    shaped("a")
    kept.keep()
    run()
    monkeypatch.setattr(digest, "program", lambda: "another")
    shaped("b")
    assert {key[1] for key in kept.words} == {"b"}
