"""The bench: our program and its peers on the same article, in one run, in turn. `make bench` calls
it; figures go to output/bench.json.

Ratios are to Typst with both standards (a-2a, ua-1). Warm: one process, a word changed in each paragraph
every time; only fonts, shaped words and parsed templates survive. Cold: a whole process, its article changed
before it. All figures are medians.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests")]

import yaml
from article import content, plain, varied
from processes import Warm, together, whole

OURS = "leaflet"
NAMES = {"typst": "Typst (a-2a, ua-1)", "plutoprint": "plutoprint", "platypus": "ReportLab Platypus, untagged",
         "weasyprint": "WeasyPrint (ua-1)"}
MEMORY = 5
"""Whole processes whose memory is looked at; that would slow the others down."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, required=True, help="Python that has the peers")
    parser.add_argument("--runs", type=int, default=15, help="whole processes of each engine")
    parser.add_argument("--warm", type=int, default=40, help="warm handouts of each engine")
    parser.add_argument("--copies", type=int, default=200, help="personal copies of each peer")
    parser.add_argument("--patience", type=float, default=30.0,
                        help="seconds after which a slow engine is asked no more")
    parser.add_argument("--leaflets", type=int, default=200, help="leaflets of the library")
    parser.add_argument("--long", type=int, default=1000, help="leaflets of the long run")
    chosen = parser.parse_args()
    chosen.peers = chosen.peers.absolute()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), chosen)
        figures = bench.run()
    out = ROOT / "output" / "bench.json"
    out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(f"\nall figures: {out.relative_to(ROOT)}")


class Bench:
    """One run, in a folder of its own."""

    def __init__(self, folder: Path, chosen: argparse.Namespace) -> None:
        self.folder, self.chosen = folder, chosen
        self.article = content()
        self.fonts = folder / "fonts"
        self.fonts.mkdir()
        import pymupdf_fonts

        for name in ("figo", "figbo"):
            (self.fonts / f"{name}.ttf").write_bytes(pymupdf_fonts.myfont(name))
        self.project = self.new_project("bench")
        self.number = 0
        self.keep = {"LEAFLET_CACHE": str(folder / "cache")}
        script = Path(sys.executable).with_name("leaflet")
        self.leaflet = [*([str(script)] if script.exists() else [sys.executable, "-m", "generator"]), "build"]
        self.keep["PYTHONPATH"] = str(ROOT)

    def new_project(self, name: str) -> Path:
        project = self.folder / name
        shutil.copytree(ROOT / "layouts", project / "layouts")
        (project / "content" / "bench").mkdir(parents=True)
        shutil.copy(ROOT / "content" / "publisher.yaml", project / "content")
        return project

    def data(self, engine: str, recipient: str = "") -> str:
        """A new text, as the engine takes it."""
        self.number += 1
        article = varied(self.article, self.number)
        if engine == OURS:
            return yaml.safe_dump(article, allow_unicode=True, sort_keys=False)
        return json.dumps({**plain(article), "recipient": recipient})

    def command(self, engine: str) -> list[str]:
        if engine == OURS:
            return [sys.executable, str(HERE / "ours.py"), str(self.project)]
        return [str(self.chosen.peers), str(HERE / "engines.py"), engine, str(self.fonts)]

    def run(self) -> dict:
        from growing import growth, library, long_run
        from stamping import copies

        engines, failed = {}, {}
        for engine in (OURS, *NAMES):
            try:
                engines[engine] = Warm(self.command(engine), self.folder, **self.keep)
                engines[engine].ask(self.data(engine))
            except (RuntimeError, OSError) as error:
                failed[engine] = str(error)
                engines.pop(engine, None)
        figures: dict = {}
        warm = self.warm(engines)
        for engine, peer in engines.items():
            figures[engine] = {"warm_ms": warm[engine]}
            if engine != OURS:
                figures[engine]["copies_ms"] = self.copies(peer, engine)
            file = self.folder / f"{engine}.pdf"
            figures[engine]["bytes"] = peer.ask(self.data(engine), file)["bytes"]
        for engine in engines.values():
            engine.end()
        for engine, measured in self.cold(list(engines), failed).items():
            figures.setdefault(engine, {}).update(measured)
        for engine, faults in self.judged(list(engines)).items():
            figures[engine]["faults"] = faults
        self.table(figures, failed)
        figures["failed"] = failed
        figures["growth"] = growth(self)
        figures["library"] = library(self)
        figures["long run"] = long_run(self)
        figures["copies for a list"] = copies(self, figures.get("typst", {}).get("copies_ms"))
        return figures

    def warm(self, engines: dict[str, Warm]) -> dict[str, list[float]]:
        """Milliseconds, the engines in turn."""
        took: dict[str, list[float]] = {engine: [] for engine in engines}
        for turn in range(self.chosen.warm + 5):
            for engine, process in engines.items():
                if sum(took[engine]) > self.chosen.patience * 1000:
                    continue
                ms = process.ask(self.data(engine))["ms"]
                if turn >= 5:
                    took[engine].append(ms)
        return took

    def copies(self, process: Warm, engine: str) -> list[float]:
        """Milliseconds of copies of one text that differ in whom they are for."""
        article = plain(varied(self.article, 0))
        took: list[float] = []
        while len(took) < self.chosen.copies and sum(took) < self.chosen.patience * 1000:
            took.append(process.ask(json.dumps({**article, "recipient": f"Patient {len(took)}"}))["ms"])
        return took

    def cold(self, engines: list[str], failed: dict[str, str]) -> dict[str, dict]:
        """Seconds of whole processes, in turn; then MiB of each engine with all the processes that it starts."""
        found: dict[str, dict] = {engine: {"cold_s": [], "peak_mib": []} for engine in engines}
        found["known text"] = {"cold_s": [], "peak_mib": []}
        found["nothing to do"] = {"cold_s": [], "peak_mib": []}
        file, source = self.folder / "article.json", self.project / "content" / "bench" / "en.yaml"
        ask = [*self.leaflet, "bench", "-l", "handout", "-p", "A4"]
        for turn in range(self.chosen.runs + 1 + MEMORY):
            for engine in list(found):
                if sum(found[engine]["cold_s"]) > self.chosen.patience:
                    continue
                command, folder, keep = ask, self.project, self.keep
                if engine == OURS:
                    source.write_text(self.data(OURS), "utf-8")
                elif engine == "known text":
                    command = [*ask, "--force"]
                elif engine != "nothing to do":
                    file.write_text(self.data(engine), "utf-8")
                    command, folder, keep = [*self.command(engine), str(file),
                                             str(self.folder / "cold.pdf")], self.folder, {}
                if turn > self.chosen.runs:
                    found[engine]["peak_mib"].append(together(command, folder, **keep))
                elif turn:
                    found[engine]["cold_s"].append(whole(command, folder, **keep))
                else:
                    whole(command, folder, **keep)
        for engine, measure in (("rendercv", self.rendercv), ("chromium", self.chromium)):
            try:
                found[engine] = measure()
            except (RuntimeError, OSError) as error:
                failed[engine] = str(error).replace(f"{self.chosen.peers.parent}{os.sep}", "")
        return found

    def rendercv(self) -> dict:
        """RenderCV on its own sample, which is no leaflet: whole processes only. It wants
        packages of Typst from the network."""
        program = self.chosen.peers.parent / "rendercv"
        folder = self.folder / "rendercv"
        folder.mkdir()
        whole([str(program), "new", "Jane Doe"], folder)
        render = [str(program), "render", "Jane_Doe_CV.yaml", "-nohtml", "-nopng", "-nomd"]
        runs = [whole(render, folder) for _ in range(min(5, self.chosen.runs) + 1)][1:]
        made = next(folder.rglob("*.pdf"), None)
        return {"cold_s": runs, "peak_mib": [together(render, folder)], "bytes": made.stat().st_size if made else 0}

    def chromium(self) -> dict:
        program = next(filter(None, map(shutil.which, BROWSERS)), None)
        if program is None:
            raise RuntimeError("not installed")
        import jinja2

        page, out = self.fonts / "page.html", self.folder / "chromium.pdf"
        page.write_text(jinja2.Template((HERE / "handout.html.j2").read_text("utf-8")).render(plain(self.article)),
                        "utf-8")
        ask = [program, "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri()]
        runs = [whole(ask, self.folder) for _ in range(min(5, self.chosen.runs) + 1)][1:]
        return {"cold_s": runs, "peak_mib": [together(ask, self.folder)], "bytes": out.stat().st_size}

    def judged(self, engines: list[str]) -> dict[str, list[str]]:
        """What veraPDF has against each engine's file, as PDF/UA-1 and as PDF/A-2a."""
        from referees import verapdf

        files = {self.folder / f"{engine}.pdf": engine for engine in engines}
        return {files[file]: faults for file, faults in verapdf(files).items()}

    def table(self, figures: dict, failed: dict[str, str]) -> None:
        base = figures.get("typst", {})
        names = {OURS: "leaflet", "known text": "leaflet, a text that was built before",
                 "nothing to do": "leaflet, nothing to do", **NAMES, "chromium": "Chromium",
                 "rendercv": "RenderCV (its own sample)"}

        def cell(mine: list[float] | float | None, theirs: list[float] | float | None, form: str,
                 scale: float = 1.0) -> str:
            if not mine:
                return "–"
            value = median(mine) if isinstance(mine, list) else mine
            other = median(theirs) if isinstance(theirs, list) else theirs
            return form.format(value * scale) + (f" ({value / other:.2f})" if other else "")

        print("\nmedian (ratio to Typst)\n")
        print(
            "| engine | cold, whole process | warm, per leaflet | 200 personal copies | valid UA-1 + A-2a | "
            "size | peak memory, cold |")
        print("|---|---|---|---|---|---|---|")
        for engine, name in names.items():
            if engine in failed:
                print(f"| {name} | not here: {failed[engine]} | | | | | |")
                continue
            mine = figures[engine]
            copies = f"{1000 / median(mine['copies_ms']):.0f} /s" if mine.get("copies_ms") else "–"
            faults = mine.get("faults")
            valid = "–" if faults is None else "yes" if not faults else f"no ({len(faults)} rules)"
            print(
                f"| {name} | {cell(mine.get('cold_s'), base.get('cold_s'), '{:.3f} s')} | "
                f"{cell(mine.get('warm_ms'), base.get('warm_ms'), '{:.1f} ms')}"
                f" | {copies} | {valid} | {cell(mine.get('bytes'), base.get('bytes'), '{:.1f} KB', 1e-3)}"
                f" | {cell(mine.get('peak_mib'), base.get('peak_mib'), '{:.0f} MiB')} |")


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main()
