"""Routing beside scipy and igraph, and a whole answer: ``python -m benchmarks.routing``.

Each part runs in a process of its own, so its peak memory is its own.  Every peer is given what it
needs in the form it likes best, outside the measured time: only what a change of weights asks for
is measured.  Outputs are compared.
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
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra, reverse_cuthill_mckee

from benchmarks.hotspots_network import network
from benchmarks.page import record
from geo.risk.routing.contraction import Contracted
from geo.risk.routing.front import pareto_front
from geo.risk.routing.shortest import one_to_all

SEED = 20250207
EDGES, REPEATS, PAIRS = 1_000_000, 7, 100
NEAR_M, FAR_M = 20_000.0, 200_000.0
KMH = (25.0, 40.0, 60.0, 80.0)
JOURNEYS = (
    ("Gao", "Labbezanga"), ("Bamako", "Mopti"), ("Mopti", "Gao"), ("Niamey", "Gao"),
    ("Ouagadougou", "Dori"),
)  # fmt: skip
DAY = date(2025, 2, 12)
_FEW_S = 0.01

Floats = NDArray[np.float64]


def median_of(work: Callable[[int], object], repeats: int = REPEATS) -> dict[str, float]:
    """Return the median wall and processor seconds of work that is told which time it is."""
    work(-1)
    walls, used = [], []
    for n in range(repeats):
        wall, processor = time.perf_counter(), time.process_time()
        work(n)
        walls.append(time.perf_counter() - wall)
        used.append(time.process_time() - processor)
    return {"s": statistics.median(walls), "cpu_s": statistics.median(used), "best_s": min(walls)}


def weights(length_m: Floats, n: int) -> Floats:
    """Return hours for each edge, other ones each time."""
    rng = np.random.default_rng(SEED + n)
    return length_m / 1_000 / rng.choice(KMH, len(length_m))


def one_to_all_beside_peers(
    u: NDArray[np.int32], v: NDArray[np.int32], length_m: Floats, nodes: int
) -> dict[str, Any]:
    """Measure one-to-all after a change of weights, and compare what the peers find."""
    import igraph  # noqa: PLC0415 - a peer

    rng = np.random.default_rng(SEED)
    sources = rng.integers(0, nodes, REPEATS + 1)
    start = time.perf_counter()
    roads = Contracted.of(u, v, nodes)
    contracted_s = time.perf_counter() - start
    prepared = [weights(length_m, n) for n in range(-1, REPEATS)]
    found: dict[str, dict[int, Floats]] = {}

    def kept(name: str, n: int, distance: Floats) -> None:
        found.setdefault(name, {})[n] = distance

    def ours(n: int) -> None:
        kept("piste", n, one_to_all(roads, prepared[n + 1], int(sources[n + 1])).distance)

    took = {"piste": median_of(ours)}
    for form, rank in (("", np.arange(nodes)), (", renumbered", _ranks(u, v, nodes))):
        tail, head = rank[np.concatenate([u, v])], rank[np.concatenate([v, u])]
        numbers = coo_array((np.arange(1, len(tail) + 1), (tail, head)), shape=(nodes, nodes))
        matrix = numbers.tocsr()
        edge = (matrix.data - 1) % len(u)
        matrix = matrix.astype(np.float64)

        def scipy_s(n: int, form=form, rank=rank, matrix=matrix, edge=edge) -> None:  # noqa: ANN001
            matrix.data = prepared[n + 1][edge]
            far = dijkstra(matrix, indices=int(rank[sources[n + 1]]))
            kept(f"scipy{form}", n, far[rank])

        took[f"scipy{form}"] = median_of(scipy_s)
        graph = igraph.Graph(n=nodes, edges=np.column_stack([rank[u], rank[v]]))

        def igraph_s(n: int, form=form, rank=rank, graph=graph) -> None:  # noqa: ANN001
            far = graph.distances(int(rank[sources[n + 1]]), weights=prepared[n + 1])[0]
            kept(f"igraph{form}", n, np.array(far)[rank])

        took[f"igraph{form}"] = median_of(igraph_s)
    differs = {
        name: max(
            float(np.nanmax(np.abs(_finite(distance) - _finite(found["piste"][n]))))
            for n, distance in runs.items()
        )
        for name, runs in found.items()
    }
    return {"edges": len(u), "nodes": nodes, "kept": len(roads.kept), "contracted_s": contracted_s,
            "took": took, "differs_h": differs}  # fmt: skip


def _finite(distance: Floats) -> Floats:
    return np.where(np.isinf(distance), -1.0, distance)


def _ranks(u: NDArray[np.int32], v: NDArray[np.int32], nodes: int) -> NDArray[np.intp]:
    ends = np.concatenate([u, v]), np.concatenate([v, u])
    adjacent = coo_array((np.ones(len(ends[0]), np.int8), ends), shape=(nodes, nodes)).tocsr()
    rank = np.empty(nodes, dtype=np.intp)
    rank[reverse_cuthill_mckee(adjacent, symmetric_mode=True)] = np.arange(nodes)
    return rank


def fronts(
    u: NDArray[np.int32], v: NDArray[np.int32], length_m: Floats, nodes: int
) -> dict[str, Any]:
    """Measure fronts within 1 % and exact ones for pairs up to 200 km, and check them."""
    rng = np.random.default_rng(SEED + 100)
    roads = Contracted.of(u, v, nodes)
    hours = weights(length_m, 0)
    # Rates differ from road to road by orders of magnitude, as those of incidents do.
    rate = rng.gamma(0.5, 2.0, len(u))
    exposure = rate * length_m / 1_000 * hours + 1e-9
    close: list[dict[str, float]] = []
    worst = 0.0
    while len(close) < PAIRS:
        start = int(rng.integers(nodes))
        far = one_to_all(roads, length_m, start).distance
        goals = np.flatnonzero((far >= NEAR_M) & (far <= FAR_M))
        if not len(goals):
            continue
        goal = int(rng.choice(goals))
        begun = time.perf_counter()
        near = pareto_front(roads, hours, exposure, start, goal, epsilon=0.01)
        took = time.perf_counter() - begun
        begun = time.perf_counter()
        exact = pareto_front(roads, hours, exposure, start, goal, epsilon=0.0)
        exact_s = time.perf_counter() - begun
        close.append({"s": took, "ways": len(near.paths), "exact_s": exact_s,
                      "exact_ways": len(exact.paths), "km": far[goal] / 1_000,
                      "whole": exact.epsilon == 0})  # fmt: skip
        if exact.epsilon == 0:
            cover = (near.costs[None] / exact.costs[:, None]).max(axis=2).min(axis=1).max()
            worst = max(worst, float(cover) - 1)
    return {"pairs": close, "worst": worst}


def _graph(edges: int, roads: Path | None) -> tuple[Any, Any, Any, int]:
    if roads is None:
        graph = network(edges)
        return graph.u, graph.v, graph.length_m, graph.node_count
    from geo.roads.network.importing import network_from_file  # noqa: PLC0415 - heavy

    read = network_from_file(roads, layer=None, attribution="", tolerance_m=20.0,
                             max_bytes=1 << 30, progress=lambda *_: None)  # fmt: skip
    columns = read.columns
    return (np.asarray(columns["u"]), np.asarray(columns["v"]),
            np.asarray(columns["length_m"], dtype=np.float64), len(read.nodes))  # fmt: skip


def answers() -> dict[str, Any]:
    """Measure whole answers over the starter data, warm."""
    from geo import snapshot  # noqa: PLC0415 - heavy
    from geo.atlas import DATA_DIR, load  # noqa: PLC0415
    from geo.risk.journey.answer import plan  # noqa: PLC0415
    from geo.risk.journey.desk import Desk  # noqa: PLC0415
    from geo.risk.journey.question import Question  # noqa: PLC0415
    from geo.risk.journey.records import as_plain  # noqa: PLC0415
    from geo.store import Ledger, seed  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger.open(f"sqlite:///{Path(folder) / 'ledger.db'}")
        seed(ledger, DATA_DIR)
        frames, land = ledger.frames(), load(imported=False)
        ledger.close()
    shot = snapshot.build(frames, snapshot.place_ledger(frames, land), land, DAY, DAY)
    begun = time.perf_counter()
    desk = Desk.of(shot)
    desk_s = time.perf_counter() - begun
    rows = []
    for start, end in JOURNEYS:
        question = Question(start, end)
        took = median_of(lambda _, question=question: plan(question, desk))
        answer = plan(question, desk)
        told = median_of(lambda _, answer=answer: json.dumps(as_plain(answer)), 3)
        rows.append({"name": f"{start} – {end}", "took": took, "told_s": told["s"],
                     "routes": len(answer.routes), "ways": len(answer.front),
                     "stretches": sum(len(r.stretches) for r in answer.routes)})  # fmt: skip
    return {"desk_s": desk_s, "rows": rows}


def part(name: str, edges: int, roads: Path | None) -> dict[str, Any]:
    """Run one part in this process."""
    if name == "answers":
        found = answers()
    else:
        graph = _graph(edges, roads)
        found = (one_to_all_beside_peers if name == "one_to_all" else fronts)(*graph)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000
    return {**found, "peak_mb": peak}


def _alone(name: str, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.routing", "--part", name, *more]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def _ms(seconds: float) -> str:
    """Return milliseconds, with digits that tell something."""
    return f"{1e3 * seconds:.2g}" if seconds < _FEW_S else f"{1e3 * seconds:.0f}"


def _one_to_all_table(found: dict[str, Any]) -> str:
    head = ["one node to all, new weights", "wall, ms", "CPU, ms", "CPU, times ours",
            "largest difference, h"]  # fmt: skip
    lines = [f"| {' | '.join(head)} |", "|---|---:|---:|---:|---:|"]
    ours = found["took"]["piste"]["cpu_s"]
    lines += [
        f"| {name} | {_ms(took['s'])} | {_ms(took['cpu_s'])} | {took['cpu_s'] / ours:.1f} | "
        f"{found['differs_h'][name]:.0e} |"
        for name, took in found["took"].items()
    ]
    return "\n".join(lines)


def _fronts_line(found: dict[str, Any]) -> str:
    pairs: Sequence[dict[str, float]] = found["pairs"]
    km = [p["km"] for p in pairs]
    whole = [p for p in pairs if p["whole"]]
    told = []
    for some, time_, count in ((pairs, "s", "ways"), (whole, "exact_s", "exact_ways")):
        took = np.array([p[time_] for p in some])
        ways = [p[count] for p in some]
        told.append(
            f"{_ms(float(np.median(took)))} ms (p95 {_ms(float(np.percentile(took, 95)))}, most "
            f"{_ms(float(took.max()))}), {np.median(ways):.0f} ways (most {max(ways)})"
        )
    left = len(pairs) - len(whole)
    missing = f"; {left} exact fronts had too many ways to be searched whole" if left else ""
    return (
        f"Fronts of {len(pairs)} pairs {min(km):.0f} to {max(km):.0f} km apart: within 1 % "
        f"{told[0]}; exact {told[1]}{missing}. Against the exact fronts the near ones are off by "
        f"at most {100 * found['worst']:.2f} %. Peak memory {found['peak_mb']:.0f} MB."
    )


def _answers_table(found: dict[str, Any]) -> str:
    head = ["whole answer, starter data, warm", "wall, ms", "CPU, ms", "as JSON, ms", "ways",
            "routes shown", "stretches"]  # fmt: skip
    lines = [f"| {' | '.join(head)} |", "|---|---:|---:|---:|---:|---:|---:|"]
    lines += [
        f"| {row['name']} | {_ms(row['took']['s'])} | {_ms(row['took']['cpu_s'])} | "
        f"{_ms(row['told_s'])} | {row['ways']} | {row['routes']} | {row['stretches']} |"
        for row in found["rows"]
    ]
    return "\n".join(lines)


def report(
    synthetic: tuple[dict[str, Any], dict[str, Any]],
    roads: tuple[dict[str, Any], dict[str, Any]] | None,
    whole: dict[str, Any],
) -> str:
    """Return the section of the page."""
    names = ("numba", "numpy", "scipy", "igraph")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    found, near = synthetic
    setting = (
        f"`python -m benchmarks.routing`, seed {SEED}. {os.cpu_count()} cores, "
        f"{platform.machine()}, Python {platform.python_version()}, {libraries}; load average at "
        f"the end {os.getloadavg()[1]:.1f}: under load processor time tells more. Medians of "
        f"{REPEATS}, other weights and another source each time; compiling apart. The peers get "
        "the network as it comes, and renumbered as ours is."
    )
    network_told = (
        f"A synthetic network: {found['edges']:,} edges, {found['nodes']:,} nodes, of which "
        f"{found['kept']:,} are kept when chains are contracted (once per network, "
        f"{found['contracted_s']:.1f} s). Peak memory with all peers {found['peak_mb']:.0f} MB."
    )
    parts = ["## Routing", setting, network_told, _one_to_all_table(found),
             _fronts_line(near)]  # fmt: skip
    if roads is not None:
        parts += _roads_told(*roads)
    desk = (
        f"Preparing the desk of a day (rates, evidence, roads) takes {whole['desk_s']:.2f} s once. "
        f"Peak memory {whole['peak_mb']:.0f} MB."
    )
    return "\n\n".join([*parts, _answers_table(whole), desk])


def _roads_told(found: dict[str, Any], near: dict[str, Any]) -> list[str]:
    told = (
        f"Real roads of the region, imported ({found['edges']:,} edges, {found['nodes']:,} nodes, "
        f"{found['kept']:,} kept); so few that fixed costs are all that is seen:"
    )
    return [told, _one_to_all_table(found), _fronts_line(near)]


def main() -> None:
    """Measure, or run one part for the measuring process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edges", type=int, default=EDGES)
    parser.add_argument("--roads", type=Path, help="a road file to measure as well")
    parser.add_argument("--part", choices=["one_to_all", "fronts", "answers"],
                        help=argparse.SUPPRESS)  # fmt: skip
    given = parser.parse_args()
    if given.part:
        print(json.dumps(part(given.part, given.edges, given.roads)))
        return
    size = ("--edges", str(given.edges))
    synthetic = _alone("one_to_all", *size), _alone("fronts", *size)
    roads = None
    if given.roads is not None:
        file = ("--roads", str(given.roads))
        roads = _alone("one_to_all", *file), _alone("fronts", *file)
    section = report(synthetic, roads, _alone("answers"))
    print(section)
    if given.edges == EDGES:
        record("routing", section)


if __name__ == "__main__":
    main()
