"""From the tolls in an incident's mentions to claims: who stated what, in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.reports.counting import Toll
from geo.reports.dates import Days, resolve
from geo.reports.mentions import Mention
from geo.reports.plaintext import Plain
from geo.reports.records import DraftClaim, Evidence
from geo.reports.speakers import REPORT, Source
from geo.reports.vocabulary import words

_AND = re.compile(r"[ \n]+(?:and|et)[ \n]+(?:an?|the|une?|des|la|le|les|l')? ?(?:\w+ )?")
_BUT = re.compile(
    r"(?:(?:^|[ ,])(?:and|but|et|mais)|, for (?:its|their) part,?) "
    r"(?:an?|the|une?|les?|la|l')(?: ?[\w\-]+){0,2} ?$"
)
"""“…, and the union”: what comes before is not the union's."""
MOST_CLAIMS = 200
"""How many claims an incident may have: no report tells more."""
Numbers = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Stated:
    """A toll with who stated it."""

    toll: Toll
    source: Source | None
    stated_on: date | None
    provisional: bool
    evidence: Evidence


def claims(
    plain: Plain, mentions: Iterable[Mention], report: date | None, event: Days | None
) -> tuple[DraftClaim, ...]:
    """Return the claims of an incident, each number once for each who states it.

    What the report itself repeats without naming anybody is the claim of whoever stated it.
    """
    told = list(mentions)
    body = {t.field for m in told if not m.title for t in m.tolls if not t.bare}
    stated = [
        one
        for mention in told
        for one in _stated(plain, mention, report, event)
        if not (mention.title and one.toll.field in body)  # a title only repeats
    ]
    figures = {(one.toll.field, _side(one.toll)) for one in stated if not one.toll.bare}
    stated = [s for s in stated if not s.toll.bare or (s.toll.field, _side(s.toll)) not in figures]
    merged: list[_Stated] = []
    gathered: list[list[Evidence]] = []
    for one in sorted(stated, key=lambda s: (s.source is None, s.evidence.start)):
        at = next((n for n, other in enumerate(merged) if _repeats(one, other)), None)
        if at is None:
            if len(merged) < MOST_CLAIMS:
                merged.append(one)
                gathered.append([one.evidence])
            continue
        gathered[at].append(one.evidence)
        other = merged[at]
        merged[at] = replace(
            other, provisional=other.provisional or one.provisional,
            stated_on=other.stated_on or one.stated_on,
            toll=replace(_fuller(other.toll, one.toll), rank=max(other.toll.rank, one.toll.rank)),
        )  # fmt: skip
    return _ordered(plain, merged, gathered)


def _stated(
    plain: Plain, mention: Mention, report: date | None, event: Days | None
) -> list[_Stated]:
    day = next((d for told in mention.said if (d := resolve(told, report, event))), None)
    provisional = words("initially").first(plain, mention.start, mention.end) is not None
    found = []
    for toll in mention.tolls:
        if "update" in mention.flags:
            toll = replace(toll, rank=max(toll.rank, 1))  # noqa: PLW2901
        early = provisional and toll.rank == 0
        for source in _speaking(plain, mention, toll) or (None,):
            if source is not None and source.code == REPORT:
                source = None  # noqa: PLW2901
            evidence = plain.evidence(toll.start, toll.end)
            found.append(_Stated(toll, source, day.end if day else None, early, evidence))
    return found


def _speaking(plain: Plain, mention: Mention, toll: Toll) -> Sequence[Source]:
    """Return who states a toll: of several sources, the nearest between commas."""
    groups: list[list[Source]] = []
    for source in mention.sources:
        joined = groups and _AND.fullmatch(plain.text, groups[-1][-1].end, source.start)
        if joined:
            groups[-1].append(source)
        else:
            groups.append([source])
    groups = [group for group in groups if not _speaks_on(plain, toll, group[0])]
    if len(groups) < 2:  # noqa: PLR2004
        return [one for group in groups for one in group]

    def away(group: list[Source]) -> tuple[int, int]:
        first, last = sorted(((group[0].start, group[-1].end), (toll.start, toll.end)))
        between = plain.text[min(first[1], last[0]) : last[0]]
        return between.count(",") + between.count(";"), len(between)

    return min(groups, key=away)


def _speaks_on(plain: Plain, toll: Toll, source: Source) -> bool:
    """Return whether a source begins to speak after a toll: “ten died and the union counts …”."""
    between = plain.text[toll.end : source.start]
    return toll.end <= source.start and _BUT.search(between) is not None


def _side(toll: Toll) -> bool:
    """Return whether a toll is the attackers' own."""
    return toll.unit_group == "assailants"


def _repeats(one: _Stated, other: _Stated) -> bool:
    same = one.toll.field == other.toll.field and _same_number(one.toll, other.toll)
    groups = {one.toll.unit_group, other.toll.unit_group}
    alike = len(groups) == 1 or ("all" in groups and "part_of_total" not in groups)
    code = one.source.code if one.source else None
    return (
        same
        and alike
        and (code is None or (other.source is not None and other.source.code == code))
    )


def _same_number(one: Toll, other: Toll) -> bool:
    if one.best is not None and other.best is not None:
        return one.best == other.best
    return (one.low, one.best, one.high) == (other.low, other.best, other.high)


def _fuller(one: Toll, other: Toll) -> Toll:
    return replace(one, unit_group=other.unit_group) if one.unit_group == "all" else one


def _ordered(
    plain: Plain, merged: Sequence[_Stated], gathered: Sequence[list[Evidence]]
) -> tuple[DraftClaim, ...]:
    """Return the claims of each field numbered in the order in which they were made."""
    pairs = sorted(zip(merged, gathered, strict=True), key=lambda pair: _when(pair[0]))
    counts: dict[str, int] = {}
    found = []
    for one, evidence in pairs:
        toll = one.toll
        counts[toll.field] = counts.get(toll.field, 0) + 1
        found.append(
            DraftClaim(
                toll.field, toll.low, toll.best, toll.high, toll.unit_group,
                one.source.code if one.source else REPORT,
                plain.written(one.source.start, one.source.end) if one.source else "",
                one.stated_on, one.provisional, counts[toll.field],
                tuple(sorted(set(evidence), key=lambda e: e.start)),
            )
        )  # fmt: skip
    return tuple(found)


def _when(one: _Stated) -> tuple[bool, int, date, int]:
    return (
        not one.provisional,
        one.toll.rank,
        one.stated_on or date.max,
        one.evidence.start,
    )
