"""What a clause states of a road or a town: that it is held, taxed, closed, open again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.gazetteer.folding import fold
from geo.records import AssertionKind
from geo.reports.actors import actors
from geo.reports.concerned import ALL
from geo.reports.roadclauses import Clause
from geo.reports.stretches import Sites
from geo.reports.vocabulary import Hit, words

Kind = AssertionKind
_NEGATED = re.compile(
    r"\b(?:no longer|not|n(?:e |')\w+ plus(?= \S)|despite|malgre|in spite of|en depit|without|sans"
    r"|fear|before the|avant le)\b[^,;]*$"
    r"|\b(?:no|never|jamais|aucune?)(?: [\w\-]+){0,2} $|\b(?:pas|plus) (?:de |d')(?:[\w\-]+ )?$"
)
_END = (
    r"(?:lift\w*|ended|end to|ending|fin (?:du|de l'|au|a l')(?! ?mois)|lev(?:er?|ee|ent|ant|aient)"
    r"|brok\w+|remov\w+|supprim\w+|dismantl\w+|demantel\w+)"
)
_ENDED_BEFORE = re.compile(rf"\b{_END}(?: [\w']+){{0,5}} ?(?:l'|d'|\")?$")
_OBJECT = r"(?: (?:between|entre) [\w' \-]+? (?:and|et)| (?!(?:and|et|but|mais)\b)[\w'\-]+){0,7}"
_ENDED_AFTER = re.compile(
    rf"\w*{_OBJECT}? (?:is|was|were|has been|have been|est|sont|a ete|ont ete|etait)"
    rf" (?:finally |partly |enfin |partiellement )?(?:{_END}|over)\b"
    r"|\w* (?:partiellement |enfin |partly )?(?:leve|lifted|brise|rompu)e?s?\b"
    r"|\w*(?: [\w'\-]+){0,4} (?:has |have |a |s'est |est )?"
    r"(?:collapsed|failed|effondre|rompue?|caduc)"
)
_NEED = (
    r"(?:only|must|needs?|needed|requir\w+|compulsory|mandatory|obligat\w+|obligatoire\w*"
    r"|uniquement|seulement|exclusivement|qu'(?:en|avec|escort\w*)?"
    r"|que (?=sous|en conv|avec|dans)|exige\w*|requise?|imposee?|doi(?:t|vent)"
    r"|wait for|attend(?:re|ent)|essential|indispensable)"
)
_ESCORT = r"(?:escort\w*|(?:convo[iy]s?|columns?|colonnes?)\b)"
_HABIT = (
    r"(?:open|ouverte?s?|passable|praticables?|accessibles?"
    r"|(?:travel|move|circulate|drive|run)s?"
    r"|(?:are|sont)(?: now| all| desormais)?(?= escort)|se fer(?:a|ont)|se f(?:ai|on)t"
    r"|(?:roul|circul|voyag|pass|se deplac)(?:e|ent))"
    r"(?: \w+)?"
)
ESCORT_ONLY = re.compile(
    rf"\b{_NEED} ?(?:[\w'\-]+ ){{0,5}}?(?:an? )?(?:[\w\-]+ )?(?:l'|d'|une )?{_ESCORT}"
    rf"|\b{_ESCORT}(?: [\w'\-]+){{0,3}} {_NEED}\b"
    rf"|\b{_HABIT} (?:(?:under|with|sous|avec|in) )?(?:[\w'\-]+ ){{0,2}}{_ESCORT}"
    rf"|\b(?:under|with|sous|avec) (?:[\w'\-]+ ){{0,2}}{_ESCORT}"
    r" (?:leave|run|travel|go|set out|depart|partent|circulent|roulent|quittent)\b"
    r"|\b(?:no|not|cannot|can't|never|aucun|plus|pas|ne|n'|nul|banned|interdi\w*|forbidden|barred)\b"
    r"[^.;]{0,90}\b(?:without|sans)\b[^.;,]{0,20}\bescort\w*"
    r"|\b(?:without|sans)\b[^.;,]{0,20}\bescort\w*[^.;]{0,40}"
    r"\b(?:prohibited|forbidden|banned|barred|impossible|interdi\w*|not|pas)\b"
)
"""“No lorry may leave without a military escort”, “trucks must wait for the convoy”."""
_LABELLED = re.compile(
    r": (?:(?:convo[iy]s?|columns?|passage|circulation|traffic) )?(?:under|with|sous|avec|en|in)"
    r" (?:[\w']+ ){0,2}escort\w*"
)
"""“Goundam–Niafunké: sous escorte”."""
_VEHICLE = (
    r"(?:vehic\w+|trucks?|lorr\w+|camions?|bus(?:es)?|cars?|autocars?|coach\w*|convo[iy]s?|tankers?"
    r"|citernes?|traffic|trafic|transport\w*|compan\w+|compagnies?|poids lourds?|minibus|motos?)"
)
_GO = (
    r"(?:reach|enter|leav|travel|pass(?!able|age)|get through|get in|get out|circul|drive|rallier"
    r"|rejoindre|atteindre|quitter|rouler|entrer|sortir)"
)
_NONE_GOES = re.compile(
    rf"(?P<vehicle>\b(?:plus (?:de |d')|(?:no|not an?(?: single)?|(?:plus )?aucune?"
    rf"|plus une? seule?"
    rf"|pas une? seule?|pas de|nulle?)(?: (?!way\b|\d)[\w\-]+){{0,2}} ){_VEHICLE}\b)"
    rf"|\b(?:not|cannot|can't|unable|no longer)\b(?: \w+){{0,4}} {_GO}\w*"
    rf"|\bn(?:e |')(?:\w+ ){{0,2}}(?:plus|pas|pu)(?: \w+){{0,2}} {_GO}"
    rf"|\bn(?:e |')(?:y )?(?:vont|va|{_GO}\w*) (?:plus|pas)\b"
    rf"|\b(?:stopped|ceased|given up) (?:going|running|serving|operating|{_GO}\w*)"
)
"""“No bus has left”, “lorries have not been able to reach the town”."""
_ONLY_SOME = re.compile(
    r"\b(?:open|ouverte?s?|accessibles?|passable|praticables?|reserv\w+|autoris\w+) (?:only )?"
    r"(?:to|aux?|for|pour) [^.;,]{0,40}"
    r"\b(?:only|seule?s?|seulement|uniquement|vehicles|vehicules)\b"
    r"|\bonly (?:open|accessible|passable) to\b"
)
_AGAIN = re.compile(
    r"\b(?:leav|runn|run|circul|travel|pass|roul|desser|quitt|part|mov|us|emprunt|ply)\w*"
    r"(?: [\w']+){0,2} (?:again|once more|(?:de|a) nouveau)\b"
    r"|\b(?:again|once more|(?:de|a) nouveau) (?:[\w']+ ){0,2}?"
    r"(?:leav|runn|run|circul|travel|pass|roul|desser|quitt|part|mov|us|emprunt|ply)\w*"
)
_HOURS = re.compile(
    r"\b(?:at night|by night|overnight|after dark|during the night|la nuit|de nuit|nocturne"
    r"|(?:from|between|de|entre) \d{1,2}(?:[:.h ]{1,2}(?:\d\d)?)?"
    r" ?(?:h|heures|am|pm|a\.m\.?|p\.m\.?|hours)?"
    r" ?(?:to|and|a|et|-) \d{1,2}(?::\d\d| ?h\b| heures| ?[ap]\.?m))"
)
_LIMITED = re.compile(
    r"\b(?:only|seulement|uniquement|autoris\w+|allowed|permitted|off the road)\b"
)
_TO_SOME = re.compile(r"\w*(?: [\w\-]+){0,2} (?:to|for|aux?|pour(?: les)?) (?:[\w\-]+ ){0,2}?$")
_UNDER_CONTROL = re.compile(
    r"\b(?:situation|fire|incendie|everything|tout|(?:check.?point|roadblock|barrage|poste)s?)\b"
    r"[^.;,]{0,24}$"
)
RETAKEN = re.compile(r"(?:retak|retook|recaptur|reconqui|repris le controle)\w*")
_AFTER_THAT = re.compile(r"\b(?:after|since|apres que|depuis que|when)(?: [\w']+){1,4} $")
"""“Three months after the army retook Kidal”: when, and nothing of the road."""
_CHECKS = re.compile(
    r"control\w+ (?:(?:the|all|les|des|tous les|toutes les|l'|leurs) ?)?"
    r"(?:papiers?|papers|passagers?|passengers?|identit\w+|documents?|voyageurs?|vehicules|telephones?"
    r"|pieces|bagages|luggage|chargements?|cargo)"
)
"""“Contrôlent les papiers”: they check, and hold nothing."""
_BLOCKED = re.compile(r"\b(?:block(?:ed|ing|s)?|bloqu\w+)\b")
_CIRCULATION = re.compile(r"\b(?:circulation|traffic|movement|deplacements)\b")
_PASSED = re.compile(
    r"\b(?:the|this|that|le|ce|au|du|(?:at|through|from|past|par|a (?=une? )|approach\w*|reach\w*)"
    r"(?: ?(?:an?|une?|its|their))?)(?: [\w\-]+)? $"
)
"""“Pay 50,000 francs at a checkpoint”: that somebody passes it does not state that it stands."""
_OF_TOWNS = (Kind.BLOCKADE, Kind.CLOSED, Kind.REOPENED, Kind.CONTROLLED, Kind.CHECKPOINT,
             Kind.RESTRICTED, Kind.SERVICE_SUSPENDED, Kind.TAXED)  # fmt: skip
"""What may be stated of a town; the rest only of a stretch."""
_OF_TOWNS_ALONE = (Kind.BLOCKADE, Kind.CONTROLLED, Kind.CHECKPOINT)
"""What needs no word about roads beside it."""
_OF_TRAFFIC = (Kind.CHECKPOINT, Kind.SERVICE_SUSPENDED, Kind.ESCORT_ONLY)
"""What is of traffic by itself."""
_ENDS_A_SIEGE = (Kind.REOPENED, Kind.AGREEMENT)
_WITH_EVENTS = (Kind.CLOSED, Kind.SERVICE_SUSPENDED, Kind.REOPENED, Kind.BLOCKADE)
"""What the clause about an incident may state besides."""
_ENDABLE = (Kind.CLOSED, Kind.SERVICE_SUSPENDED, Kind.BLOCKADE, Kind.RESTRICTED)
SAID_BETTER_BY: dict[Kind, tuple[Kind, ...]] = {
    Kind.REOPENED: (Kind.CLOSED, Kind.BLOCKADE, Kind.SERVICE_SUSPENDED),
    Kind.ESCORT_ONLY: (Kind.RESTRICTED, Kind.SERVICE_SUSPENDED, Kind.CLOSED),
    Kind.SERVICE_SUSPENDED: (Kind.CLOSED,),
    Kind.BLOCKADE: (Kind.CLOSED, Kind.CONTROLLED, Kind.SERVICE_SUSPENDED),
    Kind.AGREEMENT: (Kind.BLOCKADE, Kind.TAXED),
    Kind.RESTRICTED: (Kind.SERVICE_SUSPENDED,),
}
"""Kinds that another kind in the same clause says better."""
_BEFORE, _AFTER = 40, 60


def statements(
    clause: Clause, sites: Sites, *, named: bool, since: tuple[int, int]
) -> dict[Kind, int]:
    """Return what a clause states of the sites at hand and where, in the order of its words.

    Parameters
    ----------
    clause
        Of a sentence.
    sites
        What it speaks of.
    named
        Whether it names them itself.
    since
        Where “since the attack on the tax convoy” stands, which states nothing itself.
    """
    if not sites:
        return {}
    noun = clause.has("road_noun") or (bool(sites.along) and (named or clause.goes_on))
    kinds: dict[Kind, int] = {}
    for hit in words("road").find(clause.plain, clause.start, clause.end):
        if since[0] <= hit.start < since[1]:
            continue
        kind = _meant(clause, hit, sites)
        if kind is not None and _fits(kind, clause, sites, noun=noun):
            kinds.setdefault(kind, hit.start)
    for kind, at in _by_form(clause, sites, noun=noun, named=bool(kinds)):
        kinds.setdefault(kind, at)
    if Kind.CLOSED in kinds and clause.has("authority"):
        kinds.pop(Kind.SERVICE_SUSPENDED, None)
    better = {worse for kind in kinds for worse in SAID_BETTER_BY.get(kind, ())}
    return {k: kinds[k] for k in sorted(kinds, key=lambda k: kinds[k]) if k not in better}


def _by_form(
    clause: Clause, sites: Sites, *, noun: bool, named: bool
) -> Iterator[tuple[Kind, int]]:
    """Yield what no single word states: “open to army vehicles only”, “no bus has left”."""
    if (clause.pays() if noun else clause.tolled()) and not clause.event:
        yield Kind.TAXED, clause.end
    limited = clause.search(_HOURS) and clause.search(_LIMITED)
    if noun and not named and (limited or clause.search(_ONLY_SOME)):
        yield Kind.RESTRICTED, clause.end
    none = clause.search(_NONE_GOES)
    if none and (noun or none["vehicle"]) and not clause.says_nothing_was():
        yield Kind.SERVICE_SUSPENDED, none.start()
    again = clause.search(_AGAIN)
    if again and noun and not _NEGATED.search(_before(clause, again.start())):
        yield Kind.REOPENED, again.start()
    escort = clause.search(ESCORT_ONLY) or clause.search(_LABELLED)
    if escort and noun and sites.along and not clause.event:
        yield Kind.ESCORT_ONLY, escort.start()


def _before(clause: Clause, at: int) -> str:
    return clause.plain.text[max(clause.start, at - _BEFORE) : at]


def _meant(clause: Clause, hit: Hit, sites: Sites) -> Kind | None:
    """Return what a word states of the sites, ``None`` where it states nothing."""
    kind, before = Kind(hit.code), _before(clause, hit.start)
    if kind is Kind.CONTROLLED and _CHECKS.match(clause.plain.text, hit.start, clause.end):
        kind = Kind.CHECKPOINT
    after = clause.plain.text[hit.end : min(clause.end, hit.end + _AFTER)]
    if _ENDED_BEFORE.search(before) or _ENDED_AFTER.match(after):
        return Kind.REOPENED if kind in _ENDABLE else kind if kind is Kind.REOPENED else None
    unharmed = kind is Kind.SERVICE_SUSPENDED and clause.says_nothing_was()
    if unharmed or _NEGATED.search(before):
        return None  # “no convoy was attacked”
    of_other = kind is Kind.CONTROLLED and (
        _UNDER_CONTROL.search(before)
        or _of_region(clause, hit.start, sites)
        or (_AFTER_THAT.search(before) and RETAKEN.match(clause.plain.text, hit.start))
    )  # “the situation was under control”, “checkpoints held by volunteers”
    stands = clause.has("set_up") or clause.has("searching")
    passed = kind is Kind.CHECKPOINT and not stands and _PASSED.search(before)
    return None if of_other or passed else _in_part(clause, hit, kind)


def _in_part(clause: Clause, hit: Hit, kind: Kind) -> Kind:
    """Return what a closure is: of a part, by an authority, by those who lay siege."""
    if kind is Kind.SERVICE_SUSPENDED and clause.search(_CIRCULATION) and clause.has("authority"):
        # An authority suspends the traffic of some vehicles.
        some = set(clause.concerned) - {ALL}
        return Kind.RESTRICTED if some else Kind.CLOSED
    if kind is Kind.CLOSED:
        if clause.search(_BLOCKED) and armed(clause):
            return Kind.BLOCKADE
        return Kind.RESTRICTED if _partly(clause, hit) else kind
    return kind


def _partly(clause: Clause, hit: Hit) -> bool:
    """Return whether a road is closed at some hours or to some vehicles only."""
    some = words("affected").first(clause.plain, hit.end, min(clause.end, hit.end + _AFTER))
    if some and some.code != ALL:
        return bool(_TO_SOME.fullmatch(clause.plain.text, hit.end, some.start))
    return clause.search(_HOURS) is not None


def armed(clause: Clause) -> list[str]:
    """Return the armed groups that a clause names."""
    hits = actors().find(clause.plain, clause.start, clause.end)
    return [hit.actor.name for hit in hits if hit.actor.named and not hit.actor.state]


def _of_region(clause: Clause, at: int, sites: Sites) -> bool:
    """Return whether words tell of a region, where others name the town at hand."""
    part = next((m for m in clause.told if m.start <= at < m.end), None)
    if part is None or sites.along:
        return False
    own = {name for phrase in part.phrases if phrase.precise for name in phrase.names}
    return bool(own) and not own & {fold(end) for end in sites.main.ends}


def _fits(kind: Kind, clause: Clause, sites: Sites, *, noun: bool) -> bool:
    """Return whether something may be stated of the stretch or town at hand."""
    if clause.event and kind not in _WITH_EVENTS:
        return False
    if kind is Kind.SERVICE_SUSPENDED and clause.has("party"):
        return True  # “no company serves Nampala any more”
    if sites.along:
        return noun or kind in _OF_TRAFFIC
    if kind in _ENDS_A_SIEGE and clause.has("siege"):
        return True
    return kind in _OF_TOWNS_ALONE or (kind in _OF_TOWNS and noun)
