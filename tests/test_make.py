"""The Makefile: its help, and what it says on a machine that lacks something. Nothing is installed here."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from project_kit import ROOT

OLD = """case "$2" in *version_info?:2?*) echo 3.9;; *) exit 1;; esac"""
BARE = """case "$2" in *version_info?:2?*) echo 3.12;; *ensurepip*) exit 1;; esac"""
GOOD = """case "$2" in *version_info?:2?*) echo 3.13;; esac
case "$1" in -m) mkdir -p .venv/bin; touch .venv/bin/python;; esac"""


@pytest.fixture
def make(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)

    def make(*arguments, **pythons):
        for name, script in pythons.items():
            (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
            (tmp_path / name).chmod(0o755)
        tried = ["PYTHON=" + " ".join(f"./{name}" for name in pythons)] if pythons else []
        return subprocess.run(["make", "--no-print-directory", *arguments, *tried], check=False, cwd=tmp_path,
                              capture_output=True, text=True)

    return make


def test_help_names_every_target(make):
    said = make("help").stdout
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split())
    assert {line.split()[1] for line in said.splitlines()} == phony
    assert {"all", "test", "check", "clean", "lint", "golden", "schema", "lock", "help"} <= phony


def test_an_old_python_is_named(make):
    done = make(".venv/bin/python", old=OLD)
    assert done.returncode != 0
    assert "Python 3.11 or newer" in done.stderr
    assert "./old is Python 3.9, which is too old" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_a_python_without_venv_says_what_to_install(make):
    done = make(".venv/bin/python", bare=BARE)
    assert done.returncode != 0
    assert "sudo apt install python3.12-venv" in done.stderr


def test_no_python_at_all(make, tmp_path):
    done = make(".venv/bin/python", "PYTHON=./none")
    assert done.returncode != 0
    assert "Python 3.11 or newer" in done.stderr


def test_the_first_python_that_will_do_is_taken(make, tmp_path):
    done = make(".venv/bin/python", old=OLD, bare=BARE, good=GOOD)
    assert done.returncode == 0, done.stderr
    assert "with ./good" in done.stdout
    assert (tmp_path / ".venv/bin/python").exists()


def test_nothing_is_installed_twice(make, tmp_path):
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml", ".venv/bin/python", ".venv/ready",
                 ".venv/ready-to-test"):
        (tmp_path / name).touch()
    assert "pip" not in make("-n", "all").stdout
    assert "pip" not in make("-n", "test").stdout
    (tmp_path / "requirements.lock").write_text("newer")
    (tmp_path / ".venv/ready").unlink()
    assert "pip" in make("-n", "all").stdout
