"""Of each mark that is told, the line and the column are those of the file, in folded and quoted text, too: places/."""

from __future__ import annotations

from pathlib import Path

from generator.merge.markdown import faults
from generator.model.walk import values
from generator.read.content import read_alone

CASES = Path(__file__).with_name("places") / "en.yaml"


def test_marks_are_told_where_they_stand():
    rows = CASES.read_text(encoding="utf-8")
    content = read_alone(CASES, CASES.parent, rows.encode())
    told = faults((value.kind, value.value) for value in values(content) if value.kind in ("inline", "prose"))
    found = [f"# problem {one.place.line}:{one.place.column} {one.message}" for one in told]
    assert found == [row for row in rows.splitlines() if row.startswith("# problem")]
