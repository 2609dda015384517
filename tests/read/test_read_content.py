"""Content files as a whole: places, publisher, pictures, new files."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from project_kit import refused

from generator.model.content import Entry
from generator.model.problem import Rejected, Text
from generator.model.record import is_record, names
from generator.read.content import PICTURE, read_content, starter, starter_picture

HEAD = "format: 1\nlanguage: en\ntitle: Heat rash\n"
CASES = Path(__file__).parent.parent / "cases"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content" / "x").mkdir(parents=True)
    return tmp_path


def read(project, text, name="content/x/en.yaml"):
    (project / name).write_text(text, encoding="utf-8")
    return read_content(project / name, project)


def every(value):
    """All entries and texts of a content."""
    if isinstance(value, Entry):
        yield value
    if isinstance(value, str):
        yield value
    elif is_record(value):
        for name in names(value):
            yield from every(getattr(value, name))
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from every(item)


RICH = HEAD + """\
summary: >
  Words that
  are folded.
options: [One, Two]
introduction: Just words.
sections:
  - heading: First
    option: One
    body: |
      A paragraph.

      Another.
    sections:
      - heading: Second
        body:
          - text: Words
          - table:
              columns: [Factor, One, Two]
              compare: true
              rows:
                - group: All
                  rows:
                    - {head: a, cells: [b, ""]}
                - head: c
                  cells: [12:30, 1.10]
          - box: {kind: call, text: Now}
"""


def test_every_word_has_its_place(project):
    content = read(project, RICH)
    lines = RICH.split("\n")
    texts = [one for one in every(content) if isinstance(one, str) and one not in ("final", "handout", "brochure")]
    assert len(texts) == 22
    for text in texts:
        assert type(text) is Text and text.place.file == "content/x/en.yaml"
        assert lines[text.place.line - 1][text.place.column - 1 :].lstrip("\"'").startswith(text.split()[0])
    entries = [one for one in every(content) if isinstance(one, Entry) and one is not content.review]
    assert all(entry.place for entry in entries) and content.review.place is None
    assert str(content.sections[0].sections[0].place) == "content/x/en.yaml:17:9"


def test_values(project):
    content = read(project, RICH)
    assert content.summary == "Words that are folded."
    assert content.introduction[0].text == "Just words."
    assert content.sections[0].body[0].text == "A paragraph.\n\nAnother."
    table = content.sections[0].sections[0].body[1].table
    assert table.compare is True and table.rows[0].rows[0].cells == ["b", None]
    assert table.rows[1].cells == ["12:30", "1.10"]
    assert content.layouts == ["handout", "brochure"] and content.format == 1


def places(content):
    return [getattr(one, "place", None) for one in every(content)]


def test_result_pickles(project):
    content = read(project, RICH)
    again = pickle.loads(pickle.dumps(content))
    assert again == content
    assert places(again) == places(content)


def test_publisher_key_by_key(project):
    (project / "content/publisher.yaml").write_text(
        "name: Clinic\nphone: '1'\nlogo: {file: logo.png, alt: Logo}\ncolours: {dark: '#111111', mid: '#222222'}\n"
    )
    (project / "content/logo.png").write_bytes((CASES / "pictures/dot.png").read_bytes())
    content = read(project, HEAD + "publisher:\n  phone: '2'\n  colours: {mid: '#ABCDEF'}\n")
    publisher = content.publisher
    assert (publisher.name, publisher.phone) == ("Clinic", "2")
    assert publisher.colours == {"dark": "#111111", "mid": "#abcdef"}
    assert publisher.logo.file == "../logo.png" and str(publisher.logo.file.place) == "content/publisher.yaml:3:14"
    assert str(content.place) == "content/x/en.yaml:1:1"
    assert read(project, HEAD).publisher.phone == "1"


def test_own_publisher_without_a_file(project):
    assert read(project, HEAD + "publisher: {name: Me}\n").publisher.name == "Me"
    assert read(project, HEAD).publisher is None


def test_problems_of_both_files(project):
    (project / "content/publisher.yaml").write_text("nme: Clinic\n")
    files = [problem.partition(":")[0] for problem in refused(read, project, HEAD + "titel: x\n")]
    assert files == ["content/x/en.yaml", "content/publisher.yaml"]


def test_pictures_stay_inside_through_links(project, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.png"
    outside.write_bytes((CASES / "pictures/dot.png").read_bytes())
    figure = HEAD + "figure: {file: a.png, alt: A}\n"
    (project / "content/x/a.png").symlink_to(outside)
    with pytest.raises(Rejected, match="en.yaml:4:16: the picture 'a.png' is outside the project"):
        read(project, figure)
    (project / "content/x/a.png").unlink()
    (project / "content/b.png").write_bytes(outside.read_bytes())
    (project / "content/x/a.png").symlink_to("../b.png")
    assert read(project, figure).figure.file == "a.png"


def test_content_outside_the_project_has_its_pictures_beside_it(project, tmp_path_factory):
    folder = tmp_path_factory.mktemp("outside")
    (folder / "a.png").write_bytes((CASES / "pictures/dot.png").read_bytes())
    (folder / "en.yaml").write_text(HEAD + "figure: {file: a.png, alt: A}\n")
    assert read_content(folder / "en.yaml", project).title.place.file == str(folder / "en.yaml")
    (folder / "en.yaml").write_text(HEAD + "figure: {file: ../a.png, alt: A}\n")
    with pytest.raises(Rejected, match="outside the project"):
        read_content(folder / "en.yaml", project)


@pytest.mark.parametrize("name", ["a\\0.png", "x" * 300 + ".png", "x/" * 3000 + "a.png", "a.png/b.png", "\\e.png"])
def test_pictures_with_impossible_names(project, name):
    (project / "content/x/a.png").write_bytes((CASES / "pictures/dot.png").read_bytes())
    with pytest.raises(Rejected, match="en.yaml:4:16"):
        read(project, HEAD + f'figure: {{file: "{name}", alt: A}}\n')


@pytest.mark.parametrize("title", ["Heat rash", "Your child's rash: #1 \"question\"", "no", "'", "*x* [y] {z}", "12"])
def test_starter_passes(project, title):
    text = starter("heat-rash", "en", title)
    (project / "content/x" / PICTURE).write_bytes(starter_picture())
    assert text.startswith("# yaml-language-server: $schema=../content.schema.json\n")
    assert read(project, text).title == title


WRONG = [("Heat rash", "en", "T"), ("../x", "en", "T"), ("x", "English", "T"), ("x", "en", " ")]


@pytest.mark.parametrize("wrong", WRONG)
def test_starter_refuses(wrong):
    with pytest.raises(Rejected):
        starter(*wrong)


def test_reading_the_module_does_not_load_yaml():
    code = (
        "import sys, generator.read.content, generator.read.layout;"
        "print({'yaml'} & set(sys.modules))"
    )
    command, root = [sys.executable, "-c", code], CASES.parent.parent
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert out.stdout.strip() == "set()"
