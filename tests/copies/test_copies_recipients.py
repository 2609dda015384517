"""The list of people: every kind of file gives the same persons, and every fault is told with its row and column."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from generator.copies.recipients import People, Wanted
from generator.model.problem import Rejected

WANTED = (Wanted("name", required=True), Wanted("date", "date"), Wanted("clinic"), Wanted("time", "time"),
          Wanted("phone", "phone"), Wanted("page", "qr"))


def people(file: Path, **how) -> People:
    return People(file, file.name, WANTED, **how)


def read(tmp_path: Path, name: str, data: bytes | str) -> tuple[list[str], list]:
    file = tmp_path / name
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    one = people(file)
    problems = one.check()
    return [str(problem) for problem in problems], list(one)


def spreadsheet(file: Path, rows: list[list]) -> Path:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file


@pytest.mark.parametrize(("name", "data"), [
    ("list.csv", "id,name,date,time\na1,Ayşe Yılmaz,2026-07-03,9:05\n"),
    ("list.csv", b"\xef\xbb\xbfid;name;date;time\r\na1;Ay\xc5\x9fe Y\xc4\xb1lmaz;3.7.2026;09.05\r\n"),
    ("list.csv", "sep=;\r\nid;name;date;time\r\n\r\na1; Ayşe Yılmaz ;2026-07-03;09:05;\r\n"),
    ("list.csv", "id,name,date,time\na1,Ayşe Yılmaz,2026-07-03,9:05\n".encode("utf-16")),
    ("list.tsv", "id\tname\tdate\ttime\na1\tAyşe Yılmaz\t2026-07-03\t09:05\n"),
    ("list.jsonl", json.dumps({"id": "a1", "name": "Ayşe Yılmaz", "date": "2026-07-03", "time": "09:05",
                               "clinic": None})),
])
def test_every_kind_of_list_gives_the_same_person(tmp_path, name, data):
    problems, persons = read(tmp_path, name, data)
    assert problems == []
    (person,) = persons
    assert person.id == "a1"
    assert {key: value for key, value in person.values.items() if value} == {
        "name": "Ayşe Yılmaz", "date": "2026-07-03", "time": "09:05"}


def test_spreadsheets_give_dates_times_and_whole_numbers(tmp_path):
    file = spreadsheet(tmp_path / "list.xlsx", [["id", "name", "date", "time"], [],
                       [7, "Ayşe Yılmaz", datetime.date(2026, 7, 3), datetime.time(9, 5)]])
    one = people(file)
    assert not one.check()
    (person,) = one
    assert (person.number, person.id, person.values["date"], person.values["time"]) == (3, "7", "2026-07-03", "09:05")


def test_a_list_without_ids_numbers_its_rows(tmp_path):
    problems, persons = read(tmp_path, "list.csv", "name\nAda\n\nBo\n")
    assert problems == []
    assert [person.id for person in persons] == ["00001", "00003"]


TWENTY = [
    # (row, column, what is said) of each planted fault
    (2, 2, "'name' is empty"), (3, 3, "no date"), (4, 3, "no date"), (5, 4, "no time"), (6, 5, "no telephone"),
    (7, 6, "no web address"), (8, 1, "another row"), (9, 1, "name no file"), (10, 1, "name no file"),
    (11, 2, "formula"), (12, 2, "spreadsheet's error"), (13, 1, "cut"), (14, 2, "control character"),
    (15, 2, "no UTF-8"), (16, 1, "6 columns"), (17, 1, "'id' is empty"), (18, 2, "was lost"), (19, 1, "cut"),
    (20, 3, "no date"), (21, 6, "no web address"),
]


def planted(folder: Path) -> Path:
    """A list with twenty faults and one good row."""
    rows = [
        b"id,name,date,time,phone,page",
        b"b2,,2026-07-03,,,", b"b3,Secreta,2026-02-30,,,", b"b4,Secreta,07/03/2026,,,", b"b5,Secreta,,25:00,,",
        b"b6,Secreta,,,call me,", b"b7,Secreta,,,,javascript:alert(1)", b"B7,Secreta,,,,", b"../b9,Secreta,,,,",
        b"nul,Secreta,,,,", b"b11,=A1&Secreta,,,,", b"b12,#REF!,,,,", b"1.23457E+16,Secreta,,,,",
        b"b14,\"Secreta\x07\",,,,", b"b15,Secret\xe9a,,,,", b"b16,Secreta,,,,,more", b",Secreta,,,,",
        "b18,Secret\ufffda,,,,".encode(), b"\"1,2E+12\",Secreta,,,,", b"b20,Secreta,2026-13-01,,,",
        b"b21,Secreta,,,,http://" + b"a" * 1001, b"b22,Ada,2026-07-03,9:00,+44 20 7946 0000,https://clinic.example/b22",
    ]
    file = folder / "list.csv"
    file.write_bytes(b"\n".join(rows))
    return file


def test_twenty_planted_faults_give_twenty_located_problems_and_no_value(tmp_path):
    one = people(planted(tmp_path))
    found = list(one.check())
    assert [(problem.place.line, problem.place.column) for problem in found] == [place[:2] for place in TWENTY]
    for problem, (_, _, said) in zip(found, TWENTY):
        assert said in problem.message
        assert "Secret" not in str(problem)
    assert [person.id for person in one] == ["b22"]


def test_formulas_and_error_cells_of_a_spreadsheet_are_told(tmp_path):
    file = spreadsheet(tmp_path / "list.xlsx", [["id", "name", "clinic"], ["a", "=1+1", "x"], ["b", "Ada", "#N/A"],
                                                [12345678901234567, "Bo", "y"], ["d", "Cy", "z"]])
    one = people(file)
    assert [(p.place.line, p.place.column, p.message.split()[-1]) for p in one.check()] == [
        (2, 2, "formula"), (3, 3, "error"), (4, 1, "cut")]
    assert [person.id for person in one] == ["d"]


@pytest.mark.parametrize(("head", "said"), [
    ("nmae", "1:1: no field has the name of this column (did you mean 'name'?)"),
    ("date", "1:1: there is no column 'name'"),
    ("name,,date", "1:2: a column without a name"),
])
def test_columns_are_looked_at(tmp_path, head, said):
    problems, _ = read(tmp_path, "list.csv", head + "\n" + ",".join("1" * len(head.split(","))) + "\n")
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(("file", "data"), [("list.csv", "date\n3.7.2026\n"), ("list.jsonl", '{"date": "3.7.2026"}\n')])
def test_without_a_column_that_every_row_needs_no_row_is_good(tmp_path, file, data):
    (tmp_path / file).write_text(data)
    one = people(tmp_path / file)
    assert [problem.message for problem in one.check()] == ["there is no column 'name'"]
    assert one.count == 0, "--skip-bad would make copies for nobody"


@pytest.mark.parametrize(("name", "data", "said"), [
    ("list.csv", "", "empty"), ("list.csv", 'name\n"Ada\n', "no CSV"), ("list.csv", "name,name\nA,B\n", "two columns"),
    ("list.pdf", "x", "no list"), ("list.xlsx", "x", "no spreadsheet"),
])
def test_what_is_no_list_is_refused(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(Rejected, match=said):
        people(tmp_path / name).check()


def test_lines_of_json_are_told_one_by_one(tmp_path):
    lines = ['{"name": "A", "date": 5.5}', "nonsense", "[1]", '{"name": true}', '{"name": "B", "name": "C"}',
             '{"name": "D", "colour": "x"}', '{"name": "E"}']
    problems, persons = read(tmp_path, "list.jsonl", "\n".join(lines))
    assert len(problems) == 6, problems
    assert [person.values["name"] for person in persons] == ["D", "E"]


def test_further_columns_are_given_on_request(tmp_path):
    (tmp_path / "list.csv").write_text("name,email,consent\nAda,ada@clinic.example,yes\nBo,bo,yes\n")
    wanted = [Wanted("name", required=True), Wanted("email", "email", needed=True)]
    one = People(tmp_path / "list.csv", "list.csv", wanted, allowed=("consent",))
    assert [str(problem) for problem in one.check()] == ["list.csv:3:2: this is no e-mail address"]
    (person,) = one
    assert person.values == {"name": "Ada", "email": "ada@clinic.example", "consent": "yes"}
    assert str(person.place("email")) == "list.csv:2:2"
    assert "colour" not in person.values


def test_a_list_of_many_ids_finds_the_one_that_is_there_twice(tmp_path):
    ids = [f"p{number}" for number in range(60_000)] + ["p59"]
    problems, _ = read(tmp_path, "list.csv", "id,name\n" + "".join(f"{own},A\n" for own in ids))
    assert problems == ["list.csv:60002:1: an id that another row has, too (each row has one of its own)"]
