"""How many syllables a word has, by the rules of its language's spelling. No dictionary of hyphens is asked: those tell
where a word may be parted in print, and leave out syllables of one letter.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..model.late import Late

VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿāăąēėęěīįōőūůűųıαεηιουωάέήίόύώаеёиоуыэюяіїєў"
_GROUP = Late(f"[{VOWELS}]+")

# ── English ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_SILENT = Late(
    r"(?<=[^aeiouy])e$"  # home
    r"|(?<=[^aeiouytd])ed$"  # stopped; not wanted
    r"|(?<=[aeiouy][^aeiouy])e(?=(?:ly|less|ful|fully|ment|ments|ness|some)$)"  # safely
    r"|(?<=[^aeiouyscxzgh])es$|(?<=[^cst]h)es$")  # takes; not places
_LE = Late(r"[^aeiouylrw]le[sd]?$")  # needle
_APART = Late(
    r"(?<![tscgx])i(?=a(?!ge|r$|rs$|n$|l$|nt|nc|m$))|(?<=[^tscgx])i(?=ou)"  # diagnosis, various
    r"|(?<=[drbvmnp])i(?=an|al|ar|um|o|us|en(?!d))|(?<=[drbvmp])i(?=en(?!d))|li(?=um|en)|(?<=[tsc])i(?=ety|e?nt(?:is|if))|(?<=[tc])i(?=at)"
    r"|(?<=[aeo])(?=ing)|(?<=[^qg])u(?=al|ou|at|ar|ab|id(?!e)|ity|ish|e[nlt])|(?<=[rcn])e(?=ati(?:on|ve)|ator)|(?<=cr)e(?=at(?:e[sd]?$|i|or))"
    r"|e(?=o(?!u|ple|pa))|(?<=[iy])(?=ing)|(?<=[aeiouy])(?=(?:sm|thm)s?$)|(?<=[^aeiouyr])(?=n't$)|e(?=um|us)|(?<=[a-z]y)(?=[ao])"
    r"|(?<=[a-z])i(?=er[sy]?$|est$)|o(?=e[nm]|in[cg]|op|as[et]|ad[^s]?$|al(?:es|it))")
_EXCEPTIONS = {
    "every": 2, "everyone": 3, "everything": 3, "evening": 2, "several": 3, "business": 2, "different": 3, "people": 2,
    "area": 3, "areas": 3, "idea": 3, "ideas": 3, "being": 2, "doing": 2, "going": 2, "breathe": 1, "breathed": 1,
    "are": 1, "were": 1, "there": 1, "science": 2, "quiet": 2, "diet": 2, "diets": 2, "client": 2, "clients": 2,
    "patient": 2, "patients": 2, "ocean": 2, "create": 2, "created": 3, "creates": 2, "eye": 1, "eyes": 1, "does": 1,
    "shoes": 1, "toes": 1, "goes": 1, "blood": 1, "usually": 4, "naked": 2, "wicked": 2, "maybe": 2, "something": 2,
    "someone": 2, "sometimes": 2, "somewhere": 2, "therefore": 2, "whole": 1, "vegetable": 4, "vegetables": 4,
    "fruit": 1, "fruits": 1, "juice": 1, "wound": 1, "wounds": 1, "vein": 1, "veins": 1, "viewed": 1, "science's": 2,
    "surgery": 3, "surgeries": 3, "recipe": 3, "syncope": 3, "acne": 2, "apnea": 3, "diarrhoea": 4, "diarrhea": 4,
    "anaemia": 4, "forehead": 2, "likewise": 2, "elsewhere": 2, "healthcare": 2, "caregiver": 3, "caregivers": 3,
    "timetable": 3, "tonsils": 2, "colleague": 2, "bruise": 1, "bruises": 2, "tissue": 2, "tissues": 2, "heart": 1,
    "poem": 2, "real": 1, "really": 2, "theatre": 3, "via": 2, "trial": 2, "trials": 2, "dial": 2, "vial": 2,
    "your": 1, "yours": 1, "you": 1, "you're": 1, "you'll": 1, "you've": 1, "you'd": 1, "yourself": 2, "young": 1,
    "younger": 2, "diabetes": 4, "surgeon": 2, "surgeons": 2, "reaction": 3, "reactions": 3, "anxiety": 4,
    "lifestyle": 2, "lifetime": 2, "entire": 3, "tired": 2, "nausea": 3, "nuclear": 3, "technique": 2,
    "techniques": 2, "fatigue": 2, "breastfed": 2, "breastfeed": 2, "breastfeeding": 3, "safety": 2, "million": 2,
    "millions": 2, "pneumonia": 4, "opinion": 3, "stitches": 2, "eyelash": 2, "eyelid": 2, "eyelids": 2,
    "pancreatic": 4, "anesthesia": 4, "anaesthesia": 4, "catheter": 3, "aged": 1,
    "used": 1, "bacteria": 4, "virus": 2, "viruses": 3, "antibiotic": 5, "antibiotics": 5,
}


def _english(word: str) -> int:
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    word = re.sub(r"'s?$", "", word)
    groups = len(_GROUP.findall(word))
    silent = 1 if _SILENT.search(word) and not _LE.search(word) else 0
    apart = len(_APART.findall(word))
    return max(1, groups - silent + apart)


# ── other languages ──────────────────────────────────────────────────────────────────────────────────────────────────

_SPANISH = Late("[aeoáéó](?=[aeoáéóíú])|[íú](?=[aeoáéó])")
"""Two strong vowels, or a weak one with an accent, are two syllables (RAE, Ortografía 2010, hiatos)."""
_FRENCH_SILENT = Late("(?<=[^aeiouyàâéèêëîïôùû])e(?:s|nt)?$")
_GERMAN = Late("[aä]u|eu|[ae]i|ie|aa|ee|oo|[aeiouyäöü]")
_DUTCH = Late("aa[i]|oo[i]|oe[i]|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|ou|au|[aeiouyëïöü]")
_ARABIC_SHORT = Late("[\u064e\u064f\u0650]")
_ARABIC_LONG = Late("[\u064e\u064f\u0650](?=[\u0627\u0648\u064a])")
_ARABIC_STRESSED = Late("[\u064b\u064c\u064d\u0651]")
_ALEF = Late("[\u0627\u0649]")


def _arabic(word: str) -> int:
    """As OSMAN counts: long and stressed syllables twice; a word without vowel signs by its letters but alef
    (El-Haj and Rayson 2016)."""
    short = len(_ARABIC_SHORT.findall(word)) - (long := len(_ARABIC_LONG.findall(word)))
    if short + long == 0:
        short = len(_ALEF.sub("", word))
    return short + 2 * (long + len(_ARABIC_STRESSED.findall(word)))


def _french(word: str) -> int:
    groups = len(_GROUP.findall(word))
    return groups - (1 if groups > 1 and _FRENCH_SILENT.search(word) else 0)


COUNTERS = {
    "en": _english,
    "tr": lambda word: sum(sign in "aeıioöuüâîû" for sign in word),  # as many syllables as vowels
    "es": lambda word: len(_GROUP.findall(word.replace("qu", "q").replace("gu", "g")))
    + len(_SPANISH.findall(word)),
    "de": lambda word: len(_GERMAN.findall(word)),
    "nl": lambda word: len(_DUTCH.findall(word)),
    "fr": _french,
    "ar": _arabic,
}


@lru_cache(maxsize=8192)
def syllables(word: str, language: str) -> int:
    """The number of syllables, 1 at least. `language`: its first subtag. A number counts as one, an abbreviation of
    capitals (MRI) by its letters."""
    if word.isupper() and 2 <= len(word) <= 5 and word.isalpha() and language != "ar":
        return len(word)
    return max(1, COUNTERS.get(language, lambda word: len(_GROUP.findall(word)))(word.lower().replace("’", "'")))
