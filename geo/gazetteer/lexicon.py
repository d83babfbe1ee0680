"""Find the names in a text: places, roads, administrative units, countries.

A text becomes a *skeleton*: its words in plain lower case, with each name replaced by a numbered
mark such as ``<p0>`` (a place, known or not), ``<r1>`` (a road number) or ``<c2>`` (a country).
The grammar then works on short patterns instead of on names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from geo.gazetteer.folding import fold, plain, sound
from geo.gazetteer.quantities import BEARINGS
from geo.gazetteer.skeleton import Mention, Skeleton, drawn
from geo.gazetteer.vocabulary import (
    COUNTRIES,
    COUNTRY_CODES,
    EVERYDAY_NAMES,
    GRAMMAR_WORDS,
    INTRODUCING,
    NO_NAMES,
    OPENING,
    THREE_BORDERS,
    TITLES,
)

LONGEST_NAME = 5
SHORTEST_HEARD = 6
"""Shorter words read like too many others."""
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_STONE = re.compile(r"(?:pk|kp|km)\d+")
_ELISION = re.compile(r"(?:[dl]|qu)['’ʼ]", re.IGNORECASE)
_GAP = re.compile(r"(?: ?[-–‐‑] ?| ?\(| )")
_OF = re.compile(r" (?:(?:de|du|of|from)\b|d['’])", re.IGNORECASE)
_SIDES = frozenset(map(fold, BEARINGS))
_NUMBER_SIGN = r"(?:n[o°º]\.?\s?|no\.?\s|num[eé]ro\s|number\s)"
_ROAD = re.compile(
    # “12°30'N 3°W” is no road N3.
    r"(?<![\d'’\"″′°])(?<![\d'’\"″′°] )\b(?:(RN|RR|RD|N)\s?-?\s?"
    rf"{_NUMBER_SIGN}?(\d{{1,3}})"
    r"|(?:national (?:road|highway|route)|highway|route nationale|nationale)"
    rf"(?:\s\(RN\))?\s+{_NUMBER_SIGN}?(?:RN|N)?\s?(\d{{1,3}}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The names that texts may use.

    Parameters
    ----------
    places
        Folded spellings of the places.
    areas
        Folded names of administrative units that are not places as well.
    regions
        Folded spellings that only regions bear.
    units
        Folded names of administrative units that are places as well.
    """

    places: frozenset[str]
    areas: frozenset[str]
    regions: frozenset[str]
    units: frozenset[str] = frozenset()

    @cached_property
    def _marks(self) -> dict[str, str]:
        """The mark of each folded name."""
        return (
            dict.fromkeys(self.areas - GRAMMAR_WORDS, "a")
            | dict.fromkeys(COUNTRY_CODES.keys() - COUNTRIES.keys(), "n")
            | dict.fromkeys(COUNTRIES, "c")
            | dict.fromkeys(self.places, "p")
            | dict.fromkeys(THREE_BORDERS, "t")
        )

    @cached_property
    def _sounds(self) -> frozenset[str]:
        return frozenset(sound(key) for key in self.places)

    def heard(self, written: str) -> bool:
        """Return whether a name that nobody spells so reads like one that is known."""
        key = fold(written)
        if len(key) < SHORTEST_HEARD or not written[0].isupper():
            return False
        if sound(key) not in self._sounds:
            return False
        words = _WORD.findall(written)
        return not any(plain(word) in NO_NAMES or word[0].islower() for word in words)

    def skeleton(self, text: str, *, unknown_names: bool) -> Skeleton:
        """Replace the names of a text by marks.

        Parameters
        ----------
        text
            Any text.
        unknown_names
            Whether words that look like names but are not known become marks as well.
        """
        source = text.replace("<", " ").replace(">", " ")
        return drawn(source, self._mentions(source, unknown_names))

    def _mentions(self, source: str, unknown_names: bool) -> Iterator[Mention]:
        taken: list[tuple[int, int]] = []
        for match in _ROAD.finditer(source):
            number = match[2] or match[3]
            ref = f"{(match[1] or 'RN').upper()}{int(number)}"
            taken.append(match.span())
            yield Mention(match.start(), match.end(), "r", ref)
        words = [
            span
            for span in self._words(source)
            if not any(start < span[1] and span[0] < end for start, end in taken)
        ]
        i = 0
        while i < len(words):
            mention = _person(source, words, i) or self.known(source, words, i)
            if mention is None and unknown_names:
                mention = _unknown(source, words, i, self)
            if mention is None:
                i += 1
                continue
            yield mention
            while i < len(words) and words[i][0] < mention.end:
                i += 1

    def _words(self, source: str) -> Iterator[tuple[int, int]]:
        for match in _WORD.finditer(source):
            start, end = match.span()
            elision = _ELISION.match(source, start, end)
            if elision and fold(match[0]) not in self.places:
                yield start, elision.end() - 1
                start = elision.end()
            if source[start:end].endswith(("'s", "’s")):
                end -= 2
            if start < end:
                yield start, end

    def known(self, source: str, words: list[tuple[int, int]], i: int) -> Mention | None:
        """Return the longest known name that starts at a word of a text."""
        start = words[i][0]
        last = i
        while last + 1 < len(words) and last + 1 < i + LONGEST_NAME:
            if not _GAP.fullmatch(source, words[last][1], words[last + 1][0]):
                break
            last += 1
        for j in range(last, i - 1, -1):
            written = source[start : words[j][1]]
            key = fold(written)
            mark = self._mark(key, written)
            if mark == "p" and key in self.units and _with_article(source, words, i):
                mark = "a"
            if mark == "a" and key in _SIDES and _directs(source, start, words[j][1]):
                mark = ""
            if mark:
                return Mention(start, words[j][1], mark, written)
        return None

    def _mark(self, key: str, written: str) -> str:
        if key in EVERYDAY_NAMES and not written[0].isupper():
            return ""
        return self._marks.get(key) or ("p" if self.heard(written) else "")


def _directs(source: str, start: int, end: int) -> bool:
    """Return whether a word that regions bear is a direction: “au sud-ouest de Kidal”."""
    return bool(_OF.match(source, end)) or source[max(0, start - 1) : start] == "-"


def _with_article(source: str, words: list[tuple[int, int]], i: int) -> bool:
    """Return whether a French article precedes a name: “la Kompienga” is the province."""
    if i == 0 or source[words[i - 1][1] : words[i][0]] not in {" ", "'", "’"}:
        return False
    return plain(source[words[i - 1][0] : words[i - 1][1]]) in {"la", "le", "du", "l"}


def _unknown(source: str, words: list[tuple[int, int]], i: int, lexicon: Lexicon) -> Mention | None:
    """Return a run of words that looks like a name and is none of the known ones."""
    if fold(source[words[i][0] : words[i][1]]) in OPENING and not _goes_on(source, words, i):
        return None

    def namelike(k: int) -> bool:
        word = source[words[k][0] : words[k][1]]
        bare = plain(word)
        if bare in NO_NAMES or _STONE.fullmatch(bare):
            return False
        if not word.replace("'", "").replace("’", "").isalpha():
            return False
        introduced = k > 0 and plain(source[words[k - 1][0] : words[k - 1][1]]) in INTRODUCING
        return word[0].isupper() or introduced

    if not namelike(i):
        return None
    j = i
    while (
        j + 1 < len(words)
        and source[words[j][1] : words[j + 1][0]] == " "
        and namelike(j + 1)
        and lexicon.known(source, words, j + 1) is None
    ):
        j += 1
    return Mention(words[i][0], words[j][1], "p", source[words[i][0] : words[j][1]])


def _person(source: str, words: list[tuple[int, int]], i: int) -> Mention | None:
    """Return the capitalised words that follow a title, if there are any."""
    if i == 0 or plain(source[words[i - 1][0] : words[i - 1][1]]) not in TITLES:
        return None
    j = i
    while j < len(words) and _personal(source, words, j):
        j += 1
    start, end = words[i][0], words[j - 1][1]
    return Mention(start, end, "h", source[start:end]) if j > i else None


def _personal(source: str, words: list[tuple[int, int]], j: int) -> bool:
    """Return whether a word goes on a person’s name: “Iyad Ag Ghaly”, “El Hadj Ag Gamou”."""
    start, end = words[j]
    joined = source[words[j - 1][1] : start] in {" ", "-", "'", "’"}
    return joined and source[start].isupper() and plain(source[start:end]) not in NO_NAMES


def _goes_on(source: str, words: list[tuple[int, int]], i: int) -> bool:
    """Return whether the next word may belong to the same name: “In Ichagara”, not “In the”."""
    if i + 1 == len(words) or not _GAP.fullmatch(source, words[i][1], words[i + 1][0]):
        return False
    return source[words[i + 1][0]].isupper()
