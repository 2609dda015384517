"""What a proof tints: whole sentences and hard words, where they stand on the pages, and nothing else."""

from project_kit import new_project

from generator.model.run import Job
from generator.recipe import build as many
from generator.recipe.leaflet import pages
from generator.recipe.painted import Places
from generator.recipe.project import ProjectFiles
from generator.recipe.tints import spans, tints

LONG = ("When you are at home again after the operation and feel that the knee is warm or red or larger than the other "
        "one, call the ward or your own doctor on the same day")
CONTENT = f"""\
format: 1
language: en
title: The knee
layouts: [handout]
introduction: |
  Rest for a day. {LONG}. Then walk.

  Do not discontinue the tablets.
"""


def test_the_words_of_long_sentences_and_hard_words_are_tinted(tmp_path):
    root = new_project(tmp_path, {"knee/en.yaml": CONTENT}, ["shared", "handout"])
    path = root / "content/knee/en.yaml"
    project = ProjectFiles(root)
    found = spans(project, path, project.content(path))
    assert [(one.kind, one.start.line, one.end.line) for one in found] == [("sentence", 6, 6), ("word", 8, 8)]
    composition, _ = pages(project, Job(path, "handout", "a4", None))
    (page, *_), (marks, *_) = composition.pages, tints(found, composition.pages)
    said = {"sentence": [], "word": []}
    for word in Places().of_page(page):
        for mark in marks:
            if mark.x - 0.1 <= word.x + word.width / 2 <= mark.x + mark.width + 0.1 and abs(mark.y - word.y) < 1:
                said[mark.kind].append(word.text)
    assert "".join(said["word"]) == "discontinue"
    assert " ".join("".join(said["sentence"]).split()).replace(" ", "") == f"{LONG}.".replace(" ", "")


def test_the_proof_shows_tinted_pages_besides_the_others(tmp_path):
    root = new_project(tmp_path, {"knee/en.yaml": CONTENT}, ["shared", "handout"])
    path = root / "content/knee/en.yaml"
    files = {file.name: file.read_bytes()
             for file in many.proof(root, path, "handout", "a4", None, tmp_path / "out", readability=True)}
    assert list(files) == ["knee-en-handout-a4-page-1.png", "knee-en-handout-a4-readability-page-1.png"]
    assert len(set(files.values())) == 2
    path.write_text(CONTENT.replace(LONG, "Rest").replace("discontinue", "stop"), "utf-8")
    files = many.proof(root, path, "handout", "a4", None, tmp_path / "out", readability=True)
    assert [file.name for file in files] == ["knee-en-handout-a4-page-1.png"], "nothing is hard to read"
