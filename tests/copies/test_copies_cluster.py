"""Copies made by a cluster: the same bytes as without it, nobody lost or doubled when a worker is killed, no name in
the cluster's logs."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from project_kit import ROOT, new_project, refused
from referees import missing
from test_copies_runs import CONTENT, PLANTED, everybody, order, people, read_back, said

from generator.model import VERSION
from generator.model.problem import Rejected
from generator.recipe import copying
from generator.recipe.people import Leaflets, Maker

FIRST, LAST = PLANTED.encode().split()


class Running:
    """Two workers, each a process of its own."""

    def __init__(self, home: Path) -> None:
        self.home, self.log = home, home / "cluster.log"
        (home / "temporary").mkdir()
        there = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(home / "temporary"),
                 "DASK_TEMPORARY_DIRECTORY": str(home / "temporary")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, str(Path(__file__).with_name("cluster.py"))],
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=there)
        self.address, self.idle, *workers = self.process.stdout.readline().decode().split()
        self.workers = [int(number) for number in workers]


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Callable[[], Running]]:
    """Gives the cluster, or a new one where a test has ended it."""
    if find_spec("distributed") is None:
        missing("dask.distributed")
    made: list[Running] = []

    def give() -> Running:
        if not made or made[-1].process.poll() is not None:
            made.append(Running(tmp_path_factory.mktemp("cluster")))
        return made[-1]

    yield give
    for one in made:
        one.process.stdin.close()
        one.process.wait(30)
        one.process.stdout.close()


@pytest.fixture
def cluster(running) -> Running:
    return running()


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    plain = CONTENT.replace("{hello}", "")
    return new_project(tmp_path_factory.mktemp("clinic"), {
        "visit/en.yaml": plain, "visit/tr.yaml": plain.replace("language: en", "language: tr"),
        "letter/en.yaml": CONTENT.replace("{hello}", "Dear {name}, ")}, layouts=["handout", "shared"])


@pytest.fixture(autouse=True)
def small_parts(monkeypatch) -> None:
    from generator.recipe.cluster import Cluster

    monkeypatch.setattr(Cluster, "part", 4)


def made(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "out").iterdir() if file.suffix != ".journal"}


def test_a_cluster_makes_the_same_bytes(root, tmp_path, cluster):
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, dask in ((here, None), (there, cluster.address)):
        folder.mkdir()
        assert copying.run(order(root, people(folder, 24), "files", dask=dask)).made == 24
    assert made(here) == made(there)
    assert len(made(there)) == 24


def test_a_worker_is_killed_and_nobody_is_lost_or_doubled(root, tmp_path, cluster, monkeypatch):
    from generator.recipe.cluster import Cluster

    monkeypatch.setattr(Cluster, "part", 1)
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    copying.run(order(root, people(here, 5), "zip", slug="letter"))
    seen = []

    def tell(done: int, total: int) -> None:
        seen.append(done)
        if done == 1:
            os.kill(cluster.workers[0], signal.SIGKILL)

    outcome = copying.run(order(root, people(there, 5), "zip", slug="letter", dask=cluster.address), tell)
    assert seen == [1, 2, 3, 4, 5]
    assert (outcome.made, outcome.anew) == (5, 5)
    assert f"process {cluster.workers[0]} was killed by signal 9" in cluster.log.read_text()
    assert made(here) == made(there)
    (archive,) = made(there).values()
    with zipfile.ZipFile(io.BytesIO(archive)) as copies:
        greeted = [re.findall(r"Dear (Person \d{5})", said(copies.read(name))[0]) for name in copies.namelist()]
    assert greeted == everybody(5)


def test_the_leaflet_is_sent_anew_when_no_worker_has_it_any_more(root, tmp_path, cluster, monkeypatch):
    from generator.recipe import cluster as there

    sent, awaited, kit = [], there.Cluster._awaited, there._kit

    def lost_once(self, future):
        if len(sent) == 1:
            self.client.cancel([self.kit], force=True)
        return awaited(self, future)

    monkeypatch.setattr(there.Cluster, "_awaited", lost_once)
    monkeypatch.setattr(there, "_kit", lambda *all: sent.append(1) or kit(*all))
    assert copying.run(order(root, people(tmp_path, 24), "zip", dask=cluster.address)).made == 24
    assert len(sent) == 2
    assert read_back(tmp_path / "out", "zip") == everybody(24)


def test_a_run_that_is_broken_off_goes_on(root, tmp_path, cluster):
    def tell(done: int, total: int) -> None:
        if done == 8:
            raise KeyboardInterrupt

    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        people(folder, 24, language=lambda number: "tr" if number % 5 == 3 else "en")
    asked = order(root, there / "list.csv", "pdf", dask=cluster.address, volume=4)
    with pytest.raises(KeyboardInterrupt):
        copying.run(asked, tell)
    outcome = copying.run(asked)
    assert (outcome.made, outcome.kept) == (16, 8)
    copying.run(order(root, here / "list.csv", "pdf", volume=4))
    assert made(here) == made(there)
    assert read_back(there / "out", "pdf") == everybody(24)


# ── what a cluster gets to know ──────────────────────────────────────────────────────────────────────────────────────


def test_a_cluster_logs_no_name(root, tmp_path, cluster, capfd):
    from generator.recipe.cluster import Cluster

    file = tmp_path / "people.csv"
    for slug, more in (("visit", {"password_from": "word"}), ("letter", {})):
        word = ",word" if more else ""
        file.write_text(f"id,name,date{word}\np1,{PLANTED},2026-07-03{word and f',{PLANTED}'}\n")
        asked = order(root, file, "files", slug=slug, dask=cluster.address, force=True, **more)
        copying.run(asked)
        assert PLANTED in said(next(iter(made(tmp_path).values())), PLANTED if more else None)[0]
        copying.forget(next((tmp_path / "out").glob("*.journal")))
    # A row that was not looked at before: the text of the error that it makes on a worker quotes it.
    asked.job = order(root, file, "files").job
    crew = Cluster(asked, Leaflets(asked))
    (person,) = copying.people_of(asked, crew.leaflets)
    person.values["date"] = PLANTED
    with pytest.raises(Rejected, match=r"failed with rows 2 to 2: ValueError, \w+\.py line \d+ \(") as told:
        list(crew.tails([[person]]))
    assert FIRST.decode() not in str(told.value)
    stored = [path for path in (cluster.home / "temporary").rglob("*") if path.is_file()]
    for one in (cluster.log, *stored):
        assert FIRST not in one.read_bytes(), one
        assert LAST not in one.read_bytes(), one
    # What is not sealed would be found there.
    assert isinstance(crew.client.submit(int, PLANTED).exception(), ValueError)
    assert FIRST in cluster.log.read_bytes()
    crew.dismiss()
    until = time.monotonic() + 20  # a worker may still be at a task of a run that was broken off
    while left := list((cluster.home / "temporary").rglob("leaflet-*")):
        assert time.monotonic() < until, left
        time.sleep(0.05)
    out, err = capfd.readouterr()
    assert FIRST.decode() not in out + err


# ── what can be wrong with a cluster ─────────────────────────────────────────────────────────────────────────────────


def test_a_cluster_that_cannot_be_used_is_told(root, tmp_path, cluster, monkeypatch):
    from generator.recipe import cluster as there

    def told(**how) -> list[str]:
        asked = order(root, people(tmp_path, 3), "zip", **{"dask": cluster.address, "force": True, **how})
        found = refused(copying.run, asked)
        assert not list((tmp_path / "out").glob("*.zip"))
        return found

    with monkeypatch.context() as patch:
        patch.setattr(there, "PATIENCE", 3)
        nobody = "no scheduler of a cluster answers at tcp://127.0.0.1:9"
        assert told(dask="tcp://127.0.0.1:9") == [f"{nobody} (start one with  dask scheduler  and give its address)"]
        assert told(dask=cluster.idle)[0].startswith(f"no worker has come to {cluster.idle}")
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "distributed", None)
        assert told() == ["--dask needs dask.distributed, which is not installed (pip install distributed)"]
    other = "a worker of the cluster has another version of this program, or none: "
    with monkeypatch.context() as patch:
        patch.setattr(there, "program", lambda: "0.0 other")
        assert told()[0].startswith(other + VERSION)
        patch.setattr(there.Cluster, "_same_program", lambda self: None)  # a worker that comes later
        assert told()[0].startswith(other + VERSION)
    with monkeypatch.context() as patch:
        patch.setattr(there, "_work", made)  # the scheduler and the workers have no such function
        assert told()[0].startswith(other + "RuntimeError")
    with monkeypatch.context() as patch:
        patch.setattr(Maker, "fingerprint", b"of other fonts")
        assert told()[0].startswith(other + "it sets the leaflet in another way")


@pytest.mark.parametrize(("options", "said"), [
    (["--dask", "10.0.0.5:8786"], "write it as tcp://HOST:PORT or tls://HOST:PORT"),
    (["--dask", "inproc://10.0.0.5:8786"], "write it as tcp://HOST:PORT or tls://HOST:PORT"),
    (["--dask", "tls://[fe80::1]:8786", "--workers", "2"], "exclude each other"),
])
def test_an_address_that_is_none_is_told(root, tmp_path, monkeypatch, options, said):
    from click.testing import CliRunner

    from generator.door.copies import copies

    monkeypatch.chdir(root)
    told = CliRunner().invoke(copies, ["visit/en", "-r", str(people(tmp_path, 1)), *options])
    assert told.exit_code == 2
    assert said in told.output


def test_a_run_whose_cluster_has_gone_goes_on_without_it(root, tmp_path, cluster):
    file = people(tmp_path, 40)

    def tell(done: int, total: int) -> None:
        if done == 4:
            cluster.process.kill()

    told = refused(copying.run, order(root, file, "files", dask=cluster.address), tell)
    hint = "what is made is kept: the same command goes on, with or without --dask"
    assert told == [f"the cluster is gone, or all of its workers are ({hint})"]
    outcome = copying.run(order(root, file, "files"))
    assert outcome.made + outcome.kept == 40
    assert read_back(tmp_path / "out", "files") == everybody(40)
