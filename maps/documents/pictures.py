"""The pictures of a brief, drawn from the material that its words were made from."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Final

import pandas as pd
import shapely
from PIL import Image

from geo import regions
from geo.briefing.incidents import monthly, neighbours, numbered
from geo.briefing.journey import strips
from geo.briefing.material import Material
from geo.briefing.records import Brief, Picture, PictureKind
from geo.i18n import language
from geo.risk.journey.records import Answer
from geo.roads import strip
from maps.cartography import (
    AreaMap,
    Chart,
    Imprint,
    Plate,
    Size,
    StripMap,
    bounds_of,
    claims_chart,
    height_pt,
    mark_named,
    of_view,
    write,
)
from maps.documents.bars import bars
from maps.documents.plain import shown
from maps.documents.typesetting import rasterized
from maps.journey import bounds_around, frame, judged
from maps.payload import View

#: Pictures have the size at which they are read, so that their letters have too: on a page of A4,
#: on a slide of 13⅓ inches.
PAGE: Final = Size("page", 176 / 25.4 * 72, 424, 170, 0.76, least_pt=7.0)
SLIDE: Final = Size("slide", 878, 392, 150, 0.98)
_LINES: Final = re.compile(rb'(?<= d=")[^"]+')
_DIGITS: Final = re.compile(rb"(\.\d\d)\d+")
#: No picture may be taller, or it does not stand on a page with its caption.
_TALLEST_PT: Final = 640.0
#: A density has the longest legend.
_LONG_LEGEND_PT: Final = 56.0
_NEAR_DEG: Final = 1.2
#: What is on a map that is not about density: so few reports make a spot of colour and no pattern.
_QUIET: Final[frozenset[str]] = frozenset({"rivers", "regions", "incidents", "roads", "places"})


def view_of(material: Material) -> View:
    """Return what the threat map shows of a material."""
    shot = material.snapshot
    return View(
        snapshot=shot,
        ids=material.ids,
        status=material.status,
        region_counts=regions.count_by_region(shot, material.ids).counts,
        density=None,
        tolls=material.tolls,
    )


def area_map(material: Material, layers: frozenset[str] = _QUIET) -> AreaMap:
    """Return the map of the area that a material is about."""
    chosen = material.selection
    view = view_of(material)
    if len(chosen.regions) == 1:
        country, _, name = next(iter(chosen.regions)).partition(":")
        return of_view(view, region=(country, name), layers=layers)
    frame = material.snapshot.atlas.regions
    wanted = frame["focus"] if not chosen.countries else frame["country"].isin(chosen.countries)
    if chosen.regions:
        wanted &= [
            any(f"{country}:{name}" in chosen.regions for name in covers)
            for country, covers in zip(frame["country"], frame["covers"], strict=True)
        ]
    shape = shapely.union_all(frame.geometry[wanted if wanted.any() else frame["focus"]])
    return of_view(view, bounds=bounds_of(shape), layers=layers)


def incident_map(material: Material, incident_id: str, layers: frozenset[str] = _QUIET) -> AreaMap:
    """Return the map around an incident, with what was reported near it numbered."""
    near = neighbours(material, incident_id).index
    here = pd.Index([incident_id])
    view = replace(view_of(material), ids=here.append(near.difference(here)))
    point = material.snapshot.placements.loc[incident_id, "geometry"]
    if point is None:
        return replace(area_map(material, layers), view=view)
    bounds = bounds_of(point, least_deg=_NEAR_DEG)
    area = of_view(view, bounds=bounds, layers=layers | {"incidents"})
    numbers = {str(name): str(n) for name, n in numbered(near).items()}
    return replace(area, numbers={incident_id: "1"} | numbers, about=incident_id)


def route_map(material: Material, answer: Answer, layers: frozenset[str] = _QUIET) -> AreaMap:
    """Return the map of the routes by verdict, the one that fits on top."""
    area = of_view(
        view_of(material), bounds=bounds_around(answer), layers=layers | {"routes"}
    )  # fmt: skip
    return replace(area, routes=frame(answer, max(answer.chosen, 0)))


def strip_map(material: Material, answer: Answer, number: int) -> StripMap:
    """Return the strip map of a leg of the route that fits, in the direction of travel."""
    legs = dict(strips(answer))
    leg = legs[number]
    low, high = sorted((leg.from_m, leg.to_m))
    shown = strip.build(
        material.snapshot, material.status, material.ids, leg.axis_id, from_m=low, to_m=high
    )
    return StripMap(strip=shown, judged=tuple(judged(leg)), backwards=not leg.ascends)


def lean_svg(svg: bytes) -> bytes:
    """Return a drawing with its lines to a hundredth of a point: smaller, and looks the same."""
    return _LINES.sub(lambda line: _DIGITS.sub(rb"\1", line[0]), svg)


def lean_png(png: bytes) -> bytes:
    """Return a picture with 256 colours: a quarter of the size, each within 5 % of what it was."""
    # Maximum coverage keeps the colours that are rare, as those of a legend; median cut does not.
    few = Image.open(io.BytesIO(png)).convert("RGB")
    few = few.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    made = io.BytesIO()
    few.save(made, "png", optimize=True)
    return made.getvalue()


def fitting(sheet: Size, plate: Plate) -> Size:
    """Return the sheet, on a page as tall as a strip, a chart or a long legend needs it."""
    if sheet is PAGE and isinstance(plate.subject, AreaMap) and plate.subject.heat is not None:
        return replace(sheet, height_pt=sheet.height_pt + _LONG_LEGEND_PT)
    if sheet is not PAGE or not isinstance(plate.subject, StripMap | Chart):
        return sheet
    return replace(sheet, height_pt=min(height_pt(plate.subject, sheet), _TALLEST_PT))


class Gallery:
    """The pictures of one brief, each drawn once.

    Parameters
    ----------
    brief
        Whose imprint they carry.
    material
        What they show.
    journey
        The answer that a brief about a journey tells.
    """

    def __init__(self, brief: Brief, material: Material, journey: Answer | None = None) -> None:
        self.brief = brief
        self.material = material
        self.journey = journey
        self._made: dict[tuple[str, str, str, str], bytes] = {}

    @property
    def layers(self) -> frozenset[str]:
        """What its maps show."""
        return _QUIET if self.brief.layers is None else self.brief.layers

    def svg(self, picture: Picture, sheet: Size = PAGE, *, letters: bool = True) -> str:
        """Return a picture as an SVG document, standalone if it brings its letters."""
        return self._file(picture, "svg", sheet, letters=letters).decode()

    def png(self, picture: Picture, sheet: Size = PAGE) -> bytes:
        """Return a picture as PNG."""
        return self._file(picture, "png", sheet)

    def plate(self, picture: Picture) -> Plate | None:
        """Return the plate of a map, ``None`` for what is no map."""
        layers = self.layers
        if picture.kind is PictureKind.AREA_MAP:
            subject = area_map(self.material, layers)
        elif picture.kind is PictureKind.HOTSPOT_MAP:
            subject = area_map(self.material, layers | {"density"})
            # The bands of who holds a road would hide what the map is about, unless asked for.
            subject = replace(subject, bare_roads=self.brief.layers is None)
        elif picture.kind is PictureKind.ROUTE_MAP and self.journey is not None:
            subject = route_map(self.material, self.journey, layers)
        elif picture.kind is PictureKind.STRIP and self.journey is not None:
            subject = strip_map(self.material, self.journey, int(picture.about))
        elif picture.kind is PictureKind.CHRONICLE:
            subject = claims_chart(self.material.snapshot, picture.about)
        elif picture.kind is PictureKind.INCIDENT_MAP:
            subject = incident_map(self.material, picture.about, layers)
        else:
            return None
        brief = self.brief
        imprint = Imprint(
            title=picture.caption,
            subtitle=brief.subtitle,
            mark=mark_named(brief.mark),
            sources=brief.credits,
            made_by=brief.made_by,
            made_on=brief.made_on,
        )
        return Plate(imprint=imprint, subject=subject, language=language())

    def _file(self, picture: Picture, form: str, sheet: Size, *, letters: bool = False) -> bytes:
        key = (picture.kind.value, picture.about, f"{form} {letters}", sheet.name)
        if key not in self._made:
            plate = self.plate(picture)
            if plate is not None:
                # The page has title, caveat and mark.
                bare = replace(plate.imprint, title="", caveat="")
                drawn = write(
                    replace(plate, imprint=bare), form, fitting(sheet, plate), letters=letters
                )  # fmt: skip
                self._made[key] = lean_svg(drawn) if form == "svg" else lean_png(drawn)
            else:
                drawn = bars(monthly(self.material), shown(picture.caption))
                self._made[key] = drawn.encode() if form == "svg" else rasterized(drawn)
        return self._made[key]
