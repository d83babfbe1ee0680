"""The kernels of planar density: what each is, who proposed it, and when it misleads.

A kernel spreads one event's unit mass over the plane around it.  Three of the four are powers of
1 − u², u = distance / bandwidth, and end at the bandwidth; the Gaussian has no end.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.hotspots.grid import Grid
from geo.i18n import Message, message

#: Beyond this many standard deviations a Gaussian is below 1e-16 of its peak: nothing in a double.
GAUSSIAN_REACH = 8.6


@dataclass(frozen=True)
class Kernel:
    """A radial kernel with unit mass.

    Parameters
    ----------
    name
        As used in addresses, on the command line and in exports.
    label
        As a person reads it.
    formula
        Density at distance d for bandwidth h.
    paper
        Where it comes from.
    misleads
        When a map drawn with it is read wrongly.
    power
        Power of 1 − u² within the bandwidth; None for the Gaussian.
    smallest_cells
        Bandwidth in cells below which a kernel may fall between the cells' centres.
    """

    name: str
    label: Message
    formula: str
    paper: str
    misleads: Message
    power: int | None
    smallest_cells: float

    @property
    def reach(self) -> float:
        """Distance, in bandwidths, from which on the kernel is nothing (in double precision)."""
        return GAUSSIAN_REACH if self.power is None else 1.0

    @property
    def variance_share(self) -> float:
        """Variance along one axis for bandwidth 1."""
        return 1.0 if self.power is None else 0.5 / (self.power + 2)

    @property
    def roughness(self) -> float:
        """Integral of the squared kernel for bandwidth 1."""
        if self.power is None:
            return 1 / (4 * np.pi)
        return float((self.power + 1) ** 2 / (np.pi * (2 * self.power + 1)))

    def peak(self, bandwidth: float) -> float:
        """Density at the event, per squared unit of ``bandwidth``."""
        height = 0.5 if self.power is None else self.power + 1
        return float(height / (np.pi * bandwidth**2))

    def shape(self, squared: ArrayLike) -> NDArray[np.float64]:
        """Return the kernel relative to its peak, of squared distance in squared bandwidths."""
        u2 = np.asarray(squared, dtype=np.float64)
        if self.power is None:
            return np.asarray(np.exp(-0.5 * u2))
        return np.asarray(np.where(u2 <= 1, np.clip(1 - u2, 0, None) ** self.power, 0.0))

    def value(self, distance: ArrayLike, bandwidth: float) -> NDArray[np.float64]:
        """Return the density at a distance, per squared unit of ``bandwidth``."""
        squared = (np.asarray(distance, dtype=np.float64) / bandwidth) ** 2
        return self.peak(bandwidth) * self.shape(squared)


QUARTIC = Kernel(
    name="quartic",
    label=message("Quartic (biweight)"),
    formula="3 / (π h²) · (1 − (d/h)²)² for d ≤ h",
    paper="Silverman 1986, Density Estimation for Statistics and Data Analysis, eq. 4.5",
    misleads=message(
        "Half of an event's mass lies within 0.45 of the bandwidth: the bandwidth looks larger "
        "than what it smooths."
    ),
    power=2,
    smallest_cells=2.0,
)
EPANECHNIKOV = Kernel(
    name="epanechnikov",
    label=message("Epanechnikov"),
    formula="2 / (π h²) · (1 − (d/h)²) for d ≤ h",
    paper="Epanechnikov 1969, Theory of Probability and Its Applications 14, 153–158",
    misleads=message(
        "Its slope breaks at the bandwidth: rings around single events are the kernel, not a "
        "pattern."
    ),
    power=1,
    smallest_cells=2.0,
)
UNIFORM = Kernel(
    name="uniform",
    label=message("Uniform (count within a circle)"),
    formula="1 / (π h²) for d ≤ h",
    paper="Rosenblatt 1956, Annals of Mathematical Statistics 27, 832–837",
    misleads=message(
        "It jumps at the bandwidth: an event 1 m nearer turns a cell from nothing to full. Read it "
        "as a count within a circle, not as a surface."
    ),
    power=0,
    smallest_cells=2.0,
)
GAUSSIAN = Kernel(
    name="gaussian",
    label=message("Gaussian"),
    formula="1 / (2π h²) · exp(−(d/h)² / 2), h the standard deviation, not truncated",
    paper="Rosenblatt 1956; Scott 1992, Multivariate Density Estimation, ch. 6",
    misleads=message(
        "Its bandwidth is a standard deviation: the same number smooths nearly three times as far "
        "as the quartic, and 14 % of the mass lies beyond twice the bandwidth."
    ),
    power=None,
    smallest_cells=0.75,
)


@dataclass(frozen=True)
class Smoother:
    """A kernel with its bandwidth.

    Parameters
    ----------
    kernel
        The kernel.
    bandwidth_m
        Its radius; a Gaussian's standard deviation.
    """

    kernel: Kernel
    bandwidth_m: float

    @property
    def peak_per_m2(self) -> float:
        """Density at an event."""
        return self.kernel.peak(self.bandwidth_m)

    def cells(self, grid: Grid) -> float:
        """Return the bandwidth in cells."""
        return self.bandwidth_m / grid.cell_m

    def reach(self, grid: Grid) -> int:
        """Return how many cells away a point may still act, wherever in its cell it lies."""
        return int(np.ceil(self.kernel.reach * self.cells(grid) + 0.5))


KERNELS = MappingProxyType({k.name: k for k in (QUARTIC, EPANECHNIKOV, GAUSSIAN, UNIFORM)})


def kernel_named(name: str | Kernel) -> Kernel:
    """Return the kernel of a name.

    Raises
    ------
    ValueError
        When there is none, with the names that there are.
    """
    if isinstance(name, Kernel):
        return name
    if name not in KERNELS:
        text = message(
            "There is no kernel {name}; choose one of {names}.", name=name, names=", ".join(KERNELS)
        )
        raise ValueError(str(text))
    return KERNELS[name]


def equivalent_bandwidth_m(bandwidth_m: float, given: Kernel, wanted: Kernel) -> float:
    """Return the bandwidth with which ``wanted`` spreads an event as far as ``given`` does.

    Equal standard deviations: quartic 25 km, Epanechnikov 21.7 km, uniform 17.7 km and Gaussian
    8.8 km smooth alike.
    """
    return bandwidth_m * float(np.sqrt(given.variance_share / wanted.variance_share))
