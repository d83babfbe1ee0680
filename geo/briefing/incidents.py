"""What a brief says of single incidents: their list, the claims about one, what is near it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from geo import words
from geo.briefing.material import Material
from geo.briefing.records import Sentence, Table
from geo.claims import (
    hindsight,
    killed_without,
    published,
    rating,
    speaker,
    standing,
    superseded,
)
from geo.columns import affirmed
from geo.geodesy import distances_m
from geo.i18n import Message, Quoted, message
from geo.summary import claims_of, links_of

NEAR_KM = 50
NEAR_DAYS = 90


MOST_LISTED = 15


_LATEST_FIRST = message("Incidents, the latest first")


def listing(
    material: Material,
    ids: pd.Index,
    most: int = MOST_LISTED,
    caption: Message = _LATEST_FIRST,
) -> Table:
    """Return incidents as a table, in the order given, which is the latest first."""
    own = material.snapshot.incidents.loc[ids[:most]].join(material.tolls)
    rows: Any = own.itertuples()
    cells = tuple(
        (
            words.when(row),
            words.where(row),
            words.CATEGORIES.get(row.category, row.category),
            words.people(row.perpetrator),
            words.span(row.killed_low, row.killed_high, open_=row.killed_open is True),
            Quoted(row.summary),
        )
        for row in rows
    )
    return Table(
        (
            message("When"),
            message("Where"),
            message("What"),
            message("By"),
            message("Killed, claims"),
            message("In short"),
        ),
        cells,
        caption,
        max(len(ids) - most, 0),
    )


def monthly(material: Material, months: int = 12) -> pd.DataFrame:
    """Return how many incidents there were in each month up to the day.

    Returns
    -------
    pandas.DataFrame
        ``incidents`` and, of these, ``ied``, by month; only those whose month is known.
    """
    frame = material.snapshot.incidents.loc[material.since(365 * 3).ids]
    sure = frame[frame["date_start"].dt.to_period("M").eq(frame["date_end"].dt.to_period("M"))]
    last = pd.Period(material.selection.on, "M")
    periods = pd.period_range(last - months + 1, last, freq="M")
    month = sure["date_start"].dt.to_period("M")
    counts = month.value_counts().reindex(periods, fill_value=0)
    ied = month[affirmed(sure["ied"])].value_counts().reindex(periods, fill_value=0)
    return pd.DataFrame({"incidents": counts, "ied": ied}, index=periods)


def monthly_table(material: Material) -> Table:
    """Return the incidents of each month as a table, the months side by side."""
    counts = monthly(material)
    return Table(
        (message("Month"), *counts.index),
        (
            (message("Incidents"), *map(int, counts["incidents"])),
            (message("With explosive devices"), *map(int, counts["ied"])),
        ),
        message("Incidents by month; those whose month is not known are left out"),
    )


def claims_table(material: Material, incident_id: str) -> Table:
    """Return every claim about one incident, with who said it, and where that was read."""
    claims = claims_of(material.snapshot, incident_id)
    number = _numbers(claims)
    rows: Any = claims.assign(replaced=superseded(claims)).itertuples()
    cells = tuple(
        (
            words.FIELDS.get(row.field, row.field),
            stated(row),
            words.GROUPS.get(row.unit_group, row.unit_group),
            speaker(row),
            Quoted(row.publisher),
            published(row),
            rating(row) or "–",
            number.get(row.url, ""),
        )
        for row in rows
    )
    return Table(
        (
            message("What"),
            message("Figure"),
            message("Of whom"),
            message("Stated by"),
            message("Published by"),
            message("Published"),
            message("Rated"),
            message("Source"),
        ),
        cells,
        message("Every claim, none preferred; the sources are numbered below"),
    )


def stated(row: Any) -> Message | str:
    """Return a claim's figure, with what is to be known of it."""
    figure = words.figure(row.low, row.best, row.high)
    if note := standing(row, replaced=row.replaced):
        return message("{figure} ({note})", figure=figure, note=note)
    return figure


def _numbers(claims: pd.DataFrame) -> dict[str, int]:
    """Return a number for each address that claims were read at."""
    addresses = claims["url"][claims["url"] != ""].drop_duplicates()
    return {str(url): n for n, url in enumerate(addresses, 1)}


def claim_sources(material: Material, incident_id: str) -> Iterator[Sentence]:
    """Yield the addresses at which the claims of `claims_table` were read."""
    for url, n in _numbers(claims_of(material.snapshot, incident_id)).items():
        yield Sentence(message("Source {n}: {address}", n=n, address=url), (incident_id,))


def told(material: Material, incident_id: str) -> Iterator[Sentence]:
    """Yield what is known of one incident."""
    shot = material.snapshot
    row: Any = shot.incidents.loc[incident_id]
    here = (incident_id,)
    yield Sentence(
        message(
            "{what}, {when}, {where}.",
            what=words.CATEGORIES.get(row["category"], row["category"]),
            when=words.when(row),
            where=words.where(row),
        ),
        here,
    )
    yield Sentence(Quoted(row["summary"]), here)
    if incident_id in shot.told_later:
        yield Sentence(hindsight(shot.known_on), here)
    if row["perpetrator"]:
        unknown = message("unknown")
        yield Sentence(
            message(
                "By: {who} ({how}).",
                who=row["perpetrator"],
                how=words.ATTRIBUTIONS.get(row["perpetrator_attribution"], unknown),
            ),
            here,
        )
    else:
        yield Sentence(message("Nobody is named as responsible."), here)
    placement = shot.placements.loc[incident_id]
    if placement["kind"] is not None and not pd.isna(placement["kind"]):
        yield Sentence(
            message("Placed: {why}", why=placement["explanation"]),
            here,
        )
    else:
        yield Sentence(message("Not placed: {why}", why=placement["unresolved_reason"]), here)
    if row["note"]:
        yield Sentence(message("Note: {text}", text=Quoted(row["note"])), here)


def toll(material: Material, incident_id: str) -> Iterator[Sentence]:
    """Yield the ranges over all claims about one incident."""
    if incident_id not in material.tolls.index:
        yield Sentence(message("No figure is stated by anyone."), (incident_id,))
        return
    own = material.tolls.loc[incident_id]
    stated = {
        "killed": lambda span: message("Killed, over all claims: {span}.", span=span),
        "injured": lambda span: message("Injured, over all claims: {span}.", span=span),
        "assailants": lambda span: message("Attackers killed, over all claims: {span}.", span=span),
    }
    for measure, sentence in stated.items():
        low, high, open_ = (own[f"{measure}_{end}"] for end in ("low", "high", "open"))
        if not pd.isna(high):
            yield Sentence(sentence(words.span(low, high, open_=bool(open_))), (incident_id,))
    if (without := killed_without(claims_of(material.snapshot, incident_id))) is not None:
        yield Sentence(without, (incident_id,))


def links(material: Material, incident_id: str) -> Iterator[Sentence]:
    """Yield the incidents that are linked with one."""
    rows: Any = links_of(material.snapshot, incident_id).itertuples()
    for row in rows:
        if row.other_id not in material.snapshot.incidents.index:
            continue
        other = material.snapshot.incidents.loc[row.other_id]
        yield Sentence(
            message(
                "{link}: {where}, {when} (stated by {who}).",
                link=words.link(row.kind, earlier=bool(row.earlier)),
                where=words.where(other),
                when=words.when(other),
                who=Quoted(row.stated_by),
            ),
            (str(row.other_id),),
        )


def neighbours(material: Material, incident_id: str) -> pd.Series:
    """Return how many metres away the incidents near one are, the nearest first.

    Near is within `NEAR_KM` and `NEAR_DAYS`; the index holds their ids.
    """
    shot = material.snapshot
    here = shot.placements.loc[incident_id]
    if pd.isna(here["lon"]) or here["kind"] == "region":
        return pd.Series(dtype="float64")
    dates = shot.incidents["date_start"]
    at: pd.Timestamp = dates[incident_id]
    span = pd.Timedelta(days=NEAR_DAYS)
    placed = shot.placements[
        shot.placements["lon"].notna()
        & (shot.placements["kind"] != "region")
        & ((dates >= at - span) & (dates <= at + span)).to_numpy()
    ].drop(index=incident_id)
    away_m = distances_m(
        float(here["lon"]),
        float(here["lat"]),
        placed["lon"].to_numpy(np.float64),
        placed["lat"].to_numpy(np.float64),
    )
    near = pd.Series(away_m, placed.index).sort_values(kind="stable")
    return near[near <= NEAR_KM * 1_000]


def numbered(ids: pd.Index) -> dict[str, int]:
    """Return the numbers that neighbours have on the map and in their table: 1 is the incident."""
    return {str(name): n for n, name in enumerate(ids[:MOST_LISTED], 2)}


def neighbours_table(material: Material, near: pd.Series) -> Table:
    """Return the neighbours of an incident (`neighbours`), numbered as on its map."""
    number = numbered(near.index)
    own = material.snapshot.incidents.loc[list(number)].join(material.tolls)
    rows: Any = own.itertuples()
    return Table(
        (
            message("No."),
            message("Km away"),
            message("When"),
            message("Where"),
            message("What"),
            message("By"),
            message("Killed, claims"),
            message("In short"),
        ),
        tuple(
            (
                number[row.Index],
                message("{km:,.0f}", km=near[row.Index] / 1_000),
                words.when(row),
                words.where(row),
                words.CATEGORIES.get(row.category, row.category),
                words.people(row.perpetrator),
                words.span(row.killed_low, row.killed_high, open_=row.killed_open is True),
                Quoted(row.summary),
            )
            for row in rows
        ),
        message("The nearest first, with the numbers of the map; 1 is the incident itself"),
        max(len(near) - MOST_LISTED, 0),
    )
