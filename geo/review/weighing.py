"""Which claims of a draft the ledger takes, and which it leaves out because they stand in it.

A claim that the same publisher made before, with the same figures and the same voice, is not added
a second time (``docs/review.md``, R5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from geo.columns import CLAIMS
from geo.review.records import DraftItem, Source
from geo.store.lines import Line, bodies, encode, standing


class Fate(StrEnum):
    """What becomes of a claim."""

    ADDED = "added"
    EARLIER = "earlier"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim of a draft beside those of the ledger.

    Parameters
    ----------
    line
        What would be appended; ``entity_id`` is that of the ledger's claim where it says the same.
    fate
        ``added``: new to the ledger.  ``earlier``: it stands there, but known from a later day, so
        it is said again with the earlier one.  ``held``: it stands there, and nothing is appended.
    """

    line: Line
    fate: Fate


def weigh(lines: Sequence[Line], held: pd.DataFrame, taken: set[str]) -> Iterator[Weighed]:
    """Yield what becomes of the claims of one draft, in their order.

    Parameters
    ----------
    lines
        Its claims about one incident, ids not yet told apart from those of the ledger.
    held
        All lines of the ledger about that incident's claims.
    taken
        Ids of claims that are in use besides; new ones are added to it.
    """
    taken |= set(held["entity_id"])
    # The last is the earliest: what is kept of those that say the same.
    now = standing(held).sort_values("known_on", ascending=False)
    days = zip(now["entity_id"], now["known_on"].dt.date, strict=True)
    said = dict(zip(map(_said, bodies(CLAIMS, now)), days, strict=True)) if len(now) else {}
    for line in lines:
        entity, known_on = said.get(_said(line.body), ("", date.max))
        if entity:
            fate = Fate.HELD if known_on <= line.known_on else Fate.EARLIER
            yield Weighed(replace(line, entity_id=entity), fate)
            continue
        stem, _, number = line.entity_id.rpartition(":")
        entity, nth = line.entity_id, int(number)
        while entity in taken:
            nth += 1
            entity = f"{stem}:{nth}"
        taken.add(entity)
        yield Weighed(replace(line, entity_id=entity), Fate.ADDED)


def stated_already(item: DraftItem, source: Source, assertions: pd.DataFrame) -> tuple[str, ...]:
    """Return the statements of the ledger that say what a drafted one says, of one publisher.

    Parameters
    ----------
    item
        A drafted statement about a road.
    source
        Of its report.
    assertions
        Lines of the ledger (``LedgerFrames.assertions``).

    Returns
    -------
    tuple of str
        Ids of those that stand, with the same publisher, kind, actor and stretch, whichever end
        of it is named first.
    """
    cells = item.cells
    if not source.publisher:
        return ()
    held = standing(assertions[(assertions["publisher"] == source.publisher).to_numpy()])
    ends = {cells.get("axis_from", ""), cells.get("axis_to", "")}
    rows: Any = held.itertuples()
    return tuple(
        row.assertion_id
        for row in rows
        if row.kind == cells.get("kind")
        and row.actor == cells.get("actor", "")
        and {row.axis_from, row.axis_to} == ends
    )


_SAME = ("field", "low", "best", "high", "unit_group", "stated_by", "publisher")


def _said(body: Mapping[str, Any]) -> str:
    """Return a claim as it is compared: what it says, who says it, where it was read."""
    return encode({name: body[name] for name in _SAME if body.get(name) not in (None, "")})
