"""The page's caches: mass laid once per snapshot, events chosen once per filter, then densities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.hotspots.analysis.answer import Answer, of_events
from geo.hotspots.analysis.events import Events
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.nearness import Nearness, nearness
from geo.hotspots.analysis.question import NETWORK, Question
from geo.hotspots.analysis.shift import Shift, shift_of
from geo.hotspots.analysis.years import Years, by_year
from geo.records import Category
from geo.selection import Selection
from geo.snapshot import Snapshot
from ui import cache, params
from ui.params import ABOUT


@st.cache_resource(show_spinner=False, max_entries=3)
def _ground(version: str, _snapshot: Snapshot) -> Ground:
    return Ground(_snapshot)


@st.cache_resource(show_spinner=False, max_entries=24)
def _events(version: str, filters: str, _ground: Ground, _selection: Selection) -> Events:
    return Events(_ground, _selection)


@st.cache_resource(show_spinner=False, max_entries=64)
def _answer(version: str, filters: str, question: str, _question: Question, _of: Events) -> Answer:
    return of_events(_question, _of)


@st.cache_resource(show_spinner=False, max_entries=8)
def _years(version: str, filters: str, question: str, _answer: Answer) -> Years:
    return by_year(_answer)


def _key(values: Mapping[str, Any]) -> str:
    return cache.filters_key(values, "count")


def question(values: Mapping[str, Any], surface: str | None = None) -> Question:
    """Return what a view asks; with ``surface``, the same about another surface."""
    asked = params.selection(values, cache.facts())
    selection = replace(asked, ied_only=asked.ied_only or values["count"] == "ied")
    where = surface or values["surface"]
    roads = where == NETWORK
    # Along roads there is no rule of thumb; on the plane there is no choice of method.
    smoothing = "hand" if roads and values["smoothing"] == "rule" else values["smoothing"]
    return Question(
        selection,
        surface=where,
        kernel=values["kernel"],
        bandwidth=smoothing,
        bandwidth_m=float(values["roadkm" if roads else "km"]) * 1_000,
        method=values["method"] if roads else "esd",
        with_regions=values["inregions"] and not roads,
    )


def answer(values: Mapping[str, Any], surface: str | None = None) -> Answer:
    """Return where the events of a view concentrate."""
    asked = question(values, surface)
    shot = cache.snapshot(asked.selection)
    events = _events(shot.version, _key(values), _ground(shot.version, shot), asked.selection)
    named = replace(asked, bandwidth_m=None) if asked.bandwidth != "hand" else asked
    rest = (named.surface, named.kernel, named.bandwidth, named.bandwidth_m, named.method,
            named.with_regions)  # fmt: skip
    return _answer(shot.version, _key(values), repr(rest), asked, events)


@st.cache_resource(show_spinner=False, max_entries=16)
def _shift(
    version: str, filters: str, question: str, against: str, _answer: Answer
) -> Shift | None:
    return shift_of(_answer, against)


def shift(values: Mapping[str, Any], found: Answer) -> Shift | None:
    """Return where the rate of a view changed; ``None`` where nothing can be compared with."""
    asked = found.question
    rest = (asked.surface, asked.kernel, found.bandwidth.bandwidth_m, asked.method,
            asked.with_regions)  # fmt: skip
    return _shift(found.events.ground.snapshot.version, _key(values), repr(rest), values["shown"],
                  found)  # fmt: skip


def years(values: Mapping[str, Any]) -> Years:
    """Return a view's answer year by year."""
    found = answer(values)
    asked = found.question
    rest = (asked.surface, asked.kernel, found.bandwidth.bandwidth_m, asked.method,
            asked.with_regions)  # fmt: skip
    return _years(found.events.ground.snapshot.version, _key(values), repr(rest), found)


@st.cache_resource(show_spinner=False, max_entries=24)
def _near(version: str, filters: str, about: str, _answer: Answer) -> Nearness | None:
    return nearness(_answer.events, None if about == ABOUT[0] else Category(about))


def near(values: Mapping[str, Any], found: Answer) -> Nearness | None:
    """Return how near a view's events lie to one another, or to those of another kind."""
    version = found.events.ground.snapshot.version
    return _near(version, _key(values), values["about"], found)
