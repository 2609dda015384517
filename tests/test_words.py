"""Every word of an article stands in its content file and in every leaflet made from it, in order.

tests/words/<slug>-<language>.txt holds the words: a line is a paragraph, " | " parts what a layout may set apart.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from project_kit import ROOT

ARTICLES = sorted((ROOT / "tests" / "words").glob("*.txt"))


def pieces(article: Path) -> list[list[str]]:
    """What must be found whole: the words of each paragraph or cell."""
    lines = article.read_text(encoding="utf-8").splitlines()
    return [words(piece) for line in lines if line and not line.startswith("#") for piece in line.split(" | ")]


def words(text: str) -> list[str]:
    return [word.removesuffix(":") for word in text.split()]


def first_missing(wanted: list[list[str]], text: str) -> str | None:
    """The first piece that does not stand whole in the text after the piece before it; None: all are there."""
    have, start = words(text), 0
    for piece in wanted:
        for at in range(start, len(have) - len(piece) + 1):
            if have[at] == piece[0] and have[at : at + len(piece)] == piece:
                start = at + len(piece)
                break
        else:
            return " ".join(piece)
    return None


def content_of(article: Path) -> Path:
    slug, language = article.stem.rsplit("-", 1)
    return ROOT / "content" / slug / f"{language}.yaml"


def strings(file: Path) -> str:
    """All values of a YAML file, in the order of the file."""

    def walk(node):
        if isinstance(node, yaml.MappingNode):
            for _, value in node.value:
                yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                yield from walk(value)
        else:
            yield node.value

    return " ".join(walk(yaml.compose(file.read_text(encoding="utf-8"))))


REVIEWED_BY = ["Reviewed", "by"]
"""A fixed phrase of the language: it comes from layouts/shared/words, not from the content file."""


@pytest.mark.parametrize("article", ARTICLES, ids=lambda file: file.stem)
def test_every_word_is_in_the_content(article):
    wanted = [piece for piece in pieces(article) if piece != REVIEWED_BY]
    assert first_missing(wanted, strings(content_of(article))) is None


@pytest.fixture(scope="module", params=ARTICLES, ids=lambda file: file.stem)
def leaflets(request, tmp_path_factory):
    """An article's words, and every PDF that is made of it."""
    from generator.recipe import build as many

    output = tmp_path_factory.mktemp("words")
    result = many.build(
        ROOT, [content_of(request.param)], layouts=["handout", "brochure"], papers=None, theme=None, output=output,
        force=True, tell=lambda event: None
    )
    assert not result.failed, result.problems
    return pieces(request.param), result.files


def test_every_word_is_in_every_leaflet(leaflets):
    from referees import transcript

    wanted, files = leaflets
    assert len(files) == 6  # handout, brochure to read, brochure to print; A4 and Letter
    assert {file.name: first_missing(wanted, " ".join(transcript(file))) for file in files} == {file.name: None
        for file in files}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda file: file.stem)
def test_a_word_lost_changed_or_moved_is_found(article):
    wanted = pieces(article)
    said = [" ".join(piece) for piece in wanted]
    assert first_missing(wanted, "\n".join(said)) is None
    for number, piece in enumerate(wanted):
        without = said[:number] + [" ".join(piece[:-1])] + said[number + 1 :]
        assert first_missing(wanted, " ".join(without)) is not None or said[number] in " ".join(said[number + 1 :])
    assert first_missing(wanted, " ".join(reversed(said))) is not None
    assert first_missing(wanted, " ".join(said).replace("small balloon", "smallballoon")) is not None
