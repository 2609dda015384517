"""The preview's server: what it lets in, what it tells, and that nothing a user does ends it."""

from __future__ import annotations

import http.client
import json
import socket
from urllib.parse import urlsplit

import pytest
from preview_kit import ARTICLE, Running, article, replaced, running
from project_kit import saved

from generator.door.preview import editor
from generator.door.preview.builds import Builds, Wish
from generator.model.problem import Place

ENGLISH = f"content/{ARTICLE}/en.yaml"


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, running(article(tmp_path_factory.mktemp("project")), patch) as one:
        yield one


def ask(preview: Running, path: str = "", method: str = "GET", body: object = None, **headers: str):
    """(status, headers, body) of an answer; `path` goes behind the token unless it begins with a slash."""
    address = urlsplit(preview.server.address)
    line = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    try:
        line.request(method, path if path.startswith("/") else address.path + path,
                     json.dumps(body) if body is not None else None,
                     {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        line.close()


class Line:
    """An open line to the server, as a page has it."""

    def __init__(self, preview: Running, query: str = "") -> None:
        address = urlsplit(preview.server.address)
        self.socket = socket.create_connection((address.hostname, address.port), 10)
        self.socket.sendall(f"GET {address.path}events?{query} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode())
        self.stream = self.socket.makefile("rb")

    def told(self) -> dict:
        """What the page is told next."""
        while True:
            line = self.stream.readline()
            assert line, "the line is closed"
            if line.startswith(b"event:"):
                self.stream.readline()
            elif line.startswith(b"data: "):
                return json.loads(line[6:])

    def close(self) -> None:
        self.stream.close()
        self.socket.close()


@pytest.fixture
def line(preview):
    one = Line(preview)
    yield one
    one.close()


# ── what is let in ──


def test_the_page_and_its_parts(preview):
    status, headers, body = ask(preview)
    assert status == 200 and b"<h1" in body
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    for name in ("main.js", "style.css", "icon.svg", "font/bold"):
        assert ask(preview, name)[0] == 200
    assert ask(preview, "font/bold")[2][:4] in (b"\0\1\0\0", b"OTTO", b"true")


@pytest.mark.parametrize(("path", "headers", "status"), [
    ("/", {}, 404),
    ("/wrong/", {}, 404),
    ("", {"Host": "evil.example"}, 403),
    ("", {"Host": "127.0.0.1:1"}, 403),
    ("../server.py", {}, 404),
    ("..%2f..%2fpyproject.toml", {}, 404),
    ("%2e%2e/index.html", {}, 404),
    ("server.py", {}, 404),
    ("picture/1/page/0/x.jpg", {}, 404),
    ("picture/999999/page/0/400.jpg", {}, 404),
    ("picture/1/../0/400.jpg", {}, 404),
    ("words/1/-1", {}, 404),
    ("words/1/999", {}, 404),
    ("words/abc/0", {}, 404),
])
def test_what_is_refused(preview, line, path, headers, status):
    line.told()
    assert ask(preview, path, **headers)[0] == status


def posted(preview, body, origin="own", kind="application/json"):
    origin = preview.server.address.rsplit("/", 2)[0] if origin == "own" else origin
    headers = {"Content_Type": kind} | ({"Origin": origin} if origin else {})
    return ask(preview, "open", "POST", body, **headers)[0]


def test_only_the_page_itself_opens_an_editor(preview):
    place = {"file": ENGLISH, "line": 6, "column": 9}
    assert posted(preview, place) == 204
    assert preview.opened == [f"{ENGLISH}:6:9"]
    assert posted(preview, place, origin="http://evil.example") == 403
    assert posted(preview, place, origin=None) == 403
    assert posted(preview, place, kind="text/plain") == 415
    for file in ("../../etc/passwd", "/etc/passwd", "content/none.yaml", "content", "content/\0"):
        assert posted(preview, place | {"file": file}) == 403
    assert posted(preview, {"file": ENGLISH}) == 400
    assert posted(preview, place | {"line": "six"}) == 400
    assert posted(preview, [1]) == 400
    assert posted(preview, place | {"file": "x" * 20_000}) == 400
    assert len(preview.opened) == 1


def test_a_link_that_leads_out_is_not_opened(preview, tmp_path):
    (tmp_path / "secret.yaml").write_text("secret")
    (preview.root / "content" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    assert posted(preview, {"file": "content/link.yaml", "line": 1, "column": 1}) == 403


def test_an_editor_is_started_with_arguments(monkeypatch, tmp_path):
    monkeypatch.setattr(editor.shutil, "which", lambda name: f"/bin/{name}" if name in ("code", "subl") else None)
    file, place = tmp_path / "$(rm -rf x); en.yaml", Place("x", 3, 7)
    assert editor.command("code", file, place) == ["/bin/code", "--goto", f"{file}:3:7"]
    assert editor.command("subl", file, place) == ["/bin/subl", f"{file}:3:7"]
    assert editor.chosen({"EDITOR": "/usr/bin/subl -w"}) == "subl"
    assert editor.chosen({"VISUAL": "vim", "EDITOR": "rm -rf"}) == "code", "vim has no window of its own"
    monkeypatch.setattr(editor.sys, "platform", "win32")
    with pytest.raises(ValueError):
        editor.command("code", tmp_path / "a&calc.yaml", place)


# ── what is told ──


def test_a_leaflet_is_told_with_all_that_there_is_to_choose(line):
    told = line.told()
    leaflet, choices = told["leaflet"], told["choices"]
    assert leaflet["title"].startswith("Kyphoplasty") and len(leaflet["pages"]) == 6 and len(leaflet["sides"]) == 2
    assert choices["languages"] == ["ar", "en", "tr"] and choices["paper"] == "a4"
    asked = [one["name"] for one in choices["layouts"] if one["asked"]]
    assert choices["layouts"][0]["name"] == asked[0] and choices["themes"][0] == choices["theme"]
    assert not told["wrong"]


def test_pictures_are_of_the_file(preview, line):
    leaflet = line.told()["leaflet"]
    for kind, width in (("page", 300), ("side", 500)):
        status, headers, data = ask(preview, f"picture/{leaflet['number']}/{kind}/0/{width}.jpg")
        assert (status, headers["Content-Type"], data[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    words = json.loads(ask(preview, f"words/{leaflet['number']}/0")[2])
    assert ["Kyphoplasty", "vs", "Vertebroplasty:"] == [word[4] for word in words["words"]][4:7]
    said = json.loads(ask(preview, f"spoken/{leaflet['number']}")[2])
    assert said[1]["role"] == "heading 1"


@pytest.mark.parametrize(("query", "layout", "language", "pages"), [
    (f"content={ARTICLE}&language=ar&layout=booklet", "booklet", "ar", 8),
    (f"content={ARTICLE}&language=xx&layout=handout&paper=letter", "handout", "ar", 2),
    ("content=nothing&paper=a9", "brochure", "en", 6),
])
def test_another_choice(preview, query, layout, language, pages):
    one = Line(preview, query)
    told = one.told()
    one.close()
    assert (told["choices"]["layout"], told["choices"]["language"]) == (layout, language)
    assert len(told["leaflet"]["pages"]) == pages


def test_a_wrong_choice_is_a_problem(preview):
    one = Line(preview, "layout=..%2F..&theme=nothing")
    told = one.told()
    one.close()
    assert told["wrong"] and "there is no layout" in told["problems"][0]["message"]


def test_a_mistake_is_told_and_the_last_good_leaflet_stays(preview, line):
    file = preview.root / ENGLISH
    original = file.read_text(encoding="utf-8")
    good = line.told()["leaflet"]
    replaced(file, "category: Neuro", "categori: Neuro")
    told = line.told()
    assert told["wrong"] and told["leaflet"] == good
    problem = told["problems"][0]
    assert (problem["file"], problem["line"], problem["column"]) == (ENGLISH, 8, 1)
    assert told["changed"] == [ENGLISH]
    for half in ("title: \"half", "sections:\n  - heading: [", "\x00", "", "- - -\n: ::", "a: &b [*b]"):
        file.with_name("en.new").write_text(half)
        file.with_name("en.new").replace(file)
        told = line.told()
        assert told["wrong"] and told["leaflet"] == good
    file.unlink()
    assert line.told()["wrong"]
    file.write_text(original, encoding="utf-8")
    while (told := line.told())["wrong"]:
        pass
    assert told["leaflet"]["number"] > good["number"]


def test_changes_of_all_kinds_of_files(preview, line):
    line.told()
    phrases = preview.root / "layouts" / "shared" / "words" / "en.yaml"
    text = phrases.read_text(encoding="utf-8")
    old = next(row for row in text.split("\n") if row.startswith("reviewed_by"))
    replaced(phrases, old, 'reviewed_by: "Looked through by"')
    number = line.told()["leaflet"]["number"]
    words = [word[4] for word in json.loads(ask(preview, f"words/{number}/5")[2])["words"]]
    assert "Looked" in words
    theme = preview.root / "layouts" / "shared" / "themes" / "calm.yaml"
    theme.write_text(theme.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    assert line.told()["wrong"]
    theme.write_text(theme.read_text(encoding="utf-8").replace("\nnonsense: 1\n", ""), encoding="utf-8")
    while line.told()["wrong"]:
        pass
    (preview.root / "layouts" / "handout").rename(preview.root / "layouts" / "hand")
    told = line.told()
    while "hand" not in [one["name"] for one in told["choices"]["layouts"]]:
        told = line.told()
    new = preview.root / "content" / "hip"
    saved(new / "en.yaml", "format: 1\n")
    while "hip" not in told["choices"]["contents"]:
        told = line.told()
    assert not told["wrong"]


def test_two_look_at_the_same_and_one_goes_away(preview, line):
    other = Line(preview, "layout=booklet")
    line.told(), other.told()
    replaced(preview.root / ENGLISH, "category: Neuro, Spine & Cranial", "category: Spine")
    assert line.told()["choices"]["layout"] == "brochure"
    assert other.told()["choices"]["layout"] == "booklet"
    other.close()
    replaced(preview.root / ENGLISH, "category: Spine", "category: Neuro, Spine & Cranial")
    assert not line.told()["wrong"]


def test_a_fault_of_the_program_does_not_end_it(tmp_path, monkeypatch, capsys):
    builds = Builds(article(tmp_path, "handout", "shared"))
    monkeypatch.setattr(builds.live, "make", lambda job: 1 / 0)
    builds.start()
    viewer = builds.look(Wish(tmp_path / ENGLISH, "handout"))
    told = json.loads(viewer.told.get(timeout=10))
    assert told["wrong"] and "a fault of this program: division by zero" in told["problems"][0]["message"]
    assert "ZeroDivisionError" in capsys.readouterr().err
    builds.stop()
    assert viewer.told.get(timeout=1) is None


def test_memory_stays_flat(tmp_path):
    """After each save a leaflet is made anew, and those before it are let go, with what PDFium holds of them."""
    builds = Builds(article(tmp_path, "handout", "shared"))
    wish = Wish(tmp_path.resolve() / ENGLISH, "handout")
    builds.start()
    viewer = builds.look(wish)
    for _ in range(6):
        number = json.loads(viewer.told.get(timeout=20))["leaflet"]["number"]
        builds.shown(number).jpeg("page", 0, 64)
        builds.changed({wish.content})
    viewer.told.get(timeout=20)
    assert len(builds._made) <= 2 and number in builds._made
    builds.stop()


# ── what is changed ──


def test_only_the_page_may_change_a_file_and_only_one_of_the_content(preview):
    origin = next(iter(preview.server.origins))
    like = {"Origin": origin, "Content_Type": "application/json"}
    before = (preview.root / ENGLISH).read_bytes()
    seen = json.loads(ask(preview, "edit/look", "POST", {"file": ENGLISH, "path": "title"}, **like)[2])
    say = {"file": ENGLISH, "hash": seen["hash"], "path": "title", "new": "x"}
    assert ask(preview, "edit/say", "POST", say, Content_Type="application/json")[0] == 403
    foreign = {**like, "Origin": "http://evil.example"}
    assert ask(preview, "edit/say", "POST", say, **foreign)[0] == 403
    assert ask(preview, "edit/say", "POST", say, Origin=origin, Content_Type="text/plain")[0] == 415
    assert ask(preview, "/wrong/edit/say", "POST", say, **like)[0] == 404
    assert ask(preview, "edit/say", "GET", None)[0] == 404
    for nonsense in ({}, {"file": ENGLISH}, [], {**say, "path": 3, "new": None}, {**say, "hash": "x"}):
        assert ask(preview, "edit/say", "POST", nonsense, **like)[0] in (400, 409)
    assert ask(preview, "edit/dance", "POST", say, **like)[0] == 400
    for file in ("../outside.yaml", "/etc/hostname", "layouts/handout/layout.yaml", "content/content.schema.json"):
        assert ask(preview, "edit/say", "POST", {**say, "file": file}, **like)[0] == 409
    assert (preview.root / ENGLISH).read_bytes() == before
