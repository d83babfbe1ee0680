"""The network: nodes and edges in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo.roads.network import speeds
from geo.roads.network.lines import TEXT_FIELDS, Ints, Vertices, to_degrees
from geo.roads.network.tags import RoadClass, Surface

Floats = npt.NDArray[np.float64]

EDGE_COLUMNS = ("u", "v", "length_m", "road_class", "surface", "level", "oneway", *TEXT_FIELDS)


@dataclass(frozen=True, eq=False)
class Network:
    """A road network of ``n`` nodes and ``e`` edges.  Arrays may be mapped from files: read only.

    Parameters
    ----------
    nodes
        Shape ``(n, 2)``: longitude, latitude in 1e-7 degrees, WGS 84.
    component
        Shape ``(n,)``: which connected part a node is in; 0 is the one with the longest roads.
    columns
        Arrays of shape ``(e,)`` by name of `EDGE_COLUMNS`: ``u`` and ``v`` nodes of an edge,
        ``length_m`` geodesic, codes of `RoadClass` and `Surface`, ``level``, ``oneway`` (1 from u
        to v only, −1 the other way only, 0 both), and places in ``texts``.
    vertices, offsets
        Edge ``i`` runs from ``u`` to ``v`` over ``vertices[offsets[i]:offsets[i + 1]]``, ends
        included, in 1e-7 degrees.
    texts
        Distinct texts; the first is empty.
    gaps
        Ends that nearly meet a road: ``node``, ``edge``, ``distance_m``, ``lon``, ``lat``,
        ``other_component``.
    facts
        Source, attribution, tolerance and counts of the import.
    """

    nodes: Vertices
    component: npt.NDArray[np.int32]
    columns: Mapping[str, npt.NDArray[Any]]
    vertices: Vertices
    offsets: Ints
    texts: Sequence[str]
    gaps: pd.DataFrame
    facts: Mapping[str, Any]

    @staticmethod
    def open(path: Path, *, verify: bool = True) -> Network:
        """Open a stored network; see :func:`geo.roads.network.storage.read`."""
        from geo.roads.network.storage import read  # noqa: PLC0415 - storage builds a Network

        return read(path, verify=verify)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lons(self) -> Floats:
        """Longitudes of the nodes, degrees."""
        return to_degrees(self.nodes[:, 0])

    @property
    def lats(self) -> Floats:
        """Latitudes of the nodes, degrees."""
        return to_degrees(self.nodes[:, 1])

    @property
    def attributions(self) -> tuple[str, ...]:
        """Who is to be named wherever the network is shown."""
        return tuple(self.facts.get("attributions", ()))

    @cached_property
    def travel_s(self) -> Floats:
        """Seconds to travel each edge; see :mod:`geo.roads.network.speeds`."""
        columns = self.columns
        return speeds.travel_s(columns["length_m"], columns["road_class"], columns["surface"])

    @cached_property
    def components(self) -> pd.DataFrame:
        """Connected parts, the longest first: ``nodes``, ``edges``, ``length_km``."""
        of_edge = self.component[self.columns["u"]]
        count = int(self.component.max(initial=-1)) + 1
        return pd.DataFrame(
            {
                "nodes": np.bincount(self.component, minlength=count),
                "edges": np.bincount(of_edge, minlength=count),
                "length_km": np.bincount(
                    of_edge, weights=self.columns["length_m"], minlength=count
                ) / 1_000,
            },
            index=pd.RangeIndex(count, name="component"),
        )  # fmt: skip

    def edges(self, which: npt.ArrayLike | None = None) -> pd.DataFrame:
        """Return edges as a frame for reading: classes, surfaces and texts in words.

        Parameters
        ----------
        which
            Edge numbers; all unless given.
        """
        rows = np.arange(len(self)) if which is None else np.asarray(which, dtype=np.intp)
        frame = pd.DataFrame(
            {name: self.columns[name][rows] for name in EDGE_COLUMNS[:7]},
            index=pd.Index(rows, name="edge"),
        )
        frame["travel_s"] = self.travel_s[rows]
        for name, codes in (("road_class", RoadClass), ("surface", Surface)):
            words = np.array([code.name.lower() for code in codes], dtype=object)
            frame[name] = words[self.columns[name][rows]]
        for name in TEXT_FIELDS:
            frame[name] = [self.texts[code] for code in self.columns[name][rows]]
        return frame

    def path_of(self, edge: int) -> Floats:
        """Return the vertices of an edge in degrees, shape ``(k, 2)``."""
        return to_degrees(self.vertices[self.offsets[edge] : self.offsets[edge + 1]])

    def geometries(self, which: npt.ArrayLike) -> npt.NDArray[np.object_]:
        """Return edges as LineStrings, WGS 84."""
        return np.array(
            [shapely.LineString(self.path_of(int(edge))) for edge in np.asarray(which)],
            dtype=object,
        )
