"""A road assertion as somebody types it, checked and made ready to be appended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from geo.columns import ASSERTIONS, typed
from geo.i18n import message
from geo.records import DatePrecision, Fault, InputError
from geo.store.cells import fault, values_of
from geo.store.knowledge import assertions_known
from geo.store.lines import Line, LineKind, standing, to_lines

_NAMES = tuple(column.name for column in ASSERTIONS)
_ABOUT_THE_STRETCH = ("country", "axis_from", "axis_to", "road", "affected")
_NUMBERED = re.compile(r"RC-[A-Z]{2}-(\d+)")


class Act(StrEnum):
    """What a draft does."""

    ADD = "add"
    SUPERSEDE = "supersede"
    CONFIRM = "confirm"
    CONTRADICT = "contradict"
    RETRACT = "retract"


_RELATION = {Act.CONFIRM: "confirms", Act.CONTRADICT: "contradicts"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to record, as typed.

    Parameters
    ----------
    act
        What it does.
    cells
        Text by column of :data:`geo.columns.ASSERTIONS`.  To supersede, only what changes; to
        confirm or contradict, what is not given about the stretch is that of ``about`` (of a
        confirmation also kind and actor); to retract, ``summary``: the reason.  Without
        ``assertion_id`` an added one gets the next number of its country.
    about
        Id of the assertion that it supersedes, confirms, contradicts or withdraws.
    """

    act: Act
    cells: Mapping[str, str] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft without faults.

    Parameters
    ----------
    line
        What would be appended.
    record
        Its columns and ``known_on`` and ``known_assumed``, one row; empty for a withdrawal.
    replaces
        Id of the assertion whose last line stops to count; empty when none does.
    """

    line: Line
    record: pd.DataFrame
    replaces: str


def prepare(draft: Draft, assertions: pd.DataFrame, recorded_on: date) -> Prepared:
    """Check a draft and return the line that it would append.

    Parameters
    ----------
    draft
        As typed.
    assertions
        Lines of the ledger (``LedgerFrames.assertions``) or of a snapshot.
    recorded_on
        Day of the recording (UTC).

    Raises
    ------
    InputError
        With every fault of the draft, by column.
    """
    faults: list[Fault] = []
    held = standing(assertions).set_index("assertion_id", drop=False)
    about = _about(draft, held, faults)
    if draft.act is Act.RETRACT:
        reason = draft.cells.get("summary", "").strip()
        if not reason:
            faults.append(fault("summary", message("Say why it is withdrawn.")))
        if faults:
            raise InputError(faults)
        body = {"assertion_id": draft.about, "summary": reason}
        line = Line(LineKind.ASSERTION, draft.about, recorded_on, body=body, retracted=True)
        return Prepared(line, assertions.iloc[:0], draft.about)
    cells = _cells(draft, about, assertions)
    values = values_of(cells, ASSERTIONS, faults, needed=("stated_by",))
    faults += _faults_together(values, recorded_on)
    faults += _faults_of_ids(draft, values, held, set(assertions["assertion_id"]))
    if faults:
        raise InputError(faults)
    frame = typed(ASSERTIONS, {n: [v] for n, v in values.items()}, pd.RangeIndex(1))
    known = assertions_known(frame, recorded_on)
    (line,) = to_lines(LineKind.ASSERTION, frame, known, frame["valid_from"], frame["valid_to"])
    record = frame.assign(known_on=known.on, known_assumed=known.assumed)
    return Prepared(line, record, draft.about if draft.act is Act.SUPERSEDE else "")


def _about(draft: Draft, held: pd.DataFrame, faults: list[Fault]) -> pd.Series | None:
    """Return the assertion that a draft is about."""
    if draft.act is Act.ADD:
        return None
    if not draft.about.strip():
        faults.append(fault("about", message("Say which assertion it is about.")))
        return None
    if draft.about not in held.index:
        text = message(
            "There is no assertion {id} in the ledger, or it was withdrawn. Mend the id.",
            id=draft.about,
        )
        faults.append(fault("about", text))
        return None
    return held.iloc[held.index.tolist().index(draft.about)]


def _cells(draft: Draft, about: pd.Series | None, assertions: pd.DataFrame) -> dict[str, str]:
    """Return the cells as typed, filled up from the assertion that the draft is about."""
    cells: dict[str, str] = {}
    if about is not None:
        taken = {
            Act.SUPERSEDE: _NAMES,
            Act.CONFIRM: (*_ABOUT_THE_STRETCH, "kind", "actor"),
            Act.CONTRADICT: _ABOUT_THE_STRETCH,
        }[draft.act]
        cells = {name: _text(about[name]) for name in taken}
    cells |= {name: text.strip() for name, text in draft.cells.items()}
    if draft.act is Act.SUPERSEDE:
        cells["assertion_id"] = draft.about
    elif draft.act in _RELATION:
        cells |= {"relation": _RELATION[draft.act], "relates_to": draft.about}
    if not cells.get("assertion_id"):
        cells["assertion_id"] = next_id(assertions, cells.get("country", ""))
    if cells.get("valid_from") and not cells.get("date_precision"):
        cells["date_precision"] = DatePrecision.DAY.value
    elif not cells.get("valid_from") and not draft.cells.get("date_precision"):
        cells["date_precision"] = ""
    return cells


def _text(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return "" if pd.isna(value) else str(value)


def next_id(assertions: pd.DataFrame, country: str) -> str:
    """Return the next free id of a country, as ``RC-ML-120``."""
    prefix = f"RC-{country or 'XX'}-"
    taken = [
        int(match[1])
        for text in assertions["assertion_id"].unique()
        if text.startswith(prefix) and (match := _NUMBERED.fullmatch(text))
    ]
    return f"{prefix}{max(taken, default=0) + 1:03}"


def _faults_together(values: Mapping[str, Any], recorded_on: date) -> Iterator[Fault]:
    """Yield what is wrong between cells, and with today."""
    start, end = values.get("valid_from"), values.get("valid_to")
    if start and end and end < start:
        text = message("It ends on {end}, before it begins on {start}. Swap or mend them.",
                       end=end, start=start)  # fmt: skip
        yield fault("valid_to", text)
    if values.get("date_precision") and not start:
        text = message("A precision needs the date that it is about. Say since when it is so.")
        yield fault("date_precision", text)
    published = values.get("published_on", "")
    if published and published > f"{recorded_on:%Y-%m-%d}"[: len(published)]:
        text = message("{day} has not come yet. When was it published?", day=published)
        yield fault("published_on", text)
    if values.get("relation") and not values.get("relates_to"):
        text = message("Say which assertion it {relation}.", relation=values["relation"])
        yield fault("relates_to", text)


def _faults_of_ids(
    draft: Draft, values: Mapping[str, Any], held: pd.DataFrame, taken: set[str]
) -> Iterator[Fault]:
    """Yield what is wrong between a draft and the ledger."""
    own, related = values.get("assertion_id", ""), values.get("relates_to", "")
    if draft.act is not Act.SUPERSEDE and own in taken:
        text = message("{id} is taken. Leave it empty to get the next number.", id=own)
        yield fault("assertion_id", text)
    if related and draft.act not in _RELATION and related not in held.index:
        text = message("There is no assertion {id} in the ledger.", id=related)
        yield fault("relates_to", text)
