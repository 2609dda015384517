"""The twin of a leaflet: the same words as the PDF in the same order, accessible, one file in which nothing runs."""

from __future__ import annotations

import json
import re

import pytest
from html_kit import Page, paper_words, plain_words
from project_kit import ROOT, new_project

from generator.html import Facts, page
from generator.model.record import replace
from generator.model.run import Job
from generator.recipe import find
from generator.recipe.leaflet import make
from generator.recipe.output import twin
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of

FILES = ProjectFiles(ROOT)
TORTURE = ROOT / "tests" / "languages" / "torture"
CONTENTS = [*find.contents(ROOT), *sorted((ROOT / "tests" / "samples").glob("*/*.yaml")),
            *(TORTURE / f"{language}.yaml" for language in ("ar", "ja"))]
BESIDE = [(folder / "en.yaml", folder / "ar.yaml")
          for folder in (CONTENTS[0].parent, ROOT / "tests" / "samples" / "everything")]
JOBS = [*(find.twin(FILES, path, None, None, "html", False) for path in CONTENTS),
        *(find.twin(FILES, one, other, None, "html", False) for one, other in BESIDE)]


def written(job: Job) -> str:
    (data,) = make(FILES, job).files.values()
    return data.decode()


def shown(job: Job) -> str:
    return job.name


@pytest.fixture(scope="module")
def article() -> Page:
    return Page(written(JOBS[1]))


@pytest.mark.parametrize("job", JOBS, ids=shown)
def test_the_words_are_those_of_the_pdf_in_the_same_order(job, tmp_path):
    """Footers and numbers of pages belong to paper, and so does the list of printed addresses at its end."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(next(iter(make(FILES, replace(job, form="pdf")).files.values())))
    paper = paper_words(file)
    assert len(paper) > 10
    said = addresses(job)
    assert without(paper, said, Page(written(job)).words) == ""
    assert without(paper, said, plain_words(written(replace(job, form="text")))) == ""


def addresses(job: Job) -> list[str]:
    """What a story says for paper alone, in reading order: numbers behind links, and the list at its end."""
    out: list[str] = []

    def walk(node) -> None:
        for kid in node.kids:
            if not isinstance(kid, str) and kid.name in ("address", "addresses", "where"):
                out.extend("".join(kid.words().split()) for kid in ([kid] if kid.name != "addresses" else kid.kids))
            elif not isinstance(kid, str):
                walk(kid)

    for part in story_of(FILES, job).leaflet.parts.values():
        walk(part)
    return out


def without(paper: list[str], said: list[str], twin: list[str]) -> str:
    """Where the words of a twin and those of a paper differ, when all of `said` is left out of these; "" where they
    don't."""
    have, wanted, at, left = "".join(paper), "".join(twin), 0, list(said)
    for number, sign in enumerate(wanted):
        while have[at : at + 1] != sign:
            if not left or not have.startswith(left[0], at):
                return f"{wanted[number - 20 : number + 20]!r} on paper: {have[at - 20 : at + 20]!r}"
            at += len(left.pop(0))
        at += 1
    return "" if have[at:] == "".join(left) else f"at the end of the paper: {have[at:]!r}"


def test_words_that_differ_are_seen():
    assert without(["a", "1", "b", "x.org"], ["1", "x.org"], ["a", "b"]) == ""
    assert without(["a", "1", "b"], [], ["a", "b"]) and without(["a", "b"], ["b"], ["a", "c"])
    assert without(["a", "b", "c"], ["b"], ["a", "b"]) and without(["a"], [], ["a", "b"])


def test_a_word_that_is_missing_is_seen(article):
    assert "balloon" in article.words
    text = written(JOBS[1])
    assert Page(text.replace("an additional step", "an step", 1)).words != article.words
    assert Page(text.replace("inflates a small balloon", "inflates a small <!-- balloon -->", 1)).words != article.words


@pytest.mark.parametrize("job", JOBS, ids=shown)
def test_structure_is_that_of_the_story(job):
    story = story_of(FILES, job)
    found = Page(written(job)).elements
    counts = {tag: sum(one[0] == tag for one in found) for tag in ("h1", "h2", "h3", "ul", "ol", "table", "figure")}
    nodes = [node for part in story.leaflet.parts.values() for node in below(part)]
    paper = [inner for node in nodes if node.name == "addresses" for inner in below(node)]
    nodes = [node for node in nodes if all(node is not one for one in paper)]
    assert counts == {tag: sum(node.name == tag for node in nodes) for tag in counts}
    heads = [attributes for tag, attributes, _ in found if tag == "th"]
    assert all(attributes["scope"] in ("row", "col", "colgroup") for attributes in heads)
    pictures = [attributes for tag, attributes, _ in found
                if attributes.get("role") == "img" or tag == "img" and attributes.get("alt")]
    assert len(pictures) == sum(node.name == "img" and "decorative" not in node.attributes for node in nodes)
    assert all(attributes.get("aria-label") or attributes.get("alt") for attributes in pictures)


def below(node):
    for kid in node.kids:
        if not isinstance(kid, str):
            yield kid
            yield from below(kid)


@pytest.mark.parametrize("job", JOBS, ids=shown)
def test_language_and_direction_are_said_on_the_page_and_on_what_it_holds(job):
    found = Page(written(job)).elements
    story = story_of(FILES, job)
    for tag in ("html", "main"):
        (attributes,) = [attributes for name, attributes, _ in found if name == tag]
        assert (attributes["lang"], attributes["dir"]) == (story.leaflet.language, story.leaflet.direction)
    if job.beside:
        sides = {(one["lang"], one["dir"]) for tag, one, _ in found if tag == "div" and "lang" in one}
        assert sides == {("en", "ltr"), ("ar", "rtl")}


@pytest.mark.parametrize("job", JOBS, ids=shown)
def test_nothing_runs_and_nothing_is_fetched(job):
    text = written(job)
    found = Page(text).elements
    assert [one.get("type") for tag, one, _ in found if tag == "script"] == ["application/ld+json"]
    assert all(one["src"].startswith("data:image/") for _, one, _ in found if "src" in one)
    assert not [key for _, one, _ in found for key in one if key.startswith("on")]
    assert not {tag for tag, _, _ in found} & {"iframe", "object", "embed", "form", "base", "audio", "video"}
    assert not re.search(r"url\(|@import|javascript:", text)
    assert [one for tag, one, _ in found if tag == "link" and one["rel"] != "canonical"] == []


def test_same_input_same_bytes():
    assert written(JOBS[1]) == make(ProjectFiles(ROOT), JOBS[1]).files[f"{JOBS[1].name}.html"].decode()


CONTENT = """format: 1
language: ar
title: "<script>alert('x')</script> & دواء"
summary: 'Take **5 mg** & \\</script>\\<!-- twice'
audience: patients
web: https://example.org/x?a=1&b=2
review: {reviewed: 2026-03-01, published: 2025, reviewer: B. Reader, author: A. Writer, status: draft}
publisher: {name: A clinic, web: https://clinic.example}
sections:
- heading: "رقم"
  body: "اتصل على 1-800-555-0199 أو 5 mg"
"""


@pytest.fixture
def arabic(tmp_path) -> str:
    project = ProjectFiles(new_project(tmp_path, {"a/ar.yaml": CONTENT}, ["handout", "shared"]))
    job = find.twin(project, project.root / "content/a/ar.yaml", None, None, "html", False)
    return make(project, job).files["a-ar.html"].decode()


def test_what_search_engines_read_is_what_the_content_says(arabic):
    said = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', arabic, re.DOTALL)[1])
    assert said["@type"] == "MedicalWebPage"
    assert said["name"] == "<script>alert('x')</script> & دواء"
    assert said["description"] == "Take 5 mg & </script><!-- twice"
    assert said["lastReviewed"] == "2026-03-01" and said["datePublished"] == "2025"
    assert said["reviewedBy"]["name"] == "B. Reader" and said["author"]["name"] == "A. Writer"
    assert said["audience"] == [{"@type": "Patient"}]
    assert said["publisher"] == {"@type": "Organization", "name": "A clinic", "url": "https://clinic.example"}
    assert said["url"] == "https://example.org/x?a=1&b=2"
    assert "keywords" not in said and "version" not in said, "a fact that the content lacks is never made up"


def test_a_draft_is_not_for_search_engines(arabic):
    assert '<meta name="robots" content="noindex">' in arabic
    assert "noindex" not in written(JOBS[1])


def test_words_of_an_author_are_never_markup(arabic):
    found = Page(arabic)
    assert [tag for tag, _, _ in found.elements if tag == "script"] == ["script"]
    assert "<script>alert('x')</script>" in found.words


def test_numbers_run_from_left_to_right_and_stay_with_their_units(arabic):
    assert '<bdi dir="ltr">1-800-555-0199</bdi>' in arabic
    assert '<bdi dir="ltr">5\u00a0mg</bdi>' in arabic


def test_a_code_becomes_a_link_where_there_is_none():
    story = story_of(FILES, JOBS[1])
    from generator.model.story import Node

    def with_code(*more: Node) -> str:
        code = Node("qr", attributes={"href": "https://example.org/a", "alt": "Scan for more"})
        part = Node("story", kids=[code, *more])
        leaflet = replace(story.leaflet, parts={"story": part})
        return page(leaflet, story.theme, Facts(story.content, "", ("en",))).decode()

    link = Node("p", kids=[Node("a", attributes={"href": "https://example.org/a"}, kids=["here"])])
    assert ">Scan for more</a>" in with_code()
    assert "Scan for more" not in with_code(link)


def test_the_file_is_named_after_the_leaflet():
    slug = "kyphoplasty-vs-vertebroplasty"
    assert [job.name for job in JOBS[:3]] == [f"{slug}-{tag}" for tag in ("ar", "en", "tr")]
    assert JOBS[-2].name == f"{slug}-en+ar"
    assert list(twin(replace(JOBS[1], form="text"), story_of(FILES, JOBS[1]))) == [f"{slug}-en.txt"]
