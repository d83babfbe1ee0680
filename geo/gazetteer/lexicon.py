"""Find the names in a text: places, roads, administrative units, countries.

A text becomes a *skeleton*: its words in plain lower case, with each name replaced by a numbered
mark such as ``<p0>`` (a place, known or not), ``<r1>`` (a road number) or ``<c2>`` (a country).
The grammar then works on short patterns instead of on names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from geo.gazetteer.folding import fold, plain, sound
from geo.gazetteer.vocabulary import (
    COUNTRIES,
    COUNTRY_CODES,
    EVERYDAY_NAMES,
    GRAMMAR_WORDS,
    INTRODUCING,
    NO_NAMES,
    OPENING,
    THREE_BORDERS,
)

LONGEST_NAME = 5
SHORTEST_HEARD = 6
"""Shorter words read like too many others."""
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_DASHES = str.maketrans(dict.fromkeys("–—‐‑→", "-"))
_STONE = re.compile(r"(?:pk|kp|km)\d+")
_ELISION = re.compile(r"(?:[dl]|qu)['’ʼ]", re.IGNORECASE)
_GAP = re.compile(r"(?: ?[-–‐‑] ?| ?\(| )")
_NUMBER_SIGN = r"(?:n[o°º]\.?\s?|no\.?\s|num[eé]ro\s|number\s)"
_ROAD = re.compile(
    # “12°30'N 3°W” is no road N3.
    r"(?<![\d'’\"″′°])(?<![\d'’\"″′°] )\b(?:(RN|RR|RD|N)\s?-?\s?"
    rf"{_NUMBER_SIGN}?(\d{{1,3}})"
    r"|(?:national (?:road|highway|route)|highway|route nationale|nationale)"
    rf"(?:\s\(RN\))?\s+{_NUMBER_SIGN}?(?:RN|N)?\s?(\d{{1,3}}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: where it stands, and which kind of mark replaces it.

    Marks: p place, r road number, a administrative unit, c country, n what is of a country,
    t the land where three countries meet, w a river.  ``country`` is the code of the country that
    the text names with it.
    """

    start: int
    end: int
    mark: str
    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A text with marks for its names.

    Parameters
    ----------
    text
        Plain lower-case text with marks.
    origin
        For each character of ``text`` the position in the source that it comes from.
    source
        The text as written.
    mentions
        The names, numbered by their marks.
    """

    text: str
    origin: tuple[int, ...]
    source: str
    mentions: tuple[Mention, ...]

    def said(self, start: int, end: int) -> str:
        """Return the source's words for a span of the skeleton."""
        span = self.origin[start:end]
        return " ".join(self.source[span[0] : span[-1] + 1].split()).strip(" ,;.") if span else ""


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
    """

    places: frozenset[str]
    areas: frozenset[str]
    regions: frozenset[str]

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
            mention = self.known(source, words, i)
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
            if mark:
                return Mention(start, words[j][1], mark, written)
        return None

    def _mark(self, key: str, written: str) -> str:
        if key in EVERYDAY_NAMES and not written[0].isupper():
            return ""
        return self._marks.get(key) or ("p" if self.heard(written) else "")


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


def _goes_on(source: str, words: list[tuple[int, int]], i: int) -> bool:
    """Return whether the next word may belong to the same name: “In Ichagara”, not “In the”."""
    if i + 1 == len(words) or not _GAP.fullmatch(source, words[i][1], words[i + 1][0]):
        return False
    return source[words[i + 1][0]].isupper()


def drawn(source: str, mentions: Iterable[Mention]) -> Skeleton:
    """Return the skeleton of a text with marks for some mentions."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    out: list[str] = []
    origin: list[int] = []
    at = 0
    for number, mention in enumerate(ordered):
        _copy(source, at, mention.start, out, origin)
        mark = f"<{mention.mark}{number}>"
        out.append(mark)
        # The mark's last character stands for the end of the name, so that quotes are whole.
        origin += [mention.start] * (len(mark) - 1) + [mention.end - 1]
        at = mention.end
    _copy(source, at, len(source), out, origin)
    return Skeleton("".join(out), tuple(origin), source, tuple(ordered))


def _copy(source: str, start: int, end: int, out: list[str], origin: list[int]) -> None:
    part = source[start:end]
    folded = plain(part).translate(_DASHES)
    if len(folded) == len(part):
        out.append(folded)
        origin.extend(range(start, end))
        return
    for position in range(start, end):
        char = plain(source[position]).translate(_DASHES)
        out.append(char)
        origin += [position] * len(char)
