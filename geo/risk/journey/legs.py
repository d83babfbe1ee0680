"""A route as the roads that it follows, one after the other: what a strip map can show of it."""

from __future__ import annotations

from dataclasses import dataclass

from geo.risk.journey.records import Route, Stretch

_TOUCH_M = 1.0


@dataclass(frozen=True, slots=True)
class RoadLeg:
    """Neighbouring stretches of one road, or one way off the known roads.

    Parameters
    ----------
    axis_id, road
        The road; empty off the known roads.
    from_m, to_m
        Measures in the direction of travel.
    km_from, km_to
        Kilometres from the start.
    stretches
        In the order of travel.
    """

    axis_id: str
    road: str
    from_m: float
    to_m: float
    km_from: float
    km_to: float
    stretches: tuple[Stretch, ...]

    @property
    def ascends(self) -> bool:
        """Whether it is travelled towards higher measures."""
        return self.to_m >= self.from_m


def legs_of(route: Route) -> tuple[RoadLeg, ...]:
    """Return the roads that a route follows, in the order of travel; together all its stretches."""
    found: list[list[Stretch]] = []
    for stretch in route.stretches:
        if found and _goes_on(found[-1][-1], stretch):
            found[-1].append(stretch)
        else:
            found.append([stretch])
    return tuple(
        RoadLeg(
            one[0].axis_id, one[0].road, one[0].from_m, one[-1].to_m, one[0].km_from,
            one[-1].km_to, tuple(one),
        )
        for one in found
    )  # fmt: skip


def _goes_on(before: Stretch, stretch: Stretch) -> bool:
    return (
        bool(before.axis_id)
        and before.axis_id == stretch.axis_id
        and abs(before.to_m - stretch.from_m) < _TOUCH_M
        and (before.to_m >= before.from_m) == (stretch.to_m >= stretch.from_m)
    )
