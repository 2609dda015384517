"""Text as people write it goes to a translator and comes back sign by sign, and no plain line is refused there."""

from __future__ import annotations

import pytest
from translate_kit import FORMS, ROOT, as_original, project, there_and_back, translated

from generator.model.content import Block, Content, Question, Questions, Section
from generator.model.problem import Text
from generator.read.content import read_alone
from generator.recipe.translation import exported, imported

PLAIN = ROOT / "tests" / "prose" / "plain-lines.txt"
LINES = [
    line.removeprefix("? ") for line in PLAIN.read_text("utf-8").splitlines() if line and not line.startswith("# ")
]


@pytest.mark.parametrize("form", FORMS)
def test_plain_lines_come_back(form, tmp_path):
    questions = Questions([Question(Text(line), [Block(text=Text(line))]) for line in LINES])
    content = Content(
        format=1,
        language="en",
        title="Lines",
        sections=[Section(Text("All"), [Block(text=Text("\n".join(LINES)))])],
        questions=questions,
    )
    source = project(tmp_path, content)
    original = read_alone(source, tmp_path)
    assert [str(question.answer[0].text) for question in original.questions.items] == LINES
    assert as_original(there_and_back(source, tmp_path, form), original) == original


@pytest.mark.parametrize("form", FORMS)
def test_every_mark_comes_back(form, tmp_path):
    source = project(tmp_path)
    source.write_bytes((ROOT / "tests" / "prose" / "all.yaml").read_bytes())
    original = read_alone(source, tmp_path)
    assert as_original(there_and_back(source, tmp_path, form), original) == original


def test_what_is_told_of_a_text_is_told_of_its_translation(tmp_path):
    """A mark that is none is refused in the translator's file; a doubt is a warning there."""
    source = project(
        tmp_path, Content(format=1, language="en", title="Doses", summary="Take two", audience_note="Cold")
    )
    said = {"Doses": "Dozlar", "Take two": "**iki alın", "Cold": "- 5 °C"}
    sheet = tmp_path / "it.po"
    sheet.write_text(
        translated(exported(tmp_path, source, "tr", "po"), "po", lambda unit: said[unit.text]), encoding="utf-8"
    )
    with pytest.raises(Exception, match="begins bold words") as raised:
        imported(tmp_path, sheet, partial=False)
    assert [(problem.severity, problem.message) for problem in raised.value.problems] == [
        ("error", "this ** begins bold words that do not end"),
        ("warning", "a list of one, or minus?"),
        ("warning", "the number 5 is not in the source"),
    ]
