"""A slice of `make torture`, of a few seconds; and that the campaign can find something."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import campaign as campaigns
import mutants

INPUTS = 450
"""30 of each kind."""


@pytest.fixture
def campaign(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAFLET_CACHE", str(tmp_path / "cache"))
    return campaigns.Campaign(mutants.project(tmp_path / "project"), seed=1)


def test_damaged_files_are_read_or_told(campaign):
    campaign.inputs(INPUTS, builds=50)
    assert sum(campaign.tried.values()) == INPUTS and len(campaign.tried) == len(campaign.kinds)
    assert not campaign.found, campaign.found[0][1]
    assert sum(campaign.told.values()) > INPUTS // 3, "else nothing is damaged"
    assert all(campaign.told[kind] for kind in campaign.kinds if kind not in ("manifest", "cache")), campaign.told


def test_builds_that_are_killed_leave_whole_files(tmp_path):
    killed, wrong = campaigns.kills(mutants.project(tmp_path / "killed"), 3)
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
    pdfs = campaigns._pdfs
    seen = []

    def torn(root):
        seen.append(None)
        return {name: data[: -len(seen)] for name, data in pdfs(root).items()}

    monkeypatch.setattr(campaigns, "_pdfs", torn)
    assert campaigns.kills(mutants.project(tmp_path / "killed"), 1)[1]
