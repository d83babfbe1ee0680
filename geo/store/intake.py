"""Take starter-shaped folders into the ledger: the first filling and later imports.

A folder holds ``incidents.csv`` and, if wanted, ``claims.csv``, ``road_control.csv`` and
``links.csv``.  Taking the same folder in twice appends nothing the second time; a changed row
appends a correction.  A row that the ledger held before somebody corrected or withdrew it says
nothing new either: an old file must not undo what people have mended since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from geo.exchange.tables import (
    Limits,
    Table,
    read_assertions,
    read_claims,
    read_incidents,
    read_links,
)
from geo.i18n import message
from geo.records import Fault, InputError, in_file
from geo.store import knowledge
from geo.store.frames import LedgerFrames, decode
from geo.store.knowledge import Known
from geo.store.ledger import Ledger, by_kind
from geo.store.lines import (
    COLUMNS,
    Line,
    LineKind,
    bodies,
    empty_frame,
    encode,
    standing,
    to_lines,
)

FILES: dict[LineKind, tuple[str, Callable[[Path, Limits], Table]]] = {
    LineKind.INCIDENT: ("incidents.csv", read_incidents),
    LineKind.CLAIM: ("claims.csv", read_claims),
    LineKind.ASSERTION: ("road_control.csv", read_assertions),
    LineKind.LINK: ("links.csv", read_links),
}
_LIMITS = Limits(max_bytes=500_000_000, max_rows=2_000_000)
_REFERENCES = {
    LineKind.CLAIM: ("incident_id",),
    LineKind.LINK: ("from_incident_id", "to_incident_id"),
}


def read_folder(folder: Path) -> dict[LineKind, pd.DataFrame]:
    """Read the files of a folder; every fault of every file is told at once.

    Parameters
    ----------
    folder
        With ``incidents.csv`` and any of the other three.

    Raises
    ------
    InputError
        With every fault of every file, also when ``incidents.csv`` is not there.
    """
    frames: dict[LineKind, pd.DataFrame] = {}
    faults: list[Fault] = []
    for kind, (name, read) in FILES.items():
        path = folder / name
        frames[kind] = empty_frame(kind)
        if not path.is_file():
            if kind is LineKind.INCIDENT:
                text = message("{path} is not there. The folder needs it.", path=str(path))
                faults.append(Fault(None, None, text, name))
            continue
        try:
            table = read(path, _LIMITS)
        except InputError as error:
            faults += in_file(name, error.faults)
            continue
        faults += in_file(name, table.faults)
        frames[kind] = table.frame
    if faults:
        raise InputError(faults)
    return frames


def _check_references(records: dict[LineKind, pd.DataFrame], incident_ids: pd.Series) -> None:
    faults: list[Fault] = []
    for kind, columns in _REFERENCES.items():
        for column in columns:
            cells = records[kind][column]
            for row, found in cells[~cells.isin(incident_ids)].items():
                text = message(
                    "There is no incident {id} in the folder or in the ledger. Add it or mend "
                    "the id.",
                    id=found,
                )
                faults.append(Fault(int(str(row)), column, text, FILES[kind][0]))
    if faults:
        raise InputError(faults)


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a folder.

    Parameters
    ----------
    line_ids
        Numbers of the new lines; empty when the ledger knew everything.
    outdated
        Entities whose row says what the ledger said before it was corrected or withdrawn; they
        were left as the ledger has them.
    """

    line_ids: list[int]
    outdated: tuple[str, ...]


def lines_of(
    records: dict[LineKind, pd.DataFrame], recorded: date, ledger: LedgerFrames | None = None
) -> tuple[list[Line], tuple[str, ...]]:
    """Return the lines by which a ledger takes in ``records``, and the outdated entities.

    Parameters
    ----------
    records
        Of :func:`read_folder`.
    recorded
        Day of the recording (UTC).
    ledger
        What the ledger holds; its incidents may be referred to, and what it says already or
        has said before makes no new line.

    Returns
    -------
    lines : list of Line
        What is new.
    outdated : tuple of str
        See :class:`Intake`.

    Raises
    ------
    InputError
        When a claim or a link names an incident that is nowhere.
    """
    held = _held(ledger)
    incidents, claims = records[LineKind.INCIDENT], records[LineKind.CLAIM]
    old = held[LineKind.INCIDENT]
    kept = ~old["incident_id"].isin(incidents["incident_id"])
    everything = pd.concat([incidents, old.loc[kept, list(incidents.columns)]])
    _check_references(records, everything["incident_id"])

    claims_known = knowledge.claims_known(
        claims, everything, recorded, _first_stated(held[LineKind.CLAIM])
    )
    all_claims = _joined(claims_known, _known(held[LineKind.CLAIM]))
    claim_ids = pd.concat(
        [claims["incident_id"], held[LineKind.CLAIM]["incident_id"]], ignore_index=True
    )
    incidents_known = knowledge.incidents_known(incidents, claim_ids, all_claims, recorded)
    assertions = records[LineKind.ASSERTION]
    known = {
        LineKind.INCIDENT: incidents_known,
        LineKind.CLAIM: claims_known,
        LineKind.ASSERTION: knowledge.assertions_known(assertions, recorded),
        LineKind.LINK: knowledge.links_known(
            records[LineKind.LINK],
            everything["incident_id"].reset_index(drop=True),
            _joined(incidents_known, _known(old[kept])),
            knowledge.published(
                [claims, assertions, held[LineKind.CLAIM], held[LineKind.ASSERTION]]
            ),
        ),
    }
    past = _past(ledger)
    lines: list[Line] = []
    outdated: list[str] = []
    for kind, frame in records.items():
        valid = _valid(kind, frame, everything)
        told = to_lines(kind, frame, known[kind], *valid)
        stale = {e.entity_id for e in told if (e.entity_id, encode(e.body)) in past[kind]}
        outdated.extend(sorted(stale))
        lines.extend(_news([e for e in told if e.entity_id not in stale], held[kind]))
    return lines, tuple(outdated)


def _past(ledger: LedgerFrames | None) -> dict[LineKind, set[tuple[str, str]]]:
    """Return what the ledger said before it was corrected or withdrawn, by kind."""
    if ledger is None:
        return {kind: set() for kind in LineKind}
    past = {}
    for kind, frame in by_kind(ledger).items():
        old = frame[frame["entity_id"].duplicated(keep="last") & ~frame["retracted"]]
        now = standing(frame[frame["entity_id"].isin(old["entity_id"])])
        past[kind] = _said(kind, old) - _said(kind, now)
    return past


def _said(kind: LineKind, frame: pd.DataFrame) -> set[tuple[str, str]]:
    """Return who is spoken of and what is said of it."""
    return {*zip(frame["entity_id"], map(encode, bodies(COLUMNS[kind], frame)), strict=True)}


def _held(ledger: LedgerFrames | None) -> dict[LineKind, pd.DataFrame]:
    """Return what stands in the ledger, by kind."""
    if ledger is not None:
        return {kind: standing(frame) for kind, frame in by_kind(ledger).items()}
    return {kind: standing(decode(kind, [])) for kind in LineKind}


def _first_stated(claims: pd.DataFrame) -> pd.Series:
    """Return the first stated day of the claims about each incident."""
    stated = claims[~claims["known_assumed"].astype(bool)]
    first: pd.Series = stated.groupby("incident_id")["known_on"].min()
    return first


def _known(frame: pd.DataFrame) -> Known:
    return Known(frame["known_on"], frame["known_assumed"])


def _joined(first: Known, second: Known) -> Known:
    return Known(
        pd.concat([first.on, second.on], ignore_index=True),
        pd.concat([first.assumed, second.assumed], ignore_index=True),
    )


def _valid(
    kind: LineKind, frame: pd.DataFrame, incidents: pd.DataFrame
) -> tuple[pd.Series, pd.Series]:
    """Return the valid time of records: a claim's is its incident's, a link begins with both."""
    if kind is LineKind.INCIDENT:
        return frame["date_start"], frame["date_end"]
    if kind is LineKind.ASSERTION:
        return frame["valid_from"], frame["valid_to"]
    dates = incidents.set_index("incident_id")[["date_start", "date_end"]]
    if kind is LineKind.CLAIM:
        own = dates.reindex(frame["incident_id"]).set_index(frame.index)
        return own["date_start"], own["date_end"]
    starts = [
        dates["date_start"].reindex(frame[c]).set_axis(frame.index)
        for c in _REFERENCES[LineKind.LINK]
    ]
    begin = starts[0].where(starts[0] > starts[1], starts[1])
    return begin, pd.Series(pd.NaT, frame.index, dtype=begin.dtype)


def _news(lines: list[Line], held: pd.DataFrame) -> Iterator[Line]:
    """Yield the lines that tell the ledger something new."""
    if held.empty or not lines:
        yield from lines
        return
    told = zip(
        bodies(COLUMNS[lines[0].kind], held),
        held["known_on"].dt.date,
        held["known_assumed"],
        strict=True,
    )
    said = dict(zip(held["entity_id"], told, strict=True))
    for line in lines:
        body, known_on, assumed = said.get(line.entity_id, (None, date.max, False))
        stated_now = bool(assumed) and not line.known_assumed
        if body == line.body and not stated_now and line.known_on >= known_on:
            continue
        if stated_now and line.known_on > known_on:
            # An assumption was too early: from its day on the entity was not known after all.
            yield replace(line, known_on=known_on, body={}, retracted=True)
        yield line


def import_folder(
    ledger: Ledger,
    folder: Path,
    recorded_by: str,
    progress: Callable[[int, int], None] | None = None,
) -> Intake:
    """Take a folder into the ledger, all of it or nothing.

    Parameters
    ----------
    ledger
        Where to.
    folder
        See :func:`read_folder`.
    recorded_by
        Who or what records it.
    progress
        Called with the number of lines written and of all lines.

    Returns
    -------
    Intake
        The new lines, and the rows that were left out as outdated.

    Raises
    ------
    InputError
        With every fault of the files, or when the database refuses.
    """
    records = read_folder(folder)
    lines, outdated = lines_of(records, datetime.now(UTC).date(), ledger.frames())
    return Intake(ledger.append(lines, recorded_by, progress=progress), outdated)


def seed(ledger: Ledger, data_dir: Path) -> list[int]:
    """Fill an empty ledger from the starter dataset, in one transaction.

    Processes that start at the same time fill it once; a ledger that holds any line is left
    as it is.

    Parameters
    ----------
    ledger
        Where to.
    data_dir
        Folder of the starter files.

    Returns
    -------
    list of int
        Numbers of the new lines; empty when there was something already.
    """
    if ledger.last_line_id():
        return []
    lines, _ = lines_of(read_folder(data_dir), datetime.now(UTC).date())
    return ledger.append(lines, "piste starter data", only_if_empty=True)
