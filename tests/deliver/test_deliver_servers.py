"""Talks with a server that sends and with a mailbox: encrypted, with a password or a token, and what is told when
something is wrong."""

from __future__ import annotations

import ssl
import sys

import pytest
from project_kit import refused
from servers import AUTHORITY, PASSWORD, USER, Mailbox, Submission

from generator.deliver.account import Account, said_by, secret_of
from generator.deliver.imap import Folder, quoted, readable
from generator.deliver.smtp import Line

MAIL = b"Message-ID: <1@x>\r\nSubject: Hip\r\n\r\n.Read and keep.\r\n"


@pytest.fixture(autouse=True)
def trusted(monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))


def hand(kind, server, secret: str = PASSWORD, token: bool = False, security: str = "", user: str = USER, **more):
    with kind(Account("127.0.0.1", server.port, security or server.security, user, lambda: secret, token),
              **more) as way:
        return way.send(USER, ["ann@x.example"], MAIL, lambda: None)


WAYS = [(Line, Submission), (Folder, Mailbox)]


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(("kind", "place"), WAYS)
def test_a_mail_is_handed_over(kind, place, security):
    with place(security) as server:
        assert hand(kind, server).kind == "sent"
        assert hand(kind, server, "token-1", token=True).kind == "sent"
        taken = server.mails if kind is Line else server.laid
        assert [data for _, _, data in taken] == [MAIL, MAIL]


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(("kind", "place"), WAYS)
def test_an_expired_certificate_is_told_and_nothing_is_said_to_the_server(kind, place, security):
    with place(security, "expired") as server:
        (said,) = refused(hand, kind, server)
        assert said == ("the certificate of 127.0.0.1 does not hold: certificate has expired (nothing was sent; ask "
                        "whoever runs the server)")
        assert not (server.mails if kind is Line else server.laid)


@pytest.mark.parametrize(("kind", "place"), WAYS)
def test_a_certificate_that_nobody_has_signed_is_told(kind, place, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with place("tls") as server:
        assert "does not hold: unable to get local issuer certificate" in refused(hand, kind, server)[0]


@pytest.mark.parametrize(("kind", "place"), WAYS)
def test_a_certificate_for_another_name_is_told(kind, place):
    with place("tls") as server, kind(Account("127.0.0.1", server.port, "tls", USER, lambda: PASSWORD)) as way:
        way.context = ssl.create_default_context()
        plain = way.context.wrap_socket
        way.context.wrap_socket = lambda *words, server_hostname, **more: plain(
            *words, server_hostname="other.example", **more)
        said = refused(way.send, USER, ["ann@x.example"], MAIL, lambda: None)
        assert "does not hold: Hostname mismatch, certificate is not valid for 'other.example'" in said[0]


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(("kind", "place"), WAYS)
def test_a_wrong_password_and_a_wrong_token_are_told_and_not_quoted(kind, place, security):
    with place(security) as server:
        for token, word in ((False, "password"), (True, "token")):
            (said,) = refused(hand, kind, server, "hunter2", token=token)
            assert said.startswith(f"127.0.0.1 does not take the {word} of {USER}") and "hunter2" not in said


@pytest.mark.parametrize(("kind", "place"), WAYS)
def test_the_wrong_way_to_encrypt_is_told(kind, place):
    with place("starttls") as server:
        (said,) = refused(hand, kind, server, security="tls")
        assert said == (f"127.0.0.1, port {server.port}, does not speak TLS as it was asked to (look at port: in "
                        "mail.yaml, or try security: starttls)")
    with place("none") as server:
        (said,) = refused(hand, kind, server, security="starttls")
        assert said.startswith(f"127.0.0.1 offers no encryption on port {server.port}, so that nothing is")


# ── drafts ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("folders", "special", "asked", "found"), [
    ((r'(\HasNoChildren \Drafts) "/" "Entw&APw-rfe"',), False, None, '"Entw&APw-rfe"'),
    ((r'(\Drafts) "." INBOX.Drafts', r'() "." Drafts'), False, None, "INBOX.Drafts"),
    ((r'(\HasNoChildren \Drafts) NIL "a \"b\""',), True, None, r'"a \"b\""'),
    ((r'() "/" INBOX', '() "/" "drafts"'), False, None, '"drafts"'),
    ((), False, "Entwürfe", '"Entw&APw-rfe"'),
])
def test_the_folder_for_drafts_is_found(folders, special, asked, found):
    with Mailbox(folders=folders, special=special) as server:
        assert hand(Folder, server, folder=asked).kind == "sent"
        assert [(name, flags) for name, flags, _ in server.laid] == [(found, r"\Draft")]


def test_a_mailbox_without_a_folder_for_drafts_is_told():
    with Mailbox(folders=('() "/" INBOX', '() "/" "Entw&APw-rfe"')) as server:
        assert refused(hand, Folder, server) == [
            ("127.0.0.1 does not say which folder is for drafts (write it as imap: drafts: in mail.yaml; there is: "
            "INBOX, Entwürfe)")]


@pytest.mark.parametrize(("answer", "said"), [
    ("NO [OVERQUOTA] full", "the mailbox of ward@clinic.example is full (make room in it)"),
    ("NO [TRYCREATE] no such folder", "127.0.0.1 has no folder 'X' (look at imap: drafts: in mail.yaml)"),
    ("NO not for ann@x.example", "127.0.0.1 does not take a draft (--as files makes drafts as files)"),
])
def test_why_a_draft_is_not_taken_is_told(answer, said):
    with Mailbox(refuses=answer) as server:
        assert refused(hand, Folder, server, folder="X") == [said]


def test_a_line_that_breaks_after_the_data_leaves_it_unknown():
    with Mailbox(refuses="drop") as server:
        assert hand(Folder, server).kind == "unknown"


@pytest.mark.parametrize("name", ["Drafts", "Entwürfe", 'a "b" \\ & c', "下書き", "مسودات", "\U0001f4dd x"])
def test_names_of_folders_come_back(name):
    assert readable(quoted(name).encode()) == name
    assert quoted(name).isascii() and "\n" not in quoted(name + "\r\n")


# ── passwords and tokens ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_command_says_the_password_without_a_shell(tmp_path):
    program = tmp_path / "say it.py"
    program.write_text("import sys\nprint(sys.argv[1])\nprint('a second line')", "utf-8")
    python = sys.executable
    assert said_by(f"'{python}' '{program}' '$HOME; echo x'", "--password-command") == "$HOME; echo x"


@pytest.mark.parametrize(("command", "said"), [
    ("no-such-program-anywhere x", ("the command of --token-command can't be run: no such file or directory (it is run "
                                   "without a shell: give the whole path of the program)")),
    ("false", "the command of --token-command failed, with exit code 1 (run it by itself and see)"),
    ("true", "the command of --token-command says nothing (its first line is what is taken)"),
    ("echo 'x", "the command of --token-command can't be read: no closing quotation"),
    (" ", "the command of --token-command is empty"),
])
def test_a_command_that_says_nothing_is_told(command, said):
    assert refused(said_by, command, "--token-command") == [said]


def test_where_the_secret_comes_from():
    assert secret_of(None, None, {}) is None
    assert secret_of(None, None, {"LEAFLET_MAIL_PASSWORD": "a"})() == "a"
    assert secret_of("echo b", None, {"LEAFLET_MAIL_PASSWORD": "a"})() == "b"
