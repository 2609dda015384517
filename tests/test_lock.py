"""The locks: every package that pyproject.toml asks for, in a version it allows, with hashes and no address."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from project_kit import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
TEST = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["test"]


def faults(lock: str, wanted: list[str]) -> list[str]:
    found = [f"address: {line}" for line in lock.splitlines() if re.search(r"://|@|--\w*-?(?:index|find|host)", line)]
    versions: dict[str, str] = {}
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", lock))
    for entry in filter(str.strip, entries):
        head, *hashes = (line.strip(" \\") for line in entry.strip().splitlines())
        pinned = re.fullmatch(r"([\w.-]+)==([\w.+!-]+)(?: ; .+)?", head)
        if not pinned:
            found.append(f"not one version: {head}")
            continue
        versions[canonicalize_name(pinned[1])] = pinned[2]
        if not hashes or not all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes):
            found.append(f"without hashes: {head}")
    for requirement in map(Requirement, wanted):
        version = versions.get(canonicalize_name(requirement.name))
        if version is None:
            found.append(f"missing: {requirement}")
        elif version not in requirement.specifier:
            found.append(f"outside its range: {requirement}, locked {version}")
    return found


BENCH, READERS = (PROJECT["project"]["optional-dependencies"][extra] for extra in ("bench", "readers"))
LOCKS = [
    ("requirements.lock", RUN), ("requirements-test.lock", TEST), ("requirements-bench.lock", BENCH),
    ("requirements-readers.lock", READERS),
]


@pytest.mark.parametrize(("name", "wanted"), LOCKS)
def test_the_lock_holds_what_the_project_asks_for(name, wanted):
    assert faults((ROOT / name).read_text(encoding="utf-8"), wanted) == []


def test_both_locks_agree():
    run, test = (
        dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", (ROOT / name).read_text()))
        for name in ("requirements.lock", "requirements-test.lock")
    )
    assert {name: test[name] for name in run if name != "setuptools"} == {
        name: version for name, version in run.items() if name != "setuptools"
    }


HASH = "    --hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        (f"a==1.2 \\\n{HASH}\n", None),
        (f"# made by\nA==1.2 ; sys_platform == 'win32' \\\n{HASH} \\\n{HASH}\n", None),
        (f"a==2.0 \\\n{HASH}\n", "outside its range"),
        (f"b==1.2 \\\n{HASH}\n", "missing"),
        ("a==1.2\n", "without hashes"),
        ("a==1.2 \\\n    --hash=md5:00\n", "without hashes"),
        (f"a>=1.2 \\\n{HASH}\n", "not one version"),
        ("--" + f"index-url https://x.example\na==1.2 \\\n{HASH}\n", "address"),
        (f"a==1.2 \\\n{HASH}\n# from https://x.example\n", "address"),
        ("a @ file:../a.whl\n", "address"),
    ],
)
def test_a_fault_is_found(lock, said):
    found = faults(lock, ["a>=1,<2"])
    assert (found == []) if said is None else any(line.startswith(said) for line in found)
