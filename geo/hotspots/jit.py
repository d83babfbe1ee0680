"""How loops are compiled: without the interpreter's lock, kept on disk between processes.

Importing this module imports numba (a third of a second), so the modules of loops are imported
where they are first needed and not when the app starts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

import numba  # type: ignore[import-untyped,unused-ignore]
import numpy as np

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile a loop on its first call; it then runs without the interpreter's lock.

    Products and sums may be fused (one rounding instead of two); nothing else is reordered, so a
    sum has one value however often it is taken.
    """
    compile_ = partial(numba.njit, nogil=True, error_model="numpy", fastmath={"contract"})
    try:
        return cast("F", compile_(cache=True)(function))
    except RuntimeError:  # nowhere to write the cache: compile anew in each process
        return cast("F", compile_()(function))


@compiled
def wider(array: Any, room: int) -> Any:
    """Return an array with room for more; what is beyond the old end is zero.

    One entry after the other: a slice assigned to a slice has numba compile its check of shapes
    and the sentence of its error, which takes longer than all else here.
    """
    more = np.zeros(room, dtype=array.dtype)
    for i in range(len(array)):
        more[i] = array[i]
    return more
