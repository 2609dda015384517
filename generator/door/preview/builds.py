"""Makes what is looked at, again after each change, in memory.

One thread makes leaflets; it alone touches the project. Browsers' requests leave wishes and changes in its queue, and
take pictures and places from what it has made last.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from ...model.problem import Problem, Rejected
from ...model.record import record
from ...model.run import Job
from ...recipe.live import Live, Shown
from . import state

KEPT = 2
"""Leaflets of a wish that are kept: the last, and the one that a browser may still ask for."""


@record(frozen=True, slots=True)
class Wish:
    """What somebody looks at."""

    content: Path
    layout: str = ""
    """"": the first that the content asks for."""
    paper: str = "a4"
    theme: str | None = None


PATIENCE = 5.0
"""Seconds that somebody who types waits to hear what would become of the leaflet."""


class Viewer:
    """A page in a browser; what it is told waits in its queue."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.told: SimpleQueue[bytes | None] = SimpleQueue()
        """JSON; None: the preview ends."""


class Trial:
    """A change that somebody is typing: what would become of the leaflet waits in its queue."""

    def __init__(self, wish: Wish, data: bytes) -> None:
        self.wish, self.data = wish, data
        self.told: SimpleQueue[dict[str, object]] = SimpleQueue()


class Builds:
    """Keeps viewers up to date. Start it once."""

    def __init__(self, root: Path) -> None:
        self.live = Live(root)
        self.viewers: list[Viewer] = []
        self._tasks: SimpleQueue[Viewer | Trial | tuple[float, frozenset[Path]] | None] = SimpleQueue()
        self._made: dict[int, tuple[Wish, Shown]] = {}
        self._good: dict[Wish, dict[str, object]] = {}
        """Wish → what was told of its last good leaflet."""
        self._last: dict[Wish, bytes] = {}
        """Wish → what was told last, while no file has changed."""
        self._full: dict[Wish, Shown] = {}
        """Wish → its leaflet that does not fit, while it is not known which layouts have room for it: to find that out
        takes longer than anybody wants to wait for the picture."""
        self._lock = Lock()
        self._number = 0
        self._thread = Thread(target=self._work, name="builds", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread and tell all viewers."""
        self._tasks.put(None)
        self._thread.join(5)
        for viewer in list(self.viewers):
            viewer.told.put(None)

    # ── what others ask, in threads of their own ──

    def look(self, wish: Wish) -> Viewer:
        """A new viewer; it is told at once what it looks at, and again after each change."""
        viewer = Viewer(wish)
        with self._lock:
            self.viewers.append(viewer)
        self._tasks.put(viewer)
        return viewer

    def leave(self, viewer: Viewer) -> None:
        with self._lock:
            if viewer in self.viewers:
                self.viewers.remove(viewer)

    def changed(self, files: Iterable[Path]) -> None:
        """Files are others now."""
        self._tasks.put((time.time(), frozenset(files)))

    def try_out(self, wish: Wish, data: bytes) -> dict[str, object]:
        """What would become of a leaflet were these the bytes of its content file. Raises queue.Empty where the answer
        takes longer than anybody waits for it."""
        trial = Trial(wish, data)
        self._tasks.put(trial)
        return trial.told.get(timeout=PATIENCE)

    def shown(self, number: int) -> Shown | None:
        """The leaflet of a number, while it is kept."""
        with self._lock:
            found = self._made.get(number)
        return found[1] if found else None

    # ── the thread that makes leaflets ──

    def _work(self) -> None:
        while True:
            tasks = self._waiting()
            if None in tasks:
                return
            changes = [task for task in tasks if isinstance(task, tuple)]
            files = frozenset().union(*(files for _, files in changes))
            noticed = min((when for when, _ in changes), default=0.0)
            with self._lock:
                viewers = self.viewers[:] if files else [task for task in tasks if isinstance(task, Viewer)]
            if files:
                self.live.changed(files)
                self._last.clear()
                self._full.clear()
            for wish in dict.fromkeys(viewer.wish for viewer in viewers):
                if wish not in self._last:
                    self._last[wish] = state.packed(self._told(wish, noticed, files))
                told = self._last[wish]
                for viewer in viewers:
                    if viewer.wish == wish:
                        viewer.told.put(told)
            for task in tasks:
                if isinstance(task, Trial):
                    task.told.put(self._tried(task))
            self._tidy()

    def _waiting(self) -> list[Any]:
        """The tasks that wait. While there are none, layouts are named that have room for what does not fit."""
        while True:
            tasks = []
            try:
                while True:
                    tasks.append(self._tasks.get_nowait())
            except Empty:
                pass
            if tasks:
                return tasks
            if not self._full:
                return [self._tasks.get()]
            self._tell_ways(*self._full.popitem())

    def _tell_ways(self, wish: Wish, shown: Shown) -> None:
        if wish in self._last:
            try:
                problems = [state.problem_of(problem) for problem in self.live.with_ways(shown)]
            except Exception:  # as below: the problem is told without them
                traceback.print_exc(file=sys.stderr)
                return
            told = json.loads(self._last[wish]) | {"problems": problems, "changed": []}
            self._last[wish] = state.packed(told)
            with self._lock:
                for viewer in self.viewers:
                    if viewer.wish == wish:
                        viewer.told.put(self._last[wish])

    def _tried(self, trial: Trial) -> dict[str, object]:
        try:
            composition, problems = self.live.trial(self._job(trial.wish), trial.wish.content, trial.data)
        except Rejected as rejected:
            return {"problems": [state.problem_of(problem) for problem in rejected.problems], "body": 0}
        except Exception as error:
            traceback.print_exc(file=sys.stderr)
            return {"problems": [state.problem_of(Problem(None, f"a fault of this program: {error}"))], "body": 0}
        return {"problems": [state.problem_of(problem) for problem in problems], "body": composition.body_size}

    def _told(self, wish: Wish, noticed: float, files: frozenset[Path]) -> dict[str, object]:
        """What a viewer is told: the leaflet, or what is wrong and the last good one."""
        began = time.time()
        problems: tuple[Problem, ...]
        choices: dict[str, object] = {}
        try:
            job = self._job(wish)
            choices = state.choices(self.live, job)
            shown = self.live.make(job)
            problems = shown.problems
            if shown.overfull is not None:
                self._full[wish] = shown
            self._number += 1
            with self._lock:
                self._made[self._number] = wish, shown
            self._good[wish] = state.leaflet(shown, self._number)
        except Rejected as rejected:
            problems = rejected.problems
        except Exception as error:  # a fault of the program must not end the preview; the terminal tells it in full
            traceback.print_exc(file=sys.stderr)
            problems = (Problem(None, f"a fault of this program: {error or type(error).__name__}",
                                "the terminal shows more; the preview goes on"),)
        return {
            "leaflet": self._good.get(wish),
            "choices": choices,
            "problems": [state.problem_of(problem) for problem in problems],
            "wrong": any(problem.severity == "error" for problem in problems),
            "changed": state.named(self.live.root, files),
            "times": {"noticed": noticed * 1000, "began": began * 1000, "made": time.time() * 1000},
        }

    def _job(self, wish: Wish) -> Job:
        layouts = self.live.layouts(wish.content)
        known = [name for name, _, _ in layouts]
        if not known:
            raise Rejected([Problem(None, "there is no layout in layouts/", "a layout is a folder with a layout.yaml")])
        layout = wish.layout if wish.layout else known[0]
        return self.live.job(wish.content, layout, wish.paper, wish.theme)

    def _tidy(self) -> None:
        """Let go of leaflets that nobody can ask for any more."""
        with self._lock:
            wishes = {viewer.wish for viewer in self.viewers}
            numbers: dict[Wish, list[int]] = {}
            for number, (wish, _) in self._made.items():
                numbers.setdefault(wish, []).append(number)
            old = [number for wish, made in numbers.items()
                   for number in (made[:-KEPT] if wish in wishes else made[:-1])]
            if len(numbers) > 4 * KEPT:  # somebody has looked through all layouts
                old += [number for wish, made in numbers.items() if wish not in wishes for number in made[-1:]]
            gone = [self._made.pop(number) for number in old]
            kept = {wish for wish, _ in self._made.values()}
            self._good = {wish: told for wish, told in self._good.items() if wish in kept}
            self._last = {wish: told for wish, told in self._last.items() if wish in kept or wish in wishes}
        for _, shown in gone:
            shown.close()
