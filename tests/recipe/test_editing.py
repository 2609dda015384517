"""A text is changed at its place alone: every other byte stays, and it reads as it was typed."""

from __future__ import annotations

import os
import random
import shutil
import stat
from collections import Counter
from difflib import unified_diff

import pytest
from edit_kit import EDITED, change_one, rearrange_one
from project_kit import refused

from generator.recipe import draft
from generator.recipe.editing import Desk, hash_of
from generator.recipe.offers import stands_now
from generator.recipe.project import ProjectFiles
from generator.recipe.remarks import remarks

PICTURE = EDITED.parents[2] / "generator" / "read" / "starter" / "picture.svg"
COUNT = int(os.environ.get("EDITS", "24"))

LONG = "First do this, and then wait until the ward calls you back, which may take up to an hour."
MUSCLE = "The heart is a muscle. It pumps blood through the body, all day and all night. Ask us, we are glad to help."


NO_TEXT = "code (`…`) has no place here"
"""What is told of marks that no text holds: the leaflet could not be built with them."""


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "content" / "heart"
    folder.mkdir(parents=True)
    shutil.copy(PICTURE, folder / "picture.svg")
    shutil.copy(EDITED, folder / "en.yaml")
    return folder / "en.yaml"


def desk_of(file):
    return Desk(file.parents[2])


def say(file, path, new, kind="prose", desk=None):
    data = file.read_bytes()
    return (desk or desk_of(file)).change(file, hash_of(data), path, lambda draft: draft.say(path, new, kind))


def changed(file) -> tuple[list[str], list[str]]:
    """Lines that the file has lost, and lines that it has won."""
    old, new = EDITED.read_text(encoding="utf-8").split("\n"), file.read_text(encoding="utf-8").split("\n")
    head = next((at for at, (one, two) in enumerate(zip(old, new)) if one != two), min(len(old), len(new)))
    tail = next((at for at, (one, two) in enumerate(zip(old[:head - 1:-1], new[:head - 1:-1])) if one != two), 0)
    return old[head : len(old) - tail], new[head : len(new) - tail]


def what_is_told(change, file, ends: str, seed: int) -> Counter:
    """How often random changes of one kind got each answer; after every twenty changes the file begins anew."""
    chance = random.Random(seed)
    start = EDITED.read_bytes().replace(b"\n", ends.encode())
    told = Counter()
    for number in range(COUNT):
        if not number % 20:
            file.write_bytes(start)
        told[change(desk_of(file), file, chance)] += 1
    return told


@pytest.mark.parametrize(("ends", "seed"), [("\n", 1), ("\r\n", 2)])
def test_random_changes_leave_every_other_byte(file, ends, seed):
    told = what_is_told(change_one, file, ends, seed)
    assert not [one for one in told if one != "kept" and "is empty" not in one and NO_TEXT not in one], "nothing else"
    assert told["kept"] > 0.8 * COUNT


@pytest.mark.parametrize(("ends", "seed"), [("\n", 1), ("\r\n", 2)])
def test_items_come_move_and_go_at_random(file, ends, seed):
    told = what_is_told(rearrange_one, file, ends, seed)
    expected = (NO_TEXT, "nothing to move past", "is missing here", "a table needs rows", "a row of")
    assert not [one for one in told if one != "kept" and not any(part in one for part in expected)]
    assert told["kept"] > 0.65 * COUNT


@pytest.mark.parametrize(("path", "new", "lines"), [
    ("sections[1].heading", "What now?", ["  - heading: What now?   # action"]),
    ("sections[1].heading", "Now: what?", ['  - heading: "Now: what?"   # action']),
    ("category", "Nurses' rules", ["category: 'Nurses'' rules'"]),
    ("title", "Heart: what now?", ['title: "Heart: what now?"    # in quotes']),
    ("keywords[0]", "heart, blood", ['keywords: ["heart, blood", "a, b", \'c: d\']']),
    ("sections[1].body[2].box.text[0].text", "999 # now",  ['          text: "999 # now"']),
    ("sections[1].body[1].steps[0].text[0].text", LONG, ["          - text: >-",
        "              First do this, and then wait until the ward calls you back, which may take",
        "              up to an hour."]),
    ("sections[1].body[1].steps[0].text[0].text", "First\n\n- do this\n- and that",
     ["          - text: |", "              First", "", "              - do this", "              - and that"]),
    ("sections[0].body[0].text", MUSCLE, ["      Ask us, we are glad to help."]),
    ("contacts[0].phone", "112", ['    phone: "112"']),
    ("review.published", "2018", ["review: {status: draft, published: 2018}"]),
    ("glossary[0].meaning", "A muscle, and more", ['  - {term: Heart, meaning: "A muscle, and more"}']),
])
def test_it_is_written_as_a_careful_person_would(file, path, new, lines):
    say(file, path, new, "date" if path == "review.published" else "prose")
    assert changed(file)[1] == lines


def do(file, how):
    desk_of(file).change(file, hash_of(file.read_bytes()), "", how)


@pytest.mark.parametrize(("how", "lost", "won"), [
    (lambda one: one.insert("key_points", 1, "Walk."), [], ["  - Walk."]),
    (lambda one: one.insert("sections", 3, {"heading": "Why?", "body": "So: it is."}), [],
     ["  - heading: Why?", '    body: "So: it is."', ""]),
    (lambda one: one.insert("references", 0, {"text": "A book"}), [], ["", "references:", "  - text: A book", ""]),
    (lambda one: one.add_key("", "audience_note", "For all."), [], ["audience_note: For all."]),
    (lambda one: one.remove("sections[1].body[1].steps[1]"),
     ['          - text: "Then do', '              that."',
      "            figure: {file: picture.svg, alt: What it shows}"], []),
    (lambda one: one.move("sections[1].body[1].steps", 1, 0), ["          - text: First do this."],
     ["          - text: First do this."]),
    (lambda one: one.remove("glossary[0]"), ["glossary:", "  - {term: Heart, meaning: A muscle}"], []),
    (lambda one: one.column("sections[1].body[3].table", 1), None,
     ["          columns: [What, Second]", "              cells: ['Two hours']"]),
    (lambda one: one.column("sections[1].body[3].table", 2, heading="Third"), None,
     ['          columns: [What, "First: one", Third, Second]', '              cells: [One hour, "", \'Two hours\']',
      '                - ""']),
    (lambda one: one.column("sections[1].body[3].table", 1, to=2), None,
     ['          columns: [What, Second, "First: one"]', "              cells: ['Two hours', One hour]",
      "                - None at all"]),
])
def test_items_are_written_as_a_careful_person_would(file, how, lost, won):
    do(file, how)
    old, new = EDITED.read_text(encoding="utf-8").split("\n"), file.read_text(encoding="utf-8").split("\n")
    told = list(unified_diff(old, new, n=0, lineterm=""))[2:]
    gone = [one[1:] for one in told if one.startswith("-")]
    assert lost is None or gone == lost
    come = [one[1:] for one in told if one.startswith("+")]
    assert come == (won if lost is not None else [one for one in come if one in won])
    assert set(won) <= set(come)


def test_a_text_becomes_a_list_of_blocks_when_one_comes_beside_it(file):
    do(file, lambda one: one.insert("sections[0].body", 1, {"box": {"kind": "tip", "text": "Walk."}}))
    assert changed(file)[1] == [
        "    body:", "      - text: >-", "          The heart is a muscle. It pumps blood",
        "          through the body, all day and all night.", "          Ask us: we are glad to help.",
        "      - box:", "          kind: tip", "          text: Walk."]


def test_texts_that_say_the_same_change_together(file):
    text = EDITED.read_text(encoding="utf-8")
    for old, new in (("category:", "cover_title: [Heart –, what now?]\ncategory:"),
                     ("introduction:", "options: [A, B]\nintroduction:"),
                     ("heading: What is it?", "heading: What is it?\n    option: A"),
                     ('columns: [What, "First: one", Second]', "compare: true\n          columns: [What, A, B]"),
                     ("                - text: One\n                  columns: 1\n", "                - One\n")):
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    do(file, lambda one: one.say_all("title", "Heart – what to do now?"))
    assert "cover_title: [Heart –, what to do now?]" in file.read_text(encoding="utf-8")
    do(file, lambda one: one.say_all("cover_title", "Heart\n– what now?"))
    assert 'title: "Heart – what now?"' in file.read_text(encoding="utf-8")
    do(file, lambda one: one.say_all("options[0]", "Tablets"))
    assert file.read_text(encoding="utf-8").count("Tablets") == 3


def test_what_cannot_be_is_refused_and_nothing_is_written(file):
    before = file.read_bytes()
    assert refused(say, file, "title", " ") == ["the text is empty (to take it out, choose Remove)"]
    assert "must be a date" in refused(say, file, "review.published", "soon", "date")[0]
    assert "cannot be seen" in refused(say, file, "title", "a\x07b")[0]
    assert "a rule has no place in a text" in refused(say, file, "summary", "Words.\n\n---")[0]
    assert refused(say, file, "sections[9].heading", "x")[0].startswith("this place is no longer there")
    assert file.read_bytes() == before


def test_a_file_that_changed_meanwhile_is_left_alone(file):
    seen = hash_of(file.read_bytes())
    file.write_bytes(file.read_bytes().replace(b"First do", b"At first do"))
    now = file.read_bytes()
    told = refused(desk_of(file).change, file, seen, "title", lambda draft: draft.say("title", "x", "line"))
    assert "changed meanwhile" in told[0]
    assert file.read_bytes() == now


@pytest.mark.parametrize(("change", "state", "path", "now"), [
    (lambda text: text.replace("title: ", "title:  "), "same", "key_points[1]", "OLD"),
    (lambda text: text.replace("key_points:\n", "key_points:\n  - A new one\n"), "moved", "key_points[2]", "OLD"),
    (lambda text: text.replace("OLD", "Another"), "changed", "key_points[1]", "Another"),
    (lambda text: text.replace("  - OLD\n", "  - New words\n  - OLD too\n"), "changed", "key_points[2]", "OLD too"),
    (lambda text: text.replace("  - OLD\n", ""), "gone", "key_points[1]", ""),
])
def test_where_a_text_stands_after_the_file_was_changed(tmp_path, change, state, path, now):
    text = "format: 1\nlanguage: en\ntitle: A\nkey_points:\n  - One\n  - OLD\n"
    one = tmp_path / "content" / "a" / "en.yaml"
    found = stands_now(draft.Draft(one, tmp_path, change(text).encode()), "key_points[1]", "OLD")
    assert (found["state"], found["path"], found["text"]) == (state, path, now)


def test_what_an_editor_would_say_of_one_text(tmp_path):
    """What `leaflet check` says of it: of the text alone, and nothing that is said of the leaflet as a whole."""
    one = tmp_path / "content" / "a" / "en.yaml"
    long = " ".join(["one two three four"] * 10)
    text = f"format: 1\nlanguage: en\ntitle: A\nintroduction: {long}.\nsummary: We do it it daily.\n"
    made = draft.Draft(one, tmp_path, text.encode())
    project = ProjectFiles(tmp_path)
    assert [found.rule for found in remarks(project, made, "introduction[0].text")] == ["long-sentence"]
    assert [found.rule for found in remarks(project, made, "summary")] == ["doubled-word"]
    assert remarks(project, made, "title") == []


def test_a_file_that_changes_while_the_change_is_made_is_left_alone(file):
    other = b"format: 1\n"

    def how(draft):
        draft.say("title", "x", "line")
        file.write_bytes(other)

    assert "changed meanwhile" in refused(desk_of(file).change, file, hash_of(file.read_bytes()), "title", how)[0]
    assert file.read_bytes() == other


def test_undo_and_redo(file):
    desk, before = desk_of(file), file.read_bytes()
    assert refused(desk.undo) == ["there is nothing to undo"]
    say(file, "title", "One", "line", desk)
    one = file.read_bytes()
    say(file, "title", "Two", "line", desk)
    two = file.read_bytes()
    desk.undo()
    assert file.read_bytes() == one
    desk.undo()
    assert file.read_bytes() == before
    desk.redo()
    desk.redo()
    assert file.read_bytes() == two
    desk.undo()
    file.write_bytes(one + b"# by somebody else\n")
    assert "changed elsewhere" in refused(desk.undo)[0] and "changed elsewhere" in refused(desk.redo)[0]
    assert file.read_bytes().endswith(b"somebody else\n")


def test_who_may_read_the_file_stays(file):
    os.chmod(file, 0o640)
    say(file, "title", "One", "line")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(one.name for one in file.parent.iterdir()) == ["en.yaml", "picture.svg"], "no file is left behind"


def test_a_link_is_not_written_through(file, tmp_path):
    link = file.with_name("de.yaml")
    link.symlink_to(tmp_path / "elsewhere.yaml")
    assert "is a link" in refused(desk_of(file).change, link, "", "title", print)[0]


def test_a_byte_order_mark_and_a_missing_last_line_end_stay(file):
    file.write_bytes(b"\xef\xbb\xbf" + EDITED.read_bytes().rstrip(b"\n"))
    say(file, "title", "One", "line")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf# A file") and file.read_bytes().endswith(b"# the end")


def test_the_publisher_and_shared_passages(tmp_path):
    folder = tmp_path / "content"
    (folder / "shared").mkdir(parents=True)
    publisher, shared = folder / "publisher.yaml", folder / "shared" / "call.en.yaml"
    publisher.write_text("name: Clinic  # ours\n", encoding="utf-8")
    shared.write_text("body:\n  - text: Call us.\n", encoding="utf-8")
    desk = Desk(tmp_path)
    say(publisher, "name", "Heart clinic", "line", desk)
    say(shared, "body[0].text", "Call the ward.", "prose", desk)
    assert publisher.read_text(encoding="utf-8") == "name: Heart clinic  # ours\n"
    assert shared.read_text(encoding="utf-8") == "body:\n  - text: Call the ward.\n"


def test_a_way_of_writing_that_reads_otherwise_is_not_taken(file, monkeypatch):
    """The guard itself: were the writer wrong, the comparison would find it."""
    from generator.model.outline import Edit
    from generator.write import edit

    monkeypatch.setattr(edit, "text_edits", lambda text, top, way, new, words: [
        Edit(way[-1].start, way[-1].end, "other words"), Edit(way[-1].start, way[-1].end, f"{new} x"),
        Edit(way[-1].start, way[-1].end + 40, new), Edit(way[-1].start, way[-1].end, "Hearts")])
    before = file.read_bytes()
    assert refused(say, file, "category", "Heart", "line")
    assert file.read_bytes() == before
    assert draft.reads_as({"a": draft.Typed("x")}, {"a": ("x", "x", True)})
    assert not draft.reads_as({"a": draft.Typed("x")}, {"a": ("y", "y", True)})


def test_comments_that_belong_to_a_value_stay_below_it(file):
    file.write_bytes(EDITED.read_bytes().replace(b"# the end", b"  # version: 1\n# the end"))
    do(file, lambda one: one.insert("references", 0, {"text": "A book"}))
    assert "2017-07}\n  # version: 1\n\nreferences:\n" in file.read_text(encoding="utf-8")


def test_a_line_that_is_too_long_for_a_literal_text_is_wrapped(file):
    say(file, "introduction[0].text", f"**Bold**\n\n{LONG}{LONG}")
    assert changed(file)[1][:2] == ["introduction: >-", "  **Bold**"]
    assert all(len(line) <= 100 for line in changed(file)[1])
