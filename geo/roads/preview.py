"""What the status of the roads becomes when a draft is recorded, before it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from geo.i18n import Message, message
from geo.roads.changes import changes
from geo.roads.evidence import Evidence
from geo.roads.laying import Laying, lay
from geo.roads.policy import Policy, load_policy
from geo.snapshot import Snapshot
from geo.store.drafts import Draft, Prepared, prepare


@dataclass(frozen=True, eq=False)
class Preview:
    """What a draft would do.

    Parameters
    ----------
    before, after
        Status of the roads that it concerns, of `geo.roads.status.status`; the segments that its
        stretches touch.
    changes
        Of `geo.roads.changes.changes`, over those roads.
    stretches
        Where it would lie: ``axis_id``, ``measure_from_m``, ``measure_to_m``, ``town``.
    notes
        What a person should know before saving: that it lies on no road, has no date, is not yet
        known on the day of knowledge, has not begun on the day, changes nothing.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    changes: pd.DataFrame
    stretches: pd.DataFrame
    notes: tuple[Message, ...]


def preview(
    snapshot: Snapshot,
    draft: Draft,
    *,
    laying: Laying | None = None,
    recorded_on: date | None = None,
    policy: Policy | None = None,
) -> Preview:
    """Return what the status becomes on the snapshot's day when a draft is recorded.

    Parameters
    ----------
    snapshot
        What was known.
    draft
        What is about to be recorded.
    laying
        Of the ledger's lines, when it is at hand.
    recorded_on
        Day of the recording; today (UTC) unless given.
    policy
        ``data/policy.toml`` unless given.

    Returns
    -------
    Preview
        Nothing is recorded.

    Raises
    ------
    InputError
        With every fault of the draft.
    """
    policy = policy or load_policy()
    held = _lines(snapshot.assertions)
    prepared = prepare(draft, held, recorded_on or datetime.now(UTC).date())
    laying = laying or lay(held, snapshot.atlas, policy)
    free = int(held.index.max()) + 1 if len(held) else 0
    record = _lines(prepared.record.set_index(pd.RangeIndex(free, free + len(prepared.record))))
    drawn = lay(record, snapshot.atlas, policy)
    gone = held.index[held["assertion_id"] == prepared.replaces]
    was = laying.stretches[laying.stretches["line"].isin(gone)]
    stretches = pd.concat([drawn.stretches, was], ignore_index=True)
    roads = stretches["axis_id"].drop_duplicates().tolist()

    near = laying.stretches[laying.stretches["axis_id"].isin(roads)]
    lines = held[held.index.isin(near["line"])]
    known = prepared.line.known_on <= snapshot.known_on
    # What replaces a line counts from the day it is known; until then the old line stands.
    kept = lines.drop(index=gone, errors="ignore") if known else lines
    then = pd.concat([kept, record]) if known else kept
    laid = Laying(pd.concat([near, drawn.stretches]), laying.unlaid)

    def asked(assertions: pd.DataFrame) -> pd.DataFrame:
        evidence = Evidence.gather(assertions, snapshot.atlas, laid, policy)
        return evidence.status(snapshot.on, snapshot.known_on, roads)

    before, after = asked(lines), asked(then)
    differences = changes(before, after, snapshot.atlas)
    notes = _notes(snapshot, prepared, drawn, unchanged=differences.empty)
    before, after = _under(before, stretches), _under(after, stretches)
    shown = drawn.stretches.drop(columns=["line", "assertion_id"])
    return Preview(before, after, differences, shown, tuple(notes))


def _lines(assertions: pd.DataFrame) -> pd.DataFrame:
    """Return assertions as lines of a ledger that all count."""
    frame = assertions.copy()
    if "hidden_on" not in frame:
        frame["hidden_on"] = np.datetime64("9999-12-31", "us")
    if "retracted" not in frame:
        frame["retracted"] = False
    frame["entity_id"] = frame["assertion_id"]
    return frame


def _under(status: pd.DataFrame, stretches: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a status that some stretch touches."""
    touched = np.zeros(len(status), dtype=bool)
    for stretch in stretches.itertuples():
        touched |= (
            (status["axis_id"] == stretch.axis_id)
            & (status["measure_from_m"] < stretch.measure_to_m)
            & (status["measure_to_m"] > stretch.measure_from_m)
        ).to_numpy()
    return status[touched].reset_index(drop=True)


def _notes(
    snapshot: Snapshot, prepared: Prepared, drawn: Laying, *, unchanged: bool
) -> list[Message]:
    notes = [
        message("It lies on no road of the map and will be listed: {reason}", reason=reason)
        for reason in drawn.unlaid["reason"]
    ]
    line, body = prepared.line, prepared.line.body
    if not line.retracted and not body.get("valid_from") and not body.get("published_on"):
        notes.append(
            message("Neither it nor its page has a date: it holds on no day and will be listed.")
        )
    elif line.known_on > snapshot.known_on:
        notes.append(
            message("It counts as known from {day}, after the day of knowledge shown.",
                    day=line.known_on)
        )  # fmt: skip
    elif line.known_assumed:
        notes.append(
            message("Its page has no date: it counts as known from {day}, assumed.",
                    day=line.known_on)
        )  # fmt: skip
    if line.valid_from and line.valid_from > snapshot.on:
        notes.append(message("It begins on {day}, after the day shown.", day=line.valid_from))
    if unchanged:
        notes.append(message("The status of the day shown stays as it is."))
    return notes
