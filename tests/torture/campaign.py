"""The campaign: files of every kind are damaged and tried in one warm process; builds are killed and taken up again.

A damaged file is either read or told. Whatever else happens is found: another exception, more than SLOWEST seconds, a
PDF that is not whole. `python tests/torture --help`; `make torture`.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from mutants import mutant

from generator.kept import store
from generator.kept.manifest import FILE, Manifest, _seal
from generator.model.problem import Rejected
from generator.model.run import Job
from generator.read import theme as themes
from generator.read.content import read_content
from generator.read.layout import read_layout
from generator.read.pictures import read_picture
from generator.read.printers import read_printers
from generator.recipe import build as many
from generator.recipe import leaflet
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of
from generator.recipe.translation import exported, imported
from generator.text.fonts import BrokenFont, Fonts, from_file

ROOT = Path(__file__).parents[2]
PROGRAM = f'File "{ROOT / "generator"}'
"""In every traceback in which the program had begun."""
SLOWEST = 10
"""Seconds that one input may take."""
KEPT = b"what is kept " * 50
LEAF = "content/leaf/en.yaml"


class Slow(BaseException):
    """An input took more than SLOWEST seconds. (No Exception, so that nothing takes it for a fault of the file.)"""


def _too_slow(*_) -> None:
    raise Slow


class Campaign:
    """One project, its files by kind, and what was found so far."""

    def __init__(self, root: Path, seed: int = 1) -> None:
        self.root, self.chance = root, random.Random(seed)
        self.tried, self.told = Counter(), Counter()
        self.found: list[tuple[str, str, bytes]] = []
        """Kind, traceback, the bytes that did it."""
        self.seconds = 0.0
        for form, end in (("po", "po"), ("xliff", "xlf")):
            (root / f"leaf.{end}").write_text(exported(root, root / LEAF, "tr", form).replace('msgstr ""\n\n',
                'msgstr "Metin"\n\n'))
        for theme in ("mine", None):
            made = many.build(root, [root / LEAF], papers=["a4"], theme=theme)
            assert not made.failed, made.problems
        store.put(KEPT, "torture")
        (entry,) = Path(os.environ["LEAFLET_CACHE"]).glob("torture-*")
        self.kinds: dict[str, tuple[Path, Callable[[Path], object], Callable[[Path], object]]] = {
            "content": (root / LEAF, lambda file: read_content(file, root), self.made),
            "publisher": (root / "content/publisher.yaml", lambda file: read_content(root / LEAF, root), self.made),
            "layout": (root / "layouts/brochure/layout.yaml", lambda file: read_layout(file.parent, root), self.made),
            "theme": (root / "layouts/shared/themes/mine.yaml", self.theme, self.made),
            "words": (root / "layouts/shared/words/en.yaml",
                      lambda file: themes.read_words("en", [root / "layouts/shared"], root), self.made),
            "template": (root / "layouts/handout/layout.html.j2", self.merged, self.made),
            "part": (root / "layouts/shared/parts/blocks.html.j2", self.merged, self.made),
            "po": (root / "leaf.po", self.imported, self.imported),
            "xliff": (root / "leaf.xlf", self.imported, self.imported),
            "svg": (root / "content/leaf/drawing.svg", lambda file: read_picture(file, "drawing.svg"), self.made),
            "png": (root / "content/leaf/dot.png", lambda file: read_picture(file, "dot.png"), self.made),
            "font": (root / "layouts/shared/themes/mine.ttf", self.font, self.made),
            "manifest": (root / "output" / FILE, self.manifest, self.manifest),
            "cache": (entry, self.kept, self.kept),
            "printers": (root / "printers.yaml", lambda file: read_printers(root), lambda file: read_printers(root)),
        }
        self.files = ProjectFiles(root)
        """For templates: all else is read already."""
        self.whole = {kind: file.read_bytes() for kind, (file, _, _) in self.kinds.items()}

    # ── what is tried ────────────────────────────────────────────────────────────────────────────────────────────────

    def made(self, file: Path) -> None:
        """The PDFs of the leaflet in a layout."""
        theme = "mine" if file.stem == "mine" or self.chance.randrange(2) else None
        leaflet.make(ProjectFiles(self.root),
                     Job(self.root / LEAF, "brochure" if file.parent.name == "brochure" else "handout", "a4", theme))

    def merged(self, file: Path) -> None:
        story_of(self.files, Job(self.root / LEAF, "handout", "a4", None))

    def theme(self, file: Path) -> None:
        Fonts(themes.read_theme("mine", [self.root / "layouts/shared"], self.root))

    def font(self, file: Path) -> None:
        try:
            from_file(str(file), False, False)
        except BrokenFont:
            raise Rejected([]) from None

    def kept(self, file: Path) -> None:
        """A damaged entry counts as not there."""
        if store.get("torture") not in (None, KEPT):
            raise AssertionError("a damaged entry was taken for a whole one")

    def imported(self, file: Path) -> None:
        imported(self.root, file, partial=True)

    def manifest(self, file: Path) -> None:
        """In half of the cases with the right seal, as somebody might who means harm."""
        with contextlib.suppress(ValueError, RecursionError, AttributeError, TypeError, KeyError):
            said = json.loads(file.read_bytes())
            if said.pop("seal") and self.chance.randrange(2):
                file.write_text(json.dumps(said | {"seal": _seal(said)}))
        known = Manifest(self.root / "output", self.root)
        known.layouts(self.root / LEAF)
        known.kept(Job(self.root / LEAF, "handout", "a4", None))
        known.retire((), ())
        known.data()

    # ── how it is tried ──────────────────────────────────────────────────────────────────────────────────────────────

    def inputs(self, count: int, builds: int = 100, kinds: tuple[str, ...] = ()) -> None:
        """Try `count` damaged files, the kinds in turn; one in `builds` is built. kinds: none: all."""
        before, began = signal.signal(signal.SIGALRM, _too_slow), time.perf_counter()
        chosen = kinds or tuple(self.kinds)
        pieces = list(self.whole.values())
        try:
            for number in range(count):
                kind = chosen[number % len(chosen)]
                self.one(kind, mutant(self.whole[kind], self.chance, pieces), not self.chance.randrange(builds))
                if not number % 5000:
                    gc.collect()
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
            self.seconds += time.perf_counter() - began

    def one(self, kind: str, data: bytes, build: bool) -> None:
        file, read, made = self.kinds[kind]
        self.tried[kind] += 1
        try:
            file.write_bytes(data)
            signal.alarm(SLOWEST)
            (made if build else read)(file)
        except Rejected:
            self.told[kind] += 1
        except (Exception, Slow):
            self.found.append((kind, traceback.format_exc(), data))
        finally:
            signal.alarm(0)
            file.write_bytes(self.whole[kind])

    def report(self) -> str:
        count = sum(self.tried.values())
        lines = [
            (f"{count} inputs in {self.seconds:.0f} s, {count / max(self.seconds, 0.001):.0f} a second; "
             f"{len(self.found)} neither read nor told")]
        lines += [f"  {kind:<10} {count:>6} tried  {self.told[kind]:>6} told" for kind, count in self.tried.items()]
        return "\n".join(lines)


def kills(root: Path, count: int, seed: int = 1) -> tuple[int, list[str]]:
    """Kill builds at random moments and build again: (builds that were killed in the midst,
    what is not as it would have been).

    Every PDF that is there after a kill is whole, and after the next build there is all and nothing
    but what an undisturbed build makes.
    """
    chance = random.Random(seed)
    # Ctrl-C while Python itself begins, before a line of the program has run, shows Python's own traceback; it is not
    # counted.
    run = [sys.executable, "-m", "generator", "build", "-p", "A4", "--layout", "handout", "--layout", "brochure"]
    how = {"cwd": root, "env": os.environ | {"PYTHONPATH": str(ROOT)}, "stdout": subprocess.DEVNULL,
           "stderr": subprocess.PIPE}
    began = time.perf_counter()
    subprocess.run(run, check=True, **how)
    took = time.perf_counter() - began
    right = _pdfs(root)
    killed, wrong = 0, []
    for number in range(count):
        if chance.randrange(2):
            shutil.rmtree(root / "output")
        build = subprocess.Popen([*run, "--force"], **how)
        time.sleep(chance.uniform(0.02, took))
        build.send_signal(chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)))
        try:
            said = build.communicate(timeout=SLOWEST)[1].decode()
        except subprocess.TimeoutExpired:
            build.kill()
            said = f"kill {number}: still there after {SLOWEST} s"
            wrong.append(said)
        killed += build.returncode != 0
        torn = [name for name, data in _pdfs(root).items() if data != right[name]]
        after = subprocess.run(run, check=False, timeout=60, **how)
        if PROGRAM in said or torn or after.returncode or _pdfs(root) != right:
            wrong.append(
                f"kill {number}: torn {torn}, then exit code {after.returncode}\n{said}{after.stderr.decode()}")
    return killed, wrong


def _pdfs(root: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (root / "output").glob("*.pdf")}
