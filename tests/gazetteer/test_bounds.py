"""Whatever the text: a placement, candidates or a reason, and never long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import atlas as atlases
from geo.gazetteer.phrases import geocode
from geo.records import PlacementKind
from tests.examples import examples

ATLAS = atlases.load()
LONG = 10_000
PIECES = (
    "Gao", "Ansongo", "Kobé", "Boni", "Xvillou", "Mali", "Niger", "Gao region", "RN17", "RN99",
    "30 km", "une trentaine de kilomètres", "twenty", "from", "de", "towards", "vers", "between",
    "entre", "and", "et", "near", "près de", "north of", "au nord de", "halfway", "PK 33", "border",
    "frontière", "the three borders", "cercle", "commune de", "axe", "-", ",", "(", "not", "à",
    "fleuve Niger", "du pays", "nigérienne", "’", "\u202e", "<p0>", "\x01",
)  # fmt: skip


@settings(max_examples=examples(200), deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
    st.sampled_from([None, "ML", "BF", "NE", "DZ", "XX"]),
    st.lists(st.sampled_from(["Gao", "Torodi", "Xvillou", ""]), max_size=2),
)
def test_any_run_of_words_is_placed_or_says_why_not(
    text: str, country: str | None, others: list[str]
) -> None:
    result = geocode(text, ATLAS, country, others=others)
    placement = result.placement
    assert (placement is None) == (result.unresolved_reason is not None)
    if placement is None:
        return
    assert placement.geometry.is_valid
    assert placement.spread_m > 0
    assert str(placement.explanation).endswith(".")
    assert placement.kind is not PlacementKind.REGION or placement.axis_id is None
    used = set(placement.place_ids)
    assert used.isdisjoint(candidate.place.place_id for candidate in result.runners_up)


@pytest.mark.parametrize("piece", [*PIECES, "x", "9", "Gao, ", "Gao-", "Mali-", "30 km from Gao "])
def test_a_long_text_does_not_take_long(piece: str) -> None:
    text = (f"{piece} " * (LONG // (len(piece) + 1)))[:LONG]
    start = time.process_time()
    result = geocode(text, ATLAS)
    # Half a second on a free machine; what grows with the square of the length takes minutes.
    assert time.process_time() - start < 5
    assert result.placement is not None or result.unresolved_reason is not None
