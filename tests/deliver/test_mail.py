"""The .eml draft: what a mail program finds in it, and what can never get into it."""

from __future__ import annotations

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.deliver import mail
from generator.model.content import Content
from generator.model.problem import Rejected

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


def content(title="Your new hip", language="en", **more) -> Content:
    return Content(format=1, language=language, title=title, **more)


def opened(raw: bytes):
    return email.message_from_bytes(raw, policy=email.policy.default)


def text_of(raw: bytes) -> str:
    return parts(raw)["text/plain"].get_content().replace("\r\n", "\n")


def parts(raw: bytes) -> dict:
    return {part.get_content_type(): part for part in opened(raw).walk()}


def test_a_mail_program_finds_text_html_and_the_pdf():
    raw = mail.draft(content(web="https://x.example/a?b=1&c=2"), "<p>What <em>happens</em>.</p><p>And &amp; after.</p>",
                     PDF, "hip-en-handout-a4.pdf", "a.b+c@x.example")
    message = opened(raw)
    assert message["Subject"] == "Your new hip"
    assert message["To"] == "a.b+c@x.example"
    assert message["X-Unsent"] == "1"
    assert message["Date"] is message["Message-ID"] is message["From"] is None
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in message.iter_parts()] == ["multipart/alternative", "application/pdf"]
    found = parts(raw)
    assert found["text/plain"].get_content().splitlines()[0] == "Your new hip"
    assert "What happens.\n\nAnd & after.\n\nhttps://x.example" in text_of(raw)
    assert "<p>And &amp; after.</p>" in found["text/html"].get_content()
    assert 'href="https://x.example/a?b=1&amp;c=2"' in found["text/html"].get_content()
    assert found["application/pdf"].get_content() == PDF
    assert found["application/pdf"].get_filename() == "hip-en-handout-a4.pdf"
    assert found["application/pdf"].get_content_disposition() == "attachment"
    assert not any(part.defects for part in message.walk())


def test_the_text_says_what_the_markup_says():
    markup = (
        "<p>One<br>two &lt;three&gt;, <a href=\"https://x.example/a?b&amp;c\">four</a>, <a "
        "href=\"tel:112\">112</a>:</p>"
        "<ul><li>five</li><li>six <strong>and</strong><ol "
        "start=\"3\"><li>seven</li><li>eight</li></ol></li></ul><p>nine</p>"
    )
    assert text_of(mail.draft(content(), markup, PDF, "x.pdf")).split("\n", 2)[2] == (
        "One\ntwo <three>, four (https://x.example/a?b&c), 112:\n\n"
        "- five\n- six and\n  3. seven\n  4. eight\n\nnine\n"
    )  # fmt: skip


def test_items_keep_the_numbers_and_signs_that_were_typed():
    markup = '<ol><li label="3.">a</li><li label="14.">b</li></ol><ul><li label="–">c</li></ul>'
    raw = mail.draft(content(), markup, PDF, "x.pdf")
    assert "3. a\n14. b\n\n– c" in text_of(raw)
    html = opened(raw).get_body(("html",)).get_content()
    assert (
        '<ol><li value="3">a</li><li value="14">b</li></ol><ul><li style="list-style-type: none">– c</li></ul>' in html)


def test_without_a_recipient_there_is_no_to():
    assert opened(mail.draft(content(), "", PDF, "x.pdf"))["To"] is None


@pytest.mark.parametrize(("title", "language", "direction"), [("Hip", "en", "ltr"), ("لقاح MMR", "ar", "rtl"),
                                                              ("Kalça çıkığı", "tr", "ltr"), ("חיסון", "he", "rtl")])
def test_the_html_says_language_and_direction(title, language, direction):
    html = parts(mail.draft(content(title, language), "", PDF, "x.pdf"))["text/html"].get_content()
    assert f'<html lang="{language}" dir="{direction}">' in html


def test_nothing_in_a_title_becomes_markup():
    html = parts(mail.draft(content("<script>a</script> & \"b\""), "", PDF, "x.pdf"))["text/html"].get_content()
    assert "<script" not in html


def test_the_same_draft_has_the_same_bytes_and_another_pdf_other_boundaries():
    once, again, other = (mail.draft(content(), "", pdf, "x.pdf", "a@x.example") for pdf in (PDF, PDF, PDF + b" "))
    assert once == again
    assert opened(once).get_boundary() != opened(other).get_boundary()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Kalça çıkığı.pdf", "Kalca-ckg.pdf"),
        ("لقاح.pdf", "leaflet.pdf"),
        ("接种疫苗须知" * 13 + ".pdf", "leaflet.pdf"),
        ('a"b\\c.pdf', "a-b-c.pdf"),
    ],
)
def test_every_reader_finds_a_name(name, plain):
    raw = mail.draft(content(), "", PDF, name)
    part = parts(raw)["application/pdf"]
    assert part.get_filename() == name  # RFC 2231
    assert part.get_param("name", header="Content-Type") == name  # encoded words
    assert f'filename="{plain}"'.encode() in raw  # plain ASCII
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1


@pytest.mark.parametrize(
    "address",
    [
        "a@x.example\nBcc: all@x.example", "a@x.example\r\n", "a@x.example, b@x.example", "A <a@x.example>", "a",
        "@x.example", "a@", "a@x", "a b@x.example", "a@x..example", ".a@x.example", "a.@x.example", "a@-x.example",
        "a@x.example ", "", "ä@x.example", "a@x.example\0", "a" * 65 + "@x.example", "a@[127.0.0.1]",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Rejected, match="is not an e-mail address"):
        mail.draft(content(), "", PDF, "x.pdf", address)


@pytest.mark.parametrize("address", ["a@x.example", "o'neil@x.example", "first.last+tag@mail.x-y.example"])
def test_an_address_is_taken(address):
    assert opened(mail.draft(content(), "", PDF, "x.pdf", address))["To"] == address


@given(title=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=200))
def test_any_title_arrives_as_it_is(title):
    raw = mail.draft(content(title), "", b"%PDF", "x.pdf")
    message = opened(raw)
    assert message["Subject"] == " ".join(title.split())
    assert set(message.keys()) <= {"Subject", "X-Unsent", "MIME-Version", "Content-Type"}
    assert title.split("\n")[0].strip() in parts(raw)["text/plain"].get_content()
