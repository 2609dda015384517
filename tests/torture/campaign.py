"""The campaign of damaged files: files of every kind are damaged and tried in one warm process.

A damaged file is either read or told. Whatever else happens is found: another exception, more than SLOWEST seconds, a
PDF that is not whole. `python tests/torture --help`; `make torture`.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import signal
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from mutants import mutant

from generator.check.editorial import NAMES
from generator.copies.journal import Journal as JournalOfCopies
from generator.copies.journal import Part
from generator.copies.recipients import MAILING, People, Wanted
from generator.deliver.journal import FILE as MAILED
from generator.deliver.journal import Journal as JournalOfMails
from generator.kept import store
from generator.kept.manifest import FILE, Manifest, _seal
from generator.merge.letter import letter
from generator.model.problem import Rejected
from generator.model.run import Job
from generator.read import editorial
from generator.read import theme as themes
from generator.read.content import read_content
from generator.read.layout import read_layout
from generator.read.pictures import read_picture
from generator.read.printers import read_printers
from generator.read.profile import read_profile
from generator.recipe import build as many
from generator.recipe import leaflet
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of
from generator.recipe.translation import _former, exported, imported, outdated, remembered
from generator.text.fonts import BrokenFont, Fonts, from_file

SLOWEST = 10
"""Seconds that one input may take."""
ROW = 10
"""Files of one kind that are tried one after another: what they share is then read once for all of them."""
SHARE = 2_000
"""Inputs that have a seed of their own. So the damages are the same however many processes share the work."""
KEPT = b"what is kept " * 50
LEAF = "content/leaf/en.yaml"


class Slow(BaseException):
    """An input took more than SLOWEST seconds. (No Exception, so that nothing takes it for a fault of the file.)"""


def _too_slow(*_) -> None:
    raise Slow


class Kind(NamedTuple):
    """Files of a kind: each has the same chance to be damaged."""

    read: Callable[[Path], object]
    """What reads such a file; raises Rejected where it is told."""
    made: Callable[[Path], object]
    """What is made of it, where that is more."""
    files: tuple[Path, ...]


class Campaign:
    """One project, its files by kind, and what was found so far."""

    def __init__(self, root: Path, seed: int = 1) -> None:
        self.root, self.seed, self.chance = root, seed, random.Random(seed)
        self.tried, self.told = Counter(), Counter()
        self.found: list[tuple[str, str, bytes]] = []
        """Kind, traceback, the bytes that did it."""
        self.seconds = 0.0
        for form, end in (("po", "po"), ("xliff", "xlf")):
            (root / f"leaf.{end}").write_text(exported(root, root / LEAF, "tr", form).replace('msgstr ""\n\n',
                'msgstr "Metin"\n\n'))
        target, data, _ = imported(root, root / "leaf.po", partial=True)
        target.write_bytes(data)
        target.with_suffix(".po").write_bytes(remembered(root, root / "leaf.po", target)[1])
        for theme in ("mine", None):
            made = many.build(root, [root / LEAF], papers=["a4"], theme=theme)
            assert not made.failed, made.problems
        store.put(KEPT, "torture")
        JournalOfCopies(root / "copies.journal").close()
        with JournalOfMails(root):
            pass
        shared, leaf = root / "layouts/shared", root / "content/leaf"
        (entry,) = Path(os.environ["LEAFLET_CACHE"]).glob("torture-*")
        self.kinds: dict[str, Kind] = {}
        self.add("content", lambda file: read_content(file, root), self.made, root / LEAF)
        self.add("translation", self.translated, self.translated, leaf / "tr.yaml")
        self.add("publisher", lambda file: read_content(root / LEAF, root), self.made, root / "content/publisher.yaml")
        self.add("passage", lambda file: ProjectFiles(root).content(root / LEAF), self.made,
                 root / "content/shared/help.en.yaml")
        self.add("layout", lambda file: read_layout(file.parent, root), self.made,
                 root / "layouts/handout/layout.yaml", root / "layouts/brochure/layout.yaml")
        self.add("theme", self.theme, self.made, shared / "themes/mine.yaml", shared / "themes/calm.yaml")
        self.add("words", lambda file: themes.read_words("en", [shared], root), self.made, shared / "words/en.yaml")
        self.add("profile", lambda file: editorial.read_profile(file.stem, [shared], root, NAMES), None,
                 shared / "profiles/generic.yaml", shared / "profiles/tr.yaml")
        self.add("vocabulary", lambda file: editorial.read_vocabulary("en", [shared], root), None,
                 shared / "vocabulary/en.yaml")
        self.add("template", self.merged, self.made, *(root / f"layouts/{one}/layout.html.j2" for one in LAYOUTS))
        self.add("part", self.merged, self.made, *sorted((shared / "parts").iterdir()))
        self.add("mail", self.mailed, None, shared / "mail/en.html.j2", shared / "mail/ends.html.j2")
        self.add("po", self.imported, None, root / "leaf.po")
        self.add("memory", lambda file: _former(root, file.with_suffix(".yaml")), None, leaf / "tr.po")
        self.add("xliff", self.imported, None, root / "leaf.xlf")
        self.add("svg", lambda file: read_picture(file, file.name), self.made, leaf / "drawing.svg")
        self.add("picture", lambda file: read_picture(file, file.name), self.made,
                 *(leaf / f"dot.{end}" for end in ("png", "jpg", "webp", "gif")))
        self.add("font", self.font, self.made, shared / "themes/mine.ttf")
        self.add("inks", lambda file: read_profile(file, file.name), None, root / "press.icc")
        self.add("list", self.people, None, *(root / f"list.{end}" for end in ("csv", "jsonl")))
        self.add("sheet", self.people, None, root / "list.xlsx")
        self.add("printers", lambda file: read_printers(root), None, root / "printers.yaml")
        self.add("manifest", self.manifest, None, root / "output" / FILE)
        self.add("cache", self.kept, None, entry)
        self.add("copies", self.journal, None, root / "copies.journal")
        self.add("mails", self.mails, None, root / MAILED)
        self.files = ProjectFiles(root)
        """For templates: all else is read already."""
        for kind in self.kinds.values():
            for file in kind.files:
                kind.read(file)  # a file that is whole is read
        self.whole = {file: file.read_bytes() for kind in self.kinds.values() for file in kind.files}

    def add(self, name: str, read: Callable, made: Callable | None, *files: Path) -> None:
        """A kind of file. A file that is not there (its library is not installed) is left out."""
        if there := tuple(file for file in files if file.exists()):
            self.kinds[name] = Kind(read, made or read, there)

    # ── what is tried ────────────────────────────────────────────────────────────────────────────────────────────────

    def made(self, file: Path) -> None:
        """The PDFs of the leaflet in a layout."""
        theme = "mine" if file.stem == "mine" or self.chance.randrange(2) else None
        leaflet.make(ProjectFiles(self.root),
                     Job(self.root / LEAF, "brochure" if file.parent.name == "brochure" else "handout", "a4", theme))

    def merged(self, file: Path) -> None:
        """The story of a layout that uses this template."""
        folded = file.parent.name == "brochure" or file.name == "folded.html.j2"
        story_of(self.files, Job(self.root / LEAF, "brochure" if folded else "handout", "a4", None))

    def mailed(self, file: Path) -> None:
        content, layout = self.files.content(self.root / LEAF), self.files.layout("handout")
        letter([content], self.files.words_of("en", layout), "Ann", full=False,
               search=self.files.search(layout)[1:], project=self.root)

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

    def translated(self, file: Path) -> None:
        project = ProjectFiles(self.root)
        project.content(file)
        outdated(project, file)

    def imported(self, file: Path) -> None:
        imported(self.root, file, partial=True)

    def people(self, file: Path) -> None:
        people = People(file, file.name, [Wanted("name", required=True), Wanted("date", "date")], MAILING)
        if problems := people.check():
            raise Rejected(problems)
        list(people)

    def journal(self, file: Path) -> None:
        """What a run of copies asks of its journal."""
        journal = JournalOfCopies(file)
        try:
            journal.about("mark")
            journal.parts()
            journal.state()
            journal.note(mark="x")
            journal.done(Part(1, 2, 3, names=["a"]))
            journal.begin_anew()
        finally:
            journal.close()

    def mails(self, file: Path) -> None:
        with JournalOfMails(file.parent) as journal:
            journal.plan([("run", 1, "a")])
            journal.forget("run")

    def manifest(self, file: Path) -> None:
        """In half of the cases with the right seal, as somebody might who means harm."""
        with contextlib.suppress(ValueError, RecursionError, AttributeError, TypeError, KeyError):
            said = json.loads(file.read_bytes())
            if said.pop("seal") and self.chance.randrange(2):
                file.write_text(json.dumps(said | {"seal": _seal(said)}))
        known = Manifest(self.root / "output", self.root)
        known.layouts(self.root / LEAF)
        known.kept(Job(self.root / LEAF, "handout", "a4", None))
        list(known.retire((), ()))
        known.data()

    # ── how it is tried ──────────────────────────────────────────────────────────────────────────────────────────────

    def inputs(self, count: int, builds: int = 100, kinds: tuple[str, ...] = (), share: int = 0) -> None:
        """Try `count` damaged files, ROW of each kind in turn; one in `builds` is built. kinds: none: all. share: its
        number makes a seed of its own."""
        before, began = signal.signal(signal.SIGALRM, _too_slow), time.perf_counter()
        often = gc.get_threshold()
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)  # as the program itself has it, about: 126 inputs a second became 172
        chosen = kinds or tuple(self.kinds)
        pieces = [data[:100_000] for data in self.whole.values()]
        self.chance = random.Random(f"{self.seed}-{share}")
        try:
            for kind, row in groupby(range(count), lambda number: chosen[number // ROW % len(chosen)]):
                for _ in row:
                    file = self.chance.choice(self.kinds[kind].files)
                    data = mutant(self.whole[file], self.chance, pieces)
                    self.one(kind, file, data, not self.chance.randrange(builds))
        finally:
            gc.set_threshold(*often)
            gc.unfreeze()
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
            self.seconds += time.perf_counter() - began

    def one(self, kind: str, file: Path, data: bytes, build: bool) -> None:
        """Try a damaged file, and put the whole one back."""
        self.tried[kind] += 1
        try:
            file.write_bytes(data)
            signal.alarm(SLOWEST)
            (self.kinds[kind].made if build else self.kinds[kind].read)(file)
        except Rejected:
            self.told[kind] += 1
        except OSError as error:
            if error.errno is None:  # raised by a library: the command line would show a traceback
                self.found.append((kind, traceback.format_exc(), data))
            self.told[kind] += 1
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # also what PyO3 raises for a panic, which is no Exception
            self.found.append((kind, traceback.format_exc(), data))
        finally:
            signal.alarm(0)
            file.write_bytes(self.whole[file])
            for end in ("-journal", "-wal", "-shm"):
                Path(f"{file}{end}").unlink(missing_ok=True)


LAYOUTS = ("handout", "brochure")


class Tally:
    """What became of the inputs of several processes."""

    def __init__(self) -> None:
        self.tried, self.told, self.found, self.memory = Counter(), Counter(), [], 0.0

    def add(self, tried: Counter, told: Counter, found: list, memory: float) -> None:
        self.tried, self.told, self.found = self.tried + tried, self.told + told, self.found + found
        self.memory = max(self.memory, memory)

    def report(self, seconds: float) -> str:
        count = sum(self.tried.values())
        lines = [(f"{count} inputs in {seconds:.0f} s, {count / max(seconds, 0.001):.0f} a second; "
                  f"{len(self.found)} neither read nor told; {self.memory:.0f} MB at most in a process")]
        lines += [f"  {kind:<12} {self.tried[kind]:>6} tried  {self.told[kind]:>6} told" for kind in self.tried]
        return "\n".join(lines)


_campaign: Campaign


def _begin(seed: int) -> None:
    global _campaign
    import mutants

    folder = Path(tempfile.mkdtemp(dir=os.environ["TORTURE"]))
    os.environ["LEAFLET_CACHE"] = str(folder / "cache")
    _campaign = Campaign(mutants.project(folder / "project"), seed)


def _try(share: int, count: int, builds: int, kinds: tuple[str, ...]) -> tuple[Counter, Counter, list, float]:
    import resource
    import sys

    work = _campaign
    work.tried, work.told, work.found = Counter(), Counter(), []
    work.inputs(count, builds, kinds, share)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    return work.tried, work.told, work.found, memory


def inputs(folder: Path, count: int, builds: int, kinds: tuple[str, ...], seed: int, workers: int) -> Tally:
    """The damaged files, by several processes, each with a project of its own in `folder`."""
    from concurrent.futures import ProcessPoolExecutor

    os.environ["TORTURE"] = str(folder)
    tally = Tally()
    with ProcessPoolExecutor(workers, initializer=_begin, initargs=(seed,)) as pool:
        shares = [pool.submit(_try, number, min(SHARE, count - first), builds, kinds)
                  for number, first in enumerate(range(0, count, SHARE))]
        for share in shares:
            tally.add(*share.result())
    return tally
