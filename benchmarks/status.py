"""Road status at scale: a million edges, 100,000 assertions: ``python -m benchmarks.status``.

The network is synthetic and seeded: 5,000 roads of 201 towns, so 200 edges each.  Every assertion
is a row of ``data/road_control.csv`` (kind, actor, affected, source and how long it lasted) moved
to a random day and to a random pair of towns, or town, of a random road.  Laying is the towns' own
measures, so that what is timed is status and not the search for towns.
"""

from __future__ import annotations

import argparse
import datetime as dt
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.atlas import Atlas
from geo.columns import ASSERTIONS, typed
from geo.gazetteer.index import Gazetteer
from geo.roads.axes import Axis
from geo.roads.changes import changes
from geo.roads.evidence import Evidence
from geo.roads.laying import Laying
from geo.roads.policy import load_policy
from geo.roads.status import rows_under
from geo.roads.timeline import months, over_time
from geo.store.knowledge import assertions_known

DATA = Path(__file__).resolve().parent.parent / "data" / "road_control.csv"
SEED = 20250207
TOWNS = 201
LAST = np.datetime64("2026-06-30")
DAY = dt.date(2025, 10, 15)
KNOWN = dt.date(2026, 11, 20)
REPEATS = 7


def network(edges: int, rng: np.random.Generator) -> Atlas:
    """Return roads of 200 edges each, with edges of 0.5 to 5 km."""
    axes = {}
    for number in range(max(edges // (TOWNS - 1), 1)):
        axis_id = f"R{number:05}"
        measures = np.concatenate([[0.0], np.cumsum(rng.integers(500, 5_000, TOWNS - 1))])
        axes[axis_id] = Axis(
            axis_id, "", axis_id, tuple(f"{axis_id}-{i}" for i in range(TOWNS)), ("ML",) * TOWNS,
            np.zeros(TOWNS), np.zeros(TOWNS), measures, np.ones(TOWNS, dtype=bool),
        )  # fmt: skip
    return Atlas(Gazetteer({}), axes, gpd.GeoDataFrame(), "synthetic")


def assertions(count: int, first: str, rng: np.random.Generator) -> pd.DataFrame:
    """Return lines drawn from the starter's, on days of their own."""
    raw = pd.read_csv(DATA, dtype="str", keep_default_na=False)
    drawn = raw.iloc[rng.integers(len(raw), size=count)].reset_index(drop=True)
    begin = np.datetime64(first) + rng.integers(
        0, int((LAST - np.datetime64(first)).astype(int)), count
    )
    moved = begin - pd.to_datetime(drawn["valid_from"]).to_numpy("datetime64[D]")
    for name in ("valid_from", "valid_to", "published_on"):
        there = (drawn[name].str.len() == len("2025-02-07")) & (drawn["valid_from"] != "")
        days = pd.to_datetime(drawn[name].where(there)).to_numpy("datetime64[D]") + moved
        text = pd.Series(np.datetime_as_string(days), dtype="str")
        drawn[name] = text.where(there, "")
    drawn["assertion_id"] = [f"S{number:06}" for number in range(count)]
    frame = typed(ASSERTIONS, {c: [v or None for v in drawn[c]] for c in drawn}, drawn.index)
    known = assertions_known(frame, KNOWN)
    return frame.assign(known_on=known.on, known_assumed=known.assumed)


def laying(frame: pd.DataFrame, atlas: Atlas, rng: np.random.Generator) -> Laying:
    """Lay each line on a random road, between two of its towns or around one."""
    axes = list(atlas.axes.values())
    measures = np.array([axis.measures_m for axis in axes])
    road = rng.integers(len(axes), size=len(frame))
    ends = np.sort(rng.integers(TOWNS, size=(len(frame), 2)), axis=1)
    low, high = measures[road, ends[:, 0]], measures[road, ends[:, 1]]
    town = (frame["axis_from"] == frame["axis_to"]).to_numpy() | (low == high)
    radius = load_policy().town_radius_m
    top = measures[road, -1]
    stretches = pd.DataFrame(
        {
            "line": frame.index,
            "assertion_id": frame["assertion_id"],
            "axis_id": np.array([axis.axis_id for axis in axes], dtype=object)[road],
            "measure_from_m": np.where(town, np.maximum(low - radius, 0), low),
            "measure_to_m": np.where(town, np.minimum(low + radius, top), high),
            "town": town,
        }
    )
    return Laying(stretches, pd.DataFrame({"line": [], "assertion_id": [], "reason": []}))


def timed(name: str, run: Callable[[], Any], repeats: int = REPEATS) -> Any:
    """Run several times, print the medians and the best, return the last result.

    CPU time is given because it does not depend on what else the machine does.
    """
    walls, cpus = [], []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        result = run()
        walls.append(1e3 * (time.perf_counter() - wall))
        cpus.append(1e3 * (time.process_time() - cpu))
    print(
        f"{name:48} CPU {np.median(cpus):8.1f} ms   wall {np.median(walls):8.1f} ms"
        f" (best {min(walls):.1f})"
    )
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=1_000_000)
    parser.add_argument("--assertions", type=int, default=100_000)
    parser.add_argument("--first", default="2016-01-01", help="day of the first assertion")
    given = parser.parse_args()
    rng = np.random.default_rng(SEED)
    atlas = network(given.edges, rng)
    frame = assertions(given.assertions, given.first, rng)
    laid = laying(frame, atlas, rng)
    numbers = np.repeat(np.arange(len(atlas.axes)), TOWNS - 1)
    edge_axis = pd.Categorical.from_codes(numbers, list(atlas.axes))
    edge_from = np.concatenate([axis.measures_m[:-1] for axis in atlas.axes.values()])
    edge_to = np.concatenate([axis.measures_m[1:] for axis in atlas.axes.values()])
    print(f"{len(edge_axis):,} edges on {len(atlas.axes):,} roads, {len(frame):,} assertions")

    evidence = timed("lay out the evidence (once per ledger version)",
                     lambda: Evidence.gather(frame, atlas, laid), 3)  # fmt: skip
    print(f"{len(evidence.axis_of):,} segments, {len(evidence.segment):,} entries")
    found = timed("status of all roads on a day, warm", lambda: evidence.status(DAY, KNOWN))
    print(
        f"{len(found):,} rows, {found['assertion_ids'].map(len).gt(0).sum():,} with live evidence"
    )
    codes = timed("which rows lie under each edge",
                  lambda: rows_under(found, edge_axis, edge_from, edge_to))  # fmt: skip
    whole = (codes[0] == codes[1]).mean()
    print(f"{whole:.1%} of the edges lie under one row")
    road = list(atlas.axes)[len(atlas.axes) // 2]
    timed("status of one road on a day", lambda: evidence.status(DAY, KNOWN, [road]), 50)
    days = months(dt.date(2022, 1, 1), dt.date(2025, 12, 1))
    timed("one road month by month, 48 days", lambda: over_time(evidence, road, days, KNOWN))
    other = evidence.status(dt.date(2025, 7, 15), KNOWN)
    timed("what changed between two days, all roads", lambda: changes(other, found, atlas), 3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
