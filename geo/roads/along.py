"""The status of the stretches that a journey passes, in the order of travel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.roads.evidence import Evidence
from geo.roads.layer import Stretch


def along(
    evidence: Evidence, legs: Sequence[Stretch], on: dt.date, known_on: dt.date
) -> pd.DataFrame:
    """Return the status of the segments along a way.

    Parameters
    ----------
    evidence
        Of the ledger's lines.
    legs
        Of `geo.roads.laying.way`: road, measure at which it is entered and left.
    on, known_on
        The day asked about and the day of knowledge.

    Returns
    -------
    pandas.DataFrame
        Rows of `geo.roads.status.status`, clipped to the way and in the order of travel, after
        ``leg`` (number), ``enter_m`` and ``leave_m`` (measures; descending where the road is
        travelled backwards), ``km_from`` and ``km_to`` (kilometres from the start).
    """
    parts = []
    travelled_m = 0.0
    for leg, (axis_id, from_m, to_m) in enumerate(legs):
        low, high = min(from_m, to_m), max(from_m, to_m)
        rows = evidence.status(on, known_on, [axis_id])
        rows = rows[(rows["measure_to_m"] > low) & (rows["measure_from_m"] < high)]
        start = rows["measure_from_m"].clip(lower=low).to_numpy()
        end = rows["measure_to_m"].clip(upper=high).to_numpy()
        rows = rows.assign(measure_from_m=start, measure_to_m=end)
        enter, leave = (start, end) if from_m <= to_m else (end, start)
        rows.insert(0, "leg", leg)
        rows.insert(1, "enter_m", enter)
        rows.insert(2, "leave_m", leave)
        rows.insert(3, "km_from", (travelled_m + np.abs(enter - from_m)) / 1_000)
        rows.insert(4, "km_to", (travelled_m + np.abs(leave - from_m)) / 1_000)
        parts.append(rows if from_m <= to_m else rows.iloc[::-1])
        travelled_m += high - low
    return pd.concat(parts, ignore_index=True)
