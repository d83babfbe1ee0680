"""Which stretches of which roads have the most events, and how sure that order is.

Each axis is cut into equal stretches, a road that two axes share once. A stretch's expected count
is the mass that its road carries: an event known to 40 km of road counts by a quarter on each 10 km
of them. Where the events really were is drawn many times over; each drawing gives counts and an
order, and their spread is the range of the count and the interval of the rank: a stretch that is
third in one drawing and fortieth in another has no rank worth reading out.  Stretches with equal
counts share a rank unless one is at most half as long: the other lengths differ only by how many
equal parts an axis makes, which must not decide an order.

Significance: were the same number of events strewn evenly over all roads, how often would a stretch
of this length have so many?  (Binomial upper tail, mean over the drawings.)  So many stretches are
tested that some look busy by chance; the false discovery rate among those called significant is
held (Benjamini & Hochberg 1995, *JRSS B* 57).

*Misleads*: evenly over all roads is not "no pattern" where reports come from towns; borders of the
stretches are arbitrary, so a cluster on a border is divided; and events at places off the known
roads, or known by region only, are in no stretch (`RoadMass.left_out` counts them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import bdtrc

from geo.atlas import Atlas
from geo.hotspots.network.arrays import Floats
from geo.hotspots.network.events import RoadMass
from geo.hotspots.network.graph import Graph
from geo.hotspots.network.periods import COVERAGE, poisson_interval, trend
from geo.hotspots.periods import DAYS_PER_MONTH, Period, share_in
from geo.hotspots.rates import rate_ratio
from geo.i18n import Message, message

DEFAULT_STRETCH_M = 20_000.0
DEFAULT_DRAWS = 400
FALSE_DISCOVERIES = 0.05
FEWEST_EVENTS = 3.0
"""A stretch that cannot have so many events is not called significant, whatever the score."""


@dataclass(frozen=True, eq=False)
class _Cut:
    """The stretches, and which of them hold each point of the mass."""

    table: pd.DataFrame
    holds: csr_array  # stretches by points, 0 or 1


def rank_stretches(
    mass: RoadMass,
    graph: Graph,
    atlas: Atlas,
    *,
    starts: pd.Series,
    ends: pd.Series,
    period: Period,
    stretch_m: float = DEFAULT_STRETCH_M,
    draws: int = DEFAULT_DRAWS,
    seed: int = 0,
    coverage: float = COVERAGE,
    false_discoveries: float = FALSE_DISCOVERIES,
) -> pd.DataFrame:
    """Return the stretches of the axes, those with the most events per km first.

    Parameters
    ----------
    mass
        Of `geo.hotspots.network.events.lay_mass` on ``graph``.
    graph
        ``Graph.from_axes(atlas.axes)``.
    atlas
        Axes, and the names of their places.
    starts, ends
        First and last possible day of each incident, aligned on ``mass.index``.
    period
        The days that count; the trend compares with the period of the same length before it.
    stretch_m
        No stretch is longer; an axis has equal ones, as far as it shares no road with another.
    draws, seed
        How often the uncertain places and days are drawn, from which seed.
    coverage
        Of the ranges of counts, of ranks and of the rate.
    false_discoveries
        Share of false ones tolerated among the stretches called significant.

    Returns
    -------
    pandas.DataFrame
        Index ``rank`` from 1.  ``axis_id``, ``axis_rank`` (1 is the axis' first), ``from_m``,
        ``to_m`` (measures), ``from_town``, ``to_town`` (names of the places at or outside its
        ends), ``expected``, ``count_low``, ``count_high``, ``rate`` (events per 100 km and month),
        ``rate_low``, ``rate_high`` (interval of a Poisson rate), ``rank_low``, ``rank_high``,
        ``p_value``, ``q_value``, ``significant``, ``trend`` (of `geo.hotspots.network.periods`),
        ``ratio``, ``ratio_low``, ``ratio_high`` (now over before) and ``caution``: a Message that
        says why the score means little, or None.  A road that axes share
        is listed once, under the one that has a number.

    Raises
    ------
    ValueError
        When the length of the stretches or the number of draws is not above 0.
    """
    # Late: it takes half a second, and a start need not pay for it.
    from scipy.stats import false_discovery_control, rankdata  # noqa: PLC0415

    if not (np.isfinite(stretch_m) and stretch_m > 0) or draws < 1:
        text = message("Stretches and the number of draws must be above 0.")
        raise ValueError(str(text))
    cut = _cut(mass, graph, atlas, stretch_m)
    table = cut.table
    length_km = (table["to_m"] - table["from_m"]).to_numpy() / 1_000
    share = share_in(starts, ends, period)
    expected = np.asarray(cut.holds @ mass.weights(share))
    counts, totals = _drawn(mass, cut.holds, share, draws, seed)

    on_roads = cut.table["road_share"].to_numpy()
    # The chance of at least so many of all events on this share of all roads.
    tails = np.where(counts > 0, bdtrc(np.maximum(counts - 1, 0), totals[:, None], on_roads), 1.0)
    p_value = tails.mean(axis=0)
    tail = (1 - coverage) / 2
    ranks = rankdata(-counts / _alike_m(length_km * 1_000, stretch_m), method="min", axis=1)
    low, high = _quantiles(counts, tail)
    first, last = _quantiles(ranks, tail)
    rate_low, rate_high = poisson_interval(expected, coverage)
    per_rate = length_km / 100 * period.days / DAYS_PER_MONTH

    table = table.drop(columns="road_share").assign(
        expected=expected, count_low=low, count_high=high, rate=expected / per_rate,
        rate_low=rate_low / per_rate, rate_high=rate_high / per_rate,
        rank_low=first, rank_high=last, p_value=p_value,
        q_value=false_discovery_control(p_value) if len(p_value) else p_value,
    )  # fmt: skip
    enough = table["count_high"] >= FEWEST_EVENTS
    table["significant"] = (table["q_value"] <= false_discoveries) & enough
    before = period.before(period.days)
    counted = np.full(len(table), np.nan)
    if len(starts) and before.first >= starts.min().date():
        counted = np.asarray(cut.holds @ mass.weights(share_in(starts, ends, before)))
    ratio = rate_ratio(expected, counted, (1.0, 1.0), coverage)
    table["trend"] = trend(expected + counted, ratio[1], ratio[2])
    table["ratio"], table["ratio_low"], table["ratio_high"] = ratio
    table["caution"] = pd.Series(_cautions(table), index=table.index, dtype=object)

    order = ["rate", "axis_id", "from_m"]
    table = table.sort_values(order, ascending=[False, True, True], ignore_index=True)
    table.insert(1, "axis_rank", table.groupby("axis_id", sort=False).cumcount() + 1)
    table.index = pd.RangeIndex(1, len(table) + 1, name="rank")
    return table


def _cut(mass: RoadMass, graph: Graph, atlas: Atlas, stretch_m: float) -> _Cut:
    legs = _runs(graph, atlas)
    runs = legs.groupby("run").agg(axis_id=("axis_id", "first"), low=("low", "min"),
                                   high=("high", "max"))  # fmt: skip
    low, high = runs["low"].to_numpy(), runs["high"].to_numpy()
    counts = np.maximum(np.ceil((high - low) / stretch_m - 1e-9), 1).astype(np.intp)
    table = _stretches(runs, counts, atlas)

    points = pd.DataFrame({"edge": mass.edge, "offset_m": mass.offset_m})
    pairs = points.reset_index(names="point").merge(legs, on="edge")
    part = pairs["offset_m"] / graph.length_m[pairs["edge"]]
    at = (pairs["at_u_m"] + (pairs["at_v_m"] - pairs["at_u_m"]) * part).to_numpy()
    of = pairs["run"].to_numpy(np.intp)
    within = ((at - low[of]) / ((high - low) / counts)[of]).astype(np.intp)
    stretch = (np.cumsum(counts) - counts)[of] + np.clip(within, 0, counts[of] - 1)
    shape = (len(table), len(mass.edge))
    holds = csr_array((np.ones(len(of)), (stretch, pairs["point"].to_numpy())), shape=shape)
    table["road_share"] = (table["to_m"] - table["from_m"]) / max(graph.total_m, 1)
    return _Cut(table, holds)


def _runs(graph: Graph, atlas: Atlas) -> pd.DataFrame:
    """Return the legs of the axes, each road once, and which of them follow one another.

    A road that axes share is told under the one that has a number, else under the first; a piece
    that an axis comes by twice, under its first passage.
    """
    legs = graph.legs
    axis_ids = legs["axis_id"].unique()
    order = sorted(axis_ids, key=lambda axis_id: not atlas.axes[axis_id].ref)
    rank = legs["axis_id"].map({axis_id: n for n, axis_id in enumerate(order)})
    mine = (rank == rank.groupby(legs["edge"]).transform("min")) & ~legs.duplicated(
        ["axis_id", "edge"]
    )
    begins = mine & (~mine.shift(fill_value=False) | (rank != rank.shift()))
    return legs.assign(
        run=begins.cumsum() - 1,
        low=legs[["at_u_m", "at_v_m"]].min(axis=1),
        high=legs[["at_u_m", "at_v_m"]].max(axis=1),
    )[mine]


def _stretches(runs: pd.DataFrame, counts: NDArray[np.intp], atlas: Atlas) -> pd.DataFrame:
    places = atlas.gazetteer.places
    found = []
    rows: Any = runs.itertuples(index=False)
    for row, count in zip(rows, counts.tolist(), strict=True):
        axis = atlas.axes[row.axis_id]
        borders = np.linspace(row.low, row.high, count + 1)
        names = np.array([places[p].name if p in places else p for p in axis.place_ids], object)
        # A millimetre of rounding must not name the town beyond the one that the border is at.
        before = np.searchsorted(axis.measures_m, borders[:-1] + 1e-3, side="right") - 1
        after = np.searchsorted(axis.measures_m, borders[1:] - 1e-3, side="left")
        found.append(
            pd.DataFrame(
                {
                    "axis_id": row.axis_id,
                    "from_m": borders[:-1],
                    "to_m": borders[1:],
                    "from_town": names[np.clip(before, 0, len(names) - 1)],
                    "to_town": names[np.clip(after, 0, len(names) - 1)],
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def _drawn(
    mass: RoadMass, holds: csr_array, share: Floats, draws: int, seed: int
) -> tuple[Floats, NDArray[np.int64]]:
    """Draw where and when the events were.

    Returns
    -------
    tuple of numpy.ndarray
        Counts of the stretches, shape (draws, stretches); events drawn in all, shape (draws,).
    """
    rng = np.random.default_rng(seed)
    chosen = np.flatnonzero((share > 0) & (mass.support_of >= 0))
    some = mass.select(chosen)
    counts, totals = np.empty((draws, holds.shape[0])), np.empty(draws, dtype=np.int64)
    for n in range(draws):
        placed, points = some.sample(rng)
        happened = rng.random(len(placed)) < share[chosen][placed]
        totals[n] = happened.sum()
        counts[n] = holds @ np.bincount(points[happened], minlength=len(mass.edge))
    return counts, totals


def _alike_m(length_m: Floats, stretch_m: float) -> Floats:
    """Return lengths of which those between two halvings of the longest are one."""
    return np.asarray(stretch_m * np.exp2(np.ceil(np.log2(length_m / stretch_m) - 1e-9)))


def _quantiles(values: Floats, tail: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    low = np.quantile(values, tail, axis=0, method="inverted_cdf")
    high = np.quantile(values, 1 - tail, axis=0, method="inverted_cdf")
    return low.astype(np.int64), high.astype(np.int64)


def _cautions(table: pd.DataFrame) -> list[Message | None]:
    few = message(
        "Fewer than {count} events can have been here: rate, rank and score mean little.",
        count=int(FEWEST_EVENTS),
    )
    loose = message("The places are so uncertain that the rank may be anything in this range.")
    spread = (table["rank_high"] - table["rank_low"] + 1) / max(len(table), 1)
    wide = (spread > _WIDE) & (table["expected"] > 0)
    return [
        few if is_few else loose if is_wide else None
        for is_few, is_wide in zip(table["count_high"] < FEWEST_EVENTS, wide, strict=True)
    ]


_WIDE = 0.25
"""A rank interval over more than this share of all stretches is no rank."""
