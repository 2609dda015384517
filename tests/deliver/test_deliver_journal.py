"""The journal of mails: what it keeps over a kill, and what it never holds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest
from project_kit import ROOT, refused

from generator.deliver.journal import FILE, Journal


def test_a_mail_goes_from_waiting_to_sent(tmp_path):
    with Journal(tmp_path) as journal:
        number = journal.number("hip", "ann@x.example")
        (entry,) = journal.plan([("hip", 1, "ann@x.example")])
        assert entry.number == number
        assert (entry.state, entry.tries) == ("waiting", 0)
        journal.note(number, "intent")
        journal.note(number, "sent", "250")
    with Journal(tmp_path) as journal:
        (entry,) = journal.plan([("hip", 1, "ann@x.example")])
        assert (entry.state, entry.tries, entry.code) == ("sent", 1, "250")


def test_what_was_at_intent_is_unknown_when_the_run_goes_on(tmp_path):
    with Journal(tmp_path) as journal:
        rows = [("hip", row, f"{row}@x.example") for row in (1, 2, 3)]
        journal.note(journal.plan(rows)[1].number, "intent")
    with Journal(tmp_path) as journal:
        assert [entry.state for entry in journal.plan(rows)] == ["waiting", "unknown", "waiting"]
        assert [entry.row for entry in journal.of("hip", "unknown")] == [2]


def test_what_was_noted_is_there_after_a_kill(tmp_path):
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom generator.deliver.journal import Journal\n"
        f"journal = Journal(Path({str(tmp_path)!r}))\nnumber = journal.number('hip', 'a')\n"
        "journal.plan([('hip', 1, 'a')])\njournal.note(number, 'intent')\nprint(number, flush=True)\ntime.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        number = run.stdout.readline().strip()
        run.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    with Journal(tmp_path) as journal:
        assert journal.entry(number).state == "unknown"


def test_one_program_at_a_time_has_it(tmp_path):
    with Journal(tmp_path):
        assert refused(Journal, tmp_path) == [
            "another program is sending from this folder (wait until it has ended)"]
    Journal(tmp_path).__exit__()


def test_numbers_are_the_same_each_time_and_differ_between_folders(tmp_path):
    (tmp_path / "other").mkdir()
    with Journal(tmp_path) as one, Journal(tmp_path / "other") as other:
        assert one.number("hip", "a") == one.number("hip", "a")
        numbers = {one.number("hip", "a"), one.number("hip", "b"), one.number("knee", "a"), other.number("hip", "a")}
        assert len(numbers) == 4
        assert one.number("a", "b") != one.number("a\0b", "")


def test_no_address_stands_in_it_and_only_its_owner_reads_it(tmp_path):
    with Journal(tmp_path) as journal:
        (entry,) = journal.plan([("hip", 1, "ann@x.example")])
        journal.note(entry.number, "refused", "550 5.1.1")
    data = (tmp_path / FILE).read_bytes()
    assert b"ann" not in data and b"x.example" not in data
    if os.name == "posix":
        assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_run_that_is_begun_anew_has_other_numbers(tmp_path):
    with Journal(tmp_path) as journal:
        (entry,) = journal.plan([("hip", 1, "a")])
        journal.note(entry.number, "sent", "250")
        journal.begin_anew("hip")
        (again,) = journal.plan([("hip", 1, "a")])
        assert (again.state, again.number == entry.number) == ("waiting", False)


def test_it_knows_which_runs_wait_and_who_had_a_mail_of_them(tmp_path):
    with Journal(tmp_path) as journal:
        entries = journal.plan([("hip send 1", 1, "a"), ("hip send 1", 2, "b"), ("knee send 1", 1, "c")])
        journal.note(entries[0].number, "sent", "250")
        assert journal.waiting("hip ") == {"hip send 1": 1} and journal.waiting("hip ", ["hip send 1"]) == {}
        assert [journal.had(["hip send 1"], who) for who in ("a", "b", "abc")] == [1, 0, 1]


def test_it_can_be_forgotten(tmp_path):
    with Journal(tmp_path) as journal:
        for run in ("hip", "knee"):
            journal.plan([(run, 1, "a")])
        assert (journal.forget("hip"), journal.of("hip", "waiting"), journal.forget()) == (1, [], 1)


def test_a_damaged_journal_is_told(tmp_path):
    (tmp_path / FILE).write_bytes(b"no journal" * 200)
    (said,) = refused(Journal, tmp_path)
    assert said.startswith("the journal .mail.sqlite can't be read") and "move it away" in said


def test_a_full_disk_is_told(tmp_path):
    with Journal(tmp_path) as journal:
        journal._run("PRAGMA max_page_count=8")
        with pytest.raises(OSError, match="No space left"):
            journal.plan([("hip", row, str(row)) for row in range(2000)])
        assert journal.of("hip", "waiting") == []
