"""What a brief says of the roads: who holds them, whether one passes, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from types import SimpleNamespace
from typing import Any

import pandas as pd

from geo import words
from geo.briefing.material import Material
from geo.briefing.records import Paragraph, Sentence, Table
from geo.claims import rating
from geo.i18n import Quoted, counted, message
from geo.roads.changes import COMPARED, changes, near
from geo.roads.statements import Passage
from geo.roads.wording import describe, named, span

HINDERED = (Passage.CLOSED, Passage.SUSPENDED, Passage.ESCORT_ONLY, Passage.RESTRICTED)


def _km(rows: pd.DataFrame) -> float:
    return float((rows["measure_to_m"] - rows["measure_from_m"]).sum()) / 1_000


def _ids(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted({i for ids in rows["assertion_ids"] for i in ids}))


@dataclass(frozen=True, slots=True)
class Lengths:
    """Kilometres of road: all, held or taxed, hindered, unknown, disputed."""

    whole: float
    held: float
    hindered: float
    unknown: float
    disputed: float


LENGTHS = {
    "held": message("Under a live report of control or taxation"),
    "hindered": message("Closed, suspended, restricted or under escort only"),
    "unknown": message("Nobody whose word still counts says whether one passes"),
    "disputed": message("Sources contradict each other"),
}


def _kinds(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {
        "held": rows[rows["controlled_by"].map(len).gt(0) | rows["taxed_by"].map(len).gt(0)],
        "hindered": rows[rows["passage"].isin(HINDERED)],
        "unknown": rows[rows["passage"] == Passage.UNKNOWN],
        "disputed": rows[rows["contested"].to_numpy(dtype=bool)],
    }


def lengths(rows: pd.DataFrame) -> Lengths:
    """Return on how much road what is said; a kilometre may be in several of them."""
    return Lengths(_km(rows), **{name: _km(part) for name, part in _kinds(rows).items()})


def summary_of(material: Material) -> Iterator[Sentence]:
    """Yield on how much road of the area something is said, and of how much nothing is known."""
    rows = material.area_status
    if rows.empty:
        yield Sentence(message("No road of the gazetteer runs through the area."))
        return
    kinds = _kinds(rows)
    held, hindered, disputed = kinds["held"], kinds["hindered"], kinds["disputed"]
    yield Sentence(
        message(
            "Of {all:,.0f} km of road, {held:,.0f} km are under a live report of control or "
            "taxation and {hindered:,.0f} km are reported closed, suspended, restricted or under "
            "escort only.",
            all=_km(rows),
            held=_km(held),
            hindered=_km(hindered),
        ),
        _ids(pd.concat([held, hindered])),
    )
    yield Sentence(
        message(
            "Of {unknown:,.0f} km nobody whose word still counts says whether one passes; that is "
            "not open.",
            unknown=_km(kinds["unknown"]),
        )
    )
    if len(disputed):
        yield Sentence(
            message("On {km:,.0f} km sources contradict each other.", km=_km(disputed)),
            _ids(disputed),
        )


def table(material: Material, most: int = 20) -> Table:
    """Return the stretches on which something stands, the gravest first."""
    rows = material.area_status
    told = rows[rows["assertion_ids"].map(len) > 0]
    order = list(Passage)
    gravity = told["passage"].map(lambda passage: order.index(Passage(passage)))
    length = told["measure_to_m"] - told["measure_from_m"]
    told = told.assign(_gravity=gravity, _length=-length).sort_values(
        ["_gravity", "_length"], kind="stable"
    )
    axes = material.snapshot.atlas.axes
    listed: Any = told.head(most).itertuples()
    cells = tuple(
        (
            named(axes[row.axis_id]),
            span(row.measure_from_m, row.measure_to_m),
            describe(row),
            row.last_confirmed or "",
            message("{share:.0%}", share=_sureness(row)),
        )
        for row in listed
    )
    return Table(
        (
            message("Road"),
            message("Stretch"),
            message("Reported status"),
            message("Last said"),
            message("Confidence"),
        ),
        cells,
        message("Stretches with a live report, the gravest first"),
        max(len(told) - most, 0),
    )


def _sureness(row: Any) -> float:
    """Return the confidence in the gravest thing that is said of a stretch."""
    if row.passage != Passage.UNKNOWN:
        return float(row.passage_confidence)
    return float(max(row.control_confidence, row.tax_confidence, row.agreement_confidence))


def changed(
    material: Material, since: date, most: int = 20
) -> tuple[Paragraph] | tuple[Paragraph, Table]:
    """Return how many stretches of the area changed since an earlier day, and which they are."""
    shot = material.snapshot
    # As it was known then, against as it is known now: what a reader of the last brief does not
    # know yet.
    before = material.evidence.status(since, min(since, shot.known_on))
    found = material.in_area(changes(before, material.status, shot.atlas))
    if found.empty:
        text = message(
            "On no stretch of road does the reported status differ from that of {since}.",
            since=since,
        )
        return (Paragraph((Sentence(text),)),)
    told = Sentence(
        counted(
            "On {count} stretch of road, {km:,.0f} km, the reported status differs from that of "
            "{since}.",
            "On {count} stretches of road, {km:,.0f} km in all, the reported status differs from "
            "that of {since}.",
            len(found),
            km=_km(found),
            since=since,
        ),
        tuple(sorted({i for name in ("new_ids", "gone_ids") for ids in found[name] for i in ids})),
    )
    length = found["measure_to_m"] - found["measure_from_m"]
    rows: Any = found.loc[length.sort_values(ascending=False, kind="stable").index].itertuples()
    table = Table(
        (
            message("Road"),
            message("Stretch"),
            message("Between"),
            message("On {day}", day=since),
            message("On {day}", day=shot.on),
        ),
        tuple(_changed(material, row) for row in islice(rows, most)),
        message("What was said of the roads then and what is said now, the longest first"),
        max(len(found) - most, 0),
    )
    return Paragraph((told,)), table


_SIDES = ("before", "after")


def _changed(material: Material, row: Any) -> tuple[Any, ...]:
    """Return the row of a stretch that changed."""
    atlas = material.snapshot.atlas
    axis, places = atlas.axes[row.axis_id], atlas.gazetteer.places
    ends = [near(axis, m, places) for m in (row.measure_from_m, row.measure_to_m)]
    return (
        named(axis),
        span(row.measure_from_m, row.measure_to_m),
        message("{start} to {end}", start=ends[0], end=ends[1]),
        *(
            describe(SimpleNamespace(**{n: getattr(row, f"{n}_{side}") for n in COMPARED}))
            for side in _SIDES
        ),
    )


def evidence_table(material: Material, ids: tuple[str, ...], most: int = 25) -> Table:
    """Return statements about roads with who made them and when, the latest first."""
    lines = material.snapshot.assertions
    own = lines[lines["assertion_id"].isin(ids)].sort_values("known_on", ascending=False)
    rows: Any = own.head(most).itertuples()
    cells = tuple(
        (
            row.known_on.date(),
            f"{row.axis_from}–{row.axis_to}" if row.axis_from != row.axis_to else row.axis_from,
            words.ASSERTIONS.get(row.kind, row.kind),
            words.actors(row.actor),
            Quoted(row.summary),
            Quoted(", ".join(part for part in (row.stated_by, row.publisher) if part)),
            rating(row) or "–",
        )
        for row in rows
    )
    return Table(
        (
            message("Known"),
            message("Where"),
            message("What"),
            message("Who"),
            message("Said"),
            message("Source"),
            message("Rated"),
        ),
        cells,
        message("Statements that stand"),
        max(len(own) - most, 0),
    )
