"""What is pasted from Word or a web page becomes text with our marks: no word is lost, and what cannot be held is
told."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest
from preview_kit import browser

from generator.door.preview.server import PAGE
from generator.merge.markdown import faults
from generator.model.problem import Place, Text

WORD = """<html xmlns:o="urn:x"><head><style>p { color: red }</style><title>Doc</title></head><body>
<!--StartFragment--><p class=MsoNormal>Take <b style='mso-bidi-font-weight:normal'>two tablets</b> a day<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>· <span>&nbsp;&nbsp; </span></span><![endif]>with food</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>o </span>or milk</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1)<span> </span></span>First rest</p>
<p class=MsoNormal><span style='font-weight:700'>Call</span> us: <a
href="tel:999">999</a></p><!--EndFragment--></body>"""
WEB = """<h2>Styes</h2>
<div>A stye is <em>small</em>.<br>It <strong>hurts</strong>, 2*3*4 **stars**.</div>
<ul><li>do not <a href="https://example.org/a b">squeeze</a> it<ul><li>never</li></ul></li>
<li><p>rest</p><p>a lot</p></li></ul>
<ol start=3><li>Third</li><li>Fourth</li></ol><aside>Call 999 if it spreads.</aside>
<table><caption>Doses</caption><tr><th>Age<th>Dose<tr><td>6<td>5 mg</table>
<p><img src=x alt="An eye">H<sub>2</sub>O <del>old</del></p>
<details><summary>More</summary>inside</details><p style="display:none">unseen</p>"""
WORDS = """html => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walker.nextNode()) words.push(walker.currentNode.data);
    return words.join(" ");
}"""


@pytest.fixture(scope="module")
def page():
    with browser() as chrome:
        yield chrome.new_page()


def converted(page, html: str, marks: bool = True) -> dict:
    module = "data:text/javascript;base64," + b64encode((PAGE / "paste.js").read_bytes()).decode()
    return page.evaluate("async ([module, html, marks]) => (await import(module)).converted(html, marks)",
                         [module, html, marks])


def test_from_word(page):
    made = converted(page, WORD)
    assert made["text"] == ("Take **two tablets** a day\n\n- with food\n  - or milk\n1. First rest\n\n"
                            "**Call** us: [999](tel:999)")
    assert made["told"] == [] and made["tables"] == []


def test_from_a_web_page(page):
    made = converted(page, WEB)
    assert made["text"] == (
        "Styes\n\nA stye is *small*.  \nIt **hurts**, 2*3*4 \\*\\*stars\\*\\*.\n\n"
        "- do not [squeeze](https://example.org/a%20b) it\n  - never\n- rest\n  a lot\n3. Third\n4. Fourth\n\n"
        "Call 999 if it spreads.\n\nH2O old\n\nMore\n\ninside\n\nunseen")
    assert made["tables"] == ["Age | Dose\n6 | 5 mg"]
    for said in ("A heading came", "A table cannot", "The table's title: Doses", "A picture was left out: An eye",
                 "struck out", "Raised or lowered"):
        assert any(one.startswith(said) or said in one for one in made["told"]), said


def test_what_looks_like_a_mark_is_read_as_it_is(page):
    """A line of dashes, a number sign, a row of bars: no text holds what they would be."""
    page_of = ("<p>---</p><p># Not a heading</p><p>First<br>=====</p><ul><li>| a | b |</li><li>- -</li></ul>"
               "<p>#1 and - so on</p>")
    assert converted(page, page_of)["text"] == (
        "\\---\n\n\\# Not a heading\n\nFirst  \n\\=\\=\\=\\==\n\n- \\| a | b |\n- \\- -\n\n#1 and - so on")
    assert converted(page, page_of, False)["text"].startswith("---\n\n# Not")
    text = Text(converted(page, page_of)["text"], Place("x"))
    assert faults([("prose", text)]) == []
    assert faults([("prose", Text("Words\n\n---", Place("x")))]), "a planted offender is found"


def test_no_word_is_lost(page):
    plain = page.evaluate(WORDS, WEB)
    made = converted(page, WEB, False)
    there = " ".join([made["text"], *made["tables"], *made["told"]])
    words = re.findall(r"\w+", plain)
    assert len(words) > 30 and [word for word in words if word not in there] == []
