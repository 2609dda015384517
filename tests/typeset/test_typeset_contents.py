"""A table of contents says on which page each section begins."""

from __future__ import annotations

from pathlib import Path

from project_kit import new_project
from referees import structure, verapdf

from generator.model.page import Line
from generator.model.run import Job
from generator.recipe.leaflet import make, pages
from generator.recipe.project import ProjectFiles

WORDS = "The nurse brings you to the ward and says where everything is. " * 14
LEAFLET = "format: 1\nlanguage: en\ntitle: A guide\ntable_of_contents: true\nsections:\n" + "".join(
    f"  - heading: Part {number}\n    body: |\n      {WORDS}\n\n      {WORDS}\n" for number in range(1, 6))


def lines(page) -> list[str]:
    return ["".join(word.text for run in item.runs for word in run.words).strip()
            for item in page.items if item.__class__ is Line]


def test_the_pages_are_those_on_which_sections_begin(tmp_path):
    new_project(tmp_path, {"guide/en.yaml": LEAFLET}, layouts=["shared", "booklet"])
    project, job = ProjectFiles(tmp_path), Job(tmp_path / "content/guide/en.yaml", "booklet", "a4", None)
    composition, _ = pages(project, job)
    told, begins = {}, {}
    for number, page in enumerate(composition.pages, 1):
        said = lines(page)
        for one, after in zip(said, [*said[1:], ""]):
            if one.startswith("Part "):
                (told if after.isdecimal() else begins)[one] = int(after) if after.isdecimal() else number
    assert list(told) == [f"Part {number}" for number in range(1, 6)]
    assert told == begins and len(set(told.values())) > 3


def test_running_heads_say_the_section_and_are_furniture(tmp_path):
    new_project(tmp_path, {"guide/en.yaml": LEAFLET}, layouts=["shared", "booklet"])
    composition, _ = pages(ProjectFiles(tmp_path), Job(tmp_path / "content/guide/en.yaml", "booklet", "a4", None))
    running = ""
    for number, page in enumerate(composition.pages, 1):
        own = [one for one in lines(page) if one.startswith("Part ")] if number > 2 else []
        head = ["".join(word.text for run in item.runs for word in run.words).strip()
                for item in page.furniture if item.__class__ is Line and item.y < 40]
        if 2 < number < len(composition.pages):
            begins = lines(page)[0].startswith("Part ")
            assert head == ["A guide", own[0] if begins else running], number
        else:
            assert head == []
        running = own[-1] if own else "Part 1" if number == 2 else running


def test_its_entries_are_links_in_a_toc(tmp_path):
    new_project(tmp_path, {"guide/en.yaml": LEAFLET}, layouts=["shared", "booklet"])
    files = make(ProjectFiles(tmp_path), Job(tmp_path / "content/guide/en.yaml", "booklet", "a4", None)).files
    name, data = next(iter(files.items()))
    file = Path(tmp_path, name)
    file.write_bytes(data)
    said = structure(file)
    assert said.count("TOCI") == 5 and said.count("TOC\n") == 1
    assert verapdf([file]) == {file: []}
