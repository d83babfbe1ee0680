"""A whole hindcast: choose on the earlier years, score on the later ones, say which model to use.

The model is used when its log score on the later years, 90 days ahead, is above that of the best
baseline *there*: a baseline picked in hindsight, so the model has the harder side of the match.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import geopandas as gpd
import numpy as np

from geo.atlas import Atlas
from geo.hotspots.network.periods import poisson_interval
from geo.i18n import Message, message
from geo.records import Fault, InputError
from geo.risk.hindcast import result as results
from geo.risk.hindcast.past import Past
from geo.risk.hindcast.result import Bin, Estimate, Knowledge, Lead, Result, Scored
from geo.risk.hindcast.scores import Drawn, Judge, Sums, gather
from geo.risk.hindcast.tuning import START, Tried, score_of, tune
from geo.risk.hindcast.windows import HORIZONS, WARM_UP_DAYS, Window, border, windows
from geo.risk.models import BASELINES, MODEL, UNIFORM, Floats, Model, baseline
from geo.risk.policy import RiskPolicy
from geo.store import LedgerFrames

DECISIVE_DAYS = 90
FEWEST_WINDOWS, FEWEST_INCIDENTS = 4, 20
"""Fewer than so many in either part, and nothing could be told."""
BINS = 8
LEAST_DELAY_DAYS = 7

Tell = Callable[[Message, int, int | None], None]


@dataclass(frozen=True, slots=True)
class _Parts:
    """Windows of one horizon, before the border and from it on."""

    earlier: list[Window]
    later: list[Window]

    @classmethod
    def of(cls, first: date, middle: date, last: date, horizon_days: int) -> _Parts:
        eve = middle - timedelta(days=1)
        return cls(windows(first, eve, horizon_days), windows(eve, last, horizon_days))


def run(
    frames: LedgerFrames,
    placements: gpd.GeoDataFrame,
    atlas: Atlas,
    policy: RiskPolicy,
    tell: Tell,
    *,
    first: date | None = None,
    last: date | None = None,
) -> Result:
    """Return the hindcast of a ledger.

    Parameters
    ----------
    frames, placements, atlas
        The ledger, `geo.snapshot.place_ledger`, the roads.
    policy
        Weights and shares; its model's numbers are not looked at.
    tell
        Told what is being done, how much is done, and of how much.
    first, last
        First day asked (a year after the first incident unless given) and last day scored (the
        last incident's).

    Raises
    ------
    InputError
        When the days are the wrong way round or too little came to tell anything.
    """
    past = Past.of(frames, placements, atlas, policy)
    judge = Judge.of(past)
    first, last = _days(past, first, last)
    middle = border(first, last)
    parts = {days: _Parts.of(first, middle, last, days) for days in HORIZONS}
    _refuse_too_little(past, parts[DECISIVE_DAYS])

    tried: list[Tried] = []
    chosen: list[Model] = []
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        tell(message("Choosing on the earlier years"), done, None)

    for start in (START, *(baseline(name, START.bandwidth_m, START.shape) for name in BASELINES)):
        found = list(tune(past, judge, parts[DECISIVE_DAYS].earlier, start, step))
        tried += found
        chosen.append(max(found, key=lambda one: one.score).model)

    rows: list[Scored] = []
    sums: dict[tuple[str, int], Sums] = {}
    for number, days in enumerate(HORIZONS):
        tell(message("Scoring {days} days ahead", days=days), number, len(HORIZONS))
        of = {model.name: _sums(past, judge, model, parts[days].later) for model in chosen}
        rows += [row for m in chosen for row in _scored(m.name, of, days)]
        sums |= {(name, days): one for name, one in of.items()}
    leads = tuple(_lead(sums, days) for days in HORIZONS)
    decisive = next(lead for lead in leads if lead.horizon_days == DECISIVE_DAYS)
    model = chosen[0]
    later = parts[DECISIVE_DAYS].later
    weighted, plain = (
        score_of(past, judge, parts[DECISIVE_DAYS].earlier, replace(model, weighted=on))
        for on in (True, False)
    )
    return Result(
        first=first, border=middle, last=last,
        incidents=int(past.stands.sum()),
        on_roads=int(past.on_roads.sum()),
        precise=int((past.on_roads & past.precise).sum()),
        in_use=MODEL if decisive.ahead[0] > 0 else decisive.best,
        models=tuple(chosen), tried=len(tried),
        unweighted_loss=weighted - plain,
        scores=tuple(rows), leads=leads,
        reliability=_reliability(past, judge, model, later),
        knowledge=_knowledge(past, judge, model, later, sums[UNIFORM, DECISIVE_DAYS]),
    )  # fmt: skip


def _days(past: Past, first: date | None, last: date | None) -> tuple[date, date]:
    incidents = past.frames.incidents[past.on_roads]
    if incidents.empty:
        raise InputError([Fault(None, None, message("The ledger has no incident on a road."))])
    begin = incidents["date_start"].min().date() + timedelta(days=WARM_UP_DAYS)
    end = incidents["date_start"].max().date()
    first, last = first or begin, last or end
    if first >= last:
        text = message("--from {first} must lie before --to {last}.", first=first, last=last)
        raise InputError([Fault(None, None, text)])
    return first, last


def _refuse_too_little(past: Past, parts: _Parts) -> None:
    for some in (parts.earlier, parts.later):
        came = sum(past.came(window.scored).sum() for window in some)
        if len(some) < FEWEST_WINDOWS or came < FEWEST_INCIDENTS:
            text = message(
                "Too little to tell: {windows} periods of {days} days with {count} incidents on "
                "roads in one half of the years; {least} periods and {fewest} incidents are needed "
                "in each. Give more years with --from and --to.",
                windows=len(some), days=DECISIVE_DAYS, count=round(came), least=FEWEST_WINDOWS,
                fewest=FEWEST_INCIDENTS,
            )  # fmt: skip
            raise InputError([Fault(None, None, text)])


def _sums(past: Past, judge: Judge, model: Model, some: Sequence[Window]) -> Sums:
    return gather([judge.window(past.fit(model, one.asked), one.scored) for one in some])


def _scored(name: str, of: dict[str, Sums], days: int) -> list[Scored]:
    sums, even = of[name], of[UNIFORM]
    drawn = Drawn.of(len(sums.came))
    gain = drawn.ratio(sums.log_score - even.log_score, sums.came)
    rows = []
    for which, came, hits, place in (
        (results.ALL, sums.came, sums.hits, sums.place),
        (results.PRECISE, sums.precise, sums.precise_hits, sums.precise_place),
    ):
        five, ten, twenty = (drawn.ratio(hits[:, n], came) for n in range(3))
        rows.append(
            Scored(
                name,
                days,
                which, len(came), float(came.sum()), float(sums.expected.sum()),
                (five, ten, twenty), gain if which == results.ALL else (np.nan,) * 3,
                drawn.ratio(place, came),
            )
        )  # fmt: skip
    return rows


def _lead(sums: dict[tuple[str, int], Sums], days: int) -> Lead:
    totals = {name: float(sums[name, days].log_score.sum()) for name in BASELINES}
    best = max(totals, key=lambda name: totals[name])
    model, other = sums[MODEL, days], sums[best, days]
    ahead = Drawn.of(len(model.came)).ratio(model.log_score - other.log_score, model.came)
    return Lead(days, best, ahead)


def _reliability(past: Past, judge: Judge, model: Model, some: Sequence[Window]) -> tuple[Bin, ...]:
    """Return bins that were foretold equally many incidents, the calmest lixels first."""
    fields = [past.fit(model, one.asked) for one in some]
    days = np.array([one.scored.days for one in some], dtype=np.float64)
    km = past.ground.length_km
    rate = np.concatenate([field.mean for field in fields])
    km_days = np.concatenate([km * n for n in days])
    came = np.concatenate([judge.lixels_hit(one.scored) for one in some])
    order = np.argsort(rate, kind="stable")
    foretold = np.cumsum((rate * km_days)[order])
    bin_of = np.minimum((foretold / foretold[-1] * BINS).astype(int), BINS - 1)

    def total(values: Floats) -> Floats:
        return np.asarray(np.bincount(bin_of, values[order], BINS), dtype=np.float64)

    counts = total(came)
    low, high = poisson_interval(counts)
    columns = (total(km_days), total(rate * km_days), counts, low, high)
    return tuple(Bin(*row) for row in zip(*(c.tolist() for c in columns), strict=True))


def _knowledge(
    past: Past, judge: Judge, model: Model, some: Sequence[Window], even: Sums
) -> Knowledge:
    """Score again with every assumed day of knowledge as late as the late stated ones are."""
    assumed = past.frames.incidents["known_assumed"].to_numpy(dtype=bool)[past.on_roads]
    lags = past.lags()
    median, late = np.quantile(lags, [0.5, 0.9]) if len(lags) else (np.nan, np.nan)
    delay = int(max(np.nan_to_num(late), LEAST_DELAY_DAYS))
    sums = _sums(past.delayed(delay), judge, model, some)
    drawn = Drawn.of(len(sums.came))
    gain: Estimate = drawn.ratio(sums.log_score - even.log_score, sums.came)
    return Knowledge(
        float(assumed.mean()), float(median), float(late), delay, gain,
        drawn.ratio(sums.hits[:, 1], sums.came),
    )  # fmt: skip
