"""Incidents as arrays, so that one can be compared with a hundred thousand at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.selection import families

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Coded:
    """Texts of which there are few kinds.

    Parameters
    ----------
    codes
        For each entry the position of its text.
    names
        The texts.
    """

    codes: npt.NDArray[np.intp]
    names: tuple[str, ...]

    @classmethod
    def of(cls, column: pd.Series[Any]) -> Coded:
        """Return a column of text, absent ones empty."""
        codes, names = pd.factorize(column.fillna(""))
        return cls(np.asarray(codes, dtype=np.intp), tuple(map(str, names)))

    def at(self, position: int) -> str:
        """Return the text of an entry."""
        return str(self.names[self.codes[position]])

    def each(self, worth: Callable[[str], float]) -> Floats:
        """Return what every entry is worth, asking once for each kind of text."""
        return np.asarray([worth(name) for name in self.names], dtype=np.float64)[self.codes]


@dataclass(frozen=True, eq=False)
class Events:
    """What matching compares, one entry per incident.

    Parameters
    ----------
    ids
        Of the incidents.
    start_day, end_day
        It lies between these days, as days since 1970; NaN when not known.
    country, category, target, perpetrator
        As in the ledger, empty when not known.
    lon, lat, spread_m
        Placement, degrees and metres; NaN when there is none.
    axis, from_m, to_m
        Stretch of a road; empty and NaN off the known ones.
    killed_low, killed_high
        Range over all claims (`geo.summary.tolls`); NaN when nobody states a figure.
    """

    ids: pd.Index
    start_day: Floats
    end_day: Floats
    country: Coded
    category: Coded
    target: Coded
    perpetrator: Coded
    lon: Floats
    lat: Floats
    spread_m: Floats
    axis: Coded
    from_m: Floats
    to_m: Floats
    killed_low: Floats
    killed_high: Floats

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, positions: npt.NDArray[np.intp]) -> Events:
        """Return some of the incidents, in the order of ``positions``."""
        held = {one.name: getattr(self, one.name) for one in fields(self)}
        some: dict[str, Any] = {
            name: Coded(of.codes[positions], of.names) if isinstance(of, Coded) else of[positions]
            for name, of in held.items()
        }
        return replace(self, **some)


def gather(incidents: pd.DataFrame, placements: gpd.GeoDataFrame, tolls: pd.DataFrame) -> Events:
    """Return what matching compares.

    Parameters
    ----------
    incidents
        Columns of `geo.columns.INCIDENTS`; index the incident ids.
    placements
        Of these incidents (`geo.gazetteer.placing.place_incidents`), in the same order.
    tolls
        Of `geo.summary.tolls`; incidents that it lacks have no stated toll.

    Notes
    -----
    Linear; about 0.1 s at 100,000 incidents.  A snapshot has all three at hand.
    """
    start, end = days_of(incidents["date_start"], incidents["date_end"])
    named = tolls.reindex(incidents.index)
    return Events(
        ids=incidents.index,
        start_day=start,
        end_day=end,
        country=Coded.of(incidents["country"]),
        category=Coded.of(incidents["category"]),
        target=Coded.of(incidents["target"]),
        perpetrator=Coded.of(incidents["perpetrator"]),
        lon=_floats(placements["lon"]),
        lat=_floats(placements["lat"]),
        spread_m=_floats(placements["spread_m"]),
        axis=Coded.of(placements["axis_id"]),
        from_m=_floats(placements["measure_from_m"]),
        to_m=_floats(placements["measure_to_m"]),
        killed_low=_floats(named["killed_low"]),
        killed_high=_floats(named["killed_high"]),
    )


def days_of(start: pd.Series[Any], end: pd.Series[Any]) -> tuple[Floats, Floats]:
    """Return between which days each incident lies, as days since 1970; NaN when not known."""
    first, last = _days(start), _days(end)
    return first, np.where(np.isnan(last), first, last)


def _days(column: pd.Series[Any]) -> Floats:
    days = column.to_numpy("datetime64[D]")
    return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))


def _floats(column: pd.Series[Any]) -> Floats:
    return np.asarray(column.astype("Float64").to_numpy("float64", na_value=np.nan))


def groups(cell: str) -> frozenset[str]:
    """Return the families that a cell names; “unspecified …” names nobody in particular."""
    named = (name for name in families(cell) if name)
    return frozenset(name for name in named if not name.casefold().startswith("unspecified"))
