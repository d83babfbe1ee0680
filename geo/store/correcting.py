"""An incident of the ledger, corrected: the whole record said again, with who and why.

A correction is of our own reading, so it counts from the day from which the incident is known (see
``docs/ledger.md``, Corrections); the line before it stays in the history.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from geo.columns import INCIDENTS, Column, typed
from geo.i18n import message
from geo.records import DatePrecision, Fault, InputError
from geo.store.cells import fault, values_of
from geo.store.knowledge import Known
from geo.store.ledger import Ledger
from geo.store.lines import LineKind, standing, to_lines

_OWN: tuple[Column, ...] = tuple(column for column in INCIDENTS if column.name != "incident_id")
_COUNTERPARTS = (("latitude", "longitude"), ("km_from", "km_from_place"))


def incident_values(cells: Mapping[str, str], faults: list[Fault]) -> dict[str, Any]:
    """Return an incident's values without its id, checked cell by cell and together.

    Parameters
    ----------
    cells
        Text by column.
    faults
        Where faults are added.
    """
    cells = dict(cells)
    if cells.get("date_start") and not cells.get("date_end"):
        cells["date_end"] = cells["date_start"]
    # Half coordinates, or a distance from nowhere, would be lost without a word.
    for one, other in _COUNTERPARTS:
        if bool(cells.get(one)) != bool(cells.get(other)):
            text = message("This needs its counterpart. Fill in both or none.")
            faults.append(fault(one if not cells.get(one) else other, text))
    values = values_of(cells, _OWN, faults)
    start, end = values.get("date_start"), values.get("date_end")
    if start and end and end < start:
        text = message("It ends on {end}, before it begins on {start}. Swap or mend them.",
                       end=end, start=start)  # fmt: skip
        faults.append(fault("date_end", text))
    precision = values.setdefault("date_precision", DatePrecision.DAY.value)
    if start and end and precision == DatePrecision.DAY and start != end:
        text = message("From {start} to {end} is no single day. Choose a wider precision.",
                       start=start, end=end)  # fmt: skip
        faults.append(fault("date_precision", text))
    return values


def cells_of(incidents: pd.DataFrame, incident_id: str) -> dict[str, str]:
    """Return what the ledger says of an incident, as one types it.

    Parameters
    ----------
    incidents
        Lines of the ledger (``LedgerFrames.incidents``).
    incident_id
        The incident.

    Raises
    ------
    InputError
        When the ledger has no such incident, or it was withdrawn.
    """
    own = standing(incidents[(incidents["incident_id"] == incident_id).to_numpy()])
    if own.empty:
        text = message(
            "There is no incident {id} in the ledger, or it was withdrawn.", id=incident_id
        )
        raise InputError([Fault(None, None, text)])
    row = own.iloc[0]
    return {column.name: _text(row[column.name]) for column in _OWN}


def _text(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).lower() if str(value) in ("True", "False") else str(value)


def correct(
    ledger: Ledger, incident_id: str, cells: Mapping[str, str], reason: str, recorded_by: str
) -> int:
    """Append a corrected record of an incident.

    Parameters
    ----------
    ledger
        Where to.
    incident_id
        An incident that stands in it.
    cells
        Text by column of :data:`geo.columns.INCIDENTS`; only what changes.
    reason
        Why it is corrected; it is kept in the incident's ``note``, with who and when.
    recorded_by
        Who records it.

    Returns
    -------
    int
        Number of the line, once it is on the disk.

    Raises
    ------
    InputError
        With every fault, or the database's refusal; nothing is appended then.
    """
    frames = ledger.frames()
    held = cells_of(frames.incidents, incident_id)
    faults: list[Fault] = []
    if not recorded_by.strip():
        faults.append(Fault(None, "recorded_by", message("Say who records it.")))
    if not reason.strip():
        faults.append(fault("reason", message("Say why it is corrected.")))
    typed_cells = {name: text.strip() for name, text in cells.items()}
    if all(held.get(name, "") == text for name, text in typed_cells.items()):
        faults.append(Fault(None, None, message("Nothing was changed.")))
    today = datetime.now(UTC).date()
    why = message(
        "Corrected on {day} by {who}: {why}", day=today, who=recorded_by.strip()[:120],
        why=reason.strip()[:1000],
    )  # fmt: skip
    merged = held | typed_cells
    merged["note"] = " ".join(filter(None, [merged["note"], str(why)]))
    values = incident_values(merged, faults)
    if values.get("date_start") and values["date_start"] > today.isoformat():
        text = message("{day} has not come yet.", day=values["date_start"])
        faults.append(fault("date_start", text))
    if faults:
        raise InputError(faults)
    own = standing(frames.incidents)
    own = own[own["incident_id"] == incident_id].reset_index(drop=True)
    values["incident_id"] = incident_id
    frame = typed(INCIDENTS, {name: [v] for name, v in values.items()}, pd.RangeIndex(1))
    # Nothing is known before it began (K5).
    late = own["known_on"] < frame["date_start"]
    known = Known(own["known_on"].where(~late, frame["date_start"]), own["known_assumed"])
    valid = frame["date_start"], frame["date_end"]
    return ledger.append(to_lines(LineKind.INCIDENT, frame, known, *valid), recorded_by.strip())[0]
