"""The gold set: what reports say, and where that is."""

from __future__ import annotations

import pandas as pd
import pytest

from benchmarks import gold
from geo.atlas import Atlas

TABLES = [gold.FIRST, gold.HELD_OUT, gold.LATER]
ROWS = [row for name in TABLES for _, row in gold.gold(name).iterrows()]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['feature']}: {row['text']}" for row in ROWS])
def test_a_phrase_is_placed_where_it_is(row: pd.Series[str], atlas: Atlas) -> None:
    assert gold.faults(row, gold.answer(row, atlas), atlas) == []
