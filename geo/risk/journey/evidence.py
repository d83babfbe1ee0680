"""The evidence behind an answer as plain values: incidents with their sources, statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from geo.exchange.plain import plain_column
from geo.risk.journey.course import Leg
from geo.risk.journey.desk import Desk
from geo.roads.telling import statements

_TOLD = (
    "incident_id", "date_start", "date_end", "date_precision", "country", "admin1", "place",
    "location_text",
    "category", "ied", "perpetrator", "perpetrator_attribution", "target", "summary", "note",
)  # fmt: skip
_SOURCE = [
    "stated_by",
    "publisher",
    "published_on",
    "stated_on",
    "url",
    "reliability",
    "credibility",
]
_TOLL = ("killed_low", "killed_high", "killed_open", "injured_low", "injured_high", "injured_open")


def incidents_told(desk: Desk, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return incidents as plain values, the latest first.

    Parameters
    ----------
    desk
        What was known.
    ids
        The incidents.

    Returns
    -------
    dict
        By id: what the ledger tells, ``explanation`` (how it was placed), ``spread_m``, ``toll``
        (ranges, see `geo.summary.tolls`) and ``sources``.
    """
    shot = desk.snapshot
    at = np.flatnonzero(shot.incidents.index.isin(list(ids)))
    incidents = shot.incidents.iloc[at]
    last = incidents["date_end"].to_numpy()
    # By day, the latest first; of one day by id.
    order = at[np.lexsort((incidents["incident_id"].to_numpy(dtype=object), last))[::-1]]
    rows = shot.incidents.iloc[order]
    claims = shot.claims[shot.claims["incident_id"].isin(rows.index)]
    sources: dict[str, list[dict[str, Any]]] = {}
    cited = claims[["incident_id", *_SOURCE]].drop_duplicates()
    for incident_id, *cells in zip(*(plain_column(cited[name]) for name in cited), strict=True):
        told = dict(zip(_SOURCE, cells, strict=True))
        sources.setdefault(str(incident_id), []).append(told)
    tolls = desk.tolls.reindex(rows.index)
    placements = shot.placements.iloc[order]
    explanations = placements["explanation"].to_numpy(dtype=object)
    of_place = _columns(placements, ("spread_m", "lon", "lat"))
    found = {}
    for n, (row, toll, place) in enumerate(
        zip(_columns(rows, _TOLD), _columns(tolls, _TOLL), of_place, strict=True)
    ):
        found[str(row["incident_id"])] = {
            **row, "explanation": explanations[n], **place, "toll": toll,
            "sources": sources.get(str(row["incident_id"]), []),
        }  # fmt: skip
    return found


def _columns(frame: pd.DataFrame, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return some columns as one mapping of plain values per row."""
    cells = zip(*(plain_column(frame[name]) for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in cells]


def statements_told(desk: Desk, legs: Iterable[Leg]) -> dict[str, dict[str, Any]]:
    """Return the statements that the status along legs rests on, by id.

    They are as `geo.roads.telling.statements` tells them; one that stands on any leg stands.
    """
    on, known_on = desk.snapshot.on, desk.snapshot.known_on
    parts = []
    axis = desk.status["axis_id"].to_numpy(dtype=object)
    begin, end = (desk.status[f"measure_{side}_m"].to_numpy() for side in ("from", "to"))
    for number, (axis_id, low, high) in enumerate(dict.fromkeys(
        (leg.axis_id, min(leg.from_m, leg.to_m), max(leg.from_m, leg.to_m)) for leg in legs
    )):  # fmt: skip
        rows = desk.status[(axis == axis_id) & (begin < high) & (end > low)]
        parts.append(rows.assign(
            leg=number, measure_from_m=rows["measure_from_m"].clip(lower=low),
            measure_to_m=rows["measure_to_m"].clip(upper=high),
        ))  # fmt: skip
    if not parts:
        return {}
    told = statements(desk.evidence, pd.concat(parts), on, known_on)
    return {entry["assertion_id"]: entry for entry in told}
