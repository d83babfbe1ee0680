"""The background rate of each group of roads: what a stretch has before anything is seen on it.

Gamma–Poisson shrinkage in steps, from all roads to a region to a class of road in it (empirical
Bayes as in Hauer 1997, *Observational Before–After Studies in Road Safety*, and Persaud, Lyon &
Nguyen 1999, *Transp. Res. Rec.* 1665): with N incidents over T km·days and the rate μ of what is
around it, the rate is (s + N) / (s / μ + T), s being the strength of pooling.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from geo.risk.ground import Ground
from geo.risk.models import Floats

JEFFREYS = 0.5
"""Added to the count of all roads, so that nothing has a rate of 0 (Jeffreys' prior)."""


def shrunk(count: Floats, km_days: Floats, around: Floats, strength: float) -> Floats:
    """Return rates drawn towards the rate of what is around: (s + N) / (s / μ + T).

    Parameters
    ----------
    count, km_days
        N and T of each group; weighted counts are allowed.
    around
        μ, above 0.
    strength
        s; infinite for ``around`` itself.
    """
    if not np.isfinite(strength):
        return around
    return np.asarray((strength + count) / (strength / around + km_days))


def background(ground: Ground, count: Floats, days: float, pooling: float) -> Floats:
    """Return the background rate of each group; incidents per km and day.

    Parameters
    ----------
    ground
        The groups.
    count
        Weighted, faded incidents of each group, those known by region only included; (groups,).
    days
        Effective length of the records, above 0.
    pooling
        See `geo.risk.models.Model`.

    Returns
    -------
    numpy.ndarray
        Shape (groups,), above 0.  Grows with every count: more incidents anywhere lower no rate.
    """
    km_days = ground.groups["km"].to_numpy() * days
    overall = (count.sum() + JEFFREYS) / km_days.sum()
    of = ground.region_of_group
    counted, travelled = (np.bincount(of, values).astype(np.float64) for values in (count, km_days))
    regional = shrunk(counted, travelled, np.full(len(counted), overall), pooling)
    return shrunk(count, km_days, regional[of], pooling)


def told(ground: Ground, rate: Floats) -> pd.DataFrame:
    """Return the groups with their background rate per 100 km and year, for a table."""
    return ground.groups.assign(per_100_km_year=rate * 100 * 365.25)
