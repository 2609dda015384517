"""Right-to-left text is found in our PDFs at least as well as in those that Chromium and Typst make of the same words.

Each reader turns lines with numbers, Latin and brackets round in a way of its own, and no PDF pleases them all; so what is
asked is that nobody does it better. Typst is asked where it is installed: `pip install typst`, then
`python tests/languages/test_languages_peers.py` prints the whole table.
"""

from __future__ import annotations

import html
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from unicodedata import bidirectional

import pytest
import readers
import referees
from test_languages_pages import RTL, pdf

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Language → maker → its PDF; ours first."""
    return all_made(tmp_path_factory.mktemp("peers"))


def all_made(folder: Path) -> dict[str, dict[str, Path]]:
    if find_spec("playwright") is None or not CHROMIUM.exists():
        referees.missing("Chromium with playwright")
    out = {}
    with page() as paper:
        for language in RTL:
            blocks = referees.transcript(pdf(folder, language), pictures=False)
            chromium = folder / f"{language}-chromium.pdf"
            paper.set_content(f"<html lang={language} dir=rtl>{''.join(map(paragraph, blocks))}")
            paper.pdf(path=str(chromium), format="A4", tagged=True)
            out[language] = {"ours": pdf(folder, language), "Chromium": chromium}
            if find_spec("typst"):
                out[language]["Typst"] = typst(folder / f"{language}-typst.pdf", blocks, language)
    return out


@contextmanager
def page():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def to_the_right(block: str) -> bool:
    """Whether all letters of a block run to the right: it is set so, as in our PDF."""
    kinds = set(map(bidirectional, block))
    return "L" in kinds and not kinds & {"R", "AL"}


def paragraph(block: str) -> str:
    return f"<p dir={'ltr' if to_the_right(block) else 'rtl'}>{html.escape(block)}</p>"


def typst(file: Path, blocks: list[str], language: str) -> Path:
    import typst as compiler

    rows = [f'#set text(lang: "{language}", dir: rtl, font: ("FiraGO", "Noto Naskh Arabic", "Noto Sans"))']
    for block in blocks:
        said = block.replace("\\", "\\\\").replace('"', '\\"')
        rows.append(f'#text(dir: {"ltr" if to_the_right(block) else "rtl"}, "{said}")')
    source = file.with_suffix(".typ")
    source.write_text("\n\n".join(rows), encoding="utf-8")
    compiler.compile(str(source), output=str(file))
    return file


def found(made: dict[str, Path], reader: str, language: str) -> dict[str, readers.Found]:
    blocks = referees.transcript(made["ours"], pictures=False)
    texts = readers.texts(reader, list(made.values()))
    return {maker: readers.compared(text, blocks, language) for maker, text in zip(made, texts)}


@pytest.mark.parametrize("reader", readers.READERS)
def test_nobody_is_found_better(made, reader):
    for language in RTL:
        ours, *others = found(made[language], reader, language).values()
        for other in others:
            assert ours.words >= other.words and ours.phrases >= other.phrases, (language, ours, other)


def main() -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        for language, makers in all_made(Path(folder)).items():
            for reader in readers.READERS:
                rows = found(makers, reader, language)
                print(language, reader.ljust(8), *(f"{maker} {one}".ljust(22) for maker, one in rows.items()))


if __name__ == "__main__":
    main()
