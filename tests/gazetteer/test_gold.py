"""The gold set: what reports say, and where that is."""

from __future__ import annotations

import pytest

from benchmarks import gold
from geo.atlas import Atlas


@pytest.mark.parametrize("name", gold.TABLES)
def test_phrases_are_placed_where_they_are(name: str, atlas: Atlas) -> None:
    found = {
        row["text"]: gold.faults(row, gold.answer(row, atlas), atlas)
        for _, row in gold.gold(name).iterrows()
    }
    assert {text: faults for text, faults in found.items() if faults} == {}
