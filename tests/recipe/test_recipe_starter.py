"""A new content file can be built as it is, shows every kind of block, and speaks the language that it is for."""

from __future__ import annotations

import re

import pytest
import yaml
from project_kit import ROOT, saved
from referees import structure, verapdf

from generator.model.problem import Rejected
from generator.read.content import STARTER, STARTER_KINDS
from generator.recipe import build as many
from generator.recipe.starter import picture, starter

LANGUAGES = sorted(file.stem for file in STARTER.glob("*.yaml"))
OTHERS = ["zh-Hans", "is"]
"""One with phrases, one without; the words of a new file are English in both."""
TITLES = {
    "ar": "الركبة الجديدة", "tr": "Yeni diziniz", "de": "Ihr neues Knie", "es": "Su nueva rodilla",
    "fr": "Votre nouveau genou",
}


def values(node, path=""):
    """path → text of everything in a file."""
    if isinstance(node, dict):
        return {k: v for key, value in node.items() for k, v in values(value, f"{path}.{key}").items()}
    if isinstance(node, list):
        return {k: v for number, value in enumerate(node) for k, v in values(value, f"{path}[{number}]").items()}
    return {path: str(node)}


def of(language: str, kind: str = "") -> dict[str, str]:
    return values(yaml.safe_load(starter("knee", language, TITLES.get(language, "Your new knee"), kind)))


@pytest.mark.parametrize("language", [*LANGUAGES, *OTHERS])
def test_it_builds(language, tmp_path):
    (tmp_path / "layouts").symlink_to(ROOT / "layouts")
    file = saved(tmp_path / "content" / "knee" / f"{language}.yaml",
                 starter("knee", language, TITLES.get(language, "Your new knee")))
    name, data = picture()
    file.with_name(name).write_bytes(data)
    said = [problem.message for problem in many.check(tmp_path, [file])]
    assert len(said) == (language == "is") and all("fixed phrases" in message for message in said)
    result = many.build(tmp_path, [file])
    assert not result.failed and len(result.files) == 6
    assert verapdf([result.files[0]]) == {result.files[0]: []}
    kinds = set(re.findall(r"^ *(\w+)", structure(result.files[0]), re.MULTILINE))
    assert {"H1", "H2", "P", "L", "Table", "Figure", "Link"} <= kinds


def test_the_languages_are_there():
    assert LANGUAGES == ["ar", "de", "en", "es", "fr", "tr"]


def test_every_kind_of_block_is_shown():
    """And a picture, a contact, a reference and a red box."""
    file = of("en")
    assert file.keys() >= {
        ".figure.file", ".contacts[0].phone", ".references[0].url", ".glossary[0].term", ".questions.items[0].answer",
        ".disclaimer.text", ".key_points[0]", ".sections[1].body[1].steps[0].text", ".sections[2].body[0].table.note",
    }
    assert [text for path, text in file.items() if path.endswith("box.kind")] == ["call", "alert"]


KEPT = re.compile(r"\.(format|language|file|kind|status|compare|url|web|phone|email)$")
"""Keys whose values are the same, or free, in every language."""


@pytest.mark.parametrize("kind", ["", *STARTER_KINDS])
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_all_say_the_same_in_their_own_words(language, kind):
    english, own = of("en", kind), of(language, kind)
    assert own.keys() == english.keys()
    for path, text in own.items():
        assert KEPT.search(path) or text != english[path], path
    assert comments("en", kind) and comments("en", kind) & comments(language, kind) == set()


@pytest.mark.parametrize("kind", STARTER_KINDS)
def test_each_kind_builds_without_a_problem(kind, tmp_path):
    """In every language, in its default layouts, on both papers."""
    (tmp_path / "layouts").symlink_to(ROOT / "layouts")
    files = []
    for language in LANGUAGES:
        files.append(tmp_path / "content" / "knee" / f"{language}.yaml")
        saved(files[-1], starter("knee", language, TITLES.get(language, "Your new knee"), kind))
    name, data = picture()
    files[0].with_name(name).write_bytes(data)
    assert [str(problem) for problem in many.check(tmp_path, files)] == []


def test_each_kind_has_headings_of_its_own():
    headings = {kind: {text for path, text in of("en", kind).items() if path.endswith(".heading")}
                for kind in STARTER_KINDS}
    for kind, said in headings.items():
        assert len(said) >= 6
        for other in set(headings) - {kind}:
            assert len(said & headings[other]) <= 3, "boxes are alike"
    assert "options: [First choice, Second choice]" in starter("knee", "en", "T", "comparison")
    with pytest.raises(Rejected, match="no kind of leaflet"):
        starter("knee", "en", "T", "poem")


def comments(language: str, kind: str = "") -> set[str]:
    """The lines of a starter that teach."""
    lines = {line.strip() for line in starter("knee", language, "T", kind).split("\n")}
    return {line for line in lines if re.match(r"# (?!yaml-language-server|published|next_review|version)", line)}


def test_the_nearest_language_is_taken_and_english_is_told():
    assert starter("knee", "de-CH", "T") == starter("knee", "de", "T").replace("language: de", "language: de-CH")
    assert "words below are English" not in starter("knee", "en-GB", "T") + starter("knee", "es-MX", "T")
    text = starter("knee", "pt-BR", "T")
    assert text.startswith(
        "# yaml-language-server: $schema=../content.schema.json\n"
        "#\n"
        "# The words below are English: there are none in the language 'pt-BR' yet."
    )
    english = starter("knee", "en", "T").replace("language: en", "language: pt-BR")
    assert text.split("\n#\n", 2)[2] == english.split("\n#\n", 1)[1]
