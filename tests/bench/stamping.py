"""Copies for a list of people: one process on one core, names, dates and clinics changing, the list read and looked
through included. Typst's figure is that of the same run: its copies of the same article, made in process, not written.

    python stamping.py PROJECT COUNT ANEW      prints one line of JSON for each way
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WAYS = {"zip": {"into": "zip"}, "pdf": {"into": "pdf", "sheet": True}, "files": {"into": "files"},
        "encrypted": {"into": "zip", "password_from": "word"}, "typeset anew": {"into": "zip", "slug": "letter"}}
FEW = ("encrypted", "typeset anew")


def people(file: Path, count: int) -> Path:
    """Names of many kinds, all different; one in a hundred is not in Latin letters."""
    chance = random.Random(7)
    first = ["Ada", "Ayşe", "Jürgen", "Zoë", "Søren", "Łukasz", "María", "John", "Aisha", "Olga", "Pedro", "Chloé"]
    last = ["Lovelace", "Yılmaz", "Müller", "O'Neil", "Nowak", "García", "Smith", "Khan", "Petrova", "Silva", "Dubois"]
    with file.open("w", encoding="utf-8") as rows:
        rows.write("id,name,date,clinic,word\n")
        for number in range(count):
            name = "محمد بن علي" if number % 100 == 99 else f"{chance.choice(first)} {chance.choice(last)}"
            initial = chr(65 + number % 26) + chr(97 + number // 26 % 26)
            day = f"2026-0{1 + number % 9}-1{number % 10}"
            rows.write(f"{number},{name} {initial},{day},Clinic {number % 7},w{number}\n")
    return file


def measured(project: Path, count: int, few: int) -> None:
    sys.path.insert(0, str(ROOT))
    from generator.model.run import Job
    from generator.recipe import copying
    from generator.recipe.people import Order

    def run(way: str, number: int) -> tuple[float, Path]:
        how = dict(WAYS[way])
        job = Job(project / "content" / how.pop("slug", "bench") / "en.yaml", "handout", "a4", None)
        file, out = people(project / "list.csv", number), project / "copies"
        shutil.rmtree(out, ignore_errors=True)
        if "password_from" not in how:
            rows = file.read_text("utf-8").splitlines()
            file.write_text("".join(row.rsplit(",", 1)[0] + "\n" for row in rows), "utf-8")
        began = time.perf_counter()
        copying.run(Order(project, job, file, file.name, out, workers=1, **how))
        return time.perf_counter() - began, out

    for way in WAYS:
        number = few if way in FEW else count
        run(way, 20)
        took, out = run(way, number)
        size = sum(file.stat().st_size for file in out.iterdir())
        told = {"way": way, "copies": number, "seconds": took, "bytes": size / number}
        if way == "files":  # what the disk can write of that size
            data = next(out.glob("*.pdf")).read_bytes()
            shutil.rmtree(out)
            out.mkdir()
            began = time.perf_counter()
            for at in range(number):
                with open(out / f".{at}", "wb") as stream:
                    stream.write(data)
                os.replace(out / f".{at}", out / str(at))
            os.sync()
            told["disk"] = time.perf_counter() - began
        print(json.dumps(told), flush=True)


def copies(bench, typst: list[float] | None, count: int = 5_000, few: int = 100) -> list[dict]:
    """Rows of each way; ratios to a copy of Typst's."""
    letter = bench.project / "content" / "letter"
    letter.mkdir(exist_ok=True)
    text = bench.data("leaflet")
    (bench.project / "content" / "bench" / "en.yaml").write_text(text, "utf-8")
    (letter / "en.yaml").write_text(text.replace("When ", "Dear {name}, when ", 1), "utf-8")
    command = [sys.executable, str(HERE / "stamping.py"), str(bench.project), str(count), str(few)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **bench.keep})
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    print("\ncopies for a list, one process        copies/s   bytes each   × Typst")
    for row in rows:
        rate = row["copies"] / row["seconds"]
        row["ratio"] = rate * median(typst) / 1000 if typst else None
        disk = f"   {row['disk'] / row['seconds']:.0%} of what the disk writes" if "disk" in row else ""
        ratio = f"{row['ratio']:9.1f}" if row["ratio"] else "        –"
        print(f"{row['way']:<36}{rate:>10,.0f}{row['bytes']:>13,.0f}{ratio}{disk}")
    if made.returncode:
        print(made.stderr[-2000:])
    return rows


if __name__ == "__main__":
    measured(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
