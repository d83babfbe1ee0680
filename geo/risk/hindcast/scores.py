"""Scores of forecasts: sums over each window first, so that windows can be drawn again.

*Hit rate*: share of the incidents that lay on the riskiest x % of road-km; lixels of one rate share
what is left of the x %, so a uniform forecast hits x %.  *PAI*: hit rate over that share of
road-km (Chainey, Tompson & Uhlig 2008, *Security Journal* 21).  *Log score*: of the incidents as a
Poisson process on the roads, Σ log λ − ∫ λ, per incident (Gneiting & Raftery 2007, *JASA* 102;
given as the gain over the uniform forecast, the information gain of Daley & Vere-Jones 2004, *J.
Appl. Prob.* 41A); an incident known to a stretch has the mean rate there.  *Place only*: the same
with rates scaled to the number that came, which a forecast of some incidents only can be held to.

Intervals: the windows are drawn anew with replacement (bootstrap), as often as ``DRAWS``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.hotspots.periods import Period
from geo.risk.field import RiskField
from geo.risk.hindcast.past import Past
from geo.risk.models import Floats

SHARES = (0.05, 0.10, 0.20)
DRAWS = 2_000
COVERAGE = 0.9
_SEED = 20250207


@dataclass(frozen=True, slots=True)
class Sums:
    """What a forecast earns in each window; arrays of shape (windows,).

    Parameters
    ----------
    came, precise
        Incidents that came on roads, and the precise ones of them (fractions by date).
    hits, precise_hits
        Of them on the riskiest ``SHARES`` of road-km; (windows, 3).
    log_score
        Σ log λ − ∫ λ.
    place, precise_place
        Σ log of λ over its mean on all roads.
    expected
        Incidents foretold.
    """

    came: Floats
    precise: Floats
    hits: Floats
    precise_hits: Floats
    log_score: Floats
    place: Floats
    precise_place: Floats
    expected: Floats


def support_lixels(past: Past) -> csr_array:
    """Return the mass of each support on each lixel; (supports, lixels)."""
    mass, lixels = past.events.mass, past.ground.lixels
    support = np.repeat(np.arange(len(mass.begin) - 1), np.diff(mass.begin))
    shape = (len(mass.begin) - 1, len(lixels))
    at = lixels.at(mass.edge, mass.offset_m)
    return csr_array((mass.share, (support, at)), shape=shape)


def inside_riskiest(field: RiskField, shares: Sequence[float] = SHARES) -> Floats:
    """Return how much of each lixel belongs to the riskiest shares of road-km.

    Returns
    -------
    numpy.ndarray
        Shape (shares, lixels), 0 to 1; lixels of one rate are in by the same part.
    """
    rates, level = np.unique(field.mean, return_inverse=True)
    km = np.bincount(level, field.ground.length_km, len(rates))[::-1]
    asked = np.array(shares)[:, None] * km.sum()
    inside = np.clip(asked - (np.cumsum(km) - km), 0, km) / km
    return np.asarray(inside[:, ::-1][:, level])


@dataclass(frozen=True, eq=False)
class Judge:
    """Scores fields of one past.

    Parameters
    ----------
    past
        The ledger.
    lies
        Of `support_lixels`.
    """

    past: Past
    lies: csr_array

    @classmethod
    def of(cls, past: Past) -> Judge:
        """Return the judge of a past."""
        return cls(past, support_lixels(past))

    def log_score(self, field: RiskField, period: Period) -> float:
        """Return the log score of a window alone; what is tuned on."""
        count = self._came(period)[0]
        some = count > 0
        return float(count[some] @ np.log(self.lies @ field.mean)[some]) - (
            field.per_day * period.days
        )

    def _came(self, period: Period) -> tuple[Floats, Floats]:
        """Return the incidents that came on each support, all and the precise ones."""
        mass, share = self.past.events.mass, self.past.came(period)
        placed = mass.support_of >= 0
        both = (share[placed], (share * self.past.precise)[placed])
        size = len(mass.begin) - 1
        of = mass.support_of[placed]
        all_, precise = (np.asarray(np.bincount(of, one, size), np.float64) for one in both)
        return all_, precise

    def lixels_hit(self, period: Period) -> Floats:
        """Return the incidents that came on each lixel; (lixels,)."""
        return np.asarray(self._came(period)[0] @ self.lies)

    def window(self, field: RiskField, period: Period) -> tuple[float | Floats, ...]:
        """Return a window's entries in the order of `Sums`."""
        all_, precise = self._came(period)
        hits = (self.lies @ inside_riskiest(field).T).T
        rate = self.lies @ field.mean
        log_place = np.log(rate * field.ground.length_km.sum() / field.per_day)
        expected = field.per_day * period.days
        return (
            float(all_.sum()), float(precise.sum()), hits @ all_, hits @ precise,
            float(all_ @ np.log(rate)) - expected, float(all_ @ log_place),
            float(precise @ log_place), expected,
        )  # fmt: skip


def gather(rows: list[tuple[float | Floats, ...]]) -> Sums:
    """Return the sums of many windows."""
    return Sums(*(np.array(column) for column in zip(*rows, strict=True)))


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which windows each bootstrap draw holds, how often; (draws, windows)."""

    times: NDArray[np.int64]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, windows: int) -> Drawn:
        """Draw as many windows as there are, each time anew; always the same draws."""
        rng = np.random.default_rng(_SEED)
        return cls(rng.multinomial(windows, np.full(windows, 1 / max(windows, 1)), size=DRAWS))

    def ratio(self, above: Floats, below: Floats) -> tuple[float, float, float]:
        """Return Σ above / Σ below with its interval; NaN where nothing came."""
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn = (self.times @ above) / (self.times @ below)
            whole = above.sum() / below.sum()
        if not np.isfinite(whole):
            return (np.nan, np.nan, np.nan)
        tail = (1 - COVERAGE) / 2
        low, high = np.nanquantile(drawn[np.isfinite(drawn)], [tail, 1 - tail])
        return float(whole), float(low), float(high)
