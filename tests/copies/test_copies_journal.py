"""What a run has done so far, and who may write it down."""

import os
import time

import pytest

from generator.copies import journal
from generator.model.problem import Rejected


def test_a_run_that_begins_its_journal_at_the_same_moment_is_another_run(tmp_path, monkeypatch):
    first = journal.Journal(tmp_path / "a.journal")
    monkeypatch.setattr(journal, "absent", lambda file: True)  # as it was a moment ago
    with pytest.raises(Rejected, match="another run makes copies in this folder"):
        journal.Journal(tmp_path / "a.journal")
    first.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_of_two_runs_that_begin_at_one_moment_one_goes_on(tmp_path):
    for number in range(3):
        file, start = tmp_path / f"{number}.journal", time.time() + 0.02
        runs = [_begun(file, start), _begun(file, start)]
        assert sorted(os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]) for run in runs) == [0, 1]


def _begun(file, start: float) -> int:
    """Another process that begins a journal at a moment, and leaves with 1 where it is told of another run."""
    if process := os.fork():
        return process
    code = 2
    try:
        while time.time() < start:
            pass
        journal.Journal(file)
        time.sleep(0.5)  # longer than the other waits
        code = 0
    except Rejected:
        code = 1
    finally:
        os._exit(code)
