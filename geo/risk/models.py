"""What a risk model is: how far an incident reaches along the road, and how long it counts.

The baselines of the hindcast are members of the same family, so that all are fitted and scored by
the same code and any of them can take the model's place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

MODEL: Final = "model"
UNIFORM: Final = "uniform"
LAST_90: Final = "last_90_days"
LAST_YEAR: Final = "last_year"
ALL_TIME: Final = "all_time"
BASELINES: Final = (UNIFORM, LAST_90, LAST_YEAR, ALL_TIME)


@dataclass(frozen=True, slots=True)
class Decay:
    """What an incident still counts for, by its age: floor + (1 − floor) · 2^(−age / half-life).

    Parameters
    ----------
    half_life_days
        Infinite when nothing fades.
    floor
        Share that never fades, 0 to 1.
    window_days
        Beyond this age nothing counts at all; infinite for no such border.
    """

    half_life_days: float = np.inf
    floor: float = 0.0
    window_days: float = np.inf

    def area(self, age_days: ArrayLike) -> Floats:
        """Return the integral of the decay from age 0 to an age; days.

        It is the effective length of records of that age, and differences of it over the length of
        an event's possible days are the mean decay of an event of uncertain date.
        """
        age = np.clip(np.asarray(age_days, dtype=np.float64), 0, self.window_days)
        if not np.isfinite(self.half_life_days):
            return age
        life = self.half_life_days / np.log(2)
        return np.asarray(self.floor * age - (1 - self.floor) * life * np.expm1(-age / life))


@dataclass(frozen=True, slots=True)
class Model:
    """A risk model.

    Parameters
    ----------
    name
        `MODEL` or one of `BASELINES`.
    bandwidth_m
        Reach of an incident along the road (quartic kernel, equal split at junctions); infinite
        for one rate on all roads.
    decay
        What an incident counts for by its age.
    shape
        Shape of the Gamma prior of a stretch's rate: the background speaks as loud as so many
        incidents seen there.
    pooling
        As many incidents a region, or a class of road in it, must have to count as much as what is
        around it; infinite for one background everywhere.
    weighted
        Whether kinds and tolls of incidents are weighted (by the policy), or all count alike.
    """

    name: str
    bandwidth_m: float
    decay: Decay
    shape: float
    pooling: float
    weighted: bool


def baseline(name: str, bandwidth_m: float, shape: float) -> Model:
    """Return a baseline: incidents of a period, all alike, over one background everywhere."""
    window = {LAST_90: 90.0, LAST_YEAR: 365.0}.get(name, np.inf)
    bandwidth_m = np.inf if name == UNIFORM else bandwidth_m
    return Model(name, bandwidth_m, Decay(window_days=window), shape, np.inf, weighted=False)
