"""A running Piste, as the tests see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Server:
    """A running server.

    Parameters
    ----------
    url
        Its address, without a slash at the end.
    log
        The file that takes what it prints.
    """

    url: str
    log: Path

    def read_log(self) -> str:
        """Return everything that it has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")
