"""Read incidents, claims, road assertions, links, places and axes from delimited files.

One reader serves all of them; what differs stands in the tables of :mod:`geo.columns`.  All faults
of a file are found in one pass and the good rows are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.columns import (
    ASSERTIONS,
    AXES,
    CLAIMS,
    INCIDENTS,
    LINKS,
    PLACES,
    UNWRITABLE,
    Column,
    Values,
    typed,
)
from geo.exchange import checks
from geo.exchange.cells import nearest, parse
from geo.exchange.csvfile import undefuse
from geo.exchange.faults import FaultLog
from geo.exchange.sheet import Limits, Sheet, read_sheet
from geo.i18n import Message, message
from geo.records import Fault, InputError

PLACING = (
    "country", "admin1", "place", "location_text", "route_from", "route_to", "km_from",
    "km_from_place", "geo_precision", "latitude", "longitude",
)  # fmt: skip
"""Columns of an incident that say where it was."""

Rows = NDArray[np.bool_]

_WHERE = (("location_text",), ("place",), ("route_from",), ("latitude", "longitude"))


@dataclass(frozen=True)
class Table:
    """What was read from a file.

    Parameters
    ----------
    frame
        The good rows: the known columns in their order and dtypes (:mod:`geo.columns`; absent
        ones are there, empty), then the unknown ones as text.  The index, named ``row``, is the
        line of the file.
    raw
        Every row that has the header's width, good or not, as text exactly as it stood (an
        unreadable byte is shown as U+FFFD); same kind of index.
    faults
        What is wrong, in the order of the file, with a last one that counts what is left out.
    """

    frame: pd.DataFrame
    raw: pd.DataFrame
    faults: tuple[Fault, ...]


IncidentTable = Table


@dataclass(frozen=True, slots=True)
class _Spec:
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    period: tuple[str, str] | None = None
    # Columns whose faults cost the row; a fault elsewhere empties the cell.  None: all of them.
    decisive: tuple[str, ...] | None = None


_INCIDENTS = _Spec(INCIDENTS, ("incident_id",), ("date_start", "date_end"))
_CLAIMS = _Spec(CLAIMS, tuple(c.name for c in CLAIMS))
_ASSERTIONS = _Spec(ASSERTIONS, ("assertion_id",), ("valid_from", "valid_to"))
_LINKS = _Spec(LINKS, ("from_incident_id", "to_incident_id", "kind"))
_PLACES = _Spec(PLACES, ("place_id",))
_AXES = _Spec(AXES, ("axis_id", "place_id"))
_TO_PLACE = _Spec(
    tuple(replace(c, required=False) for c in INCIDENTS),
    ("incident_id",),
    ("date_start", "date_end"),
    PLACING,
)


def read_incidents(
    source: Path | bytes, limits: Limits | None = None, *, require_id: bool = True
) -> Table:
    """Read a table of incidents in the columns of ``incidents.csv``.

    Parameters
    ----------
    source
        A path or the bytes themselves.
    limits
        Bounds on size, rows, cells and the faults told.
    require_id
        True for the ledger: ids, dates, country and category must be there.  False for a table
        that is only to be placed: one of location_text, place, route_from or latitude with
        longitude is enough, missing ids become ``row-<line>``, and a fault outside
        :data:`PLACING` is told but empties only its cell.

    Raises
    ------
    InputError
        When no row can be read: not a UTF-8 table, or a needed column is missing.  It carries
        the faults of the rows too.
    """
    if require_id:
        return _read(source, _INCIDENTS, limits or Limits())
    table = _read(source, _TO_PLACE, limits or Limits())
    made_up = "row-" + table.frame.index.astype("str").to_series(index=table.frame.index)
    ids = table.frame["incident_id"]
    return replace(table, frame=table.frame.assign(incident_id=ids.where(ids != "", made_up)))


def read_claims(source: Path | bytes, limits: Limits | None = None) -> Table:
    """Read claims in the columns of ``claims.csv``; see :func:`read_incidents`."""
    return _read(source, _CLAIMS, limits or Limits())


def read_assertions(source: Path | bytes, limits: Limits | None = None) -> Table:
    """Read road assertions in the columns of ``road_control.csv``; see :func:`read_incidents`."""
    return _read(source, _ASSERTIONS, limits or Limits())


def read_links(source: Path | bytes, limits: Limits | None = None) -> Table:
    """Read links in the columns of ``links.csv``; see :func:`read_incidents`."""
    return _read(source, _LINKS, limits or Limits())


def read_places(source: Path | bytes, limits: Limits | None = None) -> Table:
    """Read a gazetteer in the columns of ``places.csv``; see :func:`read_incidents`."""
    return _read(source, _PLACES, limits or Limits())


def read_axes(source: Path | bytes, limits: Limits | None = None) -> Table:
    """Read the chains of roads in the columns of ``axes.csv``; see :func:`read_incidents`."""
    return _read(source, _AXES, limits or Limits())


def _read(source: Path | bytes, spec: _Spec, limits: Limits) -> Table:
    log = FaultLog(limits.max_faults)
    sheet = read_sheet(source, {c.name for c in spec.columns}, limits, log)
    missing = _missing(sheet.header, spec)
    lines = pd.Index(sheet.lines, dtype="int64", name="row")
    cells, mended = _columns(sheet, limits, log)
    raw = pd.DataFrame({name: pd.Series(c, lines, dtype="str") for name, c in cells.items()}, lines)

    bad = np.zeros(len(lines), dtype=bool)
    for rows in mended.values():
        bad |= rows
    values: dict[str, Values] = {}
    for column in spec.columns:
        if column.name in cells:
            found, wrong = _parse(column, cells[column.name])
            for i in np.flatnonzero(wrong & ~mended[column.name]).tolist():
                log.add(int(lines[i]), column.name, found[i])
            found[wrong] = column.default or None
            values[column.name] = found
            if spec.decisive is None or column.name in spec.decisive:
                bad |= wrong
        elif column.default:
            values[column.name] = [column.default] * len(lines)
    frame = _relations(typed(spec.columns, values, lines), raw, spec, log, bad)
    if missing:
        raise InputError([*missing, *log.faults(sheet.header)])
    known = {c.name for c in spec.columns}
    kept = [name for name in raw.columns if name not in known]
    whole = frame.join(raw[kept]) if kept else frame
    return Table(whole[~bad], raw, tuple(log.faults(sheet.header)))


def _missing(header: list[str], spec: _Spec) -> list[Fault]:
    faults = []
    for column in spec.columns:
        if column.required and column.name not in header:
            meant = nearest(column.name, [name for name in header if name])
            text = (
                message(
                    "The column {name} is missing. Is it the one called “{meant}”? Rename it.",
                    name=column.name,
                    meant=meant,
                )
                if meant
                else message("The column {name} is missing. Add it.", name=column.name)
            )
            faults.append(Fault(1, column.name, text))
    if spec.decisive and not any(set(header).issuperset(names) for names in _WHERE):
        text = message(
            "No column says where: add location_text, place, route_from, or latitude and longitude."
        )
        faults.append(Fault(1, None, text))
    return faults


def _columns(
    sheet: Sheet, limits: Limits, log: FaultLog
) -> tuple[dict[str, NDArray[np.object_]], dict[str, Rows]]:
    """Return the cells by column, and which of them were unreadable or too long.

    Those are told and replaced by what can be shown.
    """
    by_name: dict[str, NDArray[np.object_]] = {}
    mended: dict[str, Rows] = {}
    transposed = zip(*sheet.rows, strict=True) if sheet.rows else ([] for _ in sheet.header)
    for position, (name, column) in enumerate(zip(sheet.header, transposed, strict=True), start=1):
        label = name or f"#{position}"
        cells = np.array([*column, None], dtype=object)[:-1]
        rows = np.zeros(len(cells), dtype=bool)
        if UNWRITABLE.search("".join(column)):
            for i in [i for i, cell in enumerate(cells) if UNWRITABLE.search(cell)]:
                log.add(sheet.lines[i], label, _unreadable(cells[i]))
                cells[i] = UNWRITABLE.sub("\ufffd", cells[i])
                rows[i] = True
        for i in [i for i, cell in enumerate(cells) if len(cell) > limits.max_cell]:
            text = message(
                "The cell has {found} characters; at most {limit} are taken. Shorten it.",
                found=len(cells[i]),
                limit=limits.max_cell,
            )
            log.add(sheet.lines[i], label, text)
            cells[i] = cells[i][: limits.max_cell]
            rows[i] = True
        by_name[label], mended[label] = cells, rows
    return by_name, mended


def _unreadable(cell: str) -> Message:
    found = UNWRITABLE.search(cell)
    code = ord(found.group()) if found else 0
    if code == 0:
        return message("The cell contains a NUL byte. The file is damaged: export it again.")
    byte = code - 0xDC00
    looks = bytes([byte & 0xFF]).decode("cp1252", errors="replace")
    return message(
        "The byte 0x{byte} is not UTF-8 (“{looks}” if the file is Windows-1252). Save the file "
        "as “CSV UTF-8” and try again.",
        byte=f"{byte & 0xFF:02X}",
        looks=looks,
    )


def _parse(column: Column, cells: NDArray[np.object_]) -> tuple[NDArray[np.object_], Rows]:
    """Return the values of a column and which are faults; each distinct text is parsed once."""
    codes, texts = pd.factorize(cells)
    values = np.empty(len(texts), dtype=object)
    wrong = np.zeros(len(texts), dtype=bool)
    for i, text in enumerate(undefuse(text).strip() for text in texts):
        if text:
            values[i] = parse(text, column)
        elif column.required:
            values[i] = message("The cell is empty; {name} is needed.", name=column.name)
        else:
            values[i] = column.default or None
        wrong[i] = isinstance(values[i], Message)
    return values[codes], wrong[codes]


def _relations(
    frame: pd.DataFrame, raw: pd.DataFrame, spec: _Spec, log: FaultLog, bad: Rows
) -> pd.DataFrame:
    """Check what columns say about each other; return the frame with what follows filled in."""
    strict = spec.decisive is None
    if spec.period:
        checks.period(frame, spec.period, log, bad, strict=strict)
        start, end = spec.period
        if start == "date_start":
            frame[end] = frame[end].fillna(frame[start])
    if spec.columns is CLAIMS:
        checks.ascending(frame, log, bad)
    if "latitude" in frame:
        checks.coordinates(frame, raw, log, bad)
    repeated = checks.unique(raw, spec.key, log)
    if strict:
        bad |= repeated
    else:
        frame.loc[repeated, list(spec.key)] = ""
    return frame


__all__ = [
    "PLACING", "IncidentTable", "Limits", "Table", "read_assertions", "read_axes", "read_claims",
    "read_incidents", "read_links", "read_places",
]  # fmt: skip
