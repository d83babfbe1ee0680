"""Choosing a bandwidth: a rule of thumb, cross-validated likelihood, or by hand; and why.

*Rule of thumb* (Scott 1992, *Multivariate Density Estimation*, eq. 6.42; Silverman 1986, eq. 4.14):
n^(−1/6) times the spread, scaled to the kernel by its roughness and variance.  The spread is the
smaller of the standard deviation and the median distance from the median place over 1.177.  It is
right for one bell-shaped cloud and *misleads* wherever there are several: it smooths them together.

*Cross-validated likelihood* (Habbema, Hermans & van den Broek 1974; Duin 1976, *IEEE Trans.
Computers* 25): the bandwidth with which the other events best foretell each one.  An event is left
out whole, with all of its mass.  Its likelihood is the mean density over what its report bounds.
With a compact kernel one lonely event would force a huge bandwidth (Silverman 1986, section 3.4.4),
so the density is mixed with an even one that weighs 1 / n.  It *misleads* where events share
gazetteer points: many reports at one town foretell each other perfectly, and the narrowest
bandwidth wins.  Then the result says so, and leaving out places instead of events helps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.grid import Grid
from geo.hotspots.kernels import GAUSSIAN, QUARTIC, Kernel, kernel_named
from geo.hotspots.mass import Mass
from geo.hotspots.points import Floats
from geo.hotspots.threads import compiled_loops, in_threads
from geo.i18n import Message, message

RULE, LIKELIHOOD, HAND = "rule", "likelihood", "hand"
METHODS = (RULE, LIKELIHOOD, HAND)
EVENT, PLACE = "event", "place"
CANDIDATES = 16
#: Pairs of points that cross-validation looks at, at most; above it events are sampled.
MOST_PAIRS = 20_000_000
_MEDIAN_OF_BELL = float(np.sqrt(2 * np.log(2)))


@dataclass(frozen=True)
class Bandwidth:
    """A bandwidth and where it comes from.

    Parameters
    ----------
    bandwidth_m
        Radius of the kernel; a Gaussian's standard deviation.
    method
        "rule", "likelihood" or "hand".
    kernel
        Name of the kernel that it is for.
    why
        For the screen and for exports.
    candidates_m, score
        Bandwidths that were tried and the mean log likelihood of an event for each (per km²);
        empty unless cross-validated.
    """

    bandwidth_m: float
    method: str
    kernel: str
    why: Message
    candidates_m: Floats
    score: Floats


class TooFewError(ValueError):
    """A bandwidth that cannot be estimated from so few places; ``reason`` is for people."""

    def __init__(self) -> None:
        self.reason = message(
            "A bandwidth can be estimated from two different places or more; choose one by hand."
        )
        super().__init__(str(self.reason))


def by_hand(bandwidth_m: float, kernel: str | Kernel = QUARTIC) -> Bandwidth:
    """Return a bandwidth that a person chose."""
    if not (np.isfinite(bandwidth_m) and bandwidth_m > 0):
        text = message("The bandwidth must be above 0 m; got {value} m.", value=bandwidth_m)
        raise ValueError(str(text))
    why = message("Bandwidth {km:.1f} km, chosen by hand.", km=bandwidth_m / 1_000)
    return _made(float(bandwidth_m), HAND, kernel_named(kernel), why)


def rule_of_thumb(mass: Mass, kernel: str | Kernel = QUARTIC) -> Bandwidth:
    """Return the rule of thumb's bandwidth, for events and not for points of mass.

    Parameters
    ----------
    mass
        The events; those left out do not count.
    kernel
        The kernel that the bandwidth is for.

    Raises
    ------
    TooFewError
        When fewer than two places are known.
    """
    chosen, weight = kernel_named(kernel), mass.weights()
    n = float(weight.sum())
    spread_m = _spread_m(mass.x_m, mass.y_m, weight) if n > 1 else 0.0
    if spread_m <= 0:
        raise TooFewError
    bandwidth_m = spread_m * n ** (-1 / 6) * _canonical(chosen)
    why = message(
        "Bandwidth {km:.1f} km by the rule of thumb, from {n:.0f} events with a spread of "
        "{spread:.0f} km. It is right for one cloud of events; with several it smooths too much.",
        km=bandwidth_m / 1_000,
        n=n,
        spread=spread_m / 1_000,
    )
    return _made(bandwidth_m, RULE, chosen, why)


def by_likelihood(
    mass: Mass,
    grid: Grid,
    kernel: str | Kernel = QUARTIC,
    *,
    leave_out: str = EVENT,
    shortest_m: float | None = None,
    longest_m: float | None = None,
    seed: int = 0,
) -> Bandwidth:
    """Return the bandwidth with the highest leave-one-out likelihood.

    Parameters
    ----------
    mass
        The events.
    grid
        Its extent is the area of the even density that is mixed in.
    kernel
        The kernel that the bandwidth is for.
    leave_out
        "event": each event in turn; "place": with it all events of the same placement, so that
        reports that share a town do not foretell each other.
    shortest_m, longest_m
        Ends of the range of candidates, evenly spaced on a logarithmic scale; unless given, from
        the least that the cells can show to twice the rule of thumb's.
    seed
        Of the sample that is taken when there are too many pairs.

    Returns
    -------
    Bandwidth
        ``why`` says when the winner lies at an end of the range: then it was not really found.

    Raises
    ------
    ValueError
        When the range is none or ``leave_out`` is unknown; `TooFewError` when fewer than two places
        are known.

    Notes
    -----
    O(pairs of points within the longest bandwidth), at most about `MOST_PAIRS`; on the plane, not
    on the grid.
    """
    chosen = kernel_named(kernel)
    low = shortest_m or chosen.smallest_cells * grid.cell_m
    high = longest_m or max(2 * rule_of_thumb(mass, chosen).bandwidth_m, 2 * low)
    if not 0 < low < high < np.inf:
        text = message(
            "Bandwidths are tried from a shorter to a longer one; got {low} m to {high} m.",
            low=low,
            high=high,
        )
        raise ValueError(str(text))
    if leave_out not in (EVENT, PLACE):
        text = message('Left out is an "event" or a "place"; got {value}.', value=leave_out)
        raise ValueError(str(text))
    candidates_m = np.geomspace(low, high, CANDIDATES)
    score, share = _left_out(mass, grid, chosen, candidates_m, (leave_out == EVENT, seed))
    best = int(np.argmax(score))
    return Bandwidth(
        bandwidth_m=float(candidates_m[best]),
        method=LIKELIHOOD,
        kernel=chosen.name,
        why=_why(candidates_m, best, share),
        candidates_m=candidates_m,
        score=score,
    )


def _made(bandwidth_m: float, method: str, kernel: Kernel, why: Message) -> Bandwidth:
    nothing = np.empty(0)
    return Bandwidth(bandwidth_m, method, kernel.name, why, nothing, nothing)


def _canonical(kernel: Kernel) -> float:
    """Return how much wider than a Gaussian's the kernel's best bandwidth is (in the plane)."""

    def best(k: Kernel) -> float:
        return float((k.roughness / k.variance_share**2) ** (1 / 6))

    return best(kernel) / best(GAUSSIAN)


def _spread_m(x_m: Floats, y_m: Floats, weight: Floats) -> float:
    share = weight / weight.sum()
    deviation_m = np.sqrt((share @ (x_m - share @ x_m) ** 2 + share @ (y_m - share @ y_m) ** 2) / 2)
    from_middle_m = np.hypot(x_m - _median(x_m, share), y_m - _median(y_m, share))
    median_m = _median(from_middle_m, share) / _MEDIAN_OF_BELL
    # More than half of the events at one place: their median distance is no spread.
    return float(min(deviation_m, median_m) if median_m > 0 else deviation_m)


def _median(values: Floats, share: Floats) -> float:
    order = np.argsort(values)
    half = int(np.searchsorted(np.cumsum(share[order]), 0.5))
    return float(values[order[min(half, len(order) - 1)]])


def _left_out(
    mass: Mass, grid: Grid, kernel: Kernel, candidates_m: Floats, how: tuple[bool, int]
) -> tuple[Floats, float]:
    """Return the mean log likelihood per candidate, and the share of supports that were asked."""
    events = np.bincount(
        mass.support_of[mass.support_of >= 0], minlength=int(mass.support.max(initial=-1)) + 1
    )
    n = int(events.sum())
    used = np.flatnonzero(events[mass.support])
    if n < 2 or not used.size:  # noqa: PLR2004
        raise TooFewError
    # By western edge of a strip as wide as the reach: neighbours lie in three strips, sorted by y.
    reach_m = kernel.reach * candidates_m[-1]
    strip = np.floor((mass.x_m[used] - mass.x_m[used].min()) / reach_m).astype(np.intp)
    order = np.lexsort((mass.y_m[used], strip))
    used, strip = used[order], strip[order]
    begin = np.searchsorted(strip, np.arange(strip[-1] + 2))
    points = (
        mass.x_m[used],
        mass.y_m[used],
        mass.share[used],
        events[mass.support[used]].astype(np.float64),
        # What the support of an event still counts for when the event is left out.
        np.maximum(events - 1.0, 0.0)[mass.support[used]] * how[0],
        mass.support[used].astype(np.int64),
    )
    beside = np.convolve(np.diff(begin), [1, 1, 1])[1:-1][strip]
    pairs = np.bincount(mass.support[used], weights=beside, minlength=len(events))
    asked = _sample(np.asarray(pairs, dtype=np.float64), events, how[1])
    power = -1 if kernel.power is None else kernel.power
    smoothing = candidates_m**-2, float(reach_m), power
    parts = np.array_split(np.flatnonzero(asked[mass.support[used]]), 16)
    loops = compiled_loops("pairs")
    total = np.zeros((len(events), len(candidates_m)))
    for sums, mine in zip(
        in_threads(lambda mine: loops.left_out(points, begin, strip, mine, smoothing), parts),
        parts,
        strict=True,
    ):
        np.add.at(total, mass.support[used[mine]], sums)
    peaks_per_km2 = [kernel.peak(h) * 1e6 for h in candidates_m]
    others = total[asked] * peaks_per_km2 / _remaining(events, n, how[0])[asked, None]
    even = 1 / (grid.nx * grid.ny * grid.cell_km2)
    likelihood = (1 - 1 / n) * others + even / n
    weight = events[asked] / events[asked].sum()
    return np.asarray(weight @ np.log(likelihood)), float(asked.sum() / (events > 0).sum())


def _remaining(events: NDArray[np.intp], n: int, one: bool) -> Floats:
    """Return how many events are left, per support, without one of its events or all of them."""
    return np.maximum(n - (np.ones(len(events)) if one else events), 1.0)


def _sample(pairs: Floats, events: NDArray[np.intp], seed: int) -> NDArray[np.bool_]:
    """Return which supports are asked: all, or so many that their pairs stay below the limit."""
    asked = events > 0
    if pairs.sum() > MOST_PAIRS:
        drawn = np.random.default_rng(seed).permutation(np.flatnonzero(asked))
        most = max(int(np.searchsorted(np.cumsum(pairs[drawn]), MOST_PAIRS)), 1)
        asked = np.zeros(len(events), dtype=bool)
        asked[drawn[:most]] = True
    return asked


def _why(candidates_m: Floats, best: int, share: float) -> Message:
    values = {
        "km": candidates_m[best] / 1_000,
        "low": candidates_m[0] / 1_000,
        "high": candidates_m[-1] / 1_000,
        "share": share,
    }
    if best == 0:
        return message(
            "Bandwidth {km:.1f} km, the shortest that was tried: many events share one place and "
            "foretell each other, so no best bandwidth was found between {low:.1f} and {high:.1f} "
            "km ({share:.0%} of the places asked). Leave out places instead of events.",
            **values,
        )
    if best == len(candidates_m) - 1:
        return message(
            "Bandwidth {km:.1f} km, the longest that was tried: no best bandwidth was found "
            "between {low:.1f} and {high:.1f} km ({share:.0%} of the places asked).",
            **values,
        )
    return message(
        "Bandwidth {km:.1f} km: of those between {low:.1f} and {high:.1f} km the one with which "
        "the other events best foretell each event ({share:.0%} of the places asked).",
        **values,
    )
