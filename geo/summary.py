"""Tolls as ranges, and the key figures of a selection.

The rule for a toll, so that anyone can check a range by hand:

T1.  A *statement* is what one voice says in one place: the rows of an incident and a field
     (killed, injured) with the same ``stated_by``, ``publisher``, ``published_on``,
     ``stated_on`` and ``url``.
T2.  A row's low is its ``low``, else its ``best``, else none ("up to 50" has no low); its high is
     its ``high``, else its ``best``, else its ``low``.  A row with a ``low`` alone ("more than
     50") is *open*: the true figure may be higher than anything stated.
T3.  Rows of one statement about one group are alternatives: their least low, their greatest high.
T4.  A statement's total is its group ``all`` if it has one, else the sum of its groups.
     ``part_of_total`` is never added.
T5.  ``assailants`` are not victims.  They are left out of killed and injured, and the assailants
     killed are given apart.
T6.  An incident's low is the least low over its statements, its high the greatest high; it is
     open if any counted statement is.  Nobody's figure is preferred.

A statement that covers only part of the victims (only the soldiers of a mixed toll) still counts
for the low: the files do not say that it is partial, and a low that is too low is honest about
what is not agreed.  Rows without a figure count for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from geo.columns import CLAIM_FIELDS, affirmed
from geo.roads.status import LiveStretches, live_stretches, status
from geo.selection import Selection, previous_period, select
from geo.snapshot import Snapshot

_STATEMENT = ["incident_id", "stated_by", "publisher", "published_on", "stated_on", "url"]


@dataclass(frozen=True, slots=True)
class Figures:
    """The key figures of one period.

    Parameters
    ----------
    start, end
        The period, both days inclusive.
    incidents
        Number of incidents.
    killed_low, killed_high
        Victims killed: sums of the incidents' lows and highs; one without adds nothing.
    killed_open
        True when a high is open: "50+".
    killed_unstated
        Number of incidents of which no figure of killed is stated.
    ied_share
        Share of the incidents of which an explosive device is told, 0 to 1; ``None`` without
        incidents.
    ied_unsaid
        Number of incidents of which nobody says whether there was one; none of them counts.
    """

    start: date
    end: date
    incidents: int
    killed_low: int
    killed_high: int
    killed_open: bool
    killed_unstated: int
    ied_share: float | None
    ied_unsaid: int


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The key figures of a selection against the period before.

    Parameters
    ----------
    now
        Of the selection's period.
    before
        Of the period of the same length that ends the day before; ``None`` when the records do
        not reach back to its start, since nothing recorded is not the same as nothing happened.
    stretches
        Stretches of road under a live claim of control or taxation on the selection's day.
    """

    now: Figures
    before: Figures | None
    stretches: LiveStretches


def _ranges(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return low, high and open per incident number (T3, T4, T6)."""
    keys = ["statement", "incident", "group"]
    by_group = rows.groupby(keys, sort=False).agg(
        low=("low", "min"), high=("high", "max"), open=("open", "max")
    )
    by_group = by_group.reset_index()
    undivided = by_group["group"] == "all"
    totals = by_group[undivided]
    parts = by_group[~undivided & ~by_group["statement"].isin(totals["statement"])]
    grouped = parts.groupby(keys[:2], sort=False)
    sums = grouped[["low", "high"]].sum(min_count=1).join(grouped["open"].max()).reset_index()
    ranges = (
        pd.concat([totals[sums.columns], sums])
        .groupby("incident")
        .agg(low=("low", "min"), high=("high", "max"), open=("open", "max"))
    )
    return ranges.add_prefix(f"{measure}_")


def tolls(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the toll of each incident as ranges, by the rule of this module.

    Parameters
    ----------
    claims
        Claims of a snapshot.

    Returns
    -------
    pandas.DataFrame
        Index ``incident_id``, one row per incident that has a claim.  For killed, injured and
        assailants (killed): ``<m>_low`` and ``<m>_high`` (Int64, NA when not stated) and
        ``<m>_open`` (bool).

    Notes
    -----
    Linear in the claims.
    """
    numbers, ids = pd.factorize(claims["incident_id"])
    low, best, high = (claims[c].astype("float64") for c in ("low", "best", "high"))
    rows = pd.DataFrame(
        {
            "incident": numbers,
            "statement": claims.groupby(_STATEMENT, sort=False).ngroup(),
            "group": claims["unit_group"],
            "field": claims["field"],
            "low": low.fillna(best),
            "high": high.fillna(best).fillna(low),
            "open": low.notna() & best.isna() & high.isna(),
        }
    )
    rows = rows[rows["high"].notna()]
    killed, injured = rows["field"] == "killed", rows["field"] == "injured"
    assailants = rows["group"] == "assailants"
    victims = ~assailants & (rows["group"] != "part_of_total")
    result = pd.DataFrame(index=pd.RangeIndex(len(ids)))
    for measure, chosen in (
        ("killed", killed & victims),
        ("injured", injured & victims),
        ("assailants", killed & assailants),
    ):
        ranges = _ranges(rows[chosen], measure).reindex(result.index)
        bounds = [f"{measure}_low", f"{measure}_high"]
        result[bounds] = ranges[bounds].astype("Int64")
        result[f"{measure}_open"] = ranges[f"{measure}_open"].eq(other=True)
    return result.set_axis(pd.Index(ids, name="incident_id"))


def claims_of(snapshot: Snapshot, incident_id: str) -> pd.DataFrame:
    """Return the claims about one incident, those about one field together, oldest first."""
    own = snapshot.claims[(snapshot.claims["incident_id"] == incident_id).to_numpy()]
    order = pd.Categorical(own["field"], CLAIM_FIELDS)
    return own.assign(_order=order).sort_values(["_order", "known_on"]).drop(columns="_order")


def links_of(snapshot: Snapshot, incident_id: str) -> pd.DataFrame:
    """Return the links of one incident, seen from it.

    Parameters
    ----------
    snapshot
        What was known.
    incident_id
        The incident.

    Returns
    -------
    pandas.DataFrame
        The links' columns with ``other_id`` (the incident at the other end) and ``earlier``
        (True when the other one came first).
    """
    ends = snapshot.links[["from_incident_id", "to_incident_id"]] == incident_id
    mine, here = ends.any(axis=1), snapshot.links
    other = here["from_incident_id"].where(ends["to_incident_id"], here["to_incident_id"])
    return here.assign(other_id=other, earlier=ends["to_incident_id"])[mine]


def _figures(
    snapshot: Snapshot, ids: pd.Index, by_incident: pd.DataFrame, start: date, end: date
) -> Figures:
    own = by_incident.loc[ids.intersection(by_incident.index)]
    device = snapshot.incidents.loc[ids, "ied"]
    return Figures(
        start=start,
        end=end,
        incidents=len(ids),
        killed_low=int(own["killed_low"].sum()),
        killed_high=int(own["killed_high"].sum()),
        killed_open=bool(own["killed_open"].any()),
        killed_unstated=len(ids) - int(own["killed_high"].notna().sum()),
        ied_share=float(affirmed(device).mean()) if len(ids) else None,
        ied_unsaid=int(device.isna().sum()),
    )


def _in_countries(
    road_status: pd.DataFrame, snapshot: Snapshot, selection: Selection
) -> pd.DataFrame:
    """Return the rows of the roads that touch the countries chosen."""
    if not selection.countries:
        return road_status
    axes = snapshot.atlas.axes
    touching = {a for a, axis in axes.items() if axis.country_set & selection.countries}
    return road_status[road_status["axis_id"].isin(touching)]


def key_figures(
    snapshot: Snapshot,
    selection: Selection,
    by_incident: pd.DataFrame | None = None,
    road_status: pd.DataFrame | None = None,
) -> KeyFigures:
    """Return the key figures of a selection and of the period before.

    Parameters
    ----------
    snapshot
        What was known.
    selection
        The filters.
    by_incident
        Of :func:`tolls` for the snapshot's claims, when it is at hand.
    road_status
        Of :func:`geo.roads.status.status` for the snapshot, when it is at hand.
    """
    own = tolls(snapshot.claims) if by_incident is None else by_incident
    roads = status(snapshot) if road_status is None else road_status
    start, end = previous_period(selection)
    first = snapshot.incidents["date_start"].min()
    reached = not pd.isna(first) and first.date() <= start
    earlier = select(snapshot, selection, start=start, end=end) if reached else None
    return KeyFigures(
        now=_figures(snapshot, select(snapshot, selection), own, selection.start, selection.end),
        before=None if earlier is None else _figures(snapshot, earlier, own, start, end),
        stretches=live_stretches(_in_countries(roads, snapshot, selection)),
    )
