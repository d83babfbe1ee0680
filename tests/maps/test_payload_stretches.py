"""The names of the stretches that marks and lines share."""

import numpy as np
import pandas as pd

from maps.payload import _stretch_keys

PLACEMENTS = pd.DataFrame(
    {
        "kind": ["near", "along", "along", "along", "region"],
        "axis_id": [np.nan, "ML-RN17", np.nan, None, np.nan],
        "measure_from_m": [np.nan, 31_400.4, np.nan, np.nan, np.nan],
        "measure_to_m": [np.nan, 35_000.0, np.nan, np.nan, np.nan],
    },
    index=list("abcde"),
)


def test_only_a_stretch_of_a_known_road_has_a_key() -> None:
    """A line of its own between two places lies on no axis, whichever way that is written."""
    assert _stretch_keys(PLACEMENTS) == [None, "ML-RN17:31400:35000", None, None, None]


def test_no_placement_gives_no_key() -> None:
    assert _stretch_keys(PLACEMENTS.iloc[:0]) == []
