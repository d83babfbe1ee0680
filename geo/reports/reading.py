"""From a text to a report: header, incidents, road assertions, areas, links and concerns.

The rules stand in the modules of this package, the words in ``data/vocabulary.csv``.  Any other
reader, a language model that runs on this machine for one, is a function with the signature of
:class:`Reader` and gives the same records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Protocol

from geo.atlas import Atlas
from geo.gazetteer.land import land_of
from geo.gazetteer.phrases import geocode
from geo.i18n import message
from geo.records import Fault, InputError
from geo.reports.actors import actors
from geo.reports.areas import area_statements
from geo.reports.concerns import concerns, shortened
from geo.reports.dates import resolve
from geo.reports.days import told_days
from geo.reports.doubts import unheard
from geo.reports.drafting import draft_incident
from geo.reports.entries import with_entries
from geo.reports.header import countries_named, dateline, read_header, told_from
from geo.reports.incidents import MOST_STORIES, Gathering, without_title
from geo.reports.language import language_of
from geo.reports.links import links
from geo.reports.mentions import Mention, mentions
from geo.reports.phrases import Named
from geo.reports.plaintext import Plain
from geo.reports.records import (
    Concern,
    ConcernCode,
    DraftIncident,
    Head,
    Report,
)  # fmt: skip
from geo.reports.roaddrafts import Stated, once
from geo.reports.roadremarks import road_remarks
from geo.reports.roads import RoadReader
from geo.reports.sections import under_countries
from geo.reports.sentences import Role, Sentence, sentences, split
from geo.reports.tolls import tolls
from geo.reports.undated import covered_until, likely_day
from geo.reports.validity import Validity
from geo.reports.voices import issuer, with_speakers
from geo.reports.where import Places

_RARE, _MOST_NAMES = 4, 6
MAX_CHARACTERS = 200_000
"""About 60 pages; what is longer is no situation report."""


class Reader(Protocol):
    """What reads reports: these rules, or another way that gives the same records."""

    def __call__(self, text: str, atlas: Atlas, published: date | None = None) -> Report:
        """Read a text."""


def read_report(text: str, atlas: Atlas, published: date | None = None, title: str = "") -> Report:
    """Read a report.

    Parameters
    ----------
    text
        English or French.
    atlas
        What is known of the land.
    published
        The day of publication, when known from elsewhere; it outranks the text's own.
    title
        As the file says, for a text without one.

    Returns
    -------
    Report
        Drafts, each with its evidence; nothing is decided.

    Raises
    ------
    InputError
        When the text is empty or longer than ``MAX_CHARACTERS``.

    Notes
    -----
    Deterministic, without network or clock; linear in the length of the text for each rule.
    """
    plain = _checked(text)
    header = read_header(plain)
    found = sentences(plain, header.end)
    own = published or header.published or _dateline_day(plain, found)
    issued = own or likely_day(plain, found)
    day = covered_until(plain, found, issued)
    named = countries_named(header.locations)
    lexicon = land_of(atlas).lexicon
    read = [s for s in found if s.role is not Role.HEADING or _counts(plain, s.start, s.end)]
    own_voice = issuer(plain, found)
    heard = [m for s in read for m in mentions(plain, s, lexicon)]
    heard = list(with_entries(plain, found, heard, lexicon, issued))
    told = list(with_speakers(plain, under_countries(plain, found, heard), own_voice))
    towns = _towns(told)
    names = dict.fromkeys(plain.written(name.start, name.end) for name in towns)
    countries = named or _countries(plain, told) or _told_from(plain, found, atlas)
    places = Places(plain, atlas, countries, tuple(names)[:_MOST_NAMES], towns)
    gathering = Gathering(plain, places, day)
    for mention in told:
        gathering.add(mention)
    stories = without_title(gathering.stories)
    told_by = {m: story for m, story in gathering.told_by.items() if story in stories}
    roads = RoadReader(plain, places, Validity(plain, day, told_by))
    for sentence, group in _by_sentence(told):
        roads.read(sentence, group)
    assertions = once(roads.found)
    drafts = tuple(replace(one, key=f"r{n}") for n, (one, _) in enumerate(assertions, start=1))
    incidents = tuple(draft_incident(plain, places, story, day) for story in stories)
    incidents = tuple(_on_the_road(one, assertions) for one in incidents)
    incidents = _with_country(incidents, places)
    areas = [
        area
        for sentence, group in _by_sentence(told)
        for area in area_statements(plain, places, sentence, group)
    ]
    known = {place.country for place in atlas.gazetteer.places.values()}
    aside = [*gathering.aside, *unheard(plain, told, told_by)]
    remarks = concerns(plain, told, aside, incidents, countries=named, known=known, report=day)
    remarks = (
        *dict.fromkeys((*remarks, *road_remarks(plain, roads, drafts))),
        *_unread(plain, header.end, found),
    )
    if gathering.full:
        remarks = (_shortened(), *remarks)
    if own is None:
        remarks = (_undated(day), *remarks)
    head = Head(
        own, header.locations, header.topics, language_of(plain), title or _title(plain, found)
    )
    return Report(
        text,
        head,
        incidents,
        drafts,
        tuple(replace(one, key=f"a{n}") for n, one in enumerate(areas, start=1)),
        links(plain, told_by, told),
        remarks,
    )


def _by_sentence(told: Sequence[Mention]) -> Iterator[tuple[Sentence, list[Mention]]]:
    for sentence, group in groupby(told, key=lambda mention: mention.sentence):
        yield sentence, list(group)


def _on_the_road(incident: DraftIncident, assertions: Stated) -> DraftIncident:
    """Place an incident that names no place on the stretch of what has held since it."""
    if incident.place.phrase:
        return incident
    for assertion, key in assertions:
        if key == incident.key and assertion.place.placement is not None:
            return replace(incident, place=assertion.place)
    return incident


def _with_country(
    incidents: tuple[DraftIncident, ...], places: Places
) -> tuple[DraftIncident, ...]:
    """Give incidents without a country that of all others, else of all towns, when these agree."""
    known = {one.place.country for one in incidents if one.place.country}
    if not known and incidents:
        known = places.countries_of_towns()
    if len(known) != 1:
        return incidents
    country = known.pop()
    return tuple(
        one if one.place.country else replace(one, place=replace(one.place, country=country))
        for one in incidents
    )


def _counts(plain: Plain, start: int, end: int) -> bool:
    """Return whether words state a figure, so that they may not be passed over."""
    days = [(told.start, told.end) for told in told_days(plain, start, end)]
    return any(not toll.bare for toll in tolls(plain, start, end, days))


def _unread(plain: Plain, head: int, found: Sequence[Sentence]) -> Iterator[Concern]:
    """Yield what states a figure before the report's text or after it, where nothing is read."""
    last = max((sentence.end for sentence in found), default=head)
    for begin, stop in ((0, head), (last, len(plain.text))):
        for start, end in split(plain, begin, stop):
            if not _counts(plain, start, end):
                continue
            quote = plain.evidence(start, end)
            text = message("Not read, because it is no part of the text itself: “{quote}”",
                           quote=shortened(quote.quote))  # fmt: skip
            yield Concern(ConcernCode.SET_ASIDE, text, "", (quote,))


def _shortened() -> Concern:
    text = message(
        "Only the first {count} incidents are listed. Split the text.", count=MOST_STORIES
    )
    return Concern(ConcernCode.SHORTENED, text, "", ())


def _undated(day: date | None) -> Concern:
    text = (
        message("The report does not say when it was published; days are left open.")
        if day is None
        else message(
            "The report does not say when it was published; days count from {day}, its latest "
            "weekday that fits. Give the day of publication.", day=day,
        )
    )  # fmt: skip
    return Concern(ConcernCode.NO_PUBLICATION_DATE, text, "", ())


def _checked(text: str) -> Plain:
    if len(text) > MAX_CHARACTERS:
        fault = message(
            "The text has {count} characters; at most {limit} are read. Split it into reports.",
            count=len(text), limit=MAX_CHARACTERS,
        )  # fmt: skip
        raise InputError([Fault(None, None, fault)])
    plain = Plain.of(text)
    if not plain.text.strip():
        raise InputError([Fault(None, None, message("There is no text to read."))])
    return plain


def _dateline_day(plain: Plain, found: Sequence[Sentence]) -> date | None:
    """Return the day of the first dateline: “BAMAKO, 8 February 2025 (AFP) –”."""
    for sentence in found[:4]:
        _, told = dateline(plain, sentence.start, sentence.end)
        days = resolve(told, None) if told else None
        if days is not None:
            return days.start
    return None


def _told_from(plain: Plain, found: Sequence[Sentence], atlas: Atlas) -> tuple[str, ...]:
    """Return the country of the town in the dateline, for a report that names none."""
    for sentence in found[:4]:
        town = told_from(plain, sentence.start, sentence.end)
        placement = geocode(town, atlas).placement if town else None
        if placement is not None and placement.place_ids:
            return (atlas.gazetteer.places[placement.place_ids[0]].country,)
    return ()


def _countries(plain: Plain, told: Sequence[Mention]) -> tuple[str, ...]:
    """Return the countries that a report without a header is about: those named, those of forces.

    Countries that are named but once beside one that is named often are background.
    """
    hits = actors().find(plain, 0, len(plain.text))
    counts = Counter(hit.actor.country for hit in hits if hit.actor.country)
    counts.update(code for m in told for p in m.phrases for code in p.countries)
    most = max(counts.values(), default=0)
    return tuple(code for code, count in counts.most_common() if count * _RARE > most)


def _towns(told: Sequence[Mention]) -> tuple[Named, ...]:
    """Return the names of places in a report, in its order."""
    named = (n for m in told for p in (*m.phrases, *m.spoken_from) for n in p.named)
    return tuple(sorted((n for n in named if not n.country), key=lambda name: name.start))


def _title(plain: Plain, found: Sequence[Sentence]) -> str:
    if not found or found[0].role is not Role.TITLE:
        return ""
    same = [s for s in found if s.paragraph == found[0].paragraph]
    return " ".join(plain.written(same[0].start, same[-1].end).split())
