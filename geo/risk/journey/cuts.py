"""Why there is no way: the closed stretches that separate two stops, or the gap between roads."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.geodesy import distance_m
from geo.i18n import message
from geo.risk.journey.course import Leg, course_of
from geo.risk.journey.desk import Desk, Ints, Rows, state_of
from geo.risk.journey.limits import Closure, Line, NoRoute
from geo.risk.journey.ways import Roads
from geo.roads.changes import near
from geo.roads.referencing import chainage, slice_between
from geo.roads.statements import PASSAGE_OF, Passage
from geo.roads.wording import describe, named

_CLOSING = frozenset(str(kind) for kind, passage in PASSAGE_OF.items() if passage == Passage.CLOSED)


def why_not(
    desk: Desk,
    roads: Roads,
    pair: tuple[int, int],
    names: tuple[str, str],
    status: pd.DataFrame,
) -> NoRoute | None:
    """Return what separates two nodes; ``None`` when nothing does.

    Parameters
    ----------
    desk, roads
        The roads with their closures.
    pair, names
        The nodes of two stops, and what they are called.
    status
        For the vehicle.
    """
    graph = roads.contracted
    start, goal = pair
    if graph.component[start] != graph.component[goal]:
        return _gap(desk, roads, pair, names)
    reached = _parts(roads, ~roads.closed)
    here = reached == reached[start]
    if here[goal]:
        return None
    # Beyond what is reached from the start, the part that the goal is in; what is closed between
    # the two is a least cut: opening any of it would join them.
    outside = ~here[graph.u] & ~here[graph.v]
    beyond = _parts(roads, outside)
    there = (beyond == beyond[goal]) & ~here
    cut = np.flatnonzero(
        (here[graph.u] & there[graph.v]) | (here[graph.v] & there[graph.u])
    )  # fmt: skip
    closures: list[Closure] = []
    for edge in cut.tolist():
        axis_id, leg = desk.axes_of_edge[int(roads.edge[edge])][0]
        lane = desk.lanes[axis_id]
        length_m = desk.ground.lixels.graph.length_m[roads.edge[edge]]
        at_u, at_v = lane.at_u_m[leg], lane.at_v_m[leg]
        ends = [at_u + (at_v - at_u) * m[edge] / length_m for m in (roads.from_m, roads.to_m)]
        closures += closures_on(desk, (Leg(axis_id, min(ends), max(ends), 0),), status)
    text = message(
        "No open way leads from {start} to {end}: what is reported closed lies across all of them.",
        start=names[0], end=names[1],
    )  # fmt: skip
    return NoRoute(*names, text, tuple(closures))


def _parts(roads: Roads, open_edges: np.ndarray) -> Ints:
    graph = roads.contracted
    ends = graph.u[open_edges], graph.v[open_edges]
    ones = np.ones(len(ends[0]), dtype=np.int8)
    joined = coo_array((ones, ends), shape=(graph.node_count, graph.node_count)).tocsr()
    return np.asarray(connected_components(joined, directed=False)[1], dtype=np.intp)


def _gap(desk: Desk, roads: Roads, pair: tuple[int, int], names: tuple[str, str]) -> NoRoute:
    """Return where the roads of two stops that do not meet come closest."""
    ids = desk.ground.lixels.graph.node_ids
    places = desk.atlas.gazetteer.places
    component = roads.contracted.component[: len(ids)]
    sides = [np.flatnonzero(component == roads.contracted.component[node]) for node in pair]
    points = [
        shapely.points([(places[ids[n]].lon, places[ids[n]].lat) for n in side]) for side in sides
    ]
    found = shapely.STRtree(points[0]).query_nearest(
        points[1], all_matches=False, return_distance=True
    )
    (other, one), far = found
    best = int(np.argmin(far))
    first, second = (
        places[ids[side[at[best]]]] for side, at in zip(sides, (one, other), strict=True)
    )
    gap_km = distance_m(first.lon, first.lat, second.lon, second.lat) / 1_000
    text = message(
        "The known roads of {start} and {end} do not meet: they come closest between {one} and "
        "{other}, {km:.0f} km apart. There may be tracks that no map here shows.",
        start=names[0], end=names[1], one=first.name, other=second.name, km=gap_km,
    )  # fmt: skip
    return NoRoute(*names, text, (), gap_km, first.name, second.name)


def closures_on(desk: Desk, legs: tuple[Leg, ...], status: pd.DataFrame) -> list[Closure]:
    """Return the closed stretches that legs run over, in their order.

    Parameters
    ----------
    desk
        Roads and evidence.
    legs
        Stretches of axes.
    status
        For the vehicle.
    """
    kinds = dict(zip(desk.snapshot.assertions["assertion_id"], desk.snapshot.assertions["kind"],
                     strict=True))  # fmt: skip
    places = desk.atlas.gazetteer.places
    closed = status["passage"].to_numpy(dtype=object) == Passage.CLOSED
    course = course_of(desk, legs, np.ones(desk.ground.lixels.graph.edge_count), status)
    state = state_of(status.iloc[course.row_for])
    keys = np.stack([course.leg, state])
    change = np.flatnonzero((keys[:, 1:] != keys[:, :-1]).any(axis=0)) + 1
    rows = Rows(status)
    found: list[Closure] = []
    for first, last in pairwise([0, *change.tolist(), len(state)]):
        row = int(course.row_for[first])
        if not closed[row]:
            continue
        told = rows[row]
        from_m, to_m = float(course.from_m[first]), float(course.to_m[last - 1])
        ids = tuple(name for name in told.assertion_ids if kinds.get(name) in _CLOSING)
        before = found[-1] if found else None
        if before and (before.axis_id, before.to_m, before.assertion_ids) == (
            told.axis_id, from_m, ids,
        ):  # fmt: skip
            from_m = found.pop().from_m
        axis = desk.atlas.axes[told.axis_id]
        found.append(
            Closure(
                told.axis_id, named(axis), from_m, to_m, chainage(from_m), chainage(to_m),
                near(axis, from_m, places), near(axis, to_m, places), describe(told),
                told.passage_since, float(told.passage_confidence), ids,
                line_of(desk, Leg(told.axis_id, from_m, to_m, 0)),
            )
        )  # fmt: skip
    return found


def line_of(desk: Desk, leg: Leg) -> Line:
    """Return the line of a leg, degrees."""
    if leg.from_m == leg.to_m:
        return ()
    line = slice_between(desk.atlas.axes[leg.axis_id], leg.from_m, leg.to_m)
    return tuple((round(lon, 6), round(lat, 6)) for lon, lat in line.coords)
