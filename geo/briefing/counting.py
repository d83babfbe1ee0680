"""Sentences about numbers of incidents and tolls, for any selection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd

from geo import words
from geo.briefing.material import Material
from geo.briefing.records import Sentence
from geo.columns import affirmed
from geo.i18n import Message, counted, message
from geo.selection import UNKNOWN, families
from geo.summary import Figures

MOST_NAMED = 3
#: Of fewer incidents a percentage says more than there is.
_SHARES_FROM = 10


def headline(material: Material, area: Message | str) -> Iterator[Sentence]:
    """Yield how many incidents there were, against the time before, and what they cost."""
    yield reported(material, area)
    yield _before(material)
    yield from cost(material)


def reported(material: Material, area: Message | str) -> Sentence:
    """Return how many incidents there were."""
    now = material.figures.now
    return Sentence(
        counted(
            "{count:,} incident was reported in {area} from {start} to {end}.",
            "{count:,} incidents were reported in {area} from {start} to {end}.",
            now.incidents,
            area=area,
            start=now.start,
            end=now.end,
        ),
        tuple(map(str, material.ids)),
    )


def _before(material: Material) -> Sentence:
    now, before = material.figures.now, material.figures.before
    days = (now.end - now.start).days + 1
    if before is None:
        return Sentence(
            message(
                "The records do not reach back over the {days:,} days before, so there is nothing "
                "to compare with.",
                days=days,
            )
        )
    return Sentence(
        counted(
            "In the {days:,} days before there was {count:,}.",
            "In the {days:,} days before there were {count:,}.",
            before.incidents,
            days=days,
        )
    )


def cost(material: Material) -> Iterator[Sentence]:
    """Yield what the incidents cost, and how many of them involved explosive devices."""
    now, ids = material.figures.now, tuple(map(str, material.ids))
    if now.incidents:
        yield Sentence(killed(now), ids)
        if not material.selection.ied_only:
            yield from _explosive(material)


def killed(figures: Figures) -> Message:
    """Return what is claimed of the people killed, as a range."""
    stated = figures.incidents - figures.killed_unstated
    if not stated:
        return message("Of none of them a number of people killed is stated.")
    span = words.span(figures.killed_low, figures.killed_high, open_=figures.killed_open)
    if not figures.killed_unstated:
        return message("Killed, from the lowest to the highest claims: {span}.", span=span)
    return message(
        "Killed, from the lowest to the highest claims: {span}; of {unstated} of the {all} "
        "incidents no number is stated.",
        span=span,
        unstated=figures.killed_unstated,
        all=figures.incidents,
    )


def _explosive(material: Material) -> Iterator[Sentence]:
    incidents = material.snapshot.incidents.loc[material.ids]
    ied = tuple(map(str, incidents.index[affirmed(incidents["ied"])]))
    if len(incidents) < _SHARES_FROM:
        told = counted(
            "{count} of {all} involved an explosive device.",
            "{count} of {all} involved explosive devices.",
            len(ied), all=len(incidents),
        )  # fmt: skip
    else:
        told = counted(
            "{count} of {all} involved an explosive device ({share:.0%}).",
            "{count} of {all} involved explosive devices ({share:.0%}).",
            len(ied), all=len(incidents), share=len(ied) / len(incidents),
        )  # fmt: skip
    yield Sentence(told, ied)
    unsaid = tuple(map(str, incidents.index[incidents["ied"].isna()]))
    if unsaid:
        silence = counted(
            "Of {count} of them nobody says whether there was one; it is not counted.",
            "Of {count} of them nobody says whether there was one; they are not counted.",
            len(unsaid),
        )
        yield Sentence(silence, unsaid)


def who(material: Material) -> Iterator[Sentence]:
    """Yield who is said to be behind the incidents; nobody is counted as nobody."""
    cells = material.snapshot.incidents.loc[material.ids, "perpetrator"]
    named = Counter(family for cell in cells for family in families(cell))
    nobody = named.pop(UNKNOWN, 0)
    if named:
        most = sorted(named.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMED]
        each = [message("{who} ({n})", who=who, n=n) for who, n in most]
        yield Sentence(
            message(
                "Named as responsible, by themselves or others: {list}.",
                list=words.listed(each),
            ),
            tuple(cells.index[cells != ""].astype(str)),
        )
    if nobody:
        yield Sentence(
            counted(
                "Of {count} incident nobody is named.",
                "Of {count} incidents nobody is named.",
                nobody,
            ),
            tuple(cells.index[cells == ""].astype(str)),
        )


def kinds(material: Material) -> Iterator[Sentence]:
    """Yield which kinds of incidents there were, the most frequent first."""
    counts = material.snapshot.incidents.loc[material.ids, "category"].value_counts(sort=False)
    if counts.empty:
        return
    order = counts.sort_index().sort_values(ascending=False, kind="stable")
    told = [
        message("{what} ({n})", what=words.CATEGORIES[str(code)], n=int(n))
        for code, n in order.items()
    ]
    yield Sentence(message("By kind: {list}.", list=words.listed(told)))


def gravest(material: Material) -> Iterator[Sentence]:
    """Yield the incident with the highest claim of people killed."""
    own = material.snapshot.incidents.loc[material.ids].join(material.tolls)
    graver = own[own["killed_high"].fillna(0) > 0].sort_values("killed_high", kind="stable")
    rows: Any = graver.tail(1).itertuples()
    for row in rows:
        yield Sentence(
            message(
                "The highest claim concerns {where}, {when}: {span} killed ({what}).",
                where=words.where(row),
                when=words.when(row),
                span=words.span(row.killed_low, row.killed_high, open_=row.killed_open is True),
                what=words.CATEGORIES.get(row.category, row.category),
            ),
            (str(row.Index),),
        )


def gaps(material: Material) -> Iterator[Sentence]:
    """Yield what the picture rests on and what it lacks."""
    shot, ids = material.snapshot, material.ids
    if len(ids):
        kinds_of = shot.placements.loc[ids, "kind"]
        lost = ids[kinds_of.isna().to_numpy()]
        region = ids[(kinds_of == "region").to_numpy(dtype=bool)]
        if len(lost):
            yield Sentence(
                counted(
                    "{count} incident could not be placed on a map.",
                    "{count} incidents could not be placed on a map.",
                    len(lost),
                ),
                tuple(map(str, lost)),
            )
        if len(region):
            yield Sentence(
                counted(
                    "{count} incident is placed by region only and on no road.",
                    "{count} incidents are placed by region only and on no road.",
                    len(region),
                ),
                tuple(map(str, region)),
            )
        assumed = ids[shot.incidents.loc[ids, "known_assumed"].to_numpy(dtype=bool)]
        if len(assumed):
            yield Sentence(
                counted(
                    "Of {count} incident no report carries a date; it is taken as known on the "
                    "day it happened.",
                    "Of {count} incidents no report carries a date; they are taken as known on "
                    "the day they happened.",
                    len(assumed),
                ),
                tuple(map(str, assumed)),
            )
    last = shot.incidents["date_end"].max()
    if not pd.isna(last) and (material.selection.on - last.date()).days > 0:
        yield Sentence(
            message(
                "The ledger's last incident before {on} is of {last}.",
                on=material.selection.on,
                last=last.date(),
            )
        )
