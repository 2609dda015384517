"""Processes turns a command into its time and its memory, and keeps the warm engines at hand."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def environment(**more: str) -> dict[str, str]:
    """Python as a user has it: compiled modules are kept."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**plain, **more}


def whole(command: list[str], folder: Path, **more: str) -> float:
    """Seconds of a whole process. Raises RuntimeError where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment(**more), **QUIET)
    process.wait()
    took = time.perf_counter() - began
    _ended_well(process, command)
    return took


def together(command: list[str], folder: Path, **more: str) -> float:
    """Peak MiB of a process and all that it starts, looked at every few milliseconds; what they share counts once. 0
    where the system does not tell. Raises RuntimeError where it fails."""
    process = subprocess.Popen(command, cwd=folder, env=environment(**more), **QUIET)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(_proportional(number) for number in _family(process.pid)))
        time.sleep(0.002)
    _ended_well(process, command)
    return peak


def _ended_well(process: subprocess.Popen, command: list[str]) -> None:
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")


def _family(number: int) -> list[int]:
    try:
        below = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:
        below = []
    return [number, *(one for child in below for one in _family(int(child)))]


def _proportional(number: int) -> float:
    """MiB of a process, its share of what it has in common with others (PSS)."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


class Warm:
    """An engine that stays: see answering.py."""

    def __init__(self, command: list[str], folder: Path, **more: str) -> None:
        self.process = subprocess.Popen(command, cwd=folder, env=environment(**more), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        if self.process.stdout.readline() != "ready\n":
            lines = self.process.stderr.read().strip().splitlines() or ["it ended without a word"]
            raise RuntimeError(lines[-1])

    def ask(self, data: str, save: Path | None = None) -> dict:
        """{"ms", "bytes"} of one handout."""
        print(json.dumps({"data": data, "save": save and str(save)}), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError((self.process.stderr.read().strip().splitlines() or ["it ended without a word"])[-1])
        return json.loads(line)

    def memory(self, kind: str = "VmRSS") -> float:
        """Resident MiB at the moment, or at the most so far (VmHWM); 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return 0.0
        return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(kind)), 0.0)

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()
