"""From the save of a content file to the new picture on the screen, measured in a real browser.

    .venv/bin/python tests/bench/preview.py [--saves 50] [--layouts handout,brochure]
    .venv/bin/python tests/bench/preview.py --memory [--saves 1000] [--seed 1]

A preview runs as its user has it, as a process of its own; Chromium (CHROMIUM=/path/to/it, or on the path) shows it.
Each save puts another word into the summary. Four parts are told apart: wait (save → the program notices), build (→ the
leaflet is made and told), page (→ the browser knows), paint (→ all pictures that can be seen are painted by PDFium,
sent, decoded and drawn in a frame). Run it on a machine that does nothing else: the figures are times of a clock.

With --memory it saves one file after the other, each with other words at a random place, and tells how much memory the
preview has (RSS) and the page (its JavaScript's heap after a collection, and its nodes) after 100 saves, half of them
and all of them. It ends with 1 where the second half has added more than it may (GROWTH).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ARTICLE = "kyphoplasty-vs-vertebroplasty"
GROWTH = 1.03
"""How many times the memory after half of the saves it may be after all of them."""
PARTS = ("wait", "build", "page", "paint", "all")
WATCH = """() => {
    const log = (window.log = []);
    new MutationObserver((changes) => {
        for (const { attributeName } of changes) log.push([attributeName, Date.now()]);
    }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-told", "data-painted"] });
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--saves", type=int)
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layouts", default="handout,brochure")
    given = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("Chromium is not installed; CHROMIUM=/path/to/it names one")
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        for name in ("content", "layouts"):
            shutil.copytree(ROOT / name, project / name)
        if given.memory:
            sys.exit(grown(project, given.layouts.split(",")[-1], given.saves or 1000, given.seed, chromium))
        found = {layout: measured(project, layout, given.saves or 50, chromium) for layout in given.layouts.split(",")}
    for layout, rows in found.items():
        print(f"{layout}: {len(rows)} saves, milliseconds")
        for part in PARTS:
            values = sorted(row[part] for row in rows)
            print(f"  {part:6} median {statistics.median(values):6.1f}   95 % {values[int(len(values) * 0.95)]:6.1f}   "
                  f"least {values[0]:6.1f}   most {values[-1]:6.1f}")
    (ROOT / "output").mkdir(exist_ok=True)
    (ROOT / "output" / "bench-preview.json").write_text(json.dumps(found), encoding="utf-8")


@contextmanager
def running(project: Path, layout: str, chromium: str) -> Iterator[tuple[subprocess.Popen, Any]]:
    """A preview as its user has it, and the page that shows it."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "generator", "preview", f"{ARTICLE}/en", "--layout", layout, "--no-open"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    preview = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        address = preview.stdout.readline().split()[1]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(address)
            page.wait_for_selector("html[data-painted]", timeout=30_000)
            page.wait_for_timeout(500)
            yield preview, page
            browser.close()
    finally:
        preview.terminate()
        preview.wait(10)


def measured(project: Path, layout: str, saves: int, chromium: str) -> list[dict[str, float]]:
    """For each save, the milliseconds of its parts."""
    rows = []
    with running(project, layout, chromium) as (_, page):
        page.evaluate(WATCH)
        file = project / "content" / ARTICLE / "en.yaml"
        text = (ROOT / "content" / ARTICLE / "en.yaml").read_text(encoding="utf-8")
        for number in range(saves + 3):
            saved = save(file, text.replace("compare these two", f"compare these {number} two"))
            page.wait_for_function("() => window.log.some(([name]) => name === 'data-painted')", timeout=20_000)
            log = dict(page.evaluate("window.log.splice(0)"))
            times = json.loads(page.evaluate("document.documentElement.dataset.told"))
            shown = page.get_attribute(".paper img", "src").split("/")[1]
            if shown != page.get_attribute("html", "data-painted"):
                raise RuntimeError("the first page, whose words were changed, is not painted anew")
            if number >= 3:  # the first ones warm up the browser, too
                rows.append({"wait": times["noticed"] - saved, "build": times["made"] - times["noticed"],
                             "page": log["data-told"] - times["made"],
                             "paint": log["data-painted"] - log["data-told"],
                             "all": log["data-painted"] - saved})
            page.wait_for_timeout(120)
    return rows


def grown(project: Path, layout: str, saves: int, seed: int, chromium: str) -> int:
    """Prints the memory of the preview and of its page; 1 where it grows. The words that are put in are a few, as the
    preview keeps those that it has shaped."""
    chance = random.Random(seed)
    file = project / "content" / ARTICLE / "en.yaml"
    text = file.read_text(encoding="utf-8")
    spots = [found.end() for found in re.finditer(r"(?m)^      \w+ \w+ \w+", text)]
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 9))) for _ in range(30)]
    told = []
    print(f"{layout}: {saves} saves, seed {seed}")
    with running(project, layout, chromium) as (preview, page):
        line = page.context.new_cdp_session(page)
        line.send("Performance.enable")
        for number in range(1, saves + 1):
            spot = chance.choice(spots)
            fresh = chance.choice(words)
            before = page.get_attribute("html", "data-painted")
            save(file, f"{text[:spot]} {fresh}{text[spot:]}")
            page.wait_for_function("old => Number(document.documentElement.dataset.painted) > Number(old)", arg=before)
            if number in {min(100, saves), saves // 2, saves}:
                page.wait_for_timeout(500)
                line.send("HeapProfiler.collectGarbage")
                found = {one["name"]: one["value"] for one in line.send("Performance.getMetrics")["metrics"]}
                told.append((resident(preview.pid), found["JSHeapUsedSize"] / 1e6, found["Nodes"]))
                print(f"  after {number:5} saves: preview {told[-1][0]:6.1f} MB, page {told[-1][1]:5.2f} MB, "
                      f"{told[-1][2]:.0f} nodes", flush=True)
    *_, half, whole = told
    return int(any(now > then * GROWTH for now, then in zip(whole, half)))


def resident(process: int) -> float:
    """Memory that a process has, MB."""
    rows = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", rows)[1]) / 1000


def save(file: Path, text: str) -> float:
    """Save as editors do, by putting another file in its place; returns the time, in milliseconds."""
    beside = file.with_name(".en.new")
    beside.write_text(text, encoding="utf-8")
    began = time.time() * 1000
    beside.replace(file)
    return began


if __name__ == "__main__":
    main()
