"""mail.yaml: how leaflets are mailed, with no secret in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_kit import refused

from generator.model.mailing import Mailing, port_of
from generator.read.mailing import read_mailing

WHOLE = """\
sender: Hip clinic <ward@clinic.example>
reply_to: desk@clinic.example
user: ward@clinic.example
rate: 20
smtp:
  host: smtp.clinic.example
imap:
  host: imap.clinic.example
  drafts: Entwürfe
"""


def file(folder: Path, text: str) -> Path:
    (folder / "mail.yaml").write_text(text, encoding="utf-8")
    return folder


def test_settings(tmp_path):
    mailing = read_mailing(file(tmp_path, WHOLE))
    assert (mailing.sender.bare, mailing.sender.name) == ("ward@clinic.example", "Hip clinic")
    assert (mailing.reply_to.bare, mailing.user, mailing.rate) == ("desk@clinic.example", "ward@clinic.example", 20.0)
    assert (mailing.smtp.host, mailing.smtp.security, port_of(mailing.smtp)) == ("smtp.clinic.example", "starttls", 587)
    assert (mailing.imap.security, port_of(mailing.imap), mailing.imap.drafts) == ("tls", 993, "Entwürfe")


def test_a_project_without_settings(tmp_path):
    assert read_mailing(tmp_path) == Mailing()


@pytest.mark.parametrize(("text", "said"), [
    ("password: hunter2\n", ("mail.yaml:1:1: unknown key 'password' (a secret stands in no file of a project; "
                            "docs/mail.md says where it comes from)")),
    ("token_command: cat token\n", ("mail.yaml:1:1: unknown key 'token_command' (a secret stands in no file of a "
                                   "project; docs/mail.md says where it comes from)")),
    ("smtp: {host: smtp.x.example, password: hunter2}\n", ("mail.yaml:1:30: unknown key 'password' (a secret stands in "
                                                          "no file of a project; docs/mail.md says where it "
                                                          "comes from)")),
    ("sender: ward at clinic\n", ("mail.yaml:1:9: 'sender' must be an e-mail address, not 'ward at clinic' (with or "
                                 "without a name, as in Hip clinic <ward@clinic.example>)")),
    ("sender: a@b.example, c@d.example\n", ("mail.yaml:1:9: 'sender' must be an e-mail address, not 'a@b.example, "
                                           "c@d.example' (with or without a name, as in Hip clinic "
                                           "<ward@clinic.example>)")),
    ('sender: "a\\nBcc: x <a@b.example>"\n', ("mail.yaml:1:9: 'sender' must be an e-mail address, not 'a Bcc: x "
                                             "<a@b.example>' (it holds a character that cannot be seen)")),
    ("smtp: {host: 'https://smtp.x.example'}\n", ("mail.yaml:1:14: 'host' must be the name of a server, like "
     "smtp.clinic.example, not 'https://smtp.x.example' (without https:// and without a port)")),
    ("smtp: {security: tls}\n", "mail.yaml:1:7: the key 'host' is missing here"),
    ("smtp: {host: smtp.x.example, security: ssl}\n",
     "mail.yaml:1:40: 'security' must be starttls, tls or none, not 'ssl'"),
    ("rate: 0\nsmtp: {host: smtp.x.example, port: 70000, security: none}\n",
     ("mail.yaml:1:7: 'rate' must be more than 0 and at most 10,000 mails a minute (25 is what most servers take)\n"
     "mail.yaml:2:36: 'port' must be a number from 1 to 65535\n"
     "mail.yaml:2:53: 'none' is for a server on this machine, not for smtp.x.example (tls or starttls: else everybody "
     "on the way could read the mails)")),
])
def test_what_is_wrong_is_told_at_its_place(tmp_path, text, said):
    assert refused(read_mailing, file(tmp_path, text)) == said.split("\n")
