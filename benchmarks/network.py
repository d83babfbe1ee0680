"""A network of a million edges: how fast it is imported and opened, beside geopandas alone.

``python -m benchmarks.network`` makes a seeded extract (.osm.pbf), imports it, opens the stored
form, reads the same file with geopandas, each in a process of its own, and writes what it found
into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
from numpy.typing import NDArray

from benchmarks.extract import write_pbf
from benchmarks.page import record
from geo import layers
from geo.roads.network.graph import graph_of
from geo.roads.network.importing import network_from_file
from geo.roads.network.records import Network
from geo.roads.network.storage import write

SEED = 20250207
EDGES = 1_000_000
#: The generated country, degrees: west, south, east, north.
LAND = (-8.0, 11.0, 3.0, 20.0)
INNER = 6
"""Vertices between two junctions."""
_CLASSES = ("trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "track")
_SHARES = (0.02, 0.03, 0.06, 0.12, 0.27, 0.2, 0.3)

Ints = NDArray[np.int64]


def _ticks(rng: np.random.Generator, count: int, low: float, high: float) -> NDArray[np.float64]:
    """Return positions that crowd together in places, as streets do in towns."""
    steps = rng.gamma(0.6, 1.0, count) + 0.05
    return low + (high - low) * np.cumsum(steps) / steps.sum()


def generate(path: Path, edges: int = EDGES, seed: int = SEED) -> None:
    """Write a seeded country of about ``edges`` edges as an OpenStreetMap extract.

    A bent grid: streets between junctions have `INNER` vertices of their own.  One way in fifty is
    a bridge over a road that it does not meet, one junction in fifty has a track that ends a few
    metres before the next road.
    """
    rng = np.random.default_rng(seed)
    side = max(round((edges / 2 / 1.08) ** 0.5), 3)
    west, south, east, north = LAND
    x, y = _ticks(rng, side, west, east), _ticks(rng, side, south, north)
    gap = min((east - west) / side, (north - south) / side) * 0.05
    crosses = np.stack(np.meshgrid(x, y), axis=-1) + rng.normal(0, gap / 4, (side, side, 2))
    number = np.arange(side * side).reshape(side, side)
    nodes = [crosses.reshape(-1, 2)]
    size = side * side
    ways: list[Ints] = []
    for grid, points in ((number, crosses), (number.T, crosses.transpose(1, 0, 2))):
        start, end = points[:, :-1], points[:, 1:]
        share = np.arange(1, INNER + 1)[:, None] / (INNER + 1)
        inner = start[:, :, None] + (end - start)[:, :, None] * share
        reach = np.linalg.norm(end - start, axis=-1)[:, :, None, None]
        inner += rng.normal(0, 0.02, inner.shape) * reach
        ids = size + np.arange(inner[..., 0].size).reshape(inner.shape[:3])
        nodes.append(inner.reshape(-1, 2))
        size += ids.size
        full = np.concatenate([grid[:, :-1, None], ids], axis=2)
        ways += _cut(rng, full, grid[:, -1])
    ways, extra = _stubs(rng, ways, crosses, size)
    nodes.append(extra)
    units = np.rint(np.concatenate(nodes) * 1e7).astype(np.int64)
    write_pbf(path, units, ways, _tags(rng, len(ways)))


def _cut(rng: np.random.Generator, full: Ints, last: Ints) -> list[Ints]:
    """Cut each row of the grid into ways of one to eight blocks."""
    ways = []
    for row, end in zip(full, last, strict=True):
        at = 0
        while at < len(row):
            stop = min(at + int(rng.integers(1, 9)), len(row))
            final = row[stop, 0] if stop < len(row) else end
            ways.append(np.append(row[at:stop].ravel(), final))
            at = stop
    return ways


def _stubs(
    rng: np.random.Generator, ways: list[Ints], crosses: NDArray[np.float64], size: int
) -> tuple[list[Ints], NDArray[np.float64]]:
    """Add dead ends, each to the middle of its block."""
    side = len(crosses)
    picked = rng.integers(0, side - 1, (side * side // 50, 2))
    here, there = crosses[picked[:, 0], picked[:, 1]], crosses[picked[:, 0] + 1, picked[:, 1] + 1]
    ends = here + (there - here) * rng.uniform(0.3, 0.999, (len(picked), 1))
    start = picked[:, 0] * side + picked[:, 1]
    stubs = [np.array([a, size + i]) for i, a in enumerate(start)]
    return [*ways, *stubs], ends


def _tags(rng: np.random.Generator, count: int) -> list[dict[str, str]]:
    kinds = rng.choice(len(_CLASSES), size=count, p=_SHARES)
    bridge = rng.random(count) < 1 / 50
    named = rng.random(count) < 1 / 3
    tags = []
    for at, kind in enumerate(kinds):
        tag = {"highway": _CLASSES[kind]}
        if kind <= 1:
            tag |= {"ref": f"RN{at % 40 + 1}", "surface": "asphalt"}
        if named[at]:
            tag["name"] = f"Road {at}"
        if bridge[at]:
            tag |= {"bridge": "yes", "layer": "1"}
        tags.append(tag)
    return tags


def _import(path: Path) -> dict[str, object]:
    clock = _Clock()
    network = network_from_file(path)
    built = clock.read("built_")
    with layers.replacing(layers.ROADS) as folder:
        write(network, folder)
        layers.seal(folder, network.facts)
    return {**built, **clock.read(), **network.facts}


def _open(_path: Path) -> dict[str, object]:
    folder = layers.current(layers.ROADS)
    if folder is None:
        raise SystemExit("nothing was imported")
    start = time.perf_counter()
    network = Network.open(folder)
    opened = time.perf_counter() - start
    start = time.perf_counter()
    network = Network.open(folder, verify=False)
    unverified = time.perf_counter() - start
    start = time.perf_counter()
    graph_of(network)
    stored = sum(file.stat().st_size for file in folder.iterdir())
    return {
        "s": opened, "unverified_s": unverified, "graph_s": time.perf_counter() - start,
        "stored_bytes": stored,
    }  # fmt: skip


def _geopandas(path: Path) -> dict[str, object]:
    clock = _Clock()
    frame = gpd.read_file(path, layer="lines", use_arrow=True)
    return {**clock.read(), "lines": len(frame)}


class _Clock:
    """Seconds since it was made: on the wall, and of the processor, whoever else uses it."""

    def __init__(self) -> None:
        self.start = time.perf_counter(), time.process_time()

    def read(self, part: str = "") -> dict[str, object]:
        wall, cpu = self.start
        return {
            f"{part}s": time.perf_counter() - wall,
            f"{part}cpu_s": time.process_time() - cpu,
        }


STEPS = {"import": _import, "open": _open, "geopandas": _geopandas}


def _alone(step: str, path: Path, data: Path) -> dict[str, object]:
    """Run a step in a process of its own, so that its peak memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.network", "--step", step, "--file", str(path)],
        check=True, capture_output=True, text=True, env={**os.environ, "PISTE_DATA": str(data)},
    )  # fmt: skip
    return json.loads(done.stdout)


def report(found: dict[str, dict[str, object]], size: int) -> str:
    """Return the section of the document."""
    took, opened, other = found["import"], found["open"], found["geopandas"]
    edges = int(took["edges"])

    def row(what: str, step: dict[str, object], part: str = "") -> str:
        wall, cpu = float(step[f"{part}s"]), float(step[f"{part}cpu_s"])
        memory = "" if part else f"{float(step['peak']) / 1e9:.2f}"
        return f"| {what} | {wall:.1f} | {cpu:.1f} | {edges / cpu:,.0f} | {memory} |"

    setting = (
        f"A seeded synthetic extract: {edges:,} edges, {int(took['nodes']):,} nodes, "
        f"{int(took['lines']):,} ways, {size / 1e6:.0f} MB as .osm.pbf (seed {SEED}). "
        f"{os.cpu_count()} cores, Python {platform.python_version()}; each step in a process of "
        "its own. `python -m benchmarks.network` repeats it."
    )
    opening = (
        f"Opening the stored form ({float(opened['stored_bytes']) / 1e6:.0f} MB): "
        f"{float(opened['s']):.2f} s with every digest checked, "
        f"{float(opened['unverified_s']) * 1000:.0f} ms without; the graph for shortest paths "
        f"takes {float(opened['graph_s']):.2f} s more."
    )
    seen = (
        f"Found on the way: {int(took['crossings']):,} crossings without a shared node, "
        f"{int(took['gaps']):,} gaps of up to {took['tolerance_m']:.0f} m, "
        f"{int(took['components']):,} connected parts."
    )
    table = [
        "| step | s | CPU s | edges per CPU s | peak memory, GB |",
        "|---|---:|---:|---:|---:|",
        row("geopandas alone: `read_file` of the same file", other),
        row("import: read, split, measure, find gaps", took, "built_"),
        row("the same, stored with digests", took),
    ]
    paragraphs = ["## Road network", setting, "\n".join(table), opening, seen]
    return "\n\n".join(paragraphs)


def main() -> None:
    """Measure, or run one step for the measuring process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edges", type=int, default=EDGES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--file", type=Path, help="keep the generated extract here")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        found = STEPS[given.step](given.file)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps({**found, "peak": peak}))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = given.file or Path(folder) / "country.osm.pbf"
        generate(path, given.edges, given.seed)
        found = {step: _alone(step, path, Path(folder)) for step in STEPS}
        section = report(found, path.stat().st_size)
    print(section)
    if given.edges == EDGES and given.seed == SEED:
        record("network", section)


if __name__ == "__main__":
    main()
