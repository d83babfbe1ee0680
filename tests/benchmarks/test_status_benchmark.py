"""The benchmark of road status runs, and what it builds is what it says."""

import sys

import numpy as np
import pytest

from benchmarks import status as bench


def test_it_runs_on_a_small_network(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["status", "--edges", "1000", "--assertions", "300"])
    bench.main()
    said = capsys.readouterr().out
    assert "1,000 edges on 5 roads, 300 assertions" in said
    assert "status of all roads on a day, warm" in said


def test_the_same_seed_gives_the_same_lines() -> None:
    one, other = (
        bench.assertions(50, "2024-01-01", np.random.default_rng(bench.SEED)) for _ in range(2)
    )
    assert one.equals(other)
    dated = one["valid_from"].dropna()
    assert dated.min() >= np.datetime64("2024-01-01")
    assert dated.max() <= bench.LAST
