"""Fonts of other makes in a file, the colour profile, and words in the fonts of several documents."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import referees
import specimen
from specimen import ABOUT, same_words

from generator.draw import reading
from generator.draw.font import Font
from generator.model.page import Page, Run
from generator.model.record import replace
from generator.model.structure import Elem
from generator.text.shape import shape


@pytest.mark.parametrize(
    ("packed", "upem", "outlines"), [("cascadia", 2048, "glyf"), ("fimo", 1000, "cff"), ("symbol2", 1000, "cff")]
)
def test_other_fonts(packed, upem, outlines, tmp_path):
    """A font with 2048 units to the em; fonts with CFF outlines. One glyph stands for two texts in each."""
    from pymupdf_fonts import myfont

    from generator.text.fonts import from_file
    from generator.text.shape import hyphen, shape

    (tmp_path / "font").write_bytes(myfont(packed))
    face = from_file(str(tmp_path / "font"), False, False)
    assert (face.upem, face.outlines) == (upem, outlines)
    leaf = Elem("")
    if packed == "symbol2":
        words, said = [shape(face, "☐✓"), shape(face, " ")], "☐✓ "
    else:
        words, said = (
            [shape(face, "Wave-length"), shape(face, " "), shape(face, "AV"), hyphen(face)],
            "Wave-length AV\xad",
        )
    line = specimen.line(50, Run(20, words, face, 10, "#000000", leaf))
    path = tmp_path / "other.pdf"
    path.write_bytes(reading(specimen.composed([Page("a", 200, 100, [line])], Elem("P", [leaf])), ABOUT))
    assert referees.verapdf([path])[path] == []
    assert referees.transcript(path) == [said]
    assert (
        same_words(referees.transcript_pdfium(path))
        == same_words(referees.transcript_poppler(path))
        == same_words([said])
    )
    # Drawn, not only said: about as much ink as HarfBuzz has in the glyphs' boxes.
    picture = pypdfium2.PdfDocument(path)[0].render(scale=4).to_pil().convert("L")
    left, top, right, bottom = picture.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert left / 4 == pytest.approx(20, abs=1.5) and right / 4 == pytest.approx(
        20 + sum(word.width for word in words) * 10, abs=4
    )
    assert top / 4 > 38 and bottom / 4 < 55


def test_colour_profile_is_srgb():
    """As littleCMS sees it: a colour of sRGB goes through unchanged."""
    from PIL import Image as Picture
    from PIL import ImageCms

    from generator.draw.srgb import profile

    ours = ImageCms.ImageCmsProfile(io.BytesIO(profile()))
    picture = Picture.linear_gradient("L").convert("RGB")
    picture.putpixel((0, 0), (200, 30, 90))
    through = ImageCms.profileToProfile(picture, ours, ImageCms.createProfile("sRGB"))
    assert max(abs(a - b) for a, b in zip(picture.tobytes(), through.tobytes())) <= 1
    assert len(profile()) < 600


def test_a_word_of_joiners_alone_draws_nothing():
    run = specimen.run(0, "a \u200c b", None)  # a space has come between the joiner and its letters
    assert [len(word.glyphs) for word in run.words] == [1, 1, 0, 1, 1]
    font = Font(run.face, 1)
    assert font.show(run) == font.show(run)
    assert sorted(font.texts.values()) == [" ", "a", "b"]


def test_words_hold_in_every_document_however_many_faces_there_are():
    face = replace(specimen.face(), key="of this test")
    first, second = (Run(0, [shape(face, text)], face, 10, "#222222", None, 1) for text in ("abc", "qrs"))
    for _ in range(2):
        Font(face, 1).show(first)
    for _ in range(100):
        Font(replace(face), 1)
    font = Font(face, 1)
    font.show(second)
    font.show(first)
    assert sorted(font.texts.values()) == list("abcqrs")
