"""From stops to ways: the roads with the stops on them, their costs, fronts, and which to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.hotspots.network.arrays import Floats
from geo.risk.journey.desk import Desk, Ints
from geo.risk.journey.policy import JourneyPolicy
from geo.risk.journey.question import Stop
from geo.risk.routing.contraction import Contracted
from geo.risk.routing.front import Front, pareto_front, undominated
from geo.roads.statements import Passage

AT_NODE_M = 1.0
_MOST_COMBINED = 20_000
_THINNED = 48
_COMPARED = 400
HOURS_PER_DAY = 24.0


@dataclass(frozen=True, eq=False)
class Roads:
    """The roads of a desk, cut where the stops stand.

    Parameters
    ----------
    contracted
        The graph.
    edge, from_m, to_m
        Edge of the desk's graph that each edge is a part of, and offsets there; ascending.
    hours, expected
        Time and expected incidents of each edge.
    closed
        Which edges are reported closed to the vehicle.
    nodes
        Node of each stop.
    """

    contracted: Contracted
    edge: Ints
    from_m: Floats
    to_m: Floats
    hours: Floats
    expected: Floats
    closed: NDArray[np.bool_]
    nodes: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Way:
    """A way over all stops.

    Parameters
    ----------
    arms
        Arms of `Roads` between each two stops.
    hours, expected
        Time and expected incidents on the roads.
    """

    arms: tuple[NDArray[np.int32], ...]
    hours: float
    expected: float


def roads_for(
    desk: Desk, stops: Sequence[Stop], edge_h: Floats, closed_lixels: NDArray[np.bool_]
) -> Roads:
    """Return the roads with a node for every stop.

    Parameters
    ----------
    desk
        Roads and rates.
    stops
        In any order.
    edge_h
        Hours for each edge of the desk's graph.
    closed_lixels
        Which lixels are closed.
    """
    lixels = desk.ground.lixels
    graph = lixels.graph
    where = [_on_edge(desk, stop) for stop in stops]
    offsets: dict[int, set[float]] = {}
    for cut_edge, at_m in where:
        if AT_NODE_M <= at_m <= graph.length_m[cut_edge] - AT_NODE_M:
            offsets.setdefault(cut_edge, set()).add(at_m)
    u, v, to_list = graph.u.tolist(), graph.v.tolist(), graph.length_m.tolist()
    more: list[tuple[int, int, int, float, float]] = []
    node_at: dict[tuple[int, float], int] = {}
    for cut_edge, cuts in offsets.items():
        end, end_m = v[cut_edge], to_list[cut_edge]
        before, before_m = -1, 0.0
        for at_m in sorted(cuts):
            node = node_at[cut_edge, at_m] = graph.node_count + len(node_at)
            if before < 0:
                v[cut_edge], to_list[cut_edge] = node, at_m
            else:
                more.append((before, node, cut_edge, before_m, at_m))
            before, before_m = node, at_m
        more.append((before, end, cut_edge, before_m, end_m))
    nodes = tuple(
        node_at[e, at] if (e, at) in node_at else int((graph.u if at < AT_NODE_M else graph.v)[e])
        for e, at in where
    )
    edge = np.array([*range(graph.edge_count), *(part[2] for part in more)], dtype=np.intp)
    from_m = np.array([0.0] * graph.edge_count + [part[3] for part in more])
    to_m = np.array(to_list + [part[4] for part in more])
    u += [part[0] for part in more]
    v += [part[1] for part in more]
    share = (to_m - from_m) / graph.length_m[edge]
    costs = desk.field.costs()
    # Time is even along an edge, so each of its lixels takes the same part of it.
    per_day = np.add.reduceat(costs, lixels.first[:-1]) / lixels.per_edge
    closed = np.logical_or.reduceat(closed_lixels, lixels.first[:-1])[edge]
    expected = (edge_h * per_day / HOURS_PER_DAY)[edge]
    for part in np.flatnonzero(share < 1).tolist():
        whole = int(edge[part])
        some = slice(int(lixels.first[whole]), int(lixels.first[whole + 1]))
        inside = overlap_m(
            lixels.from_m[some], float(lixels.step_m[whole]), float(from_m[part]), float(to_m[part])
        )
        days = edge_h[whole] / HOURS_PER_DAY * inside / graph.length_m[whole]
        expected[part] = costs[some] @ days
        closed[part] = bool((closed_lixels[some] & (inside > AT_NODE_M)).any())
    contracted = Contracted.of(u, v, graph.node_count + len(node_at))
    return Roads(contracted, edge, from_m, to_m, edge_h[edge] * share, expected, closed, nodes)


def overlap_m(from_m: Floats, step_m: float, low: float, high: float) -> Floats:
    """Return how much of parts of equal length lies between two offsets."""
    inside = np.minimum(from_m + step_m, high) - np.maximum(from_m, low)
    return np.asarray(np.maximum(inside, 0.0))


def closed_lixels(desk: Desk, status: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which lixels lie under a stretch that is reported closed."""
    closed = np.zeros(len(desk.ground.lixels), dtype=bool)
    rows = status[status["passage"] == Passage.CLOSED]
    for axis_id, low, high in zip(
        rows["axis_id"], rows["measure_from_m"], rows["measure_to_m"], strict=True
    ):
        lane = desk.lanes[axis_id]
        first = np.searchsorted(lane.to_m, low + AT_NODE_M, side="right")
        last = np.searchsorted(lane.from_m, high - AT_NODE_M, side="left")
        closed[lane.lixel[first:last]] = True
    return closed


def ways_over(roads: Roads, *, allow_closed: bool) -> tuple[list[Way], float | None]:
    """Return the ways over all stops that no other beats in time and exposure, the fastest first.

    Parameters
    ----------
    roads
        With the stops.
    allow_closed
        Whether closed roads may be used.

    Returns
    -------
    ways, epsilon
        No way when some two stops are not joined; ``epsilon`` as in `Front`, the largest.
    """
    closed = np.zeros_like(roads.closed) if allow_closed else roads.closed
    hours, expected = (np.where(closed, np.inf, cost) for cost in (roads.hours, roads.expected))
    fronts: dict[tuple[int, int], Front] = {}
    legs = list(pairwise(roads.nodes))
    for leg in legs:
        if leg not in fronts:
            fronts[leg] = pareto_front(roads.contracted, hours, expected, *leg)
    epsilons = [front.epsilon for front in fronts.values()]
    epsilon = None if None in epsilons else max(e for e in epsilons if e is not None)
    ways = [Way((), 0.0, 0.0)]
    for leg in legs:
        front = fronts[leg]
        kept = list(range(len(front.paths)))
        if len(ways) * len(front.paths) > _MOST_COMBINED:
            ways = [ways[i] for i in _evenly(len(ways))]
            kept = _evenly(len(front.paths))
        ways = [
            Way((*way.arms, front.paths[i]), way.hours + front.costs[i, 0],
                way.expected + front.costs[i, 1])
            for way in ways for i in kept
        ]  # fmt: skip
        costs = np.array([(way.hours, way.expected) for way in ways]).reshape(-1, 2)
        ways = [ways[i] for i in undominated(costs)]
    return ways, epsilon


def _evenly(count: int) -> list[int]:
    return [int(n) for n in np.unique(np.linspace(0, count - 1, min(count, _THINNED)).round())]


def chosen(ways: Sequence[Way], risk_aversion: float) -> int:
    """Return the way to take at an aversion: a per cent of one cost against one of the other.

    The least of (1 − a) · hours / least hours + a · exposure / least exposure, of equal ones the
    faster: with more aversion never more exposure.
    """
    hours = np.array([way.hours for way in ways])
    expected = np.array([way.expected for way in ways])
    score = (1 - risk_aversion) * hours / max(hours.min(), 1e-12)
    score = score + risk_aversion * expected / max(expected.min(), 1e-300)
    return int(np.argmin(score))


@dataclass(frozen=True, slots=True)
class Shown:
    """A way that is shown.

    Parameters
    ----------
    way
        Its place among the ways.
    labels
        ``fastest``, ``least_exposed``, ``chosen``: what it, or one folded into it, is.
    members
        This way and those that are the same to a traveller.
    """

    way: int
    labels: tuple[str, ...]
    members: frozenset[int]


def shown(
    ways: Sequence[Way], roads: Roads, risk_aversion: float, policy: JourneyPolicy
) -> tuple[list[Shown], int]:
    """Choose which ways to show, and tell how many different ones there are.

    The fastest, the least exposed and the chosen come first, then those spread evenly between; two
    that share ``policy.same_route_share`` of their length are one.
    """
    last = len(ways) - 1
    best = chosen(ways, risk_aversion)
    labelled = [("fastest", 0), ("least_exposed", last), ("chosen", best)]
    few = np.unique(np.linspace(0, last, min(last + 1, _COMPARED)).round().astype(int)).tolist()
    middle = sorted(few, key=lambda i: abs(i - last / 2))
    # The chosen one goes first, so that what is said of it is said of it and not of a twin.
    order = list(dict.fromkeys([best, 0, last, *middle]))
    km = np.stack([_km(ways[i], roads) for i in order])
    different: list[int] = []
    folds: dict[int, int] = {}
    for at in range(len(order)):
        common = np.minimum(km[different], km[at]).sum(axis=1)
        longer = np.maximum(km[different].sum(axis=1), km[at].sum())
        same = np.flatnonzero(common >= policy.same_route_share * longer)
        if len(same):
            folds[at] = different[int(same[0])]
        else:
            different.append(at)
    found = []
    for at in different[: policy.most_routes]:
        twins = [other for other, head in folds.items() if head == at]
        members = frozenset({order[at], *(order[twin] for twin in twins)})
        labels = tuple(name for name, way in labelled if way in members)
        found.append(Shown(order[at], labels, members))
    return sorted(found, key=lambda one: one.way), len(different)


def _km(way: Way, roads: Roads) -> Floats:
    """Return the length of each edge that a way takes, as often as it takes it."""
    taken = np.concatenate(way.arms) >> 1
    length = roads.to_m - roads.from_m
    return np.bincount(taken, weights=length[taken], minlength=len(length)).astype(np.float64)


def _on_edge(desk: Desk, stop: Stop) -> tuple[int, float]:
    """Return the edge that a stop stands on, and the offset from its ``u``."""
    lane = desk.lanes[stop.axis_id]
    low, high = np.minimum(lane.at_u_m, lane.at_v_m), np.maximum(lane.at_u_m, lane.at_v_m)
    leg = int(np.argmin(np.maximum(low - stop.measure_m, stop.measure_m - high)))
    edge = int(lane.edge[leg])
    share = (stop.measure_m - lane.at_u_m[leg]) / (lane.at_v_m[leg] - lane.at_u_m[leg])
    return edge, float(np.clip(share, 0, 1) * desk.ground.lixels.graph.length_m[edge])
