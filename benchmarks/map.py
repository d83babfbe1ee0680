"""The threat map in a real browser, against the plain way: ``python -m benchmarks.map``.

Needs what ``requirements-dev.txt`` names and a Chromium (``PISTE_CHROMIUM`` or ``chromium``).
Writes the generated part of ``docs/benchmarks.md`` and prints it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from benchmarks import browser as in_browser
from benchmarks import report
from benchmarks.browser import Change
from benchmarks.generate import DATA_DIR, generate
from benchmarks.server import ROOT, serve
from benchmarks.stages import stages
from geo.store import Ledger, import_folder, seed

#: Added one by one, from the most to the less frequent in the starter data.
CATEGORIES = (
    "IED", "Mine", "Ambush", "Armed attack", "Abduction", "Vehicle burning", "Other",
    "Illegal checkpoint",
)  # fmt: skip
#: The starter data itself; larger ledgers are generated.
STARTER = 295
_PLAIN_S = 300


@dataclass
class Session:
    """What one server and one browser showed over one ledger."""

    size: int
    way: str
    first_s: float = float("nan")
    changes: list[Change] = field(default_factory=list)
    moves: dict[str, list[float]] = field(default_factory=dict)
    memory_mb: dict[str, float] = field(default_factory=dict)
    heap_mb: float = float("nan")
    first_bytes: int = 0
    failed: str = ""


def ledger(folder: Path, size: int) -> Path:
    """Return the database of a ledger with ``size`` incidents; made when it is not there."""
    database = folder / f"{size}.db"
    if not database.exists():
        say(f"filling a ledger with {size:,} incidents")
        ledger = Ledger.open(f"sqlite:///{database}")
        if size <= STARTER:
            seed(ledger, DATA_DIR)
        else:
            generate(folder / str(size), size)
            import_folder(ledger, folder / str(size), "benchmark")
        ledger.close()
    return database


def say(text: str) -> None:
    """Tell how far the measurement is."""
    print(text, file=sys.stderr, flush=True)


def starts(folder: Path, repeats: int, port: int) -> dict[str, list[dict[str, float]]]:
    """Return the seconds from the start of the server's process to the first map.

    A Chromium with an empty profile is running when the server is started; the page is asked for
    as soon as the server answers.
    """
    found: dict[str, list[dict[str, float]]] = {"new ledger": [], "existing ledger": []}
    existing = ledger(folder, STARTER)
    for number in range(repeats):
        for what, took in found.items():
            database = existing if what == "existing ledger" else folder / f"new-{number}.db"
            with (
                sync_playwright() as playwright,
                in_browser.chromium(playwright) as browser,
                serve("app.py", database, folder / "server.log", port) as server,
            ):
                server.wait()
                up = server.elapsed()
                page = in_browser.open_page(browser, server.address)
                in_browser.first_map(page)
                took.append({"server": up, "map": server.elapsed(), "cpu": server.cpu_s()})
                say(f"start, {what}: {took[-1]['map']:.2f} s")
    return found


def session(
    browser: Browser, folder: Path, size: int, way: str, given: argparse.Namespace
) -> Session:
    """Measure filter changes, moves and memory over a ledger, in ``piste`` or the ``plain`` way."""
    done = Session(size, way)
    script, query = ("app.py", "/?period=all") if way == "piste" else (
        "benchmarks/plain_app.py", "/")  # fmt: skip
    log = folder / "server.log"
    with serve(script, ledger(folder, size), log, given.port) as server:
        server.wait()
        done.memory_mb["idle"] = server.memory_mb()
        page = in_browser.open_page(browser, server.address + query)
        try:
            first = in_browser.first_map(page)
            done.first_s, done.first_bytes = server.elapsed(), int(first["bytes"])
            in_browser.settle(page)
            done.memory_mb["first map"] = server.memory_mb()
            done.heap_mb = in_browser.heap_mb(page)
            if way == "piste":
                done.moves = in_browser.pan_and_zoom(page, given.changes)
            deadline_s = 3600.0 if way == "piste" else _PLAIN_S
            done.changes = in_browser.filter_changes(
                page, server, list(CATEGORIES), given.changes, deadline_s
            )
        except Error as error:
            done.failed = str(error).splitlines()[0]
            say(f"{way}, {size:,}: {done.failed}")
        done.memory_mb["afterwards"] = server.memory_mb()
        page.context.close()
    say(f"{way}, {size:,}: {report.spread([c.ms for c in done.changes if c.fresh])} ms")
    return done


def main() -> None:
    """Measure, write the page and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[STARTER, 10_000, 100_000])
    parser.add_argument("--plain-sizes", type=int, nargs="*", default=[STARTER, 10_000, 100_000])
    parser.add_argument("--starts", type=int, default=5, help="starts of each kind")
    parser.add_argument("--changes", type=int, default=8, help="repeated filter changes and moves")
    parser.add_argument("--repeats", type=int, default=7, help="runs of each stage")
    parser.add_argument("--port", type=int, default=8700, help="first port to try")
    parser.add_argument("--ledgers", type=Path, help="folder that keeps the ledgers between runs")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="piste-benchmark-") as temporary:
        folder = given.ledgers or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob("new-*.db*"):
            leftover.unlink()
        took = starts(folder, given.starts, given.port)
        sessions = []
        for way, sizes in (("piste", given.sizes), ("plain", given.plain_sizes)):
            for size in sizes:
                with sync_playwright() as playwright, in_browser.chromium(playwright) as browser:
                    sessions.append(session(browser, folder, size, way, given))
        by_stage = {size: stages(ledger(folder, size), given.repeats) for size in given.sizes}
    text = report.write(given.out, took, sessions, by_stage)
    print(text)


if __name__ == "__main__":
    main()
