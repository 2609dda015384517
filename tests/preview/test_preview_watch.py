"""`leaflet watch`: rounds that build what changed; and the watcher that tells them of changes."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest
from preview_kit import ARTICLE, article, replaced

from generator.door.preview.rounds import Rounds
from generator.door.preview.watch import changes, hidden


def test_rounds_build_what_changed_and_tell_problems_once(tmp_path, capsys):
    root = article(tmp_path, "handout", "shared")
    file = root / "content" / ARTICLE / "en.yaml"
    rounds = Rounds(root, [f"{ARTICLE}/en"], ["handout"], ["a4"], root / "output", True)
    rounds.build()
    said = capsys.readouterr()
    assert "built " in said.out and "handout-a4-page-1.png" in said.out
    rounds.build()
    assert not capsys.readouterr().out, "what is up to date is not told of"
    replaced(file, "category: Neuro, Spine & Cranial", "categry: Spine")
    for first in (True, False):
        rounds.build()
        assert ("unknown key 'categry'" in capsys.readouterr().err) == first
    replaced(file, "categry: Spine", "category: Spine")
    rounds.build()
    said = capsys.readouterr()
    assert "built " in said.out and "unknown key" not in said.err
    file.unlink()
    rounds.build()
    assert "there is no content" in capsys.readouterr().err


@pytest.mark.parametrize("poll", [False, True])
def test_changes_of_files_are_noticed(tmp_path, poll):
    (tmp_path / "old.yaml").write_text("a")
    stop, found = Event(), []
    ready = Event()

    def follow() -> None:
        for files in changes([tmp_path], stop, poll):
            found.extend(files)
            ready.set()

    thread = Thread(target=follow, daemon=True)
    thread.start()
    Event().wait(0.4)  # until the system watches
    (tmp_path / ".old.yaml.swp").write_text("x")
    (tmp_path / "old.yaml").write_text("b, longer")
    assert ready.wait(5)
    assert {file.name for file in found} == {"old.yaml"}
    stop.set()
    thread.join(3)
    assert not thread.is_alive()


@pytest.mark.parametrize(("name", "expected"), [
    ("en.yaml", False), ("vertebra.svg", False), (".en.yaml.swp", True), ("en.yaml~", True), ("4913", True),
    ("#en.yaml#", True),
])
def test_files_that_editors_put_down_for_themselves(name, expected):
    assert hidden(str(Path("content", name))) == expected
