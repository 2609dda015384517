"""`leaflet mail --as send` and `--as draft`: what arrives, what a second run does, and what is told when it fails."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import os
import sqlite3
import sys
from pathlib import Path

import pikepdf
import pytest
from deliver.servers import AUTHORITY, PASSWORD, USER, Mailbox, Submission
from project_kit import new_project, run_command

from generator.deliver import journal as journals
from generator.door import commands

LEAFLET = """format: 1
language: en
title: Your new hip
summary: What happens, and when.
publisher: {name: Hip clinic, phone: "+44 20 7946 0000"}
introduction: An introduction that stands in the leaflet alone.
sections: [{heading: After it, body: Rest.}]
"""
SETTINGS = """sender: Hip clinic <ward@clinic.example>
reply_to: desk@clinic.example
{user}
rate: 6000
smtp: {{host: 127.0.0.1, port: {smtp}, security: {security}}}
imap: {{host: 127.0.0.1, port: {imap}}}
"""
ANN = ("--to", "Ann Smith <ann@x.example>")
SEND = ("mail", "hip/en", "--as", "send")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A project whose PDFs are built once."""
    contents = {"hip/en.yaml": LEAFLET, "hip/tr.yaml": LEAFLET.replace("language: en", "language: tr"),
                "draft/en.yaml": LEAFLET + "review: {status: draft}\n",
                "dear/en.yaml": LEAFLET.replace("An introduction", "Dear {name}, an introduction"),
                "named/en.yaml": LEAFLET.replace("Your new hip", '"Your new hip, {name}"')}
    root = new_project(tmp_path_factory.mktemp("clinic"), contents, ["handout", "shared"])
    os.chdir(root)
    with pytest.raises(SystemExit):
        commands.main(["eml", "hip/en"])
    return root


@pytest.fixture
def project(made, tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(made)
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
    monkeypatch.setenv("LEAFLET_MAIL_PASSWORD", PASSWORD)
    monkeypatch.setattr("generator.deliver.queue.PAUSE", 0.01)
    yield made
    for name in ("mail.yaml", "list.csv"):
        (made / name).unlink(missing_ok=True)
    for file in (made / "output").iterdir():
        if file.suffix != ".pdf" and file.name != ".built.json":
            file.unlink()


@pytest.fixture
def run(project, capsys):
    def run(*arguments) -> tuple:
        code, out, err = run_command(capsys, *arguments)
        assert PASSWORD not in out + err and "Traceback" not in err
        return code, out, err

    return run


def settings(project: Path, smtp=None, imap=None, security: str = "", user: str = USER) -> None:
    text = SETTINGS.format(smtp=smtp.port if smtp else 9, imap=imap.port if imap else 9,
                           user=f"user: {user}" * bool(user), security=security or (smtp.security if smtp else "tls"))
    (project / "mail.yaml").write_text(text, "utf-8")


def opened(data: bytes):
    return email.message_from_bytes(data, policy=email.policy.default)


def people(project: Path, rows: list[dict], name: str = "list.csv") -> str:
    with (project / name).open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return name


TWO = [{"name": "Ann Smith", "email": "ann@x.example", "consent": "yes"},
       {"name": "Ayşe Yılmaz", "email": "ayse@x.example", "consent": "Ja"}]


# ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mail_is_sent_once_whatever_is_asked_again(run, project):
    with Submission() as server:
        settings(project, server)
        code, out, err = run(*SEND, *ANN, "--to", "bo@x.example", "--cc", "gp@x.example")
        assert (code, err) == (0, "")
        assert out == "2 sent. To remove what is known of them:  leaflet forget output/.mail.sqlite\n"
        assert run(*SEND, *ANN, "--to", "bo@x.example", "--cc", "gp@x.example")[1].startswith("0 sent, 2 before.")
        assert run(*SEND, "--to", "cy@x.example")[1].startswith("1 sent.")
        assert [to for _, to, _ in server.mails] == [["ann@x.example", "gp@x.example"],
                                                     ["bo@x.example", "gp@x.example"], ["cy@x.example"]]
    first, second, _ = (opened(data) for _, _, data in server.mails)
    assert (first["From"], first["To"], first["Reply-To"], first["Cc"]) == (
        "Hip clinic <ward@clinic.example>", "Ann Smith <ann@x.example>", "desk@clinic.example", "gp@x.example")
    assert first["Date"] and first["X-Unsent"] is None and first["Message-ID"] != second["Message-ID"]
    assert [part.get_filename() for part in first.iter_attachments()] == ["hip-en-handout-a4.pdf"]
    assert "Dear Ann Smith," in first.get_body(("plain",)).get_content()


def test_force_sends_it_once_more_with_another_number(run, project):
    with Submission("none") as server:
        settings(project, server, user="")
        run(*SEND, *ANN)
        assert run(*SEND, *ANN, "--force")[1].startswith("1 sent.")
    one, two = (opened(data)["Message-ID"] for _, _, data in server.mails)
    assert one != two


def test_a_leaflet_that_changed_is_another_mail_but_not_within_a_run(run, project):
    file, journal = project / "content/hip/en.yaml", project / "output/.mail.sqlite"
    text = file.read_text("utf-8")
    try:
        with Submission("none") as server:
            settings(project, server, user="")
            run(*SEND, *ANN)
            file.write_text(text.replace("Rest.", "Walk."), "utf-8")
            assert run(*SEND, *ANN)[1].startswith("1 sent.")
            with sqlite3.connect(journal) as base:  # as a run that was ended leaves it
                (run_,) = base.execute("SELECT run FROM mails LIMIT 1").fetchone()
                base.execute("INSERT INTO mails VALUES ('x', ?, 'x', 9, 'waiting', 0, '')", (run_,))
            base.close()
            file.write_text(text.replace("Rest.", "Sit."), "utf-8")
            code, out, err = run(*SEND, *ANN)
            assert (code, out, len(server.mails)) == (1, "", 2)
            assert "has changed since a run that is not finished: 1 of these people have it already" in err
    finally:
        file.write_text(text, "utf-8")


def test_a_refused_address_is_told_and_the_others_get_theirs(run, project):
    with Submission(refused=("bo@x.example",)) as server:
        settings(project, server)
        code, out, err = run(*SEND, *ANN, "--to", "bo@x.example")
        assert (code, out[:7]) == (1, "1 sent.")
        assert err.startswith("the server does not take mail 2 (550 5.1.1): there is no such address (look at the ad")
        assert "bo@x" not in err
        assert run(*SEND, *ANN, "--to", "bo@x.example")[0] == 1, "it is told again, and not tried again"
        assert len(server.mails) == 1


def test_a_wrong_password_an_expired_certificate_and_no_server_are_told(run, project, monkeypatch):
    with Submission() as server:
        settings(project, server)
        code, out, err = run(*SEND, *ANN, "--password-command", "echo hunter2")
        assert (code, out[:18]) == (1, "0 sent, 1 waiting.")
        assert err.startswith("127.0.0.1 does not take the password of ward@clinic.example (535)")
        assert run(*SEND, *ANN, "--token-command", "echo token-1")[0] == 0, "what waited is sent"
    settings(project, server)
    assert "can't be reached: connection refused" in run(*SEND, "--to", "bo@x.example")[2]
    with Submission(certificate="expired") as server:
        settings(project, server)
        assert "certificate has expired" in run(*SEND, "--to", "bo@x.example")[2]


def test_a_line_that_breaks_leaves_a_mail_unknown_which_is_named_and_not_sent_again(run, project):
    class Broken(Submission):
        async def handle_DATA(self, server, session, envelope) -> str:
            await super().handle_DATA(server, session, envelope)
            server.transport.abort()
            return "250 ok"

    with Broken("none") as server:
        settings(project, server, user="")
        for _ in range(2):
            code, _, err = run(*SEND, *ANN)
            number = opened(server.mails[0][2])["Message-ID"]
            assert code == 1 and f"look for Message-ID {number} where sent mails are kept" in err
        assert len(server.mails) == 1
    assert run("forget", "output/.mail.sqlite")[1] == (
        f"removed what was known of 1 mail\nnobody knows whether it was sent: {number}\n")
    assert not (project / "output/.mail.sqlite").exists()


@pytest.mark.parametrize(("answer", "said"), [
    ("550 5.7.60 not from you", "127.0.0.1 wants no more mails from this account for now (550 5.7.60)"),
    ("451 4.7.1 later", "the server asked for patience again and again (give the same command later)"),
])
def test_a_server_that_takes_nothing_now_is_told_and_the_mail_waits(run, project, answer, said):
    class Busy(Submission):
        async def handle_MAIL(self, server, session, envelope, address, options) -> str:
            self.asked += 1
            return answer

    with Busy("none") as server:
        server.asked = 0
        settings(project, server, user="")
        code, out, err = run(*SEND, *ANN)
        assert (code, out[:18]) == (1, "0 sent, 1 waiting.") and err.startswith(said)
        assert server.asked == (1 if answer[0] == "5" else 6)


def test_a_full_disk_is_told(run, project, monkeypatch):
    plain = journals.Journal.note

    def full(self, number, state, code=""):
        raise OSError(28, "No space left on device", str(self.file))

    with Submission("none") as server:
        settings(project, server, user="")
        monkeypatch.setattr(journals.Journal, "note", full)
        code, _, err = run(*SEND, *ANN)
        assert (code, err) == (1, "output/.mail.sqlite: cannot be written or read: no space left on device\n")
        assert server.mails == [], "what can't be noted is not sent"
        monkeypatch.setattr(journals.Journal, "note", plain)
        assert run(*SEND, *ANN)[0] == 0 and len(server.mails) == 1


@pytest.mark.parametrize(("text", "way", "said"), [
    (None, "send", "the mails have no sender (give sender: in mail.yaml, or --from ADDRESS)"),
    ("sender: a@x.example\n", "send", "mail.yaml:1:1: no server is named for sending mails (give smtp: {host: …} in"),
    ("sender: a@x.example\n", "draft", "mail.yaml:1:1: no server is named for drafts (give imap: {host: …} in"),
    ("sender: a@x.example\nimap: {host: x.example}\n", "draft", "mail.yaml:1:1: no user is named who logs in"),
    ("sender: a@x.example\nuser: a\nsmtp: {host: x.example}\n", "send", ("there is no password for a (give it "
     "in LEAFLET_MAIL_PASSWORD, or with --password-command or --token-command)")),
    ("password: x\n", "send", "mail.yaml:1:1: unknown key 'password' (a secret stands in no file of a project"),
])
def test_settings_that_are_lacking_are_told(run, project, monkeypatch, text, way, said):
    monkeypatch.delenv("LEAFLET_MAIL_PASSWORD")
    if text:
        (project / "mail.yaml").write_text(text, "utf-8")
    code, out, err = run("mail", "hip/en", "--as", way, *ANN)
    assert (code, out) == (1, "") and err.startswith(said)


@pytest.mark.parametrize("arguments", [
    ("--as", "send"), ("--as", "draft"), (*ANN, "--recipients", "list.csv"), (*ANN, "--password-command", "x"),
    (*ANN, "--as", "send", "--password-command", "x", "--token-command", "y"), (*ANN, "--skip-bad"),
    ("-r", "list.csv", "--full", "--password-from", "x"), ("-r", "list.csv", "--with", "tr"),
    ("hip/tr", "-r", "list.csv"), ("-r", "list.csv", "--encoding", "x-none"),
])
def test_wrong_usage_is_2(run, project, arguments):
    people(project, TWO)
    code, out, _ = run("mail", "hip/en", *arguments)
    assert (code, out) == (2, "")


# ── drafts in a mailbox ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_laid_down_in_the_mailbox(run, project):
    with Mailbox() as server:
        settings(project, imap=server)
        code, out, err = run("mail", "hip/en", "--as", "draft", *ANN)
        assert (code, err, out[:25]) == (0, "", "1 laid down as drafts. To")
        assert run("mail", "hip/en", "--as", "draft", *ANN)[1].startswith("0 laid down as drafts, 1 before.")
        ((folder, flags, data),) = server.laid
    assert (folder, flags) == ('"Entw&APw-rfe"', "\\Draft")
    assert opened(data)["To"] == "Ann Smith <ann@x.example>"


# ── a list of people ─────────────────────────────────────────────────────────────────────────────────────────────────


def words(pdf: bytes, password: str = "") -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf, password=password or None) as document:
        return document[0].get_textpage().get_text_bounded()


def test_each_of_a_list_gets_the_own_copy_once(run, project):
    name = people(project, TWO)
    with Submission("none") as server:
        settings(project, server, user="")
        assert run(*SEND, "-r", name)[:2] == (
            0, "2 sent. To remove what is known of them:  leaflet forget output/.mail.sqlite\n")
        people(project, [*TWO, {"name": "Bo", "email": "bo@x.example", "consent": "x"}])
        lines = run(*SEND, "-r", name, "--dry-run")[1].splitlines()
        assert lines[:2] == ["row 2  not again: sent before", "row 3  not again: sent before"]
        assert lines[2].startswith("row 4  hip-en-handout-a4.pdf") and lines[3].startswith("1 mail, ")
        assert run(*SEND, "-r", name)[1].startswith("1 sent, 2 before."), "who is new in the list gets it"
    for (_, to, data), row in zip(server.mails, TWO):
        mail = opened(data)
        (pdf,) = mail.iter_attachments()
        assert to == [row["email"]] and f"Dear {row['name']}," in mail.get_body(("plain",)).get_content()
        assert pdf.get_filename() == "hip-en-handout-a4.pdf" and row["name"] in words(pdf.get_content())
        assert row["name"].split()[0].lower() not in f"{mail['Subject']} {mail['Message-ID']}".lower()
    assert not list((project / "output").glob("*.eml"))
    assert b"ann" not in (project / "output/.mail.sqlite").read_bytes().lower()


def test_copies_are_encrypted_with_the_persons_own_password(run, project):
    rows = [{"id": "p1", "name": "Ann Smith", "email": "ann@x.example", "birthday": "1.2.1950", "language": "tr"}]
    with Submission("none") as server:
        settings(project, server, user="")
        assert run(*SEND, "-r", people(project, rows), "--password-from", "birthday")[0] == 0
    ((_, _, data),) = server.mails
    (pdf,) = opened(data).iter_attachments()
    assert pdf.get_filename() == "hip-tr-handout-a4.pdf"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(pdf.get_content()))
    assert "Ann Smith" in words(pdf.get_content(), "1.2.1950")
    text = opened(data).get_body(("plain",)).get_content()
    assert "Merhaba Ann Smith" in text and "Broşür, bizimle kararlaştırdığınız parolayla açılır." in text


@pytest.mark.parametrize(("rows", "more", "said"), [
    ([{"name": "Ann"}], (), "list.csv:1:1: there is no column 'email'"),
    ([{"name": "Ann", "email": "a@x.example"}], (), "list.csv:1:1: there is no column 'consent'"),
    ([TWO[0] | {"consent": "no"}], (), "list.csv:2:3: this person has not agreed to a mail that others on its way cou"),
    ([TWO[0] | {"email": "ann@x"}], (), "list.csv:2:2: this is no e-mail address"),
    ([TWO[0] | {"email": "a@x.example\nBcc: b@x.example"}], (), "list.csv:2:2: "),
    ([TWO[0] | {"name": "Ann\r\nBcc: <b@x.example>"}], (), "list.csv:2:1: "),
    ([TWO[0], TWO[0]], (), "list.csv:3:2: this row says the same as one above it"),
    ([TWO[0] | {"language": "de"}], (), "list.csv:2:4: the leaflet is not there in this language"),
    ([TWO[0] | {"content": "draft"}], (), "content/draft/en.yaml:8:18: this is a draft, which is not mailed"),
    ([TWO[0] | {"content": "named"}], (), "content/named/en.yaml:3:8: a field stands in the title, which the letter q"),
    ([TWO[0] | {"consent": ""}], ("--password-from", "pin"), "list.csv:1:1: there is no column 'pin'"),
])
def test_what_is_wrong_with_a_list_is_told_before_anything_is_sent(run, project, rows, more, said):
    with Submission("none") as server:
        settings(project, server, user="")
        code, out, err = run(*SEND, "-r", people(project, rows), *more)
        assert (code, out, server.mails) == (1, "", []) and said in err
        assert "ann" not in err.lower().replace("nn@x.example is not", "")
        assert "no column" not in said or "list.csv:2:" not in err, "a missing column is told once, not for each row"


def test_skip_bad_mails_the_others(run, project):
    rows = [TWO[0] | {"consent": "no"}, TWO[1]]
    with Submission("none") as server:
        settings(project, server, user="")
        code, out, err = run(*SEND, "-r", people(project, rows), "--skip-bad")
        assert (code, out[:7]) == (0, "1 sent.") and "list.csv:2:3: warning: this person has not agreed" in err
        assert [to for _, to, _ in server.mails] == [["ayse@x.example"]]


def test_a_dry_run_shows_addresses_to_the_person_at_the_terminal_alone(run, project, monkeypatch):
    before = sorted((project / "output").iterdir())
    code, out, err = run(*SEND, "-r", people(project, TWO), "--dry-run")
    assert (code, err) == (0, "")
    line = r"row {}  hip-en-handout-a4\.pdf  \d+ kB\n"
    import re

    assert re.fullmatch(line.format(2) + line.format(3) + r"2 mails, \d+ kB\. None was sent\.\n", out)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "row 2  Ann Smith <ann@x.example>  hip-en-handout-a4.pdf" in run(*SEND, "-r", "list.csv", "--dry-run")[1]
    assert sorted((project / "output").iterdir()) == before


def test_full_puts_the_leaflet_with_the_persons_words_into_the_mail(run, project):
    with Submission("none") as server:
        settings(project, server, user="")
        assert run("mail", "dear/en", *SEND[2:], "-r", people(project, TWO[:1]), "--full")[0] == 0
    text = opened(server.mails[0][2]).get_body(("plain",)).get_content()
    assert text.count("Dear Ann Smith, an introduction that stands in the leaflet alone.") == 1


def test_a_list_as_files(run, project):
    code, out, _ = run("eml", "hip/en", "-r", people(project, TWO))
    assert (code, out) == (0, "wrote  output/hip-en-handout-a4.eml\nwrote  output/hip-en-handout-a4-2.eml\n")
