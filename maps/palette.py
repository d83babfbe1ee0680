"""One palette for the screen and for paper: colours, shapes and line patterns with their meaning.

Hues are from Okabe and Ito's colour-blind safe set where they carry meaning; families of incidents
differ in shape too, and the passage of a road differs in line pattern, so that everything still
reads in greyscale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from geo.hotspots.raster import RAMP
from geo.i18n import Message, message
from geo.records import AssertionKind, Category, PlacementKind

_EXPLOSIVE: Final = "#D55E00"
_ATTACK: Final = "#0072B2"
_ROAD_CRIME: Final = "#B4508F"
_OTHER: Final = "#6B7280"


@dataclass(frozen=True, slots=True)
class Symbol:
    """How a category of incidents looks.

    Parameters
    ----------
    shape
        Name of a shape that ``maps/static/glyphs.js`` draws.
    colour
        Colour of its family.
    label
        Its name for a reader.
    """

    shape: str
    colour: str
    label: Message


CATEGORY_SYMBOLS: Final[dict[Category, Symbol]] = {
    Category.IED: Symbol("triangle", _EXPLOSIVE, message("IED")),
    Category.MINE: Symbol("triangle_down", _EXPLOSIVE, message("Mine")),
    Category.SUICIDE_VBIED: Symbol("star", _EXPLOSIVE, message("Suicide vehicle bomb")),
    Category.AMBUSH: Symbol("circle", _ATTACK, message("Ambush")),
    Category.ARMED_ATTACK: Symbol("square", _ATTACK, message("Armed attack")),
    Category.SHELLING: Symbol("plus", _ATTACK, message("Shelling")),
    Category.DRONE_STRIKE: Symbol("cross", _ATTACK, message("Drone strike")),
    Category.VEHICLE_BURNING: Symbol("pentagon", _ROAD_CRIME, message("Vehicle burning")),
    Category.ABDUCTION: Symbol("diamond", _ROAD_CRIME, message("Abduction")),
    Category.CHECKPOINT: Symbol("hexagon", _ROAD_CRIME, message("Illegal checkpoint")),
    Category.OTHER: Symbol("ring", _OTHER, message("Other")),
}

#: What the colours of symbols have in common, where several incidents share one symbol.
FAMILIES: Final[dict[str, Message]] = {
    _EXPLOSIVE: message("Rim: explosive devices"),
    _ATTACK: message("Rim: attacks with other arms"),
    _ROAD_CRIME: message("Rim: burning, abduction, checkpoint"),
    _OTHER: message("Rim: other"),
}

PLACEMENT_LABELS: Final[dict[PlacementKind, Message]] = {
    PlacementKind.PLACE: message("at the place"),
    PlacementKind.NEAR: message("near the place"),
    PlacementKind.ALONG: message("along the road"),
    PlacementKind.REGION: message("region only"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who holds or taxes a road, as a family with one colour.

    Parameters
    ----------
    key
        Stable code.
    colour
        Colour of the halo around the road.
    label
        Its name for a reader.
    words
        Lower-case words, any of which in an actor's name puts it into this family.
    short
        Its name where there is little room, on a map.
    """

    key: str
    colour: str
    label: Message
    words: tuple[str, ...]
    short: Message


ACTORS: Final[tuple[Actor, ...]] = (
    Actor("jnim", "#E69F00", message("JNIM"), ("jnim",), message("JNIM")),
    Actor("is", "#7B3294", message("IS-Sahel"), ("is-sahel", "iswap"), message("IS-Sahel")),
    Actor(
        "state",
        "#56B4E9",
        message("State forces and authorities"),
        ("army", "govern", "prefect", "authorit", "gendarmer", "police"),
        message("State"),
    ),
    Actor("other", "#8C564B", message("Other armed groups"), (), message("Armed group")),
)
SEVERAL: Final = Actor(
    "several", "#4B2E2B", message("Several, or disputed"), (), message("Several")
)


def actor_family(names: tuple[str, ...]) -> Actor:
    """Return the family of the actors who hold a stretch, :data:`SEVERAL` when they differ."""
    families = {_family(name).key: _family(name) for name in names}
    return next(iter(families.values())) if len(families) == 1 else SEVERAL


def _family(name: str) -> Actor:
    folded = name.casefold()
    for actor in ACTORS[:-1]:
        if any(word in folded for word in actor.words):
            return actor
    return ACTORS[-1]


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a road line looks for a passage.

    Parameters
    ----------
    weight
        Line width in pixels.
    dash
        Lengths of dashes and gaps in pixels, empty for a solid line.
    label
        The meaning for a reader.
    """

    weight: float
    dash: tuple[int, ...]
    label: Message


PASSAGE_PATTERNS: Final[dict[str, Pattern]] = {
    "closed": Pattern(4.2, (), message("Reported closed or blockaded")),
    "suspended": Pattern(3.2, (2, 5), message("Traffic or service suspended")),
    "escort_only": Pattern(3.0, (12, 5), message("Under escort only")),
    "restricted": Pattern(2.6, (9, 4, 2, 4), message("Restricted, checkpoints")),
    "open_reported": Pattern(2.2, (), message("Reported reopened")),
    "unknown": Pattern(1.3, (), message("No live report: unknown")),
}


@dataclass(frozen=True, slots=True)
class RouteLine:
    """How a journey looks for its verdict.

    Parameters
    ----------
    colour
        Of the line.
    weight, dash
        In pixels, as in :class:`Pattern`.
    """

    colour: str
    weight: float
    dash: tuple[float, ...]


#: By the values of `geo.risk.journey.policy.Verdict`, none of which calls a journey safe.
VERDICTS: Final[dict[str, RouteLine]] = {
    "avoid": RouteLine("#7F1D1D", 5.0, ()),
    "caution": RouteLine("#C2410C", 4.0, (10, 3)),
    "insufficient_information": RouteLine("#6B7280", 3.0, (1.5, 3.5)),
    "no_recent_report": RouteLine("#4B5563", 3.4, (5, 3)),
}

_VERDICTS_ON_DARK: Final[dict[str, str]] = {
    "avoid": "#F2695C",
    "caution": "#F2A65A",
    "insufficient_information": "#9CA3AF",
    "no_recent_report": "#D1D5DB",
}

#: Statements that take the colour of who holds the road.
HOLDING_KINDS: Final = frozenset({AssertionKind.CONTROLLED, AssertionKind.TAXED})
#: Statements about passage: the graver, the darker; what eases is green-free blue.
KIND_COLOURS: Final[dict[str, str]] = {
    AssertionKind.BLOCKADE: "#7F1D1D",
    AssertionKind.CLOSED: "#7F1D1D",
    AssertionKind.SERVICE_SUSPENDED: "#B45309",
    AssertionKind.ESCORT_ONLY: "#64748B",
    AssertionKind.RESTRICTED: "#94A3B8",
    AssertionKind.CHECKPOINT: "#94A3B8",
    AssertionKind.REOPENED: "#0072B2",
    AssertionKind.AGREEMENT: "#CC79A7",
}
#: Ground of a stretch that is passed under an agreement.
AGREEMENT: Final = "#CC79A7"
#: Hatching of what sources contradict each other about, on a light and on a dark ground.
CONTESTED: Final = ("#B00020", "#FF8A80")
#: Fills of density classes, low to high; files carry them too, so they stand in the core.
DENSITY_RAMP: Final = RAMP
#: Fills of regions by number of incidents, low to high.
COUNT_RAMP: Final = ("#DCE6F0", "#B3CDE3", "#8C96C6", "#8856A7", "#6E016B")


#: What became of a rate, by the names of `geo.hotspots.analysis.shift.Move`: orange for more,
#: violet for less, which is no sign of calm; on a light and on a dark ground.
MOVES: Final[dict[str, tuple[str, str]]] = {
    "TOO_FEW": ("#D6D2CA", "#4A515A"),
    "UNCLEAR": ("#9A968E", "#8B929B"),
    "FALLING": ("#B2ABD2", "#B2ABD2"),
    "FALLEN": ("#6A51A3", "#8F7CC8"),
    "RISING": ("#FDB863", "#E0A050"),
    "RISEN": ("#B35806", "#F28A2E"),
}


def ink_on(colour: str, opacity: float = 1.0) -> str:
    """Return the ink that contrasts with a ``#rrggbb`` ground (WCAG 2.2).

    White on a dark ground, black on a light one; on a ground that lets half of the page through,
    the page's own ink.
    """
    if opacity < 0.6:  # noqa: PLR2004
        return "currentColor"
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]  # noqa: PLR2004
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#FFFFFF"


def theme(name: str) -> dict[str, object]:
    """Return the colours of the map for the light or the dark theme, as the browser takes them."""
    dark = name == "dark"
    ink = "#E8E6E1" if dark else "#1F2430"
    road = "#C9C4BA" if dark else "#4A4F59"
    quiet = "#6C7580" if dark else "#A39B8D"
    return {
        "name": "dark" if dark else "light",
        "ink": ink,
        "halo": "#14181D" if dark else "#FFFDF9",
        "edge": "#0B0E11" if dark else "#FFFDF9",
        "land": "#1B2026" if dark else "#F7F3EA",
        "water": "#3F6C8F" if dark else "#8FB8D6",
        "line": "#9AA2AD" if dark else "#6F6A60",
        "soft": "#7E8792" if dark else "#8F8879",
        "select": "#FFD166" if dark else "#B00020",
        "contested": CONTESTED[dark],
        "verdicts": {
            key: {
                "colour": _VERDICTS_ON_DARK[key] if dark else line.colour,
                "weight": line.weight,
                "dash": list(line.dash),
            }
            for key, line in VERDICTS.items()
        },
        "roads": {
            key: {
                "weight": pattern.weight,
                "dash": list(pattern.dash),
                "colour": quiet if key == "unknown" else road if key == "open_reported" else ink,
                "casing": ("#14181D" if dark else "#FFFDF9") if key == "closed" else None,
            }
            for key, pattern in PASSAGE_PATTERNS.items()
        },
    }
