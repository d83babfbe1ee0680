"""Threads for compiled loops: one pool for all sessions of the process.

numba's own parallel loops run on a layer that must not be entered by two threads at once (its
default, the work queue, ends the process).  So no loop here is parallel by itself: each releases
the interpreter's lock, work is cut into parts, and this pool runs the parts.  How work is cut never
depends on the machine or on what else is running, hence neither do the numbers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import TypeVar

Part = TypeVar("Part")
Done = TypeVar("Done")

#: Cores worth using; more than eight only heat each other's memory.
WORKERS = max(1, min(os.cpu_count() or 1, 8))


def compiled_loops(module: str = "loops") -> ModuleType:
    """Return a module of loops; importing it imports numba, which the app's start need not."""
    return import_module(f"geo.hotspots.{module}")


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="hotspots")


def in_threads(work: Callable[[Part], Done], parts: Iterable[Part]) -> Iterator[Done]:
    """Run ``work`` on each part, several at a time, and give the results in the parts' order.

    Parameters
    ----------
    work
        Must release the interpreter's lock to gain anything, and must not itself call
        `in_threads`: the pool would wait for itself.
    parts
        What to work on.

    Returns
    -------
    iterator
        One result per part; an error is raised where its part's result would be.
    """
    return _pool().map(work, parts)
