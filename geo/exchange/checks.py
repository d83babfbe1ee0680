"""What the columns of a table say about each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.exchange.faults import FaultLog
from geo.i18n import message

_LON = (-20.0, 20.0)
_LAT = (5.0, 30.0)


def period(
    frame: pd.DataFrame,
    names: tuple[str, str],
    log: FaultLog,
    bad: NDArray[np.bool_],
    *,
    strict: bool,
) -> None:
    """Tell periods that end before they start; they cost the row, or both dates if not strict."""
    start, end = names
    wrong = (frame[end] < frame[start]).to_numpy() & ~bad
    for i in np.flatnonzero(wrong).tolist():
        text = message(
            "{end_name} {end} is before {start_name} {start}. Swap or mend them.",
            end_name=end,
            end=f"{frame[end].iloc[i]:%Y-%m-%d}",
            start_name=start,
            start=f"{frame[start].iloc[i]:%Y-%m-%d}",
        )
        log.add(int(frame.index[i]), end, text)
    if strict:
        bad |= wrong
    else:
        frame.loc[wrong, [start, end]] = pd.NaT


def ascending(frame: pd.DataFrame, log: FaultLog, bad: NDArray[np.bool_]) -> None:
    """Tell claims whose low, best and high do not ascend."""
    low, best, high = (frame[c].astype("float64").to_numpy() for c in ("low", "best", "high"))
    wrong = ((low > best) | (best > high) | (low > high)) & ~bad
    for i in np.flatnonzero(wrong).tolist():
        text = message("The figures do not ascend: write low ≤ best ≤ high.")
        log.add(int(frame.index[i]), "low", text)
    bad |= wrong


def _inside(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (lon >= _LON[0]) & (lon <= _LON[1]) & (lat >= _LAT[0]) & (lat <= _LAT[1])


def coordinates(frame: pd.DataFrame, log: FaultLog, bad: NDArray[np.bool_]) -> None:
    """Tell coordinates that are half there, off the globe or swapped; they cost the row."""
    lat, lon = frame["latitude"].to_numpy(), frame["longitude"].to_numpy()
    half = (np.isnan(lat) != np.isnan(lon)) & ~bad
    swapped = _inside(lat, lon) & ~_inside(lon, lat) & ~bad
    off = (np.abs(lat) > 90) & ~swapped & ~bad  # noqa: PLR2004 - the pole
    rows = frame.index
    for i in np.flatnonzero(half).tolist():
        name = "latitude" if np.isnan(lat[i]) else "longitude"
        text = message("The cell is empty though the other coordinate is given. Fill both or none.")
        log.add(int(rows[i]), name, text)
    for i in np.flatnonzero(swapped).tolist():
        text = message(
            "Latitude {lat} and longitude {lon} look swapped: the other way round they lie in "
            "the region. Swap them.",
            lat=f"{lat[i]:g}",
            lon=f"{lon[i]:g}",
        )
        log.add(int(rows[i]), "latitude", text)
    for i in np.flatnonzero(off).tolist():
        text = message(
            "Latitude {lat} is out of range. Write −90 to 90 decimal degrees.", lat=f"{lat[i]:g}"
        )
        log.add(int(rows[i]), "latitude", text)
    bad |= half | swapped | off


def unique(
    frame: pd.DataFrame,
    key: tuple[str, ...],
    log: FaultLog,
    bad: NDArray[np.bool_],
    *,
    strict: bool,
) -> None:
    """Tell rows that repeat the key of an earlier one; they cost the row, or its id."""
    names = list(key)
    good = frame[names][~bad]
    filled = good[(good[names[0]] != "").to_numpy()]
    repeated = filled[filled.duplicated(names)]
    if repeated.empty:
        return
    first = filled.drop_duplicates(names).reset_index().set_index(names)["row"]
    label = names[0] if len(names) == 1 else None
    again = first.loc[repeated[names[0]]] if label else None
    for i, row in enumerate(repeated.index):
        text = (
            message(
                "{id} is already on line {line}. Give each its own, or remove one.",
                id=repeated[names[0]].iloc[i],
                line=int(again.iloc[i]),
            )
            if again is not None
            else message("The row repeats an earlier one. Remove one of them.")
        )
        log.add(int(row), label, text)
    wrong = frame.index.isin(repeated.index)
    if strict:
        bad |= wrong
    else:
        frame.loc[wrong, names] = ""
