"""`leaflet mail --as files` and `leaflet eml`, with a project of its own."""

from __future__ import annotations

import email
import email.policy
import re
from functools import partial
from pathlib import Path

import pytest
from project_kit import new_project, run_command

LEAFLET = """format: 1
language: en
title: Your new hip
summary: "What happens, and **when**."
web: https://clinic.example/hip
publisher: {name: Hip clinic, address: [1 Long Road], phone: "+44 20 7946 0000", email: ward@clinic.example}
introduction: An introduction that stands in the leaflet alone.
sections: [{heading: After it, body: Rest.}]
"""
OTHERS = {"knee/en.yaml": LEAFLET.replace("hip", "knee"), "hip/en.yaml": LEAFLET,
          "hip/ar.yaml": LEAFLET.replace("language: en", "language: ar").replace("Your new hip", "مفصل جديد"),
          "draft/en.yaml": LEAFLET + "review: {status: draft}\n"}


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    root = new_project(tmp_path, OTHERS, ["handout", "brochure", "bilingual", "shared"])
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def run(project, capsys):
    return partial(run_command, capsys)


def mails(project: Path) -> dict:
    return {file.name: email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            for file in sorted((project / "output").glob("*.eml"))}


def attached(mail) -> list[str]:
    return [part.get_filename() for part in mail.iter_attachments()]


def test_each_gets_a_mail_of_their_own_and_none_is_written_over(run, project):
    for command in (("eml", "hip/en"), ("mail", "hip/en", "--as", "files")):
        code, out, err = run(*command, "--to", "Ann Smith <ann@x.example>", "--to", "bo@x.example")
        assert (code, err) == (0, "")
    assert out == "wrote  output/hip-en-handout-a4-3.eml\nwrote  output/hip-en-handout-a4-4.eml\n"
    assert [str(mail["To"]) for mail in mails(project).values()] == [
        "bo@x.example", "Ann Smith <ann@x.example>", "bo@x.example", "Ann Smith <ann@x.example>"]
    first = mails(project)["hip-en-handout-a4.eml"]
    assert attached(first) == ["hip-en-handout-a4.pdf"]
    assert first["X-Unsent"] == "1" and first["Subject"] == "Your new hip"
    assert "ann" not in "".join(file.name for file in (project / "output").iterdir())


def test_the_letter_says_what_a_clinic_says(run, project):
    run("eml", "hip/en", "--to", "Ann Smith <ann@x.example>", "--from", "Ward <ward@clinic.example>", "--cc",
        "gp@x.example", "--reply-to", "desk@clinic.example")
    (mail,) = mails(project).values()
    assert (mail["From"], mail["Cc"], mail["Reply-To"]) == ("Ward <ward@clinic.example>", "gp@x.example",
                                                            "desk@clinic.example")
    assert mail["Date"] is not None
    text = mail.get_body(("plain",)).get_content()
    assert re.fullmatch(r"Hip clinic\s+Dear Ann Smith,\s+Attached you will find a leaflet .*:\s+• Your new hip\s+.*\s+"
                        r"Kind regards\s+Hip clinic\s+1 Long Road\s+Phone: \+44 20 7946 0000\s+"
                        r"E-mail: ward@clinic\.example\s+Your new hip\s+What happens, and when\.\s+"
                        r"https://clinic\.example/hip\s+", text)
    html = mail.get_body(("html",)).get_content()
    assert "An introduction" not in text and "An introduction" not in html
    assert re.search(r"<strong>when</strong>", html)


def test_full_puts_the_whole_leaflet_into_the_mail(run, project):
    run("eml", "hip/en", "--full")
    (mail,) = mails(project).values()
    for part in ("plain", "html"):
        said = mail.get_body((part,)).get_content()
        assert said.count("An introduction that stands in the leaflet alone.") == 1
        assert said.count("What happens, and ") == 1
    assert mail["To"] is mail["From"] is mail["Date"] is None


def test_several_leaflets_layouts_and_languages_go_in_one_mail(run, project):
    code, _, _ = run("mail", "hip/ar", "knee/en", "-l", "handout", "-l", "brochure", "--to", "a@x.example")
    (mail,) = mails(project).values()
    assert code == 0
    assert sorted(attached(mail)) == ["hip-ar-brochure-a4.pdf", "hip-ar-handout-a4.pdf", "knee-en-brochure-a4.pdf",
                                      "knee-en-handout-a4.pdf"]
    html = mail.get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl">' in html and 'lang="en" dir="ltr"' in html
    assert "مرحبًا" in mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "مفصل جديد · Your new knee"


def test_two_languages_side_by_side(run, project):
    assert run("mail", "hip/en", "--with", "ar", "--full")[0] == 0
    (mail,) = mails(project).values()
    assert attached(mail) == ["hip-en+ar-bilingual-a4.pdf"]
    assert "مفصل جديد" in mail.get_body(("plain",)).get_content()


def test_a_language_without_a_letter_has_an_english_one_and_is_told(run, project):
    (project / "content/hip/fi.yaml").write_text(LEAFLET.replace("language: en", "language: fi"), "utf-8")
    code, _, err = run("eml", "hip/fi")
    assert code == 0
    assert "there is no letter in the language 'fi', so that it is in English" in err
    assert "(write layouts/shared/mail/fi.html.j2)" in err


def test_a_letter_of_ones_own_wins(run, project):
    letter = project / "layouts/shared/mail/en.html.j2"
    letter.write_text("<story><p>Hi {{ recipient }}: {{ content.title }}</p></story>", "utf-8")
    run("eml", "hip/en", "--to", "<b>Ann & Bo <a@x.example>".replace("<b>", ""))
    (mail,) = mails(project).values()
    assert mail.get_body(("plain",)).get_content().strip() == "Hi Ann & Bo: Your new hip"
    assert "Hi Ann &amp; Bo:" in mail.get_body(("html",)).get_content()


@pytest.mark.parametrize(("template", "said"), [
    ("<p>no story</p>", "<p> stands outside of the parts"),
    ("<story><p>{{ content.titel }}</p></story>", "did you mean 'title'"),
    ("<story><script>x</script></story>", "script"),
    ("<story><p>{{ ''.__class__ }}</p></story>", "__class__"),
    ("<story><p>", "never closed"),
])
def test_a_wrong_letter_is_told_at_its_place(run, project, template, said):
    (project / "layouts/shared/mail/en.html.j2").write_text(template, "utf-8")
    code, out, err = run("eml", "hip/en")
    assert (code, out) == (1, "")
    assert err.startswith("layouts/shared/mail/en.html.j2:1:") and said in err and "Traceback" not in err
    assert not mails(project)


def test_what_is_not_for_patients_yet_is_not_mailed(run, project):
    code, out, err = run("eml", "draft/en", "hip/en")
    assert (code, out) == (1, "")
    assert "content/draft/en.yaml:9:18: this is a draft, which is not mailed (--allow-draft mails it" in err
    assert not mails(project)
    assert run("eml", "draft/en", "--allow-draft")[0] == 0


def test_a_translation_nobody_has_read_or_that_is_old_is_not_mailed(run, project):
    path = project / "content/hip/ar.yaml"
    text = path.read_text("utf-8")
    path.write_text(text + "review: {status: unreviewed-translation}\n", "utf-8")
    assert "nobody has read this translation yet" in run("eml", "hip/ar")[2]
    path.write_text(text + "translation: {source: en, units: {title: abcdefgh}}\n", "utf-8")
    code, _, err = run("eml", "hip/ar")
    assert (code, "this translation is out of date in" in err) == (1, True)
    assert not mails(project)


@pytest.mark.parametrize(("limit", "code", "said"), [("LARGE", 0, "which some mail systems refuse"),
                                                     ("TOO_LARGE", 1, "which most mail systems refuse")])
def test_pdfs_that_are_too_large_are_told(run, project, monkeypatch, limit, code, said):
    monkeypatch.setattr(f"generator.recipe.mail.{limit}", 7)
    left, _, err = run("mail", "hip/en")
    assert (left, said in err, len(mails(project))) == (code, True, 1 - code)


@pytest.mark.parametrize(("arguments", "said"), [
    (("--to", "a@x.example\nBcc: b@x.example"), "is not an e-mail address"),
    (("--cc", "a@x.example, b@x.example"), "is not an e-mail address"),
    (("--layout", "all"), "name the layouts that are to be attached"),
    (("--layout", "hadout"), "did you mean 'handout'?"),
])
def test_wrong_usage_is_2(run, arguments, said):
    code, out, err = run("mail", "hip/en", *arguments)
    assert (code, out) == (2, "")
    assert said in err
