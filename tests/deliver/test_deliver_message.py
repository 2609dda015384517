"""One mail: what the standard library's parser finds in it, and what can never get into it."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.deliver.message import Attachment, Envelope, Letter, message, subject
from generator.model.address import Address, address
from generator.model.record import replace

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8
LETTER = Letter("Your new hip", "Dear Ann,\n\nread & keep.\n", "<p>Dear Ann,</p>\n<p>read &amp; keep.</p>\n", "en",
                (Attachment("hip-en-handout-a4.pdf", PDF),))
ANN = address("Ann Smith <ann@example.org>")


def opened(raw: bytes):
    return email.message_from_bytes(raw, policy=email.policy.default)


def parts(raw: bytes) -> dict:
    return {part.get_content_type(): part for part in opened(raw).walk()}


def named(name: str) -> Letter:
    return replace(LETTER, attachments=(Attachment(name, PDF),))


def test_a_mail_program_finds_text_html_and_the_pdfs():
    two = replace(LETTER, attachments=(*LETTER.attachments, Attachment("b.pdf", b"%PDF b")))
    mail = opened(message(two, Envelope(ANN)))
    assert mail.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        "multipart/alternative", "application/pdf", "application/pdf"]
    assert [part.get_content_type() for part in mail.get_payload()[0].iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text
    assert mail.get_body(("html",)).get_content().replace("\r\n", "\n") == LETTER.html
    assert [(part.get_filename(), part.get_content(), part.get_content_disposition())
            for part in mail.iter_attachments()] == [("hip-en-handout-a4.pdf", PDF, "attachment"),
                                                     ("b.pdf", b"%PDF b", "attachment")]
    assert not any(part.defects for part in mail.walk())


def test_every_header_says_what_it_should():
    envelope = Envelope(ANN, address("Clinic, Ward 3 <ward@clinic.example>".replace(",", "")),
                        (address("a@x.example"), address("Bo Li <b@x.example>")), address("desk@clinic.example"),
                        datetime(2026, 11, 27, 9, 30, tzinfo=UTC), "3f2a.7@leaflet.invalid", draft=True)
    mail = opened(message(LETTER, envelope))
    assert {key: str(value) for key, value in mail.items() if key not in ("Content-Type", "MIME-Version")} == {
        "Subject": "Your new hip", "From": "Clinic Ward 3 <ward@clinic.example>", "To": "Ann Smith <ann@example.org>",
        "Cc": "a@x.example, Bo Li <b@x.example>", "Reply-To": "desk@clinic.example", "X-Unsent": "1",
        "Date": "Fri, 27 Nov 2026 09:30:00 +0000", "Message-ID": "<3f2a.7@leaflet.invalid>", "Content-Language": "en"}


def test_what_is_not_known_is_left_to_the_mail_program():
    assert set(opened(message(LETTER, Envelope())).keys()) == {"Subject", "MIME-Version", "Content-Type",
                                                              "Content-Language"}


def test_the_same_mail_has_the_same_bytes_and_another_pdf_other_boundaries():
    other = replace(LETTER, attachments=(Attachment("hip-en-handout-a4.pdf", PDF + b" "),))
    assert message(LETTER, Envelope(ANN)) == message(LETTER, Envelope(ANN))
    assert opened(message(LETTER, Envelope())).get_boundary() != opened(message(other, Envelope())).get_boundary()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Kalça çıkığı.pdf", "Kalca-ckg.pdf"),
        ("لقاح.pdf", "leaflet.pdf"),
        ("接种疫苗须知" * 13 + ".pdf", "leaflet.pdf"),
        ('a"b\\c.pdf', "a-b-c.pdf"),
        ("a\r\nBcc: all@x.example.pdf", "a-Bcc-all-x-example.pdf"),
    ],
)
def test_every_reader_finds_a_name(name, plain):
    raw = message(named(name), Envelope(ANN))
    part = parts(raw)["application/pdf"]
    assert part.get_filename() == name  # RFC 2231
    assert f'filename="{plain}"'.encode() in raw  # plain ASCII
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998  # RFC 5322, 2.1.1
    assert opened(raw)["Bcc"] is None


@pytest.mark.parametrize(
    "written",
    [
        "a@x.example\nBcc: all@x.example", "a@x.example\r\n", "a@x.example, b@x.example", "a", "@x.example", "a@",
        "a@x", "a b@x.example", "a@x..example", ".a@x.example", "a.@x.example", "a@-x.example", "", "a@x.example\0",
        "a" * 65 + "@x.example", "a@[127.0.0.1]", "a@1.2.3.4", "A <a@x.example>, B <b@x.example>", "A <a@x.example> B",
        "A\r\nBcc: <b@x.example>", "A\u2028B <a@x.example>", "<a@x.example", "A <<a@x.example>>", '"A\\" <a@x.example>',
        "a@x.example;b@x.example", "\u202ea@x.example", "ä" * 40 + "@x.example", "a@" + "x" * 64 + ".example",
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_refused(written):
    with pytest.raises(ValueError, match="it"):
        address(written)


@pytest.mark.parametrize(("written", "shown"), [
    ("a@x.example", "a@x.example"),
    ("o'neil@x.example", "o'neil@x.example"),
    ("first.last+tag@mail.x-y.example", "first.last+tag@mail.x-y.example"),
    ("Ann Smith <ann@x.example>", "Ann Smith <ann@x.example>"),
    ('"Smith, Ann" <ann@x.example>', '"Smith, Ann" <ann@x.example>'),
    ("Ayşe Yılmaz <ayse@x.example>", "Ayşe Yılmaz <ayse@x.example>"),
    ("<a@x.example>", "a@x.example"),
    ("a@bücher.example", "a@xn--bcher-kva.example"),
])
def test_an_address_is_taken(written, shown):
    mail = opened(message(LETTER, Envelope(address(written))))
    assert str(mail["To"]) == shown
    assert len(mail["To"].addresses) == 1


def test_letters_beyond_ascii_before_the_at_go_as_utf_8():
    raw = message(LETTER, Envelope(address("Ümit <ümit@bücher.example>")))
    assert "To: Ümit <ümit@xn--bcher-kva.example>\r\n".encode() in raw
    assert message(LETTER, Envelope(ANN)).isascii()


ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=120)


@settings(deadline=None)
@given(title=ANYTHING, name=ANYTHING)
def test_no_text_becomes_a_header_of_its_own(title, name):
    mail = opened(message(replace(LETTER, subject=title + "\r\nBcc: b@x.example"), Envelope(ANN)))
    assert set(mail.keys()) == {"Subject", "To", "MIME-Version", "Content-Type", "Content-Language"}
    try:
        envelope = Envelope(address(f"{name} <a@x.example>"))
    except ValueError:
        return
    mail = opened(message(LETTER, envelope))
    assert set(mail.keys()) == {"Subject", "To", "MIME-Version", "Content-Type", "Content-Language"}
    assert [one.addr_spec for one in mail["To"].addresses] == ["a@x.example"]


NAMES = {"Subject", "From", "To", "Cc", "Reply-To", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type",
         "Content-Language"}
BREAKS = st.sampled_from(["\r\nBcc: b@x.example", "\nBcc: b@x.example\n\nbody", "\rBcc: b@x.example", "\x0bBcc: b",
                          "\x0cBcc: b", "\x1cBcc: b", "\x85Bcc: b", "\u2028Bcc: b", "\0Bcc: b", ""])
HOSTILE = st.builds(lambda before, line, after: before + line + after, ANYTHING, BREAKS, ANYTHING)


@settings(max_examples=40, deadline=None)
@given(st.lists(HOSTILE, min_size=8, max_size=8))
def test_no_field_of_a_letter_or_an_envelope_becomes_a_header_of_its_own(texts):
    """Whatever a template, a content file, mail.yaml or a list says: names reach Address without being looked at."""
    people = [Address("a", f"{number}.example", name) for number, name in enumerate(texts[:4])]
    letter = Letter(texts[4], texts[5], texts[6], "en", (Attachment(texts[7] or "x", b"%PDF"),))
    when = datetime(2026, 7, 3, tzinfo=UTC)
    raw = message(letter, Envelope(people[0], people[1], (people[2],), people[3], when, "1@x.example", draft=True))
    mail = opened(raw)
    assert set(mail.keys()) == NAMES and len(mail.keys()) == len(NAMES)
    assert [[one.addr_spec for one in mail[name].addresses] for name in ("To", "From", "Cc", "Reply-To")] == [
        [f"a@{number}.example"] for number in range(4)]
    inner = [part for part in mail.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in inner] == ["text/plain", "text/html", "application/pdf"]
    known = {"Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Content-Disposition"}
    assert all(set(part.keys()) <= known for part in inner)
    assert max(map(len, raw.split(b"\r\n"))) <= 998 and b"\n" not in raw.replace(b"\r\n", b"")  # RFC 5322, 2.1.1
    assert b"\r" not in raw.replace(b"\r\n", b"")


def test_a_name_that_is_written_as_it_is_would_be_found(monkeypatch):
    """The test above can fail."""
    monkeypatch.setattr("generator.deliver.message._names", lambda name: (name, f"attachment; filename={name}"))
    mail = opened(message(named("a\r\nBcc: b@x.example"), Envelope(ANN)))
    assert [part for part in mail.walk() if part["Bcc"]]


@settings(deadline=None)
@given(title=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=200))
def test_any_title_arrives_as_it_is(title):
    mail = opened(message(replace(LETTER, subject=title), Envelope()))
    assert mail["Subject"] == " ".join(title.split()) == subject(title)


def test_a_recipient_is_what_was_written():
    assert address("Ann <ann@X.Example>") == Address("ann", "x.example", "Ann")
