"""Headings that say of which country the paragraphs below them tell: “Mali”, “2. Niger”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from geo.gazetteer.folding import fold
from geo.gazetteer.vocabulary import COUNTRIES
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.sentences import Role, Sentence

_NUMBERED = re.compile(r"^\W*(?:\d{1,2}|[ivx]{1,4}|[a-h])?[.):\W]*|\W+$", re.IGNORECASE)


def under_countries(
    plain: Plain, found: Sequence[Sentence], told: Iterable[Mention]
) -> Iterator[Mention]:
    """Yield the mentions, those below a country's name with that country."""
    headed: list[tuple[int, str]] = []
    for sentence in found:
        if sentence.role is Role.HEADING:
            text = _NUMBERED.sub("", plain.written(sentence.start, sentence.end))
            headed.append((sentence.start, COUNTRIES.get(fold(text), "")))
    for mention in told:
        above = [country for start, country in headed if start <= mention.start]
        yield replace(mention, under=above[-1]) if above and above[-1] else mention
