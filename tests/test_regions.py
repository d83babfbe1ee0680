"""Incidents are counted where their sources say, else where they are placed."""

import datetime as dt
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pyproj import Geod
from shapely import Point, box

from geo.atlas import Atlas
from geo.gazetteer.index import Gazetteer
from geo.regions import count_by_region
from geo.snapshot import Snapshot


def snapshot(*rows: tuple[str, str, str, bool, str | None, float, float]) -> Snapshot:
    """Return incidents (id, country, admin1, ied, kind of placement, lon, lat) in three regions."""
    regions = gpd.GeoDataFrame(
        {
            "country": ["ML", "ML", "NE"],
            "name": ["Gao", "Mopti", "Tillabéri"],
            "covers": [("Gao", "Ménaka"), ("Mopti",), ("Tillabéri",)],
            "focus": True,
        },
        geometry=[box(0, 15, 1, 16), box(-1, 15, 0, 16), box(0, 14, 1, 15)],
        index=pd.Index(["ml-gao", "ml-mopti", "ne-tillaberi"], name="region_id"),
        crs="EPSG:4326",
    )
    names = ["incident_id", "country", "admin1", "ied", "kind", "lon", "lat"]
    table = pd.DataFrame(rows, columns=names).set_index("incident_id", drop=False)
    table["ied"] = table["ied"].astype(bool)
    points = [
        Point(x, y) if np.isfinite(x) else None for x, y in zip(table.lon, table.lat, strict=True)
    ]
    placements = gpd.GeoDataFrame(table[["kind", "lon", "lat"]], geometry=points, crs="EPSG:4326")
    nothing = pd.DataFrame()
    day = dt.date(2025, 1, 1)
    land = Atlas(Gazetteer({}), {}, regions, "test")
    return Snapshot(day, day, "test", table, nothing, nothing, nothing, placements, land)


NOWHERE: Any = (None, np.nan, np.nan)
WORLD = snapshot(
    ("a", "ML", "Gao", True, "place", -0.5, 15.5),  # said to be in Gao, placed in Mopti
    ("b", "ML", "MENAKA", False, *NOWHERE),  # Ménaka is covered by the polygon of Gao
    ("c", "ML", "", True, "near", -0.5, 15.5),  # placed in Mopti
    ("d", "ML", "", False, "region", -0.5, 15.5),  # a region's own point proves nothing
    ("e", "NE", "Gao", False, *NOWHERE),  # there is no Gao in Niger
    ("f", "NE", "Tillaberi", False, "along", 0.5, 14.5),
    ("g", "ML", "", True, "along", 5.0, 20.0),  # outside every region
    ("h", "ML", "", False, "place", 0.0, 15.5),  # on the border: the first region takes it
)


def test_counts_by_hand() -> None:
    found = count_by_region(WORLD)
    assert found.counts["incidents"].to_dict() == {"ml-gao": 3, "ml-mopti": 1, "ne-tillaberi": 1}
    assert found.counts["ied"].to_dict() == {"ml-gao": 1, "ml-mopti": 1, "ne-tillaberi": 0}
    assert found.not_counted == ("d", "e", "g")
    assert found.counts.index.name == "region_id"


def test_density_is_by_geodesic_area() -> None:
    area_m2, _ = Geod(ellps="WGS84").polygon_area_perimeter([0, 1, 1, 0], [15, 15, 16, 16])
    gao = count_by_region(WORLD).counts.loc["ml-gao"]
    # The sides are drawn straight on the plane: they miss the parallels by a few metres.
    assert gao["area_km2"] == pytest.approx(abs(area_m2) / 1e6, rel=1e-4)
    assert gao["per_1000_km2"] == pytest.approx(3 / (abs(area_m2) / 1e6) * 1000, rel=1e-4)


def test_only_the_incidents_asked_for() -> None:
    found = count_by_region(WORLD, pd.Index(["c", "g"]))
    assert found.counts["incidents"].tolist() == [0, 1, 0]
    assert found.not_counted == ("g",)


def test_none_at_all() -> None:
    found = count_by_region(WORLD, pd.Index([]))
    assert found.counts["incidents"].sum() == 0
    assert found.not_counted == ()


def test_an_incident_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        count_by_region(WORLD, pd.Index(["z"]))


def test_many_incidents_add_up() -> None:
    rng = np.random.default_rng(1)
    rows = [
        (f"i{n}", "ML", str(rng.choice(["Gao", "Mopti", "", "Kidal"])), bool(n % 2), "place",
         float(x), float(y))
        for n, (x, y) in enumerate(rng.uniform((-2, 14), (2, 17), (400, 2)))
    ]  # fmt: skip
    found = count_by_region(snapshot(*rows))
    assert found.counts["incidents"].sum() + len(found.not_counted) == 400
    shuffled = snapshot(*[rows[at] for at in rng.permutation(400)])
    pd.testing.assert_frame_equal(count_by_region(shuffled).counts, found.counts)
