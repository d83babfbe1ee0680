"""The ledger read back as frames: every line, with the day on which each one stops to count."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.json as pa_json  # type: ignore[import-untyped]
from numpy.typing import NDArray

from geo.columns import DTYPES, Kind
from geo.store.lines import COLUMNS, LineKind, empty_frame, standing

_DAY: Any = "datetime64[us]"
_NEVER: Any = np.datetime64("9999-12-31", "us")


@dataclass(frozen=True)
class LedgerFrames:
    """All lines of a ledger at one version, superseded and retracted ones included.

    Each frame has ``line_id`` as its index, ascending, the columns of its kind
    (:mod:`geo.columns`; absent text is ``""``, dates are datetime64) and the clocks:
    ``entity_id``; ``known_on`` and ``known_assumed``; ``recorded_at`` (UTC); ``retracted``;
    ``hidden_on``, the first day on which a later line of the same entity is known
    (9999-12-31: none is).  A line counts on day D when ``known_on <= D < hidden_on`` and it is
    not a retraction.

    Parameters
    ----------
    incidents, claims, assertions, links
        One frame per kind.
    ledger_id
        Identity of the database.
    last_line_id
        Highest number among the lines, 0 for an empty ledger.
    """

    incidents: pd.DataFrame
    claims: pd.DataFrame
    assertions: pd.DataFrame
    links: pd.DataFrame
    ledger_id: str
    last_line_id: int

    @property
    def version(self) -> str:
        """What caches are keyed on: changes with every line appended."""
        return version_of(self.ledger_id, self.last_line_id)

    @cached_property
    def _incident_ids(self) -> pd.Index:
        ids: pd.Index = pd.Index(self.incidents["incident_id"].unique())
        return ids

    @cached_property
    def standing_incidents(self) -> pd.DataFrame:
        """The last line of each incident, without the withdrawn ones."""
        return standing(self.incidents)

    def _numbers(self, ids: pd.Series) -> NDArray[np.intp]:
        return np.asarray(self._incident_ids.get_indexer(pd.Index(ids)), dtype=np.intp)

    @cached_property
    def incident_numbers(self) -> dict[str, NDArray[np.intp]]:
        """The incidents that lines are about, as numbers: of ``incidents``, ``claims``, ``links``.

        Comparing numbers is a hundred times faster than comparing ids; a line about an incident
        that is nowhere has −1.  Links have two columns, from and to.
        """
        ends = [self._numbers(self.links[c]) for c in ("from_incident_id", "to_incident_id")]
        return {
            "incidents": self._numbers(self.incidents["incident_id"]),
            "claims": self._numbers(self.claims["incident_id"]),
            "links": np.column_stack(ends),
        }

    def claims_about(self, ids: pd.Series) -> pd.DataFrame:
        """Return every line about the claims on some incidents.

        Parameters
        ----------
        ids
            Of the incidents; those that the ledger has not are passed over.
        """
        # One place more than there are incidents: the last one, False, is what −1 finds.
        wanted = np.zeros(len(self._incident_ids) + 1, dtype=bool)
        wanted[self._numbers(ids)] = True
        wanted[-1] = False
        return self.claims[wanted[self.incident_numbers["claims"]]]


def version_of(ledger_id: str, last_line_id: int) -> str:
    """Return the version string of a ledger with these lines."""
    return f"{ledger_id[:12]}-{last_line_id}"


def _hidden_on(entity_id: pd.Series, known_on: pd.Series) -> pd.Series:
    """Return for each line the first day on which a later line of its entity is known."""
    hidden: pd.Series = pd.Series(_NEVER, known_on.index, dtype=_DAY)
    repeated = entity_id.duplicated(keep=False)
    if repeated.any():
        # From the last line of an entity to its first: the least day met so far, own excluded.
        days = known_on[repeated][::-1]
        entity = entity_id[repeated][::-1]
        least = days.groupby(entity).cummin()
        hidden[repeated] = least.groupby(entity).shift(1).fillna(_NEVER)
    return hidden


_ARROW: dict[Kind, pa.DataType] = {
    Kind.DATE: pa.timestamp("us"),
    Kind.WHOLE: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.LATITUDE: pa.float64(),
    Kind.LONGITUDE: pa.float64(),
    Kind.TRUTH: pa.bool_(),
}
_NULLABLE = {Kind.WHOLE: pd.Int64Dtype(), Kind.TRUTH: pd.BooleanDtype()}
# Arrow's texts as they are: the way over Python's takes as long as reading them.
_TEXT: Any = pd.Series([], dtype="str").dtype
_BLOCK = 1 << 20


def _bodies(kind: LineKind, bodies: Sequence[str], index: pd.Index) -> pd.DataFrame:
    """Return the columns of the bodies; Arrow reads them about three times as fast as ``json``."""
    if not bodies:
        return empty_frame(kind).set_index(index)
    columns = COLUMNS[kind]
    table = pa_json.read_json(
        io.BytesIO("\n".join(bodies).encode()),
        # A block must hold the longest body.
        read_options=pa_json.ReadOptions(block_size=max(_BLOCK, 8 * max(map(len, bodies)))),
        parse_options=pa_json.ParseOptions(
            explicit_schema=pa.schema([(c.name, _ARROW.get(c.kind, pa.string())) for c in columns]),
            unexpected_field_behavior="ignore",
        ),
    )
    filled = {}
    for c in columns:
        values = table.column(c.name)
        if DTYPES[c.kind] == "str":
            values, nullable = values.fill_null(""), _TEXT
        else:
            nullable = _NULLABLE.get(c.kind)
        series = values.to_pandas(types_mapper=lambda _, nullable=nullable: nullable)
        filled[c.name] = series.astype(DTYPES[c.kind]).set_axis(index)
    return pd.DataFrame(filled, index=index)


def decode(kind: LineKind, rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Return the frame of one kind from its rows in the ledger.

    Parameters
    ----------
    kind
        What the bodies hold.
    rows
        ``(kind, line_id, entity_id, known_on, known_assumed, recorded_at, retracted, body)``,
        by ascending ``line_id``; dates and times as the database gives them.
    """
    _, line_id, entity, known, assumed, recorded, retracted, bodies = (
        zip(*rows, strict=True) if rows else ((),) * 8
    )
    index = pd.Index(line_id, dtype="int64", name="line_id")
    frame = _bodies(kind, bodies, index)
    days, stamps = pd.Series(known, index, dtype=object), pd.Series(recorded, index, dtype=object)
    frame["entity_id"] = pd.Series(entity, index, dtype="str")
    frame["known_on"] = pd.to_datetime(days).astype(_DAY)
    frame["known_assumed"] = np.array(assumed, dtype=bool)
    frame["recorded_at"] = pd.to_datetime(stamps, utc=True).dt.as_unit("us")
    frame["retracted"] = np.array(retracted, dtype=bool)
    return with_hidden_on(frame)


def with_hidden_on(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with ``hidden_on`` worked out over all of its lines."""
    return frame.assign(hidden_on=_hidden_on(frame["entity_id"], frame["known_on"]))
