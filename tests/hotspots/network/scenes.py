"""Small graphs with events on them, drawn by Hypothesis."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from geo.hotspots.network.graph import Graph

Floats = NDArray[np.float64]


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Graph, NDArray[np.int64], Floats, Floats, float]:
    """Draw a small graph with loops, parallel edges and islands, events and a bandwidth."""
    nodes = draw(st.integers(1, 6))
    end = st.integers(0, nodes - 1)
    km = st.floats(0.8, 6)
    edges = draw(st.lists(st.tuples(end, end, km), min_size=1, max_size=9))
    graph = Graph.from_arrays(*map(list, zip(*edges, strict=True)))
    graph = Graph(nodes, graph.u, graph.v, graph.length_m * 1_000)
    events = draw(
        st.lists(
            st.tuples(
                st.integers(0, len(edges) - 1), st.sampled_from([0, 0.1, 0.25, 0.5, 0.7, 0.95, 1]),
                st.sampled_from([0.5, 1.0, 2.0]),
            ),
            min_size=1, max_size=12,
        )
    )  # fmt: skip
    edge, part, weight = (np.array(column) for column in zip(*events, strict=True))
    bandwidth = draw(st.sampled_from([1_500.0, 4_000.0, 7_000.0]))
    return graph, edge, part * graph.length_m[edge], weight, bandwidth
