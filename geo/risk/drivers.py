"""What drives an exposure: each incident's part on each lixel, and what is background.

The expected rate of a lixel is a sum, a / β from the background and one part from each incident
that the lixel sees, so the parts of a way add up to its exposure to rounding.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import dijkstra

from geo.hotspots.network.density import density_of_points
from geo.risk.events import Events
from geo.risk.field import KERNEL, METHOD, RiskField
from geo.risk.ground import Ground
from geo.risk.models import Floats

_MOST_KEPT = 20_000
"""Kernels kept with a field: about a kilobyte each."""


def support_kernels(
    events: Events, ground: Ground, bandwidth_m: float, supports: NDArray[np.intp]
) -> csr_array:
    """Return the density that one incident of each support lays on the lixels, per km.

    Parameters
    ----------
    events, ground
        What lies where.
    bandwidth_m
        Reach of the kernel.
    supports
        Numbers of the supports of ``events.mass``.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (supports, lixels).
    """
    mass = events.mass
    rows = [csr_array((0, len(ground.lixels)))]
    for support in supports.tolist():
        points = slice(mass.begin[support], mass.begin[support + 1])
        per_km = density_of_points(
            ground.lixels, mass.edge[points], mass.offset_m[points], mass.share[points],
            bandwidth_m, method=METHOD, kernel=KERNEL,
        )  # fmt: skip
        rows.append(csr_array(np.maximum(per_km, 0.0)[None, :]))
    return csr_array(vstack(rows, format="csr"))


def contributions(field: RiskField, lixels: ArrayLike, travel_days: ArrayLike) -> pd.DataFrame:
    """Return what each incident adds to the exposure of a way, lixel by lixel.

    Parameters
    ----------
    field
        The rates.
    lixels, travel_days
        As for `RiskField.exposure`.

    Returns
    -------
    pandas.DataFrame
        A row for each incident and lixel of the way that it tells about, in the order of the way:
        ``incident_id``, ``lixel``, ``expected`` (part of the way's expected incidents).  With
        `from_background` it sums to ``exposure(...).expected``.
    """
    number, spent = field._way(lixels, travel_days)  # noqa: SLF001 - one rule for what a way is
    columns = {"incident_id": "str", "lixel": "int64", "expected": "float64"}
    if not np.isfinite(field.model.bandwidth_m):
        return pd.DataFrame({n: pd.Series(dtype=t) for n, t in columns.items()})
    placed, row, parts = _parts(field, number, spent)
    parts = parts[row]
    parts.data = parts.data * np.repeat(field.counts[placed], np.diff(parts.indptr))
    incident = np.repeat(np.arange(len(placed)), np.diff(parts.indptr))
    frame = pd.DataFrame(
        {
            "incident_id": field.events.mass.index.to_numpy()[placed[incident]],
            "lixel": number[parts.indices],
            "expected": parts.data,
        }
    )
    return frame.iloc[np.lexsort((-parts.data, parts.indices))].reset_index(drop=True)


def _parts(
    field: RiskField, number: NDArray[np.intp], spent: Floats
) -> tuple[NDArray[np.intp], NDArray[np.intp], csr_array]:
    """Return what one incident of each support near a way adds to each of its lixels.

    Returns
    -------
    placed, row, parts
        Numbers of the incidents near, the row of each in ``parts``, and ``parts`` for an incident
        that counts 1; shape (supports, lixels of the way).
    """
    mass = field.events.mass
    placed = np.flatnonzero((mass.support_of >= 0) & (field.counts > 0))
    near = _supports_near(field, number)
    placed = placed[np.isin(mass.support_of[placed], near)]
    parts = _kernels(field, near)[:, number]
    cost = spent * field.reach_km * field.window_km / field.beta[number]
    parts.data = parts.data * cost[parts.indices]
    return placed, np.searchsorted(near, mass.support_of[placed]), parts


def from_background(field: RiskField, lixels: ArrayLike, travel_days: ArrayLike) -> Floats:
    """Return the background's part of the exposure on each distinct lixel, in the way's order."""
    number, spent = field._way(lixels, travel_days)  # noqa: SLF001
    return np.asarray(spent * field.reach_km * field.prior_shape / field.beta[number])


def drivers(
    field: RiskField, incidents: pd.DataFrame, lixels: ArrayLike, travel_days: ArrayLike
) -> pd.DataFrame:
    """Return the incidents that drive the exposure of a way, the strongest first.

    Parameters
    ----------
    field, lixels, travel_days
        As for `contributions`.
    incidents
        The snapshot's, whose index is the incident's id.

    Returns
    -------
    pandas.DataFrame
        Index ``incident_id``; ``expected``, ``share`` (of the way's exposure, 0 to 1), ``lixel``
        (where it tells most), ``age_days`` (from its last possible day), ``weight`` (by kind and
        toll), ``counts`` (weight × what is left of it at that age) and ``spread_m`` (of its place).
    """
    number, spent = field._way(lixels, travel_days)  # noqa: SLF001
    table = _by_incident(field, number, spent)
    total = table["expected"].sum() + from_background(field, lixels, travel_days).sum()
    table["share"] = table["expected"] / max(total, 1e-300)
    table = table[["expected", "share", "lixel"]]
    row = field.events.mass.index.get_indexer(table.index)
    last = pd.to_datetime(incidents["date_end"].fillna(incidents["date_start"])).reindex(
        table.index
    )
    table["age_days"] = (pd.Timestamp(field.on) - last).dt.days.clip(lower=0)
    table["weight"] = field.events.weight[row]
    table["counts"] = field.counts[row]
    table["spread_m"] = field.events.spread_m[row]
    return table.sort_values("expected", ascending=False, kind="stable")


def _by_incident(field: RiskField, number: NDArray[np.intp], spent: Floats) -> pd.DataFrame:
    """Return by incident its part of a way's exposure and the lixel where it tells most."""
    if not np.isfinite(field.model.bandwidth_m):
        placed, expected = np.empty(0, np.intp), np.empty(0)
        most = np.empty(0, np.intp)
    else:
        placed, row, parts = _parts(field, number, spent)
        tells = np.diff(parts.indptr)[row] > 0
        placed, row = placed[tells], row[tells]
        most = np.asarray(parts.argmax(axis=1), dtype=np.intp).reshape(-1)[row]
        expected = np.asarray(parts.sum(axis=1)).reshape(-1)[row] * field.counts[placed]
    index = pd.Index(field.events.mass.index.to_numpy()[placed], name="incident_id")
    return pd.DataFrame({"expected": expected, "lixel": number[most]}, index=index)


def _kernels(field: RiskField, supports: NDArray[np.intp]) -> csr_array:
    """Return `support_kernels` of a field; what was asked before is kept, since ways overlap."""
    known = field.kernels
    if len(known) > _MOST_KEPT:
        known.clear()
    missing = np.array([support for support in supports.tolist() if support not in known], np.intp)
    made = support_kernels(field.events, field.ground, field.model.bandwidth_m, missing)
    known.update({support: made[[row]] for row, support in enumerate(missing.tolist())})
    none = csr_array((0, len(field.ground.lixels)))
    return csr_array(vstack([none, *(known[s] for s in supports.tolist())], format="csr"))


def _supports_near(field: RiskField, number: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the supports on edges that lie within the bandwidth of the way's edges."""
    graph, mass = field.ground.lixels.graph, field.events.mass
    own = np.unique(field.ground.lixels.edge[number])
    far = dijkstra(
        graph.shortest_m, directed=False, min_only=True, limit=field.model.bandwidth_m,
        indices=np.unique(np.concatenate([graph.u[own], graph.v[own]])),
    )  # fmt: skip
    near = np.isfinite(far[graph.u]) | np.isfinite(far[graph.v])
    support = np.repeat(np.arange(len(mass.begin) - 1), np.diff(mass.begin))
    return np.unique(support[near[mass.edge]])
