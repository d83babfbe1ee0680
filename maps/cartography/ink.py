"""How much ink lies where on a map: what a label should rather not cover."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from maps.cartography.paper import Rect


class Ink:
    """A raster of ink over a rectangle, and sums over parts of it in constant time.

    Parameters
    ----------
    box
        The rectangle.
    cell
        Side of a cell, points.
    """

    def __init__(self, box: Rect, cell: float) -> None:
        self.box, self.cell = box, cell
        self.shape = (int(box.height / cell) + 2, int(box.width / cell) + 2)
        self.amount = np.zeros(self.shape)
        self._sum: NDArray[np.float64] | None = None

    def along(self, paths: Iterable[NDArray[np.float64]], weight: float) -> None:
        """Add ink along lines; a cell counts once."""
        for path in paths:
            steps = np.hypot(*np.diff(path, axis=0).T)
            length = np.concatenate([[0.0], np.cumsum(steps)])
            if not length[-1] > 0:
                continue
            at = np.arange(0, length[-1], self.cell * 0.7)
            x = np.interp(at, length, path[:, 0])
            y = np.interp(at, length, path[:, 1])
            column, row = self._cell(x, y)
            keep = (column >= 0) & (row >= 0) & (column < self.shape[1]) & (row < self.shape[0])
            cells = row[keep], column[keep]
            self.amount[cells] = np.maximum(self.amount[cells], weight)
        self._sum = None

    def over(self, box: Rect, weight: float) -> None:
        """Add ink all over a rectangle."""
        (left, right), (low, high) = self._cell(
            np.array([box.left, box.right]), np.array([box.bottom, box.top])
        )
        part = self.amount[max(low, 0) : max(high + 1, 0), max(left, 0) : max(right + 1, 0)]
        np.maximum(part, weight, out=part)
        self._sum = None

    def under(self, box: Rect) -> float:
        """Return the mean ink in a rectangle."""
        if self._sum is None:
            self._sum = np.pad(self.amount.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        columns, rows = self._cell(np.array([box.left, box.right]), np.array([box.bottom, box.top]))
        left, right = np.clip(columns + np.array([0, 1]), 0, self.shape[1])
        low, high = np.clip(rows + np.array([0, 1]), 0, self.shape[0])
        area = (right - left) * (high - low)
        total = (
            self._sum[high, right] - self._sum[low, right]
            - self._sum[high, left] + self._sum[low, left]
        )  # fmt: skip
        return float(total / area) if area else 0.0

    def _cell(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        return (
            np.floor((x - self.box.left) / self.cell).astype(np.intp),
            np.floor((y - self.box.bottom) / self.cell).astype(np.intp),
        )
