"""A campaign through a server that fails at random: none is lost, none is doubled, every unknown is named."""

from __future__ import annotations

from base64 import b64encode

import pytest
from deliver.post_office import PostOffice
from project_kit import refused

from generator.deliver.account import Account
from generator.deliver.journal import Journal
from generator.deliver.queue import Mail, Stopped, counted, send
from generator.deliver.smtp import Line

COUNT = 120


class Killed(BaseException):
    """Stands for the end of the program at any moment."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The disk is not waited for: these tests end programs, and cut no power."""
    plain = Journal.__init__

    def opened(self, folder) -> None:
        plain(self, folder)
        self._run("PRAGMA synchronous=OFF")

    monkeypatch.setattr(Journal, "__init__", opened)


def mails(count: int = COUNT) -> list[Mail]:
    return [Mail("hip", row, str(row), "ward@clinic.example", (f"{row}@x.example",), written)
            for row in range(1, count + 1)]


def written(number: str) -> bytes:
    return f"Message-ID: <{number}>\r\nSubject: Hip\r\n\r\n.A line with a dot\r\n".encode()


def line(office: PostOffice) -> Line:
    return Line(Account("127.0.0.1", office.port, "none"))


def go(journal: Journal, office: PostOffice, count: int = COUNT, **more) -> None:
    with line(office) as wire:
        send(mails(count), journal, wire, rate=1e9, sleep=lambda seconds: None, **more)


def test_each_gets_one_and_a_second_run_sends_nothing(tmp_path):
    with PostOffice() as office, Journal(tmp_path) as journal:
        go(journal, office)
        go(journal, office)
        assert counted("hip", journal) == {"waiting": 0, "sent": COUNT, "refused": 0, "unknown": 0}
        assert set(office.taken.values()) == {1} and len(office.taken) == COUNT
        assert office.data.endswith(b"\r\n\r\n.A line with a dot\r\n"), "a dot at the beginning of a line arrives"


@pytest.mark.parametrize("seed", range(3))
def test_over_faults_and_kills_none_is_lost_none_doubled_and_every_unknown_is_named(tmp_path, seed):
    kills = 0
    with PostOffice(seed, faults=0.05, refused=frozenset({"7@x.example"})) as office:
        dice = office.random.__class__(seed)
        for _ in range(60):
            journal = Journal(tmp_path)
            # the program ends just before a state is on disk, or just after
            plain, left = journal.note, dice.randrange(5, 60)

            def note(number, state, code="", plain=plain, journal=journal):
                nonlocal left, kills
                left -= 1
                if left == 0:
                    kills += 1
                    if dice.random() < 0.5:
                        plain(number, state, code)
                    raise Killed
                plain(number, state, code)

            journal.note = note
            wire = line(office)
            try:
                send(mails(), journal, wire, rate=1e9, sleep=lambda seconds: None)
            except Killed:
                continue
            finally:
                wire.drop()
                journal.__exit__()
            if not counted_in(tmp_path)["waiting"]:
                break
        found = counted_in(tmp_path)
        assert kills > 3 and found["waiting"] == 0 and found["refused"] == 1
        assert sum(found.values()) == COUNT, "none is lost"
        assert max(office.taken.values()) == 1, "none is doubled"
        with Journal(tmp_path) as journal:
            sent = {entry.number for entry in journal.of("hip", "sent")}
            unknown = {entry.number for entry in journal.of("hip", "unknown")}
        assert sent <= set(office.taken), "what is said to be sent was taken"
        assert set(office.taken) - sent <= unknown, "what was taken and is not said to be sent is unknown"
        assert len(unknown) <= office.cut + kills


def counted_in(folder) -> dict[str, int]:
    with Journal(folder) as journal:
        return counted("hip", journal)


def test_a_journal_that_forgets_is_seen(tmp_path):
    """The test above can fail: a sender that does not write down its intent sends twice."""
    with PostOffice(1, faults=0.2) as office:
        for _ in range(10):
            with Journal(tmp_path) as journal, line(office) as wire:
                plain = journal.note
                journal.note = lambda number, state, code="", plain=plain: plain(
                    number, "waiting" if state in ("intent", "unknown") else state, code)
                send(mails(60), journal, wire, rate=1e9, sleep=lambda seconds: None)
        assert max(office.taken.values()) > 1


def test_the_rate_is_kept(tmp_path):
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    with PostOffice() as office, Journal(tmp_path) as journal, line(office) as wire:
        send(mails(10), journal, wire, rate=25, sleep=sleep, clock=lambda: now[0])
    assert now[0] == pytest.approx(9 * 60 / 25)


@pytest.mark.parametrize(("fault", "said", "count"), [("550 5.7.501 account disabled", "550 5.7.501", 5),
                                                      ("drop", None, 100)])
def test_a_server_that_wants_no_more_and_a_network_that_is_gone_stop_the_run(fault, said, count, tmp_path):
    with PostOffice() as office, Journal(tmp_path) as journal:
        office.fault = lambda: fault
        with pytest.raises(Stopped, match=said):
            go(journal, office, count)
        assert counted("hip", journal) == {"waiting": count, "sent": 0, "refused": 0, "unknown": 0}


def test_who_may_not_send_at_all_stops_the_run_and_marks_nobody_as_refused(tmp_path):
    with PostOffice() as office, Journal(tmp_path) as journal:
        office.answers["MAIL"] = "553 5.1.8 not your address"
        with pytest.raises(Stopped, match="553 5.1.8"):
            go(journal, office, 5)
        assert counted("hip", journal)["waiting"] == 5


def test_a_full_mailbox_is_the_matter_of_one_recipient(tmp_path):
    with PostOffice() as office, Journal(tmp_path) as journal:
        office.answers["RCPT"] = "552 5.2.2 mailbox full"
        go(journal, office, 5)
        assert counted("hip", journal)["refused"] == 5


def test_one_recipient_twice_gets_one_mail(tmp_path):
    with PostOffice() as office, Journal(tmp_path) as journal, line(office) as wire:
        send([*mails(3), *mails(3)], journal, wire, rate=1e9)
        assert sorted(office.taken.values()) == [1, 1, 1]


def test_a_server_that_is_not_there_is_told(tmp_path):
    with PostOffice() as office:
        port = office.port
    wire = Line(Account("127.0.0.1", port, "none"))
    (said,) = refused(wire.send, "a@x.example", ["b@x.example"], b"x", lambda: None)
    assert said.startswith(f"127.0.0.1, port {port}, can't be reached: connection refused")


def test_nothing_goes_over_the_network_without_encryption():
    wire = Line(Account("smtp.clinic.example", 25, "none"))
    (said,) = refused(wire.send, "a@x.example", ["b@x.example"], b"x", lambda: None)
    assert "is not on this machine, so that it is not spoken to without encryption" in said


def test_too_large_a_mail_and_an_address_that_the_server_can_not_take(tmp_path):
    with PostOffice() as office, line(office) as wire:
        assert wire.send("a@x.example", ["b@x.example"], b"x" * 10_000_001, lambda: None).code == "552 5.3.4"
        data = b"Message-ID: <1@x>\r\n\r\nx\r\n"
        assert wire.send("a@x.example", ["ü@x.example"], data, lambda: None).kind == "sent"


def test_a_password_and_a_token_open_the_door_and_wrong_ones_are_told(tmp_path):
    data, ways = b"Message-ID: <1@x>\r\n\r\nx\r\n", {
        False: ("PLAIN " + b64encode(b"\0ward\0right").decode(), "password"),
        True: ("XOAUTH2 " + b64encode(b"user=ward\x01auth=Bearer right\x01\x01").decode(), "token"),
    }
    for token, (login, name) in ways.items():
        with PostOffice(login=login) as office:
            for secret in ("right", "wrong"):
                wire = Line(Account("127.0.0.1", office.port, "none", "ward", lambda secret=secret: secret, token))
                with wire:
                    if secret == "right":
                        assert wire.send("a@x.example", ["b@x.example"], data, lambda: None).kind == "sent"
                        continue
                    (said,) = refused(wire.send, "a@x.example", ["b@x.example"], data, lambda: None)
                    assert said.startswith(f"127.0.0.1 does not take the {name} of ward (535)") and "wrong" not in said
            assert sum(office.taken.values()) == 1
