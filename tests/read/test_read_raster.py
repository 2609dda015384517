"""Files of pictures: what is read of them, what is left out, and what is told."""

import io
import math
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from project_kit import refused

from generator.draw import srgb
from generator.model.picture import Drawing, Label, Raster
from generator.model.problem import Rejected
from generator.read.pictures import begins_wrong, read_picture
from generator.read.raster import MOST_PIXELS


def png(size=(30, 20), mode="RGB", kind="PNG", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def fault(folder: Path, name: str, data: bytes | None) -> str:
    if data is not None:
        (folder / name).write_bytes(data)
    (problem,) = refused(read_picture, folder / name, "content/x/" + name)
    assert problem.startswith(f"content/x/{name}:1:1: ")
    return problem


def noise() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(out, "PNG")
    return out.getvalue()


def moving(kind: str) -> bytes:
    first, *others = (Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 120, 250))
    out = io.BytesIO()
    first.save(out, kind, save_all=True, append_images=others)
    return out.getvalue()


SECRET = b"Somebody's telephone"
GPS = 0x8825


def photograph(turn: int = 1, kind: str = "JPEG", **options) -> bytes:
    """What a telephone saves: the upper half red when upright; place, owner, comment, a second picture behind it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turn, SECRET.decode()
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    upright = Image.new("RGB", (60, 40), (200, 30, 30))
    upright.paste((30, 30, 200), (0, 20, 60, 40))
    # Orientation 6: the sensor's picture has to be turned by 90 degrees to the right.
    how = {1: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 6: "ROTATE_90", 8: "ROTATE_270"}[turn]
    image = upright.transpose(Image.Transpose[how])
    out = io.BytesIO()
    more = {"comment": SECRET, "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"} if kind == "JPEG" else {}
    image.save(out, kind, exif=exif, **more, **options)
    return out.getvalue() + (SECRET if kind == "JPEG" else b"")


def pixels(raster: Raster) -> Image.Image:
    with Image.open(io.BytesIO(raster.data)) as image:
        image.load()
        return image


UNREAD = [
    # name of a file, its bytes (None: there is none), what is said of it
    ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><g/></svg>', "is empty"),
    ("a.png", noise()[:-900], "cannot be read"),
    ("a.jpg", png((600, 600), kind="JPEG")[:2000], "cannot be read"),
    ("a.png", None, "cannot be read: no such file"),
    ("a.svg", None, "cannot be read: no such file"),
    ("a.png", png(kind="GIF"), "is a GIF, though its name says PNG"),
    ("b.png", b"", "is no PNG, JPEG, WEBP or GIF"),
    ("b.gif", png(kind="BMP"), "is no PNG, JPEG, WEBP or GIF"),
    ("moving.gif", moving("GIF"), "moves: it has 3 images"),
    ("moving.webp", moving("WEBP"), "moves: it has 3 images"),
    ("c.png", png(kind="JPEG"), "is a JPEG, though its name says PNG"),
    ("c.jpg", png(), "is a PNG, though its name says JPEG"),
]


class TestFiles:
    def test_sizes(self, tmp_path):
        for name, kind in (("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.JPEG", "JPEG")):
            file = tmp_path / name
            file.write_bytes(png(kind=kind))
            assert read_picture(file, name) == Raster(str(file), 30, 20, file.read_bytes())

    def test_drawing(self, tmp_path):
        file = tmp_path / "a.svg"
        file.write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><text id="a" x="1" y="2"/></svg>')
        assert read_picture(file, "a.svg") == Drawing(str(file), 8, 4,
                                                      labels=(Label("a", 1, 2, "start", "ink", False),))

    @pytest.mark.parametrize("turn", [1, 3, 6, 8])
    @pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")])
    def test_photographs_stand_upright_and_say_nothing_of_their_maker(self, tmp_path, turn, name, kind):
        (tmp_path / name).write_bytes(photograph(turn, kind))
        assert kind != "JPEG" or SECRET in photograph(turn, kind)
        got = read_picture(tmp_path / name, name)
        image = pixels(got)
        assert (got.width, got.height) == image.size == (60, 40)
        assert image.convert("RGB").getpixel((30, 5))[0] > 150 and image.convert("RGB").getpixel((30, 35))[2] > 150
        if kind == "JPEG" or turn > 1:
            assert SECRET not in got.data and not image.getexif()
            assert "xmp" not in image.info and "comment" not in image.info

    def test_the_pixels_of_an_upright_jpeg_are_not_touched(self, tmp_path):
        for more in ({}, {"progressive": True}, {"subsampling": 2, "restart_marker_blocks": 2}):
            data = photograph(1, **more)
            (tmp_path / "a.jpg").write_bytes(data)
            got = read_picture(tmp_path / "a.jpg", "a.jpg")
            with Image.open(io.BytesIO(data)) as image:
                assert image.tobytes() == pixels(got).tobytes()
            assert len(got.data) < len(data)

    @pytest.mark.parametrize(("name", "mode", "kind"), [
        ("a.jpg", "CMYK", "JPEG"), ("a.webp", "RGB", "WEBP"), ("a.webp", "RGBA", "WEBP"), ("a.gif", "P", "GIF"),
        ("a.gif", "L", "GIF"),
    ])
    def test_what_a_pdf_does_not_hold_is_converted(self, tmp_path, name, mode, kind):
        (tmp_path / name).write_bytes(png(mode=mode, kind=kind))
        image = pixels(read_picture(tmp_path / name, name))
        assert image.format in ("PNG", "JPEG") and image.mode in ("RGB", "RGBA", "L", "P", "1")
        assert image.size == (30, 20)

    def test_colours_of_other_profiles_become_those_of_the_screen(self, tmp_path):
        swapped = srgb.profile().replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")
        swapped = swapped.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
        out = io.BytesIO()
        Image.new("RGB", (9, 9), (250, 10, 10)).save(out, "PNG", icc_profile=swapped)
        (tmp_path / "a.png").write_bytes(out.getvalue())
        red, green, _ = pixels(read_picture(tmp_path / "a.png", "a.png")).getpixel((4, 4))
        assert green > 200 and red < 100

    def test_heic_is_told(self, tmp_path):
        (tmp_path / "a.jpg").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
        assert "HEIC" in begins_wrong(tmp_path / "a.jpg") and "JPEG" in begins_wrong(tmp_path / "a.jpg")

    @pytest.mark.parametrize(("name", "data", "said"), UNREAD, ids=[f"{name} {said}" for name, _, said in UNREAD])
    def test_what_cannot_be_printed_is_refused(self, tmp_path, name, data, said):
        assert said in fault(tmp_path, name, data)

    @pytest.mark.parametrize("side", [math.isqrt(MOST_PIXELS) + 1, 60_000])
    def test_bombs_are_not_unpacked(self, tmp_path, side):
        small = png((1, 1), "L")
        header = bytearray(small)
        header[16:24] = side.to_bytes(4, "big") * 2
        header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
        assert "is too large" in fault(tmp_path, "a.png", bytes(header))

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_damaged_files_are_read_or_refused(self, tmp_path_factory, data):
        kind = data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]))
        bytes_ = bytearray(png(kind=kind))
        for _ in range(data.draw(st.integers(1, 5))):
            bytes_[data.draw(st.integers(0, len(bytes_) - 1))] = data.draw(st.integers(0, 255))
        file = tmp_path_factory.getbasetemp() / f"damaged.{kind.lower()}"
        file.write_bytes(bytes_)
        try:
            read_picture(file, "a")
        except Rejected:
            pass
