"""From a text to a :class:`Reading`: a table of patterns over the text's skeleton.

The rules are tried in order; what one has read, the next do not see.  To teach a new way of
saying things, add a row to ``RULES`` (and words to the tables); nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from geo.gazetteer import drafting
from geo.gazetteer.bare import settle_bare
from geo.gazetteer.belonging import settled
from geo.gazetteer.drafting import UNIT_NAME, Build, Draft
from geo.gazetteer.folding import fold
from geo.gazetteer.lexicon import Lexicon
from geo.gazetteer.patterns import (
    ABROAD,
    AND,
    AREA,
    ASIDE_THEN_FAR,
    AT,
    BETWEEN,
    BETWEEN_COUNTRIES,
    BORDER_OF,
    CODED,
    COMING,
    COMPASS_REGION,
    DISTANCE,
    EDGE,
    EDGE_ON_ROAD,
    FRENCH_GROUND,
    GROUND,
    HALFWAY,
    HEADING,
    HYPHEN,
    ITS_BORDER,
    JOURNEY,
    LEVEL,
    LEVELS,
    LIES,
    LIST,
    NEAR,
    NEAR_COUNTRY,
    NEGATED,
    OF_UNIT,
    OTHER_EVENT,
    OWNER,
    OWNING,
    PART,
    PK,
    PK_FROM,
    PKS,
    RADIUS,
    RAYON,
    RIVER,
    ROAD,
    ROAD_BACK,
    ROAD_TO,
    STREAMWARDS,
    THREE_BORDERS,
    TO_A_BORDER,
    TRAILING,
    TRIANGLE,
    UNITS_DOWN,
    WIDER,
    N,
    P,
)
from geo.gazetteer.quantities import ANY_DIR, DIR, UNREAD
from geo.gazetteer.reading import Area, Closeness, Name, Reading, Subject
from geo.gazetteer.vocabulary import COUNTRIES

Rules = tuple[tuple[str, Build], ...]

COUNTRY_RULES: Rules = (
    # Borders, rivers and sides of countries, before their names are taken for the place.
    (RIVER, drafting.river),
    (TO_A_BORDER, drafting.to_border),
    (THREE_BORDERS, drafting.three_borders),
    (ITS_BORDER, drafting.border),
    (BORDER_OF, drafting.border),
    (BETWEEN_COUNTRIES, drafting.border),
    (NEAR_COUNTRY, drafting.border),
    (NEGATED, drafting.skip),
    (ABROAD, drafting.skip),
    (PART, drafting.part),
    (GROUND, drafting.country),
    (FRENCH_GROUND, drafting.country),
)
"""Rules about countries, for texts that name one."""

RULES: Rules = (
    (RIVER, drafting.river),
    (NEGATED, drafting.skip),
    (OTHER_EVENT, drafting.skip),
    (OWNER, drafting.skip),
    (LIES, drafting.aside),
    # a position on the road itself
    (PKS, drafting.chainage),
    (PK_FROM, drafting.stone_from),
    (PK, drafting.chainage),
    (CODED, drafting.coded_path),
    (UNITS_DOWN, drafting.coded_path),
    # N km (north) of X (towards Y)
    (RADIUS, drafting.distance),
    (RAYON, drafting.distance),
    (DISTANCE, drafting.distance),
    (ASIDE_THEN_FAR, drafting.distance),
    (TRAILING, drafting.distance),
    (COMING, drafting.skip),
    # one side of a place, before “de Gao vers Ansongo” is taken for the whole way
    (EDGE_ON_ROAD, drafting.edge_on_road),
    (EDGE, drafting.subject(Closeness.AT)),
    # between X and Y, the X-Y road
    (TRIANGLE, drafting.triangle),
    (HALFWAY, drafting.between),
    (BETWEEN, drafting.between),
    (JOURNEY, drafting.between),
    (rf"{N}{HYPHEN}{N} (?P<level>limits?|limites?|regions?)", drafting.between),
    (rf"{N}{HYPHEN}{N} (?:area|sector|zone|secteur)", drafting.subject(Closeness.AREA)),
    (rf"(?:{ROAD} )(?:{P}(?:(?:{HYPHEN}| ){N}){{1,9}})", drafting.between),
    (rf"{N}(?:\s?-\s?{N}){{1,9}}(?: {ROAD})?", drafting.between),
    (rf"{N}(?:\s?/\s?{N}){{1,9}} {ROAD}", drafting.between),
    (rf"{N} to {N}(?: {ROAD})?", drafting.between),
    (rf"(?:closer to|nearer to|plus pres de|plus proche de) {P}", drafting.closer),
    # roads that lead somewhere
    (ROAD_BACK, drafting.way_back),
    (ROAD_TO, drafting.road_to),
    (HEADING, drafting.road_to),
    (rf"(?:on |along )the {N} {ROAD}", drafting.road_to),
    (rf"(?<![-/]){N} {ROAD}", drafting.road_to),
    # beside a place, near it, around it
    (rf"(?:to the |au |a l')?{DIR}(?:ern part)? (?:of|de|du|d') ?{P}", drafting.bearing),
    (rf"{ANY_DIR} (?:of|de|du|d') ?{P}", drafting.bearing),
    (STREAMWARDS, drafting.streamwards),
    (AREA, drafting.subject(Closeness.AREA)),
    (NEAR, drafting.subject(Closeness.NEAR)),
    (rf"{N} (?:area|sector|zone|surroundings)", drafting.subject(Closeness.AREA)),
    # administrative units
    (rf"{UNIT_NAME}(?:\s?,\s?{UNIT_NAME}){{0,9}},? {AND} {UNIT_NAME} {LEVELS}", drafting.areas),
    (rf"{LEVELS} {OF_UNIT}(?:(?:\s?,\s?|\s?{AND}\s){{1,2}}{OF_UNIT}){{1,9}}", drafting.areas),
    (rf"{UNIT_NAME}(?: and {UNIT_NAME})? {LEVEL}{WIDER}", drafting.areas),
    (rf"{LEVEL} {OF_UNIT}{WIDER}", drafting.areas),
    (COMPASS_REGION, drafting.compass_region),
    (rf"{N}(?: / {N}){{1,4}}", drafting.path),
    # at X; X and Y
    (OWNING, drafting.bare),
    (AT, drafting.subject(Closeness.AT)),
    (LIST, drafting.bare),
)
"""Patterns over skeletons and what each one says, tried in this order."""


Compiled = tuple[tuple[re.Pattern[str], Build], ...]


def _compiled(rules: Rules) -> Compiled:
    return tuple((re.compile(rf"(?<![a-z0-9]){pattern}"), build) for pattern, build in rules)


@lru_cache(maxsize=1)
def _patterns() -> tuple[Compiled, Compiled]:
    """Return the rules for texts without and with countries, compiled when the first is read."""
    places = _compiled(RULES)
    return places, (*_compiled(COUNTRY_RULES), *places)


_OF_COUNTRIES = re.compile("<[cnt]|border|frontier")
_READ = "\x01"
"""Stands for characters that a rule has read: no pattern matches across it."""


def read(text: str, lexicon: Lexicon, *, unknown_names: bool = True) -> Reading:
    """Return what a text says about a place.

    Parameters
    ----------
    text
        A phrase in English or French.
    lexicon
        The names that may occur.
    unknown_names
        Whether words that look like names but are not known count as names.  Prose is full of
        capitals: leave them out there.

    Notes
    -----
    Linear in the length of the text for each rule; remembered for texts seen before.
    """
    return _read(text, lexicon, unknown_names)


@lru_cache(maxsize=65536)
def _read(text: str, lexicon: Lexicon, unknown_names: bool) -> Reading:
    skeleton = lexicon.skeleton(text, unknown_names=unknown_names)
    skeleton = settled(skeleton)
    draft = Draft(skeleton, lexicon.units | lexicon.areas)
    rest = skeleton.text
    for pattern, build in _patterns()[_OF_COUNTRIES.search(rest) is not None]:
        rest = pattern.sub(partial(_take, draft, build), rest)
    marks = {int(number): mark for mark, number in re.findall(r"<([rca])(\d+)>", rest)}
    left = {number: skeleton.mentions[number].text for number in marks}
    draft.areas += [Area(Name(left[n]), "") for n, mark in marks.items() if mark == "a"]
    loose = settle_bare(draft)
    _sort_regions(draft, lexicon)
    _take_asides(draft)
    draft.unread += [skeleton.said(*match.span()) for match in re.finditer(UNREAD, rest)]
    return Reading(
        subjects=tuple(dict.fromkeys(subject for _, subject in sorted(draft.subjects, key=_first))),
        distances=tuple(dict.fromkeys(draft.distances)),
        chainages=tuple(dict.fromkeys(draft.chainages)),
        betweens=tuple(dict.fromkeys(draft.betweens)),
        bearings=tuple(draft.bearings),
        areas=tuple(dict.fromkeys(draft.areas)),
        roads=tuple(dict.fromkeys(m.text for m in skeleton.mentions if m.mark == "r")),
        rivers=tuple(dict.fromkeys(draft.rivers)),
        roads_to=tuple(draft.roads_to),
        closer=tuple(draft.closer),
        borders=tuple(dict.fromkeys(draft.borders)),
        parts=tuple(dict.fromkeys(draft.parts)),
        triangles=tuple(draft.triangles),
        loose=loose,
        bare=tuple(subject.name for *_, subject in draft.bare),
        countries=tuple(
            dict.fromkeys(
                [*draft.countries]
                + [mention.country for mention in skeleton.mentions if mention.country]
                + [COUNTRIES[fold(left[n])] for n, mark in marks.items() if mark == "c"]
            )
        ),
        unread=tuple(dict.fromkeys(draft.unread)),
    )


def forget() -> None:
    """Forget the texts that were read, as a measurement must."""
    _read.cache_clear()


def _take(draft: Draft, build: Build, match: re.Match[str]) -> str:
    build(draft, match)
    return _READ * len(match[0])


def _sort_regions(draft: Draft, lexicon: Lexicon) -> None:
    """Move names that are regions, such as “Gao region”, to where areas are kept."""
    for numbered in list(draft.subjects):
        if numbered[1].name.key in lexicon.regions:
            draft.subjects.remove(numbered)
            draft.areas.append(Area(numbered[1].name, "region"))
    for between in list(draft.betweens):
        if all(name.key in lexicon.regions for name in between.names):
            draft.betweens.remove(between)
            draft.areas += [Area(name, "region") for name in between.names]


def _take_asides(draft: Draft) -> None:
    """Take “X is so far from Y” for the place where nothing else is told of it."""
    if draft.subjects or draft.betweens or draft.distances:
        return
    for number, found in draft.asides:
        draft.subjects.append((number, Subject(draft.name(str(number)), Closeness.AT)))
        draft.distances.append(found)


def _first(numbered: tuple[int, Subject]) -> int:
    return numbered[0]
