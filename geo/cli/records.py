"""The records that commands answer from."""

from __future__ import annotations

from geo.atlas import DATA_DIR
from geo.store import Ledger, LedgerFrames, seed


def records() -> LedgerFrames:
    """Return what stands in the ledger in use; a new one is filled with the starter data first.

    Raises
    ------
    InputError
        When the ledger cannot be opened.
    """
    with Ledger.open() as ledger:
        seed(ledger, DATA_DIR)
        return ledger.frames()
