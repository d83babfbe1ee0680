"""A text with marks for its names: what the patterns of the grammar are tried on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.gazetteer.folding import plain

_DASHES = str.maketrans(dict.fromkeys("–—‐‑→", "-"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: where it stands, and which kind of mark replaces it.

    Marks: p place, r road number, a administrative unit, c country, n what is of a country,
    t the land where three countries meet, w a river, h a person.  ``country`` is the code of the
    country that the text names with it, ``kind`` the kind of place that the text says it is.
    """

    start: int
    end: int
    mark: str
    text: str
    country: str = ""
    kind: str = ""


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
