"""How the loops are compiled: without the interpreter's lock, kept on disk between processes.

This module needs numba, so it and the loops are imported only where a density is computed.  The
loops never use numba's own threads, whose default layer must not be entered from two threads at
once; `geo.hotspots.network.stripes` runs them in ordinary threads instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba  # type: ignore[import-untyped,unused-ignore]

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile a loop on its first call; it then runs without the interpreter's lock."""
    return cast("F", numba.njit(nogil=True, cache=True, error_model="numpy")(function))
