"""Whom a statement about a road concerns: lorries, buses, motorcycles …, by their codes."""

from __future__ import annotations

from geo.reports.language import language_of
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import words

ALL = "all vehicles"
_COACHES = frozenset({"car", "cars"})
"""In French these carry passengers."""


def concerned(plain: Plain, start: int, end: int) -> list[str]:
    """Return the codes of the vehicles and road users named in a stretch of a text, each once."""
    found: dict[str, None] = {}
    for hit in words("affected").find(plain, start, end):
        coach = plain.text[hit.start : hit.end] in _COACHES and language_of(plain) == "fr"
        found["buses" if coach else hit.code] = None
    return list(found)
