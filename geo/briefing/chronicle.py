"""One incident by day: when it happened, what was claimed of it, what was said of its road."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from geo import words
from geo.briefing.material import Material
from geo.briefing.records import Table
from geo.i18n import Message, Quoted, message
from geo.summary import claims_of


def timeline(material: Material, incident_id: str) -> Table:
    """Return by day what happened, what was claimed of it, and what was said of its road."""
    shot = material.snapshot
    row: Any = shot.incidents.loc[incident_id]
    dated: list[tuple[date, int, Message | str, str]] = [
        (row["date_start"].date(), 0, words.CATEGORIES.get(row["category"], row["category"]),
         words.where(row))
    ]  # fmt: skip
    claims: Any = claims_of(shot, incident_id).itertuples()
    for claim in claims:
        told = message(
            "{what}: {figure}, {whom} ({who})",
            what=words.FIELDS.get(claim.field, claim.field),
            figure=words.figure(claim.low, claim.best, claim.high),
            whom=words.GROUPS.get(claim.unit_group, claim.unit_group),
            who=words.SPEAKERS.get(claim.stated_by, claim.stated_by),
        )
        dated.append((claim.known_on.date(), 1, told, Quoted(claim.publisher)))
    lines = shot.assertions
    said: Any = lines[lines["assertion_id"].isin(_of_its_road(material, incident_id))].itertuples()
    for line in said:
        told = message(
            "Road: {what}. {said}",
            what=words.ASSERTIONS.get(line.kind, line.kind),
            said=Quoted(line.summary),
        )
        dated.append((line.known_on.date(), 2, told, Quoted(line.publisher or line.stated_by)))
    dated.sort(key=lambda one: one[:2])
    return Table(
        (message("Known"), message("What"), message("Source")),
        tuple((day, told, source) for day, _, told, source in dated),
        message("By day: the incident, the claims about it, and the statements about its road"),
    )


def _of_its_road(material: Material, incident_id: str) -> set[str]:
    """Return the statements that stood, on its day or now, where on a road an incident lies."""
    shot = material.snapshot
    place: Any = shot.placements.loc[incident_id]
    if pd.isna(place["axis_id"]) or pd.isna(place["measure_from_m"]):
        return set()
    own: Any = shot.incidents.loc[incident_id]
    day = own["date_end"].date()
    found: set[str] = set()
    for rows in (material.status, material.evidence.status(day, shot.known_on)):
        here = (
            (rows["axis_id"] == place["axis_id"])
            & (rows["measure_from_m"] <= place["measure_to_m"])
            & (rows["measure_to_m"] >= place["measure_from_m"])
        )
        found.update(i for ids in rows.loc[here, "assertion_ids"] for i in ids)
    return found
