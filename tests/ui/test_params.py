"""The table of URL parameters: what is written is read back, and nothing that is read raises."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.briefing import shelf
from geo.hotspots.analysis.question import SURFACES
from geo.hotspots.bandwidth import METHODS
from geo.hotspots.kernels import KERNELS
from geo.hotspots.network.density import METHODS as ROAD_METHODS
from geo.records import Category, GeoPrecision
from tests.examples import examples
from ui import params, parsing
from ui.params import Facts

_CHOICES: dict[str, Any] = {
    "first_day": date(2017, 1, 11),
    "last_day": date(2025, 12, 6),
    "today": date(2026, 1, 2),
    "perpetrators": ("", "IS-Sahel", "JNIM"),
    "regions": ("BF:Sahel", "ML:Gao", "NE:Tillabéri"),
    "axes": ("ML-RN16", "ML-RN17"),
    "towns": ("Ansongo", "Gao"),
    "languages": ("en", "fr"),
    "vehicles": ("car", "truck"),
    "aversion": 0.7,
}
FACTS = Facts(**{field.name: _CHOICES[field.name] for field in fields(Facts)})
DAYS = st.dates(FACTS.earliest, FACTS.latest)


def several(options: tuple[Any, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.sets(st.sampled_from(options)).map(
        lambda chosen: tuple(option for option in options if option in chosen)
    )


VIEWS = st.tuples(
    st.integers(-8500, 8500).map(lambda n: n / 100),
    st.integers(-17900, 17900).map(lambda n: n / 100),
    st.integers(4, 72).map(lambda n: n / 4),
)
PICKS = st.sampled_from(["incident:A-1", "road:ML-RN17:0:5000", "region:ML-7", "box:0,1,2,3"])
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "on": DAYS,
    "known": st.none() | DAYS,
    "period": st.sampled_from(list(params.PERIODS_DAYS)),
    "from": DAYS,
    "to": DAYS,
    "cat": several(tuple(Category)),
    "ied": st.booleans(),
    "by": several(FACTS.perpetrators),
    "country": several(params.COUNTRIES),
    "region": several(FACTS.regions),
    "precision": several(tuple(GeoPrecision)),
    "bw": st.sampled_from([str(km) for km in params.BANDWIDTHS_KM]),
    "count": st.sampled_from(params.COUNTED),
    "surface": st.sampled_from(params.SURFACES),
    "kernel": st.sampled_from(params.KERNELS),
    "smoothing": st.sampled_from(params.SMOOTHINGS),
    "km": st.integers(30, 1500).map(lambda n: n / 10),
    "roadkm": st.integers(10, 600).map(lambda n: n / 10),
    "method": st.sampled_from(params.ROAD_METHODS),
    "inregions": st.booleans(),
    "part": st.sampled_from(params.PARTS),
    "shown": st.sampled_from(params.SHOWN),
    "about": st.sampled_from(params.ABOUT),
    "reports": st.sampled_from(params.REPORT_VIEWS),
    "report": st.none() | st.integers(1, 999_999_999),
    "pick": st.none() | PICKS,
    "axis": st.sampled_from(_CHOICES["axes"]),
    "start": st.none() | st.sampled_from(_CHOICES["towns"]),
    "end": st.none() | st.sampled_from(_CHOICES["towns"]),
    "since": DAYS,
    "versus": st.sampled_from(["days", "knowledge"]),
    "template": st.sampled_from(shelf.names()),
    "origin": st.text(max_size=40).map(str.strip),
    "dest": st.text(max_size=40).map(str.strip),
    "via": st.lists(
        st.text(min_size=1, max_size=9).map(str.strip).filter(bool), unique=True, max_size=6
    ).map(tuple),
    "vehicle": st.sampled_from(_CHOICES["vehicles"]),
    "escort": st.booleans(),
    "back": st.booleans(),
    "closed": st.booleans(),
    "depart": st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    "aversion": st.integers(0, 10).map(lambda n: n / 10),
    "way": st.none() | st.integers(1, 9),
    "against": st.none()
    | st.sampled_from(
        [("route", "2"), ("on", "2025-02-12"), ("known", "2025-02-06"), ("without", "A-1")]
    ),
    "lang": st.none() | st.sampled_from(FACTS.languages),
    "at": st.none() | VIEWS,
    "layers": several(parsing.LAYERS),
}
TESTED = [param.name for param in params.TABLE if param.name in BY_NAME]
DEFAULTS, _NONE_IGNORED = params.read({}, FACTS)


@given(st.fixed_dictionaries({name: BY_NAME[name] for name in TESTED}))
@settings(max_examples=examples(150))
def test_a_view_that_is_written_is_read_back(values: dict[str, Any]) -> None:
    query = params.write({**DEFAULTS, **values}, FACTS)
    read, ignored = params.read(query, FACTS)
    assert ignored == []
    expected = {**DEFAULTS, **values}
    if values["period"] != "custom":  # the other periods have no ends of their own
        expected |= {name: DEFAULTS[name] for name in ("from", "to")}
    assert read == expected
    assert params.write(read, FACTS) == query


def test_every_parameter_is_tried() -> None:
    assert set(params.BY_NAME) <= set(BY_NAME)


def test_the_usual_view_needs_no_parameter() -> None:
    assert params.write(DEFAULTS, FACTS) == {}
    assert DEFAULTS["on"] == date(2025, 12, 6)


@pytest.mark.parametrize("name", list(params.BY_NAME))
@given(given=st.lists(st.text(max_size=30) | st.sampled_from(["1", "2025-02-12", "0_0_5"])))
@settings(max_examples=examples(25))
def test_garbage_is_ignored_and_named_and_never_raises(name: str, given: list[str]) -> None:
    read, ignored = params.read({name: given}, FACTS)
    assert set(read) == set(params.BY_NAME)
    for part in ignored:
        assert part.name == name
        assert str(part.reason)
        assert read[name] == DEFAULTS[name]
    start, end = params.period(read, FACTS)
    assert start <= end
    params.selection(read, FACTS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("on", "2025-02-30"), ("on", "1789-07-14"), ("on", "9999-12-31"), ("period", "1y"),
        ("cat", "dragons"), ("ied", "yes"), ("country", "FR"), ("region", "Gao"), ("bw", "26"),
        ("at", "nan_0_5"), ("at", "91_0_5"), ("at", "15_0"), ("at", "15_0_99"), ("at", "inf_0_5"),
        ("layers", "roads_dragons"), ("pick", "dragon:1"), ("pick", "incident:" + "x" * 300),
        ("lang", "xx"), ("colour", "red"), ("km", "2"), ("km", "nan"), ("roadkm", "1e9"),
        ("surface", "moon"), ("kernel", "cubic"),
    ],
)  # fmt: skip
def test_an_invalid_value_is_told_with_what_was_expected(name: str, value: str) -> None:
    read, ignored = params.read({name: [value], "ied": ["1"]} | {name: [value]}, FACTS)
    assert [(part.name, part.value) for part in ignored] == [(name, value)]
    assert str(ignored[0].reason)
    assert read["ied"] is (name != "ied")  # the rest of the address counts


@pytest.mark.parametrize(("code", "days"), [("30d", 30), ("90d", 90), ("12m", 365)])
def test_a_period_counts_its_days_back_from_the_day_it_stands_for(code: str, days: int) -> None:
    start, end = params.period({**DEFAULTS, "period": code, "on": date(2025, 2, 12)}, FACTS)
    assert end == date(2025, 2, 12)
    assert end - start == timedelta(days=days - 1)  # both days count


def test_a_custom_period_may_be_given_backwards() -> None:
    ends = {"from": date(2025, 2, 1), "to": date(2025, 1, 1), "period": "custom"}
    assert params.period({**DEFAULTS, **ends}, FACTS) == (date(2025, 1, 1), date(2025, 2, 1))


def test_the_words_of_hotspots_are_those_of_the_core() -> None:
    assert params.SURFACES == SURFACES
    assert set(params.KERNELS) == set(KERNELS)
    assert set(params.SMOOTHINGS) == set(METHODS)
    assert set(params.ROAD_METHODS) == set(ROAD_METHODS)


def test_everything_begins_with_the_first_report() -> None:
    values = {**DEFAULTS, "period": "all", "on": date(2025, 2, 12)}
    assert params.period(values, FACTS) == (date(2017, 1, 11), date(2025, 2, 12))
    assert params.selection(values, FACTS).known_on == FACTS.today


def test_an_incident_may_be_named_as_one_would_write_it() -> None:
    values, ignored = params.read({"incident": ["ML-2025-02-07-KOBE"]}, FACTS)
    assert (values["pick"], ignored) == ("incident:ML-2025-02-07-KOBE", [])
    # What the page itself wrote leads, and the other is named as left out.
    asked = {"incident": ["A"], "pick": ["road:ML-RN17"]}
    assert [one.name for one in params.read(asked, FACTS)[1]] == ["incident"]


def test_an_operator_keeps_journeys_out_of_addresses() -> None:
    asked = {**DEFAULTS, "origin": "Gao", "dest": "Labbezanga", "via": ("Ansongo",), "escort": True}
    assert set(params.write(asked, FACTS)) == {"origin", "dest", "via", "escort"}
    assert params.write(asked, FACTS, discreet=True) == {"escort": ["1"]}
