"""Refuse what does not fit before it starts, with the reason."""

from __future__ import annotations

import os
from pathlib import Path

from geo.i18n import Message, message

#: Share of the free memory that one request may take: others compute at the same time.
SHARE_OF_FREE = 0.5
_CGROUP = Path("/sys/fs/cgroup")


class TooLargeError(ValueError):
    """A request that the machine's memory cannot hold; ``reason`` is for people."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def free_bytes() -> int:
    """Return the memory that may still be taken: of the machine, or of its container if less."""
    found = []
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        found += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
    except (OSError, ValueError):
        pass
    try:
        limit = (_CGROUP / "memory.max").read_text(encoding="ascii")
        used = (_CGROUP / "memory.current").read_text(encoding="ascii")
        found.append(max(int(limit) - int(used), 0))
    except (OSError, ValueError):
        pass  # no container, or one without a limit ("max")
    if not found:
        try:
            found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2)
        except (AttributeError, ValueError, OSError):
            found.append(2**31)
    return min(found)


def refuse_if_too_large(needed_bytes: float, what: Message) -> None:
    """Raise when a request needs more than its share of the free memory.

    Parameters
    ----------
    needed_bytes
        The most that the request will hold at once.
    what
        What was asked for, as a noun with its sizes.

    Raises
    ------
    TooLargeError
        With what was asked for, what it needs and what there is.
    """
    allowed = free_bytes() * SHARE_OF_FREE
    if needed_bytes > allowed:
        raise TooLargeError(
            message(
                "{what} would need {needed:.1f} GB of memory; this machine can give {allowed:.1f} "
                "GB. Choose larger cells, a smaller area or a smaller bandwidth.",
                what=what,
                needed=needed_bytes / 1e9,
                allowed=allowed / 1e9,
            )
        )
