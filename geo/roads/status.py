"""Road status: what live assertions say about each stretch of road on a day.

The rule is written out, with worked examples, in ``docs/road-status.md``.  In short: a statement is
believed from the day it holds until its end or, without one, until its confidence has decayed below
a floor; a reopening and a closure end one another when the later is later by both clocks, and
otherwise stand side by side, contested; a stretch of which nothing live is known is *unknown*,
never open.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.roads.evidence import Evidence
from geo.roads.laying import Laying, lay, stretches
from geo.roads.policy import Policy
from geo.roads.statements import Passage
from geo.roads.states import STATUS_COLUMNS
from geo.snapshot import Snapshot

__all__ = [
    "STATUS_COLUMNS", "LiveStretches", "Passage", "lay", "live_stretches", "rows_under", "status",
    "stretches",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LiveStretches:
    """Stretches with a live claim of control or taxation.

    Parameters
    ----------
    count
        Unbroken stretches; one road counted along two axes counts on both.
    km
        Their length.
    """

    count: int
    km: float


def status(
    snapshot: Snapshot, laying: Laying | None = None, policy: Policy | None = None
) -> pd.DataFrame:
    """Return the status of every road on the snapshot's day, by what was known on its other day.

    For many days or few roads keep a `geo.roads.evidence.Evidence` and ask that.

    Parameters
    ----------
    snapshot
        What was known.
    laying
        `geo.roads.laying.lay` of a frame that the snapshot's assertions are rows of (the ledger's
        lines), when it is at hand: it depends on neither day.
    policy
        ``data/policy.toml`` unless given.

    Returns
    -------
    pandas.DataFrame
        One row per segment, ordered by axis and measure, each axis covered from end to end.
        Neighbours with one status and one set of statements are one segment.

        - ``axis_id``, ``measure_from_m``, ``measure_to_m``;
        - ``controlled_by``, ``taxed_by``, ``agreement_with``: tuples of actors; ``tax_amounts``:
          tuple of the amounts as stated;
        - ``passage``: a value of `Passage`, the gravest; ``passage_since``: first day of the
          earliest statement of it; ``affected``: tuple, whom it concerns; ``reopened_for``: tuple,
          for whom a graver passage is reported lifted; ``under_agreement``: an agreement stands and
          nothing that is reported hinders passage;
        - ``control_…``, ``tax_…``, ``passage_…`` and ``agreement_confidence``: 0 to 1, 0 when
          nothing stands; ``…_confirmed``: the day it was last said;
        - ``control_contested``, ``passage_contested``, and ``contested``: either;
        - ``assertion_ids``: tuple, all that stand; ``last_stated``: latest day one became known;
          ``assumed``: a date of one of them rests on an assumption;
        - ``last_evidence``: id of the statement last heard, of those that stand, else of the past
          (``""`` for none), and ``last_control``, ``last_tax``, ``last_passage``,
          ``last_agreement`` likewise of their subject; ``last_confirmed``: day of
          ``last_evidence``; ``stale``: there was evidence and none of it stands.

        Days are `datetime.date` or ``None``.
    """
    evidence = Evidence.gather(snapshot.assertions, snapshot.atlas, laying, policy)
    return evidence.status(snapshot.on, snapshot.known_on)


def rows_under(
    road_status: pd.DataFrame,
    axis_ids: NDArray[np.object_] | pd.Categorical,
    from_m: NDArray[np.float64],
    to_m: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which rows of a status lie under some stretches, for instance the edges of a graph.

    Parameters
    ----------
    road_status
        Of `status`.
    axis_ids, from_m, to_m
        Stretches, shape ``(n,)``, ``from_m < to_m``, within their roads.  A categorical is looked
        up once per road: many times faster for a million edges.

    Returns
    -------
    first, last
        Positions of the first and the last row, shape ``(n,)``; equal when one status covers the
        stretch.  O((rows + n) log rows).

    Raises
    ------
    KeyError
        When a road is not in the status.
    """
    codes, roads = pd.factorize(road_status["axis_id"])
    if isinstance(axis_ids, pd.Categorical):
        axis = pd.Index(roads).get_indexer(axis_ids.categories)[axis_ids.codes]
    else:
        axis = pd.Index(roads).get_indexer(pd.Index(axis_ids))
    if (axis < 0).any():
        raise KeyError(axis_ids[int(np.argmax(axis < 0))])
    start = road_status["measure_from_m"].to_numpy(np.float64)
    low = start.min(initial=0.0)
    room = road_status["measure_to_m"].max() - low + 1 if len(start) else 1.0
    keys = codes * room + (start - low)
    first = np.searchsorted(keys, axis * room + (from_m - low), side="right") - 1
    last = np.searchsorted(keys, axis * room + (to_m - low), side="left") - 1
    return first, last


def live_stretches(road_status: pd.DataFrame) -> LiveStretches:
    """Return how many stretches have a live claim of control or taxation, and their length.

    Parameters
    ----------
    road_status
        The result of `status`.

    Returns
    -------
    LiveStretches
        Neighbouring segments count as one stretch.
    """
    claimed = road_status["controlled_by"].map(len).gt(0) | road_status["taxed_by"].map(len).gt(0)
    goes_on = claimed.shift(fill_value=False) & road_status["axis_id"].eq(
        road_status["axis_id"].shift()
    )
    length_m = (road_status["measure_to_m"] - road_status["measure_from_m"])[claimed].sum()
    return LiveStretches(int((claimed & ~goes_on).sum()), float(length_m) / 1_000)
