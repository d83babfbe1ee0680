"""What a hindcast found, as records that are written to JSON and read back."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geo.i18n import message
from geo.records import Fault, InputError
from geo.risk.models import Decay, Model

Estimate = tuple[float, float, float]
"""A figure with the ends of its interval; NaN where nothing came."""
ALL, PRECISE = "all", "precise"


@dataclass(frozen=True, slots=True)
class Scored:
    """How one model fared on the later years, which it had not seen.

    Parameters
    ----------
    model
        Its name.
    horizon_days
        Days that each forecast was for.
    which
        `ALL` incidents on roads, or the `PRECISE` ones.
    windows, incidents
        Forecasts, and what came.
    foretold
        Incidents expected on all roads over the windows; to be held against all that came.
    hit_rate
        On the riskiest 5, 10 and 20 % of road-km.
    log_gain
        Log score over that of the uniform forecast, nats per incident; NaN for the precise ones.
    place_gain
        The same of the place alone.
    """

    model: str
    horizon_days: int
    which: str
    windows: int
    incidents: float
    foretold: float
    hit_rate: tuple[Estimate, Estimate, Estimate]
    log_gain: Estimate
    place_gain: Estimate


@dataclass(frozen=True, slots=True)
class Bin:
    """Lixels of about one forecast rate: what was foretold of them and what came.

    Parameters
    ----------
    km_days
        Road and time in the bin.
    foretold, came
        Incidents.
    low, high
        Interval of the Poisson mean, given what came.
    """

    km_days: float
    foretold: float
    came: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Lead:
    """How far the model is ahead of the best baseline on the later years.

    Parameters
    ----------
    horizon_days
        Days that each forecast was for.
    best
        The baseline with the best log score there.
    ahead
        Difference of the log scores, nats per incident; above 0 the model is better.
    """

    horizon_days: int
    best: str
    ahead: Estimate


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the days of knowledge do to the hindcast.

    Parameters
    ----------
    assumed
        Share of the incidents on roads whose day of knowledge is assumed.
    lag_median_days, lag_late_days
        From end to knowledge of the others: median, and the days within which 90 % were known.
    delay_days
        So much later the assumed days were put, to see what it does.
    log_gain, hit_rate
        Of the model then, on the later years (90 days; 10 % of road-km).
    """

    assumed: float
    lag_median_days: float
    lag_late_days: float
    delay_days: int
    log_gain: Estimate
    hit_rate: Estimate


@dataclass(frozen=True, slots=True)
class Result:
    """A hindcast.

    Parameters
    ----------
    first, border, last
        First day asked; day from which the years are later; last day scored.
    incidents, on_roads, precise
        Incidents that stand in the ledger; those on roads; the precise ones of these.
    in_use
        Name of the model to use from now on.
    models
        The models, with the numbers chosen on the earlier years.
    tried
        Models tried for that.
    unweighted_loss
        What the model loses on the earlier years when all kinds weigh the same, nats per incident;
        below 0 it gains.
    scores, leads, reliability, knowledge
        See the records; reliability is of the model on the later years, 90 days ahead.
    """

    first: date
    border: date
    last: date
    incidents: int
    on_roads: int
    precise: int
    in_use: str
    models: tuple[Model, ...]
    tried: int
    unweighted_loss: float
    scores: tuple[Scored, ...]
    leads: tuple[Lead, ...]
    reliability: tuple[Bin, ...]
    knowledge: Knowledge

    def model(self, name: str) -> Model:
        """Return a model by name."""
        return next(model for model in self.models if model.name == name)

    def score(self, name: str, horizon_days: int, which: str = ALL) -> Scored:
        """Return how a model fared."""
        key = (name, horizon_days, which)
        return next(s for s in self.scores if (s.model, s.horizon_days, s.which) == key)

    def to_json(self) -> str:
        """Return the result as JSON; infinite numbers and NaN are null."""
        return json.dumps(_plain(asdict(self)), ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value


def _estimate(values: Any) -> Estimate:
    low, middle, high = (math.nan if value is None else float(value) for value in values)
    return low, middle, high


def _model(told: Mapping[str, Any]) -> Model:
    def endless(value: float | None) -> float:
        return math.inf if value is None else float(value)

    decay = told["decay"]
    return Model(
        told["name"], endless(told["bandwidth_m"]),
        Decay(endless(decay["half_life_days"]), decay["floor"], endless(decay["window_days"])),
        told["shape"], endless(told["pooling"]), weighted=told["weighted"],
    )  # fmt: skip


def _scored(told: Mapping[str, Any]) -> Scored:
    five, ten, twenty = map(_estimate, told["hit_rate"])
    gains = {name: _estimate(told[name]) for name in ("log_gain", "place_gain")}
    return Scored(**{**told, **gains, "hit_rate": (five, ten, twenty)})


def parse(text: str) -> Result:
    """Return a result from its JSON.

    Raises
    ------
    ValueError, KeyError, TypeError
        When it is not one.
    """
    told = json.loads(text)
    knowledge = told["knowledge"]
    days = {name: date.fromisoformat(told[name]) for name in ("first", "border", "last")}
    estimates = {name: _estimate(knowledge[name]) for name in ("log_gain", "hit_rate")}
    return Result(
        **{
            **told, **days,
            "models": tuple(map(_model, told["models"])),
            "scores": tuple(map(_scored, told["scores"])),
            "leads": tuple(
                Lead(lead["horizon_days"], lead["best"], _estimate(lead["ahead"]))
                for lead in told["leads"]
            ),
            "reliability": tuple(Bin(**one) for one in told["reliability"]),
            "knowledge": Knowledge(**{**knowledge, **estimates}),
        }
    )  # fmt: skip


def read(path: Path) -> Result:
    """Return the result in a file.

    Raises
    ------
    InputError
        When it cannot be read or is no hindcast.
    """
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        text = message(
            "{file} is not a hindcast of this version of Piste; run “python -m geo hindcast "
            "--use” again or remove it.", file=path.name,
        )  # fmt: skip
        raise InputError([Fault(None, None, text, path.name)]) from error
