"""Getting the compiled loops ready while a reader looks at something else.

The density on the plane needs none of them for a few thousand events.  Those along roads do:
compiling them takes some seconds the first time on a machine (in processes of their own), reading
them from the disk about one second in each server.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from threading import Event, Thread
from typing import Final

import streamlit as st

from geo.hotspots.ready import is_ready

#: Of `geo.hotspots.warm`, which is not imported here: that would import what computes.
PARTS: Final = ("walks", "shortest", "plane", "pairs")
_LONGEST_S: Final = 300

Ready = dict[str, Event]


def _work(ready: Ready) -> None:
    try:
        for part, event in ready.items():
            if not is_ready(part):
                _compile(part)
            # Late: this imports numba.
            from geo.hotspots.warm import warm  # noqa: PLC0415

            warm(part)
            event.set()
    finally:
        # Whatever failed is compiled when it is asked for; nobody waits for it.
        for event in ready.values():
            event.set()


def _compile(part: str) -> None:
    """Compile in another process: compiling holds the interpreter, and every session would wait."""
    # Without it (no such process, no place to write) the first density compiles what it needs.
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "geo.hotspots.warm", part],
            timeout=_LONGEST_S,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


@st.cache_resource(show_spinner=False)
def start() -> Ready:
    """Begin, once per server; without a running server (in tests) nothing is begun."""
    ready = {part: Event() for part in PARTS}
    if st.runtime.exists():
        Thread(target=_work, args=(ready,), name="hotspots-warming", daemon=True).start()
    else:
        for event in ready.values():
            event.set()
    return ready


def before(*parts: str) -> None:
    """Have parts compiled by another process before this one needs them, if none ever did."""
    for part in parts:
        if st.runtime.exists() and not is_ready(part):
            _compile(part)


def wait(part: str) -> None:
    """Wait until the loops of a part are ready, so that they are not compiled twice."""
    start()[part].wait(_LONGEST_S)
