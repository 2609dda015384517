"""A text for professionals that addresses patients is doubted, once, where it says whom it is for."""

from generator.check.audience import doubts
from generator.model.content import Block, Content, Section
from generator.model.problem import Place, Text

NOTE = Text("Prepared for healthcare professionals.", Place("x.yaml", 9, 3))


def content(**kw):
    kw = {"sections": [Section("What", [Block(text="It can help patients decide.")])], "audience_note": NOTE, **kw}
    return Content(format=1, language="en", title="T", **kw)


def test_both_at_once():
    (doubt,) = doubts(content())
    assert doubt.severity == "warning" and doubt.place == Place("x.yaml", 9, 3)


def test_one_audience():
    assert doubts(content(audience="professionals")) == []
    assert doubts(content(audience_note=Text("For patients and their families."))) == []
    assert doubts(content(sections=[Section("What", [Block(text="Indications are listed.")])])) == []
    assert doubts(content(audience_note=None)) == []
