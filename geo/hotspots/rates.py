"""Comparing two rates of rare events, with an interval that holds for small counts.

Given the total of two Poisson counts, the share that falls to the first is binomial (Przyborowski &
Wilenski 1940, *Biometrika* 31); the score interval of that share (Wilson 1927, *J. Am. Stat.
Assoc.* 22) gives the interval of the ratio of the rates.  It needs no bell curve and stays honest
for counts of 0: nothing before gives a ratio without an upper end.  Its coverage is the stated one
on average and a little less for some small counts (Brown, Cai & DasGupta 2001, *Stat. Sci.* 16).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from geo.i18n import message

Floats = NDArray[np.float64]


def rate_ratio(
    now: ArrayLike, then: ArrayLike, days: tuple[float, float], confidence: float = 0.95
) -> tuple[Floats, Floats, Floats]:
    """Return the ratio of two Poisson rates with its interval.

    Parameters
    ----------
    now, then
        Counts, whole or effective, not negative; of one shape.
    days
        Lengths of the two periods.
    confidence
        Share of such intervals that hold the true ratio, between 0 and 1.

    Returns
    -------
    tuple of numpy.ndarray
        Ratio (nan when both are 0), lower and upper end.
    """
    if not 0 < confidence < 1:
        text = message("The confidence must lie between 0 and 1; got {value}.", value=confidence)
        raise ValueError(str(text))
    x, y = np.asarray(now, dtype=np.float64), np.asarray(then, dtype=np.float64)
    z2 = float(ndtri(0.5 + confidence / 2)) ** 2
    n = x + y
    with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
        scale = days[1] / days[0]
        ratio = x / y * scale
        # Ends of Wilson's interval for x / n, times 2 (n + z²); the lower one multiplied out, so
        # that nothing cancels, and the upper one as what is left for y.
        half = np.where(n > 0, np.sqrt(z2 * (z2 + 4 * x * y / n)), z2)
        low = np.where(x > 0, 4 * x * x * (1 + z2 / n) / (2 * x + z2 + half), 0.0)
        rest = np.where(y > 0, 4 * y * y * (1 + z2 / n) / (2 * y + z2 + half), 0.0)
        whole = 2 * (n + z2)
        low = low / (whole - low) * scale
        high = (whole - rest) / rest * scale
    return ratio, low, high
