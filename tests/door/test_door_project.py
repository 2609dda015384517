"""To begin a project in an empty folder, to bring a layout into it, to look at the machine; `build` on a server."""

from __future__ import annotations

import json
import os
import re

import pytest
from project_kit import run_command, saved

from generator.door import commands
from generator.kept import library
from generator.recipe import doctor


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(*arguments) -> tuple[int, list[str], str]:
        code, out, err = run_command(capsys, *arguments)
        return code, out.splitlines(), err

    return run


@pytest.fixture
def ward(run, tmp_path, monkeypatch):
    run("init", "ward")
    monkeypatch.chdir(tmp_path / "ward")
    run("new", "hip")
    return tmp_path / "ward"


def test_without_a_project_every_command_says_how_to_begin_one(run):
    for command in (["build"], ["check"], ["layouts"], ["new", "hip"]):
        code, _, err = run(*command)
        assert code == 2 and "leaflet init begins one" in err


def test_from_an_empty_folder_to_pdfs(run, ward):
    code, out, err = run("build", "--paper", "A4")
    assert (code, err) == (0, "")
    assert [line.split()[1] for line in out] == [
        "output/hip-en-handout-a4.pdf", "output/hip-en-brochure-a4.pdf", "output/hip-en-brochure-a4-sheet.pdf"]
    assert run("check", "--problems")[:2] == (0, ["no problems in 1 content file"])


def test_a_project_without_leaflets_is_told_so(run, ward):
    (ward / "content/hip/en.yaml").unlink()
    for command in ("build", "check", "status"):
        code, _, err = run(command)
        assert code == 0 and "there is no leaflet in content/ (leaflet new NAME begins one)" in err, command


@pytest.mark.parametrize(("file", "said"), [
    ("content/hip/tr.yml", "content/hip/tr.yml:1:1: warning: this file is not read: its name does not end in .yaml"),
    ("content/hip/FR.YAML", "(name it FR.yaml, or take it away)"),
    ("content/knee.yaml", "a leaflet has a folder of its own"),
    ("content/publisher.yml", "(name it publisher.yaml)"),
])
def test_a_file_that_is_not_read_is_told(run, ward, file, said):
    (ward / file).write_text("title: A knee\n")
    code, _, err = run("build", "--paper", "A4", "--dry-run")
    assert code == 0 and said in err and err.endswith("1 warning\n")
    assert run("build", "hip", "--paper", "A4", "--dry-run")[2] == "", "another leaflet was asked for by name"
    (ward / file).unlink()
    assert run("build", "--paper", "A4", "--dry-run")[2] == ""


def test_a_language_that_is_not_there_is_told_with_those_that_are(run, ward):
    said = "there is no content 'hip/tr' (of this leaflet there is: hip/en; leaflet translate export begins another"
    assert said in run("build", "hip/tr")[2]


def test_a_folder_that_is_no_layout_is_told(run, ward):
    (ward / "layouts/ours").mkdir()
    said = "layouts/ours is no layout: it holds no layout.yaml"
    assert said in run("build", "--layout", "ours")[2]
    (ward / "layouts/ours/layout.yml").touch()
    assert f"{said} (rename its layout.yml to layout.yaml)" in run("build", "--layout", "ours")[2]


def test_init_leaves_alone_what_is_there(run, ward):
    (ward / "content/publisher.yaml").write_text("name: City Clinic\n")
    (ward / ".gitignore").unlink()
    code, out, _ = run("init")
    assert code == 0 and out[0] == "wrote  .gitignore" and "kept   content/publisher.yaml" in out
    assert (ward / "content/publisher.yaml").read_text() == "name: City Clinic\n"


def test_a_layout_is_brought_into_the_project_and_then_comes_first(run, ward):
    code, out, _ = run("layouts", "--copy", "handout")
    assert code == 0 and "wrote  layouts/handout/layout.yaml" in out
    spec = ward / "layouts/handout/layout.yaml"
    spec.write_text(spec.read_text().replace("title: ", "title: Our own ", 1))
    assert any("Our own" in line for line in run("layouts")[1])
    assert run("layouts", "--copy", "handout")[2].startswith("layouts/handout is there already")
    assert "did you mean 'z-fold'?" in run("layouts", "--copy", "zfold")[2]


def test_a_copy_may_have_a_name_of_its_own_and_takes_files_of_shared(run, ward):
    assert run("layouts", "--copy", "handout", "--as", "ours")[:2] == (0, [
        "wrote  layouts/ours/layout.html.j2", "wrote  layouts/ours/layout.yaml"])
    assert run("layouts", "--copy", "shared/parts/flat.html.j2", "--as", "ours/flat.html.j2")[:2] == (0, [
        "wrote  layouts/ours/flat.html.j2"])
    part = ward / "layouts/ours/flat.html.j2"
    part.write_text(part.read_text("utf-8").replace("{{ content.title }}</h1>", "{{ content.title }} </h1>"))
    assert run("build", "--layout", "ours", "--paper", "A4")[0] == 0
    assert run("layouts", "--copy", "shared/words/en.yaml")[:2] == (0, ["wrote  layouts/shared/words/en.yaml"])
    for arguments, said in ((("--copy", "handout", "--as", "ours"), "layouts/ours is there already"),
                            (("--copy", "shared/wrds/en.yaml"), "did you mean 'shared/words/en.yaml'?"),
                            (("--copy", "handout", "--as", "../ours"), "a copy cannot be called '../ours'"),
                            (("--copy", "shared/words/tr.yaml", "--as", "a/../../b"), "a copy cannot be called"),
                            (("--as", "ours"), "--as goes with --copy")):
        code, _, err = run("layouts", *arguments)
        assert code and said in err, arguments


def test_a_word_of_the_project_stands_in_place_of_the_programs(run, ward):
    from generator.recipe.project import ProjectFiles

    saved(ward / "layouts/shared/words/en.yaml", "questions: What people ask us\n")
    files = ProjectFiles(ward)
    words = files.words_of("en", files.layout("handout"))
    assert (words["questions"], words["glossary"]) == ("What people ask us", files.words_of("en", files.layout(
        "handout"))["glossary"])
    assert words["questions"].place.file == "layouts/shared/words/en.yaml"


def test_a_label_that_is_too_long_is_told_with_layout_and_millimetres(run, ward):
    file = ward / "content/hip/en.yaml"
    file.write_text(file.read_text().replace("below: Words in the drawing", "below: " + "Words in the drawing " * 8))
    code, _, err = run("build", "--layout", "handout", "--paper", "A4")
    assert code == 1
    assert re.search(r"handout, A4: the words of the label 'below' reach \d+ mm out of the column \(shorten", err), err


# ── packs ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """An installed pack: a package that would fail if it were imported, with a layout in it."""
    import shutil

    home = tmp_path / "site"
    shutil.copytree(library.built_in()[0] / "z-fold", home / "ward_pack" / "zigzag")
    (home / "ward_pack" / "__init__.py").write_text("raise SystemExit('a pack was imported')")
    info = home / "ward_pack-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: ward-pack\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{library.GROUP}]\nward = ward_pack\n")
    monkeypatch.syspath_prepend(str(home))
    library.packs.cache_clear()
    yield home / "ward_pack"
    library.packs.cache_clear()


def test_a_pack_is_read_and_never_imported(pack, run, ward):
    assert library.folders(ward)[1] == pack.resolve()
    assert any(line.startswith("zigzag ") for line in run("layouts")[1])
    assert run("build", "--layout", "zigzag", "--paper", "A4")[0] == 0


def test_without_packs_there_are_the_projects_and_the_programs(ward):
    assert library.folders(ward) == [ward / "layouts", *library.built_in()]


# ── what a server asks of build ──────────────────────────────────────────────────────────────────────────────────────


def test_a_dry_run_writes_nothing(run, ward):
    before = sorted(ward.rglob("*"))
    assert run("build", "--dry-run", "--paper", "A4")[:2] == (0, [
        "would build  output/hip-en-handout-a4.pdf", "would build  output/hip-en-brochure-a4.pdf"])
    assert sorted(ward.rglob("*")) == before
    run("build", "--paper", "A4")
    assert all(line.startswith("kept ") for line in run("build", "--dry-run", "--paper", "A4")[1])


def test_json_names_files_and_problems(run, ward):
    file = ward / "content/hip/en.yaml"
    file.write_text(file.read_text().replace("  This is a second paragraph.", "  - 5 °C is too cold."))
    code, out, err = run("build", "--paper", "A4", "--layout", "handout", "--format", "json")
    said = json.loads("\n".join(out))
    assert (code, err) == (0, "")
    assert [(one["state"], os.path.relpath(one["file"])) for one in said["files"]] == [
        ("built", "output/hip-en-handout-a4.pdf")]
    assert [(one["severity"], one["file"]) for one in said["problems"]] == [("warning", "content/hip/en.yaml")]
    assert run("build", "--format", "json", "--strict", "--paper", "A4", "--layout", "handout")[0] == 1


def test_quiet_shows_problems_only(run, ward):
    assert run("build", "--quiet", "--paper", "A4") == (0, [], "")


@pytest.mark.parametrize(("typed", "count", "offered"), [
    ("leaflet build h", 2, ["hip", "hip/en"]),
    ("leaflet build --layout ha", 3, ["half-fold", "handout"]),
    ("leaflet build --theme cal", 3, ["calm"]),
    ("leaflet proof hip/", 2, ["hip/en"]),
])
def test_a_shell_completes_names(ward, monkeypatch, typed, count, offered):
    from click.shell_completion import BashComplete

    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(count))
    complete = BashComplete(commands.leaflet, {}, "leaflet", "_LEAFLET_COMPLETE")
    assert [line.split(",")[1] for line in complete.complete().splitlines()] == offered


# ── the doctor ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_doctor_makes_a_leaflet(ward):
    found = {one.what: one for one in doctor.look(ward)}
    assert found["test leaflet"].state == "ok" and "3 PDFs" in found["test leaflet"].said
    assert list((ward / "output").iterdir()) == [] if (ward / "output").exists() else True


def test_the_doctor_says_what_is_missing_and_what_is_wrong(run, monkeypatch):
    monkeypatch.setattr(doctor, "EXTRAS", (("magic", "no-such-package", "wonders"),))
    monkeypatch.setattr(doctor, "_trial", lambda: doctor.Finding("test leaflet", "wrong", "the disk is full"))
    code, out, _ = run("doctor")
    assert code == 1
    assert any(line.startswith("missing") and "pip install no-such-package" in line for line in out)
    assert out[-1].split(None, 1)[0] == "wrong"


def test_the_doctor_asks_for_each_package_as_its_extra_does():
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {extra: {re.match(r"[\w.-]+(\[\w+\])?", package)[0] for package in packages}
              for extra, packages in project["optional-dependencies"].items()
              if extra not in ("test", "readers", "bench")}
    found: dict[str, set[str]] = {}
    for extra, package, _ in doctor.EXTRAS:
        found.setdefault(extra, set()).add(package)
    assert found == extras


def test_a_package_that_lacks_what_it_needs_counts_as_missing(monkeypatch):
    """`pip install pyvips` alone brings no libvips, so that there is no profile."""
    from generator.model.problem import Rejected

    def nothing():
        raise Rejected([])

    monkeypatch.setattr(doctor, "version", lambda name: "3.2.0")
    monkeypatch.setattr(doctor, "free_profile", nothing)
    found = doctor._extra("press", "pyvips[binary]", "a profile")
    assert found.state == "missing" and found.said.endswith("-m pip install 'pyvips[binary]'")
