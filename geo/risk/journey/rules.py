"""The verdict: which rules of the policy fire on which cells, and the stretches that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from geo.hotspots.network.arrays import Floats
from geo.i18n import Message
from geo.risk.journey.course import Course
from geo.risk.journey.desk import Desk, Ints, state_of
from geo.risk.journey.policy import VERDICTS, Rule, Verdict
from geo.risk.journey.reports import Bools, Reports, statement_age_days
from geo.roads.statements import PASSAGE_OF, Passage

LEAST_KM = 2.0
_CONTROL, _TAX = frozenset({"controlled"}), frozenset({"taxed"})


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired.

    Parameters
    ----------
    rule_id, verdict, because
        Of the policy.
    incident_ids, assertion_ids
        The evidence that made it fire; of incidents the latest.
    more
        How many more incidents there were.
    """

    rule_id: str
    verdict: Verdict
    because: Message
    incident_ids: tuple[str, ...] = ()
    assertion_ids: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring cells of one leg with one status and one verdict by the same rules.

    Parameters
    ----------
    cells
        The cells of the course.
    verdict
        The gravest of what fired.
    fired
        The rules that fire on any of it, the gravest verdict first, then as in the policy.
    """

    cells: slice
    verdict: Verdict
    fired: tuple[Fired, ...]


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of some verdicts; of none, that nothing was reported."""
    return min(verdicts, key=VERDICTS.index, default=Verdict.NO_REPORT)


def judge(
    desk: Desk,
    course: Course,
    reports: Reports,
    status: pd.DataFrame,
    dark: Bools,
    *,
    escort: bool,
) -> list[Run]:
    """Return the verdict along a course.

    Parameters
    ----------
    desk, course, reports
        The way and what was reported near it.
    status
        For the vehicle.
    dark
        Which cells are travelled at night.
    escort
        Whether there is one.

    Returns
    -------
    list of Run
        In the order of travel; together they cover the course.
    """
    rules = desk.policy.rules
    facts = _Facts(desk, course, reports, status, dark, escort=escort)
    none = np.zeros((0, len(course.lixel)), dtype=bool)
    fires = np.stack([facts.fires(rule) for rule in rules]) if rules else none
    grades = np.array([VERDICTS.index(rule.verdict) for rule in rules], dtype=np.intp)
    last = len(VERDICTS) - 1
    grade = np.where(fires, grades[:, None], last).min(axis=0, initial=last)
    # The rules of the gravest verdict make a stretch; lesser ones may hold on a part of it.
    deciding = fires & (grades[:, None] == grade)
    sets = np.unique(deciding, axis=1, return_inverse=True)[1].reshape(-1)
    place = np.stack([
        course.leg, desk.state[course.row], state_of(status)[course.row_for], grade,
    ])  # fmt: skip
    runs = []
    for low, high in _joined(place, sets, course.km_to - course.km_from):
        cells = slice(low, high)
        fired = [
            facts.evidence(rule, cells) for n, rule in enumerate(rules) if fires[n, cells].any()
        ]
        fired.sort(key=lambda one: VERDICTS.index(one.verdict))
        runs.append(Run(cells, VERDICTS[grade[low]], tuple(fired)))
    return runs


def _joined(place: Ints, sets: Ints, km: Floats) -> list[tuple[int, int]]:
    """Return the runs of cells of one place and set of rules; a short one joins a neighbour.

    A run shorter than `LEAST_KM` goes to the longer neighbour of the same place, so that a vague
    border does not make a stretch of its own.
    """
    keys = np.vstack([place, sets])
    change = np.flatnonzero((keys[:, 1:] != keys[:, :-1]).any(axis=0)) + 1
    runs = list(pairwise([0, *change.tolist(), keys.shape[1]]))
    while True:
        lengths = [float(km[low:high].sum()) for low, high in runs]
        for n in sorted(range(len(runs)), key=lengths.__getitem__):
            if lengths[n] >= LEAST_KM:
                return runs
            here = place[:, runs[n][0]]
            near = [m for m in (n - 1, n + 1) if 0 <= m < len(runs)
                    and (place[:, runs[m][0]] == here).all()]  # fmt: skip
            if near:
                other = max(near, key=lengths.__getitem__)
                first, then = sorted((n, other))
                runs[first : then + 1] = [(runs[first][0], runs[then][1])]
                break
        else:
            return runs


class _Facts:
    """What is so on each cell, as the conditions of rules ask it."""

    def __init__(
        self,
        desk: Desk,
        course: Course,
        reports: Reports,
        status: pd.DataFrame,
        dark: Bools,
        *,
        escort: bool,
    ) -> None:
        self.desk, self.course, self.reports = desk, course, reports
        self.dark, self.escort = dark, escort
        # Only the rows that the way passes over: there may be many roads.
        self.mine = status.iloc[course.row_for].reset_index(drop=True)
        self.all = desk.status.iloc[course.row].reset_index(drop=True)
        lines = desk.snapshot.assertions
        self.kind = dict(zip(lines["assertion_id"], lines["kind"], strict=True))
        self.rank = desk.field.rank(desk.field.mean[course.lixel])

    def fires(self, rule: Rule) -> Bools:
        """Return on which cells all conditions of a rule hold."""
        held = np.ones(len(self.course.lixel), dtype=bool)
        asked: list[tuple[object, Callable[[Rule], Bools]]] = [
            (rule.passage, lambda r: self._passage(self.mine, r.passage)),
            (rule.passage_of_others, self._others),
            (rule.escort, lambda r: np.array(self.escort == r.escort)),
            (rule.controlled, lambda r: self._held_by("controlled_by") == r.controlled),
            (rule.taxed, lambda r: self._held_by("taxed_by") == r.taxed),
            (rule.contested, lambda r: self.all["contested"].to_numpy(bool) == r.contested),
            (rule.dark, lambda r: self.dark == r.dark),
            (rule.unmapped, lambda r: np.array(not r.unmapped)),
            (rule.incidents, lambda r: self._incidents(r) >= (r.incidents or 0)),
            (rule.rank_at_least, lambda r: self.rank >= (r.rank_at_least or 0)),
            (rule.reports_below, lambda r: self._heard(r) < (r.reports_below or 0)),
        ]
        for condition, holds in asked:
            if condition is not None and held.any():
                held &= holds(rule)
        return held

    @staticmethod
    def _passage(status: pd.DataFrame, wanted: frozenset[Passage] | None) -> Bools:
        return np.asarray(status["passage"].isin({str(code) for code in wanted or ()}))

    def _others(self, rule: Rule) -> Bools:
        wanted = rule.passage_of_others
        return self._passage(self.all, wanted) & ~self._passage(self.mine, wanted)

    def _held_by(self, column: str) -> Bools:
        state = self.desk.policy.state
        known: dict[tuple[str, ...], bool] = {}

        def adverse(actors: tuple[str, ...]) -> bool:
            if actors not in known:
                known[actors] = any(
                    not any(word in actor.casefold() for word in state) for actor in actors
                )
            return known[actors]

        return np.array([adverse(actors) for actors in self.all[column]], dtype=bool)

    def _incidents(self, rule: Rule) -> np.ndarray:
        return self.reports.in_reach(self.reports.meant(rule))

    def _heard(self, rule: Rule) -> np.ndarray:
        age = statement_age_days(self.all, self.desk.snapshot.on)
        return self._incidents(rule) + (age <= (rule.within_days or 0))

    def evidence(self, rule: Rule, cells: slice) -> Fired:
        """Return a rule that fired on cells with what made it fire."""
        incidents: tuple[str, ...] = ()
        more = 0
        if rule.incidents is not None:
            incidents, more = self.reports.of(cells, self.reports.meant(rule))
        mine = self.mine["assertion_ids"].iloc[cells.start]
        everybody = self.all["assertion_ids"].iloc[cells.start]
        found: list[str] = []
        for wanted, ids in ((rule.passage, mine), (rule.passage_of_others, everybody)):
            about = {str(k) for k, passage in PASSAGE_OF.items() if passage in (wanted or ())}
            found += [name for name in ids if self.kind.get(name) in about]
        for condition, kinds in ((rule.controlled, _CONTROL), (rule.taxed, _TAX)):
            found += [name for name in everybody if condition and self.kind.get(name) in kinds]
        if rule.contested:
            found += everybody
        return Fired(
            rule.rule_id, rule.verdict, rule.because, incidents, tuple(dict.fromkeys(found)), more
        )
