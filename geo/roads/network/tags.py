"""What sources call a road's class, surface and level, as the codes that a network keeps."""

from __future__ import annotations

import re
from enum import IntEnum

from geo.gazetteer.folding import plain


class RoadClass(IntEnum):
    """How important a road is; the smaller, the more."""

    MOTORWAY = 0
    TRUNK = 1
    PRIMARY = 2
    SECONDARY = 3
    TERTIARY = 4
    UNCLASSIFIED = 5
    RESIDENTIAL = 6
    SERVICE = 7
    TRACK = 8
    FERRY = 9
    UNKNOWN = 10


class Surface(IntEnum):
    """What a road is made of, as far as travel time goes."""

    UNKNOWN = 0
    PAVED = 1
    GRAVEL = 2
    EARTH = 3
    SAND = 4


_CLASSES = {
    # OpenStreetMap, highway=*
    "motorway": RoadClass.MOTORWAY,
    "trunk": RoadClass.TRUNK,
    "primary": RoadClass.PRIMARY,
    "secondary": RoadClass.SECONDARY,
    "tertiary": RoadClass.TERTIARY,
    "unclassified": RoadClass.UNCLASSIFIED,
    "road": RoadClass.UNKNOWN,
    "residential": RoadClass.RESIDENTIAL,
    "living_street": RoadClass.RESIDENTIAL,
    "service": RoadClass.SERVICE,
    "track": RoadClass.TRACK,
    "ferry": RoadClass.FERRY,
    # Natural Earth, type
    "major highway": RoadClass.TRUNK,
    "beltway": RoadClass.TRUNK,
    "bypass": RoadClass.TRUNK,
    "secondary highway": RoadClass.SECONDARY,
    "unknown": RoadClass.UNKNOWN,
    # WFP and Logistics Cluster (UNSDI-T), in words and as the numbers of gROADS
    "highway": RoadClass.TRUNK,
    "local/urban": RoadClass.RESIDENTIAL,
    "local": RoadClass.RESIDENTIAL,
    "urban": RoadClass.RESIDENTIAL,
    "trail": RoadClass.TRACK,
    "private": RoadClass.SERVICE,
    "0": RoadClass.UNKNOWN,
    "1": RoadClass.TRUNK,
    "2": RoadClass.PRIMARY,
    "3": RoadClass.SECONDARY,
    "4": RoadClass.TERTIARY,
    "5": RoadClass.RESIDENTIAL,
    "6": RoadClass.TRACK,
    "7": RoadClass.SERVICE,
}
_NOT_FOR_VEHICLES = frozenset({
    "abandoned", "bridleway", "bus_stop", "construction", "corridor", "cycleway", "elevator",
    "emergency_access_point", "footway", "no", "path", "pedestrian", "planned", "platform",
    "proposed", "raceway", "razed", "rest_area", "services", "steps", "via_ferrata",
})  # fmt: skip
_SURFACES = {
    Surface.PAVED: "paved asphalt concrete sealed bitumen goudron chipseal paving_stones sett "
    "cobblestone metal wood steel concrete:plates concrete:lanes 1",
    Surface.GRAVEL: "gravel fine_gravel compacted pebblestone unpaved laterite unsealed rock 2",
    Surface.EARTH: "earth dirt ground mud clay grass soil dirt/sand 3",
    Surface.SAND: "sand",
}
_SURFACE_OF = {word: code for code, words in _SURFACES.items() for word in words.split()}
_LEVEL = re.compile(r"[+-]?\d{1,2}")
_NOT_LIFTED = frozenset({"", "no", "none", "0", "false", "low_water_crossing", "culvert"})
_ONEWAY = {"yes": 1, "true": 1, "1": 1, "-1": -1, "reverse": -1}


def road_class(text: str) -> RoadClass | None:
    """Return the class that a source's word means; ``None`` when no vehicle goes there.

    A word that is not known is `RoadClass.UNKNOWN`: the line is kept.
    """
    word = plain(text).strip().removesuffix("_link").removesuffix(" road").removesuffix(" route")
    if word in _NOT_FOR_VEHICLES:
        return None
    return _CLASSES.get(word, RoadClass.UNKNOWN)


def surface(text: str) -> Surface:
    """Return the surface that a source's word means; of several (``a;b``) the first."""
    return _SURFACE_OF.get(plain(text).split(";")[0].strip(), Surface.UNKNOWN)


def level(layer: str, bridge: str, tunnel: str) -> int:
    """Return the level: OpenStreetMap's ``layer``, else 1 on a bridge, −1 in a tunnel, else 0."""
    if _LEVEL.fullmatch(layer.strip()):
        return int(layer)
    if plain(bridge) not in _NOT_LIFTED:
        return 1
    return -1 if plain(tunnel) not in _NOT_LIFTED else 0


def oneway(text: str, junction: str = "") -> int:
    """Return 1 along the line only, −1 against it only, 0 both ways."""
    if plain(junction) in {"roundabout", "circular"}:
        return 1
    return _ONEWAY.get(plain(text).strip(), 0)
