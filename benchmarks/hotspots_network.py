"""Network density on a large synthetic network: ``python -m benchmarks.hotspots_network``.

Each case runs in a process of its own (its peak memory is its own) and is timed several times after
one call that compiles; medians are told, wall and processor time, since other work on the machine
lengthens the one and hardly the other.  The peer, one plain `scipy.sparse.csgraph.dijkstra` per end
of an event's edge, is run on a sample of the events and its time multiplied; its densities of that
sample are compared with ours.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra, minimum_spanning_tree
from scipy.spatial import Delaunay

from benchmarks.page import record
from geo.hotspots.network.density import Method, density_of_points, road_density
from geo.hotspots.network.events import RoadMass
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.kernels import kernel_named
from geo.hotspots.network.lixels import Lixels

SEED = 20250207
EDGES, EVENTS = 205_000, 100_000
LIXEL_M, BANDWIDTH_M = 1_000.0, 10_000.0
MEAN_EDGE_M, MEAN_DEGREE = 1_200.0, 2.8
REPEATS, SAMPLE = 5, 200

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def network(edges: int, seed: int = SEED) -> Graph:
    """Return a road-like network: connected, planar, most nodes with two to four roads.

    Random places, joined by the minimum spanning tree of their Delaunay triangulation and by those
    of its other edges that are short, with some chance; nodes are numbered at random.
    """
    rng = np.random.default_rng(seed)
    nodes = round(edges * 2 / MEAN_DEGREE)
    places = rng.random((nodes, 2)) * np.sqrt(nodes)
    corners = Delaunay(places).simplices
    pairs = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]))
    key = np.unique(pairs[:, 0].astype(np.int64) * nodes + pairs[:, 1])
    u, v = key // nodes, key % nodes
    length = np.hypot(*(places[u] - places[v]).T)
    tree = minimum_spanning_tree(coo_array((length, (u, v)), shape=(nodes, nodes)).tocsr()).tocoo()
    low, high = np.minimum(tree.row, tree.col), np.maximum(tree.row, tree.col)
    kept = np.isin(key, low.astype(np.int64) * nodes + high)
    others = np.flatnonzero(~kept)
    chance = length[others] * np.exp(rng.normal(0, 0.5, len(others)))
    kept[others[np.argsort(chance)[: edges - int(kept.sum())]]] = True
    metres = length[kept] * MEAN_EDGE_M / length[kept].mean()
    return Graph.from_arrays(u[kept], v[kept], metres)


def events(graph: Graph, count: int, seed: int = SEED + 1) -> tuple[Ints, Floats]:
    """Return events uniform on the roads: edges and offsets."""
    borders = np.cumsum(graph.length_m)
    drawn = np.random.default_rng(seed).random(count) * borders[-1]
    edge = np.minimum(np.searchsorted(borders, drawn, side="right"), graph.edge_count - 1)
    length = graph.length_m[edge]
    return edge, np.clip(drawn - (borders - graph.length_m)[edge], 0, length)


def timed(work: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Return the medians of wall and processor seconds."""
    walls, processor = [], []
    for _ in range(repeats):
        wall, used = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        processor.append(time.process_time() - used)
    return statistics.median(walls), statistics.median(processor)


def case(
    edges: int, count: int, method: Method, bandwidth_m: float, repeats: int
) -> dict[str, Any]:
    """Measure one case in this process."""
    graph = network(edges)
    edge, offset_m = events(graph, count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lixels = Lixels(graph, LIXEL_M)
    wall = time.perf_counter()
    _ = graph.near, lixels.near
    prepared = time.perf_counter() - wall

    def ask() -> Floats:
        return density_of_points(lixels, edge, offset_m, None, bandwidth_m, method=method)

    wall = time.perf_counter()
    density = ask()
    first = time.perf_counter() - wall
    alone = np.arange(count)
    mass = RoadMass(
        edge.astype(np.int32), offset_m, np.ones(count), np.arange(count + 1), alone,
        pd.RangeIndex(count),
    )  # fmt: skip
    exact = road_density(mass, lixels, bandwidth_m, method=method).exact
    wall_s, processor_s = timed(ask, repeats)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "edges": graph.edge_count, "nodes": graph.node_count, "road_km": graph.total_m / 1_000,
        "lixels": len(lixels), "events": count, "method": method, "bandwidth_m": bandwidth_m,
        "prepared_s": prepared, "first_s": first, "wall_s": wall_s, "cpu_s": processor_s,
        "peak_mb": peak / 1_000, "before_mb": before / 1_000,
        "exact": "yes" if exact else "steps",
        "mass": float(density @ lixels.length_m / 1_000),
    }  # fmt: skip


def one_by_one(  # noqa: PLR0917
    graph: Graph, roads: csr_array, lixels: Lixels, edge: int, offset_m: float, out: Floats
) -> None:
    """Add one event's density: two bounded searches, then every lixel in reach."""
    kernel = kernel_named("quartic")
    ends = [int(graph.u[edge]), int(graph.v[edge])]
    far = dijkstra(roads, directed=False, indices=ends, limit=BANDWIDTH_M)
    length = graph.length_m[edge]
    node = np.minimum(far[0] + offset_m, far[1] + length - offset_m)
    near = np.flatnonzero((node[graph.u] < BANDWIDTH_M) | (node[graph.v] < BANDWIDTH_M))
    near = near[near != edge]
    around = min(far[0][ends[1]], far[1][ends[0]])
    # The event's own edge is two pieces that begin at the event.
    owner = np.concatenate([near, [edge, edge]])
    begin = np.concatenate([np.zeros(len(near)), [offset_m, 0]])
    end = np.concatenate([graph.length_m[near], [length, offset_m]])
    low = np.concatenate([node[graph.u[near]], [0, length - offset_m + around]])
    high = np.concatenate([node[graph.v[near]], [offset_m + around, 0]])
    meet = begin + np.clip((end - begin + high - low) / 2, 0, end - begin)
    count = lixels.per_edge[owner].astype(np.int64)
    which = np.repeat(np.arange(len(owner)), count)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    step = lixels.step_m[owner][which]

    def upto(at: Floats) -> Floats:
        """Return the mass of the piece from its beginning to a position."""
        rise = np.clip(at, begin[which], meet[which]) - begin[which]
        fall = end[which] - np.clip(at, meet[which], end[which])
        up = kernel.inside(low[which] + rise, BANDWIDTH_M)
        down = kernel.inside(high[which] + fall, BANDWIDTH_M)
        return up - down

    mass = upto((within + 1) * step) - upto(within * step)
    np.add.at(out, lixels.first[owner][which] + within, mass / step * 1_000)


def peer(edges: int, count: int, sample: int) -> dict[str, Any]:
    """Time the peer on a sample of the events, and compare."""
    graph = network(edges)
    edge, offset_m = events(graph, count)
    lixels = Lixels(graph, LIXEL_M)
    shape = (graph.node_count, graph.node_count)
    roads = coo_array((graph.length_m, (graph.u, graph.v)), shape=shape).tocsr()
    picked = np.random.default_rng(SEED).choice(count, sample, replace=False)
    total = np.zeros(len(lixels))
    one_by_one(
        graph, roads, lixels, int(edge[picked[0]]), offset_m[picked[0]], np.zeros_like(total)
    )
    wall, used = time.perf_counter(), time.process_time()
    for n in picked:
        one_by_one(graph, roads, lixels, int(edge[n]), float(offset_m[n]), total)
    wall_s, cpu_s = time.perf_counter() - wall, time.process_time() - used
    ours = density_of_points(
        lixels, edge[picked], offset_m[picked], None, BANDWIDTH_M, method="simple"
    )
    return {
        "sample": sample, "wall_s": wall_s * count / sample, "cpu_s": cpu_s * count / sample,
        "difference": float(np.abs(total - ours).max() / total.max()),
    }  # fmt: skip


def apart(*arguments: str) -> dict[str, Any]:
    """Run a case in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.hotspots_network", "--one", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


COLUMNS = "| method | edges | events | bandwidth, km | exact | wall s | CPU s | peak MB | mass |"
METHOD = """\
`python -m benchmarks.hotspots_network`: quartic kernel, lixels of at most 1 km, uniform events,
seed {seed}. The network of {edges:,} edges has {nodes:,} nodes, {road_km:,.0f} km of road (mean
edge 1.2 km) and {lixels:,} lixels. {cores} cores, {machine}, Python {python}, numba {numba}, numpy
{numpy}, scipy {scipy}; load average {load:.1f}: under load wall time tells more about the machine
than about the code. Medians; compiling apart."""
PEER = """\
- Peer: a plain scipy Dijkstra per event, {sample} events measured, extrapolated to {events:,}:
  {wall_s:,.0f} s wall, {cpu_s:,.0f} s CPU. The simple method takes 1/{wall_ratio:,.0f} of its wall
  and 1/{cpu_ratio:,.0f} of its CPU time; the densities of the measured events differ by at most
  {difference:.0e} of the peak. PyNKDV, the published fast program, needs the package nkdv, whose
  wheel brings programs for Windows and macOS and none for Linux: it could not be run."""
NOTES = """\
- Slope of time over edges at fixed events per edge (simple): {cpu_slope:.2f} (CPU),
  {wall_slope:.2f} (wall).
- Ten times the events take {cpu_more:.1f} times the CPU and {wall_more:.1f} times the wall time.
- Apart from these: renumbering the network, once per network, {prepared_s:.2f} s; the first call of
  a process, with the compiled loops on disk, {first_s:.2f} s; compiling them the first time on a
  machine, some ten seconds.
- esd and esc are exact while walks are few, as on the axes of the starter data, where all three
  methods take some 10 ms; otherwise they go in steps of bandwidth / 256
  (`geo/hotspots/network/waves.py`), in a time that hardly depends on the number of events."""


def report(repeats: int, sample: int) -> str:
    """Measure everything and return the section of ``docs/benchmarks.md``."""

    def one(part: float, times: float, method: str, bandwidth_m: float) -> dict[str, Any]:
        size = str(int(EDGES * part)), str(int(EVENTS * part * times))
        again = repeats if method == "simple" else max(repeats // 2, 1)
        return apart("case", *size, method, str(bandwidth_m), str(again))

    sizes = [one(part, 1, "simple", BANDWIDTH_M) for part in (0.25, 0.5, 1, 2)]
    base = sizes[2]
    many = one(1, 10, "simple", BANDWIDTH_M)
    split = [one(1, 1, method, reach) for reach in (3e3, 1e4) for method in ("esd", "esc")]
    split.append(one(1, 10, "esd", BANDWIDTH_M))
    rival = apart("peer", str(EDGES), str(EVENTS), str(sample))
    logs = [np.log([size[k] for size in sizes]) for k in ("edges", "cpu_s", "wall_s")]
    cpu_slope, wall_slope = (float(np.polyfit(logs[0], logs[n], 1)[0]) for n in (1, 2))
    rows = [
        f"| {row['method']} | {row['edges']:,} | {row['events']:,} "
        f"| {row['bandwidth_m'] / 1e3:.0f} | {row['exact']} | {row['wall_s']:.2f} "
        f"| {row['cpu_s']:.2f} | {row['peak_mb']:,.0f} | {row['mass']:,.1f} |"
        for row in [*sizes, many, *split]
    ]
    method = METHOD.format(
        **base, seed=SEED, cores=os.cpu_count(), machine=platform.machine(),
        python=platform.python_version(), load=os.getloadavg()[1],
        **{name: version(name) for name in ("numba", "numpy", "scipy")},
    )  # fmt: skip
    against = PEER.format(
        **rival, events=EVENTS, wall_ratio=rival["wall_s"] / base["wall_s"],
        cpu_ratio=rival["cpu_s"] / base["cpu_s"],
    )  # fmt: skip
    notes = NOTES.format(
        **base, cpu_slope=cpu_slope, wall_slope=wall_slope,
        cpu_more=many["cpu_s"] / base["cpu_s"], wall_more=many["wall_s"] / base["wall_s"],
    )  # fmt: skip
    table = "\n".join([COLUMNS, "|---|---:|---:|---:|---|---:|---:|---:|---:|", *rows])
    parts = ["## Network density", method, table, f"{against}\n{notes}"]
    return "\n\n".join(parts)


def main() -> None:
    """Measure and write the section, or one case for the parent process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=REPEATS)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks.md")
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        kind, edges, count, *rest = given.one
        if kind == "peer":
            print(json.dumps(peer(int(edges), int(count), int(rest[0]))))
        else:
            method, bandwidth_m, repeats = rest
            print(json.dumps(
                case(int(edges), int(count), method, float(bandwidth_m), repeats=int(repeats))  # type: ignore[arg-type]
            ))  # fmt: skip
        return
    section = report(given.repeats, given.sample)
    print(section)
    if given.write:
        record("hotspots-network", section)


if __name__ == "__main__":
    main()
