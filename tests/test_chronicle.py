"""What is claimed of an incident, over its days: by hand for Kobé, 7 February 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo.chronicle import Told, told
from tests.starter import KOBE, starter


def test_one_figure_of_one_speaker_is_one_whatever_tells_it() -> None:
    rows = told(starter(), KOBE)
    first = rows[0]
    assert (first.field, first.unit_group, first.stated_by) == ("killed", "civilians", "army")
    assert first.ends == (25, 25)
    assert first.known == (
        (date(2025, 2, 8), True), (date(2025, 2, 10), False), (date(2025, 2, 12), False),
    )  # fmt: skip
    assert first.publishers[1:3] == ("APA News", "Japan Today (AP)")
    # Two officials' tens of the same page: the provisional one was replaced.
    assert [(row.ends, row.stage) for row in rows if row.replaced] == [((10, None), "provisional")]
    claims = starter().claims
    assert sum(len(row.publishers) for row in rows) <= (claims["incident_id"] == KOBE).sum()
    assert told(starter(), "no such incident") == ()


@pytest.mark.parametrize(
    ("stated", "ends"),
    [
        ((32, 32, None), (32, None)),  # at least 32
        ((50, None, None), (50, None)),  # more than 50
        ((None, None, 50), (None, 50)),  # up to 50
        ((None, 25, None), (25, 25)),
        ((50, None, 56), (50, 56)),
        ((3, 5, None), (3, 5)),
        ((None, None, None), (None, None)),
    ],
)
def test_what_a_figure_leaves_open(
    stated: tuple[int | None, int | None, int | None], ends: tuple[int | None, int | None]
) -> None:
    low, best, high = stated
    assert replace(told(starter(), KOBE)[0], low=low, best=best, high=high).ends == ends


def test_a_claim_said_on_a_day_has_that_day_too() -> None:
    row: Told = replace(told(starter(), KOBE)[1], stated_on="2025-02-07")
    assert row.days == (date(2025, 2, 7), date(2025, 2, 8))
    assert replace(row, stated_on="2025-02").days == (date(2025, 2, 8),)
