"""A plate: one picture with everything that a reader must know beside it, described, not drawn.

A :class:`Plate` is what :func:`maps.cartography.draw` and :func:`maps.cartography.write` take. It
holds the imprint (title, dates, mark, sources) and a subject: a map of an area, small maps year by
year, the strip map of a road, the statements about it over time, or a chart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.shift import Shift
from geo.hotspots.analysis.years import Years
from geo.hotspots.planar import Surface
from geo.hotspots.raster import Classes
from geo.i18n import Message, message
from geo.roads.strip import Strip
from maps.cartography.marks import Mark
from maps.payload import View
from maps.strip import Judged
from maps.svg import Drawing

Bounds = tuple[float, float, float, float]

#: What can be shown of an area; the names are those of the screen map's layers.
LAYERS: Final = (
    "choropleth", "density", "concentration", "rivers", "regions", "incidents", "roads", "routes",
    "places",
)  # fmt: skip
#: What the threat map shows when it opens.
DEFAULT_LAYERS: Final = frozenset({"rivers", "regions", "incidents", "roads", "density", "places"})
CAVEAT: Final = message(
    "Reported incidents and statements only. Where nothing is shown, nothing is known: it does not "
    "mean that a road or a place is without danger."
)


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What stands around the picture.

    Parameters
    ----------
    title
        In one or two lines; a longer one is shortened.  Empty where the page that the picture
        stands on has title, caveat and mark itself: one line below the picture then says what a
        picture must never be without, dates, mark and sources.
    subtitle
        A line below, for instance the period.
    as_of, known_on
        The day that the picture stands for, and the day whose knowledge it rests on.
    mark
        Who may see it.
    caveat
        What a reader must not conclude.
    sources
        Whom the picture must name (:attr:`geo.atlas.Atlas.credits`).
    made_by, made_on
        Who made it and when.  The day is also that of the file: the same plate gives the same
        bytes.
    page, pages
        Number of the page, and of how many; none is shown unless given.
    """

    title: str | Message
    subtitle: str | Message = ""
    as_of: date | None = None
    known_on: date | None = None
    mark: Mark | None = None
    caveat: str | Message = CAVEAT
    sources: tuple[str | Message, ...] = ()
    made_by: str = ""
    made_on: date | None = None
    page: int | None = None
    pages: int | None = None


@dataclass(frozen=True, eq=False)
class Heat:
    """A density as paper shows it: by outlines, not by pixels.

    Parameters
    ----------
    surface
        The density.
    classes
        Its limits (:func:`geo.hotspots.raster.classes_by_mass`).
    """

    surface: Surface
    classes: Classes

    @property
    def left_out_share(self) -> float:
        """Share of the events that it leaves out."""
        return self.surface.mass_left_out_share

    @property
    def reach_km(self) -> float:
        """How far one event reaches."""
        return self.surface.bandwidth_m / 1_000


@dataclass(frozen=True, kw_only=True, eq=False)
class AreaMap:
    """A map of an area.

    Parameters
    ----------
    view
        What the threat map shows: the snapshot, the incidents chosen, the status of the roads.
    bounds
        West, south, east, north in degrees; all of it is on the map.
    layers
        Which of :data:`LAYERS` to show.
    focus
        The area that the map is about, WGS 84; the ground beyond it is greyed.
    heat
        The IED density, for the layer ``density``.
    concentration
        Where events concentrate, for the layer ``concentration``; the incidents are then drawn
        without what their places may be off by, which the density already tells.
    shift
        What became of the rate since, to be shown in place of it.
    routes
        Lines for the layer ``routes``, WGS 84: ``geometry``, ``verdict`` (a
        `geo.risk.journey.policy.Verdict`) and ``label``.
    marked
        Stretches to mark: ``axis_id``, ``measure_from_m``, ``measure_to_m`` and, where it has one,
        ``label``.
    numbers
        What to write beside the symbol of an incident, by incident id: its number in a text.
    about
        The incident that the map is about: a ring stands around its symbol.
    bare_roads
        Whether roads are thin lines without their status, where a density is the message.
    """

    view: View
    bounds: Bounds
    layers: frozenset[str] = DEFAULT_LAYERS
    focus: BaseGeometry | None = None
    heat: Heat | None = None
    concentration: Answer | None = None
    shift: Shift | None = None
    routes: gpd.GeoDataFrame | None = None
    marked: pd.DataFrame | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    bare_roads: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class YearMaps:
    """Where events concentrate year by year: small maps with one scale.

    Parameters
    ----------
    years
        The years, at most `geo.hotspots.analysis.years.MOST_YEARS`.
    answer
        What they are the years of.
    """

    years: Years
    answer: Answer


@dataclass(frozen=True, kw_only=True, eq=False)
class Chart:
    """A drawing with words on how to read it.

    Parameters
    ----------
    draw
        Draws it in the plate's language, so wide and so tall in its own pixels.
    heading, note
        Of the words below it; none for a drawing that has its own.
    widest
        Its width to its height, at most.
    """

    draw: Callable[[float, float], Drawing]
    heading: str | Message = ""
    note: str | Message = ""
    widest: float = 1.6


@dataclass(frozen=True, kw_only=True, eq=False)
class StripMap:
    """The strip map of a road (:mod:`maps.strip`).

    Parameters
    ----------
    strip
        What lies along the road.
    judged, backwards, curve
        Stretches of a journey, its direction, and what the density is of, as of
        :func:`maps.strip.drawing`.
    """

    strip: Strip
    judged: tuple[Judged, ...] = ()
    backwards: bool = False
    curve: str | Message | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Timeline:
    """The statements about a road over time (:mod:`maps.timeline`).

    Parameters
    ----------
    bars
        Of :func:`geo.roads.timeline.bars`.
    axis_id
        The road.
    on
        The as-of date.
    labels
        The reader's word for a kind of statement.
    """

    bars: pd.DataFrame
    axis_id: str
    on: date
    labels: Mapping[str, str | Message]


#: What a plate can show.
Subject = AreaMap | YearMaps | StripMap | Timeline | Chart


@dataclass(frozen=True, kw_only=True, eq=False)
class Plate:
    """A picture with its imprint.

    Parameters
    ----------
    imprint
        What stands around it.
    subject
        What it shows.
    language
        Code of the reader's language.
    """

    imprint: Imprint
    subject: Subject
    language: str = "en"
