"""Words that no dictionary knows: a list to look at, not a finding. Hunspell asks the dictionaries that the system has;
the optional package chunspell brings it, with a dictionary of American English.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ..model.editorial import Unknown
from ..model.late import Late
from .passages import Passage
from .sentences import HIDDEN

FOLDERS = {
    "linux": ("/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts"),
    "darwin": ("~/Library/Spelling", "/Library/Spelling"),
}
"""System → where its dictionaries stand. Folders in DICPATH, which Hunspell itself reads, come first."""
FIRST = {"en": ("en_GB", "en_US"), "pt": ("pt_PT", "pt_BR")}
"""Language without a country → dictionaries that are taken first; else the one that is named as the language twice
(de_DE), else the first one by name."""
_ADDRESS = Late(r"\S*(?:@|://|www\.|/)\S*")
_WORD = Late(r"(?<![\w’'-])[^\W\d_]+(?:[’'-][^\W\d_]+)*(?![\w-])")
_OUTSIDE = ("references", "review", "publisher", "contacts")


def available() -> bool:
    """Whether the package is installed."""
    return find_spec("hunspell") is not None


def dictionary_of(language: str) -> Path | None:
    """The file (.dic) of the dictionary for a language; None where there is none, or no Hunspell. It is found once."""
    return _found(language, os.environ.get("DICPATH", ""))


@cache
def _found(language: str, more: str) -> Path | None:
    if not available():
        return None
    files: dict[str, Path] = {}
    for folder in _folders(more):
        if folder.is_dir():
            for file in sorted(folder.glob("*.dic")):
                if file.with_suffix(".aff").is_file():
                    files.setdefault(file.stem.replace("-", "_"), file)
    root, _, country = language.replace("-", "_").partition("_")
    wanted = (f"{root}_{country}", *FIRST.get(root, (f"{root}_{root.upper()}",)), root)
    near = sorted(name for name in files if name.partition("_")[0] == root)
    return next((files[name] for name in (*wanted, *near) if name in files), None)


def _folders(more: str) -> Iterator[Path]:
    yield from (Path(one) for one in more.split(os.pathsep) if one)
    yield from (Path(one).expanduser() for one in FOLDERS.get(sys.platform, ()))
    spec = find_spec("hunspell")
    if spec is not None and spec.origin:
        yield Path(spec.origin).parent / "dictionaries"


@cache
def _hunspell(dictionary: Path):
    from hunspell import Hunspell

    return Hunspell(dictionary.stem, hunspell_data_dir=str(dictionary.parent))


def unknown_words(texts: Sequence[Passage], dictionary: Path, known: Iterable[str]) -> list[Unknown]:
    """The words of passages that a dictionary does not know, in the order in which they first stand; a word in two
    cases is one.

    Left out are words with digits, words in capitals (the rule `abbreviation` looks at them), addresses, what stands
    outside the text (references, contacts …), and `known` words, in any case. A word with hyphens is known if all its
    parts are.
    """
    spell = _hunspell(dictionary)
    right = {word.lower() for one in known for word in (one, *one.split())}
    found: dict[str, tuple[str, int, Passage, int]] = {}
    asked: dict[str, bool] = {}
    for passage in texts:
        if passage.kind == "alt" or passage.key.startswith(_OUTSIDE):
            continue
        text = _ADDRESS.sub(lambda address: " " * len(address[0]), passage.text)
        for match in _WORD.finditer(text):
            word = match[0].replace(HIDDEN, "")
            if word not in asked:
                asked[word] = word.isupper() or word.lower() in right or _knows(spell, word)
            if not asked[word]:
                form, number, first, start = found.get(word.lower(), (word, 0, passage, match.start()))
                found[word.lower()] = form, number + 1, first, start
    return [Unknown(word, number, passage.place_at(start)) for word, number, passage, start in found.values()]


def _knows(spell, word: str) -> bool:
    word = word.replace("’", "'")
    try:
        return spell.spell(word) or "-" in word and all(map(spell.spell, word.split("-")))
    except UnicodeEncodeError:  # of a script that the dictionary does not have
        return False
