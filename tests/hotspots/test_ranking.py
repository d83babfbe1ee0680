"""The ranking of stretches, by hand and on the starter data."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from geo.atlas import Atlas, load
from geo.gazetteer.index import Gazetteer
from geo.gazetteer.placing import place_incidents
from geo.hotspots.analysis.wording import trend_told
from geo.hotspots.network.events import RoadMass, lay_mass
from geo.hotspots.network.graph import Graph
from geo.hotspots.periods import Period
from geo.hotspots.ranking import rank_stretches
from geo.records import PLACEMENT_COLUMNS, Place
from geo.roads.axes import Axis

YEAR = Period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))


def axis(axis_id: str, *chain: tuple[str, float]) -> Axis:
    n = len(chain)
    km = np.array([km for _, km in chain], dtype=float)
    return Axis(
        axis_id, "", axis_id, tuple(name for name, _ in chain), ("ML",) * n, np.zeros(n),
        np.zeros(n), km * 1_000, np.ones(n, dtype=bool),
    )  # fmt: skip


def atlas(*axes: Axis) -> Atlas:
    names = {name for a in axes for name in a.place_ids}
    places = {
        name: Place(name, name.title(), (), "ML", "", "", "town", 0.0, 15.0, 1_000.0)
        for name in names
    }
    return Atlas(Gazetteer(places), {a.axis_id: a for a in axes}, gpd.GeoDataFrame(), "test")


# 100 km with a town at 50, and a road of 60 km that shares its first 50 km.
LAND = atlas(
    axis("long", ("gao", 0), ("ansongo", 50), ("menaka", 100)),
    axis("short", ("gao", 0), ("ansongo", 50), ("tin", 60)),
)
GRAPH = Graph.from_axes(LAND.axes)


def laid(*stretches: tuple[str, float, float]) -> RoadMass:
    rows = [
        {"kind": "along", "axis_id": a, "measure_from_m": low * 1e3, "measure_to_m": high * 1e3,
         "spread_m": 0.0}
        for a, low, high in stretches
    ]  # fmt: skip
    return lay_mass(pd.DataFrame(rows, columns=list(PLACEMENT_COLUMNS)), GRAPH, 500)


def on(*values: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(values))).astype("datetime64[us]")


def test_by_hand() -> None:
    # Eight exact events at kilometre 12 of the shared road, one spread over km 50–100, one in 2023.
    mass = laid(*[("long", 12, 12.0)] * 8, ("long", 50, 100), ("long", 12, 12))
    starts = on(*["2024-05-05"] * 9, "2023-05-05")
    found = rank_stretches(
        mass, GRAPH, LAND, starts=starts, ends=starts, period=YEAR, stretch_m=10_000, draws=300
    )
    # The shared road is told once: 10 stretches of the long road, one of the short one.
    assert len(found) == 11
    assert (found["to_m"] - found["from_m"]).sum() == pytest.approx(110_000)
    assert GRAPH.total_m == pytest.approx(110_000)
    first = found.loc[1]
    assert (first["axis_id"], first["from_m"], first["to_m"]) == ("long", 10_000, 20_000)
    assert (first["from_town"], first["to_town"]) == ("Gao", "Ansongo")
    assert first["expected"] == pytest.approx(8)
    assert (first["count_low"], first["count_high"]) == (8, 8)
    # 8 events on 10 km in 366 days.
    assert first["rate"] == pytest.approx(8 / 0.1 / (366 / 30.4375))
    assert (first["rank_low"], first["rank_high"]) == (1, 1)
    # Nine events on 110 km: at least 8 of them on these 10.
    assert first["p_value"] == pytest.approx(binom.sf(7, 9, 10 / 110))
    assert first["significant"]
    assert first["caution"] is None
    # Records begin in May 2023: the year before is not known as a whole.
    assert (found["trend"] == "no_records").all()
    (short,) = found[found["axis_id"] == "short"].itertuples()
    assert (short.axis_rank, short.from_m, short.to_m) == (1, 50_000, 60_000)
    # The uncertain event is a fifth of an event on each stretch that it may be on.
    loose = found[(found["axis_id"] == "long") & (found["from_m"] >= 50_000)]
    assert loose["expected"].to_numpy() == pytest.approx(np.full(5, 0.2))
    assert (loose["count_low"] == 0).all()
    assert (loose["count_high"] == 1).all()
    assert (loose["rank_low"] == 2).all()
    assert (loose["rank_high"] == 3).all()
    assert not loose["significant"].any()
    assert "Fewer than 3 events" in str(loose["caution"].iloc[0])
    assert loose["from_town"].iloc[0] == "Ansongo"
    assert found.loc[found["expected"] == 0, "p_value"].eq(1).all()


def test_lengths_that_the_cutting_made_decide_no_rank() -> None:
    # Stretches of 16⅔ and of 13⅓ km: one sure event on a longer one, one that may be on any of the
    # shorter ones, and nothing else. In every drawing the two have one event each: both are first.
    land = atlas(
        axis("sixths", ("gao", 0), ("menaka", 100)), axis("thirds", ("tin", 0), ("kidal", 40))
    )
    graph = Graph.from_axes(land.axes)
    rows = [
        {"kind": "along", "axis_id": a, "measure_from_m": low * 1e3, "measure_to_m": high * 1e3,
         "spread_m": 0.0}
        for a, low, high in (("sixths", 5, 5.0), ("thirds", 0, 40.0))
    ]  # fmt: skip
    mass = lay_mass(pd.DataFrame(rows, columns=list(PLACEMENT_COLUMNS)), graph, 500)
    days = on("2024-05-05", "2024-05-05")
    found = rank_stretches(
        mass, graph, land, starts=days, ends=days, period=YEAR, stretch_m=17_000, draws=200
    )
    assert (found.loc[1, "axis_id"], found.loc[1, "from_m"]) == ("sixths", 0)
    assert found["rank_low"].tolist()[:4] == [1] * 4
    assert found["rank_high"].tolist()[:4] == [1, 3, 3, 3]


def test_the_trend_compares_with_the_period_before() -> None:
    mass = laid(*[("long", 12, 12.0)] * 11, ("long", 12, 12), ("long", 72, 72))
    starts = on(*["2024-05-05"] * 11, "2023-05-05", "2022-12-31")
    found = rank_stretches(
        mass, GRAPH, LAND, starts=starts, ends=starts, period=YEAR, stretch_m=10_000, draws=20
    )
    assert found.loc[1, "ratio"] == pytest.approx(11)
    assert found.loc[1, "trend"] == "rising"
    assert str(trend_told(found.loc[1])).startswith("rising: 11 times (")
    assert set(found["trend"]) == {"rising", "too_few"}


def test_the_seed_decides_and_the_columns_do_not_depend_on_the_order_of_incidents() -> None:
    mass = laid(("long", 0, 90), ("long", 20, 40), ("short", 30, 60), ("long", 12, 12))
    starts, ends = on(*["2023-12-25"] * 4), on(*["2024-01-05"] * 4)
    ask = {"starts": starts, "ends": ends, "period": YEAR, "stretch_m": 10_000.0, "draws": 30}
    one = rank_stretches(mass, GRAPH, LAND, **ask)
    assert one.equals(rank_stretches(mass, GRAPH, LAND, **ask))
    other = rank_stretches(mass, GRAPH, LAND, **{**ask, "seed": 1})
    assert one["expected"].to_numpy() == pytest.approx(other["expected"].to_numpy())
    turned = rank_stretches(mass.select(np.arange(4)[::-1]), GRAPH, LAND, **ask)
    assert one["expected"].to_numpy() == pytest.approx(turned["expected"].to_numpy())
    # 5 of 12 possible days, each road counted once.
    assert one["expected"].sum() == pytest.approx(4 * 5 / 12, rel=1e-9)


def test_even_noise_is_hardly_ever_significant() -> None:
    rng = np.random.default_rng(8)
    calls = 0
    for seed in range(20):
        km = rng.uniform(0, 110, 60)
        mass = laid(*[("long", k, k) if k < 100 else ("short", k - 50, k - 50) for k in km])
        starts = on(*["2024-05-05"] * 60)
        found = rank_stretches(
            mass, GRAPH, LAND, starts=starts, ends=starts, period=YEAR, stretch_m=10_000, draws=5,
            seed=seed,
        )  # fmt: skip
        calls += found["significant"].any()
    assert calls <= 3


def test_no_events_and_bad_numbers() -> None:
    mass = laid()
    nothing = on()
    found = rank_stretches(
        mass, GRAPH, LAND, starts=nothing, ends=nothing, period=YEAR, stretch_m=10_000, draws=2
    )
    assert len(found) == 11
    assert found["expected"].sum() == 0
    assert not found["significant"].any()
    with pytest.raises(ValueError, match="above 0"):
        rank_stretches(mass, GRAPH, LAND, starts=nothing, ends=nothing, period=YEAR, stretch_m=0)


def test_the_starter_data() -> None:
    land = load()
    raw = pd.read_csv("data/incidents.csv", dtype="str", keep_default_na=False)
    mass = lay_mass(place_incidents(raw, land), graph := Graph.from_axes(land.axes))
    starts, ends = (pd.to_datetime(raw[c]) for c in ("date_start", "date_end"))
    whole = Period(starts.min().date(), ends.max().date())
    found = rank_stretches(mass, graph, land, starts=starts, ends=ends, period=whole, draws=100)
    assert found["rate"].is_monotonic_decreasing
    # Every event on a road is in the list, and in it once.
    assert found["expected"].sum() == pytest.approx((mass.support_of >= 0).sum())
    assert (found["to_m"] - found["from_m"]).sum() == pytest.approx(graph.total_m, rel=0.01)
    assert found["count_low"].le(np.ceil(found["expected"])).all()
    assert found["count_high"].ge(np.floor(found["expected"])).all()
    assert found.loc[found["significant"], "count_high"].min() >= 3
    assert found["significant"].any()
