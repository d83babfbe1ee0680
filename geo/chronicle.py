"""One incident over its days: when it happened, when what is claimed of it was said and known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from geo.claims import rating, superseded
from geo.columns import iso_day
from geo.snapshot import Snapshot
from geo.summary import claims_of

_SAME = ["field", "low", "best", "high", "unit_group", "stated_by", "stated_on", "stage"]


@dataclass(frozen=True, slots=True)
class Told:
    """One figure of one speaker, once however many pages tell it.

    Parameters
    ----------
    field, unit_group, stated_by
        Codes: what is counted, of whom, according to whom.
    low, best, high
        As stated; ``None`` where the speaker said none.
    stated_on
        When it was said, where the page dates that apart from itself: a day, a month or a year.
    known
        The days on which pages told it, in order; true where such a day is assumed.
    publishers, ratings
        Of these pages, each once.
    stage, replaced
        What its speaker called it, and whether another figure on the same page stands in its
        place (:func:`geo.claims.superseded`).
    """

    field: str
    unit_group: str
    stated_by: str
    low: int | None
    best: int | None
    high: int | None
    stated_on: str
    known: tuple[tuple[date, bool], ...]
    publishers: tuple[str, ...]
    ratings: tuple[str, ...]
    stage: str
    replaced: bool

    @property
    def said_on(self) -> date | None:
        """The day on which it was said, where that is told to the day."""
        return iso_day(self.stated_on)

    @property
    def ends(self) -> tuple[int | None, int | None]:
        """The least and the most that it says; ``None`` where it leaves that open.

        "At least 32" is ``(32, None)``, "up to 50" is ``(None, 50)``, "25" is ``(25, 25)``.
        """
        if self.high is None and self.best in {None, self.low}:
            return (self.low, None)
        least = self.low if self.low is not None else self.best
        return (least, self.high if self.high is not None else self.best)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that it has."""
        return (*([self.said_on] if self.said_on else []), *(day for day, _ in self.known))


def told(snapshot: Snapshot, incident_id: str) -> tuple[Told, ...]:
    """Return what is claimed of an incident, by what is counted, the first known first.

    Parameters
    ----------
    snapshot
        What was known.
    incident_id
        The incident.

    Returns
    -------
    tuple of Told
        Empty for an incident of which nothing is claimed.
    """
    claims = claims_of(snapshot, incident_id)
    alike = claims.assign(replaced=superseded(claims)).groupby(
        [*_SAME, "replaced"], sort=False, dropna=False
    )
    return tuple(_of(rows) for _, rows in alike)


def _of(rows: pd.DataFrame) -> Told:
    first: Any = rows.iloc[0]
    stated = (first[name] for name in ("low", "best", "high"))
    low, best, high = (None if pd.isna(figure) else int(figure) for figure in stated)
    days = zip(rows["known_on"].dt.date, ~rows["published_on"].map(_whole), strict=True)
    return Told(
        field=first["field"],
        unit_group=first["unit_group"],
        stated_by=first["stated_by"],
        low=low,
        best=best,
        high=high,
        stated_on=first["stated_on"],
        known=tuple(sorted(set(days))),
        publishers=tuple(dict.fromkeys(name for name in rows["publisher"] if name)),
        ratings=tuple(dict.fromkeys(code for row in rows.itertuples() if (code := rating(row)))),
        stage=first["stage"],
        replaced=bool(first["replaced"]),
    )


def _whole(published_on: str) -> bool:
    return iso_day(published_on) is not None
