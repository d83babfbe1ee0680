"""Days and places between two words are passed over."""

from __future__ import annotations

import pytest

from geo.reports.gaps import bare
from geo.reports.plaintext import Plain


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (" le 28 novembre à Moura par", "par"),
        (" on Monday morning near the village of Songho by", "by"),
        (" par des soldats", "par des soldats"),
        (" dans une embuscade", "dans une embuscade"),
    ],
)
def test_days_and_places_are_left_out(text: str, left: str) -> None:
    plain = Plain.of(text)
    assert bare(plain, 0, len(plain.text)).split() == left.split()
