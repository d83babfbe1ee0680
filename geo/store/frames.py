"""The ledger read back as frames: every line, with the day on which each one stops to count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import numpy as np
import pandas as pd

from geo.columns import typed
from geo.store.lines import COLUMNS, LineKind

CLOCK_COLUMNS = ("entity_id", "known_on", "known_assumed", "recorded_at", "retracted", "hidden_on")
_DAY = "datetime64[us]"
_NEVER = np.datetime64("9999-12-31", "us")


@dataclass(frozen=True)
class LedgerFrames:
    """All lines of a ledger at one version, superseded and retracted ones included.

    Each frame has ``line_id`` as its index, ascending, the columns of its kind
    (:mod:`geo.columns`; absent text is ``""``, dates are datetime64) and the clocks:
    ``entity_id``; ``known_on`` and ``known_assumed``; ``recorded_at`` (UTC); ``retracted``;
    ``hidden_on``, the first day on which a later line of the same entity is known
    (9999-12-31: none is).  A line counts on day D when ``known_on <= D < hidden_on`` and it is
    not a retraction.

    Parameters
    ----------
    incidents, claims, assertions, links
        One frame per kind.
    ledger_id
        Identity of the database.
    last_line_id
        Highest number among the lines, 0 for an empty ledger.
    """

    incidents: pd.DataFrame
    claims: pd.DataFrame
    assertions: pd.DataFrame
    links: pd.DataFrame
    ledger_id: str
    last_line_id: int

    @property
    def version(self) -> str:
        """What caches are keyed on: changes with every line appended."""
        return version_of(self.ledger_id, self.last_line_id)


def version_of(ledger_id: str, last_line_id: int) -> str:
    """Return the version string of a ledger with these lines."""
    return f"{ledger_id[:12]}-{last_line_id}"


def _hidden_on(entity_id: pd.Series, known_on: pd.Series) -> pd.Series:
    """Return for each line the first day on which a later line of its entity is known."""
    hidden = pd.Series(_NEVER, known_on.index, dtype=_DAY)
    repeated = entity_id.duplicated(keep=False)
    if repeated.any():
        # From the last line of an entity to its first: the least day met so far, own excluded.
        days = known_on[repeated][::-1]
        entity = entity_id[repeated][::-1]
        hidden[repeated] = days.groupby(entity).cummin().groupby(entity).shift(1).fillna(_NEVER)
    return hidden


def decode(kind: LineKind, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Return the frame of one kind from its rows in the ledger.

    Parameters
    ----------
    kind
        What the bodies hold.
    rows
        ``(line_id, entity_id, known_on, known_assumed, recorded_at, retracted, body)``,
        by ascending ``line_id``.
    """
    line_id, entity, known, assumed, recorded, retracted, bodies = (
        zip(*rows, strict=True) if rows else ((),) * 7
    )
    index = pd.Index(line_id, dtype="int64", name="line_id")
    # One long text is parsed faster than many short ones.
    records = json.loads(f"[{','.join(bodies)}]")
    frame = typed(
        COLUMNS[kind],
        {c.name: [record.get(c.name) for record in records] for c in COLUMNS[kind]},
        index,
    )
    frame["entity_id"] = pd.Series(entity, index, dtype="str")
    frame["known_on"] = pd.Series(pd.to_datetime(pd.Series(known, index, dtype=object)), dtype=_DAY)
    frame["known_assumed"] = pd.Series(assumed, index, dtype="bool")
    stamps = pd.to_datetime(pd.Series(recorded, index, dtype=object), utc=True)
    frame["recorded_at"] = stamps.astype(pd.DatetimeTZDtype("us", UTC))
    frame["retracted"] = pd.Series(retracted, index, dtype="bool")
    return with_hidden_on(frame)


def with_hidden_on(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with ``hidden_on`` worked out over all of its lines."""
    return frame.assign(hidden_on=_hidden_on(frame["entity_id"], frame["known_on"]))
