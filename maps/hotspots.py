"""What the browser draws of an answer about concentration, with its legend.

The same machinery as the threat map's payload (`maps.payload`): sections with a digest each, so
that only what changed is drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.hotspots.analysis.answer import AREA_KM2, ROAD_KM, Answer
from geo.hotspots.analysis.classes import RoadClasses, road_classes, runs
from geo.hotspots.analysis.shift import Shift
from geo.hotspots.analysis.wording import area_class, road_class
from geo.hotspots.network.lixels import Lixels
from geo.hotspots.raster import class_image, classes_by_mass, frame_for
from geo.i18n import gettext as _
from geo.roads.wording import span
from maps import legend, palette
from maps import shift as shifts
from maps.density_image import data_url
from maps.paths import Path, axis_path, rings
from maps.payload import View, digest, marks

#: More events than this are left to the threat map: they would hide what they make.
MARKS_MAX: Final = 5_000
_IMAGE_PX: Final = 768
_ROAD_PX: Final = 5.5
_BARE_PX: Final = 1.4
_CASING_PX: Final = 11
CASING_OPACITY: Final = 0.55
_OUTLINE_PX: Final = 1.3


def ramp(classes: int) -> tuple[str, ...]:
    """Return the colours of so many classes; the highest keeps the darkest."""
    return palette.DENSITY_RAMP[len(palette.DENSITY_RAMP) - classes :]


def _plane(answer: Answer) -> dict[str, Any] | None:
    """Return the image of a density on the plane."""
    surface = answer.surface
    if surface is None or not surface.mass_total:
        return None
    image = class_image(surface, frame_for(width=_IMAGE_PX), classes_by_mass(surface))
    frame = image.frame
    return {
        "url": data_url(image),
        "bounds": [[frame.south, frame.west], [frame.north, frame.east]],
        "opacity": legend.DENSITY_OPACITY,
        "alt": _("Density of reported events; the densest areas are darkest"),
    }


def _area_rows(answer: Answer, *, paper: bool) -> list[dict[str, Any]]:
    if answer.surface is None or not answer.surface.mass_total:
        return []
    classes = classes_by_mass(answer.surface)
    limits = classes.breaks_per_km2
    return [
        {
            "key": f"density:{number}",
            "type": "fill",
            "colour": colour,
            "opacity": legend.DENSITY_OPACITY,
            "label": _("≥ {rate:.2g} · {share:.0%}", rate=limit * answer.per_area, share=share)
            if paper
            else str(area_class(limit * answer.per_area, share)),
        }
        for number, (colour, limit, share) in enumerate(
            zip(ramp(len(limits)), limits, classes.shares, strict=True), 1
        )
    ][::-1]


def _road_classes(answer: Answer) -> tuple[NDArray[np.float64], Lixels, RoadClasses]:
    """Return the density of each lixel, 0 where it lies on the plane, and its classes."""
    lixels = answer.events.ground.lixels(answer.question.lixel_m)
    per_km = np.zeros(len(lixels)) if answer.roads is None else answer.roads.per_km
    return per_km, lixels, road_classes(per_km, lixels.length_m)


def road_lines(answer: Answer) -> list[dict[str, Any]]:
    """Return the roads, coloured where the answer lies along them, the densest last.

    Returns
    -------
    list of dict
        ``path`` (lat, lon), ``colour`` (``None`` below the least class), ``weight`` in pixels,
        ``text``, ``pick`` and ``key``, that of its row in the legend.
    """
    per_km, lixels, classes = _road_classes(answer)
    colours = ramp(len(classes.breaks_per_km))
    axes = answer.events.ground.snapshot.atlas.axes
    found = []
    # The densest last, so that they lie on top where roads meet.
    stretches = runs(per_km, lixels, classes.breaks_per_km).sort_values("class_", kind="stable")
    rows: Any = stretches.itertuples()
    for row in rows:
        axis = axes[row.axis_id]
        text = [" · ".join([axis.ref or axis.name, span(row.measure_from_m, row.measure_to_m)])]
        if answer.roads is not None:
            said = _(
                "{low:.2g} to {high:.2g} events per {length} km and month",
                low=max(row.low, 0.0) * answer.per_road,
                high=row.high * answer.per_road,
                length=ROAD_KM,
            )
            text.append(said if row.high > 0 else _("No event within reach"))
        found.append(
            {
                "path": axis_path(axis, row.measure_from_m, row.measure_to_m),
                "colour": colours[row.class_ - 1] if row.class_ else None,
                "weight": _ROAD_PX if row.class_ else _BARE_PX,
                "text": text,
                "pick": f"road:{row.axis_id}:{row.measure_from_m:.0f}:{row.measure_to_m:.0f}",
                "key": f"density:{row.class_}" if row.class_ else "bare",
            }
        )
    return found


def _line_rows(answer: Answer, *, paper: bool) -> list[dict[str, Any]]:
    _per_km, _lixels, classes = _road_classes(answer)
    limits = classes.breaks_per_km
    return [
        {
            "key": f"density:{number}",
            "type": "line",
            "wide": True,
            "colour": colour,
            "weight": _ROAD_PX,
            "label": _(
                "≥ {rate:.2g} · {share:.0%} on {km:,.0f} km",
                rate=limit * answer.per_road,
                share=share,
                km=km,
            )
            if paper
            else str(road_class(limit * answer.per_road, share, km)),
        }
        for number, (colour, limit, share, km) in enumerate(
            zip(ramp(len(limits)), limits, classes.shares, classes.length_km, strict=True), 1
        )
    ][::-1]


def outlines(answer: Answer) -> list[Path]:
    """Return what stands out from chance: areas of cells on the plane, else stretches of road.

    Returns
    -------
    list of list of [lat, lon]
        Rings, or lines; none while nothing stands out.
    """
    if answer.surface is not None:
        gi = answer.significance
        return [] if gi is None else rings(gi.hot, answer.surface.grid)
    axes = answer.events.ground.snapshot.atlas.axes
    rows: Any = answer.stretches[answer.stretches["significant"]].itertuples()
    return [axis_path(axes[row.axis_id], row.from_m, row.to_m) for row in rows]


def outline_px(answer: Answer) -> float:
    """Return how wide `outlines` are drawn, pixels."""
    return _OUTLINE_PX if answer.surface is not None else _CASING_PX


def _unit(*, on_roads: bool) -> str:
    if on_roads:
        return _("Events per {length} km and month, and the share of them on so much road",
                 length=ROAD_KM)  # fmt: skip
    return _("Events per {area:,} km² and month, and the share of them that lies in such areas",
             area=AREA_KM2)  # fmt: skip


def legend_rows(
    answer: Answer, theme: Mapping[str, Any], *, paper: bool = False
) -> list[dict[str, Any]]:
    """Return the rows of the legend, of all that the map may show (`maps.legend.only`).

    Parameters
    ----------
    answer
        Where the events concentrate.
    theme
        Of `maps.palette.theme`.
    paper
        True says the unit once, above classes that are then short.
    """
    on_roads = answer.surface is None
    rows = (_line_rows if on_roads else _area_rows)(answer, paper=paper)
    if paper and rows:
        rows = [legend.note("density", _unit(on_roads=on_roads)), *rows]
    if not rows:
        rows = [legend.note("density", _("No event of this choice can be drawn"))]
    else:
        text = _("Road, less than the least class") if on_roads else _("Road")
        rows = [*rows, legend.line("bare", theme["soft"], _BARE_PX, text)]
    if on_roads:
        text = _("Dark edge: stretch with more than chance")
        casing = legend.line("outline", theme["ink"], _CASING_PX, text)
        rows = [*rows, {**casing, "wide": True, "opacity": CASING_OPACITY}]
    else:
        text = _("Outline: more than chance (Gi*)")
        rows = [*rows, legend.line("outline", theme["ink"], _OUTLINE_PX, text)]
    if answer.left_out_share > 0:
        text = _("{share:.0%} of the events are not in this picture", share=answer.left_out_share)
        rows = [*rows, legend.note("density", text)]
    return [*rows, legend.note("density", _("Reports, not events; more is reported near towns"))]


def build(
    answer: Answer,
    view: View,
    *,
    theme: str,
    caption: Sequence[str],
    selected: Mapping[str, Any] | None,
    shift: Shift | None = None,
) -> dict[str, Any]:
    """Return what ``Piste.update`` draws for an answer.

    Parameters
    ----------
    answer
        Where the events concentrate.
    view
        The page's view, for the marks of the events.
    theme
        ``"light"`` or ``"dark"``.
    caption
        Lines of the box that says what the picture stands for.
    selected
        As for `maps.payload.build`.
    shift
        The change to draw in place of the density.

    Returns
    -------
    dict
        JSON-ready, with a digest per section.
    """
    colours = palette.theme(theme)
    if shift is None:
        image, lines, edges = _plane(answer), road_lines(answer), outlines(answer)
        rows, title = legend_rows(answer, colours), _("Where they concentrate")
    else:
        drawn = shifts.picture(shift, answer, colours)
        image, lines, edges = drawn.image, drawn.lines, drawn.outlines
        rows = shifts.legend_rows(shift, answer, colours)
        title = _("Where the rate changed")
    counted = np.flatnonzero(answer.events.chosen)[answer.events.share > 0]
    few = len(counted) <= MARKS_MAX
    sections: dict[str, Any] = {
        "density": image,
        "lixels": lines,
        "outlines": {
            "paths": edges,
            "weight": outline_px(answer),
            "opacity": 0.9 if answer.surface is not None else CASING_OPACITY,
        },
        "marks": marks(view, counted if few else counted[:0]),
        "selected": dict(selected) if selected else None,
    }
    many = legend.note("events", _("Too many to mark; the threat map gathers them"))
    events = legend.incidents() if few else [many]
    return {
        **sections,
        "keys": {name: digest(section) for name, section in sections.items()},
        "theme": colours,
        "caption": list(caption),
        "layers": [
            {
                "id": "density",
                "label": title,
                "open": True,
                "legend": [row for row in rows if edges or row["key"] != "outline"],
            },
            {"id": "events", "label": _("The events themselves"), "legend": events},
            *legend.ground(colours),
        ],
    }
