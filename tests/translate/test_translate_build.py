"""A translation out of date is marked in the leaflet, unless it is allowed; and the commands around it."""

from __future__ import annotations

import io
import shutil

import pypdfium2
import pytest
from click.testing import CliRunner
from project_kit import new_project, saved
from translate_kit import ROOT, project, translated

from generator.door.commands import leaflet
from generator.model.problem import Rejected
from generator.recipe import build as many
from generator.recipe.project import ProjectFiles
from generator.recipe.translation import exported, imported, original

SOURCE = """\
format: 1
language: en
title: Knee pain
sections:
  - heading: What helps?
    body: Rest helps.
"""
STALE, STATUS = "Çeviri güncel değil", "Çeviri henüz gözden geçirilmedi"


@pytest.fixture
def source(tmp_path, monkeypatch):
    file = project(tmp_path)
    file.write_text(SOURCE)
    new_project(tmp_path, layouts=["handout", "brochure", "shared"])
    sheet = tmp_path / "it.po"
    sheet.write_text(translated(exported(tmp_path, file, "tr", "po"), "po",
                                lambda unit: unit.text.replace("pain", "ağrısı")), encoding="utf-8")
    target, data, _ = imported(tmp_path, sheet, partial=False)
    target.write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return file


def build(source, layout="handout", **options):
    """(text of every page, events, problems)"""
    told = []
    result = many.build(source.parents[2], [source.with_name("tr.yaml")], layouts=[layout], papers=["a4"],
                        tell=lambda event: told.append(event.kind), **options)
    assert not result.failed, result.problems
    document = pypdfium2.PdfDocument(io.BytesIO(result.files[0].read_bytes()))
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document], told, result.problems


@pytest.mark.parametrize("layout", ["handout", "brochure"])
def test_stale_is_marked_on_cover_and_in_footers(source, layout):
    fresh, _, problems = build(source, layout)
    assert not any(STALE in page for page in fresh) and STATUS in fresh[0]
    assert problems == ()
    source.write_text(SOURCE.replace("Rest helps.", "Rest heals."))
    marked, told, problems = build(source, layout)
    assert "kept" not in told
    assert [STALE in page for page in marked] == [STATUS in page for page in fresh] == [STATUS in page
        for page in marked]
    assert marked[0].count(STALE) == fresh[0].count(STATUS)
    (problem,) = problems
    assert (problem.severity, problem.message) == ("warning", "1 text is out of date, and the leaflet says so")
    clean, told, problems = build(source, layout, allow_stale=True)
    assert (clean, problems) == (fresh, ())
    assert "kept" not in told
    assert build(source, layout, allow_stale=True)[1][0] == "kept"
    assert build(source, layout)[0] == marked


def test_a_reviewed_translation_is_marked_too(source):
    target = source.with_name("tr.yaml")
    target.write_text(target.read_text().replace("unreviewed-translation", "final"))
    assert not any(STALE in page or STATUS in page for page in build(source)[0])
    source.write_text(SOURCE.replace("Rest helps.", "Rest heals."))
    pages = build(source)[0]
    assert pages[0].count(STALE) == 2 and STATUS not in pages[0]


@pytest.mark.parametrize("language", ["el", "es", "pl", "so", "ta", "th", "ur"])
def test_both_marks_have_room_in_every_layout(source, language):
    root = source.parents[2]
    shutil.rmtree(root / "layouts")
    shutil.copytree(ROOT / "layouts", root / "layouts")
    text = source.with_name("tr.yaml").read_text().replace("language: tr", f"language: {language}")
    file = source.with_name(f"{language}.yaml")
    file.write_text(text)
    source.write_text(SOURCE.replace("Rest helps.", "Rest heals."))
    result = many.build(root, [file], layouts=["all"])
    assert [str(problem) for problem in result.problems if problem.severity == "error"] == []
    assert len(result.files) >= 20


def test_every_language_can_say_it():
    from generator.read.layout import read_words

    folder = ROOT / "layouts" / "shared"
    said = {file.stem: read_words(file.stem, [folder], ROOT).get("status_stale")
            for file in folder.glob("words/*.yaml")}
    assert len(said) >= 37 and all(said.values())
    assert len(set(said.values())) == len(said)


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def run(*arguments, code=0):
    result = CliRunner().invoke(leaflet, ["translate", *arguments], standalone_mode=False)
    if result.exception:
        raise result.exception
    assert (result.return_value or 0) == code
    return result.output


@pytest.mark.parametrize(("form", "suffix"), [("po", "po"), ("xliff", "xlf")])
def test_out_and_in(source, form, suffix):
    file = source.parents[2] / "output" / f"case-de.{suffix}"
    assert run("export", "case", "de", "--format", form) == f"wrote  output/case-de.{suffix}\n"
    file.write_text(translated(file.read_text(), form, lambda unit: unit.text + "!"))
    assert "wrote  content/case/de.yaml\n" in run("import", str(file))
    assert "heading: What helps?!" in source.with_name("de.yaml").read_text()
    assert 'msgid "What helps?"\nmsgstr "What helps?!"\n' in source.with_name("de.po").read_text()
    assert "kept   content/case/de.yaml (nothing is new)\n" in run("import", str(file))
    assert "wrote" in run("export", "case", "de", "--format", form), "what was imported need not be moved away"
    file.write_text(translated(file.read_text(), form, lambda unit: unit.text + "?"))
    with pytest.raises(Rejected, match="is there already"):
        run("export", "case", "de", "--format", form)
    run("export", "case/en", "de", "--format", form, "--output", f"other.{suffix}")
    assert "What helps?!" in (source.parents[2] / f"other.{suffix}").read_text()
    run("export", "case/en", "de", "--format", form, "--output", f"other.{suffix}")


def test_nothing_is_written_where_something_is_wrong(source):
    run("export", "case", "de", "--output", "new.po")
    with pytest.raises(Rejected, match="is not translated"):
        run("import", "new.po")
    assert not source.with_name("de.yaml").exists()
    assert "wrote" in run("import", "new.po", "--partial")


def test_a_text_of_its_own_is_not_written_over(source):
    run("export", "case", "de", "--output", "new.po")
    text = (source.parents[2] / "new.po").read_text()
    (source.parents[2] / "new.po").write_text(translated(text, "po"))
    own = source.with_name("de.yaml")
    own.write_text(SOURCE.replace("language: en", "language: de"))
    with pytest.raises(Rejected, match=r"content/case/de.yaml is no translation of en.yaml"):
        run("import", "new.po")
    own.write_text(own.read_text() + "review: {status: draft}\n")
    run("import", "new.po")


def test_a_file_translated_by_hand_is_taken_as_it_is(source):
    target = source.with_name("de.yaml")
    target.write_text(SOURCE.replace("language: en", "language: de").replace("Rest helps.", "Ruhe hilft."))
    assert 'msgid "Rest helps."\nmsgstr "Ruhe hilft."\n' in exported(source.parents[2], source, "de", "po")


def test_what_is_translated_is_the_text_that_is_no_translation(source):
    files = ProjectFiles(source.parents[2])
    both = sorted(source.parent.glob("*.yaml"))
    assert original(files, both, "de") == source
    assert original(files, both, "tr") == source
    assert original(files, [source.with_name("tr.yaml")], "de") == source.with_name("tr.yaml")
    source.with_name("fr.yaml").write_text(SOURCE.replace("language: en", "language: fr"))
    with pytest.raises(Rejected, match="there is case/en, case/fr, case/tr"):
        original(ProjectFiles(source.parents[2]), sorted(source.parent.glob("*.yaml")), "de")


@pytest.mark.parametrize(
    ("file", "language", "message"),
    [("en.yaml", "en", "this is the text in 'en'"), ("tr.yaml", "en", "this was translated from 'en'")],
)
def test_wrong_exports(source, file, language, message):
    with pytest.raises(Rejected, match=message):
        exported(source.parents[2], source.with_name(file), language, "po")


def test_a_file_outside_the_project_is_not_exported(source, tmp_path_factory):
    with pytest.raises(Rejected, match="not in the project"):
        exported(source.parents[2], project(tmp_path_factory.mktemp("else")), "tr", "po")


def test_a_link_that_leads_away_is_not_followed(source, tmp_path_factory):
    root = source.parents[2]
    elsewhere = project(tmp_path_factory.mktemp("else"))
    elsewhere.write_text(SOURCE)
    (root / "content" / "away").symlink_to(elsewhere.parent)
    sheet = root / "away.po"
    sheet.write_text(translated(exported(root, source, "de", "po"), "po").replace("content/case/en.yaml\\n",
        "content/away/en.yaml\\n"))
    with pytest.raises(Rejected, match="there is no content file"):
        imported(root, sheet, partial=False)
    assert not elsewhere.with_name("de.yaml").exists()


@pytest.mark.parametrize("data", [b"\xff\xfe", b"msgid \"\xff\"\n", b"\x00"])
def test_bytes_that_are_no_text(source, data):
    for name in ("it.po", "it.xlf"):
        (source.parents[2] / name).write_bytes(data)
        with pytest.raises(Rejected) as rejected:
            imported(source.parents[2], source.parents[2] / name, partial=False)
        assert all(problem.place for problem in rejected.value.problems)


def test_another_kind_of_file(source):
    with pytest.raises(Rejected, match=r"neither a .po nor an .xlf file"):
        imported(source.parents[2], source, partial=False)


def test_words_that_the_source_has_nothing_like_are_told_not_lost_in_silence(tmp_path):
    folder = tmp_path / "content" / "x"
    saved(folder / "en.yaml", "format: 1\nlanguage: en\ntitle: Hello\n")
    before = "format: 1\nlanguage: de\ntitle: Hallo\nreview: {status: draft}\npublisher: {writing_box: Notizen}\n"
    (folder / "de.yaml").write_text(before, "utf-8")
    sheet = tmp_path / "x-de.po"
    sheet.write_text(exported(tmp_path, folder / "en.yaml", "de", "po"), "utf-8")
    _, _, warnings = imported(tmp_path, sheet, partial=False)
    (told,) = [str(warning) for warning in warnings]
    assert told.startswith(
        "content/x/de.yaml:5:26: warning: 'publisher.writing_box' is left out: en.yaml has no such text")


def test_a_translation_keeps_the_fields_of_copies(source, tmp_path):
    source.write_text(SOURCE.replace("Rest", "Dear {name}, rest"))
    sheet, target = tmp_path / "it.po", source.with_name("tr.yaml")
    target.unlink()

    def come_back(field: str) -> None:
        text = translated(exported(tmp_path, source, "tr", "po"), "po", lambda unit: unit.text.replace("{name}", field))
        sheet.write_text(text, encoding="utf-8")

    come_back("{isim}")
    with pytest.raises(Rejected) as wrong:
        imported(tmp_path, sheet, partial=False)
    told = [problem for problem in wrong.value.problems if problem.severity == "error"]
    assert [problem.message for problem in told] == ["the field {name} of the source is not here"]
    assert "Dear {name}" in sheet.read_text("utf-8").splitlines()[told[0].place.line - 1]
    come_back("{name}")
    _, data, _ = imported(tmp_path, sheet, partial=False)
    text = data.decode()
    target.write_text(text, "utf-8")
    build(source)
    target.write_text(text.replace("{name}", "{date}"), "utf-8")
    line = next(number for number, words in enumerate(text.splitlines(), 1) if "{name}" in words)
    result = many.build(tmp_path, [target], layouts=["handout"], papers=["a4"])
    assert {(problem.place.file, problem.place.line, problem.message) for problem in result.problems
            if problem.severity == "error"} == {
        ("content/case/tr.yaml", line, "the field {name} of the source is not here"),
        ("content/case/tr.yaml", line, "the field {date} is not in the source")}
