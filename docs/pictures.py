"""Paints the pictures of the guides from the leaflet of content/: `make pictures`.

docs/pages.png is what the README shows; docs/gallery/ has a picture of each layout, which docs/gallery.md shows. The
same PDFs give the same pictures, byte for byte. They are small: few colours, no more pixels than a guide shows.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from generator.kept.library import list_layouts
from generator.model.run import Job
from generator.recipe import build as many
from generator.recipe.leaflet import make
from generator.recipe.project import ProjectFiles

ROOT = Path(__file__).parent.parent
SLUG = "kyphoplasty-vs-vertebroplasty"
PICTURE = ROOT / "docs" / "pages.png"
WIDTH, GAP = 1400, 20
"""Pixels: of the picture, and around its pages."""
GROUND, EDGE = "#e9edf0", "#c3ccd3"
COLOURS = 48
GALLERY = ROOT / "docs" / "gallery"
NARROW, FEW = 640, 32
"""Pixels and colours of a picture of the gallery."""
KINDS = ROOT / "docs" / "kinds.png"
TITLES = {
    "going-home": "Going home after your operation", "medicine": "Taking a blood thinner",
    "scan": "Having an MRI scan", "blood-test": "Your blood test", "operation": "The day of your operation",
    "food": "Eating well with weak kidneys", "exercise": "Getting up the stairs again",
    "baby": "The first week with your baby", "breathing": "Living with asthma",
}
"""Kind → a title for its cover."""
SHOWN = 4
"""Pages of a flat layout that its picture shows at the most."""


def pages(output: Path) -> list[list[Image.Image]]:
    """Two rows: the sheet of the brochure, outside and inside; the first pages of the handout, and
    two panels as a screen shows them."""
    name = f"{SLUG}-en"
    sheet = pypdfium2.PdfDocument(output / f"{name}-brochure-a4-sheet.pdf")
    handout = pypdfium2.PdfDocument(output / f"{name}-handout-a4.pdf")
    brochure = pypdfium2.PdfDocument(output / f"{name}-brochure-a4.pdf")
    return [[_page(sheet[0]), _page(sheet[1])],
            [_page(handout[0]), _page(handout[1]), _page(brochure[0]), _page(brochure[2])]]


def layout_rows(output: Path, layout: str) -> list[list[Image.Image]]:
    """The sheet of a layout, one side above the other; of a flat layout its first pages, side by side."""
    name = f"{SLUG}-{'en+tr' if layout == 'bilingual' else 'en'}-{layout}-a4"
    sheet = output / f"{name}-sheet.pdf"
    if sheet.exists():
        return [[_page(side, 1.5)] for side in list(pypdfium2.PdfDocument(sheet))[:2]]
    return [[_page(page, 1.0) for page in list(pypdfium2.PdfDocument(output / f"{name}.pdf"))[:SHOWN]]]


def covers(folder: Path) -> list[list[Image.Image]]:
    """The covers of leaflets of one topic, by their kind."""
    out = []
    for kind, title in TITLES.items():
        file = folder / kind / "en.yaml"
        file.parent.mkdir()
        file.write_text(f"format: 1\nlanguage: en\ntitle: {title}\nkind: {kind}\nintroduction: A text.\n"
                        "publisher: {name: The Example Hospital}\n", encoding="utf-8")
        job = Job(file, "brochure", "a4", None)
        data = make(ProjectFiles(ROOT), job).files[f"{job.name}.pdf"]
        out.append(_page(pypdfium2.PdfDocument(data)[0], 1.0))
    return [out]


def _page(page, scale: float = 2.2) -> Image.Image:
    return page.render(scale=scale).to_pil().convert("RGB")


def picture(rows: list[list[Image.Image]], width: int = WIDTH, colours: int = COLOURS) -> Image.Image:
    """The pages in rows of one width, each with a thin edge, on a grey ground."""
    fitted = []
    for row in rows:
        room = width - GAP * (len(row) + 1)
        height = int(room / sum(page.width / page.height for page in row))
        fitted.append([page.resize((round(height * page.width / page.height), height), Image.Resampling.LANCZOS)
                       for page in row])
    out = Image.new("RGB", (width, GAP + sum(row[0].height + GAP for row in fitted)), GROUND)
    y = GAP
    for row in fitted:
        x = GAP
        for page in row:
            out.paste(EDGE, (x - 1, y - 1, x + page.width + 1, y + page.height + 1))
            out.paste(page, (x, y))
            x += page.width + GAP
        y += row[0].height + GAP
    return out.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)


def main() -> None:
    layouts = list_layouts([ROOT / "layouts"])
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        for names, beside in ([name for name in layouts if name != "bilingual"], None), (["bilingual"], "tr"):
            result = many.build(ROOT, [ROOT / "content" / SLUG / "en.yaml"], layouts=names, papers=["a4"],
                                output=output, beside=beside)
            if result.failed:
                raise SystemExit("\n".join(map(str, result.problems)))
        picture(pages(output)).save(PICTURE, optimize=True)
        picture(covers(output), WIDTH, FEW).save(KINDS, optimize=True)
        GALLERY.mkdir(exist_ok=True)
        for name in layouts:
            picture(layout_rows(output, name), NARROW, FEW).save(GALLERY / f"{name}.png", optimize=True)
    print(f"wrote  {PICTURE.relative_to(ROOT)} and {len(layouts)} pictures in {GALLERY.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
