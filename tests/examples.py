"""How many examples a property is tried on: half by day, ten times as many by night."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("PISTE_NIGHTLY") == "1"


def examples(usual: int) -> int:
    """Return the number for this run; ``PISTE_NIGHTLY=1`` takes its time."""
    return usual * 10 if NIGHTLY else max(usual // 2, 15)
