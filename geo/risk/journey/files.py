"""An answer as files: GPX for devices, KML and KMZ for maps, GeoJSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator

import geopandas as gpd
import shapely

from geo.exchange.geojson import write_features
from geo.exchange.gpx import Mark, PointRoute, Track, write_gpx
from geo.exchange.kml import Feature, Folder, Style, write_kml, write_kmz
from geo.i18n import message
from geo.risk.journey.policy import VERDICT_WORDS, Verdict
from geo.risk.journey.records import Answer, Point, PointKind, Route, Stretch
from geo.risk.journey.words import (
    POINT_WORDS,
    labels_of,
    point_told,
    reasons_told,
    route_told,
    stretch_told,
)

_STYLES = {
    Verdict.AVOID: Style("#B2182B", 6),
    Verdict.CAUTION: Style("#E69F00", 5),
    Verdict.INSUFFICIENT: Style("#9CA3AF", 4),
    Verdict.NO_REPORT: Style("#D1D5DB", 4),
}
"""No green and no calm blue: nothing here is safe.  Bright, to be seen on satellite pictures."""
_SYMBOLS = {
    PointKind.TURN_BACK: "Danger Area",
    PointKind.NIGHT: "Lodging",
    PointKind.BORDER: "Crossing",
    PointKind.TOWN: "City (Small)",
}


def title_of(answer: Answer) -> str:
    """Return what a file of an answer is called inside."""
    names = " – ".join(stop.name for stop in answer.stops)
    return str(message("{names}, {on} (as known on {known})", names=names, on=answer.on,
                       known=answer.known_on))  # fmt: skip


def _name(route: Route) -> str:
    named = labels_of(route)
    name = message("Route {number}: {verdict}", number=route.number,
                   verdict=VERDICT_WORDS[route.verdict])  # fmt: skip
    return f"{name} ({named})" if named else str(name)


def _standing(answer: Answer) -> list[str]:
    why = [] if answer.no_route is None else [answer.no_route.text]
    return [str(line) for line in (*why, *answer.notes, *answer.standing, *answer.credits)]


def gpx(answer: Answer) -> str:
    """Return an answer as GPX 1.1.

    Per route its points as a route, its line as a track with a part per stretch; turn-back points
    and nights also as waypoints.
    """
    waypoints: dict[tuple[str, str], Mark] = {}
    for route in answer.routes:
        for point in route.points:
            if point.kind in {PointKind.TURN_BACK, PointKind.NIGHT, PointKind.BORDER}:
                # A device shows the waypoints of all routes at once.
                waypoints.setdefault((point.kind, point.name), _mark(point, _name(route)))
    return write_gpx(
        title_of(answer),
        "\n".join(_standing(answer)),
        waypoints=waypoints.values(),
        routes=[
            PointRoute(_name(route), _about(route, answer), str(VERDICT_WORDS[route.verdict]),
                       [_mark(point) for point in route.points])
            for route in answer.routes
        ],
        tracks=[
            Track(_name(route), "\n".join(str(stretch_told(s)) for s in route.stretches),
                  str(VERDICT_WORDS[route.verdict]), [s.line for s in route.stretches if s.line])
            for route in answer.routes
        ],
    )  # fmt: skip


def _about(route: Route, answer: Answer) -> str:
    return "\n".join(map(str, route_told(route, answer.coverage)))


def _mark(point: Point, *before: str) -> Mark:
    told = [*before, str(point_told(point)), *([str(point.note)] if point.note else [])]
    name = point.name
    if point.kind == PointKind.TURN_BACK:
        name = f"{POINT_WORDS[point.kind]}: {point.name}"
    return Mark(point.lon, point.lat, name, "\n".join(told), str(point.kind),
                _SYMBOLS.get(point.kind, "Waypoint"), point.arrives)  # fmt: skip


def kml(answer: Answer) -> str:
    """Return an answer as KML 2.2, the stretches coloured by verdict, the chosen route shown."""
    styles = {str(verdict): style for verdict, style in _STYLES.items()}
    folders = [
        Folder(_name(route), [
            *(_line(stretch, answer) for stretch in route.stretches if stretch.line),
            *(_pin(point, route) for point in route.points),
        ], shown=number == answer.chosen)
        for number, route in enumerate(answer.routes)
    ]  # fmt: skip
    if answer.no_route is not None:
        folders.append(Folder(str(message("Closed")), [
            Feature(f"{c.road}, {c.pk_from} – {c.pk_to}", [str(c.sentence)], str(Verdict.AVOID),
                    c.line)
            for c in answer.no_route.closures
        ]))  # fmt: skip
    return write_kml(title_of(answer), _standing(answer), styles, folders)


def _line(stretch: Stretch, answer: Answer) -> Feature:
    lines = [str(stretch.sentence), *map(str, reasons_told(stretch, answer, set()))]
    return Feature(str(stretch_told(stretch)), lines, str(stretch.verdict), stretch.line)


def _pin(point: Point, route: Route) -> Feature:
    mark = _mark(point)
    style = Verdict.AVOID if point.kind == PointKind.TURN_BACK else route.verdict
    return Feature(mark.name, mark.description.split("\n"), str(style), [(point.lon, point.lat)])


def kmz(answer: Answer) -> bytes:
    """Return an answer as KMZ."""
    return write_kmz(kml(answer))


def geojson(answer: Answer) -> str:
    """Return an answer as GeoJSON: a line per stretch, a point per point, what separates stops."""
    rows = list(_rows(answer))
    frame = gpd.GeoDataFrame(
        {name: [row.get(name) for row in rows] for name in _PROPERTIES},
        geometry=[row["geometry"] for row in rows], crs="EPSG:4326",
    )  # fmt: skip
    return write_features(frame, [*answer.credits, *map(str, answer.standing)])


_PROPERTIES = (
    "feature", "route", "number", "name", "verdict", "rules", "because", "road", "axis_id",
    "pk_from", "pk_to", "km_from", "km_to", "expected", "low", "high", "rank", "status",
    "passage", "incident_ids", "assertion_ids", "enters", "leaves", "dark", "kind", "arrives",
    "daylight_left_h", "last_confirmed", "note",
)  # fmt: skip


def _rows(answer: Answer) -> Iterator[dict[str, object]]:
    for route in answer.routes:
        for s in route.stretches:
            if not s.line:
                continue
            exposure = s.exposure
            yield {
                "feature": "stretch", "route": route.number, "number": s.number,
                "name": str(stretch_told(s)), "verdict": s.verdict,
                "rules": [fired.rule_id for fired in s.fired],
                "because": [fired.because for fired in s.fired], "road": s.road,
                "axis_id": s.axis_id, "pk_from": s.pk_from, "pk_to": s.pk_to,
                "km_from": s.km_from, "km_to": s.km_to,
                "expected": exposure and exposure.expected, "low": exposure and exposure.low,
                "high": exposure and exposure.high, "rank": s.rank, "status": s.sentence,
                "passage": s.passage, "incident_ids": list(s.incident_ids),
                "assertion_ids": sorted({i for fired in s.fired for i in fired.assertion_ids}),
                "enters": s.enters, "leaves": s.leaves, "dark": s.dark,
                "geometry": shapely.LineString(s.line),
            }  # fmt: skip
        for number, p in enumerate(route.points, start=1):
            yield {
                "feature": "point", "route": route.number, "number": number, "name": p.name,
                "axis_id": p.axis_id, "pk_from": p.pk, "km_from": p.km, "kind": p.kind,
                "arrives": p.arrives, "daylight_left_h": round(p.daylight_left_h, 2),
                "last_confirmed": p.last_confirmed, "status": p.sentence, "note": p.note,
                "geometry": shapely.Point(p.lon, p.lat),
            }  # fmt: skip
    for number, c in enumerate(answer.no_route.closures if answer.no_route else (), start=1):
        yield {
            "feature": "closure", "number": number, "name": c.road, "axis_id": c.axis_id,
            "pk_from": c.pk_from, "pk_to": c.pk_to, "status": c.sentence,
            "assertion_ids": list(c.assertion_ids), "geometry": shapely.LineString(c.line),
        }  # fmt: skip
