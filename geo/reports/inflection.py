"""Forms of words that the vocabulary need not list one by one: of verbs, and singular and plural.

All in plain lower case without accents, as :mod:`geo.reports.plaintext` folds a text, so that
“attaqué” and “attaque” are one.
"""

from __future__ import annotations

from collections.abc import Iterator

_AUXILIARIES = ("a", "ont", "avait", "avaient", "aurait", "auraient", "ayant", "avoir", "eut")
_UNCHANGED = ("s", "x", "z", "*", "'")
_OTHER_WORDS = frozenset({"locals", "nationals", "lives", "vies", "reports", "reuters", "sons"})
"""What is another word without its s: “a local radio”, “they live”."""


def finite(infinitive: str) -> Iterator[str]:
    """Yield what a subject makes of a French verb in -er: “ont attaqué”, “attaquent”, “attaquait”.

    The singular “attaque” is left out: it is the noun as well.

    >>> list(finite("piller"))[:3]
    ['a pille', 'ont pille', 'avait pille']
    """
    stem = infinitive.removesuffix("er")
    yield from (f"{auxiliary} {stem}e" for auxiliary in _AUXILIARIES)
    # “mangeaient”, “lançaient”: the letter that keeps the sound
    soft = f"{stem}e" if stem.endswith("g") else stem
    yield from (f"{stem}ent", f"{stem}erent")
    yield from (f"{soft}{ending}" for ending in ("ait", "aient", "a", "ant"))


def all_forms(infinitive: str) -> Iterator[str]:
    """Yield all forms of a French verb in -er, participles included: “tués”, “tuant”, “tuer”."""
    stem = infinitive.removesuffix("er")
    yield from (f"{stem}{ending}" for ending in ("e", "es", "ee", "ees", "er"))
    yield from (form for form in finite(infinitive) if " " not in form)


def both_numbers(form: str) -> Iterator[str]:
    """Yield a noun, and its regular singular or plural.

    >>> list(both_numbers("guards")), list(both_numbers("chef de village"))
    (['guards', 'guard'], ['chef de village', 'chef de villages'])
    """
    yield form
    if form in _OTHER_WORDS:
        return
    if form.endswith("s") and not form.endswith(("ss", "us", "is")):
        yield form.removesuffix("s")
    elif not form.endswith(_UNCHANGED):
        yield f"{form}s"
