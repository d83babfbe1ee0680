"""Which incidents are one event: points by hand, the starter data, a hundred thousand at once."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point

from geo import summary
from geo.columns import INCIDENTS, typed
from geo.matching.events import Events, gather
from geo.matching.points import Feature, compare
from geo.matching.ranking import Verdict, rank
from geo.records import PLACEMENT_COLUMNS
from tests.starter import KOBE, starter

AMBUSH = {
    "date_start": "2025-02-07", "date_end": "2025-02-07", "country": "ML", "category": "ambush",
    "perpetrator": "IS-Sahel", "target": "convoy_escorted",
}  # fmt: skip


def event(
    lon: float | None = -0.05,
    spread_m: float = 2_000,
    road: tuple[str, float, float] | None = None,
    killed: tuple[int, int] | None = None,
    **cells: str,
) -> Events:
    """Return one incident; the rest is the ambush's."""
    index = pd.Index(["X"])
    incident = typed(INCIDENTS, {name: [cell] for name, cell in {**AMBUSH, **cells}.items()}, index)
    row = dict.fromkeys(PLACEMENT_COLUMNS)
    row |= {"lon": lon, "lat": 16.0, "spread_m": spread_m, "geometry": lon and Point(lon, 16.0)}
    if road:
        row |= dict(zip(("axis_id", "measure_from_m", "measure_to_m"), road, strict=True))
    placement = gpd.GeoDataFrame(pd.DataFrame([row], index=index))
    tolls = pd.DataFrame(
        {"killed_low": [killed[0]], "killed_high": [killed[1]]} if killed else
        {"killed_low": [], "killed_high": []},
        index=index if killed else [],
    )  # fmt: skip
    return gather(incident, placement, tolls)


@pytest.mark.parametrize(
    ("feature", "other", "points"),
    [
        (Feature.DAYS, {}, 4.0),
        (Feature.DAYS, {"date_start": "2025-02-08", "date_end": "2025-02-08"}, 2.5),
        (Feature.DAYS, {"date_start": "2025-02-10", "date_end": "2025-02-10"}, 1.0),
        (Feature.DAYS, {"date_start": "2025-02-14", "date_end": "2025-02-14"}, -2.0),
        (Feature.DAYS, {"date_start": "2025-02-15", "date_end": "2025-02-15"}, -np.inf),
        (Feature.DAYS, {"date_start": "2025-02-01", "date_end": "2025-02-28"}, 2.0),
        (Feature.DAYS, {"date_start": "2025-01-01", "date_end": "2025-12-31"}, 0.5),
        (Feature.DAYS, {"date_start": "", "date_end": ""}, 0.0),
        (Feature.PLACE, {}, 4.0),
        (Feature.PLACE, {"spread_m": 40_000}, 3.0),
        (Feature.PLACE, {"lon": 0.0, "spread_m": 0}, 1.0),  # 5.4 km off, 3.4 km between
        (Feature.PLACE, {"lon": 0.2, "spread_m": 0}, -1.0),  # 26.8 km off
        (Feature.PLACE, {"lon": 2.0}, -np.inf),
        (Feature.PLACE, {"lon": None}, 0.0),
        (Feature.COUNTRY, {"country": "NE"}, -3.0),
        (Feature.COUNTRY, {"country": ""}, 0.0),
        (Feature.GROUPS, {"perpetrator": "JNIM (Katiba Macina); IS-Sahel"}, 1.5),
        (Feature.GROUPS, {"perpetrator": "JNIM"}, -2.0),
        (Feature.GROUPS, {"perpetrator": "unspecified jihadists"}, 0.0),
        (Feature.TARGET, {"target": "bus"}, 0.0),
        (Feature.TARGET, {"target": "armed_group"}, -1.0),
        (Feature.CATEGORY, {"category": "ied"}, 0.0),
        (Feature.CATEGORY, {"category": "abduction"}, -1.0),
        (Feature.KILLED, {"killed": (20, 40)}, 1.0),
        (Feature.KILLED, {"killed": (64, 70)}, 0.0),
        (Feature.KILLED, {"killed": (65, 70)}, -1.0),
        (Feature.KILLED, {}, 0.0),
    ],
)  # fmt: skip
def test_points_by_hand(feature: Feature, other: dict[str, str], points: float) -> None:
    one = event(killed=(10, 32))
    assert compare(one, event(**other))[feature][0] == points
    # Whoever is asked first, the answer is the same.
    assert compare(event(**other), one)[feature][0] == points


def test_on_one_road_kilometres_decide_not_circles() -> None:
    one = event(road=("ML-RN17", 31_000, 35_000), spread_m=2_000)
    wide = event(road=("ML-RN17", 60_000, 97_000), spread_m=60_000)
    assert compare(one, wide)[Feature.PLACE][0] == -1.0  # 25 km between, though the circles touch
    elsewhere = event(road=("ML-RN16", 60_000, 97_000), spread_m=60_000)
    assert compare(one, elsewhere)[Feature.PLACE][0] == 2.0


@pytest.fixture(scope="module")
def ledger() -> Events:
    everything = starter(date(2025, 12, 31), date(2026, 11, 20))
    tolls = summary.tolls(everything.claims)
    return gather(everything.incidents, everything.placements, tolls)


def test_every_starter_incident_is_found_first_and_hardly_ever_another(ledger: Events) -> None:
    taken = 0
    for at, incident_id in enumerate(ledger.ids):
        found = rank(ledger.take(np.array([at])), ledger)
        assert found[0].incident_id == incident_id
        taken += sum(one.verdict is Verdict.SAME for one in found[1:])
    # Two pairs of distinct attacks of one morning in one place.
    assert taken <= 4


def test_the_words_give_the_reasons_and_the_order(ledger: Events) -> None:
    wire = event(
        lon=0.2, spread_m=48_500, road=("ML-RN17", 0, 97_000), killed=(10, 32),
        perpetrator="unspecified jihadists",
    )  # fmt: skip
    first, *others = rank(wire, ledger)
    assert (first.incident_id, first.verdict, first.points) == (KOBE, Verdict.SAME, 10.0)
    assert [str(reason.message) for reason in first.reasons] == [
        "on the same day",
        "on the same stretch of road, known within 48 km",
        "the same target: Escorted convoy",
        "the same kind: Ambush",
        "killed: 10–32 here, 10–56 there",
    ]
    assert all(one.points < first.points for one in others)


def test_a_hundred_thousand_change_nothing_but_the_company(ledger: Events) -> None:
    many = ledger.take(np.tile(np.arange(len(ledger)), 340))
    kobe = ledger.take(np.flatnonzero(ledger.ids == KOBE))
    assert {one.incident_id for one in rank(kobe, many, most=340)} == {KOBE}
    assert rank(kobe, ledger.take(np.array([], dtype=int))) == []
