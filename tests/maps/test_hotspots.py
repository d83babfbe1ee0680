"""What the browser draws of an answer: aligned, classed, bounded in size, and the same as said."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from geo.hotspots.analysis.along import with_density
from geo.hotspots.analysis.answer import Answer, answer
from geo.hotspots.analysis.events import Events
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.nearness import nearness
from geo.hotspots.analysis.question import NETWORK, PLANAR, Question
from geo.hotspots.analysis.shift import Move, shift_of
from geo.hotspots.analysis.wording import moves_of
from geo.hotspots.analysis.years import by_year
from geo.hotspots.grid import to_lonlat
from geo.hotspots.raster import STUDY_AREA
from geo.roads import strip
from geo.roads.status import status
from geo.selection import Selection, select
from geo.summary import tolls
from maps import hotspots, palette, years
from maps import nearness as nearness_pictures
from maps.payload import View
from tests.starter import ON, starter

SINCE_2017 = Selection(on=ON, known_on=ON, start=date(2017, 1, 1), end=ON, ied_only=True)


@lru_cache(maxsize=1)
def ground() -> Ground:
    return Ground(starter())


@lru_cache(maxsize=4)
def ask(surface: str) -> Answer:
    return answer(Question(SINCE_2017, surface), ground())


@lru_cache(maxsize=1)
def view() -> View:
    shot = starter()
    return View(shot, select(shot, SINCE_2017), status(shot), pd.DataFrame(), None,
                tolls(shot.claims))  # fmt: skip


def built(found: Answer) -> dict[str, Any]:
    payload = hotspots.build(found, view(), theme="light", caption=["x"], selected=None)
    json.dumps(payload, allow_nan=False)
    return payload


def rows(payload: dict[str, Any]) -> list[str]:
    return [row["label"] for row in payload["layers"][0]["legend"]]


def test_the_darkest_pixel_lies_where_the_densest_cell_is() -> None:
    found = ask(PLANAR)
    assert found.surface is not None
    section = built(found)["density"]
    picture = Image.open(io.BytesIO(base64.b64decode(section["url"].split(",")[1])))
    values = np.asarray(picture)
    (south, west), (north, east) = section["bounds"]
    assert (west, south, east, north) == STUDY_AREA
    density, grid = found.surface.density_per_km2, found.surface.grid
    y, x = np.unravel_index(density.argmax(), density.shape)
    lon, lat = to_lonlat(grid.x_m[x], grid.y_m[y])

    def mercator(degrees: float) -> float:
        return float(np.arcsinh(np.tan(np.radians(degrees))))

    column = int((float(lon) - west) / (east - west) * picture.width)
    down = (mercator(north) - mercator(float(lat))) / (mercator(north) - mercator(south))
    assert values[int(down * picture.height), column] == values.max() == 5
    assert values[0, 0] == 0


def test_classes_on_roads_are_those_of_the_legend_and_the_densest_lie_on_top() -> None:
    found = ask(NETWORK)
    payload = built(found)
    assert payload["density"] is None
    colours = [line["colour"] for line in payload["lixels"]]
    ramp = list(hotspots.ramp(5))
    ranks = [0 if colour is None else ramp.index(colour) + 1 for colour in colours]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3, 4, 5}
    assert "hold 25% of them" in rows(payload)[0]
    for line in payload["lixels"][-3:]:
        kind, axis_id, start, end = line["pick"].split(":")
        assert kind == "road"
        axis = starter().atlas.axes[axis_id]
        assert axis.start_m <= float(start) < float(end) <= axis.end_m + 1
        assert "events per 100 km and month" in line["text"][1]
    # Significant stretches have their edge, and the legend says what it means.
    assert len(payload["outlines"]["paths"]) == int(found.stretches["significant"].sum()) > 0
    assert any("Dark edge" in label for label in rows(payload))
    assert any("not in this picture" in label for label in rows(payload))


@pytest.mark.parametrize("surface", [PLANAR, NETWORK])
def test_a_change_is_drawn_with_its_extent_and_its_interval(surface: str) -> None:
    every = replace(SINCE_2017, start=date(2022, 1, 1), ied_only=False)
    found = answer(Question(every, surface, bandwidth_m=60_000.0), ground())
    shift = shift_of(found)
    assert shift is not None
    payload = hotspots.build(found, view(), theme="dark", caption=[], selected=None, shift=shift)
    json.dumps(payload, allow_nan=False)
    unit = "km²" if surface == PLANAR else "km"
    shown = [move for move in sorted(shift.extent, reverse=True) if shift.extent[move]]
    told = [str(moves_of(move, shift.extent[move], on_roads=surface == NETWORK)) for move in shown]
    assert rows(payload)[: len(told)] == told
    assert all(label.endswith(unit) for label in told)
    if surface == PLANAR:
        section = payload["density"]
        picture = Image.open(io.BytesIO(base64.b64decode(section["url"].split(",")[1])))
        assert set(np.unique(np.asarray(picture))) <= set(range(len(Move)))
        return
    clear = [line for line in payload["lixels"] if "interval" in line["text"][1]]
    assert clear
    assert payload["lixels"][-1]["text"][1].startswith(("twice", "clearly", "half"))
    assert {line["colour"] for line in payload["lixels"]} <= {
        None, *(palette.MOVES[move.name][1] for move in shown)
    }  # fmt: skip


def test_the_curve_of_nearness_is_drawn_with_what_each_point_tells() -> None:
    found = nearness(Events(ground(), SINCE_2017))
    assert found is not None
    drawing = ET.fromstring(nearness_pictures.svg(found))  # noqa: S314 - our own
    tips = [node.text or "" for node in drawing.iter("{http://www.w3.org/2000/svg}title")]
    assert len(tips) == len(found.curve)
    assert all("chance gives" in tip for tip in tips)


def test_only_what_changed_is_drawn_anew() -> None:
    one = built(ask(PLANAR))
    other = built(answer(Question(SINCE_2017, bandwidth_m=40_000.0), ground()))
    same = {name for name in one["keys"] if one["keys"][name] == other["keys"][name]}
    assert same == {"lixels", "marks", "selected"}


def test_many_events_are_left_to_the_threat_map(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(built(ask(PLANAR))["marks"]["lon"]) == 135
    monkeypatch.setattr(hotspots, "MARKS_MAX", 100)
    payload = built(ask(PLANAR))
    assert payload["marks"]["lon"] == []
    assert "threat map" in payload["layers"][1]["legend"][0]["label"]


@pytest.mark.parametrize("surface", [PLANAR, NETWORK])
def test_nothing_to_show_is_said(surface: str) -> None:
    nothing = replace(SINCE_2017, start=date(2012, 1, 1), end=date(2012, 2, 1))
    payload = built(answer(Question(nothing, surface), ground()))
    assert rows(payload)[0] == "No event of this choice can be drawn"
    assert payload["density"] is None
    assert payload["outlines"]["paths"] == []
    assert all(line["colour"] is None for line in payload["lixels"])


@pytest.mark.parametrize("surface", [PLANAR, NETWORK])
def test_years_share_one_scale_and_add_up(surface: str) -> None:
    found = ask(surface)
    by = by_year(found)
    assert [year.period.first.year for year in by.years] == list(range(2017, 2026))
    assert sum(year.events for year in by.years) == pytest.approx(found.events.count)
    assert [year.complete for year in by.years] == [True] * 8 + [False]
    # The rates of the years, each over its months, are the density of the whole period.
    whole = found.surface.density_per_km2 if found.surface else found.roads and found.roads.per_km
    assert whole is not None
    months = [year.period.days / 30.4375 for year in by.years]
    total = sum(year.rate * length for year, length in zip(by.years, months, strict=True))
    # (Each year is binned in a box of its own, within the stated bound of 1 % of one event.)
    assert np.max(np.abs(total - whole)) < 1e-2 * np.max(whole)
    drawn = ET.fromstring(years.svg(by, found))  # noqa: S314 - our own drawing
    texts = [node.text or "" for node in drawn.iter() if node.tag.endswith("text")]
    assert sum("event" in text and "·" in text for text in texts) == 9
    assert any("to Feb 12, 2025" in text for text in texts)
    assert sum(text.startswith("≥") for text in texts) == len(by.limits) == 5


def test_a_strip_takes_the_density_of_its_road() -> None:
    found = ask(NETWORK)
    assert found.roads is not None
    shot = starter()
    plain = strip.build(shot, status(shot), select(shot, SINCE_2017), "ML-RN16")
    shown = with_density(plain, found)
    assert shown.bandwidth_m == found.roads.bandwidth_m
    assert (np.diff(shown.density_measure_m) > 0).all()
    own = found.lixels[found.lixels["axis_id"] == "ML-RN16"]
    assert shown.density_per_km * found.per_road == pytest.approx(own["now"].to_numpy(), abs=1e-12)
    with pytest.raises(ValueError, match="along roads"):
        with_density(plain, ask(PLANAR))
