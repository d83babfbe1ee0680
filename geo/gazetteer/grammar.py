"""From a text to a :class:`Reading`: a table of patterns over the text's skeleton.

The rules are tried in order; what one has read, the next do not see.  To teach a new way of
saying things, add a row to ``RULES`` (and words to the tables); nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial

from geo.gazetteer.folding import fold
from geo.gazetteer.lexicon import COUNTRIES, Lexicon, Skeleton
from geo.gazetteer.quantities import (
    ABOUT,
    ANY_DIR,
    BEARINGS,
    COUNT,
    DIR,
    SHORT_BEARINGS,
    UNDER,
    UNIT,
    UNREAD,
    stated_km,
)
from geo.gazetteer.reading import (
    Area,
    Bearing,
    Between,
    Chainage,
    Closeness,
    Distance,
    Name,
    Reading,
    Subject,
)
from geo.roads.referencing import parse_chainage

MIN_TOLERANCE_KM, TOLERANCE_SHARE = 2.0, 0.15
"""A stated distance is a round number: it may be off by so much."""
LONGEST_KM = 3_000.0
"""No road of the region is longer; a greater number is a slip."""

N = r"<p(\d+)>"
UNIT_NAME = r"<[pa](\d+)>"
P = (
    r"(?:(?:the |les |la )?(?:towns?|villages?|cities|city|localit(?:y|ies)|localites?|villes?)"
    r" (?:of |de |d'|du )|the |la |le |les |l'|d'|du |de la |de |des )?" + N
)
AND = r"(?:and|et|&|,)"
ROAD = (
    r"(?:axis|road|route|track|corridor|highway|section|stretch|axe|troncon|piste|way|line|trunk)"
)
TO = (
    r"(?:towards?|in the direction of|on the (?:way|road|track|axis) (?:to|towards)|to|vers"
    r"|en direction de|direction(?: de)?|sur la route de|sur l'axe de)"
)
LEVEL = r"(?P<level>regions?|cercles?|circle|provinces?|departe?ments?|district|commune)"
HYPHEN = r"\s?[-/]\s?"


@dataclass
class _Draft:
    skeleton: Skeleton
    subjects: list[tuple[int, Subject]] = field(default_factory=list)
    distances: list[Distance] = field(default_factory=list)
    chainages: list[Chainage] = field(default_factory=list)
    betweens: list[Between] = field(default_factory=list)
    bearings: list[Bearing] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    roads_to: list[Name] = field(default_factory=list)
    closer: list[Name] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def name(self, number: str) -> Name:
        return Name(self.skeleton.mentions[int(number)].text)

    def names(self, text: str) -> tuple[Name, ...]:
        return tuple(self.name(number) for number in re.findall(UNIT_NAME, text))

    def add_subjects(self, text: str, closeness: Closeness) -> None:
        for number in re.findall(UNIT_NAME, text):
            self.subjects.append((int(number), Subject(self.name(number), closeness)))


Build = Callable[[_Draft, re.Match[str]], None]


def _skip(_draft: _Draft, _match: re.Match[str]) -> None:
    """Read a phrase that says nothing about the place."""


def _distance(draft: _Draft, match: re.Match[str]) -> None:
    groups = match.groupdict()
    low, high = stated_km(groups)
    low = 0.0 if groups["under"] else low
    middle, half = (low + high) / 2, (high - low) / 2
    tolerance = half + max(MIN_TOLERANCE_KM, TOLERANCE_SHARE * middle)
    names = draft.names(match[0])
    said = draft.skeleton.said(*match.span())
    if high > LONGEST_KM:
        draft.unread.append(said)
        return
    bearing = groups["dir"]
    draft.distances.append(
        Distance(
            middle,
            tolerance,
            names[0],
            said,
            float((BEARINGS | SHORT_BEARINGS)[bearing]) if bearing else None,
            # Beyond a place, coming from another: the road leads on, one cannot tell where to.
            names[1] if len(names) > 1 and not (groups["past"] and groups["coming"]) else None,
            half,
        )
    )


def _chainage(draft: _Draft, match: re.Match[str]) -> None:
    measures_m = sorted(parse_chainage(text) for text in match.groups() if text)
    said = draft.skeleton.said(*match.span())
    draft.chainages.append(Chainage(measures_m[0], measures_m[-1], said))


def _between(draft: _Draft, match: re.Match[str]) -> None:
    names = draft.names(match[0])
    if match.groupdict().get("level"):
        draft.areas += [Area(name, "region") for name in names]
    elif len({name.key for name in names}) > 1:
        draft.betweens.append(Between(names))
    else:
        draft.add_subjects(match[0], Closeness.AT)


def _areas(draft: _Draft, match: re.Match[str]) -> None:
    level = match.groupdict().get("level") or "region"
    draft.areas += [Area(name, level.rstrip("s")) for name in draft.names(match[0])]


def _road_to(draft: _Draft, match: re.Match[str]) -> None:
    draft.roads_to += draft.names(match[0])


def _closer(draft: _Draft, match: re.Match[str]) -> None:
    draft.closer += draft.names(match[0])


def _bearing(draft: _Draft, match: re.Match[str]) -> None:
    (name,) = draft.names(match[0])
    draft.bearings.append(Bearing(float(BEARINGS[match["dir"]]), name))
    draft.add_subjects(match[0], Closeness.AREA)


def _subject(closeness: Closeness) -> Build:
    def build(draft: _Draft, match: re.Match[str]) -> None:
        draft.add_subjects(match[0], closeness)

    return build


PK = r"(?<!\d )(?:pk|kp|km|point kilometrique) ?(\d{1,4}(?: ?\+ ?\d{3})?)(?![\d.,]*\d)"
LIST = rf"{N}(?:(?:\s?,\s?|\s?{AND}\s?|\s?/\s?)+{N})*"
DISTANCE = (
    rf"(?:(?:a|at) )?(?:{UNDER} |{ABOUT} )?(?:{ABOUT} )?{COUNT}[ -]?{UNIT}"
    rf"(?: (?:away|road|along the road))?(?: (?:to the|au|a l'|on the) ?)?(?: ?{ANY_DIR})?"
    r"(?: side)?,? (?:of |from |de |du |d'|before |avant |outside "
    rf"|(?P<past>after|apres|beyond|past|au-dela de|au-dela d') ?)?{P}"
    rf"(?:,? (?:{TO}|(?P<coming>(?:when |en )?(?:coming from|venant de))) {P})?"
)
LIES = rf"{N} (?:is|lies|est|se trouve)(?: situee?)? (?:{ABOUT} )?{COUNT} ?{UNIT} \S+ {P}"
BORDER = rf"(?:the )?(?:{N}|<c\d+>)(?:{HYPHEN}(?:{N}|<c\d+>))? (?:border(?! post)|frontier|river)"
FRENCH_BORDER = r"(?:frontiere|fleuve)(?: (?:avec|du|de|la|le|l'))* ?(?:<[cpa]\d+>)?"
NEGATED = (
    r"(?:not |pas |et non |rather than |plutot qu(?:e |'))(?:pas )?"
    rf"(?:(?:in|at|near|from|on|a|au|aux|de|dans|en|pres de) )?(?:{P}|<[ac]\d+>)"
)
ABROAD = rf"(?:{UNDER}|{ABOUT})? ?\d+ {UNIT} (?:from|of|de|du) (?:the |la |le )?<c\d+>"
ROAD_TO = (
    r"(?:on |along |sur )?(?:the |la |le |l')?"
    rf"{ROAD} (?:to|towards?|for|vers|de|d'|du) ?{P}(?:{HYPHEN}{N})*"
)
HEADING = (
    rf"(?:towards?|vers|en direction de|direction|on the way to|bound for) {P}(?:{HYPHEN}{N})*"
)
EDGE = (
    rf"(?:{DIR}(?:ern)? )?(?:entrance|exit|entry|edge|entree|sortie)"
    rf"(?: {DIR.replace('dir', 'side')})? (?:of|to|de|du|d') ?{P}"
)
AREA = (
    r"(?:in the )?(?:area|zone|sector|secteur|environs|alentours|abords|surroundings|autour"
    rf"|around|vicinity)(?: (?:of|de|du|d'))? ?{P}"
)
NEAR = (
    r"(?:near|close to|next to|just outside|outside|outskirts of|approaching|not far from"
    r"|nearby|pres (?:de|du|d')|proche (?:de|du|d')|non loin (?:de|du|d')"
    rf"|a proximite (?:de|du|d')) ?(?:the )?(?:town of |village of |camp (?:at|of) )?{P}"
)
AT = (
    r"(?:at|in|a|au|dans|in the (?:town|village|city) of|(?:le )?village de|ville de)"
    rf" {LIST}"
)

RULES: tuple[tuple[str, Build], ...] = (
    # Borders, rivers and origins carry names without saying where.
    (BORDER, _skip),
    (FRENCH_BORDER, _skip),
    (ABROAD, _skip),
    (NEGATED, _skip),
    (LIES, _skip),
    # a position on the road itself
    (rf"(?:(?:between|from|entre|de|du|des) )?{PK} ?(?:-|and|to|et|a|au) ?{PK}", _chainage),
    (PK, _chainage),
    # N km (north) of X (towards Y)
    (DISTANCE, _distance),
    (rf"(?:coming|returning|back|venant|en provenance) (?:from|de) {P}", _skip),
    # one side of a place, before “de Gao vers Ansongo” is taken for the whole way
    (EDGE, _subject(Closeness.AT)),
    # between X and Y, the X-Y road
    (rf"(?:between|entre) {P}(?: ?, {P})* ?(?:and|et|&) {P}(?: {LEVEL})?", _between),
    (rf"(?:{ROAD} )?(?:from|de|between|depuis) {P} (?:to|a|vers|jusqu'a) {P}", _between),
    (rf"{N}{HYPHEN}{N} (?P<level>limits?|limites?|regions?)", _between),
    (rf"{N}{HYPHEN}{N} (?:area|sector|zone|secteur)", _subject(Closeness.AREA)),
    (rf"(?:{ROAD} )(?:{P}(?:(?:{HYPHEN}| ){N})+)", _between),
    (rf"{N}(?:\s?-\s?{N})+(?: {ROAD})?", _between),
    (rf"{N}(?:\s?/\s?{N})+ {ROAD}", _between),
    (rf"{N} to {N} {ROAD}", _between),
    (rf"(?:closer to|nearer to|plus pres de|plus proche de) {P}", _closer),
    # roads that lead somewhere
    (ROAD_TO, _road_to),
    (HEADING, _road_to),
    (rf"(?:on |along )the {N} {ROAD}", _road_to),
    (rf"(?<![-/]){N} {ROAD}", _road_to),
    # beside a place, near it, around it
    (rf"(?:to the |au |a l')?{DIR}(?:ern part)? (?:of|de|du|d') ?{P}", _bearing),
    (AREA, _subject(Closeness.AREA)),
    (NEAR, _subject(Closeness.NEAR)),
    (rf"{N} (?:area|sector|zone|surroundings)", _subject(Closeness.AREA)),
    # administrative units
    (rf"{UNIT_NAME}(?: and {UNIT_NAME})? {LEVEL}", _areas),
    (rf"{LEVEL} (?:of |de la |de l'|des |de |du |d')?{UNIT_NAME}", _areas),
    # at X; X and Y
    (AT, _subject(Closeness.AT)),
    (LIST, _subject(Closeness.AT)),
)
"""Patterns over skeletons and what each one says, tried in this order."""

_COMPILED = tuple((re.compile(rf"(?<![a-z0-9]){pattern}"), build) for pattern, build in RULES)
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
    draft = _Draft(skeleton)
    rest = skeleton.text
    for pattern, build in _COMPILED:
        rest = pattern.sub(partial(_take, draft, build), rest)
    marks = {int(number): mark for mark, number in re.findall(r"<([rca])(\d+)>", rest)}
    left = {number: skeleton.mentions[number].text for number in marks}
    draft.areas += [Area(Name(left[n]), "") for n, mark in marks.items() if mark == "a"]
    _sort_regions(draft, lexicon)
    draft.unread += [skeleton.said(*match.span()) for match in re.finditer(UNREAD, rest)]
    return Reading(
        subjects=tuple(dict.fromkeys(subject for _, subject in sorted(draft.subjects, key=_first))),
        distances=tuple(dict.fromkeys(draft.distances)),
        chainages=tuple(dict.fromkeys(draft.chainages)),
        betweens=tuple(dict.fromkeys(draft.betweens)),
        bearings=tuple(draft.bearings),
        areas=tuple(dict.fromkeys(draft.areas)),
        roads=tuple(dict.fromkeys(m.text for m in skeleton.mentions if m.mark == "r")),
        roads_to=tuple(draft.roads_to),
        closer=tuple(draft.closer),
        countries=tuple(
            dict.fromkeys(COUNTRIES[fold(left[n])] for n, mark in marks.items() if mark == "c")
        ),
        unread=tuple(dict.fromkeys(draft.unread)),
    )


def _take(draft: _Draft, build: Build, match: re.Match[str]) -> str:
    build(draft, match)
    return _READ * len(match[0])


def _sort_regions(draft: _Draft, lexicon: Lexicon) -> None:
    """Move names that are regions, such as “Gao region”, to where areas are kept."""
    for numbered in list(draft.subjects):
        if numbered[1].name.key in lexicon.regions:
            draft.subjects.remove(numbered)
            draft.areas.append(Area(numbered[1].name, "region"))
    for between in list(draft.betweens):
        if all(name.key in lexicon.regions for name in between.names):
            draft.betweens.remove(between)
            draft.areas += [Area(name, "region") for name in between.names]


def _first(numbered: tuple[int, Subject]) -> int:
    return numbered[0]
