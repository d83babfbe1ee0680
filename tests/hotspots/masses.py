"""The mass of whole events at points."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from geo.hotspots.mass import Mass


def at_points(x_m: ArrayLike, y_m: ArrayLike) -> Mass:
    """Return the mass of one event at each point."""
    n = len(x_m)
    return Mass(
        x_m=np.asarray(x_m, dtype=float),
        y_m=np.asarray(y_m, dtype=float),
        share=np.ones(n),
        support=np.arange(n),
        support_of=np.arange(n),
        index=pd.RangeIndex(n),
        left_out_region=0,
        left_out_unplaced=0,
    )
