"""The status of a way and what it rests on, as plain values for programs and for printing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from geo.atlas import Atlas
from geo.roads.changes import near
from geo.roads.evidence import Evidence
from geo.roads.policy import load_policy
from geo.roads.referencing import chainage
from geo.roads.timeline import Role, roles
from geo.roads.wording import describe, named

_LAST = ("last_evidence", "last_control", "last_tax", "last_passage", "last_agreement")
_TOLD = (
    "kind", "actor", "affected", "amount_text", "stated_by", "publisher", "published_on", "url",
    "summary",
)  # fmt: skip


def segment(row: Any, land: Atlas) -> dict[str, Any]:
    """Return a segment of a way as plain values.

    Parameters
    ----------
    row
        A row of `geo.roads.along.along` as a named tuple.
    land
        Places and axes.

    Returns
    -------
    dict
        Road, chainage and kilometres, a sentence, and by subject (control, tax, passage, agreement)
        what stands, its confidence, when it was last confirmed and by which assertion.
    """
    axis, places = land.axes[row.axis_id], land.gazetteer.places
    return {
        "axis_id": row.axis_id,
        "road": named(axis),
        "from_m": row.enter_m,
        "to_m": row.leave_m,
        "pk_from": chainage(row.enter_m),
        "pk_to": chainage(row.leave_m),
        "near_from": str(near(axis, row.enter_m, places)),
        "near_to": str(near(axis, row.leave_m, places)),
        "km_from": round(row.km_from, 3),
        "km_to": round(row.km_to, 3),
        "sentence": str(describe(row)),
        "control": {
            "by": list(row.controlled_by),
            "confidence": round(row.control_confidence, 3),
            "last_confirmed": _day(row.control_confirmed),
            "contested": row.control_contested,
            "last_evidence": row.last_control or None,
        },
        "tax": {
            "by": list(row.taxed_by),
            "amounts": list(row.tax_amounts),
            "confidence": round(row.tax_confidence, 3),
            "last_confirmed": _day(row.tax_confirmed),
            "last_evidence": row.last_tax or None,
        },
        "passage": {
            "status": row.passage,
            "since": _day(row.passage_since),
            "affected": list(row.affected),
            "reopened_for": list(row.reopened_for),
            "under_agreement": row.under_agreement,
            "confidence": round(row.passage_confidence, 3),
            "last_confirmed": _day(row.passage_confirmed),
            "contested": row.passage_contested,
            "last_evidence": row.last_passage or None,
        },
        "agreement": {
            "with": list(row.agreement_with),
            "confidence": round(row.agreement_confidence, 3),
            "last_confirmed": _day(row.agreement_confirmed),
            "last_evidence": row.last_agreement or None,
        },
        "contested": row.contested,
        "assumed": row.assumed,
        "stale": row.stale,
        "last_confirmed": _day(row.last_confirmed),
        "last_evidence": row.last_evidence or None,
        "assertion_ids": list(row.assertion_ids),
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else str(day)


def statements(
    evidence: Evidence, rows: pd.DataFrame, on: dt.date, known_on: dt.date
) -> list[dict[str, Any]]:
    """Return what the status of a way rests on, as plain values.

    Parameters
    ----------
    evidence
        Of the ledger's lines.
    rows
        Of `geo.roads.along.along`.
    on, known_on
        The days it was asked for.

    Returns
    -------
    list of dict
        By id: the statements that stand, the last one of each subject, and the undated ones, which
        hold on no day; each with its role (`geo.roads.timeline.Role`), confidence, age and source.
    """
    told = {i for ids in rows["assertion_ids"] for i in ids}
    told |= {i for name in _LAST for i in rows[name] if i}
    lines = evidence.statements.frame
    found: dict[str, dict[str, Any]] = {}
    for _leg, part in rows.groupby("leg"):
        asked: Any = roles(
            evidence, part["axis_id"].iloc[0], on, known_on,
            from_m=part["measure_from_m"].min(), to_m=part["measure_to_m"].max(),
        )  # fmt: skip
        for row in asked.itertuples():
            before = found.get(row.assertion_id)
            wanted = row.assertion_id in told or row.role == Role.UNDATED
            # What stands on one road of the way may be ended on another.
            if wanted and (before is None or row.role == Role.STANDS):
                found[row.assertion_id] = _statement(row, lines.loc[row.Index])
    return [found[assertion_id] for assertion_id in sorted(found)]


def _statement(row: Any, own: pd.Series) -> dict[str, Any]:
    grade = load_policy().reliability.grade(
        str(own["stated_by"]), str(own["reliability"]), str(own["credibility"])
    )
    return {
        "assertion_id": row.assertion_id,
        "role": str(row.role),
        "confidence": round(row.confidence, 3),
        "age_days": None if pd.isna(row.age_days) else int(row.age_days),
        "reliability": grade.code,
        "because": grade.because,
        **{name: str(own[name]) for name in _TOLD},
        "valid_from": _stamp(own["valid_from"]),
        "valid_to": _stamp(own["valid_to"]),
        "known_on": _stamp(own["known_on"]),
        "known_assumed": bool(own["known_assumed"]),
    }


def _stamp(day: Any) -> str | None:
    return None if pd.isna(day) else f"{day:%Y-%m-%d}"
