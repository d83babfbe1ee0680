"""Redrawing the map of hotspots in a real browser: ``python -m benchmarks.hotspots_page``.

The time begins with the key that moves the bandwidth's slider by one step (a step that nobody asked
for before) and ends when the browser has painted the changed map.  Needs what
``requirements-dev.txt`` names and a Chromium.  Writes its part of ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.browser import chromium
from benchmarks.map import ledger, say
from benchmarks.page import record
from benchmarks.report import machine, spread, table
from benchmarks.server import ROOT, Server, serve

PLACES = {
    "on the plane": "",
    "along roads": "&surface=network",
    "along roads, year by year open": "&surface=network&part=years",
}
_IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"
_ARM = """() => {
  const frame = [...document.querySelectorAll("iframe")].map((f) => f.contentWindow)
    .find((w) => w && w.Piste);
  const { keys } = frame.Piste.state;
  const before = keys.density + keys.lixels;
  let begun = null;
  window.took = null;
  addEventListener("keydown", (e) => { begun = begun ?? e.timeStamp; }, { capture: true });
  const look = () => {
    if (begun !== null && keys.density + keys.lixels !== before) {
      requestAnimationFrame(() => setTimeout(() => { window.took = performance.now() - begun; }));
    } else requestAnimationFrame(look);
  };
  look();
}"""


@dataclass
class Session:
    """What one server showed over one ledger."""

    size: int
    first_s: float
    redraws_ms: dict[str, list[float]] = field(default_factory=dict)
    cpu_ms: dict[str, list[float]] = field(default_factory=dict)
    memory_mb: float = float("nan")


def _settle(page: Page) -> None:
    page.wait_for_selector(_IDLE)
    page.wait_for_timeout(400)


def _open(page: Page, address: str) -> None:
    page.goto(address)
    frame = page.frame_locator("iframe[title^='streamlit_folium']")
    frame.locator("#map_div[data-updates]").wait_for()


def _redraws(page: Page, server: Server, steps: int) -> tuple[list[float], list[float]]:
    """Move the slider step by step; return wall and server's processor time, in ms."""
    slider = page.get_by_role("slider").first
    wall, cpu = [], []
    for _ in range(steps):
        _settle(page)
        before = server.cpu_s()
        page.evaluate(_ARM)
        slider.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("window.took")
        wall.append(float(page.evaluate("window.took")))
        _settle(page)
        cpu.append((server.cpu_s() - before) * 1000)
    return wall, cpu


def measure(folder: Path, size: int, given: argparse.Namespace) -> Session:
    """Open the page over a ledger of ``size`` incidents and move its slider."""
    database = ledger(folder, size)
    with (
        sync_playwright() as playwright,
        chromium(playwright) as browser,
        serve("app.py", database, folder / "server.log", given.port) as server,
    ):
        server.wait()
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(600_000)
        begun = time.perf_counter()
        found = Session(size, 0.0)
        for place, query in PLACES.items():
            _open(page, f"{server.address}/hotspots?period=all{query}")
            found.first_s = found.first_s or time.perf_counter() - begun
            _settle(page)
            _redraws(page, server, 1)  # what is laid once is laid now
            wall, cpu = _redraws(page, server, given.steps)
            found.redraws_ms[place], found.cpu_ms[place] = wall, cpu
            say(f"{size:,}, {place}: {spread(wall)} ms, {spread(cpu)} ms of CPU")
        found.memory_mb = server.memory_mb()
    return found


def write(out: Path, sessions: list[Session], steps: int) -> str:
    """Write this measurement's section of the page; what else stands there stays."""
    rows = [
        [f"{one.size:,}", place, spread(one.redraws_ms[place]), spread(one.cpu_ms[place]), "≤ 500"]
        for one in sessions
        for place in PLACES
    ]
    head = ["incidents", "where", "redraw, ms", "server's processor time, ms", "target, ms"]
    first = ", ".join(
        f"{one.first_s:.1f} s at {one.size:,} incidents ({one.memory_mb:,.0f} MB in the end)"
        for one in sessions
    )
    about = (
        "From the key on the slider to the painted map; every step is one that nobody asked for "
        "before. Medians, least and greatest in brackets. `python -m benchmarks.hotspots_page "
        f"--steps {steps}` repeats it."
    )
    section = "\n\n".join(
        [
            "## Moving the bandwidth",
            about,
            f"{machine()} Over the last minute {os.getloadavg()[0]:.1f}.",
            table(head, rows),
            f"First map of a new server, with everything read, placed and laid: {first}.",
        ]
    )
    record("hotspots-page", section, out)
    return section


def main() -> None:
    """Measure, write the page and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[295, 100_000])
    parser.add_argument("--steps", type=int, default=9)
    parser.add_argument("--port", type=int, default=8760, help="first port to try")
    parser.add_argument("--ledgers", type=Path, help="folder that keeps the ledgers between runs")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "benchmarks.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="piste-benchmark-") as temporary:
        folder = given.ledgers or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        sessions = [measure(folder, size, given) for size in given.sizes]
    print(write(given.out, sessions, given.steps))


if __name__ == "__main__":
    main()
