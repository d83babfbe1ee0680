"""Pictures for a brief, against taking them from a browser: ``python -m benchmarks.briefing``.

Ours: a whole brief is built from the snapshot and written, words and pictures; a plate is built,
drawn and written.  Everything is warm but what is measured.
Theirs: the same view of the running app (server, ledger and caches warm) in a headless Chromium;
once in a browser that is already running, once with its start, as a scheduler would do it.  Needs
what ``requirements-dev.txt`` names and a Chromium (``PISTE_CHROMIUM`` or ``chromium``).
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from pptx import Presentation

from benchmarks import browser as in_browser
from benchmarks.generate import DATA_DIR, generate
from benchmarks.server import serve
from geo import atlas, snapshot
from geo.selection import Selection
from geo.snapshot import Snapshot
from geo.store import Ledger, import_folder, seed
from maps.cartography import Imprint, Plate, area_map, write
from maps.documents import write as write_brief
from maps.specimens import Specimens

ON = date(2025, 2, 12)
SELECTION = Selection(on=ON, known_on=ON, start=date(2022, 2, 14), end=ON)
WHOLE = (-12.2, 9.6, 5.2, 20.2)
PICTURES = (
    ("png", "hd", 1.5), ("png", "uhd", None), ("png", "square", None), ("svg", "hd", None),
    ("pdf", "a4-landscape", 3.0), ("pdf", "a3-landscape", None),
)  # fmt: skip
#: The part of the app's map that the plate of Gao shows.
_VIEW = "/?on=2025-02-12&from=2022-02-14&at=16.9_1.2_7"


def _timed(run: Callable[[], bytes], repeats: int) -> tuple[float, float, float, int]:
    """Return wall and processor seconds (medians), the best wall time, and the size in bytes."""
    walls, cpus, data = [], [], b""
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        data = run()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus), min(walls), len(data)


def _row(name: str, took: tuple[float, float, float, int], aim: float | None) -> None:
    wall, cpu, best, size = took
    aimed = "–" if aim is None else f"{aim:.1f}"
    print(f"| {name} | {wall:.2f} | {best:.2f} | {cpu:.2f} | {size / 1000:,.0f} | {aimed} |")


def _shot(folder: Path, incidents: int) -> Snapshot:
    """Return a snapshot of the starter data, or of a generated ledger."""
    ledger = Ledger.open(f"sqlite:///{folder / f'{incidents}.db'}")
    if incidents:
        generate(folder / str(incidents), incidents)
        import_folder(ledger, folder / str(incidents), "benchmark")
    else:
        seed(ledger, DATA_DIR)
    frames = ledger.frames()
    ledger.close()
    land = atlas.load()
    return snapshot.build(frames, snapshot.place_ledger(frames, land), land, ON, ON)


def _take(
    shot: Snapshot, given: Mapping[str, Any], imprint: Imprint, form: str, size: str
) -> bytes:
    subject = area_map(shot, SELECTION, **given)
    return write(Plate(imprint=imprint, subject=subject), form, size)


def ours(shot: Snapshot, what: str, repeats: int) -> None:
    """Measure plates of Gao, and of all three countries."""
    for area, given in (
        ("Gao", {"region": ("ML", "Gao")}),
        ("three countries", {"bounds": WHOLE}),
    ):
        for form, size, aim in PICTURES if area == "Gao" else PICTURES[:1]:
            imprint = Imprint(title=area, as_of=ON, made_on=ON, sources=shot.atlas.credits)
            take = partial(_take, shot, given, imprint, form, size)
            take()
            _row(f"{what}: {area}, {form} {size}", _timed(take, repeats), aim)


def briefs(repeats: int) -> None:
    """Measure whole briefs about the starter data: words, pictures, pages."""
    specimens = Specimens()
    for name, form, aim in (
        ("area", "png", 1.5), ("area", "pdf", 3.0), ("area", "pptx", None), ("area", "docx", None),
        ("area", "html", None), ("route", "pdf", None), ("route", "pptx", 10.0),
    ):  # fmt: skip

        def make(name: str = name, form: str = form) -> bytes:
            brief, material, journey = specimens.brief(name)
            return write_brief(brief, material, form, journey=journey)

        data = make()
        count = len(Presentation(io.BytesIO(data)).slides) if form == "pptx" else 0
        slides = f" of {count} slides" if count else ""
        _row(f"brief {name}, {form}{slides}", _timed(make, repeats), aim)


def theirs(folder: Path, repeats: int, port: int) -> None:
    """Measure pictures of the app's own map taken by a browser."""
    database = folder / "0.db"

    def look(browser: Browser, address: str) -> bytes:
        page = in_browser.open_page(browser, address + _VIEW)
        in_browser.first_map(page)
        in_browser.settle(page)
        taken = page.screenshot()
        page.context.close()
        return taken

    with (
        serve("app.py", database, folder / "server.log", port) as server,
        sync_playwright() as playwright,
    ):
        server.wait()

        def cold() -> bytes:
            with in_browser.chromium(playwright) as browser:
                return look(browser, server.address)

        with in_browser.chromium(playwright) as browser:
            look(browser, server.address)
            before = server.cpu_s()
            took = _timed(lambda: look(browser, server.address), repeats)
            _row("browser running: screenshot 1440 × 900", took, None)
        _row("browser started for it: screenshot", _timed(cold, repeats), None)
        print(f"\nThe server took {(server.cpu_s() - before) / (2 * repeats):.2f} s of processor "
              "time per picture; what the browser took is not counted.")  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--incidents", type=int, default=100_000, help="of the large ledger")
    parser.add_argument("--port", type=int, default=8790)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="piste-benchmark-") as name:
        folder = Path(name)
        print("| picture | wall, s | best | CPU, s | kB | aim, s |\n|---|---:|---:|---:|---:|---:|")
        briefs(given.repeats)
        ours(_shot(folder, 0), "starter", given.repeats)
        if given.incidents:
            ours(_shot(folder, given.incidents), f"{given.incidents:,} incidents", given.repeats)
        theirs(folder, given.repeats, given.port)


if __name__ == "__main__":
    main()
