"""What does not fit is refused with the reason; estimates cover what is really taken."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from geo.hotspots import binned, exact, memory
from geo.hotspots.grid import Grid
from geo.hotspots.kernels import KERNELS, Smoother
from geo.hotspots.memory import TooLargeError, free_bytes, refuse_if_too_large
from geo.hotspots.points import Points
from geo.i18n import message


def test_there_is_memory_here() -> None:
    assert 10_000_000 < free_bytes() < 10**15


def test_a_container_s_limit_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "memory.max").write_text("3000000\n")
    (tmp_path / "memory.current").write_text("1000000\n")
    monkeypatch.setattr(memory, "_CGROUP", tmp_path)
    assert free_bytes() == 2_000_000
    refuse_if_too_large(900_000, message("This"))
    with pytest.raises(TooLargeError, match=r"This would need 0\.0 GB") as caught:
        refuse_if_too_large(1_100_000, message("This"))
    assert "larger cells" in caught.value.reason.text
    (tmp_path / "memory.max").write_text("max\n")
    assert free_bytes() > 10_000_000


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("engine", [exact, binned])
@pytest.mark.parametrize(
    ("points", "cells", "r"), [(200_000, 150, 8), (500, 400, 60), (10, 300, 3)]
)
def test_no_more_is_taken_than_was_estimated(
    kernel: str, engine: object, points: int, cells: int, r: float
) -> None:
    grid, smoother = Grid(0, 0, 1, cells, cells), Smoother(KERNELS[kernel], r)
    x_m, y_m = np.random.default_rng(5).uniform(0, cells, (2, points))
    given = Points(x_m, y_m, np.ones(1))
    engine.density(given, grid, smoother)  # type: ignore[attr-defined]  # compile first
    tracemalloc.start()
    engine.density(given, grid, smoother)  # type: ignore[attr-defined]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # What compiled loops take themselves (the sorted points) is not seen: the estimate has it.
    needed = engine.needed_bytes(points, grid, smoother)  # type: ignore[attr-defined]
    assert peak <= needed * 1.05
    assert needed <= 40 * peak
