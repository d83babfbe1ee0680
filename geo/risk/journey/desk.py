"""What the route check works with, prepared once for a day and asked by many journeys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo import summary
from geo.atlas import Atlas
from geo.hotspots.network.arrays import Floats
from geo.risk.field import RiskField, fit, fit_events
from geo.risk.ground import CLASSES, Ground
from geo.risk.journey.policy import JourneyPolicy, load_journey_policy
from geo.risk.models import Decay, Model
from geo.risk.routing.vehicles import Vehicle
from geo.roads.changes import COMPARED
from geo.roads.evidence import Evidence
from geo.roads.laying import Laying, lay
from geo.roads.referencing import METRES_PER_DEGREE
from geo.roads.statements import PASSAGE_OF
from geo.snapshot import Snapshot

Ints = NDArray[np.intp]
_PASSAGE_KINDS = frozenset(str(kind) for kind in PASSAGE_OF)


@dataclass(frozen=True, eq=False)
class Lane:
    """An axis as it lies on edges and lixels; measures ascend along all arrays.

    Parameters
    ----------
    edge, at_u_m, at_v_m
        The edges it runs over, and the axis' measures at their ends.
    lixel, from_m, to_m
        The lixels it runs over.
    """

    edge: Ints
    at_u_m: Floats
    at_v_m: Floats
    lixel: Ints
    from_m: Floats
    to_m: Floats


class Rows:
    """Rows of a frame as objects, one at a time and cheaply.

    Parameters
    ----------
    frame
        Its columns become attributes.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._columns = {str(name): frame[name].to_numpy(dtype=object) for name in frame}

    def __getitem__(self, row: int) -> Any:
        """Return a row; its cells may be set."""
        return SimpleNamespace(**{name: cells[row] for name, cells in self._columns.items()})


@dataclass(frozen=True, eq=False)
class Desk:
    """Roads, rates and evidence of a day.  Use :meth:`of`.

    Parameters
    ----------
    snapshot
        What was known.
    field
        Rates of incidents, of the same snapshot.
    evidence
        Statements about the roads.
    laying
        Where they lie.
    policy
        Vehicles, rules, and what else is judged.
    """

    snapshot: Snapshot
    field: RiskField
    evidence: Evidence
    laying: Laying
    policy: JourneyPolicy

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        ground: Ground | None = None,
        *,
        field: RiskField | None = None,
        laying: Laying | None = None,
        policy: JourneyPolicy | None = None,
    ) -> Desk:
        """Prepare a desk; what is at hand need not be made again.

        Parameters
        ----------
        snapshot
            What was known on one day about another.
        ground
            ``Ground.of(snapshot.atlas)``.
        field
            ``fit(snapshot, ground)``.
        laying
            Of the ledger's assertions: it depends on no day.
        policy
            That of ``data/policy.toml`` unless given.
        """
        if field is None:
            field = fit(snapshot, ground or Ground.of(snapshot.atlas))
        laying = laying or lay(snapshot.assertions, snapshot.atlas)
        evidence = Evidence.gather(snapshot.assertions, snapshot.atlas, laying)
        return cls(snapshot, field, evidence, laying, policy or load_journey_policy())

    def without(self, incident_id: str) -> Desk:
        """Return the same desk as if an incident had not been reported.

        Raises
        ------
        KeyError
            When no such incident was known.
        """
        shot = self.snapshot
        kept = shot.incidents.index != incident_id
        if kept.all():
            raise KeyError(incident_id)
        less = replace(
            shot,
            version=f"{shot.version}-{incident_id}",
            incidents=shot.incidents[kept],
            placements=shot.placements[kept],
            claims=shot.claims[shot.claims["incident_id"] != incident_id],
        )
        return Desk.of(less, self.ground, laying=self.laying, policy=self.policy)

    @property
    def atlas(self) -> Atlas:
        """Places, axes and regions."""
        return self.snapshot.atlas

    @property
    def ground(self) -> Ground:
        """The roads, cut into lixels."""
        return self.field.ground

    @cached_property
    def lanes(self) -> dict[str, Lane]:
        """How each axis lies on the roads."""
        graph = self.ground.lixels.graph
        cells = dict(iter(self.ground.lixels.along_axes().groupby("axis_id", sort=False)))
        found = {}
        for axis_id, legs in graph.legs.groupby("axis_id", sort=False):
            mine = cells[axis_id]
            found[str(axis_id)] = Lane(
                edge=legs["edge"].to_numpy(np.intp),
                at_u_m=legs["at_u_m"].to_numpy(np.float64),
                at_v_m=legs["at_v_m"].to_numpy(np.float64),
                lixel=mine["lixel"].to_numpy(np.intp),
                from_m=mine["measure_from_m"].to_numpy(np.float64),
                to_m=mine["measure_to_m"].to_numpy(np.float64),
            )
        return found

    @cached_property
    def axes_of_edge(self) -> dict[int, list[tuple[str, int]]]:
        """Which axes run over an edge, and as which of their legs."""
        found: dict[int, list[tuple[str, int]]] = {}
        for axis_id, lane in self.lanes.items():
            for leg, edge in enumerate(lane.edge.tolist()):
                found.setdefault(edge, []).append((axis_id, leg))
        return found

    @cached_property
    def edge_class(self) -> NDArray[np.intp]:
        """Class of road of each edge: place in `geo.risk.ground.CLASSES`."""
        classes = self.ground.groups["road_class"].map(CLASSES.index).to_numpy(np.intp)
        return np.asarray(classes[self.ground.group[self.ground.lixels.first[:-1]]])

    def edge_h(self, vehicle: Vehicle) -> Floats:
        """Return the hours that a vehicle takes for each edge; infinite where it may not go."""
        codes = np.array([int(self.policy.axis_class[name]) for name in CLASSES])
        kmh = vehicle.kmh(codes)[self.edge_class]
        km = self.ground.lixels.graph.length_m / 1_000
        return np.asarray(np.where(kmh > 0, km / np.where(kmh > 0, kmh, 1.0), np.inf))

    @cached_property
    def status(self) -> pd.DataFrame:
        """Status of all roads for everybody."""
        return self.evidence.status(self.snapshot.on, self.snapshot.known_on)

    @cached_property
    def rows(self) -> Rows:
        """The rows of ``status``."""
        return Rows(self.status)

    @cached_property
    def state(self) -> Ints:
        """What stands on each row of ``status``, as a number."""
        return state_of(self.status)

    def evidence_for(self, vehicle: Vehicle) -> Evidence:
        """Return the evidence without what is said of the passage of other vehicles."""
        lines = self.snapshot.assertions
        concerned = {text: vehicle.concerns(text) for text in lines["affected"].unique()}
        others = lines["kind"].isin(_PASSAGE_KINDS) & ~lines["affected"].map(concerned).astype(bool)
        return Evidence.gather(lines[~others], self.atlas, self.laying)

    @cached_property
    def _status_for(self) -> dict[Vehicle, pd.DataFrame]:
        return {}

    def status_for(self, vehicle: Vehicle) -> pd.DataFrame:
        """Return the status of all roads for a vehicle; kept, since many journeys ask it."""
        if vehicle not in self._status_for:
            evidence = self.evidence_for(vehicle)
            status = evidence.status(self.snapshot.on, self.snapshot.known_on)
            self._status_for[vehicle] = status
        return self._status_for[vehicle]

    @cached_property
    def tolls(self) -> pd.DataFrame:
        """Tolls of the incidents, as `geo.summary.tolls`."""
        return summary.tolls(self.snapshot.claims)

    @cached_property
    def region_of_incident(self) -> NDArray[np.object_]:
        """The ``region_id`` of each incident of the snapshot, empty when it names none."""
        known = {
            (country, name): region_id
            for region_id, country, covers in zip(
                self.atlas.regions.index, self.atlas.regions["country"],
                self.atlas.regions["covers"], strict=True,
            )
            for name in covers
        }  # fmt: skip
        incidents = self.snapshot.incidents
        named = zip(incidents["country"], incidents["admin1"], strict=True)
        return np.array([known.get(place, "") for place in named], dtype=object)

    @cached_property
    def lixel_of_point(self) -> NDArray[np.int64]:
        """Lixel of each point of the incidents' mass."""
        mass = self.field.events.mass
        return self.ground.lixels.at(mass.edge, mass.offset_m)

    @cached_property
    def support_of_point(self) -> Ints:
        """Support of each point of the incidents' mass."""
        begin = self.field.events.mass.begin
        return np.repeat(np.arange(len(begin) - 1), np.diff(begin))

    @cached_property
    def plane(self) -> shapely.STRtree:
        """The lixels' middles in metres on a plane good enough for some tens of kilometres."""
        return shapely.STRtree(shapely.points(*self.flat))

    @cached_property
    def flat(self) -> tuple[Floats, Floats]:
        """Middles of the lixels: x and y in metres; distances near them are right to 1 %."""
        shrink = np.cos(np.radians(self.ground.lat.mean() if len(self.ground.lat) else 0.0))
        return (
            self.ground.lon * METRES_PER_DEGREE * shrink,
            self.ground.lat * METRES_PER_DEGREE,
        )

    @cached_property
    def variants(self) -> dict[str, RiskField]:
        """The same incidents weighed in other ways, for the table of sensitivities."""
        field = self.field
        until = min(self.snapshot.on, self.snapshot.known_on)
        return {
            name: fit_events(
                field.events, self.ground, field.policy, model, on=self.snapshot.on, until=until
            )
            for name, model in _variants(field.model).items()
        }


def state_of(status: pd.DataFrame) -> Ints:
    """Return a number per row of a status, equal where the same stands by the same statements."""
    columns = [status[name].to_numpy(dtype=object) for name in (*COMPARED, "assertion_ids")]
    known: dict[tuple[Any, ...], int] = {}
    rows = zip(*columns, strict=True)
    return np.array([known.setdefault(row, len(known)) for row in rows], dtype=np.intp)


def _variants(model: Model) -> dict[str, Model]:
    life = model.decay.half_life_days
    changes: dict[str, Model] = {}
    if np.isfinite(life):
        for name, factor in (("half_life_halved", 0.5), ("half_life_doubled", 2.0)):
            decay = Decay(life * factor, model.decay.floor, model.decay.window_days)
            changes[name] = replace(model, decay=decay)
    if np.isfinite(model.bandwidth_m):
        changes["bandwidth_halved"] = replace(model, bandwidth_m=model.bandwidth_m / 2)
        changes["bandwidth_doubled"] = replace(model, bandwidth_m=model.bandwidth_m * 2)
    changes["all_incidents_alike"] = replace(model, weighted=not model.weighted)
    return changes
