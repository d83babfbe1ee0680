"""The words of a sentence that tell a place, and what part that place plays.

The names of the gazetteer are found first; then the longest run of words about places around them
is taken as one phrase: “near Kobé, approximately 30 km from Gao”.  Which places are meant is left
to :func:`geo.gazetteer.phrases.geocode`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from geo.gazetteer.folding import fold
from geo.gazetteer.lexicon import Lexicon
from geo.gazetteer.quantities import FIGURES, NUMBER_WORD
from geo.gazetteer.vocabulary import COUNTRIES
from geo.reports.actors import actors
from geo.reports.days import told_days
from geo.reports.plaintext import Plain
from geo.reports.vocabulary import words

_PLACE, _ROAD, _COUNTRY, _AREA = "§", "¤", "¢", "¶"
_MARKS = {"p": _PLACE, "r": _ROAD, "c": _COUNTRY, "a": _AREA, "t": _AREA}
_NAME = f"(?:{_PLACE}+|{_ROAD}+|{_COUNTRY}+|{_AREA}+)"
UNIT = r"(?:kl?ms?|bornes?|clicks?|klicks?|kilomet(?:er|re)s?|miles?|mi)"
AMOUNT = (
    rf"(?:(?:{FIGURES})(?: ?{UNIT})?|{NUMBER_WORD}(?:[ -]{NUMBER_WORD})*|(?:une? )?\w+aines?(?= d)"
    r"|some|few|quelques|several|plusieurs|a dozen)"
)
_BEFORE = (
    r"(?:near|nr|nearby|close to|next to|just|outside|around|about|approximately|roughly|nearly"
    r"|almost|in|at|on|along|within|inside|of|the|from|between|and|to|towards?|into|via|over|under"
    r"|less than"
    r"|more than|north|south|east|west|central|far|northern|southern|eastern|western|upper|lower"
    r"|north-?\s?east(?:ern)?|north-?\s?west(?:ern)?|south-?\s?east(?:ern)?|south-?\s?west(?:ern)?"
    r"|city|cities|towns?|villages?|localit(?:y|ies)|communes?|cercles?|regions?|provinces?"
    r"|departe?ments?|districts?|areas?|zones?|sectors?|secteurs?|camp|market town"
    r"|vicinity|outskirts"
    r"|edge|entrance|exit|borders?|frontier|crossing|bridge|road|route|axis|highway|track|stretch"
    r"|section|way|direction|corridor|national|linking|connecting|joining|leading|that links"
    r"|forest|a|au|aux|de|du|des|d'|la|le|les|l'|en|dans|sur|vers|entre|et|pres|proche|proximite"
    r"|non loin|loin|niveau|hauteur|environs?|alentours|abords|autour|a environ|quelque|une|un"
    r"|moins|plus|nord|sud|est|ouest|nord-est|nord-ouest|sud-est|sud-ouest|centre|ville|villes"
    r"|localites?|quartier|axe|troncon|piste|nationale|reliant|menant|sortie|entree|frontiere|pont"
    r"|foret|rural|away|some|the town of|half|halfway|midway|mi-chemin|side|cote|avec|with|local"
    rf"|{UNIT}(?: (?:before|avant|after|apres|past|beyond|short of|au-dela))?"
    r"|[nsew](?= of)|[ns][ew](?= of)|nn[ew](?= of)|ss[ew](?= of)"
    rf"|approx\.?|env\.?|upto|up to|pk ?\d+|km ?\d+|{AMOUNT})"
)
_GLUE = r"(?:[ \n,]+|-|/|(?<=') ?| ?\(| ?\))+"
_WHOLE = r"(?:(?<=')|(?![\w§¤¢¶]))"
_AFTER = (
    r"(?:(?:'s|')?[ \n-]+(?:region|province|cercle|department|district|commune|area|zone|sector"
    r"|axis"
    r"|road|route|highway|track|stretch|section|corridor|border|forest|town|village|city|bridge|line"
    r"|departement|secteur|tri-?border)\b)"
)
_PHRASE = re.compile(
    rf"(?:(?<![\w§¤¢¶]){_BEFORE}{_WHOLE}{_GLUE})*{_NAME}"
    rf"(?:(?:'s)?{_GLUE}(?:{_BEFORE}{_WHOLE}{_GLUE})*{_NAME})*{_AFTER}?"
)
_TRIM = re.compile(
    r"(?:^|(?<=\s))(?:and|et|of|the|la|le|les|some|about|,"
    r"|a(?! (?:dozen|few|couple|hauteur|niveau|proximite|mi)\b))\s+"
)
"""“a dozen kilometres from”, “à hauteur de”: there the “a” says something."""
_INTRODUCES = re.compile(
    r"(?:\b(?:near|between|outside|around|towards?|villages? of|towns? of|locality of|commune of"
    r"|hamlet of|camp of|camp at|km from|km (?:north|south|east|west)(?:-?(?:east|west))? of"
    r"|pres de"
    r"|pres d'|village de|villages de|localite de|commune de|hameau de|entre|vers|proximite de"
    r"|niveau de|hauteur de|km de|km d'|kilometres de|kilometres d'|kilomet(?:er|re)s from"
    r"|(?:north|south|east|west)(?:-?(?:east|west))? of|(?:nord|sud|est|ouest)(?:-(?:est|ouest))?"
    r" de|non loin de|sortie de|entree de|axis|axe|in|at|a|dans le village de) )$"
)
_SIDE = re.compile(
    r"\b(?:border|frontier|frontiere|(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?|central"
    r"|nord|sud|est|ouest|nord-est|nord-ouest|sud-est|sud-ouest|centre)\b"
)
_NEIGHBOURS = re.compile(r"\b(?:mali|niger|malian|malien|nigerien)")
_BORDER_AFTER = re.compile(r"(?:'s)? (?:border|frontier)")
_BORDER_BEFORE = re.compile(
    r"(?:\b(?:towards?|vers|bound for|headed for|heading (?:to|for)|into"
    r"|en route (?:to|for|vers|pour)|en direction|a destination|en partance)"
    r"(?: (?:the|du|de la|de|le|la))? ?$)"
    r"|(?:border|frontier|frontiere)s?(?: (?:with|of|avec|du|de|la|le|l'|des|entre|between))* ?$"
)
_RIVER_AFTER = re.compile(r" (?:river|bend|inland delta)")
_RIVER_BEFORE = re.compile(r"\b(?:(?:on|along|across|off) the|fleuve|boucle du|delta du) ?$")
"""“On the Niger”, “le fleuve Niger”: a river, no country."""
_OF = re.compile(r"(?:de|du|d'|des|for|to|pour) ?")
_SUPPLYING = re.compile(
    r"\b(?:ravitaill\w+|approvisionn\w+|(?:convo[iy]|colonne|column)(?: [\w\-]+)?) $"
)
"""“the supply convoy of Djibo”: where it goes, not where it was attacked."""
_PLACE_NEXT = re.compile(r" (?:of|de|du|d')$")
"""“The governor of Gao ordered the road to Bourem closed”: the road is no part of the office."""
_ACTING = re.compile(r"\b(?:en \w+ant|by \w+ing)\b")
"""“They avenged the herders by attacking Tori”: there it was."""
_NOT_AFTER_IN, _REASON = 3, 8
_UNIT_OF = re.compile(
    r"(?:region|province|cercle|departement|commune|pont) (?:du |de la |de l'|de |d'|des )"
)
_HYPHEN = re.compile(r" ?[-/] ?")
_AWAY = re.compile(r"(?:from|off|by|d'un|de leur|par)\b")
_REACH = 42


class Part(StrEnum):
    """What part a place plays in a sentence."""

    AT = "at"
    BOUND = "bound"
    ORIGIN = "origin"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: where it stands, the mark of its kind, its folded spelling."""

    start: int
    end: int
    mark: str
    key: str

    @property
    def country(self) -> bool:
        """Whether it names a country."""
        return self.mark == _COUNTRY

    @property
    def numbered(self) -> bool:
        """Whether it is the number of a road."""
        return self.mark == _ROAD


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words about a place.

    Parameters
    ----------
    start, end
        Where they stand in the plain text.
    part
        The part that the place plays.
    countries
        Codes of the countries named in it.
    precise
        Whether it names more than a country or a part of one.
    named
        The names in it.
    """

    start: int
    end: int
    part: Part
    countries: tuple[str, ...]
    precise: bool
    named: tuple[Named, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Folded names of places, regions and roads."""
        return tuple(name.key for name in self.named if not name.country)


def phrases(plain: Plain, start: int, end: int, lexicon: Lexicon) -> list[Phrase]:
    """Return the phrases about places in a stretch of a text, in its order."""
    named = list(_names(plain, start, end, lexicon))
    if not named:
        return []
    masked = _masked(plain, start, end, named)
    found = []
    for match in _PHRASE.finditer(masked):
        begin, stop = start + match.start(), start + match.end()
        begin += _leading(masked[match.start() : match.end()])
        inside = [name for name in named if begin <= name.start < stop]
        countries = tuple(
            dict.fromkeys(
                COUNTRIES[n.key] for n in inside if n.country and not _bordering(plain, n)
            )
        )
        sided = _SIDE.search(plain.text, begin, stop) is not None
        precise = sided or any(n.mark != _COUNTRY for n in inside)
        part = _part(plain, start, begin, end)
        found.append(Phrase(begin, stop, part, countries, precise, tuple(inside)))
    return found


def _names(plain: Plain, start: int, end: int, lexicon: Lexicon) -> Iterator[Named]:
    """Yield names of places: known ones, and unknown ones where only a place can be meant."""
    taken = [(hit.start, hit.end) for hit in actors().find(plain, start, end)]
    taken += [(told.start, told.end) for told in told_days(plain, start, end)]
    elsewhere = {(hit.start, hit.end) for hit in words("not_a_place").find(plain, start, end)}
    first, last = plain.shown(start, end)
    source = plain.seen[first:last]
    known: list[Named] = []
    for mention in lexicon.skeleton(source, unknown_names=False).mentions:
        begin = plain.seen_at[first + mention.start]
        stop = plain.seen_at[first + mention.end]
        heard = mention.mark == "p" and fold(mention.text) not in lexicon.places
        if mention.mark not in _MARKS or (heard and not _other_end(plain, known, begin)):
            continue  # prose is full of names that only sound like a place; “Malian” is none
        if not (_is_name(plain, begin, stop) or mention.mark == "r"):
            continue
        if (begin, stop) in elsewhere or (_is_sahel(mention.text) and not _in_burkina(plain)):
            continue
        if any(begin < other_end and other_start < stop for other_start, other_end in taken):
            continue
        if _MARKS[mention.mark] == _COUNTRY and _river(plain, begin, stop):
            continue
        known.append(Named(begin, stop, _MARKS[mention.mark], fold(mention.text)))
    yield from known
    taken += [*((name.start, name.end) for name in known), *elsewhere]
    for begin, stop in _unknown(plain, start, end, taken):
        yield Named(begin, stop, _PLACE, fold(plain.written(begin, stop)))


def _other_end(plain: Plain, known: list[Named], at: int) -> bool:
    """Return whether a name is joined to one that is known: “Gao-Labzanga”."""
    return bool(known) and _HYPHEN.fullmatch(plain.text, known[-1].end, at) is not None


def _is_name(plain: Plain, start: int, end: int) -> bool:
    """Return whether words are written as a name: in a capital, or “région de Mopti”."""
    unit = _UNIT_OF.match(plain.text, start, end)
    at = unit.end() if unit else start
    return at < end and (plain.capital(at) or plain.text[at].isdigit())


def _river(plain: Plain, start: int, end: int) -> bool:
    """Return whether the name of a country is that of its river."""
    before = plain.text[max(0, start - 16) : start]
    return bool(_RIVER_AFTER.match(plain.text, end) or _RIVER_BEFORE.search(before))


def _is_sahel(name: str) -> bool:
    return fold(name) in ("sahel", "sahelregion", "regiondusahel", "provincedusahel")


def _in_burkina(plain: Plain) -> bool:
    """Return whether “the Sahel region” can be that of Burkina Faso: no other country is named."""
    return "burkina" in plain.text and not _NEIGHBOURS.search(plain.text)


def _unknown(
    plain: Plain, start: int, end: int, taken: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield capitalised words after “near”, “the village of”, “km from” that no list knows."""
    for match in re.finditer(
        r"(?<![\w'])[^\W\d_][\w']*(?:[ -][^\W\d_][\w']*){0,3}", plain.text[start:end]
    ):
        at = start + match.start()
        while at < start + match.end():
            stop = _word_end(plain, at, end)
            if plain.capital(at) and _introduced(plain, start, at, taken):
                stop = _run(plain, at, end)
                if not any(at < b and a < stop for a, b in taken) and stop - at > 2:  # noqa: PLR2004
                    yield at, stop
            at = stop + 1


def _word_end(plain: Plain, at: int, end: int) -> int:
    while at < end and (plain.text[at].isalnum() or plain.text[at] == "'"):
        at += 1
    return at


def _run(plain: Plain, at: int, end: int) -> int:
    """Return the end of a run of capitalised words, parted by spaces or hyphens."""
    stop = _word_end(plain, at, end)
    while stop + 1 < end and plain.text[stop] in " -" and plain.text[stop + 1].isalpha():
        joined = plain.text[stop] == "-"
        if not (plain.capital(stop + 1) or joined):
            break
        stop = _word_end(plain, stop + 1, end)
    return stop


def _introduced(plain: Plain, start: int, at: int, taken: list[tuple[int, int]]) -> bool:
    before = plain.text[max(start, at - 30) : at]
    if _INTRODUCES.search(before):
        return True
    # “between Gao and Xx”: the other end of a stretch
    return bool(re.search(r"(?:between|entre) [^,;]{2,25} (?:and|et) $", before)) and not any(
        a <= at < b for a, b in taken
    )


def _masked(plain: Plain, start: int, end: int, named: list[Named]) -> str:
    """Return the text with each name replaced by as many marks as it has characters."""
    chars = list(plain.text[start:end])
    for name in named:
        chars[name.start - start : name.end - start] = name.mark * (name.end - name.start)
    return "".join(chars)


def _bordering(plain: Plain, name: Named) -> bool:
    """Return whether a country is only named for its border: “close to the Niger border”."""
    after = plain.text[name.end : name.end + 10]
    before = plain.text[max(0, name.start - 24) : name.start]
    return bool(_BORDER_AFTER.match(after) or _BORDER_BEFORE.search(before))


def _leading(text: str) -> int:
    """Return how many characters of joining words a phrase begins with."""
    at = 0
    while match := _TRIM.match(text, at):
        if match.end() == at:
            break
        at = match.end()
    return at


def _part(plain: Plain, start: int, begin: int, end: int) -> Part:
    """Return the part of a place by the words before it."""
    window = max(start, begin - _REACH)
    if _OF.match(plain.text, begin) and _SUPPLYING.search(plain.text, window, begin):
        return Part.BOUND
    for hit in words("retaliation").find(plain, start, begin):
        gap = plain.text[hit.end : begin]
        if (
            "," not in gap
            and not _ACTING.search(gap)
            and len(gap.split()) <= _REASON
            and not told_days(plain, hit.end, begin)
        ):
            return Part.ASIDE  # “in retaliation for the attack on Banh”
    for name, part in (
        ("moved_to", Part.ASIDE),
        ("not_at", Part.ASIDE),
        ("bound_for", Part.BOUND),
        ("coming_from", Part.ORIGIN),
    ):
        for hit in words(name).find(plain, window, min(end, begin + 12)):
            gap = plain.text[hit.end : begin].strip()
            if name == "moved_to" and _AWAY.match(gap):
                continue  # “taken from a bus near Méhana”
            reach = 2 if _PLACE_NEXT.search(plain.text, hit.start, hit.end) else _NOT_AFTER_IN
            if hit.start < begin and len(gap.split()) <= reach and "," not in gap:
                return part
    return Part.AT
