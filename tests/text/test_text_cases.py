"""Line breaks as text: tests/text/cases/*.txt."""

from pathlib import Path

import pytest
from helpers_text import paragraph, span, texts

from generator.text.breaks import breaks

ESCAPES = {r"\n": "\n", r"\-": "\xad", r"\s": "\ufffc"}


def unescaped(text):
    for escape, char in ESCAPES.items():
        text = text.replace(escape, char)
    return text


def cases():
    for file in sorted(Path(__file__).with_name("cases").glob("*.txt")):
        case = None
        for number, row in enumerate(file.read_text("utf-8").splitlines(), 1):
            if row.startswith("  "):
                case[3].append(unescaped(row.strip()))
            elif row and not row.startswith("#"):
                head, text = row.split(" | ", 1)
                case = (*head.split(), unescaped(text), [])
                yield pytest.param(*case, id=f"{file.stem}:{number}")


@pytest.mark.parametrize("language, width, text, expected", list(cases()))
def test_lines_break_as_the_case_says(language, width, text, expected):
    if width == "*":
        ends = breaks(text, language)
        found = [text[start:end] for start, end in zip((0, *ends), ends)]
    else:
        set_in = paragraph(span(text), language=language, direction="rtl" if language in ("ar", "fa", "he") else "ltr")
        found = texts(set_in, set_in.lines(float(width)))
    assert [line.strip(" ") for line in found] == expected
    assert "".join(found) == text
