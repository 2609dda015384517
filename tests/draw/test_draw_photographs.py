"""Photographs in a PDF: as many pixels as can be seen, and nothing of what the camera wrote beside them."""

import io

import pikepdf
import pytest
from PIL import Image
from project_kit import new_project

from generator.draw.raster import FINEST
from generator.model.run import Job
from generator.recipe.leaflet import make
from generator.recipe.project import ProjectFiles

CONTENT = """\
format: 1
language: en
title: A photograph
figure: {file: photo.jpg, alt: A room.}
introduction: Words.
sections:
- heading: More
  body:
  - figure: {file: photo.jpg, alt: The room again.}
"""
MAKER, SERIAL, PLACE = b"Telephone of somebody", b"SERIAL-4711", b"52,31.2N 13,24.3E"


def photograph() -> bytes:
    """A photograph of 3000 by 4000 pixels, lying on its side, with its place by satellite."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = 6, MAKER.decode(), SERIAL.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    out = io.BytesIO()
    Image.radial_gradient("L").resize((4000, 3000)).convert("RGB").save(
        out, "JPEG", quality=60, exif=exif, comment=PLACE, xmp=b"<x:xmpmeta>" + PLACE + b"</x:xmpmeta>")
    return out.getvalue()


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Every picture of the PDF, with its file and the size on paper in points."""
    data = photograph()
    assert all(secret in data for secret in (MAKER, SERIAL, PLACE, b"Exif"))
    root = new_project(tmp_path_factory.mktemp("photo"), {"room/en.yaml": CONTENT}, ("handout", "shared"))
    (root / "content/room/photo.jpg").write_bytes(data)
    made = make(ProjectFiles(root), Job(root / "content/room/en.yaml", "handout", "a4", None))
    (pdf,) = made.files.values()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        placed = [[float(number) for number in line.operands] for page in file.pages
                  for line in pikepdf.parse_content_stream(page) if str(line.operator) == "cm"]
        images = file.pages[0].Resources.XObject.values()
        return pdf, [picture.read_raw_bytes() for picture in images], placed


def test_nothing_of_the_camera_is_in_the_pdf(pictures):
    pdf, files, _ = pictures
    assert files
    for data in (pdf, *files):
        assert not any(secret in data for secret in (MAKER, SERIAL, PLACE, b"Exif"))
    assert not any(b"xmpmeta" in data for data in files)


def test_photographs_stand_upright_with_as_many_pixels_as_can_be_seen(pictures):
    _, (data,), placed = pictures
    with Image.open(io.BytesIO(data)) as image:
        assert image.height > image.width and not image.getexif()
        wide = max(matrix[0] for matrix in placed)
        assert image.width == pytest.approx(wide / 72 * FINEST, abs=1)
