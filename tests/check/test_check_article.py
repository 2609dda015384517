"""What the rules say of the project's own article, verified by hand: the sentence was counted with a finger, the
paragraphs were read, and the grade was worked out from the counts."""

import pytest
from project_kit import ROOT
from test_check_rules import GENERIC, SHARED, content_of

from generator.check.editorial import judge
from generator.check.manuscript import Manuscript
from generator.check.pemat import items
from generator.check.rules import RULES
from generator.read.content import read_alone
from generator.read.editorial import read_vocabulary

ARTICLE = ROOT / "content" / "kyphoplasty-vs-vertebroplasty" / "en.yaml"
PAGES = {"x-height", "body-size", "line-length", "grey-contrast", "half-empty"}


@pytest.fixture(scope="module")
def article():
    content = read_alone(ARTICLE, ROOT)
    manuscript = Manuscript(content, read_vocabulary("en", SHARED, ROOT), "2026-11-27")
    return manuscript, judge(manuscript, GENERIC, [rule for rule in RULES if rule.name not in PAGES]).findings


def test_its_grade(article):
    manuscript, findings = article
    # 452 words in 19 sentences with 916 syllables: 0.39 × 452/19 + 11.8 × 916/452 − 15.59 = 17.6 (Kincaid 1975)
    assert (manuscript.counts.words, manuscript.counts.sentences) == (452, 19)
    assert abs(manuscript.counts.syllables - 916) <= 9, "one in a hundred"
    assert abs(manuscript.scores[0].value - 17.5) < 0.3
    assert any(one.rule == "grade" and "17." in one.message for one in findings)


def test_its_longest_sentence(article):
    (longest,) = [one for one in article[1] if one.rule == "long-sentence" and "of 50 words" in one.message]
    lines = ARTICLE.read_text("utf-8").split("\n")
    said = " ".join(lines[longest.place.line - 1:longest.place.line + 4])[longest.place.column - 1:]
    sentence = " ".join(said.split())
    sentence = sentence[:sentence.index("fracture.") + len("fracture.")]
    assert sentence.startswith("Kyphoplasty follows") and len(sentence.split()) == 50


@pytest.mark.parametrize(("rule", "said"), [
    ("audience", "for professionals"),
    ("provenance", "reviewed, next review"),
    ("action", "no sentence tells the reader what to do"),
    ("address", "none of 19 sentences speak to the reader"),
    ("key-points", "nothing says what to remember"),
    ("disclaimers", "2 places"),
    ("table-caption", "without a caption"),
    ("mean-sentence", "23.8 words"),
    ("long-paragraph", "a paragraph of 87 words"),
])
def test_what_is_found_in_it(article, rule, said):
    assert any(said in one.message for one in article[1] if one.rule == rule)


def test_items_of_pemat(article):
    manuscript, findings = article
    speaking = {one.rule for one in findings}
    judged = {one.number: one.verdict for one in items(manuscript, speaking, GENERIC.rules) if one.list == "PEMAT-P"}
    assert len(judged) == 24
    assert sum(verdict != "by a person" for verdict in judged.values()) >= 15
    assert sum(verdict in ("agree", "disagree") for verdict in judged.values()) >= 15
    # by hand: long sentences and hard words (3), passives (5), no key points (11), nothing to do (20), no "you" (21)
    assert [judged[one] for one in ("3", "5", "11", "20", "21")] == ["disagree"] * 5
    # no sum to do (7), all sections have headings that inform (9)
    assert [judged[one] for one in ("7", "9")] == ["agree"] * 2


PLAIN = "".join(f"\n\n  Drink a glass of water at {hour}. Ask your nurse." for hour in ("dawn", "noon", "night"))


@pytest.mark.parametrize(("text", "list_", "number", "verdict"), [
    # a checklist has "not applicable" for some items only: PEMAT-P, user's guide, 6, 8, 9, 11, 16 to 19, 24 and 25
    (PLAIN, "PEMAT-P", "15", "by a person"),  # without pictures: would one help?
    (PLAIN, "PEMAT-P", "26", "by a person"),
    (PLAIN, "PEMAT-P", "16", "not applicable"),
    (PLAIN, "PEMAT-P", "22", "by a person"),
    (PLAIN, "PEMAT-P", "24", "not applicable"),
    (PLAIN + "\n\n  Multiply your weight by 2.", "PEMAT-P", "24", "by a person"),
    (PLAIN, "PEMAT-P", "8", "agree"),
    ("\n\n  Drink water.", "PEMAT-P", "8", "not applicable"),
    ("\n\n  Drink water.", "PEMAT-P", "11", "not applicable"),
    (PLAIN, "PEMAT-P", "6", "not applicable"),
    (PLAIN, "CDC", "17", "not applicable"),
    (PLAIN, "CDC", "19", "by a person"),
    ("\n\n  It helps. It improves sleep. It relieves pain.", "CDC", "19", "disagree"),
    # an introduction that says what it is about is a summary of one message
    ("\n\n  This leaflet is for people with a sore knee at home.", "CDC", "1", "agree"),
    (PLAIN, "CDC", "1", "disagree"),
])
def test_items_that_do_not_apply(text, list_, number, verdict, tmp_path):
    content, _ = content_of(f"introduction: |{text[1:]}\n", tmp_path)
    manuscript = Manuscript(content, read_vocabulary("en", SHARED, ROOT), "2026-11-27")
    findings = judge(manuscript, GENERIC, [rule for rule in RULES if rule.name not in PAGES]).findings
    all_ = items(manuscript, {one.rule for one in findings}, GENERIC.rules)
    assert {(one.list, one.number): one.verdict for one in all_}[list_, number] == verdict
