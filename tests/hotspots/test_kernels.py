"""Kernels against hand-worked values and integrals."""

import numpy as np
import pytest
from scipy.integrate import quad

from geo.hotspots.grid import Grid
from geo.hotspots.kernels import (
    EPANECHNIKOV,
    GAUSSIAN,
    KERNELS,
    QUARTIC,
    UNIFORM,
    Kernel,
    Smoother,
    equivalent_bandwidth_m,
    kernel_named,
)

every = pytest.mark.parametrize("kernel", KERNELS.values(), ids=list(KERNELS))


def moment(kernel: Kernel, power: int, bandwidth: float, *, squared: bool = False) -> float:
    def ring(d: float) -> float:
        value = float(kernel.value(np.array(d), bandwidth))
        return (value**2 if squared else value) * d**power * 2 * np.pi * d

    return float(quad(ring, 0, kernel.reach * bandwidth, epsabs=1e-12, limit=200)[0])


def test_values_by_hand() -> None:
    # Bandwidth 2, distance 1: u² = 1/4.
    assert float(QUARTIC.value(1.0, 2.0)) == pytest.approx(3 / (4 * np.pi) * 9 / 16)
    assert float(EPANECHNIKOV.value(1.0, 2.0)) == pytest.approx(2 / (4 * np.pi) * 3 / 4)
    assert float(UNIFORM.value(1.0, 2.0)) == pytest.approx(1 / (4 * np.pi))
    assert float(GAUSSIAN.value(1.0, 2.0)) == pytest.approx(np.exp(-1 / 8) / (8 * np.pi))
    assert QUARTIC.value([2.0, 3.0], 2.0).tolist() == [0, 0]
    assert EPANECHNIKOV.value([2.0, 3.0], 2.0).tolist() == [0, 0]
    assert UNIFORM.value([2.0, 2.001], 2.0).tolist() == [1 / (4 * np.pi), 0]


@every
def test_mass_spread_and_roughness_are_those_of_the_integrals(kernel: Kernel) -> None:
    h = 7.0
    assert moment(kernel, 0, h) == pytest.approx(1, abs=1e-9)
    assert moment(kernel, 2, h) / 2 == pytest.approx(kernel.variance_share * h**2, rel=1e-8)
    assert moment(kernel, 0, h, squared=True) == pytest.approx(kernel.roughness / h**2, rel=1e-8)
    assert kernel.peak(h) == pytest.approx(float(kernel.value(0.0, h)))


@every
def test_each_says_what_it_is_and_when_it_misleads(kernel: Kernel) -> None:
    assert kernel_named(kernel.name) is kernel_named(kernel) is kernel
    assert kernel.formula
    assert any(year in kernel.paper for year in ("1956", "1969", "1986"))
    assert len(str(kernel.misleads)) > 40


def test_what_the_warnings_state_is_so() -> None:
    def within(kernel: Kernel, reach: float) -> float:
        inner = quad(lambda d: float(kernel.value(d, 1.0)) * 2 * np.pi * d, 0, reach)[0]
        return float(inner)

    assert within(QUARTIC, 0.45) == pytest.approx(0.5, abs=0.01)
    assert 1 - within(GAUSSIAN, 2) == pytest.approx(0.14, abs=0.005)


def test_equivalent_bandwidths_spread_alike() -> None:
    found = [equivalent_bandwidth_m(25_000, QUARTIC, kernel) for kernel in KERNELS.values()]
    assert found == pytest.approx([25_000, 21_651, 8_839, 17_678], abs=1)
    for kernel, h in zip(KERNELS.values(), found, strict=True):
        assert moment(kernel, 2, h) == pytest.approx(moment(QUARTIC, 2, 25_000), rel=1e-6)


def test_reach_takes_in_every_point_of_a_cell() -> None:
    grid = Grid(0, 0, 1_000, 9, 9)
    # A point at the western side of its cell reaches half a cell less far east, and so on.
    assert Smoother(QUARTIC, 3_000).reach(grid) == 4
    assert Smoother(QUARTIC, 3_500).reach(grid) == 4
    assert Smoother(QUARTIC, 3_501).reach(grid) == 5
    assert Smoother(GAUSSIAN, 1_000).reach(grid) == 10
