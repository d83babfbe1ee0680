"""The arrays that the compiled search returns, as a named tuple (which numba understands)."""

from __future__ import annotations

from typing import NamedTuple

from geo.hotspots.network.arrays import Ints


class Labels(NamedTuple):
    """Labels as they were made.

    Parameters
    ----------
    solution
        The labels that stand at the goal, in the order of the first cost.
    parent
        The label that each one came from, −1 at the beginning.
    via
        The step by which: place in ``head``; −1 − g on the last way to the goal, and the number
        of the seed where ``parent`` is −1.
    epsilon
        No way of the exact front is better in both costs than 1 + epsilon times one found.
    complete
        Whether the search ended before there were too many labels.
    """

    solution: Ints
    parent: Ints
    via: Ints
    epsilon: float
    complete: bool
