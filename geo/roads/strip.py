"""A road laid out along its chainage: towns, status, incidents and IED density on one ruler.

The strip is the road book's view of an axis. It gathers; drawing is for :mod:`maps.strip`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.columns import affirmed
from geo.roads.axes import Axis
from geo.snapshot import Snapshot

Floats = npt.NDArray[np.float64]

DEFAULT_BANDWIDTH_M: Final = 10_000.0
STEP_M: Final = 1_000.0


@dataclass(frozen=True)
class Strip:
    """What lies along an axis, or along a part of it.

    Parameters
    ----------
    axis
        The road.
    from_m, to_m
        The part shown, ascending.
    towns
        ``place_id``, ``name``, ``kind``, ``measure_m``, ``junctions`` (tuple of the names of the
        other axes that pass there) and ``next_m`` (distance to the next town of the strip, NaN at
        the end); ascending.
    status
        Segments of :func:`geo.roads.status.status` clipped to the part.
    incidents
        Index incident id; ``measure_from_m``, ``measure_to_m`` (clipped), ``measure_m`` (the
        middle), ``category``, ``kind`` (of the placement) and ``date_start``; ascending.
    density_measure_m, density_per_km
        Curve of the IED incidents per km of road over the period.
    bandwidth_m
        Of that curve.
    """

    axis: Axis
    from_m: float
    to_m: float
    towns: pd.DataFrame
    status: pd.DataFrame
    incidents: pd.DataFrame
    density_measure_m: Floats
    density_per_km: Floats
    bandwidth_m: float


def density_along(from_m: Floats, to_m: Floats, at_m: Floats, bandwidth_m: float) -> Floats:
    """Return the density of events along a line, in events per metre.

    Each event has unit mass, spread evenly over its stretch, under the one-dimensional quartic
    kernel K(u) = 15 / (16 h) · (1 − u²)² (Silverman 1986, table 3.1), integrated exactly over the
    stretch.

    Parameters
    ----------
    from_m, to_m
        The events' stretches, shape (n,); a point where they are equal.
    at_m
        Where to evaluate, shape (k,).
    bandwidth_m
        The kernel's radius h.

    Returns
    -------
    numpy.ndarray
        Shape (k,). O(n · k).
    """
    if not from_m.size:
        return np.zeros(at_m.size)
    length = to_m - from_m
    # A stretch shorter than a metre is a point to this ruler.
    start = np.where(length < 1, from_m - 0.5, from_m)
    end = np.where(length < 1, from_m + 0.5, to_m)
    upper = np.clip((end[:, None] - at_m) / bandwidth_m, -1, 1)
    lower = np.clip((start[:, None] - at_m) / bandwidth_m, -1, 1)

    def integral(u: Floats) -> Floats:
        return 15 / 16 * (u - 2 * u**3 / 3 + u**5 / 5)

    share = (integral(upper) - integral(lower)) / (end - start)[:, None]
    return np.asarray(share.sum(axis=0))


def _towns(snapshot: Snapshot, axis: Axis, from_m: float, to_m: float) -> pd.DataFrame:
    places = snapshot.atlas.gazetteer.places
    others = snapshot.atlas.axes_of
    rows = [
        {
            "place_id": place_id,
            "name": places[place_id].name,
            "kind": places[place_id].kind,
            "measure_m": float(measure),
            "junctions": tuple(
                snapshot.atlas.axes[other].ref or snapshot.atlas.axes[other].name
                for other in others.get(place_id, ())
                if other != axis.axis_id
            ),
        }
        for place_id, measure in zip(axis.place_ids, axis.measures_m, strict=True)
        if from_m <= measure <= to_m
    ]
    columns = ["place_id", "name", "kind", "measure_m", "junctions"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["next_m"] = frame["measure_m"].shift(-1) - frame["measure_m"]
    return frame


def build(
    snapshot: Snapshot,
    status: pd.DataFrame,
    ids: pd.Index,
    axis_id: str,
    *,
    from_m: float | None = None,
    to_m: float | None = None,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
) -> Strip:
    """Gather what lies along an axis.

    Parameters
    ----------
    snapshot
        What was known.
    status
        Of :func:`geo.roads.status.status` for the snapshot.
    ids
        The incidents that the filters leave.
    axis_id
        The road.
    from_m, to_m
        The part to show; the whole axis unless given.
    bandwidth_m
        Kernel radius of the density curve.

    Raises
    ------
    KeyError
        When there is no such axis.
    """
    axis = snapshot.atlas.axes[axis_id]
    start = float(axis.measures_m[0]) if from_m is None else from_m
    end = float(axis.measures_m[-1]) if to_m is None else to_m

    at = pd.DataFrame(
        snapshot.placements.loc[ids, ["axis_id", "measure_from_m", "measure_to_m", "kind"]]
    )
    at = at[at["axis_id"].eq(axis_id).to_numpy(bool)]
    lengths = at[["measure_from_m", "measure_to_m"]].astype(np.float64)
    ied = affirmed(snapshot.incidents.loc[at.index, "ied"])
    ruler = np.append(np.arange(start, end, STEP_M), end)
    curve = density_along(
        lengths["measure_from_m"].to_numpy()[ied],
        lengths["measure_to_m"].to_numpy()[ied],
        ruler,
        bandwidth_m,
    )
    inside = (lengths["measure_from_m"] <= end) & (lengths["measure_to_m"] >= start)
    shown = lengths[inside].clip(start, end)
    incidents = shown.assign(
        measure_m=shown.mean(axis=1),
        category=snapshot.incidents.loc[shown.index, "category"].astype(str),
        kind=at.loc[shown.index, "kind"].astype(str),
        date_start=snapshot.incidents.loc[shown.index, "date_start"],
    ).sort_values("measure_m")

    segments = status[
        (status["axis_id"] == axis_id)
        & (status["measure_from_m"] < end)
        & (status["measure_to_m"] > start)
    ]
    clipped = {
        column: segments[column].clip(start, end) for column in ("measure_from_m", "measure_to_m")
    }
    return Strip(
        axis=axis,
        from_m=start,
        to_m=end,
        towns=_towns(snapshot, axis, start, end),
        status=segments.assign(**clipped).reset_index(drop=True),
        incidents=incidents,
        density_measure_m=ruler,
        density_per_km=curve * 1_000,
        bandwidth_m=bandwidth_m,
    )
