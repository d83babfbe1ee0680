"""Numbers, units and directions as reports write them: patterns, and what they are worth."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SIDES = {
    "north": 0, "nord": 0, "east": 90, "est": 90, "south": 180, "sud": 180, "west": 270,
    "ouest": 270,
}  # fmt: skip
_CORNERS = {
    "north-east": 45, "northeast": 45, "nord-est": 45, "south-east": 135, "southeast": 135,
    "sud-est": 135, "south-west": 225, "southwest": 225, "sud-ouest": 225, "north-west": 315,
    "northwest": 315, "nord-ouest": 315,
}  # fmt: skip
_BESIDE = {45: 22.5, 315: -22.5}
"""“North-northwest”, “est-nord-est”: how far towards the corner, by how far on the corner lies."""
BEARINGS: Mapping[str, float] = {
    **_CORNERS,
    **_SIDES,
    **{
        f"{side}-{corner}": (at + _BESIDE[(to - at) % 360]) % 360
        for side, at in _SIDES.items()
        for corner, to in _CORNERS.items()
        if (to - at) % 360 in _BESIDE
    },
}
SHORT_BEARINGS: Mapping[str, float] = {
    "n": 0, "ne": 45, "e": 90, "se": 135, "s": 180, "sw": 225, "so": 225, "w": 270, "o": 270,
    "nw": 315, "no": 315, "nne": 22.5, "ene": 67.5, "ese": 112.5, "sse": 157.5, "ssw": 202.5,
    "sso": 202.5, "wsw": 247.5, "oso": 247.5, "wnw": 292.5, "ono": 292.5, "nnw": 337.5,
    "nno": 337.5,
}  # fmt: skip
"""“12 km SE of Gao”: only after a distance or before “of”, where they are nothing else."""
ANY_BEARING = {**BEARINGS, **SHORT_BEARINGS}
FRENCH_SIDES = {
    "north": "nord", "south": "sud", "east": "est", "west": "ouest", "center": "centre",
    "central": "centre", "northeast": "nord-est", "northwest": "nord-ouest",
    "southeast": "sud-est", "southwest": "sud-ouest",
}  # fmt: skip
"""Sides as regions of Burkina Faso are called."""
FRENCH_COUNTS = {
    "dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "douzaine": 12,
}  # fmt: skip
VAGUE_COUNTS: Mapping[str, tuple[float, float]] = {
    "a": (0.5, 2), "half a dozen": (4, 8), "une demi-douzaine de": (4, 8), "a dozen": (9, 15),
    "a couple of": (1, 4), "a few": (1, 10), "few": (1, 10), "quelques": (1, 10),
    "two dozen": (20, 28), "three dozen": (30, 42), "deux douzaines de": (20, 28),
    "several": (3, 20), "plusieurs": (3, 20), "a few dozen": (20, 60), "tens of": (20, 60),
    "dozens of": (20, 60), "several dozen": (20, 60), "several tens of": (20, 60),
    "quelques dizaines de": (20, 60), "plusieurs dizaines de": (20, 60),
    "des dizaines de": (20, 60), "deux ou trois": (2, 3), "two or three": (2, 3),
}  # fmt: skip
"""What is a count without being a number: from, to."""

HUNDRED, FOUR_SCORE = 100, (4, 20)
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 100, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13,
    "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "trente": 30, "quarante": 40,
    "cinquante": 50, "soixante": 60, "cent": 100,
}  # fmt: skip
UNITS_KM = {
    "km": 1.0, "kms": 1.0, "klm": 1.0, "klms": 1.0, "borne": 1.0, "bornes": 1.0,
    "click": 1.0, "clicks": 1.0, "klick": 1.0, "klicks": 1.0,
    "kilometre": 1.0, "kilometres": 1.0, "kilometer": 1.0,
    "kilometers": 1.0, "m": 0.001, "metre": 0.001, "metres": 0.001, "meter": 0.001,
    "meters": 0.001, "mi": 1.609344, "mile": 1.609344, "miles": 1.609344,
}  # fmt: skip
"""Kilometres in a unit."""

_DIRS = "|".join(sorted(BEARINGS, key=len, reverse=True))
DIR = f"(?P<dir>{_DIRS})"
ANY_DIR = rf"(?P<dir>(?:{_DIRS})(?=(?:ern)?\b)|(?:{'|'.join(SHORT_BEARINGS)})\b)(?:ern)?"
ABOUT = (
    r"(?:about|around|approximately|some|roughly|nearly|almost|environ|a environ|quelques?"
    r"|pres de|a peu pres|a quelque|more than|over|at least|(?:a )?plus de|(?:a )?au moins)"
)
OVER = re.compile(r"\b(?:more than|over|at least|plus de|au moins)\b")
STREAM = r"(?:(?P<up>upstream|upriver|en amont)|(?P<down>downstream|downriver|en aval))"
UNDER = r"(?P<under>under|less than|within|moins de|a moins de)"
THOUSANDS = r"\d{1,3}(?:[.,]\d{3})+"
FIGURES = rf"{THOUSANDS}(?!\d)|\d+(?:[.,]\d+)?"
NUMBER_WORD = "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")s?\b"
_VAGUE = "|".join(sorted(VAGUE_COUNTS, key=len, reverse=True))
COUNT = (
    rf"(?:(?P<both>(?:between|entre) )?(?P<km>{FIGURES})"
    rf"(?:\s*(?(both)(?:and|et)|(?:-|to|or|a|ou))\s*(?P<km2>{FIGURES}))?"
    r"|une? (?P<count>" + "|".join(FRENCH_COUNTS) + r") de"
    rf"|(?P<vague>{_VAGUE})\b"
    rf"|(?P<word>{NUMBER_WORD}(?:(?:-| |-et-| et | and ){NUMBER_WORD}){{0,6}}))"
)
ODD = r"(?:[ -]odd)?"
UNIT = "(?P<unit>" + "|".join(UNITS_KM) + r")\b(?: ?\([^()<>]{0,12}\d[^()<>]{0,20}\))?"
"""With the same distance in other units in brackets: “30 kilometres (18 miles)”."""
UNREAD = (
    rf"(?<![a-z\d.,])(?:(?:\d[\d.,]*|{NUMBER_WORD}|few|several|quelques|plusieurs"
    rf"|(?:tens|dozens|dizaines|hundreds|centaines) (?:of|de)){ODD}[ -]?)?"
    r"(?:kl?ms?|bornes?|clicks?|klicks?|kilomet(?:er|re)s?|miles?)\b"
)
"""A distance that no rule has read: the placement must not look as if none had been stated."""


_MENTIONED = re.compile(rf"{COUNT}{ODD}[ -]?{UNIT}")
UNTOLD_KM = 30.0
"""What “many kilometres” may be, when no number is understood."""


def reach_km(text: str) -> float:
    """Return the greatest distance that a text mentions, in km."""
    found = _MENTIONED.search(text.casefold())
    return stated_km(found.groupdict())[1] if found else UNTOLD_KM


def stated_km(groups: Mapping[str, str | None]) -> tuple[float, float]:
    """Return the least and the greatest distance that a match of COUNT and UNIT states, in km."""
    if groups["vague"]:
        low, high = VAGUE_COUNTS[groups["vague"]]
        return float(low), float(high)
    if groups["km"]:
        low = _figures(groups["km"])
    elif groups["count"]:
        low = float(FRENCH_COUNTS[groups["count"]])
    else:
        low = _in_words(groups["word"] or "")
    high = max(low, _figures(groups["km2"])) if groups["km2"] else low
    unit_km = UNITS_KM[groups["unit"] or "km"]
    return low * unit_km, high * unit_km


def _figures(text: str) -> float:
    """Return a number; a separator before exactly three figures parts thousands: “1.500 km”."""
    if re.fullmatch(THOUSANDS, text):
        return float(re.sub("[.,]", "", text))
    return float(text.replace(",", "."))


def _in_words(text: str) -> float:
    """Return a number in words: “twenty-five”, “two hundred”, “quatre-vingt-dix”."""
    total = 0
    for word in re.findall(NUMBER_WORD, text):
        number = NUMBER_WORDS.get(word) or NUMBER_WORDS[word.removesuffix("s")]
        if number == HUNDRED:
            total = max(total, 1) * HUNDRED
        elif (total % HUNDRED, number) == FOUR_SCORE:
            total += 80 - 4
        else:
            total += number
    return float(total)
