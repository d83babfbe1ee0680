"""Which model is in use: the one that the last hindcast chose.

Piste ships the hindcast of its starter data (``data/hindcast.json``).  ``python -m geo hindcast
--use`` puts that of another ledger in its place, in the data folder of this machine.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from geo.layers import data_folder
from geo.risk.hindcast.result import Result, read
from geo.risk.models import MODEL, Model
from geo.risk.policy import RiskPolicy

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "hindcast.json"


def own_path() -> Path:
    """Return where the hindcast of this machine's ledger is kept."""
    return data_folder() / "hindcast.json"


def stored() -> Result:
    """Return the hindcast in use: this machine's own, else the shipped one.

    Raises
    ------
    InputError
        When it cannot be read.
    """
    path = own_path() if own_path().is_file() else SHIPPED
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Result:
    return read(path)


def model_in_use(policy: RiskPolicy) -> Model:
    """Return the policy's model, or the baseline that the hindcast found to be better."""
    result = stored()
    return policy.model if result.in_use == MODEL else result.model(result.in_use)


def as_tested(policy: RiskPolicy) -> bool:
    """Return whether the policy's model has the numbers that the hindcast tested."""
    return stored().model(MODEL) == policy.model


def use(result: Result) -> Path:
    """Put a hindcast in use on this machine; the old one stays if that fails."""
    path = own_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(result.to_json(), encoding="utf-8")
    fresh.replace(path)
    return path
