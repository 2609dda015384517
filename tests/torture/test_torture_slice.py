"""A slice of `make torture`, of a few seconds; and that the campaign can find something."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import builds
import campaign as campaigns
import large
import mutants

INPUTS = 260
"""10 of each kind."""


@pytest.fixture(scope="module")
def project_of_all(tmp_path_factory):
    folder = tmp_path_factory.mktemp("torture")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEAFLET_CACHE", str(folder / "cache"))
        yield campaigns.Campaign(mutants.project(folder / "project"), seed=1)


@pytest.fixture
def campaign(project_of_all):
    project_of_all.tried, project_of_all.told, project_of_all.found = Counter(), Counter(), []
    return project_of_all


def test_damaged_files_are_read_or_told(campaign):
    campaign.inputs(INPUTS, builds=50)
    assert sum(campaign.tried.values()) == INPUTS and len(campaign.tried) == len(campaign.kinds)
    assert not campaign.found, campaign.found[0][1]
    assert sum(campaign.told.values()) > INPUTS // 3, "else nothing is damaged"
    assert all(campaign.told[kind] for kind in campaign.kinds if kind not in ("manifest", "cache")), campaign.told
    assert {"inks", "sheet"} <= set(campaign.kinds), "make setup installs what these need"


def test_builds_that_are_killed_leave_whole_files(tmp_path):
    killed, wrong = builds.kills(mutants.project(tmp_path / "killed"), 2)
    assert not wrong and killed


def test_the_same_seed_makes_the_same_damages():
    import random

    made = [[mutants.mutant(b"some text\n" * 9, random.Random(7), [b"other"]) for _ in range(20)] for _ in range(2)]
    assert made[0] == made[1] and len(set(made[0])) == 1
    chance = random.Random(7)
    assert len({mutants.mutant(b"some text\n" * 9, chance, [b"other"]) for _ in range(50)}) > 30


@pytest.mark.parametrize("fault", [lambda *_: 1 / 0, lambda *_: time.sleep(5)], ids=["another exception", "too slow"])
def test_the_campaign_finds_a_fault(campaign, monkeypatch, fault):
    monkeypatch.setattr(campaigns, "SLOWEST", 1)
    monkeypatch.setattr(campaigns, "read_printers", fault)
    campaign.inputs(1, kinds=("printers",), builds=10**9)
    ((kind, said, _),) = campaign.found
    assert kind == "printers" and ("ZeroDivisionError" in said or "Slow" in said)


def test_the_kills_find_a_torn_file(tmp_path, monkeypatch):
    made, seen = builds.made, []

    def torn(root):
        seen.append(None)
        return {name: data[: -len(seen)] for name, data in made(root).items()}

    monkeypatch.setattr(builds, "made", torn)
    assert builds.kills(mutants.project(tmp_path / "killed"), 1)[1]


# ── full disks, two runs in one folder, large inputs ─────────────────────────────────────────────────────────────────


UNDISTURBED: dict[str, tuple[dict[str, bytes], float]] = {}
"""What each run makes that nobody disturbs, and the seconds that it takes: the same in every copy of the project."""


@pytest.fixture
def cache(tmp_path_factory, monkeypatch):
    alone = builds.alone
    monkeypatch.setattr(builds, "alone", lambda root, name: UNDISTURBED.get(name)
                        or UNDISTURBED.setdefault(name, alone(root, name)))
    monkeypatch.setenv("LEAFLET_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def test_a_full_disk_leaves_whole_files(tmp_path, cache):
    full, wrong = builds.disks(mutants.project(tmp_path / "full"), 4, runs=("build", "zip"))
    assert not wrong, wrong[0]
    assert full


def test_two_runs_in_one_folder_end_well(tmp_path, cache):
    _, wrong = builds.pairs(mutants.project(tmp_path / "pair"), 2, runs=("build", "zip"))
    assert not wrong, wrong[0]


def test_a_file_that_is_torn_and_one_that_is_left_behind_are_found(tmp_path, cache, monkeypatch):
    def untidy(file, data):
        for name in (file, file.with_name(f".{file.name}.part")):
            with open(name, "wb") as stream:
                stream.write(data)

    monkeypatch.setattr("generator.recipe.build.write", untidy)
    wrong = "".join(builds.disks(mutants.project(tmp_path / "full"), 2, runs=("build",))[1])
    assert "torn: ['leaf" in wrong and "left behind: ['." in wrong


def test_two_runs_that_make_something_else_are_found(tmp_path, cache, monkeypatch):
    monkeypatch.setattr(builds, "alone", lambda root, name: ({"leaf-en-handout-a4.pdf": b"another"}, 0.1))
    assert "torn: ['leaf" in builds.pairs(mutants.project(tmp_path / "pair"), 1, runs=("build",))[1][0]


def test_large_inputs_are_built_or_refused_within_bounds(tmp_path, cache, monkeypatch):
    tried = list(large.all_of(tmp_path / "large", 0.01, layouts=("handout",)))
    assert len(tried) == len(large.INPUTS)
    assert [wrong for _, wrong in tried if wrong] == []
    monkeypatch.setattr(large, "MOST", 1)
    monkeypatch.setattr(large, "resident", lambda: 0.0)
    ((_, wrong),) = large.all_of(tmp_path / "small", 0.001, ("10,000 items",), ("handout",))
    assert wrong == "more than 1 MB"
