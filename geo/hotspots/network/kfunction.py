"""Network K functions: do events lie nearer to one another along the roads than by chance.

The network K function (Okabe & Yamada 2001, "The K-function method on a network and its
computational implementation", *Geographical Analysis* 33): with L the length of all roads and n
points, K(r) = L / (n (n − 1)) · number of ordered pairs no more than r apart along the roads; of a
kind A about a kind B, K(r) = L / (n_A n_B) · pairs.  What chance gives depends on the shape of the
network, so it is simulated: n points uniform on the roads; for the cross function A is simulated
and B stays where it is.

*Misleads*: K is cumulative, so an excess at 2 km is still seen at 20 km.  The envelope holds at one
radius at a time; over all radii use ``p_value``.  Uniform on the roads is a poor picture of "no
pattern" where reports come from towns: an excess may be one of reporting.  Points are exact here;
events known to a stretch only must be drawn (`RoadMass.sample`), which blurs small distances.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from geo.hotspots.network.arrays import Floats, Ints, Sources
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.grouping import group, points_on
from geo.hotspots.threads import in_threads
from geo.i18n import message

DEFAULT_SIMULATIONS = 99
FEWEST_POINTS = 10
"""Below, the envelope is so wide that hardly anything could leave it."""


@dataclass(frozen=True, eq=False)
class KFunction:
    """An observed K function and what chance gives.

    Parameters
    ----------
    curve
        Index ``radius_m``; ``k_m`` observed, ``expected_m`` the mean of the simulations, ``low_m``
        and ``high_m`` the envelope at each radius.
    p_value
        Over all radii together: the share of curves, the observed one among them, that stray at
        least as far from the mean in units of their standard deviation (Myllymäki et al. 2017,
        *JRSS B* 79; the studentised maximum deviation).
    points
        Number of points (of both kinds).
    """

    curve: pd.DataFrame
    p_value: float
    points: tuple[int, int]

    @property
    def means_little(self) -> bool:
        """Whether there are too few points for the envelope to tell anything."""
        return min(self.points) < FEWEST_POINTS


def network_k(
    graph: Graph,
    edge: ArrayLike,
    offset_m: ArrayLike,
    radii_m: ArrayLike,
    *,
    about: tuple[ArrayLike, ArrayLike] | None = None,
    simulations: int = DEFAULT_SIMULATIONS,
    seed: int = 0,
    coverage: float = 0.95,
) -> KFunction:
    """Return the network K function of points, or with ``about`` the cross function.

    Parameters
    ----------
    graph
        The roads.
    edge, offset_m
        The points (of kind A).
    radii_m
        Distances along the roads, ascending, above 0.
    about
        Edges and offsets of the points of kind B: are A's points near B's?
    simulations, seed, coverage
        How many random sets, from which seed, and the share of them inside the envelope.

    Raises
    ------
    ValueError
        When radii or points cannot be used, or there are fewer than two points (one of each kind).

    Notes
    -----
    One bounded search per edge with points, and O(pairs in reach), per simulation.
    """
    radii = np.asarray(radii_m, dtype=np.float64)
    on, at, _, faults = points_on(graph, edge, offset_m, None)
    other_on, other_at = on, at
    if about is not None:
        other_on, other_at, _, more = points_on(graph, *about, None)
        faults += more
    if not (radii.ndim == 1 and len(radii) and radii[0] > 0 and (np.diff(radii) > 0).all()):
        faults.append(message("The radii must ascend from above 0 m."))
    if len(on) < (2 if about is None else 1) or not len(other_on):
        faults.append(message("A K function needs two points, or one of each kind."))
    if not 0 < simulations < 10**6:
        faults.append(message("There must be at least one simulation."))
    if faults:
        raise ValueError(" ".join(map(str, faults)))

    rank = graph.near[2]
    fixed = None if about is None else _grouped(graph, rank[other_on], other_at)
    observed = _k(graph, _grouped(graph, rank[on], at), fixed, radii)
    borders = np.cumsum(graph.near[0].length_m)

    def simulated(source: np.random.SeedSequence) -> Floats:
        drawn = np.random.default_rng(source).random(len(on)) * borders[-1]
        where = np.minimum(np.searchsorted(borders, drawn, side="right"), len(borders) - 1)
        length = graph.near[0].length_m[where]
        rest = np.clip(borders[where] - drawn, 0, length)
        points = _grouped(graph, where.astype(np.int32), length - rest)
        return _k(graph, points, fixed, radii)

    sources = np.random.SeedSequence(seed).spawn(simulations)
    curves = np.stack(list(in_threads(simulated, sources)))
    beyond = max(round((1 - coverage) / 2 * (simulations + 1)), 1)
    ordered = np.sort(curves, axis=0)
    return KFunction(
        pd.DataFrame(
            {
                "k_m": observed,
                "expected_m": curves.mean(axis=0),
                "low_m": ordered[beyond - 1],
                "high_m": ordered[-beyond],
            },
            index=pd.Index(radii, name="radius_m"),
        ),
        _p_value(observed, curves),
        (len(on), len(other_on)),
    )


def _p_value(observed: Floats, curves: Floats) -> float:
    together = np.vstack([observed, curves])
    spread = together.std(axis=0)
    stray = np.abs(together - together.mean(axis=0)) / np.where(spread > 0, spread, 1)
    furthest = stray.max(axis=1)
    return float((furthest >= furthest[0] - 1e-12).mean())


def _grouped(graph: Graph, edge: Ints, offset_m: Floats) -> Sources:
    return group(graph.near[0], edge, offset_m, np.ones(len(edge)))


def _k(graph: Graph, points: Sources, fixed: Sources | None, radii: Floats) -> Floats:
    # Late: compiling needs numba, which the rest of the core does not.
    from geo.hotspots.network.pairs import count_pairs  # noqa: PLC0415

    targets = points if fixed is None else fixed
    target_of = np.full(graph.edge_count, -1, dtype=np.int32)
    target_of[targets.edge] = np.arange(len(targets.edge), dtype=np.int32)
    pairs = np.zeros(len(radii))
    roads = graph.near[0]
    count_pairs(pairs, points, targets, target_of, fixed is None, roads, radii)
    total, others = points.weight.sum(), targets.weight.sum()
    possible = total * (total - 1) if fixed is None else total * others
    return np.asarray(np.cumsum(pairs) * graph.total_m / possible)
