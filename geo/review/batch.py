"""What several decisions come to before they are recorded: lines, faults, claims said twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from geo.records import Fault
from geo.review import checking
from geo.review.library import Deed
from geo.review.records import Dossier
from geo.review.weighing import Fate, Weighed, weigh
from geo.store.frames import LedgerFrames
from geo.store.knowledge import Known
from geo.store.lines import Line, LineKind, to_lines


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
    lines, fresh, deeds, faults
        New lines, the ids new among them, acts, everything wrong.
    weighed
        What becomes of the claims of each draft, by its key.
    links_held
        How many links the ledger held already.
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
    weighed: dict[str, tuple[Weighed, ...]] = field(default_factory=dict)
    links_held: int = 0


def first_known(frame: pd.DataFrame, claims: Known, published: date, today: date) -> Known:
    """Return since when an incident is known by this report (K3, K5)."""
    days = [pd.Timestamp(published), *claims.on]
    first = max(min(days), frame["date_start"].iloc[0])
    on = pd.Series([min(first, pd.Timestamp(today))], frame.index, dtype="datetime64[us]")
    return Known(on, pd.Series([False], frame.index))


def add_claims(
    batch: Batch, key: str, told: pd.DataFrame, incident: pd.DataFrame, known: Known
) -> None:
    """Add a draft's claims to what will be recorded, but for those that stand in the ledger."""
    size = len(told)
    start, end = (
        pd.Series(incident[name].iloc[0], told.index, dtype="datetime64[us]") if size
        else pd.Series([], told.index, dtype="datetime64[us]")
        for name in ("date_start", "date_end")
    )  # fmt: skip
    own = batch.frames.claims_about(incident["incident_id"])
    taken = {line.entity_id for line in batch.lines}
    weighed = tuple(weigh(to_lines(LineKind.CLAIM, told, known, start, end), own, taken))
    batch.weighed[key] = weighed
    batch.lines += [one.line for one in weighed if one.fate is not Fate.HELD]
    batch.fresh += [
        (LineKind.CLAIM, one.line.entity_id) for one in weighed if one.fate is Fate.ADDED
    ]
