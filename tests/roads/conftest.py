"""A small country of roads, and assertions about them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geo.atlas import DATA_DIR, Atlas, load
from geo.columns import ASSERTIONS, typed
from geo.gazetteer.index import Gazetteer
from geo.records import Place
from geo.roads.axes import Axis
from geo.snapshot import Snapshot
from geo.store.knowledge import assertions_known

RECORDED = dt.date(2025, 1, 10)


def place(name: str, country: str = "ML", suffix: str = "") -> Place:
    place_id = f"{country}-{name}{suffix}".lower()
    return Place(place_id, name, (f"Old {name}",), country, "", "", "town", 0.0, 15.0, 1000.0)


def axis(axis_id: str, ref: str, *chain: tuple[str, float]) -> Axis:
    ids = tuple(place_id for place_id, _ in chain)
    n = len(ids)
    return Axis(
        axis_id, ref, axis_id, ids, ("ML",) * n, np.linspace(0, 1, n), np.full(n, 15.0),
        np.array([km * 1000 for _, km in chain]), np.ones(n, dtype=bool),
    )  # fmt: skip


def atlas(places: Sequence[Place], *axes: Axis) -> Atlas:
    return Atlas(
        Gazetteer({p.place_id: p for p in places}),
        {a.axis_id: a for a in axes},
        gpd.GeoDataFrame(),
        "test",
    )


def assertions(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a frame as a snapshot holds it; ``stated`` empty means known by assumption only."""
    data = {c.name: [row.get(c.name) for row in rows] for c in ASSERTIONS}
    frame = typed(ASSERTIONS, data, pd.RangeIndex(len(rows)))
    stated = pd.to_datetime(pd.Series([row.get("stated") for row in rows], dtype="str"))
    fallback = frame["valid_from"].fillna(pd.Timestamp(RECORDED))
    frame["known_on"] = stated.fillna(fallback).astype("datetime64[us]")
    frame["known_assumed"] = stated.isna()
    return frame


def snapshot(
    frame: pd.DataFrame, land: Atlas, on: dt.date, known_on: dt.date | None = None
) -> Snapshot:
    """Return a snapshot that holds the assertions known by then and nothing else."""
    known_on = known_on or on
    nothing = pd.DataFrame()
    known = frame[frame["known_on"] <= pd.Timestamp(known_on)]
    return Snapshot(
        on, known_on, "test", nothing, nothing, known, nothing, gpd.GeoDataFrame(), land
    )


class Desk:
    """The builders above, for tests that take the fixture ``desk``."""

    place = staticmethod(place)
    axis = staticmethod(axis)
    atlas = staticmethod(atlas)
    assertions = staticmethod(assertions)
    snapshot = staticmethod(snapshot)


@pytest.fixture(scope="session")
def desk() -> type[Desk]:
    return Desk


@pytest.fixture(scope="session")
def starter() -> tuple[pd.DataFrame, Atlas]:
    """Return the starter assertions, recorded late, and the real atlas."""
    raw = pd.read_csv(DATA_DIR / "road_control.csv", dtype="str", keep_default_na=False)
    frame = typed(ASSERTIONS, {c: [v or None for v in raw[c]] for c in raw}, raw.index)
    known = assertions_known(frame, dt.date(2026, 1, 1))
    return frame.assign(known_on=known.on, known_assumed=known.assumed), load()
