"""How long each step from the ledger to the payload takes, without Streamlit and browser."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from geo import regions, summary
from geo import snapshot as snapshots
from geo.atlas import load
from geo.columns import affirmed
from geo.hotspots import mass, planar, raster
from geo.hotspots.grid import study_grid
from geo.roads import status as road_status
from geo.selection import Selection, select
from geo.store import Ledger
from geo.table import incident_table
from maps.density_image import Density
from maps.payload import View, build
from maps.screen import update_group

_BANDWIDTH_M = 25_000.0

#: What each stage is done for: once per ledger, once per pair of days, or at every filter change.
ONCE, DAYS, FILTER = "ledger", "days", "filter"


def stages(database: Path, repeats: int) -> list[tuple[str, str, list[float]]]:
    """Time the stages over a ledger.

    Parameters
    ----------
    database
        SQLite file of the ledger.
    repeats
        How often each stage runs; the first run of each is kept too.

    Returns
    -------
    list of (stage, how often the app does it, milliseconds of each run)
        The filter is "explosive devices only" over everything.
    """
    found: list[tuple[str, str, list[float]]] = []

    def timed(name: str, when: str, step: Callable[[], Any], times: int = repeats) -> Any:
        took = []
        for _ in range(times):
            start = time.perf_counter()
            answer = step()
            took.append((time.perf_counter() - start) * 1000)
        found.append((name, when, took))
        return answer

    ledger = Ledger.open(f"sqlite:///{database}")
    atlas = timed("read places, roads, regions", ONCE, load)
    few = max(1, repeats // 3)
    frames = timed("read the ledger", ONCE, ledger.frames, few)
    where = timed("place every incident", ONCE, lambda: snapshots.place_ledger(frames, atlas), few)
    laying = timed("lay road assertions", ONCE, lambda: road_status.lay(frames.assertions, atlas))
    on = frames.incidents["date_start"].max().date()
    known = datetime.now(UTC).date()
    shot = timed("snapshot", DAYS, lambda: snapshots.build(frames, where, atlas, on, known))
    status = timed("road status", DAYS, lambda: road_status.status(shot, laying))
    tolls = timed("tolls", DAYS, lambda: summary.tolls(shot.claims))
    grid = study_grid()
    ied = affirmed(shot.incidents["ied"])
    events = timed("spread mass", DAYS, lambda: mass.spread_mass(shot.placements[ied], grid))
    first = frames.incidents["date_start"].min().date()
    chosen = Selection(on=on, known_on=known, start=first, end=on, ied_only=True)
    ids = timed("select", FILTER, lambda: select(shot, chosen))
    counts = timed("count by region", FILTER, lambda: regions.count_by_region(shot, ids).counts)
    part = timed("choose mass", FILTER, lambda: events.select(ids.get_indexer(events.index) >= 0))
    surface = timed("density", FILTER, lambda: planar.density(part, grid, _BANDWIDTH_M))
    frame = raster.frame_for(width=768)
    image = timed(
        "class image",
        FILTER,
        lambda: raster.class_image(surface, frame, raster.classes_by_mass(surface)),
    )
    density = Density(image, surface.mass_left_out_share)
    timed("key figures", FILTER, lambda: summary.key_figures(shot, chosen, tolls, status))
    view = View(snapshot=shot, ids=ids, status=status, region_counts=counts, density=density,
                tolls=tolls)  # fmt: skip
    payload = timed(
        "payload", FILTER, lambda: build(view, theme="light", caption=[], selected=None)
    )
    timed("payload as JSON", FILTER, lambda: update_group(payload))
    timed("table (its own page)", FILTER, lambda: incident_table(shot, ids, tolls))
    ledger.close()
    return found


def medians(rows: list[tuple[str, str, list[float]]]) -> dict[str, float]:
    """Return the median of each stage."""
    return {name: statistics.median(took) for name, _, took in rows}
