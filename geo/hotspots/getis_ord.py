"""Getis–Ord Gi*: where neighbouring cells together hold more, or fewer, events than chance gives.

For cell i with the W cells within a radius (itself included), n cells in all, mean x̄ and standard
deviation s, z = (Σ x − W x̄) / (s √(W (n − W) / (n − 1))) (Getis & Ord 1992, *Geographical Analysis*
24; Ord & Getis 1995, the same, 27, eq. 14).  Binary weights; dividing each row by its sum changes
neither numerator over denominator nor z.  All sums come from one Fourier transform, and sums of
whole numbers are rounded to whole numbers, so they are exact.

Thousands of cells are tested at once: Benjamini & Hochberg (1995, *J. R. Stat. Soc. B* 57) keep the
expected share of false cells among those marked below ``q`` (also when neighbours go together, as
here: Benjamini & Yekutieli 2001, *Annals of Statistics* 29).

*When it misleads.*  A z-score is a number of standard deviations of a bell curve.  Where fewer than
``LEAST_EXPECTED`` events are expected within the radius there is no bell curve: a single event may
make |z| > 3.  Such cells are marked ``sparse`` and judged by the Poisson tail instead.  All of it
compares with events strewn evenly over the area, so roads and towns come out as hotspots because
reports come from roads and towns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincc, ndtr

from geo.hotspots.grid import Grid
from geo.hotspots.mass import Mass
from geo.hotspots.memory import refuse_if_too_large
from geo.hotspots.transforms import convolve, padded_shape, squared_offsets
from geo.i18n import Message, message

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

#: The customary least expected count for a normal approximation (Cochran 1954, *Biometrics* 10).
LEAST_EXPECTED = 5.0


@dataclass(frozen=True)
class GiStar:
    """Local concentration of each cell; arrays of shape (ny, nx), nothing outside the area.

    Parameters
    ----------
    z
        Gi* as a z-score; nan outside the area and where there is nothing to compare.
    p
        Two-sided probability of as much or more by chance, by z or, where ``sparse``, by Poisson.
    significant
        Cells that remain when at most a share ``q`` of them is expected to be false.
    sparse
        Cells where fewer than `LEAST_EXPECTED` events are expected: z means little there.
    expected
        Events expected within the radius.
    found
        Events found within the radius.
    q
        Share of false cells accepted among those marked.
    notes
        What a reader has to know.
    """

    z: Floats
    p: Floats
    significant: Truths
    sparse: Truths
    expected: Floats
    found: Floats
    q: float
    notes: tuple[Message, ...]

    @property
    def hot(self) -> Truths:
        """Significant cells with more than expected."""
        return self.significant & (self.found > self.expected)

    @property
    def cold(self) -> Truths:
        """Significant cells with fewer than expected."""
        return self.significant & (self.found < self.expected)


def mass_per_cell(mass: Mass, grid: Grid, incident_weights: Floats | None = None) -> Floats:
    """Return the events in each cell, shape (ny, nx); O(points)."""
    columns, rows = (np.floor(i + 0.5) for i in grid.columns_rows(mass.x_m, mass.y_m))
    on = (columns >= 0) & (columns < grid.nx) & (rows >= 0) & (rows < grid.ny)
    cell = (rows[on] * grid.nx + columns[on]).astype(np.intp)
    weight = mass.weights(incident_weights)[on]
    total = np.bincount(cell, weights=weight, minlength=grid.nx * grid.ny)
    return np.asarray(total.reshape(grid.shape), dtype=np.float64)


def gi_star(
    values: NDArray[np.float64],
    radius_cells: float,
    *,
    area: Truths | None = None,
    q: float = 0.05,
) -> GiStar:
    """Return Gi* of every cell.

    Parameters
    ----------
    values
        Events per cell, shape (ny, nx), not negative; `mass_per_cell`, not a smoothed density,
        whose cells are alike by construction.
    radius_cells
        Cells whose centres are at most this far away are neighbours.
    area
        Cells that were observed; all unless given.  Others count neither as neighbours nor in n.
    q
        Share of false cells accepted among those marked significant.

    Returns
    -------
    GiStar
        O(cells · log cells), whatever the radius.

    Raises
    ------
    ValueError
        When a value is negative or no number, or ``radius_cells`` or ``q`` makes no sense.
    """
    x, inside = _checked(values, radius_cells, area, q)
    reach = min(int(radius_cells), max(x.shape))
    rows, columns = padded_shape(x.shape, reach)
    refuse_if_too_large(
        8.0 * (12 * x.size + 3 * rows * columns),
        message("Significance of {ny:,} × {nx:,} cells", ny=x.shape[0], nx=x.shape[1]),
    )
    near = (squared_offsets(reach) <= radius_cells**2).astype(np.float64)
    neighbours = np.rint(convolve(inside.astype(np.float64), near))
    found = convolve(x, near)
    if (x == np.rint(x)).all():
        found = np.rint(found)
    n, total = int(inside.sum()), float(x.sum())
    mean = total / max(n, 1)
    # Equal values have no spread, whatever rounding makes of their mean.
    spread = float(np.std(x[inside])) if n and np.ptp(x[inside]) > 0 else 0.0
    expected = neighbours * mean
    chance = spread * np.sqrt(neighbours * np.maximum(n - neighbours, 0) / max(n - 1, 1))
    testable = inside & (chance > 0)
    z = np.full(x.shape, np.nan)
    np.divide(found - expected, chance, out=z, where=testable)
    sparse = testable & (expected < LEAST_EXPECTED)
    p = np.ones(x.shape)
    dense = testable & ~sparse
    p[dense] = 2 * ndtr(-np.abs(z[dense]))
    p[sparse] = _poisson_p(found[sparse], expected[sparse])
    return GiStar(
        z=z,
        p=p,
        significant=testable & (p <= _highest_p(p[testable], q)),
        sparse=sparse,
        expected=expected,
        found=found,
        q=q,
        notes=_notes(int(sparse.sum()), int(testable.sum()), q),
    )


def _checked(
    values: Floats, radius_cells: float, area: Truths | None, q: float
) -> tuple[Floats, Truths]:
    x = np.asarray(values, dtype=np.float64)
    inside = np.ones(x.shape, dtype=bool) if area is None else np.asarray(area, dtype=bool)
    if x.ndim != 2 or inside.shape != x.shape:  # noqa: PLR2004
        text = message("Values and area must have one value per cell, in rows and columns.")
        raise ValueError(str(text))
    if not (x[inside] >= 0).all():
        raise ValueError(str(message("Events per cell must be numbers, none below 0.")))
    if not (np.isfinite(radius_cells) and radius_cells >= 1 and 0 < q < 1):
        text = message(
            "The radius must be at least one cell and the share of false cells between 0 and 1; "
            "got {radius} and {q}.",
            radius=radius_cells,
            q=q,
        )
        raise ValueError(str(text))
    return np.where(inside, x, 0.0), inside


def _poisson_p(found: Floats, expected: Floats) -> Floats:
    """Return twice the smaller tail of a Poisson count; for parts of events, its continuation."""
    at_least = np.where(found > 0, gammainc(np.maximum(found, 1e-300), expected), 1.0)
    at_most = gammaincc(found + 1, expected)
    return np.asarray(np.minimum(2 * np.minimum(at_least, at_most), 1.0))


def _highest_p(p: Floats, q: float) -> float:
    """Return the largest p that Benjamini and Hochberg's step-up rule accepts, −1 when none."""
    # Only p ≤ q can be accepted, so that most need not be sorted.
    candidates = np.sort(p[p <= q])
    accepted = candidates <= q * np.arange(1, candidates.size + 1) / max(p.size, 1)
    return float(candidates[accepted][-1]) if accepted.any() else -1.0


def _notes(sparse: int, tested: int, q: float) -> tuple[Message, ...]:
    notes = [
        message(
            "{tested:,} cells were tested at once; of those marked, at most {q:.0%} are expected "
            "to be chance.",
            tested=tested,
            q=q,
        )
    ]
    if sparse:
        notes.append(
            message(
                "In {share:.0%} of the cells fewer than {least:.0f} events are expected within the "
                "radius: their z-scores mean little, and they are judged by the Poisson tail. A "
                "larger radius or a longer period would help.",
                share=sparse / tested,
                least=LEAST_EXPECTED,
            )
        )
    return tuple(notes)
