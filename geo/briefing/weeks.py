"""What a brief says of a week: what happened, what became known, the weeks before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from geo import words
from geo.briefing import counting, incidents, roads
from geo.briefing.material import EVER, Material
from geo.briefing.records import Paragraph, Sentence, Table
from geo.columns import affirmed
from geo.i18n import Message, counted, message

DAYS = 7
BEFORE = (4, 52)
MOST = 40


def _ends(material: Material) -> tuple[date, date]:
    """Return the week in which what became known counts: to the day, or to that of knowledge."""
    last = min(material.selection.on, material.snapshot.known_on)
    return last - timedelta(days=DAYS - 1), last


def learnt(material: Material) -> tuple[Paragraph, Table]:
    """Return what became known in the week, whenever it happened."""
    first, last = _ends(material)
    ids = material.learnt(first, last)
    said = Sentence(
        counted(
            "{count} incident became known in the week to {day}.",
            "{count} incidents became known in the week to {day}.",
            len(ids),
            day=last,
        ),
        tuple(map(str, ids)),
    )
    return Paragraph((said,)), incidents.listing(material, ids, MOST)


def told(material: Material) -> tuple[Paragraph | Table, ...]:
    """Return what happened in the week, then what of earlier days became known in it."""
    first, last = _ends(material)
    week = material.since(DAYS)
    known = material.learnt(first, last)
    earlier = known[~known.isin(week.ids)]
    later = week.ids[~week.ids.isin(week.learnt(EVER, last))]
    blocks: list[Paragraph | Table] = [
        Paragraph(tuple(_happened(week, later, last))),
        incidents.listing(
            material, week.ids, MOST, message("What happened in the week, the latest first")
        ),
        Paragraph((_learnt_late(earlier, first, last),)),
        incidents.listing(
            material, earlier, MOST, message("What became known in the week, of earlier days")
        ),
    ]
    return tuple(block for block in blocks if isinstance(block, Paragraph) or block.rows)


def _happened(week: Material, later: pd.Index, last: date) -> Iterator[Sentence]:
    chosen = week.selection
    yield Sentence(
        counted(
            "{count} incident happened from {start} to {end}, as known on {known}.",
            "{count} incidents happened from {start} to {end}, as known on {known}.",
            len(week.ids),
            start=chosen.start,
            end=chosen.end,
            known=week.snapshot.known_on,
        ),
        tuple(map(str, week.ids)),
    )
    if len(later):
        yield Sentence(
            counted(
                "{count} of them became known only after {day}.",
                "{count} of them became known only after {day}.",
                len(later),
                day=last,
            ),
            tuple(map(str, later)),
        )


def _learnt_late(earlier: pd.Index, first: date, last: date) -> Sentence:
    return Sentence(
        counted(
            "{count} incident of earlier days became known from {first} to {last}.",
            "{count} incidents of earlier days became known from {first} to {last}.",
            len(earlier),
            first=first,
            last=last,
        ),
        tuple(map(str, earlier)),
    )


@dataclass(frozen=True)
class _Span:
    """What some weeks had."""

    weeks: int
    ids: pd.Index
    devices: int
    killed: tuple[int, int, bool] | None

    @classmethod
    def of(cls, material: Material, ids: pd.Index, weeks: int) -> _Span:
        own = material.tolls.reindex(ids)
        stated = own[own["killed_high"].notna()]
        killed = None
        if len(stated):
            low, high = (int(stated[f"killed_{end}"].sum()) for end in ("low", "high"))
            killed = low, high, bool(stated["killed_open"].eq(other=True).any())
        devices = int(affirmed(material.snapshot.incidents.loc[ids, "ied"]).sum())
        return cls(weeks, ids, devices, killed)

    def cells(self) -> Iterator[tuple[Any, ...]]:
        """Yield what each row says of it: the whole, and, of several weeks, what a week had."""
        yield from ((n, *self._mean(n, n)) for n in (len(self.ids), self.devices))
        if self.killed is None:
            yield (words.span(pd.NA, pd.NA), *([""] if self.weeks > 1 else []))
            return
        low, high, open_ = self.killed
        yield (words.span(low, high, open_=open_), *self._mean(low, high, "+" if open_ else ""))

    def _mean(self, low: float, high: float, more: str = "") -> Iterator[Any]:
        if self.weeks == 1:
            return
        low, high = low / self.weeks, high / self.weeks
        if low == high:
            yield message("{mean:.1f}{more}", mean=low, more=more)
        else:
            yield message("{low:.1f}–{high:.1f}{more}", low=low, high=high, more=more)


def _before(week: Material) -> Iterator[tuple[int, pd.Index | None]]:
    """Yield the incidents of the 4 and the 52 weeks before, ``None`` beyond the records."""
    begins = week.selection.start
    first = week.snapshot.incidents["date_start"].min()
    for weeks in BEFORE:
        start, end = begins - timedelta(weeks=weeks), begins - timedelta(days=1)
        short = pd.isna(first) or first.date() > start
        earlier = replace(week, selection=replace(week.selection, start=start, end=end))
        yield weeks, None if short else earlier.ids


def _too_short(weeks: int) -> Sentence:
    return Sentence(message("The records do not reach back over {n} weeks.", n=weeks))


def headline(material: Material, area: Message | str) -> Iterator[Sentence]:
    """Yield how many incidents the week had, what they cost, and what the weeks before had."""
    week = material.since(DAYS)
    yield counting.reported(week, area)
    yield from counting.cost(week)
    yield from counting.gravest(week)
    for weeks, ids in _before(week):
        if ids is None:
            yield _too_short(weeks)
            continue
        told = counted(
            "In the {weeks} weeks before there was {count:,}: {mean:.1f} a week.",
            "In the {weeks} weeks before there were {count:,}: {mean:.1f} a week.",
            len(ids),
            weeks=weeks,
            mean=len(ids) / weeks,
        )
        yield Sentence(told, tuple(map(str, ids)))


def against(material: Material) -> tuple[Paragraph | Table, ...]:
    """Return the week against the 4 and the 52 weeks before it: numbers, tolls, roads."""
    week = material.since(DAYS)
    spans, short = [_Span.of(material, week.ids, 1)], []
    for weeks, ids in _before(week):
        if ids is None:
            short.append(_too_short(weeks))
        else:
            spans.append(_Span.of(material, ids, weeks))
    columns = [message("What"), message("The week")]
    for span in spans[1:]:
        columns += [message("The {n} weeks before", n=span.weeks), message("A week of these")]
    names = (message("Incidents"), message("With explosive devices"), message("Killed, claims"))
    rows = zip(names, *(span.cells() for span in spans), strict=True)
    table = Table(
        tuple(columns),
        tuple((name, *(cell for part in parts for cell in part)) for name, *parts in rows),
        message("Incidents of the week against those before it"),
    )
    blocks: list[Paragraph | Table] = [table, _roads(material)]
    return (*([Paragraph(tuple(short), listed=True)] if short else []), *blocks)


def _roads(material: Material) -> Table:
    """Return how much road was held, hindered, unknown: on the day, and weeks before."""
    on, known_on = material.selection.on, material.snapshot.known_on
    days = [on, *(on - timedelta(weeks=weeks) for weeks in BEFORE)]
    # Each as it was known then: what a reader of that day's brief was told.
    told = [
        roads.lengths(material.in_area(material.evidence.status(day, min(day, known_on))))
        for day in days
    ]
    return Table(
        (message("Kilometres of road"), *(message("On {day}", day=day) for day in days)),
        tuple(
            (name, *(message("{km:,.0f}", km=getattr(lengths, key)) for lengths in told))
            for key, name in roads.LENGTHS.items()
        ),
        message("Road status then and now, each as known on its day"),
    )
