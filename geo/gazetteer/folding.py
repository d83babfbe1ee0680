"""Spellings made comparable: what may differ between two writings of the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ŋ": "n", "ɲ": "n", "ɔ": "o"})

RESPELLINGS: tuple[tuple[str, str], ...] = (
    (r"tim?bu[ck]t[uo]u?|tombu[ck]tu|timbouctou", "tombouctou"),
    (r"ph", "f"),
    (r"qu|ck|[cq](?![eiyh])", "k"),
    (r"tch|dj|ty(?=[aeiou])|dy(?=[aeiou])|j", "j"),
    (r"ou|w|u", "u"),
    (r"y|[ïi]", "i"),
    (r"gh|gu(?=[ei])", "g"),
    (r"z", "s"),
    (r"(?<=[a-z])h", ""),
    (r"e$", ""),
    (r"(.)\1+", r"\1"),
)
"""Rules from a folded name to how it sounds, applied in order: French and English habits."""

_RULES = tuple((re.compile(pattern), replacement) for pattern, replacement in RESPELLINGS)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a name without case, accents, hyphens, apostrophes and spaces.

    ``N'Tillit``, ``N’Tillit`` and ``Ntillit`` fold to ``ntillit``; ``Bani Bangou`` and
    ``Banibangou`` to ``banibangou``.  The result holds only ``a-z0-9``.
    """
    return _NOT_LETTERS.sub("", plain(text))


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return a text in lower case without accents, its spaces and punctuation kept."""
    # Decomposing first: “Ǽ” becomes a ligature and an accent, “™” capitals.
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.translate(LIGATURES).replace("’", "'").replace("‘", "'").replace("ʼ", "'")


@lru_cache(maxsize=65536)
def sound(text: str) -> str:
    """Return a looser key: names that are spelled by different habits but read alike share it.

    Doubled letters count once, ``ou``, ``w`` and ``u`` are one, ``dj`` and ``j``, ``y`` and ``i``.
    Two names with the same key resemble each other; they need not be the same.
    """
    key = fold(text)
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key
