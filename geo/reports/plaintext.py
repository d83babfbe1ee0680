"""A text without case and accents, whose every position leads back to the text as written."""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from geo.gazetteer.folding import plain
from geo.reports.records import Evidence

_MARKS = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‐": "-", "‑": "-",
    "−": "-", "…": ".", "\t": " ", "\r": " ", "\x0b": " ", "\x0c": "\n", "\u2028": "\n",
    "\u2029": "\n", "\x85": "\n", "\n": "\n",
}  # fmt: skip


def _unseen(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


@lru_cache(maxsize=65536)
def _plain_char(char: str) -> str:
    if char in _MARKS:
        return _MARKS[char]
    category = unicodedata.category(char)
    if _unseen(char):
        return ""  # joiners and right-to-left marks are not seen, so nothing may hide behind them
    if category[0] in "ZC":
        return " "
    return plain(char)


@dataclass(frozen=True, eq=False)
class Plain:
    """A text made comparable.

    Parameters
    ----------
    source
        As written.
    text
        Lower case, no accents, straight quotes and hyphens; line ends kept.
    origin
        For each position of ``text``, and for its end, the position in ``source``.
    seen, seen_at
        The source without characters that nobody sees, and where each stands in ``text``.
    kept
        What was already found in it, for those who look again.
    """

    source: str
    text: str
    origin: array[int]
    seen: str
    seen_at: array[int]
    kept: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str) -> Plain:
        """Make a text comparable; linear in its length."""
        parts = [_plain_char(char) for char in source]
        origin, seen_at, seen = array("L"), array("L"), []
        for position, (char, part) in enumerate(zip(source, parts, strict=True)):
            if part or not _unseen(char):
                seen.append(char if char.isprintable() else " ")
                seen_at.append(len(origin))
            origin.extend([position] * len(part))
        seen_at.append(len(origin))
        origin.append(len(source))
        return cls(source, "".join(parts), origin, "".join(seen), seen_at)

    def written(self, start: int, end: int) -> str:
        """Return the words as written, without characters that nobody sees."""
        return self.seen[slice(*self.shown(start, end))]

    def shown(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the plain text stands in ``seen``."""
        return bisect_left(self.seen_at, start), bisect_left(self.seen_at, end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the plain text stands in the source."""
        if start >= end:
            at = self.origin[min(start, len(self.text))]
            return at, at
        return self.origin[start], self.origin[end - 1] + 1

    def evidence(self, start: int, end: int) -> Evidence:
        """Return a stretch of the plain text as evidence, without surrounding space."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        first, last = self.span(start, end)
        return Evidence(first, last, self.source[first:last])

    def capital(self, at: int) -> bool:
        """Return whether the letter at a position is written as a capital."""
        return self.source[self.origin[at]].isupper()
