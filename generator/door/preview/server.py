"""Answers the browser, on this machine only.

Every address begins with a token that the terminal alone has shown. The name that the browser asked for must be this
machine's (so that a foreign page cannot point its own name here), and what opens an editor must come from this page.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty
from urllib.parse import parse_qs, urlsplit

from ...model.problem import Place, Rejected
from ...recipe import find
from . import editor, standing, state
from .builds import Builds, Wish
from .changes import Changes, Conflict
from .tinted import tinted

HOST = "127.0.0.1"
PAGE = Path(__file__).parent / "page"
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
         ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
ALLOWED = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
           "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
"""Content-Security-Policy: nothing but what this server sends."""
LARGEST_POST = 10_000
LARGEST_EDIT = 200_000
"""Bytes; the longest texts of leaflets have some thousand."""
LARGEST_PICTURE = 30_000_000
"""Bytes of a picture, which come as letters, a third more than it has."""
PULSE = 10.0
"""Seconds after which a line without news gets a sign of life, by which one that is dead is noticed."""


class Server(ThreadingHTTPServer):
    """One preview. `editor`: a name of editor.ARGUMENTS; None: places are shown and not opened."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, builds: Builds, first: Wish, port: int = 0, editor: str | None = None) -> None:
        """Raises OSError where the port is taken."""
        super().__init__((HOST, port), Handler)
        self.builds, self.first, self.editor = builds, first, editor
        self.changes = Changes(builds.live.root, first.content)
        self.token = secrets.token_urlsafe(18)
        self.hosts = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}
        self.origins = {f"http://{host}" for host in self.hosts}

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    def handle_error(self, request, client_address) -> None:
        """A browser that goes away in the middle of an answer is no news; anything else is told as usual."""
        import sys

        if not isinstance(sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1], (OSError, ValueError)):
            super().handle_error(request, client_address)


@cache
def page_files() -> dict[str, Path]:
    """Name → file of all that the page is made of; no other file is ever sent."""
    return {file.name: file for file in PAGE.iterdir() if file.suffix in TYPES}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        """Requests are no news."""

    # ── what is let in ──

    def _inside(self) -> list[str] | None:
        """The parts of the path behind the token; None where the request is refused."""
        if self.headers.get("Host", "") not in self.server.hosts:
            self._refuse(403, "this address is not the preview's")
            return None
        token, _, rest = urlsplit(self.path).path.lstrip("/").partition("/")
        if not hmac.compare_digest(token.encode(), self.server.token.encode()):
            self._refuse(404, "there is nothing here; open the address that the terminal shows")
            return None
        return rest.split("/")

    def do_GET(self) -> None:
        parts = self._inside()
        if parts is None:
            return
        asked = parse_qs(urlsplit(self.path).query)
        match parts:
            case [""]:
                self._file("index.html")
            case ["events"]:
                self._events(asked)
            case ["status"]:
                self._send(200, TYPES[".html"], standing.page(self.server.builds.live.root))
            case ["font", name]:
                self._font(name)
            case ["picture", number, kind, page, width]:
                self._picture(number, kind, page, width.removesuffix(".jpg"))
            case ["words", number, page]:
                self._of_shown(number, lambda shown: state.words(shown, int(page)))
            case ["tints", number]:
                self._of_shown(number, lambda shown: tinted(self.server.builds.live.root, shown))
            case ["spoken", number]:
                self._of_shown(number, state.spoken)
            case [name]:
                self._file(name)
            case _:
                self._refuse(404, "there is nothing here")

    def do_POST(self) -> None:
        parts = self._inside()
        if parts is None:
            return
        if self.headers.get("Origin", "") not in self.server.origins:
            self._refuse(403, "only the preview's own page may ask for this")
        elif self.headers.get("Content-Type", "") != "application/json":
            self._refuse(415, "JSON is expected")
        elif parts == ["open"]:
            self._open()
        elif len(parts) == 2 and parts[0] == "edit":
            self._edit(parts[1])
        else:
            self._refuse(404, "there is nothing here")

    # ── answers ──

    def _send(self, code: int, kind: str, data: bytes, kept: bool = False) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "private, max-age=3600, immutable" if kept else "no-store")
        self._guards()
        self.end_headers()
        self.wfile.write(data)

    def _guards(self) -> None:
        for name, value in (("Content-Security-Policy", ALLOWED), ("X-Content-Type-Options", "nosniff"),
                            ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
                            ("Cross-Origin-Opener-Policy", "same-origin"), ("X-Frame-Options", "DENY")):
            self.send_header(name, value)

    def _refuse(self, code: int, why: str) -> None:
        self.close_connection = True  # what else was sent with it is not read
        self._send(code, "text/plain; charset=utf-8", why.encode())

    def _file(self, name: str) -> None:
        file = page_files().get(name)
        if file is None:
            self._refuse(404, "there is nothing here")
        else:
            self._send(200, TYPES[file.suffix], file.read_bytes())

    def _font(self, name: str) -> None:
        from ...recipe.live import page_font

        data = page_font(name)
        if data is None:
            self._refuse(404, "there is no such font")
        else:
            self._send(200, "font/ttf", data, kept=True)

    def _picture(self, number: str, kind: str, page: str, width: str) -> None:
        shown = self.server.builds.shown(int(number)) if number.isdecimal() else None
        try:
            if shown is None or kind not in ("page", "side"):
                raise IndexError
            self._send(200, "image/jpeg", shown.jpeg(kind, int(page), int(width)), kept=True)
        except (IndexError, ValueError):
            self._refuse(404, "there is no such picture; a newer one may be there")

    def _of_shown(self, number: str, answer) -> None:
        shown = self.server.builds.shown(int(number)) if number.isdecimal() else None
        try:
            if shown is None:
                raise IndexError
            self._send(200, "application/json", state.packed(answer(shown)), kept=True)
        except (IndexError, ValueError, Rejected):
            self._refuse(404, "there is no such page; a newer one may be there")

    # ── what happens ──

    def _events(self, asked: dict[str, list[str]]) -> None:
        """A line that stays open: the page is told what it looks at, now and after each change."""
        viewer = self.server.builds.look(self._wish({key: values[0] for key, values in asked.items()}))
        self.close_connection = True
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Cache-Control", "no-store")
            self.send_header("Connection", "close")
            self._guards()
            self.end_headers()
            about = {"editor": self.server.editor, "project": self.server.builds.live.root.name}
            self.wfile.write(b"event: about\ndata: " + state.packed(about) + b"\n\n")
            while True:
                try:
                    told = viewer.told.get(timeout=PULSE)
                except Empty:
                    self.wfile.write(b": still here\n\n")
                    continue
                self.wfile.write(b"event: end\ndata: {}\n\n" if told is None else b"data: " + told + b"\n\n")
                if told is None:
                    return
        except OSError:
            pass  # the page was closed
        finally:
            self.server.builds.leave(viewer)

    def _wish(self, asked: dict[str, str]) -> Wish:
        """What a page asks to look at; what it does not say, or says wrong, is as the preview was started."""
        first = self.server.first
        content = first.content
        if slug := asked.get("content"):
            language = asked.get("language", "")
            beside = [path for path in self.server.builds.live.languages(content) if path.parent.name == slug]
            try:
                there = [*beside, *find.contents(self.server.builds.live.root)]
            except (Rejected, OSError):
                there = beside
            of_slug = [path for path in there if path.parent.name == slug and path.suffix]
            content = next((path for path in of_slug if path.stem == language), next(iter(of_slug), content))
        paper = asked.get("paper", first.paper)
        paper = paper if paper in ("a4", "letter") else first.paper
        return Wish(content, asked.get("layout", first.layout)[:100], paper,
                    asked.get("theme", first.theme or "")[:100] or None)

    def _open(self) -> None:
        """Open a place of the project in the editor."""
        try:
            asked = self._posted(LARGEST_POST)
            place = Place(str(asked["file"]), int(asked["line"]), int(asked["column"]))
        except (ValueError, KeyError, TypeError):
            self._refuse(400, "a file, a line and a column are expected")
            return
        file = self._of_project(place.file)
        if file is None:
            self._refuse(403, "this file is not of the project")
        elif self.server.editor is None:
            self._send(409, "text/plain; charset=utf-8", b"no editor is known: set VISUAL, or name one with --editor")
        else:
            try:
                editor.open_at(self.server.editor, file, place)
                self._send(204, "text/plain; charset=utf-8", b"")
            except (ValueError, OSError) as error:
                self._send(500, "text/plain; charset=utf-8", str(error).encode())

    def _posted(self, most: int) -> dict:
        """The data that was sent. Raises ValueError, TypeError."""
        length = int(self.headers.get("Content-Length", ""))
        if not 0 < length <= most:
            raise ValueError
        asked = json.loads(self.rfile.read(length))
        if not isinstance(asked, dict):
            raise TypeError
        return asked

    def _edit(self, act: str) -> None:
        """Change a content file, or say what stands at a place of it."""
        try:
            asked = self._posted(LARGEST_PICTURE if act == "picture" else LARGEST_EDIT)
            file = self._of_project(str(asked["file"])) if "file" in asked else None
            answer = self._tried(file, asked) if act == "try" else self.server.changes.answer(act, file, asked)
        except Rejected as rejected:
            told = {"problems": [state.problem_of(problem) for problem in rejected.problems]}
            if isinstance(rejected, Conflict):
                told["now"] = rejected.now
            self._send(409, "application/json", state.packed(told))
        except (ValueError, KeyError, TypeError, IndexError, StopIteration):
            self._refuse(400, "this cannot be asked for")
        else:
            self._send(200, "application/json", state.packed(answer))

    def _tried(self, file: Path | None, asked: dict) -> dict:
        """What would become of the leaflet with the text that somebody is typing."""
        wish = self._wish({key: str(value) for key, value in dict(asked["wish"]).items()})
        if file is None or file != wish.content.resolve():
            return {"problems": [], "body": 0}  # of the publisher, or of a passage
        try:
            return self.server.builds.try_out(wish, self.server.changes.attempt(file, asked))
        except Empty:
            return {"problems": [], "body": 0}

    def _of_project(self, name: str) -> Path | None:
        """The file of that name, where it is one of the project, or beside the content that is looked at."""
        root = self.server.builds.live.root
        try:
            file = Path(os.path.realpath(root / name))
            homes = (root, Path(os.path.realpath(self.server.first.content.parent)))
            return file if any(file.is_relative_to(home) for home in homes) and file.is_file() else None
        except (OSError, ValueError):
            return None
