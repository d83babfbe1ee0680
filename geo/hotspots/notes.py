"""What a reader of a surface has to know, in sentences."""

from __future__ import annotations

from geo.hotspots.grid import Grid
from geo.hotspots.kernels import GAUSSIAN, Smoother
from geo.hotspots.network.density import RoadDensity
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


_METHODS = {
    "simple": message(
        "Simple kernel along the shortest ways: behind a junction an event counts on every road, "
        "so places where many roads meet look worse than they are."
    ),
    "esd": message(
        "Equal-split kernel: at a junction an event's weight is divided among the roads, so that "
        "every event counts once. A stretch just behind a junction looks calmer than it is."
    ),
    "esc": message(
        "Continuous equal-split kernel: every event counts once and the density has no jumps. "
        "Where roads are short against the bandwidth a value below 0 is an artefact."
    ),
}


def road_notes(density: RoadDensity | None) -> tuple[Message, ...]:
    """Say how a density along roads was computed; nothing without one."""
    if density is None:
        return ()
    exact = message("Computed exactly: every way from every event was followed.")
    steps = message(
        "Computed in steps of {metres:.0f} m on the way: there are too many ways to follow each.",
        metres=density.bandwidth_m / 256,
    )
    said = [_METHODS[density.method], exact if density.exact else steps]
    if density.kernel == GAUSSIAN.name:
        said.append(
            message("Along roads the Gaussian is cut at the bandwidth, three standard deviations.")
        )
    return tuple(said)
