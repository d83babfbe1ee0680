"""Search the library of reports: words, place, days, topic, publisher; and what is related."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from geo import words
from geo.atlas import Atlas
from geo.gazetteer.folding import fold, plain
from geo.i18n import Message, counted, message
from geo.review.records import Dossier, DraftKind
from geo.words import joined_names

_AROUND = 60
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; what is empty does not restrict.

    Parameters
    ----------
    words
        Each must occur in text, title or publisher, as a part of a word, accents aside.
    place
        A place: any of its spellings in the text, or in a draft.
    start, end
        Days between which the report was published, or something in it happened.
    topic
        Part of a topic, a country, a group or a kind of event, of the report or of a draft.
    publisher
        Part of its name.
    waiting
        Only reports with drafts that wait.
    """

    words: str = ""
    place: str = ""
    start: date | None = None
    end: date | None = None
    topic: str = ""
    publisher: str = ""
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A report that was found.

    Parameters
    ----------
    dossier
        The report.
    excerpt
        The words around the first hit in the text; empty when no words were asked for.
    """

    dossier: Dossier
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A report that has to do with another one.

    Parameters
    ----------
    dossier
        The report.
    points
        How much speaks for it: 5 for each incident in common, 2 for each place, 1 for each topic.
    reasons
        That in words.
    """

    dossier: Dossier
    points: int
    reasons: tuple[Message, ...]


def search(dossiers: Sequence[Dossier], query: Query, atlas: Atlas) -> list[Found]:
    """Return the reports that fit a query, in the order given.

    Parameters
    ----------
    dossiers
        Of the library.
    query
        What is looked for.
    atlas
        Knows the other spellings of a place.
    """
    wanted = [word for word in plain(query.words).split() if word]
    spellings = _spellings(query.place, atlas)
    return [
        Found(one, _excerpt(one.text, wanted))
        for one in dossiers
        if (not query.waiting or one.waiting)
        and plain(query.publisher.strip()) in plain(one.source.publisher)
        and _has_topic(one, query.topic)
        and _in_days(one, query.start, query.end)
        and _has_words(one, wanted)
        and _at_place(one, spellings)
    ]


def _has_words(one: Dossier, wanted: Sequence[str]) -> bool:
    if not wanted:
        return True
    source = one.source
    text = plain(f"{source.title} {source.publisher} {one.name} {one.text}")
    return all(word in text for word in wanted)


def _excerpt(text: str, wanted: Sequence[str]) -> str:
    """Return the words around the first that was looked for."""
    for word in _WORD.finditer(text) if wanted else ():
        if any(one in plain(word.group()) for one in wanted):
            start, end = max(0, word.start() - _AROUND), word.end() + _AROUND
            cut = " ".join(text[start:end].split())
            return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"
    return ""


def _has_topic(one: Dossier, topic: str) -> bool:
    wanted = plain(topic.strip())
    return not wanted or any(wanted in plain(name) for name in _told(one))


def _told(one: Dossier) -> Iterator[str]:
    """Yield what a report is about: its own topics and countries, and what its drafts name."""
    yield from (*one.source.topics, *one.source.locations)
    for standing in one.standings:
        cells = standing.item.cells
        yield from (cells.get(name, "") for name in ("perpetrator", "actor"))
        yield words.word(words.COUNTRIES, cells.get("country", ""))
        yield words.word(words.CATEGORIES, cells.get("category", ""))
        if standing.item.kind is DraftKind.ASSERTION:
            yield words.word(words.ASSERTIONS, cells.get("kind", ""))


def _days(one: Dossier) -> Iterator[tuple[str, str]]:
    if one.source.published:
        yield one.source.published, one.source.published
    for standing in one.standings:
        cells = standing.item.cells
        if cells.get("date_start"):
            yield cells["date_start"], cells.get("date_end") or cells["date_start"]
        if cells.get("valid_from"):  # What has not ended held when the report came out.
            yield cells["valid_from"], cells.get("valid_to") or one.source.published


def _in_days(one: Dossier, start: date | None, end: date | None) -> bool:
    first, last = start or date.min, end or date.max
    if start is None and end is None:
        return True
    return any(a <= last.isoformat() and b >= first.isoformat() for a, b in _days(one))


def _spellings(place: str, atlas: Atlas) -> tuple[str, ...]:
    """Return how a place may be written, itself first."""
    if not place.strip():
        return ()
    places = atlas.gazetteer.places
    same = atlas.gazetteer.spellings.get(fold(place), ())
    names = [place.strip()]
    for _, place_id in same:
        names += [places[place_id].name, *places[place_id].variants]
    return tuple(dict.fromkeys(filter(None, map(_bare, names))))


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(plain(text)))


def _at_place(one: Dossier, spellings: Sequence[str]) -> bool:
    if not spellings:
        return True
    cells = (standing.item.cells for standing in one.standings)
    told = " . ".join([one.text, *(" . ".join(_places(each)) for each in cells)])
    text = f" {_bare(told)} "
    return any(f" {name} " in text for name in spellings)


def _places(cells: Mapping[str, str]) -> tuple[str, ...]:
    names = ("place", "admin1", "axis_from", "axis_to", "route_from", "route_to")
    return tuple(dict.fromkeys(filter(None, (cells.get(name, "") for name in names))))


def related(one: Dossier, dossiers: Sequence[Dossier], most: int = 6) -> list[Related]:
    """Return the reports that have to do with one, those with most in common first.

    Two reports belong together by the incidents of the ledger that both tell of, by the places of
    their drafts and by their topics; see `Related` for the points.
    """
    mine = _Common.of(one)
    found = []
    for other in dossiers:
        if other.report_id == one.report_id:
            continue
        theirs = _Common.of(other)
        incidents = mine.incidents & theirs.incidents
        places, topics = mine.places & theirs.places, mine.topics & theirs.topics
        points = 5 * len(incidents) + 2 * len(places) + len(topics)
        if points:
            reasons = []
            if incidents:
                reasons.append(
                    counted(
                        "{count} incident in common", "{count} incidents in common", len(incidents)
                    )
                )
            if places:
                reasons.append(message("both name {names}", names=joined_names(sorted(places))))
            if topics:
                reasons.append(message("topics: {names}", names=joined_names(sorted(topics))))
            found.append(Related(other, points, tuple(reasons)))
    return sorted(found, key=lambda each: (-each.points, -each.dossier.report_id))[:most]


def publishers(dossiers: Iterable[Dossier], claims: pd.DataFrame) -> tuple[str, ...]:
    """Return the publishers that library and ledger name, those of most reports and claims first.

    Parameters
    ----------
    dossiers
        Of the library.
    claims
        Lines of the ledger (``LedgerFrames.claims``).
    """
    counts = Counter({str(name): n for name, n in claims["publisher"].value_counts().items()})
    counts.update(one.source.publisher for one in dossiers)
    named = [(-n, name.casefold(), name) for name, n in counts.items() if name]
    return tuple(name for _n, _folded, name in sorted(named))


@dataclass(frozen=True, slots=True)
class _Common:
    """What two reports may have in common."""

    incidents: frozenset[str]
    places: frozenset[str]
    topics: frozenset[str]

    @classmethod
    def of(cls, one: Dossier) -> _Common:
        """Return it of a report."""
        kept = [each for each in one.standings if each.state != "rejected"]
        incidents = (
            each.entity_id
            for each in kept
            if each.entity_id and each.item.kind is DraftKind.INCIDENT
        )
        places = (name for each in kept for name in _places(each.item.cells))
        return cls(frozenset(incidents), frozenset(places), frozenset(one.source.topics))
