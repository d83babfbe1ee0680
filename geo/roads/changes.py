"""What changed: stretches whose status differs between two days, or two days of knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.atlas import Atlas
from geo.i18n import Message, message
from geo.records import Place
from geo.roads.axes import Axis
from geo.roads.statements import Floats, Ints
from geo.roads.wording import describe, named, span

COMPARED = (
    "controlled_by", "control_contested", "taxed_by", "passage", "affected", "passage_contested",
    "under_agreement",
)  # fmt: skip
"""What makes a change: not confidence, which falls every day, and not evidence alone."""

_AT_M = 1_000.0
"""This close to a place counts as at it: measures of places are no better."""


def changes(before: pd.DataFrame, after: pd.DataFrame, atlas: Atlas) -> pd.DataFrame:
    """Return the stretches whose status differs between two statuses of the same roads.

    For two days ask `geo.roads.evidence.Evidence.status` with one day of knowledge; for what was
    learnt meanwhile ask about one day with two days of knowledge.

    Parameters
    ----------
    before, after
        Of `geo.roads.status.status`, over the same roads.
    atlas
        Places and axes.

    Returns
    -------
    pandas.DataFrame
        One row per stretch, ordered as in ``after``: ``axis_id``, ``measure_from_m``,
        ``measure_to_m``; each of `COMPARED` with ``_before`` and ``_after``; ``gone_ids`` and
        ``new_ids`` (tuples: assertions that no longer stand, that now do), ``stale`` (what stood
        has only aged out) and ``sentence`` (Message).  O(rows).

    Raises
    ------
    ValueError
        When the two do not cover the same roads.
    """
    overlay = _overlay(before, after)
    axis, from_m, to_m, old, new = overlay
    codes = _codes(before, after)
    was, now = codes[: len(before)][old], codes[len(before) :][new]
    differs = was != now
    # Neighbours that changed alike are one stretch, whatever evidence they rest on.
    goes_on = np.zeros(len(axis), dtype=bool)
    goes_on[1:] = (
        (axis[1:] == axis[:-1])
        & (was[1:] == was[:-1])
        & (now[1:] == now[:-1])
        & (from_m[1:] == to_m[:-1])
    )
    chosen = np.flatnonzero(differs)
    heads = chosen[~goes_on[chosen]]
    group = np.searchsorted(heads, chosen, side="right") - 1
    ends_m = np.zeros(len(heads))
    ends_m[group] = to_m[chosen]
    frame = pd.DataFrame(
        {
            "axis_id": after["axis_id"].to_numpy(dtype=object)[new[heads]],
            "measure_from_m": from_m[heads],
            "measure_to_m": ends_m,
        }
    )
    for name in COMPARED:
        frame[f"{name}_before"] = before[name].to_numpy()[old[heads]]
        frame[f"{name}_after"] = after[name].to_numpy()[new[heads]]
    stood = _union(before["assertion_ids"].to_numpy(dtype=object)[old[chosen]], group, len(heads))
    stands = _union(after["assertion_ids"].to_numpy(dtype=object)[new[chosen]], group, len(heads))
    frame["gone_ids"] = _tuples(a - b for a, b in zip(stood, stands, strict=True))
    frame["new_ids"] = _tuples(b - a for a, b in zip(stood, stands, strict=True))
    frame["stale"] = after["stale"].to_numpy()[new[heads]]
    frame["sentence"] = _sentences(frame, atlas)
    return frame


def _overlay(before: pd.DataFrame, after: pd.DataFrame) -> tuple[Ints, Floats, Floats, Ints, Ints]:
    """Cut both at the boundaries of both; return road, measures and the row of each."""
    roads: Any = after["axis_id"].drop_duplicates()
    number = pd.Index(roads)
    parts = []
    for frame in (before, after):
        axis = number.get_indexer(pd.Index(frame["axis_id"]))
        if (axis < 0).any() or frame["axis_id"].nunique() != len(number):
            raise ValueError(message("The two statuses do not cover the same roads."))
        from_m = frame["measure_from_m"].to_numpy(np.float64)
        parts.append((axis, from_m, frame["measure_to_m"].to_numpy(np.float64)))
    low = min(from_m.min(initial=0.0) for _, from_m, _ in parts)
    room = max(to_m.max(initial=0.0) for _, _, to_m in parts) - low + 1
    keys = [axis * room + (from_m - low) for axis, from_m, _ in parts]
    axis = np.concatenate([part[0] for part in parts])
    from_m = np.concatenate([part[1] for part in parts])
    order = np.lexsort((from_m, axis))
    axis, from_m = axis[order], from_m[order]
    kept = np.ones(len(axis), dtype=bool)
    kept[1:] = (axis[1:] != axis[:-1]) | (from_m[1:] != from_m[:-1])
    axis, from_m = axis[kept], from_m[kept]
    at = axis * room + (from_m - low)
    rows = []
    for mine in keys:
        by_key = np.argsort(mine, kind="stable")
        rows.append(by_key[np.searchsorted(mine[by_key], at, side="right") - 1])
    ends = parts[1][2]
    last = np.append(axis[1:] != axis[:-1], True) if len(axis) else np.zeros(0, dtype=bool)
    to_m = np.where(last, ends[rows[1]], np.append(from_m[1:], 0.0)[: len(axis)])
    return axis, from_m, to_m, rows[0], rows[1]


def _codes(before: pd.DataFrame, after: pd.DataFrame) -> Ints:
    """Return a number per row of both, equal where all that is compared is equal."""
    codes: Ints = np.zeros(len(before) + len(after), dtype=np.intp)
    for name in COMPARED:
        both = np.concatenate([f[name].to_numpy(dtype=object) for f in (before, after)])
        values, texts = pd.factorize(both)
        codes = np.unique(codes * max(len(texts), 1) + values, return_inverse=True)[1]
    return codes


def _union(ids: NDArray[np.object_], group: Ints, size: int) -> list[set[str]]:
    found: list[set[str]] = [set() for _ in range(size)]
    for number, some in zip(group.tolist(), ids, strict=True):
        found[number].update(some)
    return found


def _tuples(sets: Any) -> Any:
    listed = [tuple(sorted(ids)) for ids in sets]
    found = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found


def _sentences(frame: pd.DataFrame, atlas: Atlas) -> Any:
    said: dict[tuple[Any, ...], Message] = {}

    def words(values: tuple[Any, ...]) -> Message:
        if values not in said:
            said[values] = describe(SimpleNamespace(**dict(zip(COMPARED, values, strict=True))))
        return said[values]

    columns = [
        zip(*(frame[f"{name}_{side}"] for name in COMPARED), strict=True)
        for side in ("before", "after")
    ]
    found = []
    for axis_id, from_m, to_m, was, now in zip(
        frame["axis_id"], frame["measure_from_m"], frame["measure_to_m"], *columns, strict=True
    ):
        axis = atlas.axes[axis_id]
        found.append(
            message(
                "{road}, {span} ({where}): {before} → {after}.",
                road=named(axis),
                span=span(from_m, to_m),
                where=_where(axis, from_m, to_m, atlas.gazetteer.places),
                before=words(was),
                after=words(now),
            )
        )
    return pd.Series(found, frame.index, dtype=object)


def _where(axis: Axis, from_m: float, to_m: float, places: Mapping[str, Place]) -> Message:
    """Return between which places a stretch lies, or which place it runs up to."""
    km = (to_m - from_m) / 1000
    (start, start_m), (end, end_m) = (_closest(axis, m, places) for m in (from_m, to_m))
    if start == end:
        return message("the {km:.1f} km by {place}", km=km, place=start)
    return message(
        "{start} to {end}, {km:.1f} km", start=_told(start, start_m), end=_told(end, end_m), km=km
    )


def near(axis: Axis, measure_m: float, places: Mapping[str, Place]) -> Message | str:
    """Return where on a road a measure is: at a place of its chain, or how far from the closest."""
    return _told(*_closest(axis, measure_m, places))


def _told(name: str, beside_m: float) -> Message | str:
    if beside_m < _AT_M:
        return name
    return message("{km:.0f} km from {place}", km=beside_m / 1000, place=name)


def _closest(axis: Axis, measure_m: float, places: Mapping[str, Place]) -> tuple[str, float]:
    """Return the name of the closest place of the chain, and how far it is."""
    at = int(np.searchsorted(axis.measures_m, measure_m))
    if at == len(axis.measures_m) or (
        at and measure_m - axis.measures_m[at - 1] <= axis.measures_m[at] - measure_m
    ):
        at -= 1
    place_id = axis.place_ids[at]
    name = places[place_id].name if place_id in places else place_id
    return name, abs(measure_m - float(axis.measures_m[at]))
