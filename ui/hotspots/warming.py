"""Getting the compiled loops ready while a reader looks at something else.

The density on the plane needs none of them for a few thousand events.  Those along roads do:
compiling them takes some ten seconds the first time on a machine (in a process of its own, at low
priority), reading them from the disk about one second in each server.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Final

import streamlit as st

_COMMAND: Final[Sequence[str]] = (sys.executable, "-m", "geo.hotspots.warm")
_LONGEST_S: Final = 300


def _work() -> None:
    # Without it (no such process, no place to write) the first density compiles what it needs.
    with suppress(OSError, subprocess.SubprocessError):
        # Not in this process: compiling holds the interpreter, and every session would wait.
        subprocess.run(  # noqa: S603 - our own module
            _COMMAND,
            timeout=_LONGEST_S,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    # Late: this imports numba.
    from geo.hotspots.warm import warm  # noqa: PLC0415

    warm()


@st.cache_resource(show_spinner=False)
def start() -> Thread:
    """Begin, once per server; without a running server (in tests) nothing is begun."""
    thread = Thread(target=_work, name="hotspots-warming", daemon=True)
    if st.runtime.exists():
        thread.start()
    return thread


def wait() -> None:
    """Wait until the loops are ready, so that they are not compiled twice."""
    thread = start()
    if thread.ident is not None:
        thread.join(_LONGEST_S)
