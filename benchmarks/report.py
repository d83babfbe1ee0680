"""What was measured, as the tables of ``docs/benchmarks.md``."""

from __future__ import annotations

import math
import os
import platform
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.page import record

_LIBRARIES = ("streamlit", "streamlit-folium", "folium", "pandas", "numpy", "shapely", "scipy")
_FEW = 10
_WAYS = {"piste": "Piste", "plain": "plain"}


def spread(values: Sequence[float]) -> str:
    """Return a median with the least and the greatest value."""
    if not values:
        return "–"
    digits = 2 if max(values) < _FEW else 0
    middle, low, high = (
        f"{value:,.{digits}f}" for value in (statistics.median(values), min(values), max(values))
    )
    return f"{middle} ({low}–{high})"


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else float("nan")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def machine() -> str:
    """Return what was measured on: processor, memory, versions, load."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    program = os.environ.get("PISTE_CHROMIUM") or shutil.which("chromium") or "chromium"
    asked = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    versions = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"{os.cpu_count()} cores ({model}), {memory_gb:.0f} GB, {platform.system()} "
        f"{platform.machine()}; no graphics card in use. Python {platform.python_version()}, "
        f"{versions}, {asked.stdout.strip()}. Load average at the end "
        f"{os.getloadavg()[1]:.1f} over five minutes."
    )


def _starts(took: dict[str, list[dict[str, float]]]) -> str:
    rows = [
        [what, spread([run["server"] for run in runs]), spread([run["map"] for run in runs]),
         spread([run["cpu"] for run in runs]),
         str(len(runs)), "≤ 5 s"]
        for what, runs in took.items()
    ]  # fmt: skip
    return table(
        [
            "starter data",
            "server answers, s",
            "map shows marks, s",
            "server's processor time, s",
            "runs",
            "target",
        ],
        rows,
    )


def _changes(sessions: Sequence[Any]) -> str:
    head = ["incidents", "way", "new view, ms", "of it until received",
            "server's processor time, ms", "seen before, ms",
            "sent per new view, kB", "runs"]  # fmt: skip
    rows = []
    for one in sessions:
        fresh = [c for c in one.changes if c.fresh]
        seen = [c.ms for c in one.changes if not c.fresh]
        rows.append(
            [f"{one.size:,}", _WAYS[one.way], spread([c.ms for c in fresh]) + _failed(one),
             spread([c.server_ms for c in fresh]), spread([c.cpu_ms for c in fresh]), spread(seen),
             spread([c.payload_bytes / 1000 for c in fresh]), f"{len(fresh)} + {len(seen)}"]
        )  # fmt: skip
    return table(head, rows)


def _failed(one: Any) -> str:
    if "Timeout" in one.failed:
        return " (no map within 5 minutes)"
    return f" (stopped: {one.failed})" if one.failed else ""


def _ratios(sessions: Sequence[Any]) -> str:
    middle = {
        (one.size, one.way): (
            _median([c.ms for c in one.changes if c.fresh]),
            _median([c.ms for c in one.changes if not c.fresh]),
        )
        for one in sessions
    }
    rows = []
    for size in sorted({size for size, _ in middle}):
        if {(size, "piste"), (size, "plain")} <= set(middle):
            ratios = [
                plain / piste
                for plain, piste in zip(middle[size, "plain"], middle[size, "piste"], strict=True)
            ]
            rows.append([f"{size:,}", *("–" if math.isnan(r) else f"{r:.1f} ×" for r in ratios)])
    return table(["incidents", "new view", "seen before"], rows)


def _moves(sessions: Sequence[Any]) -> str:
    head = ["incidents", "pan, ms", "zoom, ms", "redraw, ms", "JavaScript heap, MB",
            "first map sent, kB"]  # fmt: skip
    rows = [
        [f"{one.size:,}", *(spread(one.moves.get(name, [])) for name in ("pan", "zoom", "redraw")),
         f"{one.heap_mb:.0f}", f"{one.first_bytes / 1000:,.0f}"]
        for one in sessions if one.way == "piste"
    ]  # fmt: skip
    return table(head, rows)


def _known(value: float, digits: int) -> str:
    return "–" if math.isnan(value) else f"{value:,.{digits}f}"


def _memory(sessions: Sequence[Any]) -> str:
    steps = ("idle", "first map", "afterwards")
    rows = [
        [f"{one.size:,}", _WAYS[one.way],
         *(_known(one.memory_mb.get(step, float("nan")), 0) for step in steps),
         _known(one.first_s, 1)]
        for one in sessions
    ]  # fmt: skip
    return table(
        ["incidents", "way", *(f"{step}, MB" for step in steps), "first map after, s"], rows
    )


def _stages(by_stage: dict[int, list[tuple[str, str, list[float]]]]) -> str:
    sizes = list(by_stage)
    rows = [
        [stages[0][0], stages[0][1], *(spread(stage[2]) for stage in stages)]
        for stages in zip(*by_stage.values(), strict=True)
    ]
    return table(["stage", "done once per", *(f"{size:,}, ms" for size in sizes)], rows)


def _without_places(arguments: Sequence[str]) -> list[str]:
    """Leave out the options that name folders of this machine; they change no figure."""
    places = ("--ledgers", "--out")
    return [
        word
        for before, word in zip(["", *arguments], arguments, strict=False)
        if word not in places and before not in places
    ]


def write(
    out: Path,
    took: dict[str, list[dict[str, float]]],
    sessions: Sequence[Any],
    by_stage: dict[int, list[tuple[str, str, list[float]]]],
) -> str:
    """Write this measurement's section of the page; what else stands there stays.

    Parameters
    ----------
    out
        The page; made when it is not there.
    took, sessions, by_stage
        Of :mod:`benchmarks.map`.

    Returns
    -------
    str
        The section.
    """
    command = " ".join(["python -m benchmarks.map", *_without_places(sys.argv[1:])])
    parts = [
        "## Threat map",
        f"Medians, least and greatest in brackets.\n\n{machine()}\n\nCommand: `{command}`",
        f"### Start to first map\n\n{_starts(took)}",
        f"### Filter change to updated map\n\n{_changes(sessions)}",
        f"The plain way takes so many times as long as Piste:\n\n{_ratios(sessions)}",
        f"### Moving the map\n\n{_moves(sessions)}",
        f"### Memory of the server\n\n{_memory(sessions)}",
        f"### Where the server's time goes\n\n{_stages(by_stage)}",
    ]
    section = "\n\n".join(parts)
    record("map", section, out)
    return section
