"""The ledger: append-only lines with two clocks (valid time, knowledge time)."""

from geo.store.frames import LedgerFrames
from geo.store.intake import import_folder, seed
from geo.store.ledger import Ledger
from geo.store.lines import Line, LineKind

__all__ = [
    "Ledger",
    "LedgerFrames",
    "Line",
    "LineKind",
    "import_folder",
    "seed",
]
