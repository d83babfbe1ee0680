"""The answer to a question about concentration, with everything that explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from geo.hotspots import bandwidth as bandwidths
from geo.hotspots import change as planar_change
from geo.hotspots import getis_ord, notes, planar
from geo.hotspots.analysis.events import Comparison, Events
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.question import NETWORK, Question
from geo.hotspots.bandwidth import Bandwidth
from geo.hotspots.getis_ord import GiStar
from geo.hotspots.kernels import Smoother, kernel_named
from geo.hotspots.mass import Mass
from geo.hotspots.network import bandwidth as road_bandwidths
from geo.hotspots.network import periods as road_periods
from geo.hotspots.network.density import RoadDensity, road_density
from geo.hotspots.periods import DAYS_PER_MONTH
from geo.i18n import Message, message

AREA_KM2 = 10_000
"""Rates on the plane are per so much area and month."""
ROAD_KM = 100
"""Rates along roads are per so many kilometres and month."""


@dataclass(frozen=True, eq=False)
class Answer:
    """Where the events of a question concentrate.

    What costs time and is not always wanted (significance, change, the ranking) is computed when it
    is first asked for.

    Parameters
    ----------
    question
        What was asked.
    events
        The events, with what depends on no bandwidth: ranking, comparisons, rate.
    bandwidth
        The bandwidth, and why.
    surface
        The density on the plane; ``None`` along roads.
    roads
        The density along the roads; ``None`` on the plane.
    """

    question: Question
    events: Events
    bandwidth: Bandwidth
    surface: planar.Surface | None
    roads: RoadDensity | None

    @property
    def months(self) -> float:
        """Length of the period in months of 30.44 days."""
        return self.question.period.days / DAYS_PER_MONTH

    @property
    def per_area(self) -> float:
        """What turns events per km² over the period into events per `AREA_KM2` and month."""
        return AREA_KM2 / self.months

    @property
    def per_road(self) -> float:
        """What turns events per km over the period into events per `ROAD_KM` and month."""
        return ROAD_KM / self.months

    @cached_property
    def left_out(self) -> dict[str, float]:
        """Events of the period that carry no mass, by reason."""
        return self.events.left_out(
            on_roads=self.roads is not None, with_regions=self.question.with_regions
        )

    @property
    def left_out_share(self) -> float:
        """Share of the events that carry no mass, 0 without events."""
        return sum(self.left_out.values()) / self.events.count if self.events.count else 0.0

    @property
    def stretches(self) -> pd.DataFrame:
        """The stretches of the axes, ranked; see `geo.hotspots.ranking.rank_stretches`."""
        return self.events.stretches

    @property
    def comparisons(self) -> tuple[Comparison, Comparison]:
        """Against the period before and the mean of the 52 weeks before."""
        return self.events.before, self.events.year

    @cached_property
    def significance(self) -> GiStar | None:
        """Gi* of the cells within a bandwidth; ``None`` along roads, where stretches are tested."""
        if self.surface is None:
            return None
        grid = self.surface.grid
        counts = getis_ord.mass_per_cell(self.mass, grid, self.events.share)
        smoother = Smoother(kernel_named(self.surface.kernel), self.surface.bandwidth_m)
        # A Gaussian has no rim; twice its standard deviation holds as much as a quartic's rim.
        cells = smoother.cells(grid) * (2 if smoother.kernel.power is None else 1)
        observed = self.events.ground.observed(grid.cell_m)
        return getis_ord.gi_star(counts, max(cells, 1.0), area=observed)

    def change(self, against: str) -> planar_change.Change | None:
        """Return the change per cell against "before" or "year"; ``None`` along roads."""
        if self.surface is None:
            return None
        return planar_change.change(
            self.mass, self.surface.grid, self.question.period, against,
            starts=self.events.starts, ends=self.events.ends,
            bandwidth_m=self.surface.bandwidth_m, kernel=self.surface.kernel,
            confidence=road_periods.COVERAGE,
        )  # fmt: skip

    @cached_property
    def road_change(self) -> pd.DataFrame:
        """The change per lixel, see `geo.hotspots.network.periods.change`; empty on the plane."""
        if self.roads is None:
            return pd.DataFrame()
        return road_periods.change(
            self.events.road_mass, self.roads.lixels, self.events.starts, self.events.ends,
            self.question.period, bandwidth_m=self.roads.bandwidth_m, method=self.roads.method,
            kernel=self.roads.kernel,
        )  # fmt: skip

    @cached_property
    def lixels(self) -> pd.DataFrame:
        """The lixels along each axis, with rate, change and what tells chance from a pattern.

        Columns of `Lixels.along_axes` and of `geo.hotspots.network.periods.change` (events per
        100 km and month); empty on the plane.
        """
        if self.roads is None:
            return pd.DataFrame()
        along = self.roads.lixels.along_axes()
        found = self.road_change
        return along.join(found.iloc[along["lixel"].to_numpy()].set_index(along.index))

    @property
    def mass(self) -> Mass:
        """The events of all days on the plane."""
        ground, question = self.events.ground, self.question
        mass = ground.mass(question.cell_m, with_regions=question.with_regions)
        return mass.select(self.events.chosen)

    @property
    def drawing_notes(self) -> tuple[Message, ...]:
        """How the density was computed, and what is not in it."""
        made = notes.road_notes(self.roads)
        if self.surface is not None:
            made = (*self.surface.notes, kernel_named(self.question.kernel).misleads)
        return (*made, *self._left_out_note())

    @property
    def notes(self) -> tuple[Message, ...]:
        """What a reader has to know: bandwidth, engine, what is left out, counts, reporting."""
        return (self.bandwidth.why, *self.drawing_notes, *self.events.notes())

    def _left_out_note(self) -> list[Message]:
        if not sum(self.left_out.values()):
            return []
        return [
            message(
                "{share:.0%} of the events are not in this picture: {region:.1f} known by region "
                "only, {off:.1f} off the known roads, {unplaced:.1f} without a place.",
                share=self.left_out_share,
                region=self.left_out.get("region", 0.0),
                off=self.left_out.get("off_roads", 0.0),
                unplaced=self.left_out["unplaced"],
            )
        ]


def answer(question: Question, ground: Ground) -> Answer:
    """Answer a question.

    Parameters
    ----------
    question
        What is asked.
    ground
        Of the snapshot that the question's selection names.

    Raises
    ------
    geo.records.InputError
        With everything that makes no sense in the question.
    geo.hotspots.memory.TooLargeError
        When the machine cannot hold what it needs, before it starts.

    Notes
    -----
    Safe to call from several threads, with the same numbers however many do.
    """
    question.check()
    return of_events(question, Events(ground, question.selection))


def of_events(question: Question, events: Events) -> Answer:
    """Answer a question about events that are already chosen; see `answer`."""
    question.check()
    ground = events.ground
    if question.surface == NETWORK:
        lixels = ground.lixels(question.lixel_m)
        chosen = _bandwidth(
            question,
            events,
            lambda: road_bandwidths.by_likelihood(
                events.road_mass, lixels, events.share,
                method=question.method, kernel=question.kernel,
            ),
        )  # fmt: skip
        roads = road_density(
            events.road_mass, lixels, chosen.bandwidth_m,
            method=question.method, kernel=question.kernel, incident_weights=events.share,
        )  # fmt: skip
        return Answer(question, events, chosen, None, roads)
    grid = ground.grid(question.cell_m)
    whole = ground.mass(question.cell_m, with_regions=question.with_regions)
    mass = whole.select(events.chosen)
    estimate = {
        bandwidths.RULE: lambda: bandwidths.rule_of_thumb(_within(mass, events), question.kernel),
        bandwidths.LIKELIHOOD: lambda: bandwidths.by_likelihood(
            _within(mass, events), grid, question.kernel, leave_out=bandwidths.PLACE
        ),
    }
    chosen = _bandwidth(question, events, estimate.get(question.bandwidth))
    surface = planar.density(mass, grid, chosen.bandwidth_m, events.share, kernel=question.kernel)
    return Answer(question, events, chosen, surface, None)


def _within(mass: Mass, events: Events) -> Mass:
    """Return the mass of the events that may lie in the period."""
    return mass.select(np.asarray(events.share > 0))


def _bandwidth(
    question: Question, events: Events, estimate: Callable[[], Bandwidth] | None
) -> Bandwidth:
    """Return the bandwidth asked for; the usual one, and why, when it cannot be estimated."""
    usual = bandwidths.by_hand(question.hand_m, question.kernel)
    if question.bandwidth == bandwidths.HAND or estimate is None:
        return usual
    try:
        # Of these events it depends on everything that was asked but the bandwidth by hand.
        return events.bandwidths.get(replace(question, bandwidth_m=None), estimate)
    except bandwidths.TooFewError as error:
        why = message("{reason} {usual}", reason=error.reason, usual=usual.why)
        return Bandwidth(
            usual.bandwidth_m, bandwidths.HAND, usual.kernel, why, usual.candidates_m, usual.score
        )
