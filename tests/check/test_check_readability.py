"""Sentences, syllables and formulas: cases by hand, worked examples, and textstat as a second opinion."""

import re
from pathlib import Path

import pytest
import yaml
from project_kit import ROOT

from generator.check.passages import passages
from generator.check.readability import FORMULAS, Counts, counts, scores
from generator.check.sentences import sentences, words
from generator.check.syllables import syllables
from generator.model.content import Block, Content
from generator.model.problem import Place, Text
from generator.read.editorial import read_vocabulary

SHARED = [ROOT / "layouts" / "shared"]
CASES = Path(__file__).parent / "cases"


def prose(text: str, language: str) -> list:
    known = read_vocabulary(language, SHARED, ROOT).ends_no_sentence
    content = Content(format=1, language=language, title="T", introduction=[Block(text=text)])
    return [s for passage in passages(content, known) if passage.running for s in passage.sentences]


@pytest.mark.parametrize("case", yaml.safe_load((CASES / "sentences.yaml").read_text("utf-8")), ids=lambda c: c["text"])
def test_sentences(case):
    assert [len(s.words) for s in prose(case["text"], case["language"])] == case["words"]


def syllable_cases():
    for line in (CASES / "syllables.txt").read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            language, _, pairs = line.partition(": ")
            yield from ((language, *pair.rsplit("=", 1)) for pair in pairs.split())


@pytest.mark.parametrize(("language", "word", "number"), list(syllable_cases()))
def test_syllables(language, word, number):
    assert syllables(word, language) == int(number)


def test_a_sentence_knows_its_place_behind_marks_and_in_lists():
    class Lines:
        def place_at(self, text, offset):
            above = text[:offset]
            return Place("x.yaml", above.count("\n") + 1, offset - above.rfind("\n"))

    text = Text("Take **one**. Rest.\n\n- Sleep. *Then* walk.\n- Eat.", Place("x.yaml"), Lines())
    content = Content(format=1, language="en", title="T", introduction=[Block(text=text)])
    found = [(s.text, str(p.place_at(s.start))) for p in passages(content) if p.running for s in p.sentences]
    assert found == [("Take one.", "x.yaml:1:1"), ("Rest.", "x.yaml:1:15"), ("Sleep.", "x.yaml:3:3"),
                     ("Then walk.", "x.yaml:3:11"), ("Eat.", "x.yaml:4:3")]


# ── formulas ─────────────────────────────────────────────────────────────────────────────────────────────────────────

PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."


@pytest.mark.parametrize(("language", "text", "name", "value"), [
    # Both have been printed as examples of the formula: 116 and 37.5 (Wikipedia, "Flesch-Kincaid readability tests").
    ("en", "The cat sat on the mat.", "Flesch Reading Ease", 116.1),
    ("en", PLATYPUS, "Flesch Reading Ease", 37.5),
    ("en", "The cat sat on the mat.", "Flesch-Kincaid grade", -1.4),
    # By hand: 5 words, 11 syllables, 1 sentence: 198.825 - 40.175 × 2.2 - 2.610 × 5
    ("tr", "Ameliyattan sonra bol su için.", "Ateşman", 97.4),
    # 4 words, 8 syllables, 1 sentence: 206.835 - 62.3 × 2 - 4
    ("es", "Tome agua con comida.", "INFLESZ", 78.2),
    # 4 words, 17 letters, 1 sentence: 89 + (300 - 170) / 4
    ("it", "Beva acqua ogni sera.", "Gulpease", 121.5),
    # 6 words, one of them longer than six letters: 6 + 100 / 6
    ("sv", "Drick mycket vatten varje dag hemma.", "LIX", 6.0),
    ("sv", "Drick mycket vatten efter operationen hemma.", "LIX", 22.7),
])
def test_worked_examples(language, text, name, value):
    found = {score.formula.name: score.value for score in scores(counts(prose(text, language), language), language)}
    assert found[name] == pytest.approx(value, abs=0.06)


def test_smog_needs_thirty_sentences():
    def told(number):
        return [s.formula.name for s in scores(counts(prose("Rest now. " * number, "en"), "en"), "en")]

    assert "SMOG grade" not in told(29) and "SMOG grade" in told(30)
    # McLaughlin's own table: 30 sentences with 64 words of three syllables or more are about grade 11
    smog = next(f for f in FORMULAS["en"] if f.name.startswith("SMOG"))
    assert smog.value(Counts(30, 300, 500, 1500, 60, 64, 100)) == pytest.approx(11.5, abs=0.1)


def test_languages_without_spaces_have_no_formula():
    assert scores(counts(prose("休息一天。多喝水。", "zh-Hans"), "zh-Hans"), "zh-Hans") == []


TEXTS = {
    "de": "Sie gehen nach drei Tagen nach Hause. Bitte trinken Sie viel Wasser und schlafen Sie genug. Ihre Wunde "
          "heilt in zwei Wochen. Rufen Sie uns an, wenn das Bein rot wird.",
    "es": "Usted va a casa en tres semanas. Tome mucha agua y duerma bien. La herida sana en dos semanas. Llame si la "
          "pierna se pone roja.",
    "fr": "Vous rentrez chez vous lundi matin. Il faut boire beaucoup et dormir. Votre genou va guérir vite. "
          "Parlez avec nous.",
    "it": "Lei torna a casa dopo tre giorni. Beva molta acqua e dorma bene. La ferita guarisce in due settimane.",
    "nl": "U gaat na drie dagen naar huis. Drink veel water en slaap genoeg. De wond heelt in twee weken.",
    "ar": "اشرب الماء كل يوم. اتصل بنا عند الحاجة.",
    "en": "You go home after three days. Please drink much water and sleep well. Your wound will heal in two weeks.",
}
ORACLES = [
    ("de", "Flesch (Amstad)", "flesch_reading_ease", 9), ("es", "Fernández-Huerta", "fernandez_huerta", 12),
    ("es", "INFLESZ", "szigriszt_pazos", 12), ("fr", "Kandel-Moles", "flesch_reading_ease", 12),
    ("it", "Gulpease", "gulpease_index", 1.6), ("nl", "Flesch-Douma", "flesch_reading_ease", 9),
    ("en", "Flesch Reading Ease", "flesch_reading_ease", 6), ("en", "Flesch-Kincaid grade", "flesch_kincaid_grade", 1),
    ("de", "Wiener Sachtextformel 1", "wiener_sachtextformel", 1.2), ("ar", "OSMAN", "osman", 16),
]
"""(language, our formula, textstat's, how far they may lie apart: textstat finds syllables by places of hyphens,
and counts full stops as letters)"""


@pytest.mark.parametrize(("language", "name", "other", "apart"), ORACLES)
def test_textstat_says_about_the_same(language, name, other, apart, monkeypatch):
    import textstat
    from textstat.backend.counts import _count_syllables

    # its dictionary of English syllables would be fetched from the network
    monkeypatch.setattr(_count_syllables, "get_cmudict", lambda lang: None)
    textstat.set_lang(language)
    try:
        arguments = (1,) if other.startswith("wiener") else ()
        theirs = getattr(textstat, other)(TEXTS[language], *arguments)
    finally:
        textstat.set_lang("en")
    ours = {score.formula.name: score.value
            for score in scores(counts(prose(TEXTS[language], language), language), language)}[name]
    assert ours == pytest.approx(theirs, abs=apart)


def test_words_are_counted_as_textstat_does():
    import textstat

    for text in (*TEXTS.values(), PLATYPUS):
        assert len(words(text)) == textstat.lexicon_count(text)
    assert sum(len(word) for text in TEXTS.values() for word in re.findall(r"\w+", text)) == sum(
        counts(sentences(text, language), language).letters for language, text in TEXTS.items())
