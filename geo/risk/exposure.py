"""What a journey is exposed to: expected incidents near the vehicle, with an interval.

The vehicle is at each lixel for a time; within its reach there happen rate × reach × time incidents
per lixel, so that exposure adds up over lixels and over time, and cutting a lixel changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from geo.risk.models import Floats


@dataclass(frozen=True, slots=True)
class Exposure:
    """Incidents expected near a vehicle on its way.

    Parameters
    ----------
    expected
        Expected number; adds up over stretches.  Equals −log(1 − ``probability``).
    low, high
        Interval of the expected number; does *not* add up.
    probability
        Of at least one.
    """

    expected: float
    low: float
    high: float
    probability: float


def gamma_interval(mean: Floats, sd: Floats, coverage: float) -> tuple[Floats, Floats]:
    """Return the central interval of Gamma distributions of these means and standard deviations.

    Parameters
    ----------
    mean, sd
        Above 0, or both 0 for a number that is surely 0.
    coverage
        Share that the interval holds.
    """
    some = mean > 0
    shape = np.where(some, np.square(mean / np.where(some, sd, 1.0)), 1.0)
    scale = np.where(some, mean, 0.0) / shape
    tail = (1 - coverage) / 2
    return gammaincinv(shape, tail) * scale, gammaincinv(shape, 1 - tail) * scale


def sd_of_sum(sd: Floats, length_km: Floats, window_km: float) -> float:
    """Return the standard deviation of a sum along a way.

    Rates within one window rest on the same incidents and err together; further apart they do not.
    Two parts count as wholly dependent up to half a window apart: the same area under the curve as
    the true correlation of two kernel densities, (k∗k)(d) / (k∗k)(0), has.

    Parameters
    ----------
    sd, length_km
        Of each part, in the order of the way.
    window_km
        Length of the window; infinite when all err together.
    """
    borders = np.concatenate([[0.0], np.cumsum(length_km)])
    running = np.concatenate([[0.0], np.cumsum(sd)])
    middle = (borders[1:] + borders[:-1]) / 2
    low, high = (np.interp(middle + by * window_km / 2, borders, running) for by in (-1, 1))
    return float(np.sqrt(sd @ (high - low)))


def in_order(lixels: NDArray[np.integer], days: Floats) -> tuple[NDArray[np.intp], Floats]:
    """Return the distinct lixels in the order of the way, with the time spent on each."""
    distinct, first, which = np.unique(lixels, return_index=True, return_inverse=True)
    order = np.argsort(first)
    spent = np.bincount(which, weights=days, minlength=len(distinct))
    return np.asarray(distinct[order], dtype=np.intp), np.asarray(spent[order])
