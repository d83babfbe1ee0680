"""Where places stand on the network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.geodesy import GEOD
from geo.records import Place
from geo.roads.network.boxes import diagonals, runs_of
from geo.roads.network.gaps import METRES_PER_DEGREE, nearest_point
from geo.roads.network.lines import to_degrees, to_units
from geo.roads.network.records import Network

SNAP_M = 3_000.0
"""A place further from every road than this does not stand on the network: the coordinates of
places are right to one or two kilometres and towns are some kilometres wide."""
SPECK_M = 5_000.0
"""A connected part with less road than this is a leftover; places do not stand on it."""


def snap(network: Network, places: Sequence[Place], reach_m: float = SNAP_M) -> pd.DataFrame:
    """Return every road near each place, with the point of it that is nearest.

    Parameters
    ----------
    network
        The network.
    places
        The places; none twice.
    reach_m
        How near.

    Returns
    -------
    pandas.DataFrame
        ``place_id``, ``edge``, ``along_m`` (from the edge's first vertex), ``lon``, ``lat``,
        ``offset_m`` (from the place), sorted by place, then offset.  A place without any road near
        it is not there.
    """
    lonlat = np.array([(place.lon, place.lat) for place in places]).reshape(-1, 2)
    runs = runs_of(network.vertices, network.offsets)
    reach = reach_m * 1.01 / METRES_PER_DEGREE
    side = np.column_stack([reach / np.cos(np.radians(lonlat[:, 1])), np.full(len(lonlat), reach)])
    boxes = to_units(np.concatenate([(lonlat - side).T, (lonlat + side).T]))
    which, run = runs.tree.query(diagonals(boxes, 0))
    owner, segment = runs.segments(run)
    place, edge = which[owner], runs.line[run][owner]
    foot = nearest_point(network.vertices, segment, lonlat[place])
    _, _, offset_m = GEOD.inv(*lonlat[place].T, *foot.T)
    found = pd.DataFrame(
        {
            "place": place, "edge": edge, "segment": segment, "lon": foot[:, 0], "lat": foot[:, 1],
            "offset_m": np.asarray(offset_m),
        }
    )  # fmt: skip
    found = found[found["offset_m"] <= reach_m]
    found = found.sort_values(["place", "offset_m", "edge"]).drop_duplicates(["place", "edge"])
    part_km = network.components["length_km"].to_numpy()
    part = network.component[network.columns["u"][found["edge"]]]
    found = found[part_km[part] * 1_000 >= SPECK_M]
    found["along_m"] = _along_m(network, found)
    found["place_id"] = [places[at].place_id for at in found["place"]]
    columns = ["place_id", "edge", "along_m", "lon", "lat", "offset_m"]
    return pd.DataFrame(found[columns].reset_index(drop=True))


def _along_m(network: Network, found: pd.DataFrame) -> list[float]:
    """Return how far along its edge each nearest point lies."""
    along = []
    for edge, segment, lon, lat in zip(
        found["edge"], found["segment"], found["lon"], found["lat"], strict=True
    ):
        path = to_degrees(network.vertices[network.offsets[edge] : segment + 1])
        path = np.vstack([path, [lon, lat]])
        along.append(float(GEOD.line_length(path[:, 0], path[:, 1])))
    return along
