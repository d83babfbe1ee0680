"""The course of a road over the ground, where more is known of it than the places of its chain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Drawn(StrEnum):
    """What the line of a stretch rests on."""

    NETWORK = "network"
    SCHEMATIC = "schematic"


@dataclass(frozen=True, eq=False)
class Course:
    """A line that passes the ``n`` places of a chain.

    Where a vertex stands is told by the places and not by metres: position 2.25 is a quarter of the
    way from the third place to the fourth.  So the measures of the places stay what they are
    whatever the line between them.

    Parameters
    ----------
    lons, lats
        Shape ``(m,)``, degrees, WGS 84.
    positions
        Shape ``(m,)``, strictly ascending from 0 to ``n - 1``.
    on_network
        Shape ``(n - 1,)``: whether a leg of the chain follows the imported network (otherwise it is
        drawn straight).
    """

    lons: Floats
    lats: Floats
    positions: Floats
    on_network: npt.NDArray[np.bool_]

    def __post_init__(self) -> None:
        ends = (self.positions[0], self.positions[-1])
        if ends != (0, len(self.on_network)) or not np.all(np.diff(self.positions) > 0):
            raise ValueError(ends)

    def reversed(self) -> Course:
        """Return the same line from its other end."""
        return Course(
            self.lons[::-1], self.lats[::-1], (len(self.on_network) - self.positions)[::-1],
            self.on_network[::-1],
        )  # fmt: skip
