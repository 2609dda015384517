"""The command line: exit codes, what is said where, and that a user never sees a traceback for a mistake of theirs.

The recipe is a stand-in here; what it really does is tested where it lives.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from project_kit import ROOT, run_command

from generator.door import commands, session
from generator.model.editorial import Checked
from generator.model.layout import EVERY_PAPER
from generator.model.problem import Place, Problem, Rejected
from generator.model.run import Built, Event

ERROR = Problem(Place("content/hip/en.yaml", 3, 1), "unknown key 'answr'", "did you mean 'answer'?")
WARNING = Problem(Place("content/hip/en.yaml", 1, 1), "no review date", severity="warning")


class Recipe(SimpleNamespace):
    """Says what it was asked, and answers what a test tells it to."""

    def __init__(self, problems=(), raises=None):
        super().__init__(asked={}, problems=tuple(problems), raises=raises)

    def contents(self, project, names):
        for name in names:
            if name != "hip":
                raise Rejected([Problem(None, f"there is no content {name!r}", "did you mean hip?")])
        return [project / "content" / "hip" / "en.yaml"]

    def build(self, project, paths, *, layouts, papers, theme=None, output, force=False, tell=lambda event: None,
              printing=None, beside=None, allow_stale=False, allow_expired=False, twins=(),
              dry=False, explain=False, plain=False):
        self.asked = {"paths": paths, "layouts": layouts, "papers": papers, "theme": theme, "output": output,
                      "force": force, "printing": printing, "beside": beside, "dry": dry}
        if self.raises:
            raise self.raises
        output.mkdir(exist_ok=True)
        files = [output / f"hip-en-handout-a4{end}.pdf" for end in ("-sheet", "")]
        for number, (file, kind) in enumerate(zip(files, ("built", "kept"), strict=True), 1):
            file.write_bytes(b"%PDF-1.7")
            tell(Event(kind, file, milliseconds=12.4, done=number, total=2))
        return Built(tuple(files), self.problems)

    def check_all(self, project, paths, profile, editorial, tell):
        return [Checked("content/hip/en.yaml", problems=self.problems)]

    def other_layouts(self, project, paths):
        return []

    def layouts(self, project):
        return [("brochure", "Folded twice"), ("handout", "Flat pages")]

    def schema(self, kind):
        return f'{{"title": "{kind}"}}\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    for folder in ("content/hip", "layouts/handout", "layouts/brochure"):
        (tmp_path / folder).mkdir(parents=True)
    for layout in ("handout", "brochure"):
        (tmp_path / "layouts" / layout / "layout.yaml").touch()
    (tmp_path / "content/hip/en.yaml").write_text("format: 1\ntitle: Hip\nanswr: x\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(project, monkeypatch, capsys):
    def run(*arguments, recipe=None):
        recipe = recipe or Recipe()
        for name in ("find.contents", "find.layouts", "build.build", "checks.check_all", "checks.other_layouts",
                     "starter.schema"):
            monkeypatch.setattr(f"generator.recipe.{name}", getattr(recipe, name.partition(".")[2]))
        return run_command(capsys, *arguments)

    return run


# ── what is asked of the recipe ────────────────────────────────────────────────────────────────────────────────────


def test_build_without_arguments_builds_all(run, project):
    recipe = Recipe()
    told = "built   output/hip-en-handout-a4-sheet.pdf  12 ms\nkept    output/hip-en-handout-a4.pdf (up to date)\n"
    assert run("build", recipe=recipe) == (0, told, "")
    assert recipe.asked.items() >= {"layouts": None, "papers": None, "theme": None, "force": False,
                                    "output": project / "output"}.items()


def test_build_hands_its_options_on(run):
    recipe = Recipe()
    code, _, _ = run("build", "hip", "-l", "handout", "--layout", "handout", "--paper", "a4", "-p", "LETTER", "--theme",
                     "calm", "-o", "here", "--force", "--with", "zh-Hans", recipe=recipe)
    assert code == 0
    assert recipe.asked.items() >= {"layouts": ["handout"], "papers": ["a4", "letter"], "theme": "calm",
                                    "output": Path("here"), "force": True, "beside": "zh-Hans"}.items()
    run("build", "--layout", "handout", "--layout", "all", recipe=recipe)
    assert recipe.asked["layouts"] == ["all"]


def test_papers_are_those_of_the_model():
    assert list(session.PAPER.choices) == [paper.name for paper in EVERY_PAPER.values()]
    assert [name.lower() for name in session.PAPER.choices] == list(EVERY_PAPER)


def test_a_project_is_found_from_below(run, project, monkeypatch):
    monkeypatch.chdir(project / "content" / "hip")
    assert "../../output/hip-en-handout-a4.pdf" in run("build")[1]


# ── exit codes, and what is said ─────────────────────────────────────────────────────────────────────────────────────


def test_problems_are_lines_on_standard_error(run):
    code, out, err = run("build", recipe=Recipe([WARNING, ERROR]))
    assert (code, "content/" in out) == (1, False)
    assert err == (
        "content/hip/en.yaml:1:1: warning: no review date\n"
        "content/hip/en.yaml:3:1: unknown key 'answr' (did you mean 'answer'?)\n"
        "1 error, 1 warning\n"
    )  # fmt: skip


def test_warnings_alone_do_not_fail(run):
    assert run("build", recipe=Recipe([WARNING]))[0] == 0
    assert run("check", recipe=Recipe([WARNING]))[0] == 0


def test_check(run):
    assert run("check", "hip") == (0, "no problems in 1 content file\n", "")
    assert run("check", "hip", recipe=Recipe([ERROR])) == (1, "", f"{ERROR}\n1 error\n")


def test_check_as_json(run):
    nowhere = Problem(None, "no words for this language")
    code, out, err = run("check", "--format", "json", recipe=Recipe([ERROR, nowhere]))
    assert (code, err) == (1, "")
    assert json.loads(out) == [
        {"file": "content/hip/en.yaml", "line": 3, "column": 1, "severity": "error", "message": ERROR.message,
         "hint": ERROR.hint, "rule": None, "fingerprint": None},
        {"file": None, "line": None, "column": None, "severity": "error", "message": nowhere.message, "hint": "",
         "rule": None, "fingerprint": None},
    ]
    assert run("check", "--format", "json") == (0, "[]\n", "")


def test_no_line_of_the_list_of_commands_is_cut_off(run):
    code, out, _ = run("--help")
    assert code == 0 and "translate" in out and "..." not in out.split("Commands:")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "hop"], "did you mean hip?"),
        (["build", "hip", "--with", "../en"], "'../en' is not a language tag"),
        (["check", "hop"], "did you mean hip?"),
        (["build", "--layout", "handuot"], "did you mean 'handout'?"),
        (["build", "--paper", "B5"], "there is no paper 'B5'; there are: A4, Letter, A3"),
        (["build", "--layuot", "x"], "--layout"),
        (["biuld"], "build"),
        (["new", "Hip!"], "small letters"),
        (["new", "../x"], "small letters"),
        (["new", "knee", "--language", "../en"], "language tag"),
        (["eml", "hip", "--to", "a@x.example\nBcc: b@x.example"], "is not an e-mail address"),
        (["eml"], "CONTENT"),
    ],
)
def test_wrong_usage_is_2(run, arguments, said):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err and "Traceback" not in err


def test_outside_a_project_is_2(run, monkeypatch):
    monkeypatch.chdir("/")
    code, _, err = run("build")
    assert (code, "content/ and layouts/" in err) == (2, True)


@pytest.mark.parametrize(("raised", "code", "said"), [
    (Rejected([ERROR]), 1, f"{ERROR}\n1 error"),
    (KeyboardInterrupt(), 130, "stopped"),
    (PermissionError(13, "Permission denied", "output/x.pdf"), 1,
     "output/x.pdf: cannot be written or read: permission denied"),
    (OSError(28, "No space left on device", "output/x.pdf"), 1,
     "output/x.pdf: cannot be written or read: no space left on device"),
])
def test_what_ends_a_build_is_said_plainly(run, raised, code, said):
    left, out, err = run("build", recipe=Recipe(raises=raised))
    assert (left, out, err.strip()) == (code, "", said)


@pytest.mark.parametrize("fault", [ZeroDivisionError(), OSError(9, "Bad file descriptor")])
def test_a_fault_of_the_program_keeps_its_traceback(run, fault):
    with pytest.raises(type(fault)):
        run("build", recipe=Recipe(raises=fault))


def test_a_reader_that_goes_away_is_no_fault():
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as gone:
        done = subprocess.run([sys.executable, "-m", "generator", "--help"], check=False, cwd=ROOT, stdout=gone,
                              stderr=subprocess.PIPE)
    assert done.stderr == b""


@pytest.mark.skipif(os.name == "nt", reason="a shell that closes its streams")
def test_closed_streams_are_no_fault():
    said = f"{sys.executable} -m generator layouts >&- 2>&-"
    assert subprocess.run(["sh", "-c", said], check=False, cwd=ROOT).returncode == 0


# ── the other commands ───────────────────────────────────────────────────────────────────────────────────────────────


def test_layouts(run):
    assert run("layouts") == (0, "brochure  Folded twice\nhandout   Flat pages\n", "")


def test_schema(run):
    assert run("schema") == (0, '{"title": "content"}\n', "")
    assert run("schema", "theme") == (0, '{"title": "theme"}\n', "")
    assert run("schema", "themes")[0] == 2


def test_new_writes_a_file_that_says_what_was_asked(run, project):
    import yaml

    code, out, _ = run("new", "knee-pain", "--language", "zh-Hans", "--title", 'A "knee": \\ @slug@')
    assert code == 0
    assert "content/knee-pain/zh-Hans.yaml" in out
    text = (project / "content/knee-pain/zh-Hans.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../content.schema.json\n")
    written = yaml.safe_load(text)
    assert (written["language"], written["title"], written["review"]["status"]) == ("zh-Hans", 'A "knee": \\ @slug@',
        "draft")
    assert "leaflet build knee-pain" in text and "English: there are none in the language 'zh-Hans' yet" in text
    assert "content/knee-pain/picture.svg" in out
    picture = project / "content/knee-pain/picture.svg"
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    picture.write_text("our own")
    assert "picture.svg" not in run("new", "knee-pain", "--language", "tr")[1]
    assert picture.read_text() == "our own"


def test_new_needs_a_title_with_words(run, project):
    code, _, err = run("new", "knee", "--title", " ")
    assert (code, "the title must be one line of text" in err) == (1, True)
    assert not (project / "content/knee").exists()


def test_new_overwrites_nothing(run, project):
    before = (project / "content/hip/en.yaml").read_bytes()
    code, out, err = run("new", "hip")
    assert (code, out, "is there already" in err) == (1, "", True)
    assert (project / "content/hip/en.yaml").read_bytes() == before


def test_new_where_a_file_is_in_the_way(run, project):
    (project / "content/knee").touch()
    code, _, err = run("new", "knee")
    assert (code, "cannot be written" in err) == (1, True)


# ── help and haste ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", commands.leaflet.list_commands(None))
def test_help_of_every_command_shows_an_example(run, command):
    code, out, _ = run(command, "--help")
    assert (code, f"  leaflet {command}" in out, "Example" in out) == (0, True, True)


HEAVY = ("reportlab", "babel", "jinja2", "markdown_it", "PIL", "yaml", "uharfbuzz")


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(argument):
    asked = (
        "import sys\nfrom generator.door.commands import main\n"
        f"try: main([{argument!r}])\nexcept SystemExit: pass\n"
        f"print('loaded', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_what_was_chosen_is_explained():
    from generator.door import report
    from generator.model.run import Chosen

    told = io.StringIO()
    with report.Progress(told, explain=True) as progress:
        chosen = Chosen(10.1, "10.2 pt would not fit", (("cover", 0.93), ("inside-1", 1.0)))
        progress.tell(Event("built", Path("b.pdf"), chosen=chosen))
    assert told.getvalue().splitlines()[1:] == [
        "        10.1 pt: 10.2 pt would not fit", "        filled: cover 93%   inside-1 100%"]
