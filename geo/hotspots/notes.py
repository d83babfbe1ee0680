"""What a reader of a surface has to know, in sentences."""

from __future__ import annotations

from geo.hotspots.grid import Grid
from geo.hotspots.kernels import Smoother
from geo.i18n import Message, message


def exact_note(smoother: Smoother, grid: Grid, bound: float | None) -> Message:
    """Say why a density was computed exactly; without a bound of binning it was asked for."""
    if bound is None:
        return message("Computed exactly, as asked: no cell is off by more than 1e-9 of the peak.")
    return message(
        "Computed exactly: with {kernel} and a bandwidth of {r:.1f} cells, binning could be off by "
        "{bound:.1%} of one event's peak.",
        kernel=smoother.kernel.label,
        r=smoother.cells(grid),
        bound=bound,
    )


def binned_note(smoother: Smoother, grid: Grid, bound: float) -> Message:
    """Say how far a binned density may be off."""
    return message(
        "Computed by binning: with {kernel} and a bandwidth of {r:.1f} cells, no event's share is "
        "off by more than {bound:.2%} of its peak.",
        kernel=smoother.kernel.label,
        r=smoother.cells(grid),
        bound=bound,
    )


def edge_note(*, corrected: bool) -> Message:
    """Say what was done about the border."""
    if not corrected:
        return message(
            "Not corrected at the edge: events beyond the border are loaded, as far as the grid "
            "reaches."
        )
    return message(
        "Corrected at the border: each event's kernel is divided by the share of it that lies "
        "inside the area observed."
    )


def raised_note(bandwidth_m: float) -> Message:
    """Say that a bandwidth was raised."""
    return message(
        "The bandwidth was raised to {value:.0f} m, the least that these cells can show.",
        value=bandwidth_m,
    )


def request(points: int, box: Grid, bandwidth_m: float) -> Message:
    """Name what was asked for, as a noun."""
    return message(
        "A density of {points:,} points on {nx:,} × {ny:,} cells with a bandwidth of {km:.1f} km",
        points=points,
        nx=box.nx,
        ny=box.ny,
        km=bandwidth_m / 1_000,
    )
