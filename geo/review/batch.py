"""What several decisions come to before they are recorded: lines, faults, claims said twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from geo.columns import CLAIMS
from geo.records import Fault
from geo.review import checking
from geo.review.library import Deed
from geo.review.records import Dossier
from geo.store.frames import LedgerFrames
from geo.store.knowledge import Known
from geo.store.lines import Line, LineKind, bodies, encode, standing, to_lines


@dataclass
class Batch:
    """What is being gathered of several decisions, before anything is recorded.

    Parameters
    ----------
    dossier, frames, today
        The report, the ledger as it was read, the day of recording.
    naming, incidents, assertions
        What gives new ids, and the standing records.
    entities, known_on
        Entity by key of the draft or id of an incident, and since when an incident is known.
    lines, fresh, deeds, faults, known
        New lines, the ids new among them, acts, everything wrong, how many claims were held.
    """

    dossier: Dossier
    frames: LedgerFrames
    today: date
    naming: checking.Naming
    incidents: pd.DataFrame
    assertions: pd.DataFrame
    entities: dict[str, str] = field(default_factory=dict)
    known_on: dict[str, Known] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    fresh: list[tuple[LineKind, str]] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    known: int = 0


def first_known(frame: pd.DataFrame, claims: Known, published: date, today: date) -> Known:
    """Return since when an incident is known by this report (K3, K5)."""
    days = [pd.Timestamp(published), *claims.on]
    first = max(min(days), frame["date_start"].iloc[0])
    on = pd.Series([min(first, pd.Timestamp(today))], frame.index, dtype="datetime64[us]")
    return Known(on, pd.Series([False], frame.index))


def add_claims(batch: Batch, told: pd.DataFrame, incident: pd.DataFrame, known: Known) -> None:
    """Add claims beside those that stand: a running number keeps like ones apart.

    A claim that stands already is said again only where it was known earlier than the ledger
    thought: the same claim, from that day on.
    """
    size = len(told)
    start, end = (
        pd.Series(incident[name].iloc[0], told.index, dtype="datetime64[us]") if size
        else pd.Series([], told.index, dtype="datetime64[us]")
        for name in ("date_start", "date_end")
    )  # fmt: skip
    everything = batch.frames.claims
    own = everything[(everything["incident_id"] == incident["incident_id"].iloc[0]).to_numpy()]
    held = standing(own)
    # The last is the earliest: what is kept of those that say the same.
    held = held.sort_values("known_on", ascending=False)
    held_days = zip(held["entity_id"], held["known_on"].dt.date, strict=True)
    said = dict(zip(map(_said, bodies(CLAIMS, held)), held_days, strict=True))
    taken = set(own["entity_id"]) | {line.entity_id for line in batch.lines}
    for line in to_lines(LineKind.CLAIM, told, known, start, end):
        entity, known_on = said.get(_said(line.body), ("", date.max))
        if entity and known_on <= line.known_on:
            batch.known += 1  # Said again later by the same publisher, it tells nothing new.
            continue
        if entity:
            batch.lines.append(replace(line, entity_id=entity))
            continue
        stem, _, number = line.entity_id.rpartition(":")
        entity, nth = line.entity_id, int(number)
        while entity in taken:
            nth += 1
            entity = f"{stem}:{nth}"
        taken.add(entity)
        batch.lines.append(replace(line, entity_id=entity))
        batch.fresh.append((LineKind.CLAIM, entity))


_SAME = ("field", "low", "best", "high", "unit_group", "stated_by", "publisher")


def _said(body: Mapping[str, Any]) -> str:
    """Return a claim as it is compared: what it says, who says it, where it was read."""
    return encode({name: body[name] for name in _SAME if body.get(name) not in (None, "")})
