"""Choosing a model's numbers by the log score on the earlier years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from geo.risk.hindcast.past import Past
from geo.risk.hindcast.scores import Judge
from geo.risk.hindcast.windows import Window
from geo.risk.models import MODEL, UNIFORM, Decay, Model

BANDWIDTHS_M = (8_000.0, 10_000.0, 15_000.0, 20_000.0, 30_000.0, 45_000.0)
"""Not narrower: half of the placements spread over 7 km or more, and a narrower kernel would only
learn which dots of the gazetteer reports are pinned to."""
HALF_LIVES = (90.0, 180.0, 365.0, 730.0, 1_460.0, 3_650.0)
FLOORS = (0.0, 0.1, 0.2, 0.4, 0.6, 0.8)
SHAPES = (0.05, 0.1, 0.2, 0.5, 1.0)
POOLINGS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_ROUNDS = 4

Change = Callable[[Model], Iterator[Model]]
START = Model(MODEL, 10_000.0, Decay(730.0, 0.2), shape=0.2, pooling=5.0, weighted=True)
"""Where the search begins, whatever the policy says: the choice must not depend on it."""


def _space(model: Model) -> Iterator[Model]:
    """Reach and prior together: a wide kernel needs another prior than a narrow one."""
    for bandwidth_m, shape in product(BANDWIDTHS_M, SHAPES):
        yield replace(model, bandwidth_m=bandwidth_m, shape=shape)


def _time(model: Model) -> Iterator[Model]:
    for half_life_days, floor in product(HALF_LIVES, FLOORS):
        yield replace(model, decay=Decay(half_life_days, floor))


def _pooling(model: Model) -> Iterator[Model]:
    for pooling in POOLINGS:
        yield replace(model, pooling=pooling)


def _weights(model: Model) -> Iterator[Model]:
    for weighted in (True, False):
        yield replace(model, weighted=weighted)


@dataclass(frozen=True, slots=True)
class Tried:
    """A model with its mean log score per incident on the earlier years."""

    model: Model
    score: float


def changes(model: Model) -> tuple[Change, ...]:
    """Return what can be chosen of a model: baselines have reach and prior only."""
    if model.name == UNIFORM:
        return ()
    return (_space, _time, _pooling, _weights) if model.name == MODEL else (_space,)


def score_of(past: Past, judge: Judge, some: Sequence[Window], model: Model) -> float:
    """Return the mean log score per incident over some windows."""
    total = sum(judge.log_score(past.fit(model, w.asked), w.scored) for w in some)
    return total / max(sum(float(past.came(w.scored).sum()) for w in some), 1e-9)


def tune(
    past: Past, judge: Judge, earlier: Sequence[Window], start: Model, step: Callable[[], None]
) -> Iterator[Tried]:
    """Try models block by block of numbers, keep the best, until no block gets better.

    Parameters
    ----------
    past, judge
        The ledger.
    earlier
        The windows to choose on; nothing else is looked at.
    start
        Where to begin.
    step
        Called after each model tried.

    Yields
    ------
    Tried
        Every model tried, each once; the best of them is the choice.
    """
    known: dict[Model, float] = {}

    def score(model: Model) -> float:
        if model not in known:
            known[model] = score_of(past, judge, earlier, model)
            step()
        return known[model]

    best = start
    score(best)
    for _ in range(_ROUNDS):
        before = best
        for change in changes(start):
            best = max((best, *change(best)), key=score)
        if best == before:
            break
    yield from (Tried(model, value) for model, value in known.items())
