"""Which loops lie compiled on the disk, told without importing what compiles them.

numba keeps a compiled loop until its source, numba or the machine changes.  A mark beside the
sources says so in a file's name, so that a server need not start a process to find out.  Without
a mark (nowhere to write it, an older source) the loops are made ready again, which costs some
seconds and nothing else.
"""

from __future__ import annotations

import platform
import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path

_SOURCES = Path(__file__).parent
_OTHERS = (_SOURCES.parent / "risk" / "routing",)


def _numba_version() -> str:
    # A copy of the path: `importlib.metadata.version` walks the list itself, and passes over
    # numba's folder when another thread (a script's start or end) takes an entry out meanwhile.
    return next(iter(distributions(name="numba", path=[*sys.path]))).version


def _mark(part: str) -> Path:
    told = [_numba_version(), platform.python_version(), platform.machine(), platform.node()]
    for file in sorted(file for folder in (_SOURCES, *_OTHERS) for file in folder.rglob("*.py")):
        stat = file.stat()
        told += [file.name, str(stat.st_mtime_ns), str(stat.st_size)]
    digest = blake2b("\n".join(told).encode(), digest_size=8).hexdigest()
    return _SOURCES / "__pycache__" / f"ready-{part}-{digest}"


def is_ready(part: str) -> bool:
    """Return whether the loops of a part of `geo.hotspots.warm.PARTS` were compiled."""
    return _mark(part).is_file()


def set_ready(part: str) -> None:
    """Leave a mark that they were, in place of older ones."""
    mark = _mark(part)
    with suppress(OSError):
        for older in mark.parent.glob(f"ready-{part}-*"):
            older.unlink()
        mark.touch()
