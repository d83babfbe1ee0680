"""The Reports page over a large ledger, in a real browser: ``python -m benchmarks.reports_page``.

A new server over a copy of the ledger; the page is asked for as soon as the server answers.  Then a
report of eighty drafts is taken in: drafts that fall among the ledger's incidents are recorded one
by one, those after its last day all at once.  Needs what ``requirements-dev.txt`` names and a
Chromium.  Writes its part of ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.browser import VIEWPORT, chromium
from benchmarks.map import ledger, say
from benchmarks.page import record
from benchmarks.report import machine, spread, table
from benchmarks.server import ROOT, Server, serve

PLACES = (
    "Gao", "Ansongo", "Ménaka", "Boni", "Hombori", "Douentza", "Djibo", "Dori", "Téra", "Ayorou",
    "Niono", "Bankass",
)  # fmt: skip
#: Drafts among the ledger's days, and after them; the generated ledgers end in 2025.
AMONG, AFTER = 20, 60
_FIRST_AMONG, _FIRST_AFTER, _PUBLISHED = date(2023, 1, 5), date(2026, 1, 2), date(2026, 8, 1)
_IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"
_RECORD, _RECORDED = re.compile(r"Record \d+ drafts"), re.compile(r"\d+ drafts recorded")
#: Seconds of processor time in one second below which a server rests.
_RESTS_S = 0.1
_PATIENCE_MS = 40_000
_COMPARE, _ALL = "comparing all drafts with the ledger", "recording the 60 that are clear"
TARGETS_S = {
    "first opening, nothing waits": 5.0,
    "opening a report on a new server": 5.0,
    "taking a report of 80 drafts in": 5.0,
    "one accept": 2.0,
    _COMPARE: 5.0,
    _ALL: 5.0,
}


@dataclass
class Session:
    """How long each step took over one ledger, in seconds."""

    size: int
    took_s: dict[str, list[float]] = field(default_factory=dict)
    cpu_s: dict[str, list[float]] = field(default_factory=dict)
    memory_mb: float = float("nan")

    def timed(self, name: str, server: Server, act: Callable[[], None]) -> None:
        """Keep how long a step takes, and the server's processor time in it."""
        begun, used = time.perf_counter(), server.cpu_s()
        act()
        self.took_s.setdefault(name, []).append(time.perf_counter() - begun)
        self.cpu_s.setdefault(name, []).append(server.cpu_s() - used)
        say(f"{self.size:,}, {name}: {self.took_s[name][-1]:.2f} s")


def story() -> str:
    """Return a report of many incidents, no two of them alike."""
    days = [_FIRST_AMONG + timedelta(days=3 * n) for n in range(AMONG)]
    days += [_FIRST_AFTER + timedelta(days=3 * n) for n in range(AFTER)]
    return "\n\n".join(
        f"On {day.day} {day:%B %Y} a mine killed {2 + n % 7} soldiers "
        f"near {PLACES[n % len(PLACES)]}."
        for n, day in enumerate(days)
    )


def _settle(page: Page) -> None:
    page.wait_for_timeout(600)
    page.wait_for_selector(_IDLE)


def _name(page: Page) -> None:
    page.get_by_role("textbox", name="Your name").fill("Amina")
    page.keyboard.press("Enter")
    page.locator("button:has-text('Read it'):not([disabled])").wait_for()


def _take_in(page: Page) -> None:
    page.get_by_label("Text of the report").fill(story())
    page.get_by_label("Publisher").fill("Generated source")
    page.keyboard.press("Enter")
    page.get_by_label("Published on").fill(_PUBLISHED.isoformat())
    page.get_by_role("button", name="Read it").click()
    page.locator(".st-key-piste_drafts button").nth(AMONG + AFTER - 1).wait_for()
    page.wait_for_selector(_IDLE)


def _accept(page: Page, left: int) -> None:
    page.get_by_role("button", name="Record in the ledger").click()
    page.get_by_text(f"{left} drafts wait").first.wait_for()
    page.wait_for_selector(_IDLE)


def _choose(page: Page) -> None:
    """Say that the open draft is a new incident, where that is left open."""
    _settle(page)
    page.get_by_text("A new incident", exact=True).first.click()
    page.locator("button:has-text('Record in the ledger'):not([disabled])").wait_for()
    _settle(page)


def _compare(page: Page) -> None:
    page.keyboard.press("Alt+a")
    page.get_by_role("button", name=_RECORD).wait_for()
    page.wait_for_selector(_IDLE)


def _accept_all(page: Page) -> None:
    page.get_by_role("button", name=_RECORD).click()
    page.get_by_text(_RECORDED).wait_for()
    page.wait_for_selector(_IDLE)


def _rest(server: Server) -> None:
    """Wait until a new server has got the start page ready, which it does by itself."""
    used = -1.0
    while server.cpu_s() - used > _RESTS_S:
        used = server.cpu_s()
        time.sleep(1)


def _remove(database: Path) -> None:
    """Remove a database with what it has not written into its file yet."""
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()


def _copy(database: Path, to: Path) -> None:
    _remove(to)
    with closing(sqlite3.connect(database)) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)


def measure(folder: Path, size: int, given: argparse.Namespace) -> Session:
    """Open the page over a ledger of ``size`` incidents and work on a report."""
    kept = ledger(folder, size)
    database = kept.with_name(f"{size}-reports.db")
    found = Session(size)
    log = folder / "server.log"

    def session() -> AbstractContextManager[Server]:
        return serve("app.py", database, log, given.port)

    for _ in range(given.starts):
        _copy(kept, database)
        with sync_playwright() as playwright, chromium(playwright) as browser, session() as server:
            server.wait()
            page = browser.new_context(viewport=VIEWPORT).new_page()
            page.set_default_timeout(_PATIENCE_MS)

            def first(page: Page = page, server: Server = server) -> None:
                page.goto(f"{server.address}/reports?reports=add")
                page.get_by_role("button", name="Read it").wait_for()

            found.timed("first opening, nothing waits", server, first)
            _name(page)
            found.timed("taking a report of 80 drafts in", server, lambda page=page: _take_in(page))
            _rest(server)
            for left in range(AMONG + AFTER - 1, AMONG + AFTER - 1 - given.accepts, -1):
                _choose(page)
                found.timed("one accept", server, lambda page=page, left=left: _accept(page, left))
            _settle(page)
            found.timed(_COMPARE, server, lambda page=page: _compare(page))
            _settle(page)
            found.timed(_ALL, server, lambda page=page: _accept_all(page))
            found.memory_mb = server.memory_mb()
        with sync_playwright() as playwright, chromium(playwright) as browser, session() as server:
            server.wait()
            page = browser.new_context(viewport=VIEWPORT).new_page()
            page.set_default_timeout(_PATIENCE_MS)

            def again(page: Page = page, server: Server = server) -> None:
                page.goto(f"{server.address}/reports?report=1")
                page.locator(".st-key-piste_drafts button").nth(AMONG + AFTER - 1).wait_for()
                page.get_by_role("radio").first.wait_for()

            found.timed("opening a report on a new server", server, again)
    _remove(database)
    return found


def write(out: Path, sessions: list[Session], starts: int) -> str:
    """Write this measurement's section of the page; what else stands there stays."""
    rows = [
        [f"{one.size:,}", name, spread(one.took_s[name]), spread(one.cpu_s[name]),
         f"≤ {target_s:.0f}"]
        for one in sessions
        for name, target_s in TARGETS_S.items()
    ]  # fmt: skip
    memory = ", ".join(f"{one.memory_mb:,.0f} MB at {one.size:,} incidents" for one in sessions)
    about = (
        "In a real browser, from the click (or the address) to what it shows, in seconds; medians, "
        "least and greatest in brackets. The first opening begins when a new server answers. "
        f"`python -m benchmarks.reports_page --starts {starts}` repeats it."
    )
    section = "\n\n".join(
        [
            "## The Reports page",
            about,
            f"{machine()} Over the last minute {os.getloadavg()[0]:.1f}.",
            table(["incidents", "what", "s", "server's processor time, s", "target, s"], rows),
            f"The server's memory in the end: {memory}.",
        ]
    )
    record("reports-page", section, out)
    return section


def main() -> None:
    """Measure, write the page and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[295, 100_000])
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--accepts", type=int, default=3)
    parser.add_argument("--port", type=int, default=8790, help="first port to try")
    parser.add_argument("--ledgers", type=Path, help="folder that keeps the ledgers between runs")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="piste-benchmark-") as temporary:
        folder = given.ledgers or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sessions = [measure(folder, size, given) for size in given.sizes]
    print(write(given.out, sessions, given.starts))


if __name__ == "__main__":
    main()
