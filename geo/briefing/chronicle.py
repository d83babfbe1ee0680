"""One incident by day: when it happened, what was claimed of it, what was said of its road."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from geo import words
from geo.briefing.incidents import stated
from geo.briefing.material import Material
from geo.briefing.records import Table
from geo.chronicle import Told, told
from geo.claims import published, rating, speaker
from geo.i18n import Message, Quoted, day, message

_Row = tuple[Message | date | str, Message | str, Message | str, str]


def timeline(material: Material, incident_id: str) -> Table:
    """Return by day what happened, what was claimed of it, and what was said of its road."""
    shot = material.snapshot
    row: Any = shot.incidents.loc[incident_id]
    what = words.CATEGORIES.get(row["category"], row["category"])
    dated: list[tuple[date, int, _Row]] = [
        (row["date_start"].date(), 0, (words.when(row), what, words.where(row), "–"))
    ]
    for claim in told(shot, incident_id):
        said = message(
            "{what}: {figure}, {whom} ({who})",
            what=words.FIELDS.get(claim.field, claim.field),
            figure=stated(claim),
            whom=words.GROUPS.get(claim.unit_group, claim.unit_group),
            who=speaker(claim),
        )
        source, codes = Quoted(", ".join(claim.publishers)), ", ".join(claim.ratings)
        dated.append((claim.known[0][0], 1, (_known(claim), said, source, codes or "–")))
    lines = shot.assertions
    own: Any = lines[lines["assertion_id"].isin(_of_its_road(material, incident_id))].itertuples()
    for line in own:
        said = message(
            "Road: {what}. {said}",
            what=words.ASSERTIONS.get(line.kind, line.kind),
            said=Quoted(line.summary),
        )
        source = Quoted(line.publisher or line.stated_by)
        found = (published(line), said, source, rating(line) or "–")
        dated.append((line.known_on.date(), 2, found))
    dated.sort(key=lambda one: one[:2])
    return Table(
        (message("Known"), message("What"), message("Source"), message("Rated")),
        tuple(found for _day, _kind, found in dated),
        message("By day: the incident, the claims about it, and the statements about its road"),
    )


def _known(claim: Told) -> str:
    """Return the days on which a claim became known, each once."""
    sure = {when for when, assumed in claim.known if not assumed}
    days = sorted({when for when, _assumed in claim.known})
    return ", ".join(
        day(when) if when in sure else str(message("{day} (assumed)", day=when)) for when in days
    )


def _of_its_road(material: Material, incident_id: str) -> set[str]:
    """Return the statements that stood, on its day or now, where on a road an incident lies."""
    shot = material.snapshot
    place: Any = shot.placements.loc[incident_id]
    if pd.isna(place["axis_id"]) or pd.isna(place["measure_from_m"]):
        return set()
    own: Any = shot.incidents.loc[incident_id]
    last = own["date_end"].date()
    found: set[str] = set()
    for rows in (material.status, material.evidence.status(last, shot.known_on)):
        here = (
            (rows["axis_id"] == place["axis_id"])
            & (rows["measure_from_m"] <= place["measure_to_m"])
            & (rows["measure_to_m"] >= place["measure_from_m"])
        )
        found.update(i for ids in rows.loc[here, "assertion_ids"] for i in ids)
    return found
