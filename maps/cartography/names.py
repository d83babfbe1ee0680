"""Which names an area map wants to show, and how much each one matters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import shapely
from babel.core import Locale, UnknownLocaleError
from matplotlib.colors import to_hex, to_rgb

from geo import i18n
from geo.gazetteer.land import land_of
from maps import palette
from maps.cartography import base, labels
from maps.cartography.ground import Ground
from maps.cartography.incidents import Symbols
from maps.cartography.labels import Label
from maps.cartography.lettering import clean
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen
from maps.cartography.plate import AreaMap
from maps.cartography.roads import MARKED, Line, path_of

#: Letters of a place by its kind: size in units, bold, weight, radius of its dot.
_PLACE: Final = {
    "city": (12.5, True, 12.0, 2.8),
    "town": (11.0, False, 6.0, 2.0),
}
_SMALL: Final = (10.0, False, 2.4, 1.5)
#: Towns are named where a unit of paper is fewer metres than this, villages likewise.
_TOWNS_M: Final = 1_800.0
_VILLAGES_M: Final = 260.0
_QUIET: Final = "#6F6A60"
_WITH_INCIDENT: Final = 2.0


def country_name(code: str, name: str) -> str:
    """Return a country's name in the active language."""
    try:
        return str(Locale.parse(i18n.language().replace("-", "_")).territories.get(code, name))
    except (UnknownLocaleError, ValueError):
        return name


def _darker(colour: str) -> str:
    return str(to_hex(0.62 * np.array(to_rgb(colour)) + 0.38 * np.array(to_rgb("#1F2430"))))


def places(pen: Pen, area: AreaMap, ground: Ground, held: Symbols) -> Iterator[Label]:
    """Yield places by rank; those with an incident count for more."""
    view, box = area.view, ground.box
    scale = ground.m_per_pt * pen.u
    rows = view.snapshot.placements.loc[view.ids]
    near = set(rows.loc[rows["kind"].isin(["place", "near"]), "place_ids"].str[0].dropna())
    on_roads = view.snapshot.atlas.axes_of
    every = [
        place for place in view.snapshot.atlas.gazetteer.places.values()
        if place.kind != "region" and (
            place.kind == "city" or place.place_id in near
            or (place.kind == "town" and scale < _TOWNS_M)
            or (scale < _VILLAGES_M and place.place_id in on_roads)
        )
    ]  # fmt: skip
    at = ground.to_paper(np.array([(p.lon, p.lat) for p in every]).reshape(-1, 2))
    for place, (x, y) in zip(every, at.tolist(), strict=True):
        if not (box.left < x < box.right and box.bottom < y < box.top):
            continue
        wanted, bold, weight, dot = _PLACE.get(place.kind, _SMALL)
        size = pen.letters(wanted)
        weight += _WITH_INCIDENT * (place.place_id in near)
        text = clean(place.name)
        spots = labels.around(pen, (x, y), (dot + 2.2) * pen.u, text, size, bold=bold)
        covered = False
        for sx, sy, r in zip(held.x, held.y, held.radius, strict=True):
            # Under a symbol its name stands around the symbol, and the symbol is its dot.
            if abs(sx - x) < r + 3 * pen.u and abs(sy - y) < r + 3 * pen.u:
                spots += labels.around(
                    pen, (sx, sy), r + 2 * pen.u, text, size, wide=True, bold=bold
                )
                covered = covered or bool(np.hypot(sx - x, sy - y) < r + dot * pen.u)
        yield Label(text, size, "#1F2430", weight, spots, bold=bold,
                    dot=None if covered else (x, y, dot),
                    name=f"place:{place.place_id}")  # fmt: skip


def roads(pen: Pen, area: AreaMap, ground: Ground, lines: list[Line]) -> Iterator[Label]:
    """Yield road numbers, one for each good length of road."""
    axes, size = area.view.snapshot.atlas.axes, pen.letters(9.0)
    by_ref: dict[str, list[Line]] = {}
    for line in lines:
        if axes[line.axis_id].ref:
            by_ref.setdefault(axes[line.axis_id].ref, []).append(line)
    for ref, own in by_ref.items():
        text = clean(ref)
        box = ground.box.inset(10 * pen.u)
        points = list(labels.points_along([line.path for line in own], box, 24 * pen.u))
        if not points:
            continue
        weight = 5.0 if any(line.known for line in own) else 2.0
        for part in np.array_split(np.arange(len(points)), max(len(points) // 22, 1)):
            middle = part.mean()
            spots = labels.centred(
                pen,
                [(*points[i][:2], 0.02 * abs(i - middle)) for i in part],
                text, size, 2.2 * pen.u, bold=True,
            )  # fmt: skip
            yield Label(text, size, "#1F2430", weight, spots, bold=True, shield=True,
                        name=f"road:{ref}")  # fmt: skip


def holders(pen: Pen, ground: Ground, lines: list[Line]) -> Iterator[Label]:
    """Yield who holds a band, beside it, so that it reads without its colour."""
    size, box, reach = pen.letters(10.0), ground.box, 240 * pen.u
    for actor in (*palette.ACTORS, palette.SEVERAL):
        paths = [line.path for line in lines if line.holder == actor.key]
        # One name for each part of the map that the bands of a holder cross.
        parts: dict[tuple[float, float], list[tuple[float, float, float]]] = {}
        for point in labels.points_along(paths, box, 20 * pen.u):
            near = (at for at in parts if np.hypot(at[0] - point[0], at[1] - point[1]) < reach)
            parts.setdefault(next(near, point[:2]), []).append(point)
        text = clean(str(actor.short))
        wide, high = labels.extent(pen, text, size, bold=True, italic=True)
        for points in parts.values():
            beside = []
            for number, (x, y, turn) in enumerate(points):
                across, up = -np.sin(turn), np.cos(turn)
                away = 8 * pen.u + abs(across) * wide / 2 + abs(up) * high / 2
                cost = 0.01 * abs(number - len(points) / 2)
                beside += [
                    (x + side * across * away, y + side * up * away, cost) for side in (1, -1)
                ]
            spots = labels.centred(pen, beside, text, size, bold=True, italic=True)
            yield Label(text, size, _darker(actor.colour), 4.0, spots, bold=True, italic=True,
                        name=f"holder:{actor.key}")  # fmt: skip


def _inside(
    pen: Pen, ground: Ground, shape: Any, text: str, size: float, *, bold: bool = False
) -> tuple[labels.Spot, ...]:
    """Return places well inside an area of the map, the middle first."""
    drawn = ground.drawn(np.array([shape], dtype=object))
    box = ground.box
    seen = shapely.clip_by_rect(drawn[0], box.left, box.bottom, box.right, box.top) if len(
        drawn) else None  # fmt: skip
    if seen is None or shapely.is_empty(seen):
        return ()
    left, bottom, right, top = seen.bounds
    middle = seen.representative_point()
    reach = max(right - left, top - bottom, 1.0)
    at = [(middle.x, middle.y, 0.0)] + [
        (x, y, float(np.hypot(x - middle.x, y - middle.y)) / reach)
        for x in np.linspace(left, right, 11)[1:-1]
        for y in np.linspace(bottom, top, 11)[1:-1]
    ]
    spots = labels.centred(pen, at, text, size, bold=bold)
    boxes = shapely.box(*np.array(
        [(s.box.left, s.box.bottom, s.box.right, s.box.top) for s in spots]).T)  # fmt: skip
    shapely.prepare(seen)
    return tuple(
        spot for spot, fits in zip(spots, shapely.contains(seen, boxes), strict=True) if fits
    )


def areas(pen: Pen, area: AreaMap, ground: Ground) -> Iterator[Label]:
    """Yield regions, each on its own land where several share an outline, and countries."""
    atlas = area.view.snapshot.atlas
    frame = atlas.regions
    for row in frame[frame["focus"]].itertuples():
        for part in row.covers or (row.name,):
            own = land_of(atlas).region(row.country, part)
            text, size = clean(part).upper(), 10.5
            shape = row.geometry if own is None else own.geometry
            spots = _inside(pen, ground, shape, text, size)
            if spots:
                yield Label(text, size, _QUIET, 3.0, spots, name=f"region:{part}")
    for row in base.layer("countries").itertuples():
        text, size = clean(country_name(row.country, row.name)).upper(), 14.0
        spots = _inside(pen, ground, row.geometry, text, size, bold=True)
        if spots:
            yield Label(text, size, _QUIET, 5.0, spots, bold=True,
                        name=f"country:{row.country}")  # fmt: skip


def numbers(pen: Pen, area: AreaMap, held: Symbols) -> Iterator[Label]:
    """Yield the numbers of incidents that a text beside the map speaks of."""
    ids = held.frame["id"].to_numpy()
    for x, y, radius, rows in zip(held.x, held.y, held.radius, held.rows, strict=True):
        given = [area.numbers[name] for name in ids[rows] if name in area.numbers]
        if given:
            text, size = clean(", ".join(given)), 10.5
            spots = labels.around(
                pen, (x, y), radius + 1.5 * pen.u, text, size, wide=True, bold=True
            )
            yield Label(text, size, MARKED, 60.0, spots, bold=True, name=f"number:{text}")


def stretches(pen: Pen, area: AreaMap, ground: Ground) -> Iterator[Label]:
    """Yield the labels of marked stretches, on the line or beside it."""
    if area.marked is None or "label" not in area.marked:
        return
    for row in area.marked.itertuples():
        points = labels.points_along([path_of(area, ground, row)], ground.box, 6 * pen.u)
        yield from _on_line(pen, list(points), str(row.label), MARKED, "stretch")


def routes(pen: Pen, area: AreaMap, ground: Ground) -> Iterator[Label]:
    """Yield the names of journeys, on the line or beside it."""
    if area.routes is None:
        return
    for row in area.routes.itertuples():
        path = ground.to_paper(np.asarray(row.geometry.coords)[:, :2])
        points = labels.points_along([path], ground.box, 12 * pen.u)
        colour = palette.VERDICTS[row.verdict].colour
        yield from _on_line(pen, list(points), str(row.label), colour, "route")


def _on_line(
    pen: Pen, points: list[tuple[float, float, float]], given: str, colour: str, name: str
) -> Iterator[Label]:
    text, size = clean(given), pen.letters(10.0)
    if text and points:
        wide, high = labels.extent(pen, text, size, bold=True)
        at = [
            (
                x - side * np.sin(turn) * (wide / 2 + 8 * pen.u),
                y + side * np.cos(turn) * (high / 2 + 8 * pen.u),
                0.02 * abs(i - len(points) / 2) + 0.8 * abs(side),
            )
            for i, (x, y, turn) in enumerate(points)
            for side in (0, 1, -1)
        ]
        spots = labels.centred(pen, at, text, size, 2.6 * pen.u, bold=True)
        yield Label(text, size, colour, 40.0, spots, bold=True, shield=True,
                    name=f"{name}:{given}")  # fmt: skip


def obstacles(held: Symbols, pen: Pen) -> list[Rect]:
    """Return what no name may cover."""
    return [box.inset(-1.0 * pen.u) for box in held.boxes]
