"""A strip of road with the curve of an answer along it."""

from __future__ import annotations

from dataclasses import replace

from geo.hotspots.analysis.answer import Answer
from geo.roads.strip import Strip


def with_density(strip: Strip, answer: Answer) -> Strip:
    """Return a strip whose curve is the answer's density along the road.

    Other than the strip's own curve it knows the whole network: events on a side road count near
    the junction.

    Parameters
    ----------
    strip
        Of `geo.roads.strip.build`.
    answer
        Along roads.

    Raises
    ------
    ValueError
        When the answer is one on the plane.
    """
    if answer.roads is None:
        raise ValueError("a strip needs a density along roads")
    along = answer.roads.lixels.along_axes()
    middle = (along["measure_from_m"] + along["measure_to_m"]) / 2
    here = (along["axis_id"] == strip.axis.axis_id) & middle.between(strip.from_m, strip.to_m)
    return replace(
        strip,
        density_measure_m=middle[here].to_numpy(),
        density_per_km=answer.roads.per_km[along.loc[here, "lixel"].to_numpy()],
        bandwidth_m=answer.roads.bandwidth_m,
    )
