"""What the page asks for when somebody changes a content file: where they are, what they typed, what is put in, moved,
taken out, undone. Answers are plain data; what cannot be raises Rejected."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from typing import Any

from ...model.outline import steps_of
from ...model.problem import Place, Problem, Rejected
from ...recipe import fresh, offers
from ...recipe.draft import Draft
from ...recipe.editing import Desk, Stale
from ...recipe.project import ProjectFiles
from ...recipe.remarks import remarks

Asked = dict[str, Any]


class Conflict(Rejected):
    """A text that somebody has changed stands otherwise in the file by now."""

    def __init__(self, problems: Iterable[Problem], now: Asked) -> None:
        super().__init__(problems)
        self.now = now
        """What offers.stands_now gives."""


class Changes:
    """The changes of one preview, made one after the other."""

    def __init__(self, root: Path, content: Path) -> None:
        """content: the file that is looked at first, which may stand outside of the project."""
        self.desk = Desk(root)
        self._homes = (root / "content", content.resolve().parent)
        self._lock = Lock()

    def answer(self, act: str, file: Path | None, asked: Asked) -> Asked:
        """Raises Rejected where it cannot be done; KeyError, TypeError, ValueError where the page asks for nonsense."""
        with self._lock:
            if act in ("undo", "redo"):
                done = self.desk.undo() if act == "undo" else self.desk.redo()
                return self._now({"said": f"{'undone' if act == 'undo' else 'done again'}: {done.what}"})
            if act == "new":
                return _named(fresh.new_leaflet(self.desk.project, str(asked["title"]), str(asked["language"]),
                                                str(asked.get("kind", ""))))
            if file is None or file.suffix != ".yaml" or not any(map(file.is_relative_to, self._homes)):
                raise Rejected([Problem(None, "these words do not stand in a content file",
                                        "they belong to a layout; open the place in an editor")])
            if act == "look":
                return self._look(file, asked)
            if act == "translate":
                return _named(fresh.new_language(self.desk.project, file, str(asked["language"])))
            if act == "picture":
                data = b64decode(str(asked["data"]), validate=True)
                return {"name": fresh.new_picture(file, str(asked["name"]), data)}
            if act == "texts":
                return offers.texts(Draft(file, self.desk.project, self.desk.read(file)))
            if act == "now":
                draft = Draft(file, self.desk.project, self.desk.read(file))
                return offers.stands_now(draft, str(asked["path"]), str(asked["old"]))
            if act == "remarks":
                return self._remarks(file, asked)
            what, how = self._change(act, asked)
            try:
                seen = self.desk.change(file, str(asked["hash"]), what, how)
            except Stale as stale:
                if act != "say":
                    raise
                now = offers.stands_now(Draft(file, self.desk.project, self.desk.read(file)), str(asked["path"]),
                                        str(asked.get("old", "")))
                raise Conflict(stale.problems, now) from None
            except Rejected as rejected:
                if act == "remove" and any("is missing here" in one.message for one in rejected.problems):
                    raise Rejected([Problem(None, "this cannot be taken out alone: what it belongs to needs it",
                                            "change its words, or remove the whole")]) from None
                raise
            return self._now({"hash": seen, "said": what})

    def attempt(self, file: Path, asked: Asked) -> bytes:
        """The bytes of a file with another text, which are not written. Raises Rejected."""
        with self._lock:
            return self._with(file, asked).data

    def _with(self, file: Path, asked: Asked) -> Draft:
        """The draft of a file with another text."""
        draft = Draft(file, self.desk.project, self.desk.read(file))
        if str(asked["new"]) != draft.value(str(asked["path"])).text:
            draft.say_all(str(asked["path"]), str(asked["new"]))
            draft.judge()
        return draft

    def _remarks(self, file: Path, asked: Asked) -> Asked:
        """What an editor would say of a text that somebody types."""
        try:
            found = remarks(ProjectFiles(self.desk.project), self._with(file, asked), str(asked["path"]))
        except Rejected:  # what cannot be is told when it is to be kept
            found = []
        return {"remarks": [{"message": one.message, "hint": one.hint, "severity": one.severity} for one in found]}

    def _now(self, more: Asked) -> Asked:
        return {**more, "undo": self.desk.done[-1].what if self.desk.done else "",
                "redo": self.desk.undone[-1].what if self.desk.undone else ""}

    def _look(self, file: Path, asked: Asked) -> Asked:
        """What stands at a path, or at a line and a column, and what is offered there."""
        draft = Draft(file, self.desk.project, self.desk.read(file))
        if "path" in asked:
            value = draft.value(str(asked["path"]))
        else:
            found = offers.found_at(draft.content, Place(draft.name, int(asked["line"]), int(asked["column"])))
            if found is None:
                raise Rejected([Problem(None, "there is no text at this place", "open the place in an editor")])
            value = found
        return self._now(offers.offer(draft, value) | {"source": fresh.source_of_text(draft, value),
                                                       "pictures": fresh.pictures_beside(file)})

    def _change(self, act: str, asked: Asked) -> tuple[str, Callable[[Draft], None]]:
        """(what is done, in words; the change of a draft)."""
        path = str(asked.get("path", ""))
        label = str(asked.get("label", ""))[:60]
        if act == "say":
            new, translated = str(asked["new"]), asked.get("translated") is True
            return f"{label or path} changed", lambda draft: _say(draft, path, new, translated)
        if act == "insert":
            index = int(asked["index"])
            key, answers = str(asked.get("key", "")), _answers(asked)
            return f"{label} added", lambda draft: draft.insert(path, index, _data(draft, path, index, key, answers))
        if act == "add":
            key, answers = str(asked["key"]), _answers(asked)
            return f"{label} added", lambda draft: draft.add_key(path, key, _of_key(draft, path, key, answers))
        if act == "remove":
            return f"{label} removed", lambda draft: draft.remove(path)
        if act == "move":
            index, there = int(asked["index"]), int(asked["to"])
            return f"{label} moved", lambda draft: draft.move(path, index, there)
        if act == "column":
            index = int(asked["index"])
            heading = str(asked["heading"]) if "heading" in asked else None
            to = int(asked["to"]) if "to" in asked else None
            done = "added" if heading is not None else "moved" if to is not None else "removed"
            return f"column {done}", lambda draft: draft.column(path, index, heading, to)
        raise ValueError(act)


def _say(draft: Draft, path: str, new: str, translated: bool) -> None:
    value = draft.value(path)
    if translated:
        fresh.now_translated(draft, value)
    draft.say_all(path, new)


def _named(file: Path) -> Asked:
    return {"content": file.parent.name, "language": file.stem}


def _answers(asked: Asked) -> dict[str, str]:
    return {str(key): str(value) for key, value in dict(asked["answers"]).items()}


def _data(draft: Draft, path: str, index: int, key: str, answers: dict[str, str]) -> Any:
    """What somebody has filled in for a new item beside another one."""
    beside = max(0, index - 1)
    level = next(one for one in offers.levels(draft.content, f"{path}[{beside}]") if one.get("path") == path)
    kind = next(one for one in level["kinds"] if key in (one["key"], one["label"]))
    return offers.filled_in(kind["key"], answers, kind["asks"])


def _of_key(draft: Draft, path: str, key: str, answers: dict[str, str]) -> Any:
    """What somebody has filled in for a key that was not there."""
    lacking = offers.lacking(offers.at_model(draft.content, steps_of(path)))
    return offers.filled_in("", answers, next(one["asks"] for one in lacking if one["key"] == key))
