"""What was recorded of an incident: its lines, those of its claims, and what merges left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import pandas as pd

from geo.claims import brief
from geo.i18n import Message
from geo.review.records import Dossier
from geo.review.weighing import Fate
from geo.store.ledger import Ledger
from geo.store.lines import COLUMNS, LineKind


class Event(StrEnum):
    """What a line, or a decision without one, did."""

    ADDED = "added"
    CORRECTED = "corrected"
    EARLIER = "earlier"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    CLAIM_ADDED = "claim_added"
    CLAIM_CORRECTED = "claim_corrected"
    CLAIM_EARLIER = "claim_earlier"
    CLAIM_WITHDRAWN = "claim_withdrawn"
    CLAIM_HELD = "claim_held"


def history(ledger: Ledger, dossiers: Iterable[Dossier], incident_id: str) -> pd.DataFrame:
    """Return what was recorded of an incident, oldest first.

    Parameters
    ----------
    ledger
        The ledger.
    dossiers
        Of its library: their merges say which claims were left out.
    incident_id
        The incident.

    Returns
    -------
    pandas.DataFrame
        ``recorded_at`` (UTC), ``recorded_by``, ``event`` (`Event`), ``claim`` (a
        `geo.i18n.Message`; empty for the incident itself), ``publisher`` of the claim, ``place``,
        ``category`` and ``note`` of the incident's own lines.
    """
    claims = ledger.frames().claims
    claims = claims[(claims["incident_id"] == incident_id).to_numpy()]
    rows = [
        *_of_lines(ledger.history(LineKind.INCIDENT, [incident_id]), LineKind.INCIDENT),
        *_of_lines(ledger.history(LineKind.CLAIM, [*claims["entity_id"].unique()]), LineKind.CLAIM),
        *_left_out(claims, dossiers, incident_id),
    ]
    names = ["recorded_at", "recorded_by", "event", "claim", "publisher", "place", "category",
             "note"]  # fmt: skip
    found = pd.DataFrame(rows, columns=names)
    return found.sort_values("recorded_at", kind="stable", ignore_index=True)


def _of_lines(lines: pd.DataFrame, kind: LineKind) -> Iterator[tuple[Any, ...]]:
    """Yield the lines of a kind, each by what it did to the one before of its entity."""
    before: dict[str, Any] = {}
    names = [column.name for column in COLUMNS[kind]]
    rows: Any = lines.itertuples()
    for number, row in zip(lines.index, rows, strict=True):
        body = lines.loc[number, names].astype(str).tolist()
        old = before.get(row.entity_id)
        before[row.entity_id] = (body, row.retracted)
        event = _event(old, body, retracted=row.retracted)
        if kind is LineKind.CLAIM:
            named = Event("claim_added" if event is Event.RESTORED else f"claim_{event}")
            told = brief(row), row.publisher, "", "", ""
            yield row.recorded_at, row.recorded_by, named, *told
        else:
            own = row.place or row.location_text or row.admin1, row.category, row.note
            yield row.recorded_at, row.recorded_by, event, "", "", *own


def _event(old: tuple[list[str], bool] | None, body: list[str], *, retracted: bool) -> Event:
    if retracted:
        return Event.WITHDRAWN
    if old is None:
        return Event.ADDED
    if old[1]:
        return Event.RESTORED
    return Event.EARLIER if old[0] == body else Event.CORRECTED


def _left_out(
    claims: pd.DataFrame, dossiers: Iterable[Dossier], incident_id: str
) -> Iterator[tuple[Any, ...]]:
    rows: Any = claims.itertuples()
    said: dict[str, tuple[Message, str]] = {
        row.entity_id: (brief(row), row.publisher) for row in rows
    }
    for dossier in dossiers:
        for one in dossier.standings:
            if one.entity_id != incident_id:
                continue
            for fate, claim in one.claims:
                if fate == Fate.HELD and claim in said:
                    yield one.at, one.by, Event.CLAIM_HELD, *said[claim], "", "", ""
