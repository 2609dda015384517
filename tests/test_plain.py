"""A plain build goes past click, and does what click would have done: the same call, the same words, the same exit code."""

from __future__ import annotations

import inspect
import os
from pathlib import Path

import click
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_cli import ERROR, WARNING, Pipeline, project  # noqa: F401 (a fixture)

import generator
from generator import cli, pipeline, plain
from generator.model.problem import Rejected
from generator.model.run import Result

PLAIN = [
    ["build"],
    ["build", "hip"],
    ["build", "hip/en", "-l", "handout", "-p", "A4"],
    ["build", "-l", "handout", "hip", "--layout", "brochure", "--layout=handout", "-p", "letter", "--paper=A4"],
    ["build", "--layout", "handout", "--layout", "all"],
    ["build", "content/hip/en.yaml", "hip", "--force", "--theme", "calm", "-o", "new/folder", "--force"],
    ["build", "--theme=a=b", "--output=content"],
]
CLICKS = [
    [], ["--help"], ["check"], ["-h", "build"], ["build", "--help"], ["build", "-h"], ["build", "--"], ["build", "--", "hip"], ["build", "-"],
    ["build", ""], ["build", "hop"], ["build", "hip/de"], ["build", "../en.yaml"], ["build", "-l"], ["build", "-l", ""], ["build", "-l", "handuot"],
    ["build", "-l", "handuot", "-l", "all"], ["build", "-lhandout"], ["build", "-l=handout"], ["build", "--layout="], ["build", "--layout", "--force"],
    ["build", "--lay", "handout"], ["build", "-p", "A5"], ["build", "-fp", "A4"], ["build", "--force=yes"], ["build", "--theme", "a", "--theme", "b"],
    ["build", "-o", "a", "-o", "b"], ["build", "-o", "content/hip/en.yaml"], ["build", "-o", "-x"], ["build", "--press"], ["build", "--tumble"],
    ["build", "--with", "ar"], ["build", "--allow-stale"], ["build", "--printer", "office"], ["build", "h\udcffp"], ["build", "-o", "a\0b"], ["built"],
]  # fmt: skip


class Asked:
    """Stands in for pipeline.build, and keeps what it was asked, with every default filled in."""

    SAYS = inspect.signature(pipeline.build)

    def __init__(self) -> None:
        self.said = None

    def __call__(self, *arguments, **named) -> Result:
        bound = self.SAYS.bind(*arguments, **named)
        bound.apply_defaults()
        assert callable(bound.arguments.pop("told"))
        assert self.said is None, "asked once"
        self.said = bound.arguments
        return Result()


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    for name in ("content/hip/en.yaml", "content/hip/tr.yaml", "content/knee/en.yaml", "layouts/handout/layout.yaml", "layouts/brochure/layout.yaml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    before = os.getcwd()
    os.chdir(root)
    yield root
    os.chdir(before)


def both(arguments: list[str]):
    """What the plain way and click's ask of the recipe; in place of it, None where the plain way leaves it to click."""
    with pytest.MonkeyPatch.context() as patch:
        ours, clicks = Asked(), Asked()
        patch.setattr(pipeline, "build", ours)
        if plain.built(arguments) is None:
            assert ours.said is None, "left to click, but done"
            return None, None
        patch.setattr(pipeline, "build", clicks)
        cli.leaflet.main(list(arguments), prog_name="leaflet", standalone_mode=False, obj=list(arguments))
    return ours.said, clicks.said


OPTIONS = ["-l", "--layout", "-p", "--paper", "--theme", "-o", "--output", "--force"]
VALUES = ["handout", "brochure", "all", "A4", "a4", "Letter", "LETTER", "calm", "hip", "hip/en", "content/hip", "knee/en/", "content/hip/en.yaml", "new", "content"]
ODD = ["", "-", "--", "-x", "--with", "--press", "--icc", "--help", "-h", "--tumble", "A5", "a=b", "=", "hop", "\0", "é", "ﬁ", "K", "-l=handout", "-pA4", "--theme=", "--force=1"]
WORD = st.one_of(
    st.sampled_from(OPTIONS), st.sampled_from(VALUES), st.sampled_from(ODD), st.text(max_size=4),
    st.builds("{}={}".format, st.sampled_from(OPTIONS), st.sampled_from([*VALUES, *ODD])),
)  # fmt: skip
PAIR = st.tuples(st.sampled_from(OPTIONS), st.sampled_from(VALUES))
WORDS = st.one_of(
    st.lists(st.one_of(st.tuples(WORD), PAIR), max_size=6),
    st.lists(st.one_of(st.tuples(st.sampled_from([*VALUES[8:], "--force"])), PAIR), max_size=4),
).map(lambda parts: ["build", *(word for part in parts for word in part)])


@given(WORDS)
@example(["build", "-p", "A4", "-p", "a4"])
@settings(deadline=None, max_examples=400)
def test_whatever_it_understands_click_understands_so(here, arguments):
    ours, clicks = both(arguments)
    assert ours == clicks


@pytest.mark.parametrize("arguments", PLAIN, ids=" ".join)
def test_the_usual_spellings_are_plain(here, arguments):
    ours, clicks = both(arguments)
    assert ours == clicks
    assert ours["arguments"] == arguments


def test_what_is_compared_is_seen(here):
    assert both(PLAIN[3])[0] != both(PLAIN[1])[0]
    said = both(PLAIN[5])[0]
    assert (said["paths"], said["output"], said["theme"], said["force"]) == (
        [here / "content/hip/en.yaml", here / "content/hip/tr.yaml"], Path("new/folder"), "calm", True)


@pytest.mark.parametrize("arguments", CLICKS, ids=ascii)
def test_the_rest_is_left_to_click(here, arguments):
    assert both(arguments) == (None, None)


def test_outside_a_project_and_for_a_shell_that_completes_it_is_left_to_click(here, monkeypatch):
    monkeypatch.setenv("_LEAFLET_COMPLETE", "bash_complete")
    assert both(["build", "hip"]) == (None, None)
    monkeypatch.delenv("_LEAFLET_COMPLETE")
    monkeypatch.chdir("/")
    assert both(["build", "-l", "handout"]) == (None, None)


def test_options_are_those_of_click():
    known = {spelling: param.name for param in cli.build.params if isinstance(param, click.Option) and not param.is_flag for spelling in param.opts}
    assert plain.VALUED.items() <= known.items()
    assert set(plain.PAPERS) == {paper.lower() for paper in cli.PAPER.choices}


# ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("stand_in", [
    {}, {"problems": [WARNING]}, {"problems": [WARNING, ERROR]}, {"raises": Rejected([ERROR])}, {"raises": KeyboardInterrupt()},
    {"raises": PermissionError(13, "Permission denied", "output/x.pdf")}, {"raises": OSError(28, "No space left on device")},
], ids=str)
def test_both_ways_say_the_same(project, monkeypatch, capsys, stand_in):  # noqa: F811
    monkeypatch.setattr(generator, "pipeline", Pipeline(**stand_in), raising=False)
    ours = plain.built(["build", "hip"]), *capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        cli.main(["build", "hip"])
    assert ours == (left.value.code, *capsys.readouterr())
    assert ours[0] is not None and any(ours[1:])


@pytest.mark.parametrize("fault", [ZeroDivisionError(), OSError(9, "Bad file descriptor")])
def test_a_fault_of_the_program_keeps_its_traceback(project, monkeypatch, fault):  # noqa: F811
    monkeypatch.setattr(generator, "pipeline", Pipeline(raises=fault), raising=False)
    with pytest.raises(type(fault)):
        plain.built(["build", "hip"])
