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
    wrong = (frame[end] < frame[start]).to_numpy()
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
    wrong = (low > best) | (best > high) | (low > high)
    for i in np.flatnonzero(wrong).tolist():
        text = message("The figures do not ascend: write low ≤ best ≤ high.")
        log.add(int(frame.index[i]), "low", text)
    bad |= wrong


def _inside(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    return (lon >= _LON[0]) & (lon <= _LON[1]) & (lat >= _LAT[0]) & (lat <= _LAT[1])


def coordinates(
    frame: pd.DataFrame, raw: pd.DataFrame, log: FaultLog, bad: NDArray[np.bool_]
) -> None:
    """Tell coordinates that are half there, off the globe or swapped; they cost the row."""
    lat, lon = frame["latitude"].to_numpy(), frame["longitude"].to_numpy()
    no_lat, no_lon = (
        (raw[name].str.strip() == "").to_numpy() if name in raw else np.ones(len(raw), dtype=bool)
        for name in ("latitude", "longitude")
    )
    half = no_lat != no_lon
    swapped = _inside(lat, lon) & ~_inside(lon, lat)
    off = (np.abs(lat) > 90) & ~swapped  # noqa: PLR2004 - the pole
    rows = frame.index
    for i in np.flatnonzero(half).tolist():
        name = "latitude" if no_lat[i] else "longitude"
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


def unique(raw: pd.DataFrame, key: tuple[str, ...], log: FaultLog) -> NDArray[np.bool_]:
    """Tell rows that repeat the key of an earlier one, and return which they are."""
    names = [name for name in key if name in raw]
    if not names:
        return np.zeros(len(raw), dtype=bool)
    texts = raw[names].apply(lambda column: column.str.strip())
    filled = (texts[names[0]] != "").to_numpy()
    wrong: NDArray[np.bool_] = texts.duplicated(names).to_numpy() & filled
    single = len(key) == 1
    ids = texts[names[0]].tolist()
    kept = texts[names[0]][~texts.duplicated(names).to_numpy()]
    first = dict(zip(kept, kept.index, strict=True))
    for i in np.flatnonzero(wrong).tolist():
        text = (
            message(
                "{id} is already on line {line}. Give each its own, or remove one.",
                id=ids[i],
                line=first[ids[i]],
            )
            if single
            else message("The row repeats an earlier one. Remove one of them.")
        )
        log.add(int(raw.index[i]), names[0] if single else None, text)
    return wrong
