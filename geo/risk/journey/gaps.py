"""What is not known about a route, and what changes when incidents are weighed otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from geo.hotspots.network.arrays import Floats
from geo.hotspots.network.events import OFF_ROADS, REGION_ONLY
from geo.i18n import counted, message
from geo.risk.journey.course import Course
from geo.risk.journey.desk import Desk, Ints
from geo.risk.journey.limits import Gap, Sensitivity
from geo.risk.journey.reports import Reports
from geo.roads.course import Drawn
from geo.roads.referencing import drawn_between

YEAR_DAYS = 365
_CHANGES = {
    "half_life_halved": message("Old incidents count less: half the half-life."),
    "half_life_doubled": message("Old incidents count more: twice the half-life."),
    "bandwidth_halved": message("An incident tells about half as long a stretch."),
    "bandwidth_doubled": message("An incident tells about twice as long a stretch."),
    "all_incidents_alike": message("All incidents count alike, whatever their kind and toll."),
}


def gaps_of(desk: Desk, course: Course, reports: Reports, unmapped_km: float) -> list[Gap]:
    """Return what is not known about a route.

    Parameters
    ----------
    desk, course, reports
        The route and what was reported near it.
    unmapped_km
        Straight length of ways that no map shows.
    """
    km = course.km_to - course.km_from
    found = []
    if unmapped_km:
        found.append(
            Gap("unmapped", message("{km:,.0f} km lead off the known roads: nothing is known.",
                                    km=unmapped_km), unmapped_km)
        )  # fmt: skip
    rows = desk.status.iloc[course.row]
    heard = rows["last_evidence"].to_numpy(dtype=object) != ""
    never, stale = km[~heard].sum(), km[rows["stale"].to_numpy(bool)].sum()
    if never:
        text = message("Of {km:,.0f} km nobody ever stated who holds them or who passes.",
                       km=never)  # fmt: skip
        found.append(Gap("never_reported", text, float(never)))
    if stale:
        text = message("On {km:,.0f} km all that was stated about the road is too old to count.",
                       km=stale)  # fmt: skip
        found.append(Gap("stale", text, float(stale)))
    thin = km[desk.field.thin[course.lixel]].sum()
    if thin:
        text = message(
            "On {km:,.0f} km the rate rests on the region's average alone: too few incidents near.",
            km=thin,
        )
        found.append(Gap("thin", text, float(thin)))
    schematic = sum(
        end - start
        for leg in course.legs
        for start, end, drawn in drawn_between(desk.atlas.axes[leg.axis_id], leg.from_m, leg.to_m)
        if drawn is Drawn.SCHEMATIC
    ) / 1_000  # fmt: skip
    if schematic:
        text = message("{km:,.0f} km are drawn straight from place to place; roads wind.",
                       km=schematic)  # fmt: skip
        found.append(Gap("schematic", text, schematic))
    return [*found, *_unplaced(desk, course, reports)]


def _unplaced(desk: Desk, course: Course, reports: Reports) -> list[Gap]:
    """Return what is known of the regions passed and lies on no road."""
    support = desk.field.events.mass.support_of
    groups = desk.ground.groups["region_id"].to_numpy(dtype=object)
    passed = {groups[group] for group in np.unique(desk.ground.group[course.lixel])}
    here = np.isin(desk.region_of_incident, list(passed)) & (reports.age_days <= YEAR_DAYS)
    found = []
    for kind, reason, text in (
        ("region_only", REGION_ONLY, counted(
            "{count} incident of the last year is known only by a region that is passed; it is on "
            "no road.",
            "{count} incidents of the last year are known only by a region that is passed; they "
            "are on no road.", int((here & (support == REGION_ONLY)).sum()))),
        ("off_road", OFF_ROADS, counted(
            "{count} incident of the last year in these regions was off the known roads.",
            "{count} incidents of the last year in these regions were off the known roads.",
            int((here & (support == OFF_ROADS)).sum()))),
    ):  # fmt: skip
        if (here & (support == reason)).any():
            found.append(Gap(kind, text))
    undated = desk.snapshot.assertions
    undated = undated[undated["valid_from"].isna() & undated["published_on"].isna()]
    laid = desk.laying.stretches
    laid = laid[laid["line"].isin(undated.index)]
    rows: Any = laid.drop_duplicates("assertion_id").itertuples()
    count = sum(
        any(
            row.axis_id == leg.axis_id
            and row.measure_from_m < max(leg.from_m, leg.to_m)
            and row.measure_to_m > min(leg.from_m, leg.to_m)
            for leg in course.legs
        )
        for row in rows
    )
    if count:
        text = counted("{count} statement about these roads bears no date and counts on no day.",
                       "{count} statements about these roads bear no date and count on no day.",
                       count)  # fmt: skip
        found.append(Gap("undated", text))
    return found


def sensitivities(desk: Desk, ways: Sequence[tuple[Ints, Floats]]) -> list[list[Sensitivity]]:
    """Return what becomes of each route when incidents are weighed in other ways.

    Parameters
    ----------
    desk
        Rates.
    ways
        Lixels and days on each, by route.
    """
    asked = [float(desk.field.costs()[lixel] @ days) for lixel, days in ways]
    found: list[list[Sensitivity]] = [[] for _ in ways]
    for change, field in desk.variants.items():
        costs = field.costs()
        then = [float(costs[lixel] @ days) for lixel, days in ways]
        for n, (lixel, _) in enumerate(ways):
            found[n].append(
                Sensitivity(
                    change, _CHANGES[change], then[n], then[n] / max(asked[n], 1e-300),
                    float(field.rank(field.mean_rate(lixel))), then[n] <= min(then) * (1 + 1e-9),
                )
            )  # fmt: skip
    return found
