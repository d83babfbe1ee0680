"""The columns of the frames: what each one holds, which are required, which words they may take.

One table of columns serves the readers (:mod:`geo.exchange.tables`), the ledger's bodies and the
frames that come back from it, so that a column is described once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.records import AssertionKind, Attribution, Category, DatePrecision, GeoPrecision

Values = Sequence[Any] | NDArray[np.object_]


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    COUNTRY = "country"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    WHOLE = "whole"
    NUMBER = "number"
    TRUTH = "truth"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"


DTYPES: dict[Kind, Any] = {
    Kind.TEXT: "str",
    Kind.COUNTRY: "str",
    Kind.DATE: "datetime64[us]",
    Kind.PARTIAL_DATE: "str",
    Kind.WHOLE: "Int64",
    Kind.NUMBER: "float64",
    Kind.TRUTH: "boolean",
    Kind.LATITUDE: "float64",
    Kind.LONGITUDE: "float64",
}
"""The pandas dtype of each kind.  Empty text is ``""``, never NA; an absent number is NA or NaN.

An absent truth is NA: nobody says, which is neither yes nor no (`affirmed`).
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Its header.
    kind
        What its cells hold.
    required
        True when a line without it means nothing: the column must be there and its cells filled.
    allowed
        The words that a cell may take; empty when it may take any.
    default
        What an empty cell of a code stands for.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    allowed: tuple[str, ...] = ()
    default: str = ""


def _words(codes: Iterable[StrEnum]) -> tuple[str, ...]:
    return tuple(code.value for code in codes)


TARGETS = (
    "army", "un", "officials", "convoy_escorted", "bus", "truck", "ngo", "militia", "civilians",
    "armed_group", "none",
)  # fmt: skip
CLAIM_FIELDS = (
    "killed", "injured", "missing", "abducted", "casualties", "survivors", "vehicles_destroyed",
    "vehicles_hit", "vehicles_taken", "villages_burned", "blockade",
)  # fmt: skip
UNIT_GROUPS = (
    "civilians", "military", "security_forces", "peacekeepers", "un", "ngo", "wagner", "militia",
    "officials", "assailants", "armed_group", "all", "part_of_total",
)  # fmt: skip
CLAIMANTS = (
    "army", "government", "local_official", "security_source", "local_source",
    "independent_sources", "media", "un", "ngo", "hospital", "police", "bus_company", "embassy",
    "church", "union", "company", "group", "witness", "analyst",
)  # fmt: skip
RELATIONS = ("confirms", "contradicts")
LINK_KINDS = ("retaliation", "follow_up", "same_campaign", "possible_duplicate")

PLACE_KINDS = (
    "city", "town", "village", "bridge", "camp", "mine", "border_post", "region", "other",
)  # fmt: skip

LETTERS, FIGURES = ("A", "B", "C", "D", "E", "F"), ("1", "2", "3", "4", "5", "6")
STAGES = ("provisional",)
# Not in the starter files: the Admiralty code where the default by who states it does not do, the
# words that a statement rests on, and the report of the library that they stand in.
_REVIEWED = (
    Column("reliability", allowed=LETTERS),
    Column("credibility", allowed=FIGURES),
    Column("quote"),
    Column("report_id"),
)
INCIDENTS = (
    Column("incident_id", required=True),
    Column("date_start", Kind.DATE, required=True),
    Column("date_end", Kind.DATE),
    Column("date_precision", allowed=_words(DatePrecision), default=DatePrecision.DAY),
    Column("country", Kind.COUNTRY, required=True),
    Column("admin1"),
    Column("place"),
    Column("location_text"),
    Column("route_from"),
    Column("route_to"),
    Column("km_from", Kind.NUMBER),
    Column("km_from_place"),
    Column("geo_precision", allowed=_words(GeoPrecision)),
    Column("category", required=True, allowed=_words(Category)),
    Column("ied", Kind.TRUTH),
    Column("perpetrator"),
    Column("perpetrator_attribution", allowed=_words(Attribution), default=Attribution.UNKNOWN),
    Column("target", allowed=TARGETS),
    Column("summary"),
    Column("note"),
    # Not in the starter files, but other people's tables have them and they must not be lost.
    Column("latitude", Kind.LATITUDE),
    Column("longitude", Kind.LONGITUDE),
    Column("report_id"),
)
CLAIMS = (
    Column("incident_id", required=True),
    Column("field", required=True, allowed=CLAIM_FIELDS),
    Column("low", Kind.WHOLE),
    Column("best", Kind.WHOLE),
    Column("high", Kind.WHOLE),
    Column("unit_group", allowed=UNIT_GROUPS, default="all"),
    Column("stated_by", required=True, allowed=CLAIMANTS),
    Column("publisher"),
    Column("published_on", Kind.PARTIAL_DATE),
    Column("url"),
    # When it was said, where the page dates that apart from itself; what its speaker calls it.
    Column("stated_on", Kind.PARTIAL_DATE),
    Column("stage", allowed=STAGES),
    *_REVIEWED,
)
ASSERTIONS = (
    Column("assertion_id", required=True),
    Column("country", Kind.COUNTRY, required=True),
    Column("axis_from", required=True),
    Column("axis_to", required=True),
    Column("road"),
    Column("kind", required=True, allowed=_words(AssertionKind)),
    Column("actor"),
    Column("affected"),
    Column("amount_text"),
    Column("valid_from", Kind.DATE),
    Column("valid_to", Kind.DATE),
    Column("date_precision", allowed=_words(DatePrecision)),
    Column("stated_by"),
    Column("publisher"),
    Column("published_on", Kind.PARTIAL_DATE),
    Column("url"),
    Column("summary"),
    # Not in the starter files: what one analyst says of another's statement.
    Column("relation", allowed=RELATIONS),
    Column("relates_to"),
    *_REVIEWED,
)
LINKS = (
    Column("from_incident_id", required=True),
    Column("to_incident_id", required=True),
    Column("kind", required=True, allowed=LINK_KINDS),
    Column("stated_by"),
    Column("url"),
    Column("note"),
)
PLACES = (
    Column("place_id", required=True),
    Column("name", required=True),
    Column("variants"),
    Column("country", Kind.COUNTRY, required=True),
    Column("adm1"),
    Column("adm2"),
    Column("kind", required=True, allowed=PLACE_KINDS),
    Column("latitude", Kind.LATITUDE, required=True),
    Column("longitude", Kind.LONGITUDE, required=True),
    Column("coord_source"),
    Column("coord_accuracy_km", Kind.NUMBER, required=True),
    Column("note"),
)
AXES = (
    Column("axis_id", required=True),
    Column("ref"),
    Column("name"),
    Column("seq", Kind.WHOLE, required=True),
    Column("place_id", required=True),
    Column("km", Kind.NUMBER, required=True),
    Column("km_method", required=True, allowed=("measured", "estimated")),
)

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE_MAX = 2**53
# NUL and halves of surrogate pairs: a database or UTF-8 cannot hold them.
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def iso_day(text: str) -> date | None:
    """Return the day that ``text`` writes as 2025-02-07, ``None`` when it is none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def fits(value: object, kind: Kind) -> bool:
    """Return whether a value may stand in a column of ``kind``; dates are ISO text."""
    dtype = DTYPES[kind]
    if kind is Kind.TRUTH:
        return isinstance(value, bool)
    if dtype == "str":
        return isinstance(value, str) and not UNWRITABLE.search(value)
    if kind is Kind.DATE:
        return isinstance(value, str) and iso_day(value) is not None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    if kind is Kind.WHOLE:
        return isinstance(value, int) and abs(value) < _WHOLE_MAX
    return math.isfinite(value)


def column(name: str, values: Values, kind: Kind, index: pd.Index | None = None) -> pd.Series:
    """Return ``values`` as a series of the dtype that ``kind`` stands for.

    Parameters
    ----------
    name
        Name of the series.
    values
        ``None`` for an empty cell; dates as ISO text.
    kind
        What the values are.
    index
        Index of the series.

    Returns
    -------
    pandas.Series
        Empty text is ``""``, other absent values are NA.
    """
    if kind is Kind.DATE:
        text = pd.Series(values, index=index, name=name, dtype="str")
        days: pd.Series = pd.to_datetime(text, format="%Y-%m-%d").astype(DTYPES[kind])
        return days
    series = pd.Series(values, index=index, name=name, dtype=object)
    dtype = DTYPES[kind]
    if dtype == "str":
        return series.astype("str").fillna("")
    if kind is Kind.TRUTH:
        return series.astype("boolean")
    numbers: pd.Series = series.astype("Float64").astype(dtype)
    return numbers


def affirmed(truths: pd.Series) -> NDArray[np.bool_]:
    """Return which truths are a stated yes; where nobody says, nothing is taken as stated.

    Parameters
    ----------
    truths
        A column of `Kind.TRUTH`.
    """
    return np.asarray(truths.to_numpy(dtype=bool, na_value=False), dtype=bool)


def typed(columns: Iterable[Column], data: Mapping[str, Values], index: pd.Index) -> pd.DataFrame:
    """Return a frame of ``columns`` in their order and dtypes.

    Parameters
    ----------
    columns
        The table of columns.
    data
        Values by column name; an absent column is filled with empty cells.
    index
        Index of the frame, as long as each column.
    """
    empty = [None] * len(index)
    return pd.DataFrame(
        {c.name: column(c.name, data.get(c.name, empty), c.kind, index) for c in columns},
        index=index,
    )
