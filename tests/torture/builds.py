"""Campaigns of whole runs: they are killed at random moments, find the disk full, or meet another run in their folder.

Every file that is there afterwards is whole and right, what went wrong is told, and the next run completes the work.
"""

from __future__ import annotations

import errno
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = f'File "{ROOT / "generator"}'
"""In every traceback in which the program had begun."""
LONGEST = 60
"""Seconds that a run may take on a busy machine."""
SLOWEST = 10
"""Seconds that a run may take to end after a signal."""
BUILD = ["build", "leaf/en", "-p", "A4", "--layout", "handout", "--layout", "brochure"]
RUNS = {
    "build": BUILD,
    "html": [*BUILD, "--html", "--text"],
    **{into: ["copies", "leaf/en", "-r", "people.csv", "--into", into, "-o", "output"]
       for into in ("files", "zip", "pdf")},
}
FRESH = {"build": ["--force"], "html": ["--force"]}
"""Options by which a run makes everything anew. Copies are made anew where their folder is gone."""


# ── killed ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def kills(root: Path, count: int, seed: int = 1) -> tuple[int, list[str]]:
    """Kill builds at random moments, from the start of their process on, and build again: (builds that were killed in
    the midst, what is not as it would have been).

    Every PDF that is there after a kill is whole, and after the next build there is all and nothing
    but what an undisturbed build makes.
    """
    chance = random.Random(seed)
    # Ctrl-C while Python itself begins, before a line of the program has run, shows Python's own traceback; it is not
    # counted.
    run = [sys.executable, "-m", "generator", *BUILD]
    how = {"cwd": root, "env": os.environ | {"PYTHONPATH": str(ROOT)}, "stdout": subprocess.DEVNULL,
           "stderr": subprocess.PIPE, "preexec_fn": _heard}
    began = time.perf_counter()
    subprocess.run(run, check=True, **how)
    took = time.perf_counter() - began
    right = made(root)
    killed, wrong = 0, []
    for number in range(count):
        if chance.randrange(2):
            shutil.rmtree(root / "output")
        build = subprocess.Popen([*run, "--force"], **how)
        time.sleep(chance.uniform(0.02, took))
        build.send_signal(chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)))
        try:
            said = build.communicate(timeout=SLOWEST)[1].decode()
        except subprocess.TimeoutExpired:
            build.kill()
            said = f"kill {number}: still there after {SLOWEST} s"
            wrong.append(said)
        killed += build.returncode != 0
        torn = [name for name, data in made(root).items() if data != right.get(name)]
        after = subprocess.run(run, check=False, timeout=LONGEST, **how)
        if PROGRAM in said or torn or after.returncode or made(root) != right:
            wrong.append(
                f"kill {number}: torn {torn}, then exit code {after.returncode}\n{said}{after.stderr.decode()}")
    return killed, wrong


def _heard() -> None:
    """Whoever started the campaign may have had signals ignored (nohup); its builds hear them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def made(root: Path) -> dict[str, bytes]:
    """What runs have made for people: name → bytes."""
    return {file.name: file.read_bytes() for file in (root / "output").glob("*")
            if file.suffix in (".pdf", ".zip", ".html", ".txt") and not file.name.startswith(".")}


# ── what the other campaigns share ───────────────────────────────────────────────────────────────────────────────────


def begin(root: Path, arguments: list[str], before: Callable[[], object] = lambda: None) -> int:
    """A run of the command line in a copy of this process, where all modules are loaded: its process id. What it says
    goes to the file `said-<id>` of the project."""
    if process := os.fork():
        return process
    code = 70
    try:
        os.chdir(root)
        _heard()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with open(f"said-{os.getpid()}", "wb", buffering=0) as told:
            os.dup2(told.fileno(), 1)
            os.dup2(told.fileno(), 2)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
        before()
        from generator.__main__ import main  # as a person starts it: Ctrl-C is a stop also while modules load

        sys.argv = ["leaflet", *arguments]
        main()
    except SystemExit as left:
        code = left.code or 0
    except BaseException:
        with suppress(BaseException):
            os.write(2, traceback.format_exc().encode())
    os._exit(code)


def end(root: Path, process: int, seconds: float = LONGEST) -> tuple[int, str]:
    """Exit code of a run and what it said; -1 where it did not end within so many seconds."""
    return measured(root, process, seconds)[:2]


def measured(root: Path, process: int, seconds: float = LONGEST) -> tuple[int, str, float]:
    """The same, and the most memory that it took, in MB."""
    until = time.monotonic() + seconds
    while True:
        done, status, used = os.wait4(process, os.WNOHANG)
        if done:
            break
        if time.monotonic() > until:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return -1, f"still there after {seconds} s", 0.0
        time.sleep(0.002)
    file = root / f"said-{process}"
    said = file.read_text(errors="replace") if file.exists() else ""
    file.unlink(missing_ok=True)
    return os.waitstatus_to_exitcode(status), said, used.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def alone(root: Path, name: str) -> tuple[dict[str, bytes], float]:
    """What a run makes that nobody disturbs, and the seconds that it takes."""
    from generator.recipe import build, copying  # copies of this process find all modules loaded, and fonts unpacked

    assert copying and not build.build(root, [root / "content/leaf/en.yaml"], papers=["a4"], twins=["html"]).failed
    shutil.rmtree(root / "output", ignore_errors=True)
    for _ in range(2):  # the first time, caches are filled
        began = time.perf_counter()
        code, said = end(root, begin(root, [*RUNS[name], *FRESH.get(name, [])]))
        assert code == 0, said
    return made(root), time.perf_counter() - began


def _after(root: Path, name: str, right: dict[str, bytes], killed: bool = False) -> str:
    """What is wrong with what is there, and with what the next run makes of it; "" for nothing."""
    torn = [file for file, data in made(root).items() if data != right.get(file)]
    left = [file.name for file in (root / "output").glob(".*.part")] if not killed else []
    code, said = end(root, begin(root, RUNS[name]))
    if code == 0 and made(root) == right and not torn and not left:
        return ""
    return (f"torn: {torn}, left behind: {left}, then exit code {code}, "
            f"not as it would be: {[file for file in right if made(root).get(file) != right[file]]}\n{said}")


# ── the disk is full ─────────────────────────────────────────────────────────────────────────────────────────────────


class _Disk:
    """A disk with room for so many bytes. Files are opened in Python alone by what writes output and cache; where
    SQLite writes, a bound of the size of files stands for a full disk."""

    def __init__(self, room: int) -> None:
        self.room = room

    def fill(self) -> None:
        opened, io_opened = os.open, io.open

        def os_open(path, flags, *more, **how):
            if flags & os.O_CREAT and self.room <= 0 and not os.path.exists(path):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
            return opened(path, flags, *more, **how)

        def io_open(file, mode="r", *more, **how):
            stream = io_opened(file, mode, *more, **how)
            return _Stream(stream, self) if "w" in mode and "b" in mode else stream

        import builtins

        os.open, builtins.open, os.fdopen = os_open, io_open, io_open


class _Stream:
    def __init__(self, stream, disk: _Disk) -> None:
        self._stream, self._disk = stream, disk

    def write(self, data) -> int:
        room, self._disk.room = self._disk.room, self._disk.room - len(data)
        if room < len(data):  # as a disk does: what there is room for is written
            self._stream.write(memoryview(data)[: max(room, 0)])
            self._stream.flush()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._stream.write(data)

    def __getattr__(self, name: str):
        return getattr(self._stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *_) -> None:
        self._stream.close()


def _limit(size: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def disks(root: Path, count: int, seed: int = 1, runs: tuple[str, ...] = tuple(RUNS)) -> tuple[int, list[str]]:
    """Runs that find the disk full at a random moment, and then with room again: (how many found it so, what is
    wrong)."""
    chance, full, wrong = random.Random(seed), 0, []
    right = {name: alone(root, name)[0] for name in runs}
    for number in range(count):
        name = runs[number % len(runs)]
        if not chance.randrange(3) or set(made(root)) - set(right[name]) or name not in FRESH:
            shutil.rmtree(root / "output", ignore_errors=True)
        size = sum(map(len, right[name].values()))
        if chance.randrange(3):
            before = _Disk(chance.randrange(int(size * 1.1))).fill
        else:
            most = chance.choice((0, 10, 600, 5_000, 20_000, max(map(len, right[name].values())) - 1))
            before = lambda most=most: _limit(most)
        code, said = end(root, begin(root, [*RUNS[name], *FRESH.get(name, [])], before))
        full += code != 0
        strange = "" if code in (0, 1) and PROGRAM not in said else f"exit code {code}\n{said}"
        if strange := strange + _after(root, name, right[name]):
            wrong.append(f"disk {number}, {name}: {strange}")
    return full, wrong


# ── two runs in one folder ───────────────────────────────────────────────────────────────────────────────────────────


def pairs(root: Path, count: int, seed: int = 1, runs: tuple[str, ...] = tuple(RUNS)) -> tuple[int, list[str]]:
    """Two runs at the same time into one folder, of which one is killed in half of the cases: (how many were killed,
    what is wrong).

    A run that is not killed ends well. Of copies, one may say that another run is in the folder.
    """
    chance, killed, wrong = random.Random(seed), 0, []
    right = {name: alone(root, name) for name in runs}
    for number in range(count):
        name = runs[number % len(runs)]
        expected, took = right[name]
        if chance.randrange(2) or set(made(root)) - set(expected) or name not in FRESH:
            shutil.rmtree(root / "output", ignore_errors=True)
        both = [begin(root, [*RUNS[name], *chance.choice((FRESH.get(name, []), []))])]
        time.sleep(chance.choice((0, 0, chance.uniform(0, took))))
        both.append(begin(root, [*RUNS[name], *FRESH.get(name, [])]))
        victim = chance.choice((None, None, *both))
        if victim:
            time.sleep(chance.uniform(0, took * 1.5))
            sent = chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT))
            os.kill(victim, sent)
        strange = ""
        codes = []
        for process in both:
            code, said = end(root, process)
            codes.append(code)
            busy = code == 1 and "another run makes copies in this folder" in said and name not in FRESH
            ended = process == victim and code in (-sent, 128 + sent)
            killed += ended
            if PROGRAM in said or not (code == 0 or busy or ended):
                strange += f"exit code {code}\n{said}"
        if not victim and 0 not in codes:
            strange += f"none of both ended well: {codes}\n"
        if strange := strange + _after(root, name, expected, victim is not None):
            wrong.append(f"pair {number}, {name}{', one killed' if victim else ''}: {strange}")
    return killed, wrong
