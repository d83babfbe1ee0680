"""Kernels and densities on roads, written down a second time and without haste."""

from __future__ import annotations

from math import erf, pi, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from geo.hotspots.network.graph import Graph
from geo.hotspots.network.lixels import Lixels
from tests.hotspots.network.scenes import Floats

SHAPES = {
    "quartic": lambda u: 15 / 16 * (1 - u**2) ** 2,
    "epanechnikov": lambda u: 3 / 4 * (1 - u**2),
    "uniform": lambda u: 0.5 + 0 * u,
    "gaussian": lambda u: 3 * np.exp(-4.5 * u**2) / sqrt(2 * pi) / erf(3 / sqrt(2)),
}


def height(kernel: str, distance_m: Floats, bandwidth_m: float) -> Floats:
    """Return the kernel itself, written down a second time, in 1/km."""
    u = np.asarray(distance_m) / bandwidth_m
    return np.where(u <= 1, SHAPES[kernel](np.minimum(u, 1)), 0) / bandwidth_m * 1_000


def brute_simple(  # noqa: PLR0917
    graph: Graph, edge: NDArray[np.int64], offset_m: Floats, weight: Floats, bandwidth_m: float,
    kernel: str, samples: int,
) -> Floats:  # fmt: skip
    """Take a plain Dijkstra per event, and the mean over many points of each lixel."""
    between = np.full((graph.node_count, graph.node_count), np.inf)
    np.minimum.at(between, (graph.u, graph.v), graph.length_m)
    between = np.minimum(between, between.T)
    np.fill_diagonal(between, 0)
    between[np.isinf(between)] = 0  # scipy: no edge
    nodes = dijkstra(between, directed=False)
    lixels = Lixels(graph, 1_000)
    total = np.zeros(len(lixels))
    where = lixels.from_m[:, None] + (np.arange(samples) + 0.5) / samples * lixels.length_m[:, None]
    on = lixels.edge
    rest = graph.length_m[on][:, None] - where
    for e, o, w in zip(edge, offset_m, weight, strict=True):
        far = np.minimum(o + nodes[graph.u[e]], graph.length_m[e] - o + nodes[graph.v[e]])
        distance = np.minimum(far[graph.u[on]][:, None] + where, far[graph.v[on]][:, None] + rest)
        same = on == e
        distance[same] = np.minimum(distance[same], np.abs(where[same] - o))
        total += w * height(kernel, distance, bandwidth_m).mean(axis=1)
    return total


def brute_walks(graph: Graph, scene: tuple, method: str, samples: int) -> Floats:
    """Follow every walk by recursion, and take the mean over many points of each lixel."""
    _, edge, offset_m, weight, bandwidth_m = scene
    lixels = Lixels(graph, 1_000)
    total = np.zeros(len(lixels))
    middle = (np.arange(samples) + 0.5) / samples
    tails = [*zip(graph.u, range(graph.edge_count), [True] * graph.edge_count, strict=True)]
    tails += zip(graph.v, range(graph.edge_count), [False] * graph.edge_count, strict=True)

    def go(e: int, forward: bool, begin: float, gone: float, mass: float) -> None:
        length = graph.length_m[e]
        on = np.flatnonzero(lixels.edge == e)
        where = lixels.from_m[on][:, None] + middle * lixels.length_m[on][:, None]
        along = (where if forward else length - where) - begin
        values = np.where(along >= 0, height("quartic", gone + along, bandwidth_m), 0)
        total[on] += mass * values.mean(axis=1)
        gone += length - begin
        if gone >= bandwidth_m:
            return
        node = graph.v[e] if forward else graph.u[e]
        arms = [(other, ahead) for tail, other, ahead in tails if tail == node]
        for other, ahead in arms:
            back = other == e and ahead != forward
            if method == "esc":
                share = 2 / len(arms) - back
            else:
                share = 1.0 * back if len(arms) == 1 else (not back) / (len(arms) - 1)
            if share:
                go(other, ahead, 0, gone, mass * share)

    for e, o, w in zip(edge, offset_m, weight, strict=True):
        go(e, True, o, 0, w)  # noqa: FBT003
        go(e, False, graph.length_m[e] - o, 0, w)  # noqa: FBT003
    return total
