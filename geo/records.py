"""The nouns of Piste: what a place, an axis, a placement is, and the words their codes may take.

Many of a kind travel as a pandas frame whose columns are named below; one of a kind travels as a
frozen record.  Coordinates are WGS 84 (EPSG:4326), longitude before latitude; distances are in
metres unless the name says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from shapely.geometry.base import BaseGeometry

from geo.i18n import Message


class Category(StrEnum):
    """What kind of occurrence an incident is."""

    IED = "ied"
    MINE = "mine"
    AMBUSH = "ambush"
    ARMED_ATTACK = "armed_attack"
    VEHICLE_BURNING = "vehicle_burning"
    ABDUCTION = "abduction"
    SUICIDE_VBIED = "suicide_vbied"
    SHELLING = "shelling"
    DRONE_STRIKE = "drone_strike"
    CHECKPOINT = "checkpoint"
    OTHER = "other"


class DatePrecision(StrEnum):
    """How sure an incident's date is; the event lies between its two dates."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class GeoPrecision(StrEnum):
    """How exactly the sources place an incident (the source's code, kept)."""

    PLACE = "1"
    NEAR = "2"
    REGION = "3"


class Attribution(StrEnum):
    """How the perpetrator of an incident is known."""

    CLAIMED = "claimed"
    ATTRIBUTED = "attributed"
    SUSPECTED = "suspected"
    UNKNOWN = "unknown"


class AssertionKind(StrEnum):
    """What a source states about a stretch of road."""

    CONTROLLED = "controlled"
    TAXED = "taxed"
    CHECKPOINT = "checkpoint"
    BLOCKADE = "blockade"
    CLOSED = "closed"
    REOPENED = "reopened"
    AGREEMENT = "agreement"
    ESCORT_ONLY = "escort_only"
    SERVICE_SUSPENDED = "service_suspended"
    RESTRICTED = "restricted"


class PlacementKind(StrEnum):
    """How a report's words bound the place of an event."""

    PLACE = "place"
    NEAR = "near"
    ALONG = "along"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Place:
    """A named place of the gazetteer.

    Parameters
    ----------
    place_id
        Stable slug: country, first-level region, name.
    name, variants
        The canonical name and its other spellings.
    country
        ISO 3166-1 alpha-2.
    adm1, adm2
        First- and second-level administrative unit, empty when unknown.
    kind
        city, town, village, bridge, camp, mine, border_post, region or other.
    lon, lat
        Degrees, WGS 84.
    accuracy_m
        How far the true place may lie from the coordinates.
    source, note
        Where the coordinates come from; doubts.
    """

    place_id: str
    name: str
    variants: tuple[str, ...]
    country: str
    adm1: str
    adm2: str
    kind: str
    lon: float
    lat: float
    accuracy_m: float
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean.

    Parameters
    ----------
    place
        The place of the gazetteer.
    matched
        The spelling that matched: the name or one of the variants.
    score
        0 to 100; 100 is the same spelling after folding case, accents and hyphens.
    fuzzy
        True when the spelling differs and only resembles.
    """

    place: Place
    matched: str
    score: float
    fuzzy: bool


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an event may have happened: a distribution of unit mass, not a pin.

    Parameters
    ----------
    kind
        How the words bound the place.
    geometry
        Point (place, near), LineString (along a road) or Polygon (region), WGS 84.
    spread_m
        Radius around ``lon, lat`` that holds practically all of the mass.
    lon, lat
        Representative point: the place, the middle of the stretch, a point inside the region.
    explanation
        The sentence that says why it was placed there.
    axis_id, measure_from_m, measure_to_m
        The stretch of an axis that it covers, ascending; ``None`` off the known roads.
    place_ids
        Places of the gazetteer that the placement rests on, most telling first.
    fuzzy
        True when a name was matched by resemblance only: to be reviewed.
    """

    kind: PlacementKind
    geometry: BaseGeometry
    spread_m: float
    lon: float
    lat: float
    explanation: Message
    axis_id: str | None = None
    measure_from_m: float | None = None
    measure_to_m: float | None = None
    place_ids: tuple[str, ...] = ()
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input, said so that a person can mend it.

    Parameters
    ----------
    row
        Line of the file as a text editor counts it (the header is line 1); ``None`` when the
        fault concerns the whole file.
    column
        Name of the column; ``None`` when it concerns the whole row.
    message
        What was found, what was expected, what to do.
    file
        Name of the file, where several are read together.
    """

    row: int | None
    column: str | None
    message: Message
    file: str | None = None


class InputError(Exception):
    """An input that cannot be used, with every fault found in it.

    Parameters
    ----------
    faults
        All faults, in the order of the input.
    """

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(str(fault.message) for fault in faults))
        self.faults = faults


def in_file(name: str, faults: Iterable[Fault]) -> list[Fault]:
    """Return faults that say which file they are in."""
    return [replace(fault, file=name) for fault in faults]


INCIDENT_COLUMNS = (
    "incident_id", "date_start", "date_end", "date_precision", "country", "admin1", "place",
    "location_text", "route_from", "route_to", "km_from", "km_from_place", "geo_precision",
    "category", "ied", "perpetrator", "perpetrator_attribution", "target", "summary", "note",
)  # fmt: skip
CLAIM_COLUMNS = (
    "incident_id", "field", "low", "best", "high", "unit_group", "stated_by", "publisher",
    "published_on", "url",
)  # fmt: skip
ASSERTION_COLUMNS = (
    "assertion_id", "country", "axis_from", "axis_to", "road", "kind", "actor", "affected",
    "amount_text", "valid_from", "valid_to", "date_precision", "stated_by", "publisher",
    "published_on", "url", "summary",
)  # fmt: skip
LINK_COLUMNS = ("from_incident_id", "to_incident_id", "kind", "stated_by", "url", "note")
PLACEMENT_COLUMNS = (
    "kind", "geometry", "spread_m", "lon", "lat", "explanation", "axis_id", "measure_from_m",
    "measure_to_m", "place_ids", "fuzzy", "unresolved_reason",
)  # fmt: skip
