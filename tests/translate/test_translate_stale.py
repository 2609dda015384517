"""Every change of a source is found in its translations, at the text it concerns; what does not concern them is not."""

from __future__ import annotations

import pytest
from project_kit import refused
from translate_kit import ROOT, project, translated

from generator.model.problem import Rejected
from generator.read.content import read_alone
from generator.recipe import build as many
from generator.recipe.project import ProjectFiles
from generator.recipe.translation import exported, imported, outdated, remembered, strange
from generator.translate.units import match, units, watched

SOURCE = """\
format: 1
language: en
title: Knee pain
options: [Rest, Run]
review: {author: A. Writer, version: "1", published: 2024}
key_points: [One, Two, Three]
sections:
  - heading: First
    option: Rest
    body: |
      Words.

      - item
  - heading: Second
    body:
      - box: {kind: note, text: Mind the step.}
      - table:
          compare: true
          columns: [What, Rest, Run]
          rows:
            - {head: Fast, cells: ["No", "Yes"]}
            - {head: Good, cells: ["Yes", "No"]}
contacts:
  - {name: Clinic, phone: "112"}
glossary:
  - {term: After day 1, meaning: "Take 5 mg. Mind it."}
"""
CHANGES = {
    # what is changed, into what: where the translation has the text, what is said of it
    "nothing": ("", "", []),
    "a text": ("Words.", "Other words.",
               [("sections[0].body[0].text", "this is older than {en}:11, where it reads now: 'Other words. - item'")]),
    "a cell like its neighbour": ('cells: ["No", "Yes"]', 'cells: ["Yes", "Yes"]', [
        ("sections[1].body[1].table.rows[0].cells[0]", "this is older than {en}:21, where it reads now: 'Yes'")]),
    "an option": ("Run]", "Running]", [("options[1]", "this is older than {en}:4, where it reads now: 'Running'")]),
    "a telephone number": ('"112"', '"113"',
                           [("contacts[0].phone", "this is older than {en}:24, where it reads now: '113'")]),
    "a kind of box": ("kind: note", "kind: alert",
                      [("sections[1].body[0].box.kind", "this is older than {en}:16, where it reads now: 'alert'")]),
    "a section more": ("  - heading: Second", "  - heading: New\n    body: News.\n  - heading: Second",
                       [("sections[0].body[0].text", "after this, a translation of {en}:14 is missing: 'New'"),
                        ("sections[0].body[0].text", "after this, a translation of {en}:15 is missing: 'News.'")]),
    "a text at the start": ("options: [", "category: Knees\noptions: [",
                            [("title", "after this, a translation of {en}:4 is missing: 'Knees'")]),
    "a text less": ("One, Two", "One", [("key_points[1]", "{en} has nothing like this any more")]),
    "texts in another order": ("One, Two, Three", "Three, One, Two",
                               [("key_points[0]", "this stands in another order at {en}:6")]),
    "its version": ('version: "1"', 'version: "2"', []),
    "its dates": ("published: 2024", "published: 2025, reviewed: 2025-03", []),
    "its layouts": ("contacts:", "layouts: [handout]\ncontacts:", []),
    # Capitals and small letters, digits, signs and spaces within a text count: a thousandfold dose may be one letter
    # away.
    "a unit in capitals": ("Take 5 mg.", "Take 5 MG.", [
        ("glossary[0].meaning", "this is older than {en}:26, where it reads now: 'Take 5 MG. Mind it.'")]),
    "another unit": ("Take 5 mg.", "Take 5 µg.", [
        ("glossary[0].meaning", "this is older than {en}:26, where it reads now: 'Take 5 µg. Mind it.'")]),
    "another number": ("Take 5 mg.", "Take 50 mg.", [
        ("glossary[0].meaning", "this is older than {en}:26, where it reads now: 'Take 50 mg. Mind it.'")]),
    "a decimal point": ("Take 5 mg.", "Take .5 mg.", [
        ("glossary[0].meaning", "this is older than {en}:26, where it reads now: 'Take .5 mg. Mind it.'")]),
    "a number in a term": ("After day 1", "After day 7",
                           [("glossary[0].term", "this is older than {en}:26, where it reads now: 'After day 7'")]),
    "a small letter": ("Mind the step.", "mind the step.", [
        ("sections[1].body[0].box.text[0].text", "this is older than {en}:16, where it reads now: 'mind the step.'")]),
    "a mark": ("Mind the step.", "Mind the **step**.", [
        ("sections[1].body[0].box.text[0].text",
         "this is older than {en}:16, where it reads now: 'Mind the **step**.'")]),
    "the order of keys": ("options: [Rest, Run]\nreview", "review", None),
    "spaces and quotes": ("title: Knee pain", 'title:    "Knee pain"', []),
}


@pytest.fixture
def source(tmp_path):
    file = project(tmp_path)
    file.write_text(SOURCE)
    take(file, sheet(tmp_path, file))
    return file


def take(source, file, partial=False):
    """Takes a translation in; returns the content and the warnings."""
    target, data, problems = imported(source.parents[2], file, partial)
    if data is not None:
        target.write_bytes(data)
    return read_alone(target, source.parents[2]), problems


def sheet(root, source, translation=lambda unit: unit.text.replace("e", "é"), form="po"):
    file = root / {"po": "it.po", "xliff": "it.xlf"}[form]
    file.write_text(translated(exported(root, source, "tr", form), form, translation), encoding="utf-8")
    return file


def stale(source):
    return outdated(ProjectFiles(source.parents[2]), source.with_name("tr.yaml"))


def change(source, old, new):
    text = source.read_text()
    assert old in text
    source.write_text(text.replace(old, new))


@pytest.mark.parametrize(("old", "new", "said"), [case for case in CHANGES.values() if case[2] is not None],
                         ids=[name for name, case in CHANGES.items() if case[2] is not None])
def test_a_change_is_found_where_it_is(source, old, new, said):
    target = source.with_name("tr.yaml")
    places = {value.path: value.place for value in values_of(target)}
    if old:
        change(source, old, new)
    found = stale(source)
    for path, message in said:
        assert (places[path], message.format(en="content/case/en.yaml")) in [(problem.place, problem.message)
            for problem in found]
    assert bool(found) == bool(said)
    if "order" not in str(said) and old != "One, Two, Three":
        assert len(found) == len(said)
    assert {problem.severity for problem in found} <= {"warning"}


def values_of(file):
    from generator.model.walk import values

    return values(read_alone(file, file.parents[2]))


def test_keys_in_another_order_are_the_same_texts(source):
    text = source.read_text()
    line = "options: [Rest, Run]\n"
    source.write_text(text.replace(line, "") + line)
    assert stale(source) == []


def test_sections_in_another_order_keep_their_translations(source):
    text = source.read_text()
    one, two = text.index("  - heading: First"), text.index("  - heading: Second")
    end = text.index("contacts:")
    source.write_text(text[:one] + text[two:end] + text[one:two] + text[end:])
    assert {problem.message.split(" at ")[0] for problem in stale(source)} == {"this stands in another order"}
    assert "fuzzy" not in exported(source.parents[2], source, "tr", "po")


def test_a_text_taken_out_of_the_translation_is_missed(source):
    target = source.with_name("tr.yaml")
    text = target.read_text()
    target.write_text(text.replace("key_points: [Oné, Two, Thréé]", "key_points: [Oné, Two]"))
    (problem,) = stale(source)
    assert problem.message == "the translation of content/case/en.yaml:6 is not here any more"
    assert problem.place.line == next(number for number, line in enumerate(target.read_text().splitlines(), 1)
                                      if "key_points[2]" in line)


def test_next_export_marks_what_has_changed_and_keeps_the_rest(source):
    root = source.parents[2]
    change(source, "Words.", "Other words.")
    change(source, "key_points: [One,", "key_points: [Zero, One,")
    text = exported(root, source, "tr", "po")
    assert text.count("#, fuzzy") == 1
    assert '#, fuzzy\nmsgctxt "sections[0].body[0].text"\nmsgid ""\n"Other words.\\n"' in text
    assert 'msgctxt "key_points[0]"\nmsgid "Zero"\nmsgstr ""\n' in text
    assert 'msgctxt "key_points[1]"\nmsgid "One"\nmsgstr "Oné"\n' in text
    take(source, sheet(root, source, lambda unit: unit.target or "Sıfır"))
    assert stale(source) == []


def test_what_the_translation_says_of_itself_stays(source):
    """Dates, layouts and a telephone number of its own; and the status, where nothing is new."""
    root, target = source.parents[2], source.with_name("tr.yaml")
    text = target.read_text().replace('phone: "112"', 'phone: "155"').replace('published: "2024"',
        "published: 2024-05").replace("unreviewed-translation", "final")
    target.write_text(text.replace("translation:", "layouts: [handout]\nphrases: {glossary: Kelimeler}\ntranslation:"))
    source.write_text(source.read_text() + "phrases: {glossary: Words}\n")
    assert imported(root, sheet(root, source, lambda unit: unit.target), partial=False)[1] is None
    change(source, "title: Knee pain", "title: Knee pains")
    content, _ = take(source, sheet(root, source, lambda unit: unit.target))
    assert content.phrases == {"glossary": "Kelimeler"}
    assert (content.review.status, content.review.published, content.layouts,
            content.contacts[0].phone) == ("unreviewed-translation", "2024-05", ["handout"], "155")
    change(source, '"112"', '"113"')
    assert take(source, sheet(root, source, lambda unit: unit.target))[0].contacts[0].phone == "113"


@pytest.mark.parametrize("form", ["po", "xliff"])
def test_partial_leaves_the_source_and_says_so(source, form):
    root = source.parents[2]
    source.with_name("tr.yaml").unlink()
    half = sheet(root, source, lambda unit: "" if unit.path == "key_points[1]" else unit.text + "!", form)
    (told,) = refused(imported, root, half, partial=False)
    assert "the text at key_points[1] is not translated: 'Two'" in told
    assert take(source, half, partial=True)[0].key_points == ["One!", "Two", "Three!"]
    (problem,) = stale(source)
    assert (problem.message,
            problem.place.column) == ("this is not translated; the text stands at content/case/en.yaml:6", 20)
    assert 'msgid "Two"\nmsgstr ""' in exported(root, source, "tr", "po")


def test_partial_keeps_an_older_translation(source):
    root = source.parents[2]
    change(source, "Three]", "Four]")
    content, _ = take(source, sheet(root, source, lambda unit: "" if unit.path == "key_points[2]" else unit.target),
                      partial=True)
    assert content.key_points[2] == "Thréé"
    assert [problem.message
            for problem in stale(source)] == ["this is older than content/case/en.yaml:6, where it reads now: 'Four'"]


def test_a_text_that_changed_at_the_translators_is_out_of_date_at_once(source):
    root = source.parents[2]
    file = sheet(root, source)
    change(source, "Words.", "Other words.")
    _, problems = take(source, file)
    assert [problem.severity for problem in problems] == ["warning"]
    assert len(stale(source)) == 1


def test_options_are_translated_once(source):
    content = read_alone(source.with_name("tr.yaml"), source.parents[2])
    assert content.options == ["Rést", "Run"]
    assert content.sections[0].option == "Rést"
    assert content.sections[1].body[1].table.columns == ["What", "Rést", "Run"]
    assert sum(unit.text == "Rest" for unit in units(read_alone(source, source.parents[2]))) == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("source: en", "source: de", "there is no content/case/de.yaml, which this was translated from"),
        ("source: en", "source: tr", "the file cannot be a translation of itself"),
    ],
)
def test_a_source_that_is_not_there(source, old, new, message):
    change(source.with_name("tr.yaml"), old, new)
    with pytest.raises(Rejected) as rejected:
        stale(source)
    (problem,) = rejected.value.problems
    assert (problem.message, problem.place.column) == (message, 11)


def test_a_source_that_is_wrong_makes_it_doubtful(source):
    change(source, "title:", "titel:")
    (problem,) = stale(source)
    assert problem.severity == "warning" and "cannot be told" in problem.message


def test_check_lists_them(source):
    root = source.parents[2]
    (root / "layouts").symlink_to(ROOT / "layouts")
    change(source, "Words.", "Other words.")
    found = many.check(root, [source.with_name("tr.yaml")])
    assert [problem.message for problem in found if "older" in problem.message] == [problem.message
        for problem in stale(source)]


# ── which text is which ──────────────────────────────────────────────────────────────────────────────────────────────


def numbered(*texts: str) -> dict[str, str]:
    return {f"a[{number}]": text for number, text in enumerate(texts)}


@pytest.mark.parametrize(
    ("old", "new", "same", "moved", "changed", "added", "gone"),
    [
        ("abc", "abc", "abc", "", "", "", ""),
        ("abc", "axbc", "abc", "", "", "x", ""),
        ("abc", "axc", "ac", "", "x", "", ""),
        ("abcd", "abd", "abd", "", "", "", "c"),
        ("abc", "cab", "", "cab", "", "", ""),
        ("abcd", "xdabc", "abc", "d", "", "x", ""),
        ("ab", "xbyz", "b", "", "x", "yz", ""),
        ("", "ab", "", "", "", "ab", ""),
        ("ab", "", "", "", "", "", "ab"),
        ("aab", "abb", "ab", "", "b", "", ""),
    ],
)
def test_texts_are_found_again(old, new, same, moved, changed, added, gone):
    before, after = numbered(*old), numbered(*new)
    found = match(before, after)
    come = ["".join(after[path] for path in paths) for paths in (found.same, found.moved, found.changed, found.added)]
    assert [*come, "".join(before[path] for path in found.gone)] == [same, moved, changed, added, gone]
    for table in (found.same, found.moved):
        assert all(after[path] == before[other] for path, other in table.items())
    used = [*found.same.values(), *found.moved.values(), *found.changed.values(), *found.gone]
    assert sorted(used) == sorted(before)


# ── what a text said before, and what its translation says otherwise ─────────────────────────────────────────────────


def remember(source, file):
    """What the command does after an import."""
    kept, data = remembered(source.parents[2], file, source.with_name("tr.yaml"))
    kept.write_bytes(data)
    return kept


@pytest.mark.parametrize("form", ["po", "xliff"])
def test_the_next_export_says_what_a_text_was_before(source, form):
    root = source.parents[2]
    remember(source, sheet(root, source, lambda unit: unit.target))
    change(source, "Words.", 'Other "words".')
    text = exported(root, source, "tr", form)
    if form == "po":
        assert text.count("#|") == 4
        former = '#| msgid ""\n#| "Words.\\n"\n#| "\\n"\n#| "- item"\n'
        assert f'#, fuzzy\n{former}msgctxt "sections[0].body[0].text"\n' in text
    else:
        assert text.count('category="former"') == 1
        assert '<note category="former">Words.\n\n- item</note>' in text
    file = sheet(root, source, lambda unit: unit.target if unit.done else "", form)
    take(source, file, partial=True)  # the text is still of the old one
    remember(source, file)
    assert exported(root, source, "tr", form).count("Words.") == text.count("Words.")
    file = sheet(root, source, lambda unit: unit.target + "!" if not unit.done else unit.target, form)
    take(source, file)
    remember(source, file)
    change(source, "Other", "Still other")
    assert '#| "Other \\"words\\".\\n"' in exported(root, source, "tr", "po")


def test_without_what_was_remembered_the_export_goes_on(source):
    change(source, "Words.", "Other words.")
    text = exported(source.parents[2], source, "tr", "po")
    assert "#, fuzzy" in text and "#|" not in text
    source.with_name("tr.po").write_text("msgid \n")
    with pytest.raises(Rejected, match="tr.po:1:1: the quotes"):
        exported(source.parents[2], source, "tr", "po")


def test_what_is_remembered_can_be_taken_in(source):
    kept = remember(source, sheet(source.parents[2], source, lambda unit: unit.target))
    assert imported(source.parents[2], kept, partial=False)[1:] == (None, [])


def test_check_tells_other_numbers_and_units_of_a_translation(source):
    root, target = source.parents[2], source.with_name("tr.yaml")
    (root / "layouts").symlink_to(ROOT / "layouts")
    assert strange(ProjectFiles(root), target) == []
    target.write_text(target.read_text().replace("Také 5 mg", "Také 50 g"))
    found = [str(problem) for problem in many.check(root, [target])]
    line = next(number for number, line in enumerate(target.read_text().splitlines(), 1) if "50 g" in line)
    assert found == [
        (f"content/case/tr.yaml:{line}:14: warning: the number 5 of the source is not here (the source is "
         f"content/case/en.yaml:26)"),
        (f"content/case/tr.yaml:{line}:14: warning: the number 50 is not in the source (the source is "
         f"content/case/en.yaml:26)"),
    ]
    change(source, "Take 5 mg", "Take 7 mg")
    assert strange(ProjectFiles(root), target) == []  # it is out of date, which is told
    target.write_text(target.read_text().replace("Také 50 g", "Také 5 mg").replace("source: en", "source: de"))
    assert strange(ProjectFiles(root), target) == []


def test_numbers_are_watched_where_they_are_given(source):
    paths = watched(ProjectFiles(source.parents[2]).content_alone(source))
    assert not [path for path in paths if path.endswith(("head_rows", "blank_rows", "handwritten"))]
    change(source, "          compare: true\n", "          compare: true\n          blank_rows: 2\n")
    paths = watched(ProjectFiles(source.parents[2]).content_alone(source))
    assert [path for path in paths if path.endswith("_rows")] == ["sections[1].body[1].table.blank_rows"]
