"""Choosing a bandwidth along roads by cross-validated likelihood.

The places are dealt into four folds; for each candidate the density of three foretells the fourth
(Duin 1976, *IEEE Trans. Computers* 25; in folds, Geisser 1975, *J. Am. Stat. Assoc.* 70).  Reports
that share a place are in one fold, or they would foretell each other.  One lonely event would force
a huge bandwidth, so the density is mixed with an even one over all roads that weighs 1 / n.

There is no rule of thumb: those for a line or a plane rest on a bell-shaped cloud, and a road
network has no such shape.
"""

from __future__ import annotations

import numpy as np

from geo.hotspots.bandwidth import LIKELIHOOD, Bandwidth, TooFewError
from geo.hotspots.network.arrays import Floats
from geo.hotspots.network.density import Method, density_of_points
from geo.hotspots.network.events import RoadMass
from geo.hotspots.network.lixels import Lixels
from geo.i18n import message

FOLDS = 4
CANDIDATES = 10
LONGEST_M = 60_000.0


def by_likelihood(
    mass: RoadMass,
    lixels: Lixels,
    incident_weights: Floats,
    *,
    method: Method = "esd",
    kernel: str = "quartic",
    longest_m: float = LONGEST_M,
    seed: int = 0,
) -> Bandwidth:
    """Return the bandwidth whose density best foretells the places left out.

    Parameters
    ----------
    mass, lixels, method, kernel
        As for `geo.hotspots.network.density.road_density`.
    incident_weights
        Weight of each incident, aligned on ``mass.index``.
    longest_m
        The longest candidate; the shortest is two lixels.
    seed
        Of the folds.

    Raises
    ------
    TooFewError
        When fewer than two places of the roads carry weight.

    Notes
    -----
    `FOLDS` times `CANDIDATES` densities.
    """
    weight = mass.weights(incident_weights)
    supports = len(mass.begin) - 1
    support = np.repeat(np.arange(supports), np.diff(mass.begin))
    events = np.bincount(support, weights=weight, minlength=supports)
    used = np.flatnonzero(events > 0)
    if len(used) < 2:  # noqa: PLR2004
        raise TooFewError
    dealt = np.full(supports, -1)
    dealt[np.random.default_rng(seed).permutation(used)] = np.arange(len(used)) % FOLDS
    fold, total = dealt[support], float(events.sum())
    at = lixels.at(mass.edge, mass.offset_m)
    road_km = lixels.graph.total_m / 1_000
    mixed = 1 / max(total, 2.0)
    candidates_m = np.geomspace(
        2 * lixels.longest_m, max(longest_m, 4 * lixels.longest_m), CANDIDATES
    )
    score = np.zeros(CANDIDATES)
    for n, bandwidth_m in enumerate(candidates_m):
        for left_out in range(min(FOLDS, len(used))):
            kept = (fold >= 0) & (fold != left_out)
            per_km = density_of_points(
                lixels, mass.edge[kept], mass.offset_m[kept], weight[kept], float(bandwidth_m),
                method=method, kernel=kernel,
            )  # fmt: skip
            # As a density: "simple" does not conserve mass, and "esc" may fall below nothing.
            per_km = np.maximum(per_km, 0.0)
            per_km /= float(per_km @ lixels.length_m) / 1_000
            mine = fold == left_out
            foretold = np.bincount(
                support[mine], weights=mass.share[mine] * per_km[at[mine]], minlength=supports
            )
            asked = dealt == left_out
            likelihood = (1 - mixed) * foretold[asked] + mixed / road_km
            score[n] += float(events[asked] @ np.log(likelihood)) / total
    best = int(np.argmax(score))
    values = {
        "km": candidates_m[best] / 1_000,
        "low": candidates_m[0] / 1_000,
        "high": candidates_m[-1] / 1_000,
    }
    why = (
        message(
            "Bandwidth {km:.1f} km, at an end of what was tried ({low:.1f} to {high:.1f} km): no "
            "best bandwidth was found.",
            **values,
        )
        if best in {0, CANDIDATES - 1}
        else message(
            "Bandwidth {km:.1f} km: of those between {low:.1f} and {high:.1f} km the one with "
            "which three quarters of the places best foretell the others.",
            **values,
        )
    )
    return Bandwidth(float(candidates_m[best]), LIKELIHOOD, kernel, why, candidates_m, score)
