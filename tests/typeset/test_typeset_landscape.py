"""Tables that are too wide for an upright page: on a landscape page of their own, with what belongs to them."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from kit import drawn, frames, typeset, words

from generator.model.layout import Geometry, Panel
from generator.model.page import Composition, Line
from generator.model.record import replace

UPRIGHT, SIDEWAYS = (340.0, 400.0), (560.0, 240.0)
"""Frames of the two pages, points: the words below need about 400 points side by side."""
COLUMNS = ("Forenoon", "Afternoon", "Evening", "Midnight", "Breakfast", "Physiotherapy")


def pages(markup: str, sideways: bool = True, direction: str = "ltr", **more) -> Composition:
    geometry: Geometry = frames(UPRIGHT, repeat=True, **more)
    width, height = SIDEWAYS
    lying = Panel("a", width + 20, height + 20, 10.0, 10.0, 10.0, 10.0)
    return typeset(markup, replace(geometry, sideways=lying if sideways else None), direction=direction)


def table(rows: int = 3, columns: tuple[str, ...] = COLUMNS, note: str = "", caption: str = "") -> str:
    head = "".join(f'<th scope="col">{word}</th>' for word in columns)
    body = "".join(
        f'<tr><th scope="row">Row{n}</th>' + "".join(f"<td>{word}{n}</td>" for word in columns[1:]) + "</tr>"
        for n in range(rows)
    )
    above = f"<caption>{caption}</caption>" if caption else ""
    return (f'<section class="keep"><table>{above}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
            f"{note and f'<p>{note}</p>'}</section>")


def lies(composition: Composition) -> str:
    """Of each page: u (upright) or s (sideways)."""
    return "".join("s" if page.width > page.height else "u" for page in composition.pages)


def said(page) -> list[str]:
    return ["".join(word.text for run in line.runs for word in run.words).strip()
            for line in page.items if isinstance(line, Line)]


def test_a_wide_table_has_a_landscape_page_with_its_heading_caption_and_note():
    made = pages(f"<h1>T</h1><p>Before</p><h2>Plan</h2><p>Short</p>{table(note='Note', caption='Cap')}<p>After</p>")
    assert lies(made) == "usu"
    first, second, third = map(said, made.pages)
    assert first == ["T", "Before"] and third == ["After"]
    assert second[:3] == ["Plan", "Short", "Cap"] and second[-1] == "Note" and "Physiotherapy2" in second[-2]
    assert (made.pages[1].width, made.pages[1].height) == (SIDEWAYS[0] + 20, SIDEWAYS[1] + 20)
    with pikepdf.open(BytesIO(drawn(made))) as pdf:
        boxes = [[float(number) for number in page.MediaBox] for page in pdf.pages]
        assert boxes == [[0, 0, 360, 420], [0, 0, 580, 260], [0, 0, 360, 420]]
        assert not any("/Rotate" in page for page in pdf.pages)


def test_where_it_goes_on_its_heading_is_repeated_and_not_read_again():
    made = pages(f"<h1>T</h1><p>Before</p><h2>Plan</h2>{table(rows=12)}<p>After</p>")
    assert lies(made) == "ussu"
    repeated = [line for line in made.pages[2].furniture if isinstance(line, Line)]
    assert "Forenoon" in "".join(word.text for line in repeated for run in line.runs for word in run.words)
    assert not any("Forenoon" == word for word in said(made.pages[2]))


def test_two_tables_follow_each_other_on_landscape_pages():
    assert lies(pages(f"<h1>T</h1><p>Before</p><h2>A</h2>{table(1)}<h2>B</h2>{table(1)}<p>After</p>")) == "usu"


def test_text_beside_it_keeps_the_measure_of_upright_pages():
    for direction in ("ltr", "rtl"):
        made = pages(f"<h1>T</h1><p>Before</p><h2>Plan</h2><p>{words(20)}</p>{table()}", direction=direction)
        assert lies(made) == "us"
        lines = [item for item in made.pages[1].items if isinstance(item, Line)]
        lines = [line for line in lines if line.runs[0].words[0].text.startswith("w")]
        left = min(run.x for line in lines for run in line.runs)
        right = max(run.x + run.width for line in lines for run in line.runs) - 4  # a space may stand at its end
        first, last = (10, 350) if direction == "ltr" else (230, 570)
        assert len(lines) > 1 and first <= left and right <= last


def test_the_title_and_long_text_stay_on_upright_pages():
    made = pages(f"<p>House</p><h1>Title</h1><p>Lead</p>{table()}")
    assert lies(made) == "us" and said(made.pages[0]) == ["House", "Title", "Lead"]
    made = pages(f"<h1>T</h1><p>Before</p><h2>Plan</h2><p>{words(80)}</p>{table()}")
    assert lies(made) == "us" and "Plan" in said(made.pages[0])


def test_other_tables_stay_where_they_are():
    narrow = "<p>Before</p>" + table(columns=("A", "B", "C", "D", "E", "F"))
    assert lies(pages(narrow)) == "u"
    wider = "<p>Before</p>" + table(columns=tuple(word * 3 for word in COLUMNS))  # has no room lying on its side either
    assert set(lies(pages(wider))) == {"u"}
    assert set(lies(pages("<p>Before</p>" + table(), sideways=False))) == {"u"}
