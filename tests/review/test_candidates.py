"""What a draft is compared with: the incidents near its days, and no other is placed for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo import summary
from geo.atlas import load
from geo.gazetteer import placed as placing
from geo.gazetteer.placed import Placed
from geo.matching.events import Events, gather
from geo.matching.ranking import rank
from geo.review.candidates import Candidates
from tests.starter import KOBE, frames, placed, starter


@pytest.fixture(scope="module")
def everything() -> Events:
    shot = starter(date(2025, 12, 31), date(2026, 11, 20))
    return gather(shot.incidents, shot.placements, summary.tolls(shot.claims))


def test_those_near_rank_as_among_all(everything: Events) -> None:
    candidates = Candidates(frames(), Placed(load()))
    for at in range(0, len(everything), 12):
        one = everything.take(np.array([at]))
        near = candidates.near(one)
        assert len(near) < len(everything)
        assert rank(one, near) == rank(one, everything)
    several = [everything.take(np.array([at])) for at in (0, 100, 200)]
    together = candidates.near(*several)
    assert all(rank(one, together) == rank(one, everything) for one in several)
    assert len(candidates.near()) == 0
    # A draft without a day may be any of them.
    undated = replace(one, start_day=np.array([np.nan]), end_day=np.array([np.nan]))
    assert set(candidates.near(undated).ids) == set(everything.ids)


def test_a_line_is_placed_once_and_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = placing.place_incidents

    def counted(lines: pd.DataFrame, atlas: object) -> object:
        asked.append(len(lines))
        return real(lines, atlas)  # type: ignore[arg-type]

    monkeypatch.setattr(placing, "place_incidents", counted)
    candidates = Candidates(frames(), Placed(load()))
    where = candidates.placement(KOBE)
    assert where is not None
    assert where["explanation"] == placed().loc[where.name, "explanation"]
    assert candidates.placement("ML-1999-01-01-NOWHERE") is None
    assert candidates.incident("ML-1999-01-01-NOWHERE").empty
    lines = frames().incidents
    found = candidates.placed.of(lines)
    assert asked == [1, len(lines) - 1]
    assert found.index.equals(lines.index)
    assert found.drop(columns="geometry").equals(placed().drop(columns="geometry"))
    assert candidates.placed.of(lines.iloc[[5, 3]]).index.tolist() == [
        lines.index[5],
        lines.index[3],
    ]
    assert len(asked) == 2
