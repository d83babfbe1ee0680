"""Kernel density along roads (network kernel density, NKDE).

Three methods, each with the kernels of `geo.hotspots.network.kernels` and bandwidth h:

simple
    k(d) / h with d the shortest way along the roads (Borruso 2008, *Transactions in GIS* 12; Xie &
    Yan 2008).  *Misleads at junctions*: behind a node of n arms an event's mass counts n − 1 times,
    so towns where many roads meet look worse than the same events on an open road.  Mass is not
    conserved; at a dead end what would lie beyond it is lost.
esd, equal-split discontinuous
    A pulse that arrives at a node of n arms goes on along each of the n − 1 others with 1/(n − 1)
    of its mass and never turns back (Okabe, Satoh & Sugihara 2009, *IJGIS* 23, eq. 9–11).  Mass is
    conserved.  *Misleads at junctions too, but in the other direction*: the density jumps down
    behind a node, so a stretch just behind a junction looks calmer than it is.
esc, equal-split continuous
    Of a pulse that arrives at a node of n arms 2/n goes on along each other arm and 2/n − 1 (less
    than nothing from n = 3 on) comes back (the same, eq. 12–14; McSwiggan, Baddeley & Nair 2017,
    *Scand. J. Stat.* 44).  Mass is conserved and the density is continuous.  *Misleads* where roads
    are short against the bandwidth: returning parts cancel, and a negative density of a lixel,
    possible with kernels that are not smooth, is an artefact and no cold spot.

Both equal-split methods follow every walk up to h, not only shortest ways (as McSwiggan et al.
define them), so they conserve mass on networks with cycles too: a pulse goes round a loop as often
as h allows.  At a dead end (n = 1) the pulse turns back whole, in all directions of the formula for
esc and by convention for esd: a road that ends keeps its events.  An event on a node counts
2/n · k on each of the n arms.  Values are means over lixels: integrals, not samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.hotspots.network.arrays import Floats
from geo.hotspots.network.engines import equal_split, simple
from geo.hotspots.network.events import RoadMass
from geo.hotspots.network.grouping import group, points_on, share_at_nodes
from geo.hotspots.network.kernels import kernel_named
from geo.hotspots.network.lixels import Lixels
from geo.i18n import Message, message

Method = Literal["simple", "esd", "esc"]
METHODS: tuple[Method, ...] = get_args(Method)
DEFAULT_BANDWIDTH_M = 10_000.0


@dataclass(frozen=True, eq=False)
class RoadDensity:
    """Events per kilometre of road.

    Parameters
    ----------
    lixels
        The stretches.
    per_km
        Mean density of each lixel, events per km over the period that they were taken from.
    method, kernel, bandwidth_m
        How it was made.
    mass_total
        Events (or their weights) that took part.
    left_out_share
        Share of the events that carry no mass: known by region only, unplaced, or off the roads.
    exact
        Whether it is exact to rounding; otherwise distances were rounded to steps of
        bandwidth / 256 on the way (`geo.hotspots.network.waves`).
    """

    lixels: Lixels
    per_km: Floats
    method: Method
    kernel: str
    bandwidth_m: float
    mass_total: float
    left_out_share: float
    exact: bool

    @property
    def mass_on_roads(self) -> float:
        """Integral of the density; equals ``mass_total`` for the methods that conserve mass."""
        return float(self.per_km @ self.lixels.length_m / 1_000)


def road_density(
    mass: RoadMass,
    lixels: Lixels,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
    *,
    method: Method = "esd",
    kernel: str = "quartic",
    incident_weights: NDArray[np.float64] | None = None,
) -> RoadDensity:
    """Return the density of placed events along roads.

    Parameters
    ----------
    mass
        Of `geo.hotspots.network.events.lay_mass`, on the lixels' graph.
    lixels, bandwidth_m, method, kernel
        See `density_of_points`.
    incident_weights
        Weight of each incident, aligned on ``mass.index``, not negative; 1 each unless given.
    """
    weights = mass.weights(incident_weights)
    points = (mass.edge, mass.offset_m, weights)
    per_km, exact = _density(lixels, points, bandwidth_m, method, kernel)
    total = float(weights.sum())
    asked = len(mass.index) if incident_weights is None else float(incident_weights.sum())
    left_out = max(1 - total / asked, 0.0) if asked else 0.0
    return RoadDensity(lixels, per_km, method, kernel, float(bandwidth_m), total, left_out, exact)


def density_of_points(
    lixels: Lixels,
    edge: ArrayLike,
    offset_m: ArrayLike,
    weight: ArrayLike | None = None,
    bandwidth_m: float = DEFAULT_BANDWIDTH_M,
    *,
    method: Method = "esd",
    kernel: str = "quartic",
) -> Floats:
    """Return the density of weighted points on edges.

    Parameters
    ----------
    lixels
        Where density is wanted.
    edge, offset_m, weight
        The points: edge, metres from its ``u``, weight (1 each unless given), shape (points,).
    bandwidth_m
        Reach of the kernel along the road.
    method, kernel
        One of ``METHODS``, one of `geo.hotspots.network.kernels.KERNELS`.

    Returns
    -------
    numpy.ndarray
        Mean density of each lixel, per km.

    Raises
    ------
    ValueError
        When the bandwidth, a point, a weight or a name is not usable.
    geo.hotspots.memory.TooLargeError
        When the machine cannot hold what it would need.

    Notes
    -----
    simple: one bounded search per end of an edge with events, then O(lixels in reach) per event;
    linear in the edges at a given density of events and roads.  esd and esc: O(walks up to h) and
    exact while these are few; they multiply with h over the length of the edges, and beyond
    ``MOST_STEPS`` of `geo.hotspots.network.engines` it is O(edges in reach), with distances rounded
    to h / 256 on the way.
    """
    points = (edge, offset_m, weight)
    return _density(lixels, points, bandwidth_m, method, kernel)[0]


def _density(
    lixels: Lixels,
    points: tuple[ArrayLike, ArrayLike, ArrayLike | None],
    bandwidth_m: float,
    method: str,
    kernel: str,
) -> tuple[Floats, bool]:
    reach = kernel_named(kernel).reaching(bandwidth_m)
    on, at, mass, faults = points_on(lixels.graph, *points)
    if faults := _check_choice(bandwidth_m, method) + faults:
        raise ValueError(" ".join(map(str, faults)))
    roads, _, rank = lixels.graph.near
    on = rank[on]
    if method == "esd":
        on, at, mass = share_at_nodes(roads, on, at, mass)
    sources = group(roads, on, at, mass)
    if not len(sources.edge):
        return np.zeros(len(lixels)), True
    if method == "simple":
        return 1_000 * simple(lixels, sources, reach), True
    found, exact = equal_split(lixels, sources, reach, method == "esc")
    return 1_000 * found, exact


def _check_choice(bandwidth_m: float, method: str) -> list[Message]:
    faults = []
    if method not in METHODS:
        known = ", ".join(METHODS)
        faults.append(
            message("No method is called “{name}”; choose of {known}.", name=method, known=known)
        )
    if not (np.isfinite(bandwidth_m) and bandwidth_m > 0):
        faults.append(message("The bandwidth must be above 0 m; got {value} m.", value=bandwidth_m))
    return faults
