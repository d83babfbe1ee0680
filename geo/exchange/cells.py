"""From the text of one cell to its value, or to the sentence that says what is wrong with it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from geo.columns import Column, Kind, iso_day
from geo.i18n import Message, message

_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,15})?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SHOWN = 40
_LIKENESS = 60
# Spreadsheets write the truth values of their own language.
_TRUTHS = {
    "true": True, "yes": True, "1": True, "vrai": True, "oui": True,
    "false": False, "no": False, "0": False, "faux": False, "non": False,
}  # fmt: skip
_COUNTRIES = {"mali": "ML", "burkina": "BF", "burkina faso": "BF", "niger": "NE"}


def shown(text: str) -> str:
    """Return ``text`` short enough to stand in a sentence."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def nearest(text: str, words: tuple[str, ...] | list[str]) -> str | None:
    """Return the word that ``text`` most likely means, or None when none resembles it."""

    def likeness(one: str, other: str) -> float:
        # Letters swapped or mistyped ("ide"), or words around the right one ("the army").
        return max(100 * OSA.normalized_similarity(one, other), fuzz.token_set_ratio(one, other))

    typed = text.casefold()
    best = max(words, key=lambda word: likeness(typed, word.casefold()), default=None)
    return best if best and likeness(typed, best.casefold()) >= _LIKENESS else None


def _day(text: str) -> str | Message:
    day = iso_day(text)
    if day is not None and _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return text
    return message(
        "“{found}” is not a date. Write year, month and day as 2025-02-07.", found=shown(text)
    )


def _partial(text: str) -> str | Message:
    if _PARTIAL.fullmatch(text) and isinstance(_day((text + "-01-01")[:10]), str):
        return text
    return message("“{found}” is not a date. Write 2025-02-07, 2025-02 or 2025.", found=shown(text))


def _whole(text: str) -> int | Message:
    if _WHOLE.fullmatch(text):
        return int(text)
    return message(
        "“{found}” is not a whole number. Write digits only, without spaces; leave the cell "
        "empty when no figure is stated.",
        found=shown(text),
    )


def _number(text: str) -> float | Message:
    if _NUMBER.fullmatch(text):
        return float(text)
    return message(
        "“{found}” is not a number. Write digits and a decimal point, as 12.5.", found=shown(text)
    )


def _distance(text: str) -> float | Message:
    value = _number(text)
    if isinstance(value, float) and value < 0:
        return message("“{found}” is below zero. Write a distance in km.", found=shown(text))
    return value


def _angle(limit: float) -> Callable[[str], float | Message]:
    def parse(text: str) -> float | Message:
        value = _number(text)
        # Wider than the globe is told by the check of the pair, which knows whether they are
        # swapped; here only what no coordinate can be.
        if isinstance(value, float) and (abs(value) > limit or not math.isfinite(value)):
            return message(
                "“{found}” is not a coordinate. Write decimal degrees: latitude −90 to 90, "
                "longitude −180 to 180.",
                found=shown(text),
            )
        return value

    return parse


def _truth(text: str) -> bool | Message:
    value = _TRUTHS.get(text.casefold())
    if value is None:
        return message("“{found}” is neither true nor false. Write one of them.", found=shown(text))
    return value


def _country(text: str) -> str | Message:
    if _COUNTRY.fullmatch(text):
        return text
    code = _COUNTRIES.get(text.casefold()) or (text.upper() if len(text) == 2 else None)  # noqa: PLR2004
    if code:
        return message(
            "“{found}” is not a country code. Did you mean {code}?", found=shown(text), code=code
        )
    return message(
        "“{found}” is not a country code. Write the two letters of ISO 3166, as ML, BF or NE.",
        found=shown(text),
    )


_PARSERS: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: str,
    Kind.COUNTRY: _country,
    Kind.DATE: _day,
    Kind.PARTIAL_DATE: _partial,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _distance,
    Kind.TRUTH: _truth,
    Kind.LATITUDE: _angle(180),
    Kind.LONGITUDE: _angle(180),
}


def parse(text: str, column: Column) -> Any:
    """Return the value of a filled cell, or the :class:`Message` that says what is wrong."""
    if not column.allowed:
        return _PARSERS[column.kind](text)
    if text in column.allowed:
        return text
    meant = nearest(text, column.allowed)
    if meant:
        return message(
            "“{found}” is not in the list. Did you mean {meant}? Allowed: {allowed}.",
            found=shown(text),
            meant=meant,
            allowed=", ".join(column.allowed),
        )
    return message(
        "“{found}” is not in the list. Allowed: {allowed}.",
        found=shown(text),
        allowed=", ".join(column.allowed),
    )
