"""Getting the first page ready while the first browser still reads its libraries."""

from __future__ import annotations

import gc
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from threading import Condition, Event, Thread
from typing import Any

_PATIENCE_S = 60.0
#: How long a thread computes while another waits for its turn. A page takes its turn some hundred
#: times, and with Python's 5 ms it took twice as long beside the thread below.
_TURN_S = 0.0005

_imported = Event()
_imported.set()  # Without `while_serving` (in tests of pages) there is nothing to wait for.

_pages = Condition()
_running = 0


@contextmanager
def page() -> Iterator[None]:
    """Say that a page runs: what nobody has asked for yet waits until none does."""
    global _running  # noqa: PLW0603 - of the process, as the thread below is
    with _pages:
        _running += 1
    try:
        yield
    finally:
        with _pages:
            _running -= 1
            _pages.notify_all()


def _quiet() -> None:
    with _pages:
        _pages.wait_for(lambda: not _running, timeout=_PATIENCE_S)


def _work() -> None:
    # Here, not above: what the page imports is the greater half of the work.  Not `ui.mapframe`:
    # the map's component can be read by a page only.
    try:
        from geo.records import InputError  # noqa: PLC0415
        from maps import screen  # noqa: F401, PLC0415
        from ui import cache, figures, frame, panels, params, style  # noqa: F401, PLC0415
    finally:
        _imported.set()
    with suppress(InputError):  # The page tells what is wrong with the ledger.
        values, _ = params.read({}, cache.facts())
        for step in (cache.places, cache.figures, cache.view):
            _quiet()
            step(values)
    gc.collect()
    gc.freeze()  # What stands from now on need not be looked through again and again.


def begin() -> Thread:
    """Begin to get ready, in a thread of its own."""
    sys.setswitchinterval(_TURN_S)
    _imported.clear()
    worker = Thread(target=_work, name="piste-warming", daemon=True)
    worker.start()
    return worker


@asynccontextmanager
async def while_serving(_: Any) -> AsyncIterator[None]:
    """Begin when the server starts."""
    begin()
    yield


def wait() -> None:
    """Wait until the modules are read: two threads must not import the same ones at once."""
    _imported.wait()
