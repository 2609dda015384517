"""What a run has done so far, and who may write it down."""

import pytest

from generator.copies import journal
from generator.model.problem import Rejected


def test_a_run_that_begins_its_journal_at_the_same_moment_is_another_run(tmp_path, monkeypatch):
    first = journal.Journal(tmp_path / "a.journal")
    monkeypatch.setattr(journal, "absent", lambda file: True)  # as it was a moment ago
    with pytest.raises(Rejected, match="another run makes copies in this folder"):
        journal.Journal(tmp_path / "a.journal")
    first.close()
