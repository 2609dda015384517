"""Every command of docs/mail.md does what the guide says, with servers on this machine in place of the provider's."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest
from deliver.servers import AUTHORITY, PASSWORD, USER, Mailbox, Submission
from project_kit import ROOT, new_project, run_command

LEAFLET = """format: 1
language: en
title: Your new hip
introduction: Read and keep.
publisher: {name: Hip clinic}
"""
SETTINGS = """sender: Hip clinic <ward@clinic.example>
user: {user}
rate: 6000
smtp: {{host: 127.0.0.1, port: {smtp}}}
imap: {{host: 127.0.0.1, port: {imap}}}
"""
GUIDE = (ROOT / "docs" / "mail.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"^```sh\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
         for line in block.split("\n") if line]


@pytest.mark.skipif(os.name != "posix", reason="the commands that say a password are scripts of a shell")
def test_all_commands_of_the_guide_work(tmp_path, monkeypatch, capsys):
    contents = {"kyphoplasty-vs-vertebroplasty/en.yaml": LEAFLET}
    root = new_project(tmp_path, contents, ["handout", "large-print", "shared"])
    (root / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "sample-mail-list.csv", root / "docs")
    for name, secret in (("pass", PASSWORD), ("pizauth", "token-1")):
        program = root / name
        program.write_text(f"#!/bin/sh\necho '{secret}'\n", "utf-8")
        program.chmod(0o700)
    monkeypatch.chdir(root)
    monkeypatch.setenv("PATH", f"{root}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("SSL_CERT_FILE", str(AUTHORITY))
    monkeypatch.setenv("LEAFLET_MAIL_PASSWORD", PASSWORD)
    with Submission() as post, Mailbox() as mailbox:
        Path("mail.yaml").write_text(SETTINGS.format(user=USER, smtp=post.port, imap=mailbox.port), "utf-8")
        for line in LINES:
            if line.startswith("leaflet forget") and not Path("output/.mail.sqlite").exists():
                continue  # the guide says it twice
            assert run_command(capsys, *shlex.split(line)[1:])[::2] == (0, ""), line
        assert len(LINES) >= 10 and len(post.mails) >= 4 and len(mailbox.laid) >= 1
        assert len(list(Path("output").glob("*.eml"))) == 2
