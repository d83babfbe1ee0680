"""An incident withdrawn, or let stand again: one line more, with who, when and why.

As with a road assertion (`geo.store.assertions`), a withdrawal counts from the day on which it is
recorded: what was known before that day stays as it was.  An incident's claims and links go out of
sight with it and come back with it; their own lines are left alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pandas as pd

from geo.columns import INCIDENTS
from geo.i18n import Message, message
from geo.records import Fault, InputError
from geo.store.cells import fault
from geo.store.frames import LedgerFrames
from geo.store.knowledge import Known
from geo.store.ledger import Ledger, by_kind
from geo.store.lines import Line, LineKind, standing, to_lines

_ABOUT = {
    LineKind.CLAIM: ("incident_id",),
    LineKind.LINK: ("from_incident_id", "to_incident_id"),
}


@dataclass(frozen=True, slots=True)
class Following:
    """What goes out of sight with an incident.

    Parameters
    ----------
    claims, links
        How many.
    publishers
        Whose pages the claims were read on, in order of the alphabet.
    """

    claims: int
    links: int
    publishers: tuple[str, ...]


def following(frames: LedgerFrames, incident_id: str) -> Following:
    """Return what stands in the ledger about an incident and nothing else."""
    claims, links = standing(frames.claims), standing(frames.links)
    own = claims[(claims["incident_id"] == incident_id).to_numpy()]
    ends = (links[["from_incident_id", "to_incident_id"]] == incident_id).any(axis=1)
    return Following(len(own), int(ends.sum()), tuple(sorted(filter(None, set(own["publisher"])))))


def whole(frames: LedgerFrames) -> dict[LineKind, pd.DataFrame]:
    """Return what stands in a ledger, by kind, without claims and links of withdrawn incidents."""
    found = {kind: standing(frame) for kind, frame in by_kind(frames).items()}
    there = found[LineKind.INCIDENT]["incident_id"]
    for kind, names in _ABOUT.items():
        about = found[kind][list(names)].isin(set(there)).all(axis=1)
        found[kind] = found[kind][about]
    return found


def last_line(incidents: pd.DataFrame, incident_id: str) -> pd.Series | None:
    """Return the newest line about an incident, ``None`` when the ledger never had it."""
    own = incidents[(incidents["incident_id"] == incident_id).to_numpy()]
    return None if own.empty else own.iloc[-1]


def withdrawal(
    frames: LedgerFrames, kind: LineKind, entities: Collection[str], today: date
) -> list[Line]:
    """Return the lines that withdraw what stands of some entities, word for word.

    Parameters
    ----------
    frames
        The ledger.
    kind
        Incidents, claims or links; an assertion is withdrawn by `geo.store.assertions`.
    entities
        Their ids; those that do not stand are left out.
    today
        From when it counts.
    """
    held = {
        LineKind.INCIDENT: frames.incidents,
        LineKind.CLAIM: frames.claims,
        LineKind.LINK: frames.links,
    }[kind]
    own = standing(held[held["entity_id"].isin(entities).to_numpy()])
    known = _from(today, own.index)
    lines = to_lines(kind, own, known, known.on, known.on)
    # Ids as they stand: those of claims were numbered when they were added.
    named = zip(lines, own["entity_id"], strict=True)
    return [
        replace(line, entity_id=entity, valid_from=None, valid_to=None, retracted=True)
        for line, entity in named
    ]


def withdraw(ledger: Ledger, incident_id: str, reason: str, recorded_by: str) -> int:
    """Append the withdrawal of an incident; from today on it is not known any more.

    Parameters
    ----------
    ledger
        Where to.
    incident_id
        An incident that stands in it.
    reason
        Why; it is kept in the line's ``note``, with who and when.
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
    frames, today = ledger.frames(), datetime.now(UTC).date()
    lines = withdrawal(frames, LineKind.INCIDENT, [incident_id], today)
    faults = _faults(reason, recorded_by, message("Say why it is withdrawn."))
    if not lines:
        text = message(
            "There is no incident {id} in the ledger, or it was withdrawn.", id=incident_id
        )
        faults.append(Fault(None, None, text))
    if faults:
        raise InputError(faults)
    why = message("Withdrawn on {day} by {who}: {why}",
                  day=today, who=recorded_by.strip()[:120], why=reason.strip()[:1000])  # fmt: skip
    return ledger.append([noted(lines[0], why)], recorded_by.strip())[0]


def restore(ledger: Ledger, incident_id: str, reason: str, recorded_by: str) -> int:
    """Append a withdrawn incident anew, word for word; from today on it is known again.

    Parameters
    ----------
    ledger, incident_id, reason, recorded_by
        As `withdraw` takes them; the incident was withdrawn.

    Returns
    -------
    int
        Number of the line, once it is on the disk.

    Raises
    ------
    InputError
        With every fault, or the database's refusal; nothing is appended then.
    """
    frames, today = ledger.frames(), datetime.now(UTC).date()
    last = last_line(frames.incidents, incident_id)
    faults = _faults(reason, recorded_by, message("Say why it is to stand again."))
    if last is None or not last["retracted"]:
        text = message("No incident {id} was withdrawn.", id=incident_id)
        faults.append(Fault(None, None, text))
    if faults or last is None:
        raise InputError(faults)
    own = frames.incidents.loc[[last.name]]
    names = [column.name for column in INCIDENTS]
    valid = own["date_start"], own["date_end"]
    (line,) = to_lines(LineKind.INCIDENT, own[names], _from(today, own.index), *valid)
    why = message("Stands again since {day}, by {who}: {why}",
                  day=today, who=recorded_by.strip()[:120], why=reason.strip()[:1000])  # fmt: skip
    return ledger.append([noted(line, why)], recorded_by.strip())[0]


def _from(today: date, index: pd.Index) -> Known:
    on = pd.Series([pd.Timestamp(today)] * len(index), index, dtype="datetime64[us]")
    return Known(on, pd.Series([False] * len(index), index, dtype=bool))


def noted(line: Line, why: Message) -> Line:
    """Return a line whose ``note`` says why it was recorded."""
    note = " ".join(filter(None, [str(line.body.get("note", "")), str(why)]))
    return replace(line, body={**line.body, "note": note})


def _faults(reason: str, recorded_by: str, ask: Message) -> list[Fault]:
    faults = []
    if not recorded_by.strip():
        faults.append(Fault(None, "recorded_by", message("Say who records it.")))
    if not reason.strip():
        faults.append(fault("reason", ask))
    return faults
