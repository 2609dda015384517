"""Growing turns longer articles, whole libraries and long runs into figures: what the work
costs when there is more of it."""

from __future__ import annotations

import os
import shutil
import sys
from statistics import median

import yaml
from article import longer, varied
from processes import Warm, whole

LAYOUTS = ("handout", "brochure", "z-fold", "half-fold")


def growth(bench) -> dict:
    """The article 10 and 50 times as long, with other words each time: warm milliseconds and memory, against linear."""
    found: dict[str, dict] = {}
    print("\n| the article | warm | against linear | memory grows by | against linear |\n|---|---|---|---|---|")
    process = Warm(bench.command("leaflet"), bench.folder, **bench.keep)
    process.ask(_text(bench, 1))
    took: dict[int, list[float]] = {1: [], 10: [], 50: []}
    number = 0
    for _ in range(5):  # in turn: the machine is not always as fast
        for times, asked in ((1, 10), (10, 3), (50, 1)):
            for _ in range(asked):
                number += 1
                took[times].append(process.ask(_text(bench, times, number))["ms"])
    process.end()
    found = {f"{times} x": {"ms": ms} for times, ms in took.items()}
    for times in (1, 10, 50, 100):  # memory in a process of its own, which has seen nothing longer
        process = Warm(bench.command("leaflet"), bench.folder, **bench.keep)
        process.ask(_text(bench, 1, 90))
        before = process.memory()
        process.ask(_text(bench, times, 91))
        found.setdefault(f"{times} x", {})["mib"] = process.memory("VmHWM") - before
        process.end()
    # What a process has free before hides the first of what it needs: so each step is held against the step before.
    steps = {times: (found[f"{times} x"]["mib"] - found[f"{less} x"]["mib"]) / (times - less)
             for less, times in ((10, 50), (50, 100))}
    for times in (1, 10, 50):
        one = found[f"{times} x"]
        print(
            f"| {times} x | {median(one['ms']):.0f} ms | {median(one['ms']) / median(found['1 x']['ms']) / times:.2f} "
            f"| {one['mib']:.0f} MiB | |")
    print(
        f"| 100 x | | | {found['100 x']['mib']:.0f} MiB | {steps[100] / steps[50]:.2f} (50 x to "
        f"100 x, of 10 x to 50 x) |")
    return found


def _text(bench, times: int, number: int = 0) -> str:
    return yaml.safe_dump(longer(varied(bench.article, number), times), allow_unicode=True, sort_keys=False)


def library(bench) -> dict:
    """Many leaflets × 4 layouts × 2 papers: by one worker, by two, and again after one
    sentence of one leaflet is changed."""
    project = bench.new_project("library")
    shutil.rmtree(project / "content" / "bench")
    for number in range(bench.chosen.leaflets):
        folder = project / "content" / f"leaflet-{number}"
        folder.mkdir()
        (folder / "en.yaml").write_text(yaml.safe_dump(varied(bench.article, number), allow_unicode=True,
                                                       sort_keys=False), "utf-8")
    jobs = bench.chosen.leaflets * len(LAYOUTS) * 2
    build = [*bench.leaflet, *(word for layout in LAYOUTS for word in ("-l", layout))]
    found: dict = {"jobs": jobs, "processors": os.cpu_count()}
    one = [sys.executable, "-c", ONE.format(layouts=LAYOUTS)]
    for name, command in (("one worker", one), ("all", [*build, "--force"]), ("nothing to do, first", build),
                          ("nothing to do", build)):
        found[name] = whole(command, project, **bench.keep)
    file = project / "content" / "leaflet-0" / "en.yaml"
    file.write_text(file.read_text("utf-8").replace("hardens", "sets"), "utf-8")
    found["one sentence changed"] = whole(build, project, **bench.keep)
    print(
        f"\n{bench.chosen.leaflets} leaflets × {len(LAYOUTS)} layouts × 2 papers: one worker "
        f"{found['one worker']:.1f} s, all processors "
        f"{found['all']:.1f} s ({found['one worker'] / found['all']:.2f} × as fast on "
        f"{found['processors']}), nothing to do "
        f"{found['nothing to do']:.2f} s, one sentence changed {found['one sentence changed']:.2f} s")
    return found


ONE = """
from pathlib import Path
from generator.recipe import build as many
from generator.recipe import find
root = Path.cwd()
result = many.build(root, find.contents(root), layouts={layouts!r}, force=True, workers=1)
"""


def long_run(bench) -> dict:
    """Resident memory of one process over many leaflets, each with its own text."""
    process = Warm(bench.command("leaflet"), bench.folder, **bench.keep)
    seen = []
    for number in range(bench.chosen.long):
        process.ask(bench.data("leaflet"))
        if number + 1 in (50, bench.chosen.long // 2, bench.chosen.long):
            seen.append((number + 1, process.memory()))
    process.end()
    print("\nmemory of one process: " + ", ".join(f"{mib:.1f} MiB after {number} leaflets" for number, mib in seen))
    return {"mib": seen}
