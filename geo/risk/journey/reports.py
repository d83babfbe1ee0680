"""What was reported near a way: how many incidents lie in reach of each cell, and which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.hotspots.network.arrays import Floats
from geo.risk.journey.course import Course
from geo.risk.journey.desk import Desk, Ints
from geo.risk.journey.policy import Rule

Bools = NDArray[np.bool_]
MOST_NAMED = 20
"""Incidents that are named as evidence of one rule on one stretch."""
LEAST_MASS = 0.1
"""An incident is evidence of a stretch when at least this share of it may lie in reach."""


@dataclass(frozen=True, eq=False)
class Reports:
    """Incidents in reach of a course.

    Parameters
    ----------
    desk, course
        What is asked about.
    """

    desk: Desk
    course: Course

    @cached_property
    def lixels(self) -> Ints:
        """The distinct lixels of the course."""
        return np.unique(self.course.lixel)

    @cached_property
    def _near(self) -> tuple[Ints, Ints]:
        """Pairs: which of ``lixels``, and a lixel of the ground in reach of it."""
        x, y = self.desk.flat
        points = shapely.points(x[self.lixels], y[self.lixels])
        reach_m = self.desk.policy.reach_km * 1_000
        which, near = self.desk.plane.query(points, predicate="dwithin", distance=reach_m)
        return which, near

    @cached_property
    def age_days(self) -> Floats:
        """Days since the last possible day of each incident of the snapshot, at least 0."""
        incidents = self.desk.snapshot.incidents
        last = incidents["date_end"].fillna(incidents["date_start"])
        age = np.datetime64(self.desk.snapshot.on, "D") - last.to_numpy("datetime64[D]")
        return np.maximum(age.astype(np.float64), 0.0)

    def meant(self, rule: Rule) -> Bools:
        """Return which incidents a rule counts."""
        some = self.age_days <= (rule.within_days or 0)
        if rule.kinds:
            kinds = self.desk.snapshot.incidents["category"]
            some &= kinds.isin({str(kind) for kind in rule.kinds}).to_numpy()
        return np.asarray(some)

    def in_reach(self, some: Bools) -> Floats:
        """Return how many of some incidents are in reach of each cell; a vague one in part."""
        weights = self.desk.field.events.mass.weights(some.astype(np.float64))
        on_lixel = np.bincount(
            self.desk.lixel_of_point, weights=weights, minlength=len(self.desk.ground.lixels)
        )
        which, near = self._near
        counts = np.bincount(which, weights=on_lixel[near], minlength=len(self.lixels))
        return np.asarray(counts[np.searchsorted(self.lixels, self.course.lixel)])

    @cached_property
    def _points(self) -> Ints:
        """Points of the incidents' mass in reach of any cell."""
        reached = np.zeros(len(self.desk.ground.lixels), dtype=bool)
        reached[self._near[1]] = True
        return np.flatnonzero(reached[self.desk.lixel_of_point])

    def of(self, cells: slice, some: Bools) -> tuple[tuple[str, ...], int]:
        """Return which of some incidents lie in reach of cells, the latest first.

        Returns
        -------
        ids, more
            At most `MOST_NAMED`, and how many more there are.
        """
        which, near = self._near
        mine = np.zeros(len(self.lixels), dtype=bool)
        mine[np.searchsorted(self.lixels, self.course.lixel[cells])] = True
        reached = np.zeros(len(self.desk.ground.lixels), dtype=bool)
        reached[near[mine[which]]] = True
        mass, points = self.desk.field.events.mass, self._points
        points = points[reached[self.desk.lixel_of_point[points]]]
        share = np.bincount(
            self.desk.support_of_point[points], weights=mass.share[points],
            minlength=len(mass.begin),
        )  # fmt: skip
        # A support of −1 and less stands for none: the last entry, which no point adds to.
        support = np.where(mass.support_of >= 0, mass.support_of, len(mass.begin) - 1)
        found = np.flatnonzero(some & (share[support] >= LEAST_MASS))
        order = np.lexsort((mass.index[found], self.age_days[found]))
        named = tuple(str(name) for name in mass.index[found[order[:MOST_NAMED]]])
        return named, len(found) - len(named)


def statement_age_days(status: pd.DataFrame, on: object) -> Floats:
    """Return by row of a status how many days ago it was last heard of, infinite if never."""
    heard = pd.to_datetime(status["last_confirmed"])
    age = (pd.Timestamp(str(on)) - heard).dt.days.to_numpy(np.float64, na_value=np.inf)
    return np.where(np.isnan(age), np.inf, age)
