"""Journeys on maps: their stretches by verdict, for the screen and for paper."""

from __future__ import annotations

from typing import Any, Final

import geopandas as gpd
import shapely

from geo.i18n import gettext as _
from geo.risk.journey.legs import RoadLeg
from geo.risk.journey.limits import Closure, Line
from geo.risk.journey.policy import VERDICT_WORDS, Verdict
from geo.risk.journey.records import Answer, Route, Stretch
from geo.risk.journey.words import LABEL_WORDS, stretch_told
from geo.words import clauses
from maps.legend import verdict
from maps.strip import Judged

_MARGIN: Final = 0.12


def _path(line: Line) -> list[list[float]]:
    return [[round(lat, 5), round(lon, 5)] for lon, lat in line]


def pick_of(stretch: Stretch) -> str:
    """Return what a stretch of a journey is as a pick: that stretch of its road."""
    low, high = sorted((stretch.from_m, stretch.to_m))
    return f"road:{stretch.axis_id}:{low:.0f}:{high:.0f}"


def lines(answer: Answer, chosen: int) -> list[dict[str, Any]]:
    """Return what the screen draws of an answer, the chosen route last and so on top.

    Parameters
    ----------
    answer
        With routes, or with what separates the stops.
    chosen
        Place of the route that is shown in full; the others are thinner and choose their route.

    Returns
    -------
    list of dict
        ``path`` (lat, lon), ``verdict``, ``text``, ``pick`` and ``chosen``; a badge has ``badge``
        (the route's number) at the one point of its ``path``.
    """
    order = _order(answer, chosen)
    found = [
        _drawn(route, stretch, chosen=n == chosen)
        for n, route in ((n, answer.routes[n]) for n in order)
        for stretch in route.stretches
        if len(stretch.line) > 1
    ]
    for n in order if len(order) > 1 else ():
        point = _own_point(answer, n)
        if point is not None:
            found.append(
                {
                    "path": _path((point,)),
                    "badge": str(answer.routes[n].number),
                    "text": [name_of(answer.routes[n])],
                    "pick": f"way:{answer.routes[n].number}",
                    "chosen": n == chosen,
                }
            )
    closures = answer.no_route.closures if answer.no_route else ()
    return found + [_barrier(closure) for closure in closures]


def _drawn(route: Route, stretch: Stretch, *, chosen: bool) -> dict[str, Any]:
    return {
        "path": _path(stretch.line),
        "verdict": str(stretch.verdict),
        "text": _texts(route, stretch),
        "pick": pick_of(stretch) if chosen else f"way:{route.number}",
        "chosen": chosen,
    }


def _barrier(closure: Closure) -> dict[str, Any]:
    low, high = sorted((closure.from_m, closure.to_m))
    return {
        "path": _path(closure.line),
        "verdict": str(Verdict.AVOID),
        "text": [f"{closure.road}, {closure.pk_from} – {closure.pk_to}", str(closure.sentence)],
        "pick": f"road:{closure.axis_id}:{low:.0f}:{high:.0f}",
        "chosen": True,
    }


def _order(answer: Answer, chosen: int) -> list[int]:
    """Return the places of the routes, the chosen one last."""
    return sorted(range(len(answer.routes)), key=lambda n: n == chosen)


def name_of(route: Route) -> str:
    """Return a route's number, what it is among the others, and its verdict."""
    labels = [str(LABEL_WORDS[label]) for label in route.labels]
    parts = [_("Route {number}", number=route.number), *labels, str(VERDICT_WORDS[route.verdict])]
    return " · ".join(parts)


def _texts(route: Route, stretch: Stretch) -> list[str]:
    where = f"{stretch.road}, {stretch.pk_from} – {stretch.pk_to}"
    return [name_of(route), where, f"{verdict(stretch.verdict)}: "
            + clauses(fired.because for fired in stretch.fired[:2])]  # fmt: skip


def _own_point(answer: Answer, n: int) -> tuple[float, float] | None:
    """Return the middle of the longest part of a route that no other takes."""
    line = shapely.LineString(answer.routes[n].line)
    others = [
        shapely.LineString(route.line)
        for m, route in enumerate(answer.routes) if m != n and len(route.line) > 1
    ]  # fmt: skip
    own = shapely.difference(line, shapely.buffer(shapely.union_all(others), 0.002))
    parts = [part for part in shapely.get_parts(own) if part.length > 0]
    if not parts:
        return None
    middle = max(parts, key=lambda part: part.length).interpolate(0.5, normalized=True)
    return float(middle.x), float(middle.y)


def judged(leg: RoadLeg) -> list[Judged]:
    """Return the stretches of a leg for its strip map."""
    return [
        Judged(one.number, *sorted((one.from_m, one.to_m)), str(one.verdict),
               str(stretch_told(one)))
        for one in leg.stretches
    ]  # fmt: skip


def section(answer: Answer | None, chosen: int, *, focus: bool) -> dict[str, Any]:
    """Return what `maps.payload.build` takes of a journey; ``focus`` moves the map to it."""
    if answer is None:
        return {"lines": [], "fit": None}
    west, south, east, north = bounds(answer)
    return {
        "lines": lines(answer, chosen),
        "fit": {"bounds": [[south, west], [north, east]], "focus": focus},
    }


def bounds(answer: Answer) -> tuple[float, float, float, float]:
    """Return west, south, east and north of stops, routes and what separates the stops."""
    points = [(stop.lon, stop.lat) for stop in answer.stops]
    points += [point for route in answer.routes for point in route.line]
    closures = answer.no_route.closures if answer.no_route else ()
    points += [point for closure in closures for point in closure.line]
    west, south, east, north = shapely.MultiPoint(points).bounds
    return west, south, east, north


def bounds_around(answer: Answer) -> tuple[float, float, float, float]:
    """Return the `bounds` with a margin, for a map of the journey."""
    west, south, east, north = bounds(answer)
    margin = max(_MARGIN * max(east - west, north - south), _MARGIN)
    return west - margin, south - margin, east + margin, north + margin


def frame(answer: Answer, chosen: int) -> gpd.GeoDataFrame:
    """Return the routes for `maps.cartography.AreaMap.routes`, the chosen one on top.

    One line of each route carries its number, where there are several.
    """
    rows: list[dict[str, Any]] = []
    for n in _order(answer, chosen):
        route = answer.routes[n]
        own = [
            {
                "geometry": shapely.LineString(stretch.line),
                "verdict": str(stretch.verdict),
                "label": "",
            }
            for stretch in route.stretches
            if len(stretch.line) > 1
        ]
        point = _own_point(answer, n) if len(answer.routes) > 1 else None
        if point is not None:
            at = shapely.Point(point)
            min(own, key=lambda row: row["geometry"].distance(at))["label"] = str(route.number)
        rows += own
    columns = ["geometry", "verdict", "label"]
    return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs="EPSG:4326")
