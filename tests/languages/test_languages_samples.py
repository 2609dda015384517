"""The article's translations: as long as the original in parts and pieces, nothing left in English, marked, and on
paper."""


import pytest
import yaml
from project_kit import ROOT

from generator.model.page import Line
from generator.model.run import Job
from generator.recipe.leaflet import pages
from generator.recipe.project import ProjectFiles

FOLDER = ROOT / "content" / "kyphoplasty-vs-vertebroplasty"
FILES = ProjectFiles(ROOT)
TRANSLATIONS = sorted(file.stem for file in FOLDER.glob("*.yaml") if file.stem != "en")
KEPT = {"INVAMED Medical Affairs", "vertebra.svg", "2021-06-22", "1", "True"}
"""Names, and what is no text."""
OWN = {"review.status", "publisher", "translation", "language", "layouts"}
"""What a translation says by itself."""


def content(language):
    return yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))


def shape(node, path=""):
    """path → text of everything in a content file; keys of mappings and lengths of lists make the paths."""
    if isinstance(node, dict):
        return {
            k: v for key, value in node.items() for k, v in shape(value, f"{path}.{key}" if path else str(key)).items()
        }
    if isinstance(node, list):
        return {k: v for number, value in enumerate(node) for k, v in shape(value, f"{path}[{number}]").items()}
    return {path: str(node)}


def pieces(language):
    return {
        path: text
        for path, text in shape(content(language)).items()
        if not any(path == own or path.startswith((f"{own}.", f"{own}[")) for own in OWN)
    }


def test_turkish_and_arabic_are_there():
    assert set(TRANSLATIONS) >= {"tr", "ar"}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_piece_is_translated(language):
    original, translated = pieces("en"), pieces(language)
    assert translated.keys() == original.keys()
    assert [path for path in original if translated[path] == original[path] and original[path] not in KEPT] == []
    assert "".join(content(language)["cover_title"]).replace(" ", "") == content(language)["title"].replace(" ", "")


def texts(items):
    """The words of the lines, one string."""
    return " ".join(
        "".join(word.text for run in item.runs for word in run.words) for item in items if isinstance(item, Line)
    )


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("layout", ["handout", "brochure"])
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_mark_is_on_the_cover_and_in_every_footer(language, layout, paper):
    composition = pages(FILES, Job(FOLDER / f"{language}.yaml", layout, paper, None))[0]
    mark = str(FILES.words_of(language, FILES.layout(layout))["status_unreviewed-translation"])
    first, *others = composition.pages
    assert mark in " ".join(texts(first.items).split())
    for page in others if layout == "brochure" else composition.pages:
        assert mark in " ".join(texts(page.furniture).split()), page.name
    assert composition.direction == ("rtl" if language == "ar" else "ltr")
