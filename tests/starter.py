"""The starter dataset as tests take it: what was known on a day, and a picture's view of it."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import lru_cache
from pathlib import Path

import geopandas as gpd

from geo import snapshot
from geo.atlas import DATA_DIR, load
from geo.snapshot import Snapshot
from geo.store import Ledger, LedgerFrames, seed

KOBE = "ML-2025-02-07-KOBE"
ON = date(2025, 2, 12)


@lru_cache(maxsize=1)
def frames() -> LedgerFrames:
    """Return the lines of a ledger that holds the starter dataset."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(f"sqlite:///{Path(folder) / 'ledger.db'}") as ledger,
    ):
        seed(ledger, DATA_DIR)
        return ledger.frames()


@lru_cache(maxsize=1)
def placed() -> gpd.GeoDataFrame:
    """Return that ledger's lines with their places."""
    return snapshot.place_ledger(frames(), load())


@lru_cache(maxsize=16)
def starter(on: date = ON, known_on: date = ON) -> Snapshot:
    """Return what was known about a day on a day."""
    return snapshot.build(frames(), placed(), load(), on, known_on)
