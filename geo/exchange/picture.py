"""An answer about concentration as one picture: borders, classes, legend, and what to know of it.

A picture to pass on, drawn without a browser.  It is the screen's map in Web Mercator; for figures
take GeoTIFF or GeoPackage.
"""

from __future__ import annotations

import io
import textwrap
import unicodedata
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageColor, ImageDraw, ImageFont

from geo.atlas import DATA_DIR, Atlas
from geo.hotspots.analysis.answer import Answer
from geo.hotspots.analysis.classes import road_classes, runs
from geo.hotspots.analysis.wording import area_class, road_class
from geo.hotspots.raster import RAMP, Frame, class_image, classes_by_mass, frame_for
from geo.i18n import gettext as _
from geo.roads.referencing import slice_between

#: West, south, east, north: Mali south of Taoudenni, Burkina Faso and western Niger.
_WINDOW: Final = (-12.4, 9.3, 5.6, 21.0)
_WIDTH: Final = 1400
_SIDE: Final = 560
_MARGIN: Final = 28
_ROOM_PX: Final = (90, 12)
_APART_PX: Final = (80, 18)
_PAPER, _LAND, _INK, _BORDER, _QUIET = "#FFFDF9", "#F7F3EA", "#1F2430", "#6F6A60", "#A39B8D"
_OPACITY: Final = 0.72
_FACES: Final = (
    "DejaVuSans.ttf",
    "LiberationSans-Regular.ttf",
    "Arial.ttf",
    "NotoSans-Regular.ttf",
)

_PLAIN: Final = {"≥": ">=", "·": "-", "–": "-", "²": "2", "“": '"', "”": '"'}

Rows = list[tuple[str, str]]


class _Writer:
    """Writes lines one below the other."""

    def __init__(self, draw: ImageDraw.ImageDraw, x: int, y: int, width: int) -> None:
        self.draw, self.x, self.y, self.width = draw, x, y, width

    def text(self, text: str, size: int, *, dx: int = 0, gap: int = 0) -> None:
        """Write a paragraph."""
        face = _face(size)
        per_line = max(int((self.width - dx) / (size * 0.52)), 12)
        for line in textwrap.wrap(_writable(text, face), per_line):
            self.draw.text((self.x + dx, self.y), line, font=face, fill=_INK)
            self.y += int(size * 1.35)
        self.y += gap


@lru_cache(maxsize=8)
def _face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FACES:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _writable(text: str, face: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> str:
    """Return text that the face has letters for: Pillow's own has no accents."""
    if isinstance(face, ImageFont.FreeTypeFont) and face.getname()[0] != "Aileron":
        return text
    plain = "".join(_PLAIN.get(letter, letter) for letter in text)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def picture(answer: Answer) -> bytes:
    """Return an answer as PNG, `_WIDTH` pixels wide."""
    atlas = answer.events.ground.snapshot.atlas
    frame = frame_for(_WINDOW, _WIDTH - _SIDE)
    page = Image.new("RGB", (_WIDTH, 3 * frame.height), _PAPER)
    page.paste(_LAND, (0, 0, frame.width, frame.height))
    ground = ImageDraw.Draw(page)
    if answer.surface is not None:
        legend = _plane(page, answer, frame)
    _borders(ground, frame)
    if answer.surface is None:
        legend = _roads(ground, answer, frame, atlas)
    _towns(ground, frame, atlas)
    at = frame.width + _MARGIN, _SIDE - 2 * _MARGIN
    end = _side(ground, answer, legend, atlas, at)
    buffer = io.BytesIO()
    page.crop((0, 0, _WIDTH, max(frame.height, end + _MARGIN))).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _ramp(classes: int) -> tuple[str, ...]:
    """Return the colours; the densest class keeps the darkest however many there are."""
    return RAMP[len(RAMP) - classes :]


def _plane(page: Image.Image, answer: Answer, frame: Frame) -> Rows:
    surface = answer.surface
    assert surface is not None  # noqa: S101 - asked by the caller
    classes = classes_by_mass(surface)
    values = class_image(surface, frame, classes).values
    ramp = _ramp(len(classes.breaks_per_km2))
    table = np.array([(0, 0, 0), *map(ImageColor.getrgb, ramp)], dtype=np.uint8)
    cover = Image.fromarray((values > 0).astype(np.uint8) * int(255 * _OPACITY))
    page.paste(Image.fromarray(table[values]), (0, 0), cover)
    return [
        (colour, str(area_class(limit * answer.per_area, share)))
        for colour, limit, share in zip(ramp, classes.breaks_per_km2, classes.shares, strict=True)
    ][::-1]


def _roads(draw: ImageDraw.ImageDraw, answer: Answer, frame: Frame, atlas: Atlas) -> Rows:
    roads = answer.roads
    assert roads is not None  # noqa: S101 - asked by the caller
    classes = road_classes(roads.per_km, roads.lixels.length_m)
    ramp = _ramp(len(classes.breaks_per_km))
    stretches = runs(roads.per_km, roads.lixels, classes.breaks_per_km)
    rows: Any = stretches.sort_values("class_", kind="stable").itertuples()
    for row in rows:
        line = slice_between(atlas.axes[row.axis_id], row.measure_from_m, row.measure_to_m)
        colour = ramp[row.class_ - 1] if row.class_ else _QUIET
        _line(draw, shapely.get_coordinates(line), frame, colour, 5 if row.class_ else 1)
    return [
        (colour, str(road_class(limit * answer.per_road, share, km)))
        for colour, limit, share, km in zip(
            ramp, classes.breaks_per_km, classes.shares, classes.length_km, strict=True
        )
    ][::-1]


def _pixels(lonlat: NDArray[np.float64], frame: Frame) -> list[tuple[float, float]]:
    def mercator(lat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.arcsinh(np.tan(np.radians(lat))))

    top, bottom = mercator(np.array([frame.north, frame.south])).tolist()
    x = (lonlat[:, 0] - frame.west) / (frame.east - frame.west) * frame.width
    y = (top - mercator(lonlat[:, 1])) / (top - bottom) * frame.height
    # What lies outside is cut at the picture's edge by a stroke's width; the side must stay clean.
    return list(zip(np.clip(x, -9, frame.width).tolist(), y.tolist(), strict=True))


def _line(
    draw: ImageDraw.ImageDraw, lonlat: NDArray[np.float64], frame: Frame, colour: str, width: int
) -> None:
    draw.line(_pixels(lonlat, frame), fill=colour, width=width, joint="curve")


def _borders(draw: ImageDraw.ImageDraw, frame: Frame) -> None:
    countries = gpd.read_file(DATA_DIR / "layers/countries.geojson").geometry
    window = shapely.box(frame.west, frame.south, frame.east, frame.north)
    for part in shapely.get_parts(shapely.intersection(shapely.boundary(countries.array), window)):
        _line(draw, shapely.get_coordinates(part), frame, _BORDER, 2)


def _towns(draw: ImageDraw.ImageDraw, frame: Frame, atlas: Atlas) -> None:
    face = _face(15)
    cities = [p for p in atlas.gazetteer.places.values() if p.kind == "city"]
    taken: list[tuple[float, float]] = []
    for place in cities:
        x, y = _pixels(np.array([[place.lon, place.lat]]), frame)[0]
        room = 0 < x < frame.width - _ROOM_PX[0] and 0 < y < frame.height - _ROOM_PX[1]
        near = (abs(x - a) < _APART_PX[0] and abs(y - b) < _APART_PX[1] for a, b in taken)
        if not room or any(near):
            continue
        taken.append((x, y))
        draw.ellipse((x - 2.5, y - 2.5, x + 2.5, y + 2.5), fill=_INK)
        draw.text((x + 6, y - 9), _writable(place.name, face), font=face, fill=_INK,
                  stroke_width=2, stroke_fill=_LAND)  # fmt: skip


def _side(
    draw: ImageDraw.ImageDraw, answer: Answer, legend: Rows, atlas: Atlas, at: tuple[int, int]
) -> int:
    """Write what belongs beside the map; return where it ends."""
    question = answer.question
    period, which = question.period, question.selection
    pen = _Writer(draw, at[0], _MARGIN, at[1])
    pen.text(_("Where reported events concentrate"), 26, gap=4)
    pen.text(f"{period.first} – {period.last}", 18)
    known = _("as known on {day}", day=which.known_on)
    counted = _("{count:,.4g} events", count=answer.events.count)
    pen.text(f"{counted}, {known}", 18, gap=14)
    for colour, text in legend or [(_LAND, _("No event on this picture"))]:
        draw.rectangle((pen.x, pen.y + 2, pen.x + 30, pen.y + 18), fill=colour, outline=_BORDER)
        pen.text(text, 15, dx=42, gap=5)
    pen.y += 10
    for note in answer.notes:
        pen.text(str(note), 13, gap=5)
    pen.text("; ".join(atlas.credits), 12)
    return pen.y
