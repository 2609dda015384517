"""Nothing is lost on the way to a translator and back, nor in writing a content file."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from project_kit import saved
from translate_kit import FORMS, ROOT, as_original, contents, project, there_and_back, translated

from generator.model.walk import values
from generator.read.content import read_alone
from generator.recipe.translation import exported
from generator.translate.units import units
from generator.write import write_content

LEAFLETS = sorted([*ROOT.glob("content/*/en.yaml"), *ROOT.glob("tests/samples/*/en.yaml")])
SLOW = {"deadline": None, "suppress_health_check": list(HealthCheck),
        "phases": (Phase.explicit, Phase.reuse, Phase.generate)}


@given(contents())
@settings(max_examples=100, **SLOW)
def test_a_written_content_file_reads_as_it_was(content):
    with tempfile.TemporaryDirectory() as folder:
        file = project(Path(folder))
        text, starts = write_content(content, "# a test")
        assert read_alone(file, Path(folder), text.encode()) == content
        assert starts == sorted(starts, key=lambda start: start[:2])
        assert {path for _, _, path in starts} >= {unit.path for unit in units(content)}


@pytest.mark.parametrize("form", FORMS)
@given(content=contents())
@settings(max_examples=40, **SLOW)
def test_a_translation_that_says_the_same_is_the_same(form, content):
    with tempfile.TemporaryDirectory() as folder:
        source = project(Path(folder), content)
        assert as_original(there_and_back(source, Path(folder), form), content) == content


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda path: path.parent.name)
def test_every_leaflet_survives(leaflet, form, tmp_path):
    shutil.copytree(leaflet.parent, tmp_path / "content" / "case", ignore=lambda _,
                    names: [name for name in names if name.endswith(".yaml") and name != "en.yaml"])
    source = tmp_path / "content" / "case" / "en.yaml"
    original = read_alone(source, tmp_path)
    made = there_and_back(source, tmp_path, form)
    assert (made.language, made.review.status, made.translation.source) == ("tr", "unreviewed-translation", "en")
    assert as_original(made, original) == original


def test_keys_stand_in_the_order_of_the_source(tmp_path):
    source = saved(tmp_path / "content" / "case" / "en.yaml",
                   "sections:\n- body: |\n    One.\n\n    Two.\n  heading: A\nlanguage: en\ntitle: T\nformat: 1\n")
    there_and_back(source, tmp_path, "po")
    lines = source.with_name("tr.yaml").read_text().splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../content.schema.json"
    keys = [line.split(":")[0] for line in lines if not line.startswith(("#", "      ")) and line]
    assert keys == ["format", "sections", "  - body", "    heading", "language", "title", "review", "  status",
                    "translation", "  source", "  units", "    title", "    sections[0].heading",
                    "    sections[0].body[0].text"][: len(keys)]
    assert "  - body: |" in lines and "      Two." in lines


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
@pytest.mark.parametrize("leaflet", LEAFLETS, ids=lambda path: path.parent.name)
def test_gettext_accepts_the_file(leaflet, tmp_path):
    file = tmp_path / "it.po"
    file.write_text(translated(exported(ROOT, leaflet, "tr", "po"), "po"), encoding="utf-8")
    run = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", file], check=False, capture_output=True,
                         text=True)
    assert (run.returncode, run.stderr) == (0, "")


def test_nothing_that_is_printed_is_left_out():
    """Each text is a unit or one of the few values that are the same in every language."""
    content = read_alone(ROOT / "tests" / "samples" / "everything" / "en.yaml", ROOT)
    asked = {unit.path for unit in units(content)}
    kept = {value.name for value in values(content) if value.path not in asked and isinstance(value.value, str)}
    assert kept == {"language", "status", "version", "published", "reviewed", "next_review", "url", "file", "kind",
                    "kinds", "phone", "email", "web", "layouts", "width", "side"}
