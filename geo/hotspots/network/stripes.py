"""Run a compiled loop over stripes of the work in threads, with equal results for any number."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.threads import in_threads

MOST_STRIPES = 16
SMALLEST_STRIPE = 64
_PARTS_BYTES = 128_000_000


def stripes(work: int, values: int, most: int = MOST_STRIPES) -> list[tuple[int, int]]:
    """Return where each stripe of ``work`` items begins and ends.

    The stripes depend on the work alone and never on the machine, and their parts are added in
    their order: that is why the number of threads cannot change a result.

    Parameters
    ----------
    work
        Number of items.
    values
        Length of the array that each stripe adds to; long arrays get fewer stripes, so that all
        parts together stay small.
    most
        No more stripes than this.
    """
    room = max(_PARTS_BYTES // (8 * max(values, 1)), 2)
    count = max(min(most, room, work // SMALLEST_STRIPE), 1)
    borders = np.linspace(0, work, count + 1).astype(int).tolist()
    return list(pairwise(borders))


def summed(
    part: Callable[[int, int], NDArray[np.float64]],
    work: int,
    values: int,
    most: int = MOST_STRIPES,
) -> NDArray[np.float64]:
    """Return the sum of ``part(begin, end)`` over all stripes.

    Parameters
    ----------
    part
        Makes the array of one stripe; called from several threads at once.
    work, values, most
        As for `stripes`.
    """
    total = np.zeros(values)
    for one in in_threads(lambda borders: part(*borders), stripes(work, values, most)):
        total += one
    return total
