"""Layouts, themes and words in their folders; what one file alone can have wrong stands under tests/cases/."""

import pickle

import pytest
from project_kit import refused, saved

from generator.kept.library import list_layouts
from generator.model.layout import MM
from generator.model.problem import Foreign, Place, Text
from generator.read.layout import read_layout, read_theme, read_words

FLAT = "title: Flat\nbody: {min: 12, max: 13}\nmargins: {top: 15mm, bottom: 0.5in, inner: 24pt, outer: 0}\n"


def put(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(path.name + ".yaml")
        saved(path, text)


def test_layout(tmp_path):
    put(tmp_path, layouts__flat__layout=FLAT)
    folder = tmp_path / "layouts" / "flat"
    assert refused(read_layout, folder, tmp_path) == [
        "layouts/flat/layout.yaml:1:1: there is no template layout.html.j2 beside this file"
    ]
    (folder / "layout.html.j2").touch()
    layout = read_layout(folder, tmp_path)
    assert (layout.name, layout.spec.panels) == ("flat", ["page"])
    margins = layout.spec.margins
    assert margins.top == pytest.approx(15 * MM) and (margins.bottom, margins.inner, margins.outer) == (36, 24, 0)
    assert list_layouts([tmp_path / "layouts"]) == ["flat"]
    assert refused(read_layout, tmp_path / "layouts" / "flatt", tmp_path) == [
        "layouts/flatt/layout.yaml:1:1: there is no layout 'flatt' (did you mean 'flat'?)"
    ]


def test_theme_is_folded_property_by_property(tmp_path):
    own, shared = tmp_path / "own", tmp_path / "shared"
    put(
        shared,
        themes__calm="palette: {ink: '#111111', dark: '#222222'}\nfonts: {body: {name: A, regular: a.ttf}}\n"
        "fallback: [F]\nhyphenate: true\nstyles:\n  h1: {size: 2, keep: true, colour: ink}\n  p: {after: 0.5}\n",
    )
    (shared / "themes" / "a.ttf").write_bytes(b"OTTO")
    put(own, themes__mine="extends: calm\npalette: {dark: '#333333'}\nstyles:\n  h1: {keep: false, background: dark}\n")
    theme = read_theme("mine", [own, shared], tmp_path)
    assert theme.palette == {"ink": "#111111", "dark": "#333333"}
    h1 = theme.styles["h1"]
    assert (h1.size, h1.keep, h1.colour, h1.background) == (2, False, "ink", "dark")
    assert theme.styles["p"].after == 0.5 and theme.fallback == ("F",) and theme.hyphenate
    assert theme.folder == str(own / "themes")
    assert theme.fonts["body"].regular == "../../shared/themes/a.ttf"


def test_first_theme_of_a_name_wins(tmp_path):
    put(tmp_path / "own", themes__calm="palette: {ink: '#111111'}\n")
    put(tmp_path / "shared", themes__calm="palette: {ink: '#222222'}\n")
    assert read_theme("calm", [tmp_path / "own", tmp_path / "shared"], tmp_path).palette == {"ink": "#111111"}


def test_themes_in_a_ring(tmp_path):
    put(tmp_path, themes__a="extends: b\n", themes__b="extends: a\n")
    assert refused(read_theme, "a", [tmp_path], tmp_path) == [
        "themes/b.yaml:1:10: the theme 'a' extends itself in the end (leave out one 'extends')"
    ]


def test_theme_that_is_not_there(tmp_path):
    put(tmp_path, themes__calm="palette: {ink: '#111111'}\n")
    assert refused(read_theme, Text("clam", Place("layout.yaml", 3, 8)), [tmp_path], tmp_path) == [
        "layout.yaml:3:8: there is no theme 'clam' (did you mean 'calm'?)"
    ]
    assert refused(read_theme, "../themes/calm", [tmp_path], tmp_path)


def test_words_fall_back_within_the_language_only(tmp_path):
    put(tmp_path / "shared", words__en="a: English\n", words__zh="a: Chinese\nb: more\n")
    put(tmp_path / "own", words__zh="a: Own\n")
    search = [tmp_path / "own", tmp_path / "shared"]
    assert read_words("zh-Hant-TW", search, tmp_path) == {"a": "Own", "b": "more"}
    put(tmp_path / "shared", **{"words__zh-Hant": "a: Traditional\n"})
    assert read_words("zh-Hant-TW", search, tmp_path) == {"a": "Traditional"}
    assert str(read_words("zh-Hant", search, tmp_path)["a"].place) == "shared/words/zh-Hant.yaml:1:4"


def test_a_language_without_words_has_the_english_ones_and_they_say_so(tmp_path):
    put(tmp_path / "shared", words__en="a: English\n", words__nb="a: Norsk\n")
    search = [tmp_path / "own", tmp_path / "shared"]
    words = read_words("sv-SE", search, tmp_path)
    assert words == {"a": "English"}
    assert (words["a"].language, str(words["a"].place)) == ("en", "shared/words/en.yaml:1:4")
    assert pickle.loads(pickle.dumps(words["a"])).language == "en"
    for known in ("en", "en-GB", "nb", "no", "no-NO"):  # one language under two tags
        assert not isinstance(read_words(known, search, tmp_path)["a"], Foreign), known
    assert read_words("no-NO", search, tmp_path) == {"a": "Norsk"}
    (tmp_path / "shared" / "words" / "en.yaml").unlink()
    (line,) = refused(read_words, Text("de", Place("content/x/de.yaml", 2, 11)), search, tmp_path)
    assert line == "content/x/de.yaml:2:11: there are no fixed phrases for the language 'de' (write words/de.yaml)"
