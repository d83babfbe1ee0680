"""The frame's filters, applied to a snapshot."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pandas as pd

from geo.columns import affirmed
from geo.records import Category, GeoPrecision
from geo.snapshot import Snapshot

UNKNOWN = ""
"""The family of incidents whose perpetrator nobody names."""

_KATIBA = re.compile(r"\s*\(.*\)\s*$")


@dataclass(frozen=True)
class Selection:
    """Which incidents a person wants to see.

    Parameters
    ----------
    on, known_on
        The two days of the snapshot.
    start, end
        The period, both days inclusive.
    categories
        Empty is all.
    ied_only
        True leaves only incidents of which an explosive device is told.
    perpetrators
        Families (:func:`families`); ``""`` is an unknown perpetrator; empty is all.
    countries
        ISO 3166-1 alpha-2; empty is all.
    regions
        First-level regions as ``"ML:Gao"``; empty is all.
    precisions
        Empty is all.
    """

    on: date
    known_on: date
    start: date
    end: date
    categories: frozenset[Category] = field(default_factory=frozenset)
    ied_only: bool = False
    perpetrators: frozenset[str] = field(default_factory=frozenset)
    countries: frozenset[str] = field(default_factory=frozenset)
    regions: frozenset[str] = field(default_factory=frozenset)
    precisions: frozenset[GeoPrecision] = field(default_factory=frozenset)


@lru_cache(maxsize=4096)
def families(perpetrator: str) -> tuple[str, ...]:
    """Return the groups that a ``perpetrator`` cell names, in its order, each once.

    Names are split at ``;`` and what stands in brackets (a katiba) folds into the group before
    it: ``"CSP-DPA; JNIM (Katiba Macina)"`` gives ``("CSP-DPA", "JNIM")``.  An empty cell gives
    ``("",)``: unknown is a family too, so that it can be chosen.
    """
    names = (_KATIBA.sub("", part).strip() for part in perpetrator.split(";"))
    return tuple(dict.fromkeys(name for name in names if name)) or (UNKNOWN,)


def previous_period(selection: Selection) -> tuple[date, date]:
    """Return the period of the same length that ends on the day before the selection starts."""
    end = selection.start - timedelta(days=1)
    return end - (selection.end - selection.start), end


def select(
    snapshot: Snapshot, selection: Selection, *, start: date | None = None, end: date | None = None
) -> pd.Index:
    """Return the ids of the incidents that pass every filter.

    An incident counts in a period when ``[date_start, date_end]`` overlaps it: one that is only
    known to lie in a month counts in every week of that month.

    Parameters
    ----------
    snapshot
        What was known.
    selection
        The filters.
    start, end
        Another period instead of the selection's, both days inclusive.

    Returns
    -------
    pandas.Index
        Part of ``snapshot.incidents.index``, in its order.
    """
    frame = snapshot.incidents
    first = np.datetime64(start or selection.start, "us")
    last = np.datetime64(end or selection.end, "us")
    keep = (frame["date_start"].to_numpy() <= last) & (frame["date_end"].to_numpy() >= first)
    if selection.ied_only:
        keep &= affirmed(frame["ied"])
    for name, codes in (
        ("category", selection.categories),
        ("country", selection.countries),
        ("geo_precision", selection.precisions),
    ):
        if codes:
            keep &= frame[name].isin({str(code) for code in codes}).to_numpy()
    if selection.regions:
        region = frame["country"].str.cat(frame["admin1"], sep=":")
        keep &= region.isin(selection.regions).to_numpy()
    if selection.perpetrators:
        cells = frame["perpetrator"]
        wanted = {
            cell for cell in cells.unique() if selection.perpetrators.intersection(families(cell))
        }
        keep &= cells.isin(wanted).to_numpy()
    return frame.index[keep]
