"""The records of a review as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from geo.i18n import Message
from geo.reports.records import Evidence
from geo.review.records import DraftItem, DraftKind, Reading, Remark, Source, Stated

Plain = dict[str, Any]
_DATE, _MESSAGE = "date", "message"


def item_as_plain(item: DraftItem) -> Plain:
    """Return a draft as plain values."""
    return asdict(item)


def item_from_plain(told: Mapping[str, Any]) -> DraftItem:
    """Return a draft that `item_as_plain` wrote."""
    return DraftItem(
        told["key"],
        DraftKind(told["kind"]),
        dict(told["cells"]),
        tuple(Stated(dict(one["cells"]), _evidence(one["evidence"])) for one in told["claims"]),
        _evidence(told["evidence"]),
    )


def source_as_plain(source: Source) -> Plain:
    """Return a source as plain values."""
    return asdict(source)


def source_from_plain(told: Mapping[str, Any]) -> Source:
    """Return a source that `source_as_plain` wrote."""
    lists = {name: tuple(told.get(name, ())) for name in ("locations", "topics")}
    return Source(**{**told, **lists})


def reading_as_plain(reading: Reading) -> Plain:
    """Return a reading as plain values; its sentences keep their fields, to be translated later."""
    return {
        "items": [item_as_plain(item) for item in reading.items],
        "warnings": [_remark_as_plain(remark) for remark in reading.warnings],
        "areas": [_remark_as_plain(remark) for remark in reading.areas],
    }


def reading_from_plain(told: Mapping[str, Any]) -> Reading:
    """Return a reading that `reading_as_plain` wrote."""
    return Reading(
        tuple(item_from_plain(one) for one in told["items"]),
        tuple(_remark_from_plain(one) for one in told["warnings"]),
        tuple(_remark_from_plain(one) for one in told["areas"]),
    )


def _evidence(told: list[Plain]) -> tuple[Evidence, ...]:
    return tuple(Evidence(one["start"], one["end"], one["quote"]) for one in told)


def _remark_as_plain(remark: Remark) -> Plain:
    return {
        "message": _value_as_plain(remark.message), "about": remark.about,
        "evidence": [asdict(one) for one in remark.evidence],
    }  # fmt: skip


def _remark_from_plain(told: Plain) -> Remark:
    said: Message = _value_from_plain(told["message"])
    return Remark(said, told["about"], _evidence(told["evidence"]))


def _value_as_plain(value: Any) -> Any:
    if isinstance(value, Message):
        fields = {name: _value_as_plain(one) for name, one in value.values.items()}
        return {_MESSAGE: value.text, "values": fields, "many": value.many, "count": value.count}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    return value if isinstance(value, (int, float, bool)) or value is None else str(value)


def _value_from_plain(told: Any) -> Any:
    if isinstance(told, Mapping) and _MESSAGE in told:
        fields = {name: _value_from_plain(one) for name, one in told["values"].items()}
        return Message(told[_MESSAGE], fields, told["many"], told["count"])
    if isinstance(told, Mapping) and _DATE in told:
        return date.fromisoformat(told[_DATE])
    return told
