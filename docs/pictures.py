"""Pictures turns the leaflet of content/ into docs/pages.png, what the README shows: `make pictures`.

The same PDFs give the same picture, byte for byte. It is small: few colours, no more pixels than a README shows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from generator.recipe import build as many

ROOT = Path(__file__).parent.parent
SLUG = "kyphoplasty-vs-vertebroplasty"
PICTURE = ROOT / "docs" / "pages.png"
WIDTH, GAP = 1400, 20
"""Pixels: of the picture, and around its pages."""
GROUND, EDGE = "#e9edf0", "#c3ccd3"
COLOURS = 48


def pages(output: Path) -> list[list[Image.Image]]:
    """Two rows: the sheet of the brochure, outside and inside; the first pages of the handout, and
    two panels as a screen shows them."""
    name = f"{SLUG}-en"
    sheet = pypdfium2.PdfDocument(output / f"{name}-brochure-a4-sheet.pdf")
    handout = pypdfium2.PdfDocument(output / f"{name}-handout-a4.pdf")
    brochure = pypdfium2.PdfDocument(output / f"{name}-brochure-a4.pdf")
    return [[_page(sheet[0]), _page(sheet[1])],
            [_page(handout[0]), _page(handout[1]), _page(brochure[0]), _page(brochure[2])]]


def _page(page) -> Image.Image:
    return page.render(scale=2.2).to_pil().convert("RGB")


def picture(rows: list[list[Image.Image]]) -> Image.Image:
    """The pages in rows of one width, each with a thin edge, on a grey ground."""
    fitted = []
    for row in rows:
        room = WIDTH - GAP * (len(row) + 1)
        height = int(room / sum(page.width / page.height for page in row))
        fitted.append([page.resize((round(height * page.width / page.height), height), Image.Resampling.LANCZOS)
                       for page in row])
    out = Image.new("RGB", (WIDTH, GAP + sum(row[0].height + GAP for row in fitted)), GROUND)
    y = GAP
    for row in fitted:
        x = GAP
        for page in row:
            out.paste(EDGE, (x - 1, y - 1, x + page.width + 1, y + page.height + 1))
            out.paste(page, (x, y))
            x += page.width + GAP
        y += row[0].height + GAP
    return out.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        result = many.build(ROOT, [ROOT / "content" / SLUG / "en.yaml"], layouts=["handout", "brochure"], papers=["a4"],
                            output=output)
        if result.failed:
            raise SystemExit("\n".join(map(str, result.problems)))
        picture(pages(output)).save(PICTURE, optimize=True)
    print(f"wrote  {PICTURE.relative_to(ROOT)}")
