"""One-dimensional kernels along a road, given by their integral from the event outwards.

With u = distance / h, h the bandwidth and F(u) the integral of the kernel from 0 to u:

==============  =============================================  ==================================
kernel          k(u) · h, for 0 ≤ u ≤ 1                        F(u)
==============  =============================================  ==================================
quartic         15/16 (1 − u²)²                                15/16 (u − 2/3 u³ + 1/5 u⁵)
epanechnikov    3/4 (1 − u²)                                   3/4 (u − 1/3 u³)
uniform         1/2                                            1/2 u
gaussian        normal density of σ = h/3, cut at h            erf(3u/√2) / (2 erf(3/√2))
==============  =============================================  ==================================

F(1) = 1/2: each side of an event carries half of its mass (Silverman 1986, table 3.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, pi, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import erf as erf_of

from geo.hotspots.network.arrays import Reach
from geo.i18n import message

_CUT = 3.0
"""The Gaussian is cut at this many standard deviations, and renormalised."""


@dataclass(frozen=True)
class RoadKernel:
    """A symmetric kernel along a line.

    Parameters
    ----------
    name
        As asked for.
    odd
        Coefficients of u, u³ and u⁵ in F(u); all 0 for the Gaussian.
    scale
        ``a`` of the Gaussian's F(u) = erf(a u) / (2 erf(a)); 0 for the others.
    roughness
        Integral of k² times h: how much of an event the density at its own place is worth.
    """

    name: str
    odd: tuple[float, float, float]
    scale: float
    roughness: float

    def reaching(self, bandwidth_m: float) -> Reach:
        """Return the kernel with its bandwidth, as the compiled loops take it."""
        norm = 0.5 / erf(self.scale) if self.scale else 0.0
        return Reach(*self.odd, self.scale, norm, float(bandwidth_m))

    def inside(self, distance_m: ArrayLike, bandwidth_m: float) -> NDArray[np.float64]:
        """Return the share of an event's mass within a distance on one side, at most 1/2."""
        u = np.clip(np.asarray(distance_m, dtype=np.float64) / bandwidth_m, 0, 1)
        if self.scale:
            return np.asarray(erf_of(self.scale * u) * (0.5 / erf(self.scale)))
        first, third, fifth = self.odd
        return np.asarray(u * (first + u * u * (third + u * u * fifth)))


_GAUSS_ROUGHNESS = _CUT * erf(_CUT) / (2 * sqrt(pi) * erf(_CUT / sqrt(2)) ** 2)
KERNELS = {
    kernel.name: kernel
    for kernel in (
        RoadKernel("quartic", (15 / 16, -15 / 24, 15 / 80), 0.0, 5 / 7),
        RoadKernel("epanechnikov", (3 / 4, -1 / 4, 0.0), 0.0, 3 / 5),
        RoadKernel("uniform", (1 / 2, 0.0, 0.0), 0.0, 1 / 2),
        RoadKernel("gaussian", (0.0, 0.0, 0.0), _CUT / sqrt(2), _GAUSS_ROUGHNESS),
    )
}


def kernel_named(name: str) -> RoadKernel:
    """Return a kernel by name; ``ValueError`` names the known ones."""
    if name not in KERNELS:
        known = ", ".join(KERNELS)
        raise ValueError(
            str(message("No kernel is called “{name}”; choose of {known}.", name=name, known=known))
        )
    return KERNELS[name]
