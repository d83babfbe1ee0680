"""When a fact counts as known: the rule for the ledger's second clock.

Every line carries the day from which it counts as known (``known_on``), so that any screen can be
asked "as known on 8 February 2025" without knowing the future.  The rule, in order:

K1.  A claim or an assertion is known on the last day that its ``published_on`` may mean:
     ``2025-02-12`` that day, ``2023-12`` the 31st of December 2023, ``2023`` the last day of 2023;
     a claim with ``stated_on`` (a page tells when somebody else said it) on the last day of that.
K2.  Without ``published_on`` the day is *assumed*: a claim is known at its incident's ``date_end``,
     and not before the first claim about that incident whose day is stated; an assertion on the
     last day that its ``valid_from`` may mean under its ``date_precision`` (day; six days later
     for a week; the end of the month, of the third month for a season, of the year).  An assertion
     with neither date is known on the day it was recorded, never earlier.
K3.  An incident is known from the earliest day of its claims with a *stated* date; if none is
     stated, at its ``date_end``, assumed.
K4.  A link is known from the later of its two incidents' days, assumed if either is, and not
     before the first day that statements read at its address state as their publication.
K5.  Nothing is known before it began (``valid_from``; an incident's ``date_start``), and
     otherwise nothing that stands in the ledger is known later than the day it was recorded.

A day that follows from an assumption is marked ``known_assumed`` and must be shown as such: many
pages carry no date.  The rule errs on the late side for stated days (a month means its last day)
because a day too early would let an analysis see the future.  Worked examples: ``docs/ledger.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

_DTYPE: Any = "datetime64[us]"
_SAME_PAGE = [
    "incident_id", "field", "unit_group", "publisher", "published_on", "url", "report_id",
]  # fmt: skip
_YEAR = len("2023")
_MONTH = len("2023-12")


@dataclass(frozen=True, slots=True)
class Known:
    """Knowledge time of many lines.

    Parameters
    ----------
    on
        Day from which each counts as known, datetime64 without NaT.
    assumed
        True where no source states that day.
    """

    on: pd.Series
    assumed: pd.Series


def last_day(published_on: pd.Series) -> pd.Series:
    """Return the last day that a date of day, month or year precision may mean (K1).

    Parameters
    ----------
    published_on
        Text: ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or empty.

    Returns
    -------
    pandas.Series of datetime64
        NaT where the text is empty.
    """
    length = published_on.str.len()
    padded = published_on.where(length != _YEAR, published_on + "-12-31")
    padded = padded.where(length != _MONTH, published_on + "-01")
    day = pd.to_datetime(padded.where(length > 0), format="%Y-%m-%d").astype(_DTYPE)
    last: pd.Series = day.where(length != _MONTH, day + pd.offsets.MonthEnd(0)).astype(_DTYPE)
    return last


def _last_start(valid_from: pd.Series, precision: pd.Series) -> pd.Series:
    """Return the last day that an assertion's ``valid_from`` may mean (K2)."""
    ends = {
        "week": valid_from + pd.Timedelta(days=6),
        "month": valid_from + pd.offsets.MonthEnd(0),
        "season": valid_from + pd.offsets.MonthEnd(0) + pd.offsets.MonthEnd(2),
        "year": valid_from + pd.offsets.YearEnd(0),
    }
    day = valid_from
    for word, end in ends.items():
        day = day.where(precision != word, end)
    last: pd.Series = day.astype(_DTYPE)
    return last


def _bounded(day: pd.Series, begins: pd.Series, recorded: date) -> pd.Series:
    """Hold ``day`` between the beginning of the fact and the day it was recorded (K5)."""
    today = pd.Timestamp(recorded)
    capped = day.where(day <= today, today)
    bounded: pd.Series = capped.where(~(begins > capped), begins).astype(_DTYPE)
    return bounded


def _with_fallback(
    stated: pd.Series, fallback: pd.Series, begins: pd.Series, recorded: date
) -> Known:
    return Known(_bounded(stated.fillna(fallback), begins, recorded), stated.isna())


def claims_known(
    claims: pd.DataFrame,
    incidents: pd.DataFrame,
    recorded: date,
    first_stated: pd.Series | None = None,
) -> Known:
    """Return when each claim counts as known (K1, K2, K5, K6).

    Parameters
    ----------
    claims
        Of `geo.columns.CLAIMS`: ``published_on``, ``stated_on``, ``stage``, and what tells
        incidents, figures and pages apart.
    incidents
        Columns ``incident_id`` (each once), ``date_start`` and ``date_end``.
    recorded
        Day on which the lines are recorded.
    first_stated
        By incident id, the first stated day of claims that are known besides these.

    Returns
    -------
    Known
        Aligned on ``claims.index``.
    """
    dates = incidents.set_index("incident_id")[["date_start", "date_end"]]
    own = dates.reindex(claims["incident_id"]).set_index(claims.index)
    said = claims["stated_on"]
    stated = last_day(said.where(said != "", claims["published_on"]))
    stated = _before_it_was_replaced(claims, stated)
    days, ids = [stated], [claims["incident_id"]]
    if first_stated is not None:
        days.append(first_stated)
        ids.append(first_stated.index.to_series())
    first = pd.concat(days).groupby(pd.concat(ids).to_numpy()).min()
    told = first.reindex(claims["incident_id"]).set_axis(claims.index).astype(_DTYPE)
    assumed = own["date_end"].where(~(told > own["date_end"]), told)
    return _with_fallback(stated, assumed, own["date_start"], recorded)


def _before_it_was_replaced(claims: pd.DataFrame, stated: pd.Series) -> pd.Series:
    """Return the days, a provisional figure's no later than that of what replaced it (K6)."""
    provisional = claims["stage"] == "provisional"
    page = [claims[name].fillna("") for name in _SAME_PAGE]
    replaced_on = stated.where(~provisional).groupby(page).transform("min")
    late = provisional & (claims["stated_on"] == "") & (replaced_on < stated)
    days: pd.Series = stated.where(~late, replaced_on).astype(_DTYPE)
    return days


def assertions_known(assertions: pd.DataFrame, recorded: date) -> Known:
    """Return when each road assertion counts as known (K1, K2, K5).

    Parameters
    ----------
    assertions
        Columns ``valid_from``, ``date_precision`` and ``published_on``.
    recorded
        Day on which the lines are recorded.

    Returns
    -------
    Known
        Aligned on ``assertions.index``.
    """
    begins = assertions["valid_from"]
    fallback = _last_start(begins, assertions["date_precision"])
    return _with_fallback(last_day(assertions["published_on"]), fallback, begins, recorded)


def incidents_known(
    incidents: pd.DataFrame, claim_incident_ids: pd.Series, claims: Known, recorded: date
) -> Known:
    """Return when each incident counts as known (K3, K5).

    Parameters
    ----------
    incidents
        Columns ``incident_id``, ``date_start`` and ``date_end``.
    claim_incident_ids, claims
        The incident of each claim and when the claim is known, aligned on each other.
    recorded
        Day on which the lines are recorded.

    Returns
    -------
    Known
        Aligned on ``incidents.index``.
    """
    stated = ~claims.assumed
    first = claims.on[stated].groupby(claim_incident_ids[stated].to_numpy()).min()
    own = first.reindex(incidents["incident_id"]).set_axis(incidents.index).astype(_DTYPE)
    return _with_fallback(own, incidents["date_end"], incidents["date_start"], recorded)


def published(statements: Iterable[pd.DataFrame]) -> pd.Series:
    """Return the first day that statements read at an address state as their publication.

    Parameters
    ----------
    statements
        Frames with ``url`` and ``published_on``.

    Returns
    -------
    pandas.Series of datetime64
        By address; addresses without a stated day are absent.
    """
    told = pd.concat([frame[["url", "published_on"]] for frame in statements])
    told = told[(told["url"] != "") & (told["published_on"] != "")]
    first: pd.Series = last_day(told["published_on"]).groupby(told["url"].to_numpy()).min()
    return first


def links_known(
    links: pd.DataFrame, incident_ids: pd.Series, incidents: Known, read_on: pd.Series
) -> Known:
    """Return when each link counts as known (K4).

    Parameters
    ----------
    links
        Columns ``from_incident_id``, ``to_incident_id`` and ``url``.
    incident_ids, incidents
        The incidents and when they are known, aligned on each other; both ends of every link
        are among them.
    read_on
        When what stands at an address was published (:func:`published`).

    Returns
    -------
    Known
        Aligned on ``links.index``.
    """
    keys = pd.Index(incident_ids)
    ends = [keys.get_indexer(links[c]) for c in ("from_incident_id", "to_incident_id")]
    on, assumed = incidents.on.to_numpy(), incidents.assumed.to_numpy()
    both: pd.Series = pd.Series(np.maximum(on[ends[0]], on[ends[1]]), links.index, dtype=_DTYPE)
    read = read_on.reindex(links["url"]).set_axis(links.index).astype(_DTYPE)
    return Known(
        both.where(~(read > both), read),
        pd.Series(assumed[ends[0]] | assumed[ends[1]], links.index, dtype=bool),
    )
