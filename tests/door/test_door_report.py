"""How a problem looks on a terminal: the source line, the caret under the right column,
nothing that steers the terminal."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.door import report
from generator.model.problem import Place, Problem
from generator.model.run import Event


def shown(tmp_path, source: str | bytes, place: tuple[int, int], width=80, **more) -> list[str]:
    file = tmp_path / "x.yaml"
    file.write_bytes(source if isinstance(source, bytes) else source.encode())
    problem = Problem(Place("x.yaml", *place), more.pop("message", "unknown key 'b'"), **more)
    return report.for_terminal([problem], tmp_path, width, colours=False).splitlines()


def test_a_problem_on_a_terminal(tmp_path):
    assert shown(tmp_path, "a: 1\n  b: 2\n", (2, 3), hint="did you mean 'a'?") == [
        "x.yaml:2:3: error: unknown key 'b'",
        "    2 |   b: 2",
        "      |   ^",
        "      hint: did you mean 'a'?",
    ]


@pytest.mark.parametrize(
    ("line", "column", "expected", "caret"),
    [
        ("abc", 1, "abc", 0),
        ("abc", 3, "abc", 2),
        ("abc", 4, "abc", 3),  # just behind the end
        ("abc", 99, "abc", 3),
        ("\tb: 2", 2, "    b: 2", 4),
        ("a\tb: 2", 3, "a   b: 2", 4),
        ("a\t\tb", 4, "a       b", 8),
        ("接种: x", 5, "接种: x", 6),  # two columns each
        ("e\u0301a: x", 3, "e\u0301a: x", 1),  # an accent of its own takes no column
        ("a\x1b[31mb", 7, "a\ufffd[31mb", 6),
        ("a\u202eb", 3, "a\ufffdb", 2),
    ],
)
def test_the_caret_stands_under_its_column(line, column, expected, caret):
    assert report.excerpt(line, column, 40) == (expected, caret)


def test_a_long_line_is_cut_around_the_spot():
    line = "".join(f"{number:04}." for number in range(100))
    text, at = report.excerpt(line, 251, 40)
    assert text[at] == line[250]
    assert text[0] == text[-1] == "…"
    assert len(text) == 40
    start, _ = report.excerpt(line, 1, 40)
    assert start == line[:38] + "…"
    end, at = report.excerpt(line, 500, 40)
    assert end.endswith("0099.")
    assert end[at] == "."


@given(
    line=st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("ab\t接e\u0301")), max_size=120),
    column=st.integers(1, 140),
    width=st.integers(20, 100),
)
def test_any_line_fits_and_keeps_its_spot(line, column, width):
    text, at = report.excerpt(line, column, width)
    columns = sum(report._columns(character) for character in text)
    assert columns <= width
    assert at <= width
    assert not any(unicodedata.category(character) == "Cc" for character in text)


@pytest.mark.parametrize(
    ("source", "place"),
    [("a: 1\n", (9, 1)), (b"\xff\xfea\x00:\x00", (1, 1))],
)
def test_a_line_that_cannot_be_shown_is_left_out(tmp_path, source, place):
    assert len(shown(tmp_path, source, place)) == 1


def test_a_byte_that_is_no_utf8_is_marked(tmp_path):
    assert shown(tmp_path, b"a: \xe9b\n", (1, 4))[1:] == ["    1 | a: \ufffdb", "      |    ^"]


def test_a_missing_file_and_a_missing_place(tmp_path):
    problems = [Problem(Place("gone.yaml", 1, 1), "gone"), Problem(None, "no place", severity="warning")]
    assert report.for_terminal(problems, tmp_path, 80, False) == "gone.yaml:1:1: error: gone\nwarning: no place\n"


def test_words_of_a_file_do_not_steer_the_terminal():
    problem = Problem(Place("a\x1b]0;x\x07.yaml", 1, 1), "unknown key '\x1b[2J\n\u202e'", "\x9b1m")
    assert report.as_lines([problem]).count("\n") == 1
    for text in (report.as_lines([problem]), report.for_terminal([problem], report.Path(), 80, False)):
        assert not any(unicodedata.category(character) in ("Cc", "Cf") for character in text if character != "\n")


def test_colours_only_where_they_are_wanted(monkeypatch):
    class Stream:
        def __init__(self, terminal):
            self.isatty = lambda: terminal

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert report.coloured(Stream(True))
    assert not report.coloured(Stream(False))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not report.coloured(Stream(True))
    problem = Problem(None, "x")
    assert "\x1b[" in report.for_terminal([problem], report.Path(), 80, True)


def test_count():
    error, warning = Problem(None, "x"), Problem(None, "x", severity="warning")
    assert report.count([]) == ""
    assert report.count([error, warning, error]) == "2 errors, 1 warning"


def test_colours_are_those_that_click_would_write():
    import click

    for colour in (None, *report.COLOURS):
        for more in ({}, {"bold": True}, {"dim": True}, {"bold": True, "dim": True}):
            assert report.style("a b", colour, **more) == click.style("a b", fg=colour, **more)


# ── progress ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_screen(written: str) -> list[str]:
    """The lines that a terminal shows: a return begins its line anew, and ESC [K clears what stands behind."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", written)
    return [line.split("\x1b[K")[-1].split("\r")[-1] for line in plain.split("\n")]


def events(number: int) -> list[Event]:
    return [Event("built", Path(f"{n}.pdf").absolute(), (), 5, n, number) for n in range(1, number + 1)]


def test_a_terminal_shows_how_many_are_done_below_the_files(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with report.Progress(terminal) as progress:
        progress.tell(Event("kept", Path("0.pdf").absolute(), total=2))
        assert progress.count == "", "what is up to date is no wait"
        for event in events(2):
            progress.tell(event)
        assert on_screen(terminal.getvalue()) == [
            "kept    0.pdf (up to date)", "built   1.pdf  5 ms", "built   2.pdf  5 ms", "2 of 2"]
    assert on_screen(terminal.getvalue())[-1] == "", "at the end the count is taken away"


def test_a_file_gets_plain_lines():
    file = io.StringIO()
    with report.Progress(file) as progress:
        for event in events(2):
            progress.tell(event)
    assert file.getvalue() == "built   1.pdf  5 ms\nbuilt   2.pdf  5 ms\n"


@pytest.mark.parametrize("write", [lambda terminal: report.say("built", terminal),
                                   lambda terminal: report.put("1 of 2", terminal)])
def test_on_windows_click_writes_to_the_console(monkeypatch, write):
    """Its consoles do not all read the signs of a terminal, and not all write Unicode."""
    import click

    said = []
    monkeypatch.setattr(report, "os", SimpleNamespace(name="nt", environ=os.environ, path=os.path))
    monkeypatch.setattr(click, "echo", lambda text, file, nl=True: said.append((text, nl)))
    terminal = Terminal()
    write(terminal)
    assert len(said) == 1 and terminal.getvalue() == ""
