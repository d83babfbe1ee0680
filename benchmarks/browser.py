"""What a person in front of a browser waits for, measured inside that browser.

Times start with the click itself and end when the browser has painted the changed map.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from benchmarks.server import Server

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
VIEWPORT = {"width": 1440, "height": 900}
_SLOW_MS = 300_000

# Runs before anything else in every frame.  `signature` tells one picture from another: for Piste
# the number of updates and the digest of the marks, for the plain way the map of its frame.
_SCRIPT = """
if (window === window.top) {
  const bench = { received: 0, last: 0 };
  window.bench = bench;
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", (event) => {
        bench.received += event.data.byteLength ?? event.data.size ?? event.data.length;
        bench.last = performance.now();
      });
    }
  };
  bench.frame = () => {
    for (const node of document.querySelectorAll("iframe")) {
      try { if (node.contentWindow.L) return node.contentWindow; } catch (_) { /* not ours */ }
    }
    return null;
  };
  bench.pictures = 0;
  bench.look = () => {
    const w = bench.frame();
    if (!w) return null;
    const s = w.Piste && w.Piste.state;
    if (s) {
      if (!s.map || !s.marks || !s.keys.marks) return null;
      const drawn = s.layers.marks.getLayers().length;
      const made = Number(s.map.getContainer().dataset.updates || 0);
      return made ? { made, of: s.keys.marks, drawn } : null;
    }
    const drawn = w.document.querySelectorAll(".leaflet-marker-icon").length;
    if (!drawn) return null;
    if (!w.benchNumber) w.benchNumber = ++bench.pictures;
    return { made: w.benchNumber, of: `${w.benchNumber}:${drawn}`, drawn };
  };
  // Resolves when the picture differs from the one of now, after the frame that shows it.
  bench.arm = () => {
    const before = bench.look() || { made: 0, of: "" };
    const bytes = bench.received;
    let start = null;
    const begin = (event) => { start = start ?? event.timeStamp; };
    addEventListener("click", begin, { capture: true, once: true });
    addEventListener("pointerdown", begin, { capture: true, once: true });
    bench.result = null;
    const poll = () => {
      const now = bench.look();
      if (now && now.made > before.made && now.of !== before.of) {
        const arrived = bench.last;
        requestAnimationFrame(() => setTimeout(() => { bench.result = {
          ms: performance.now() - start, server_ms: arrived - start,
          bytes: bench.received - bytes, drawn: now.drawn }; }));
      } else requestAnimationFrame(poll);
    };
    requestAnimationFrame(poll);
  };
  const first = () => {
    const now = bench.look();
    if (now && now.drawn) {
      requestAnimationFrame(() => setTimeout(() => {
        bench.first = { ...now, bytes: bench.received, at: performance.now() }; }));
    } else requestAnimationFrame(first);
  };
  requestAnimationFrame(first);
}
"""

# Jumps about the map without animation; each step ends after the frame that shows it.
_PAN = """
async (steps) => {
  const w = bench.frame();
  const { map } = w.Piste.state;
  const painted = () => new Promise((done) =>
    w.requestAnimationFrame(() => w.setTimeout(done)));
  const found = { pan: [], zoom: [], redraw: [] };
  const home = [map.getCenter(), map.getZoom()];
  const timed = async (name, act) => {
    await painted();
    const start = performance.now();
    act();
    await painted();
    found[name].push(performance.now() - start);
  };
  for (let i = 0; i < steps; i += 1) {
    const to = [home[0].lat + Math.sin(i), home[0].lng + 1.5 * Math.cos(i)];
    await timed("pan", () => map.setView(to, map.getZoom(), { animate: false }));
    await timed("zoom", () => map.setView(to, 6 + (i % 5), { animate: false }));
    await timed("redraw", () => map.fire("moveend"));
  }
  map.setView(...home, { animate: false });
  return found;
}
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One filter change.

    Parameters
    ----------
    ms
        From the click to the painted map.
    server_ms
        Of this, until the browser had received everything from the server.
    payload_bytes
        What the server sent for it.
    drawn
        Symbols on the map afterwards.
    fresh
        True when nobody had asked for this view before.
    cpu_ms
        Processor time that the server spent on it.
    """

    ms: float
    server_ms: float
    payload_bytes: int
    drawn: int
    fresh: bool
    cpu_ms: float


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Run the system's Chromium with an empty profile."""
    found = os.environ.get("PISTE_CHROMIUM") or shutil.which("chromium") or shutil.which("chrome")
    browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
    try:
        yield browser
    finally:
        browser.close()


def open_page(browser: Browser, address: str) -> Page:
    """Open an address in a context of its own, so that nothing is cached; do not wait."""
    page = browser.new_context(viewport=VIEWPORT).new_page()
    page.set_default_timeout(_SLOW_MS)
    page.add_init_script(_SCRIPT)
    page.goto(address, wait_until="commit")
    return page


def first_map(page: Page) -> dict[str, Any]:
    """Wait until the map shows its first marks."""
    failed = "document.querySelector('[data-testid=stException]')"
    page.wait_for_function(f"window.bench && (bench.first || {failed})")
    found: dict[str, Any] | None = page.evaluate("bench.first")
    if found is None:
        raise RuntimeError(page.get_by_test_id("stException").inner_text())
    return found


def settle(page: Page) -> None:
    """Wait until the app has stopped running."""
    page.wait_for_function(
        "!document.querySelector('[data-testid=stStatusWidget]') && bench.look()"
        " && performance.now() - bench.last > 400"
    )


def _measured(page: Page, server: Server, act: Callable[[], None], *, fresh: bool) -> Change:
    settle(page)
    before_s = server.cpu_s()
    page.evaluate("bench.arm()")
    act()
    page.wait_for_function("bench.result")
    found = page.evaluate("bench.result")
    settle(page)
    cpu_ms = (server.cpu_s() - before_s) * 1000
    return Change(found["ms"], found["server_ms"], found["bytes"], found["drawn"], fresh, cpu_ms)


def _toggle(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_text("Explosive devices only").click()


def filter_changes(
    page: Page, server: Server, labels: list[str], toggles: int, deadline_s: float
) -> list[Change]:
    """Change filters one after the other and measure each change.

    Parameters
    ----------
    page
        With a map.
    server
        Its server.
    labels
        Categories to add one by one: every view is new to the server.
    toggles
        How often "Explosive devices only" is switched on and off afterwards; the first is new.
    deadline_s
        No further change after this time.
    """
    end = time.monotonic() + deadline_s
    changes = [_measured(page, server, lambda: _toggle(page), fresh=True)]
    changes.append(_measured(page, server, lambda: _toggle(page), fresh=False))
    box = page.get_by_test_id("stSidebar").get_by_role("combobox", name="Categories")
    for label in labels:
        if time.monotonic() > end:
            return changes
        settle(page)
        box.click()
        option = page.get_by_role("option", name=label, exact=True)
        option.wait_for()
        changes.append(_measured(page, server, option.click, fresh=True))
    page.keyboard.press("Escape")
    changes.append(_measured(page, server, lambda: _toggle(page), fresh=True))
    for _ in range(toggles):
        if time.monotonic() > end:
            return changes
        changes.append(_measured(page, server, lambda: _toggle(page), fresh=False))
    return changes


def pan_and_zoom(page: Page, steps: int) -> dict[str, list[float]]:
    """Return milliseconds per step of panning, zooming and redrawing, until painted."""
    found: dict[str, list[float]] = page.evaluate(_PAN, steps)
    return found


def heap_mb(page: Page) -> float:
    """Return the JavaScript heap in use after a collection, in MB (10⁶ bytes)."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6
