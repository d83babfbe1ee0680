"""From a text to a :class:`Reading`: a table of patterns over the text's skeleton.

The rules are tried in order; what one has read, the next do not see.  To teach a new way of
saying things, add a row to ``RULES`` (and words to the tables); nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from geo.gazetteer import drafting
from geo.gazetteer.drafting import UNIT_NAME, Build, Draft
from geo.gazetteer.folding import fold
from geo.gazetteer.lexicon import Lexicon
from geo.gazetteer.quantities import ABOUT, ANY_DIR, COUNT, DIR, UNDER, UNIT, UNREAD
from geo.gazetteer.reading import Area, Closeness, Name, Reading, Subject
from geo.gazetteer.vocabulary import COUNTRIES

N = r"<p(\d+)>"
OF_UNIT = rf"(?:of |de la |de l'|des |de |du |d')?{UNIT_NAME}"
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
LEVELS = r"(?P<level>regions|cercles|provinces|departe?ments|districts|communes)"
LEVEL = r"(?P<level>regions?|cercles?|circle|provinces?|departe?ments?|district|commune)"
HYPHEN = r"\s?[-/]\s?"


PK = r"(?<!\d )(?:pk|kp|km|point kilometrique) ?(\d{1,4}(?: ?\+ ?\d{3})?)(?![\d.,]*\d)"
LIST = rf"{N}(?:(?:\s?,\s?|\s?{AND}\s?|\s?/\s?)+{N})*"
DISTANCE = (
    rf"(?:(?:a|at) )?(?:{UNDER} |{ABOUT} )?(?:{ABOUT} )?{COUNT}[ -]?{UNIT}"
    rf"(?: (?:away|road|along the road))?(?: (?:to the|au|a l'|on the) ?)?(?: ?{ANY_DIR})?"
    r"(?: side)?,? (?:of |from |de |du |d'|before |avant |outside "
    rf"|(?P<past>after|apres|beyond|past|au-dela de|au-dela d') ?)?{P}"
    rf"(?:,? (?:{TO}|(?P<coming>(?:when |en )?(?:coming from|venant de))) {P})?"
)
LEAVING = r"(?:from|de|between|depuis|leaving|left|quitt(?:e|ant|er))"
RADIUS = rf"(?:within )?(?:an? )?{COUNT}[ -]?{UNIT} (?P<under>radius) (?:of|around|from) {P}"
RAYON = rf"(?P<under>rayon) (?:de |d'){COUNT}[ -]?{UNIT} (?:autour )?(?:de |du |d'){P}"
LIES = (
    rf"{N} (?:is|lies|sits|est|se trouve|se situe)(?: located| situated| situee?| distante? de)?"
    rf" (?:a )?(?:{ABOUT} )?{COUNT} ?{UNIT}(?: (?:to the |au |a l')?{ANY_DIR})? \S+ {P}"
)
C = r"<[cn](\d+)>"
BORDER_WORD = r"(?:borders?|frontiers?|frontieres?)(?! (?:post|town|village|city|crossing))"
JOINING = r"(?:\s?[-/,]\s?| and (?:the )?| et (?:la |le |l')?| )?"
OFF_BORDER = (
    rf"(?:(?P<aim>to|towards?|vers|jusqu'a|a destination de) )?"
    rf"(?:(?:{UNDER} |{ABOUT} )?{COUNT} ?{UNIT}(?: away)?(?: (?:au |a l')?{ANY_DIR})? "
    r"(?:from|of|off|de|du) ?)?(?:the |la |le |les |a la |de la |des )?"
)
ITS_BORDER = (
    rf"{OFF_BORDER}(?:{C}(?:'s)?{JOINING})+{BORDER_WORD}(?: (?:with|of|avec) (?:the )?{C})?"
)
BORDER_OF = (
    rf"{OFF_BORDER}{BORDER_WORD}(?: (?:commune|with|between|of|the|avec|entre|de|du|la|le|l'))* ?"
    rf"(?:{C}(?:'s)?{JOINING})+"
)
THREE_BORDERS = (
    r"(?:(?:the |la |le |zone |region |area )*(?:dite )?(?:of the |des |de la |du |de )?"
    r"(?:tri-?\s?borders?|triple[- ]frontieres?|(?:three|trois|3)[- ](?:borders?|frontieres?)"
    r"|<t\d+>)(?: (?:area|region|zone))?)"
)
NEAR_COUNTRY = (
    rf"(?:{UNDER} |{ABOUT} )?{COUNT} ?{UNIT} (?:from|of|de|du) (?:the |la |le )?{C}"
    rf"|(?:near|close to|pres du|proche du|non loin du) {C}"
)
RIVER = (
    r"(?:(?:on |along |sur )?(?:the |la |le )?(?:banks? of the |rives? du )?"
    r"(?:<[cp]\d+> (?:river|rivers)|(?:river|fleuve|riviere)(?: (?:de|du|la|le))* ?<[cp]\d+>))"
)
PART = (
    rf"(?:(?:the )?(?:far |extreme[ -]?)?(?:{DIR}(?:ern)?|(?P<middle>central|centre|center))"
    rf"(?:ern)?(?: part)? ?(?:of |du |de la |de l'|de |d')?(?:the )?{C}"
    rf"|{C}'s (?:far )?{DIR.replace('dir', 'side')}(?:ern)?\b(?! <p))"
)
GROUND = rf"{C} (?:side|soil|territory|(?:town|city|village|commune|localit[ey]) (?:of|de))"
FRENCH_GROUND = r"(?:cote|territoire|sol|(?:ville|localite|village|commune)) <n(\d+)>"
HALF = (
    r"(?P<halfway>half ?-?way|mid ?-?way|a mi-?\s?(?:chemin|distance|parcours|route)|mi-chemin"
    r"|au milieu de l'axe|au milieu du troncon)"
)
HALFWAY = (
    rf"{HALF}(?: (?:on|along|sur) (?:the |la |l')?{ROAD})? (?:between|from|entre|de|of)"
    rf" {P} (?:and|to|et|a) {P}"
)
LINKING = (
    r"(?:linking|links|connecting|connects|joining|joins|reliant|relie|relient|menant d[eu]"
    r"|allant d[eu]|leading from|running from|in between|btw|b/w)"
)
NEGATED = (
    r"(?:not |pas |et non |rather than |plutot qu(?:e |'))(?:pas )?"
    rf"(?:(?:in|at|near|from|on|a|au|aux|de|dans|en|pres de) )?(?:{P}|<[ac]\d+>)"
)
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
    # Borders, rivers and sides of countries, before their names are taken for the place.
    (RIVER, drafting.skip),
    (THREE_BORDERS, drafting.border),
    (ITS_BORDER, drafting.border),
    (BORDER_OF, drafting.border),
    (NEAR_COUNTRY, drafting.border),
    (NEGATED, drafting.skip),
    (PART, drafting.part),
    (GROUND, drafting.country),
    (FRENCH_GROUND, drafting.country),
    (LIES, drafting.aside),
    # a position on the road itself
    (rf"(?:(?:between|from|entre|de|du|des) )?{PK} ?(?:-|and|to|et|a|au) ?{PK}", drafting.chainage),
    (PK, drafting.chainage),
    # N km (north) of X (towards Y)
    (RADIUS, drafting.distance),
    (RAYON, drafting.distance),
    (DISTANCE, drafting.distance),
    (rf"(?:coming|returning|back|venant|en provenance) (?:from|de) {P}", drafting.skip),
    # one side of a place, before “de Gao vers Ansongo” is taken for the whole way
    (EDGE, drafting.subject(Closeness.AT)),
    # between X and Y, the X-Y road
    (HALFWAY, drafting.between),
    (rf"{LINKING} {P} (?:to|and|with|et|a|au|vers|&|jusqu'a) {P}", drafting.between),
    (rf"(?:between|entre) {P}(?: ?, {P})* ?(?:and|et|&) {P}(?: {LEVEL})?", drafting.between),
    (rf"(?:{ROAD} )?{LEAVING} {P} (?:to|towards?|for|a|vers|pour|jusqu'a) {P}", drafting.between),
    (rf"{N}{HYPHEN}{N} (?P<level>limits?|limites?|regions?)", drafting.between),
    (rf"{N}{HYPHEN}{N} (?:area|sector|zone|secteur)", drafting.subject(Closeness.AREA)),
    (rf"(?:{ROAD} )(?:{P}(?:(?:{HYPHEN}| ){N})+)", drafting.between),
    (rf"{N}(?:\s?-\s?{N})+(?: {ROAD})?", drafting.between),
    (rf"{N}(?:\s?/\s?{N})+ {ROAD}", drafting.between),
    (rf"{N} to {N} {ROAD}", drafting.between),
    (rf"(?:closer to|nearer to|plus pres de|plus proche de) {P}", drafting.closer),
    # roads that lead somewhere
    (ROAD_TO, drafting.road_to),
    (HEADING, drafting.road_to),
    (rf"(?:on |along )the {N} {ROAD}", drafting.road_to),
    (rf"(?<![-/]){N} {ROAD}", drafting.road_to),
    # beside a place, near it, around it
    (rf"(?:to the |au |a l')?{DIR}(?:ern part)? (?:of|de|du|d') ?{P}", drafting.bearing),
    (AREA, drafting.subject(Closeness.AREA)),
    (NEAR, drafting.subject(Closeness.NEAR)),
    (rf"{N} (?:area|sector|zone|surroundings)", drafting.subject(Closeness.AREA)),
    # administrative units
    (rf"{UNIT_NAME}(?:\s?,\s?{UNIT_NAME})*,? {AND} {UNIT_NAME} {LEVELS}", drafting.areas),
    (rf"{LEVELS} {OF_UNIT}(?:(?:\s?,\s?|\s?{AND}\s)+{OF_UNIT})+", drafting.areas),
    (rf"{UNIT_NAME}(?: and {UNIT_NAME})? {LEVEL}", drafting.areas),
    (rf"{LEVEL} {OF_UNIT}", drafting.areas),
    # at X; X and Y
    (AT, drafting.subject(Closeness.AT)),
    (LIST, drafting.subject(Closeness.AT)),
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
    draft = Draft(skeleton)
    rest = skeleton.text
    for pattern, build in _COMPILED:
        rest = pattern.sub(partial(_take, draft, build), rest)
    marks = {int(number): mark for mark, number in re.findall(r"<([rca])(\d+)>", rest)}
    left = {number: skeleton.mentions[number].text for number in marks}
    draft.areas += [Area(Name(left[n]), "") for n, mark in marks.items() if mark == "a"]
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
        roads_to=tuple(draft.roads_to),
        closer=tuple(draft.closer),
        borders=tuple(dict.fromkeys(draft.borders)),
        parts=tuple(dict.fromkeys(draft.parts)),
        countries=tuple(
            dict.fromkeys(
                [*draft.countries]
                + [COUNTRIES[fold(left[n])] for n, mark in marks.items() if mark == "c"]
            )
        ),
        unread=tuple(dict.fromkeys(draft.unread)),
    )


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
