"""What the guides say is true: commands, keys, elements, links, examples, messages, dependencies.

Every check is a function that lists faults: it finds none in the project itself, and finds the one that is planted.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from project_kit import ROOT, new_project, saved

from generator.door.commands import leaflet
from generator.model.layout import PAPERS
from generator.model.problem import Rejected, Text
from generator.model.record import replace
from generator.model.run import Job
from generator.model.story import SIGNS
from generator.recipe import build as many
from generator.recipe import find
from generator.recipe.leaflet import pages
from generator.recipe.project import ProjectFiles

PAGES = sorted(file for file in ROOT.rglob("*.md")
               if not {".venv", "build", "output", ".pytest_cache"} & set(file.relative_to(ROOT).parts))


@cache
def _tables():
    """docs/tables.py, which is no part of the program."""
    found = importlib.util.spec_from_file_location("tables", ROOT / "docs" / "tables.py")
    module = sys.modules["tables"] = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def each(pages: list[Path]):
    return pytest.mark.parametrize("page", pages, ids=lambda page: str(page.relative_to(ROOT)))


FENCE = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)


def fences(text: str, *kinds: str) -> list[str]:
    return [found["body"] for found in FENCE.finditer(text) if not kinds or found["kind"] in kinds]


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def old_tables(text: str) -> list[str]:
    """Tables of a guide that are not as the program would write them now."""
    tables = _tables()
    return [found["name"] for found in tables.MARKED.finditer(text) if found["name"] not in tables.TABLES
            or tables.renewed(found[0]) != found[0]]


@each([ROOT / name for name in _tables().GUIDES])
def test_tables_are_up_to_date(page):
    assert not old_tables(text_of(page)), "make docs"


def test_every_table_stands_somewhere():
    standing = [found["name"] for name in _tables().GUIDES for found in _tables().MARKED.finditer(text_of(ROOT / name))]
    assert sorted(standing) == sorted(_tables().TABLES)


def test_an_old_table_is_found():
    guide = text_of(ROOT / "docs" / "content.md")
    assert old_tables(guide.replace("| `alt` |", "| `alternative` |")) == ["content.figure"]
    assert old_tables("<!-- table attic -->\n<!-- end -->\n") == ["attic"]


def named(text: str, head: str) -> set[str]:
    """Names in the first column of the table whose heading line begins with `head`."""
    body = re.search(rf"^\| {re.escape(head)} \|.*\n\|[- |]+\n((?:\|.*\n)+)", text, re.MULTILINE)[1]
    return {name for row in body.splitlines() for name in re.findall(r"`([^`]+)`", row.split(" | ")[0])}


def by_hand() -> dict[str, set[str]]:
    """What tables that are written by hand must name, by their first heading."""
    from generator.merge import sandbox
    from generator.read.layout import read_theme

    theme = read_theme("calm", [ROOT / "layouts" / "shared"], ROOT)
    filters = {*sandbox.FILTERS, "text", "inline", "date", "grid", "address", "dialled", "join", "replace",
               "trim"}
    known = {name for name in sandbox.Sandbox((ROOT / "layouts",), ROOT).filters if name[0] != " "}
    assert filters == known
    return {"name": set(sandbox.VARIABLES), "filter": filters, "colour": set(theme.palette)}


def unlike(text: str) -> list[str]:
    return [f"{head}: {name}" for head, names in by_hand().items() for name in sorted(named(text, head) ^ names)]


def test_variables_filters_and_colours():
    guide = text_of(ROOT / "docs" / "layouts.md")
    assert not unlike(guide)
    assert re.findall(r"`([\w-]+)`", re.search(r"<!-- signs -->(.*)<!-- end signs -->", guide)[1]) == list(SIGNS)


def test_another_variable_filter_or_colour_is_found():
    guide = text_of(ROOT / "docs" / "layouts.md")
    for old, said in (("| `draft` |", "name: draft"), ("| `inline` |", "filter: inline"),
                      ("| `muted` |", "colour: muted")):
        assert old in guide
        assert unlike(guide.replace(old, "| `other` |")) == sorted([said.split(": ")[0] + ": other", said])


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def code(text: str) -> list[str]:
    """Lines of shell examples, and code within text (without the tables that the program writes)."""
    plain = re.sub(r"<!-- table (?!commands).*?<!-- end -->", "", text, flags=re.DOTALL)
    lines = [line for body in fences(plain, "sh") for line in body.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", FENCE.sub("", plain))


def wrong_commands(text: str) -> list[str]:
    """Commands, options and targets in examples that do not exist."""
    commands = _tables().every()
    common = {"--help", "-h"}
    options_of = {name: {option for param in one.params for option in param.opts} | common
                  for name, one in {"": leaflet, **commands}.items()}
    faults = []
    for line in code(text):
        words = re.sub(r"\s+#.*| >.*", "", line).split()
        if words[:1] == ["leaflet"]:
            known = [name for name in commands if words[1 : 1 + len(name.split())] == name.split()]
            name = known[0] if known else ""
            if (not known and words[1:2] and not words[1].startswith("-")
                and " ".join(words[1:]) not in leaflet.list_commands(None)):
                faults.append(" ".join(words[:2]))
                continue
            faults += [f"leaflet {name} {word}"
                       for word in words if re.match(r"--?[a-z]", word) and word not in options_of[name]]
        elif words[:1] == ["make"]:
            faults += [f"make {word}" for word in words[1:] if "=" not in word and word not in _tables().targets()]
        elif words and words[0].startswith("--") and len(words[0]) > 2:
            faults += [words[0]] if not any(words[0] in options for options in options_of.values()) else []
    return faults


@each(PAGES)
def test_commands_exist(page):
    assert not wrong_commands(text_of(page))


def undocumented(guide: str) -> list[str]:
    """Commands, options and targets that the guide does not name."""
    faults = [f"make {target}" for target in _tables().targets() if f"`make {target}`" not in guide]
    for name, command in _tables().every().items():
        part = re.search(rf"^### `leaflet {name}\b.*?(?=^##|\Z)", guide, re.DOTALL | re.MULTILINE)
        options = [option for param in command.params if param.param_type_name == "option" for option in param.opts]
        faults += [f"leaflet {name} {option}"
                   for option in options if part and not re.search(rf"`.*{option}\b", part[0])]
        faults += [] if part else [f"leaflet {name}"]
    return faults


def test_commands_are_all_in_the_guide():
    guide = text_of(ROOT / "docs" / "commands.md")
    assert not undocumented(guide)
    assert undocumented(guide.replace("--force", "--press").replace("`make clean`", "`make tidy`")) == ["make clean",
        "leaflet build --force", "leaflet copies --force", "leaflet mail --force"]
    assert undocumented(guide.replace("### `leaflet schema ", "### `leaflet scheme ")) == ["leaflet schema"]


@pytest.mark.parametrize("line", ["`leaflet bild`", "`leaflet build --layouts x`",
                                  "```sh\nleaflet eml x --form me\n```", "`make everything`", "`--forse`",
                                  "`leaflet translate ekport`", "`leaflet translate import x --format po`"])
def test_a_wrong_command_is_found(line):
    assert len(wrong_commands(line + "\n")) == 1


# ── links ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def anchors(text: str) -> set[str]:
    """What headings are called in addresses."""
    heads = re.findall(r"^#+ (.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def broken_links(page: Path, text: str) -> list[str]:
    faults = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", FENCE.sub("", text))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        there = file.exists() and ROOT in file.resolve().parents
        if not there or (anchor and anchor not in anchors(text_of(file) if path else text)):
            faults.append(target)
    return faults


@each(PAGES)
def test_links_lead_somewhere(page):
    assert not broken_links(page, text_of(page))


@pytest.mark.parametrize("target", ["docs/nowhere.md", "#nowhere", "docs/content.md#nowhere", "../elsewhere.md"])
def test_a_broken_link_is_found(target):
    assert broken_links(ROOT / "README.md",
                        f"# Here\n[x]({target}) [y](#here) [z](docs/content.md#every-key)\n") == [target]


def test_every_layout_has_a_page():
    assert all((ROOT / "layouts" / name / "README.md").is_file() for name in _tables().LAYOUTS)


def test_the_picture_is_small():
    assert 20_000 < (ROOT / "docs" / "pages.png").stat().st_size < 300_000


# ── dependencies ─────────────────────────────────────────────────────────────────────────────────────────────────────


def unexplained(architecture: str, project: dict) -> list[str]:
    """Libraries that ARCHITECTURE.md does not explain, and those it explains though nothing needs them."""
    def names(ranges: list[str]) -> set[str]:
        return {re.match(r"[\w-]+", one)[0].lower() for one in ranges}

    table = re.search(r"^\| library \|.*\n((?:\|.*\n)+)", architecture, re.MULTILINE)[1]
    told = {name for row in table.splitlines()[1:] for name in re.split(r",\s*", row.split("|")[1].strip())}
    needed = names(project["dependencies"])
    extra = {name for ranges in project["optional-dependencies"].values() for name in names(ranges)}
    return sorted(needed - told) + sorted(told - needed - extra)


def test_dependencies_are_explained():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    architecture = text_of(ROOT / "ARCHITECTURE.md")
    assert not unexplained(architecture, project)
    assert unexplained(architecture.replace("| jinja2 |", "| mako |"), project) == ["jinja2", "mako"]


def unnamed_rooms(architecture: str) -> list[str]:
    """Rooms, and files on the ground of generator/, that ARCHITECTURE.md does not name."""
    rooms = [file.name + "/" for file in (ROOT / "generator").iterdir() if (file / "__init__.py").is_file()]
    files = [file.name for file in (ROOT / "generator").glob("*.py") if not file.name.startswith("__")]
    return sorted(one for one in rooms + files if not re.search(rf"^\|.*(?<!\w){re.escape(one)}.*\|", architecture,
                                                                re.MULTILINE) and one != "model/")


def test_rooms_are_named():
    architecture = text_of(ROOT / "ARCHITECTURE.md")
    assert not unnamed_rooms(architecture)
    assert unnamed_rooms(architecture.replace("| impose/ |", "| cellar/ |")) == ["impose/"]


# ── examples ─────────────────────────────────────────────────────────────────────────────────────────────────────────

WHOLE = {"format": "format: 1", "language": "language: en", "title": "title: Example"}


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    drawing, knee = ((ROOT / "tests/samples/everything" / name).read_text() for name in ("inhaler.svg", "cap.svg"))
    passage = fences(text_of(ROOT / "docs" / "content.md"), "yaml shared")[0]
    return new_project(tmp_path_factory.mktemp("guides"),
                       {"example/inhaler.svg": drawing, "example/knee.svg": knee,
                        "shared/emergency-box.en.yaml": passage})


def whole(example: str) -> str:
    """A content file: what is required and not in the example is put behind it, so that lines keep their numbers."""
    return example + "".join(f"{line}\n"
                             for key, line in WHOLE.items() if not re.search(rf"^{key}:", example, re.MULTILINE))


def said_of(kind: str, example: str, project: Path) -> list[str]:
    """The problems of an example, read by the real readers; content is merged and typeset, too."""
    from generator.check.contrast import faint
    from generator.impose import problems
    from generator.read.content import read_publisher
    from generator.read.layout import read_layout, read_theme, read_words
    from generator.read.mailing import read_mailing
    from generator.read.passages import read_shared
    from generator.read.printers import read_printers

    shared, own = project / "layouts" / "shared", project / "own"
    for folder in ("themes", "words", "layout"):
        (own / folder).mkdir(parents=True, exist_ok=True)
    try:
        if kind in ("content", "body", "wrong"):
            file = project / "content" / "example" / "en.yaml"
            file.write_text(whole("introduction:\n" + example if kind == "body" else example), encoding="utf-8")
            pages(ProjectFiles(project), Job(file, "handout", "a4", None))
        elif kind == "shared":
            (project / "content" / "shared" / "example.en.yaml").write_text(example, encoding="utf-8")
            read_shared(Text("example"), "en", project)
        elif kind == "publisher":
            file = project / "own" / "content" / "publisher.yaml"
            saved(file, example)
            colours = read_publisher(project / "own").colours
            theme = read_theme("calm", [shared], project)
            return [str(problem) for problem in faint(replace(theme, palette={**theme.palette, **colours}))]
        elif kind == "theme":
            (own / "themes" / "example.yaml").write_text(example, encoding="utf-8")
            return [str(problem) for problem in faint(read_theme("example", [own, shared], project))]
        elif kind in ("printers", "mail"):
            (own / f"{kind}.yaml").write_text(example, encoding="utf-8")
            {"printers": read_printers, "mail": read_mailing}[kind](own)
        elif kind == "words":
            (own / "words" / "xx.yaml").write_text(example, encoding="utf-8")
            read_words("xx", [own], project)
        elif kind == "layout":
            (own / "layout" / "layout.yaml").write_text(example, encoding="utf-8")
            (own / "layout" / "layout.html.j2").touch()
            layout = read_layout(own / "layout", project)
            return [str(problem) for paper in PAPERS.values() for problem in problems(layout, paper)]
        else:
            return [f"an example of no kind: {kind!r}"]
    except Rejected as rejected:
        return [str(problem).removeprefix("content/example/") for problem in rejected.problems]
    return []


def examples() -> list:
    found = []
    for page in PAGES:
        text = text_of(page)
        for one in FENCE.finditer(text):
            kind, _, rest = one["kind"].partition(" ")
            if kind == "yaml" and rest != "wrong":
                found.append(pytest.param(rest, one["body"],
                                          id=f"{page.relative_to(ROOT)}:{text.count(chr(10), 0, one.start()) + 1}"))
    return found


@pytest.mark.parametrize(("kind", "example"), examples())
def test_examples_are_right(kind, example, project):
    assert said_of(kind, example, project) == []


@pytest.mark.parametrize(
    ("kind", "example"),
    [("content", "titel: x\n"), ("body", "- txt: x\n"), ("body", "- text: <b>x</b>\n"), ("publisher", "nam: x\n"),
     ("publisher", "colours: {dark: '#777777'}\n"), ("theme", "palete: {}\n"),
     ("theme", "extends: calm\npalette: {ink: '#777777'}\n"), ("printers", "office: {left: 1mm}\n"), ("words", "- x\n"),
     ("layout", "title: x\n"), ("", "a: b\n")],
)  # fmt: skip
def test_a_wrong_example_is_found(kind, example, project):
    assert said_of(kind, example, project)


WRONG = re.compile(r"^```yaml wrong\n(.*?)^```\n```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("example", "message"), WRONG.findall(text_of(ROOT / "docs" / "content.md")))
def test_mistakes_give_the_message_shown(example, message, project):
    assert said_of("wrong", example, project) == message.splitlines()


def test_every_wrong_example_has_its_message():
    text = text_of(ROOT / "docs" / "content.md")
    assert len(WRONG.findall(text)) == len(fences(text, "yaml wrong")) > 5


def test_the_layout_of_the_guide_builds(project):
    guide = text_of(ROOT / "docs" / "layouts.md")
    folder = project / "layouts" / "card"
    folder.mkdir()
    (numbers,), (template,) = fences(guide, "yaml layout"), fences(guide, "html template")
    (folder / "layout.yaml").write_text(numbers, encoding="utf-8")
    (folder / "layout.html.j2").write_text(template, encoding="utf-8")
    file = project / "content" / "example" / "en.yaml"
    file.write_text(fences(text_of(ROOT / "docs" / "content.md"), "yaml content")[0], encoding="utf-8")
    result = many.build(project, [file], layouts=["card"], output=project / "output")
    assert not result.problems
    assert len(result.files) == 4


def test_the_drawing_of_the_guide_is_read():
    from generator.read.drawing import read_drawing

    (svg,) = fences(text_of(ROOT / "docs" / "layouts.md"), "html svg")
    drawing = read_drawing(svg.encode(), "x.svg", "x.svg")
    assert [label.id for label in drawing.labels] == ["evening"]


@pytest.mark.parametrize("file", ["README.md", "docs/commands.md", "docs/printing.md", "generator/door/commands.py"])
def test_a_command_for_one_leaflet_names_one(file):
    for name in re.findall(r"leaflet (?:eml|proof) ([\w/-]*vertebroplasty\S*)",
                           (ROOT / file).read_text(encoding="utf-8")):
        assert len(find.contents(ROOT, [name])) == 1, name
