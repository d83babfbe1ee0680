"""The language of a report, by its small words."""

from __future__ import annotations

import re

from geo.reports.plaintext import Plain

_FRENCH = frozenset(
    ["le", "la", "les", "des", "du", "une", "est", "dans", "par", "pour", "sur", "ont", "aux",
     "qui", "selon", "entre", "et", "au"]
)  # fmt: skip
_ENGLISH = frozenset(
    ["the", "of", "and", "in", "to", "was", "were", "by", "at", "from", "with", "that", "has",
     "have", "for"]
)  # fmt: skip
_ENOUGH = 20_000


def language_of(plain: Plain) -> str:
    """Return ``fr`` or ``en``."""
    if "language" not in plain.kept:
        small = re.findall(r"[a-z]+", plain.text[:_ENOUGH])
        french = sum(word in _FRENCH for word in small)
        english = sum(word in _ENGLISH for word in small)
        plain.kept["language"] = "fr" if french > english else "en"
    return str(plain.kept["language"])
