"""Do events lie near one another along the roads, more than chance gives: K curves in plain units.

The network K function (`geo.hotspots.network.kfunction`) of an answer's events, told as how many
other events lie within a distance along the roads of one of them: K(r) · (n − 1) / L, or about
events of another kind K(r) · n_B / L.

An event that is known to a stretch or a period only is put at one of its possible places, and
counts or not, by one drawing from a fixed seed: that blurs small distances and makes nothing look
nearer than it is.  More than `MOST_POINTS` events are thinned at random, which leaves K as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.hotspots.analysis.events import Events
from geo.hotspots.network.arrays import Floats
from geo.hotspots.network.kfunction import network_k
from geo.i18n import Message, message
from geo.records import Category

Ints = NDArray[np.intp]

RADII_M: Final = np.array([1, 2, 5, 10, 15, 20, 30, 40, 50], dtype=np.float64) * 1_000
TOLD_M: Final = 10_000.0
"""The distance at which the curve is put into a sentence."""
MOST_POINTS: Final = 1_500
ENVELOPE: Final = 0.95
CLEAR: Final = 0.05
"""Below this share of random curves that stray as far, the whole curve is more than chance."""


@dataclass(frozen=True, eq=False)
class Nearness:
    """How many events lie near an event, and what chance gives.

    Parameters
    ----------
    curve
        Index ``radius_m``; ``near`` observed, ``expected`` the mean of random sets, ``low`` and
        ``high`` their envelope at each radius: events within the radius of an event, on average.
    p_value
        Over all radii together; see `geo.hotspots.network.kfunction.KFunction`.
    points
        Events drawn, of the answer and of the other kind (the same for events about one another).
    reports
        Events of the answer on the roads, before any were left out to save time.
    about
        The other kind; ``None`` about one another.
    means_little
        Whether there are too few events for the envelope to tell anything.
    """

    curve: pd.DataFrame
    p_value: float
    points: tuple[int, int]
    reports: int
    about: Category | None
    means_little: bool

    @property
    def clear(self) -> bool:
        """Whether the curve strays from chance over all radii together."""
        return self.p_value <= CLEAR and not self.means_little

    def told(self, radius_m: float) -> Message:
        """Return what lies within a distance of the curve."""
        row = self.curve.loc[radius_m]
        values = {"km": radius_m / 1_000, "near": row["near"], "expected": row["expected"],
                  "low": row["low"], "high": row["high"]}  # fmt: skip
        if self.about is None:
            return message(
                "Within {km:.0f} km along the roads of an event lie {near:.2g} others on average; "
                "chance gives {expected:.2g} ({low:.2g} to {high:.2g}).", **values,
            )  # fmt: skip
        return message(
            "Within {km:.0f} km along the roads of an event lie {near:.2g} of the other kind on "
            "average; chance gives {expected:.2g} ({low:.2g} to {high:.2g}).", **values,
        )  # fmt: skip

    def sentence(self) -> Message:
        """Return the finding."""
        return message("{finding} {verdict}", finding=self.told(TOLD_M), verdict=self._verdict())

    def _verdict(self) -> Message:
        if self.means_little:
            return message("There are too few events for this to mean much.")
        if not self.clear:
            return message("Over all distances that is within what chance gives.")
        over = (self.curve["near"] > self.curve["high"]).any()
        return (
            message("They lie nearer than chance gives.")
            if over
            else message("They lie further apart than chance gives.")
        )


def nearness(events: Events, about: Category | None = None, seed: int = 0) -> Nearness | None:
    """Compare how near events lie to one another, or to another kind, with chance.

    Parameters
    ----------
    events
        The events; their period counts.
    about
        A category: are the events near those of this kind?  Events of this kind among ``events``
        are then left out of them.
    seed
        Of the drawing and of the random sets.

    Returns
    -------
    Nearness or None
        ``None`` when fewer than two events (or none of the other kind) lie on the roads.

    Notes
    -----
    99 random sets, each a bounded search from every event: about a second for some hundred events
    on the starter roads.
    """
    rng = np.random.default_rng(seed)
    rows, points = _drawn(events, rng)
    reports = len(rows)
    other: tuple[NDArray[np.int32], Floats] | None = None
    others = 0
    if about is not None:
        asked = replace(events.selection, categories=frozenset({about}), ied_only=False)
        there = Events(events.ground, asked)
        at, at_points = _drawn(there, rng)
        mine, theirs = (np.flatnonzero(one.chosen) for one in (events, there))
        kept = ~np.isin(mine[rows], theirs[at])
        rows, points = rows[kept], points[kept]
        others, at_points = len(at), _thinned(at_points, rng)
        other = there.road_mass.edge[at_points], there.road_mass.offset_m[at_points]
    points = _thinned(points, rng)
    mass, graph = events.road_mass, events.ground.graph
    if len(points) < (2 if other is None else 1) or (other is not None and not len(other[0])):
        return None
    found = network_k(graph, mass.edge[points], mass.offset_m[points], RADII_M, about=other,
                      seed=seed, coverage=ENVELOPE)  # fmt: skip
    # Of all events, not of those that were drawn to save time.
    per_event = (others if other is not None else len(rows) - 1) / graph.total_m
    curve = (found.curve * per_event).rename(
        columns=lambda name: "near" if name == "k_m" else name.removesuffix("_m")
    )
    return Nearness(curve, found.p_value, found.points, reports, about, found.means_little)


def _drawn(events: Events, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return which events are drawn into the period, and the point of the mass of each."""
    placed, points = events.road_mass.sample(rng)
    happened = rng.random(len(placed)) < events.share[placed]
    return placed[happened], points[happened]


def _thinned(points: Ints, rng: np.random.Generator) -> Ints:
    if len(points) <= MOST_POINTS:
        return points
    return rng.choice(points, MOST_POINTS, replace=False)
