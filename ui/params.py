"""The one table of URL parameters: everything that a shared address carries.

Pure: no Streamlit here. ``ui.state`` ties the table to a session, ``ui.frame`` to widgets.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geo.briefing import templates
from geo.i18n import Message, message
from geo.records import Category, GeoPrecision
from geo.selection import Selection

#: Length of a period that ends on the as-of date, in days; ``None`` means since the first report.
PERIODS_DAYS: Mapping[str, int | None] = {
    "30d": 30,
    "90d": 90,
    "12m": 365,
    "36m": 3 * 365,
    "all": None,
    "custom": None,
}
_SLACK = timedelta(days=10 * 365)
BANDWIDTHS_KM = (10, 15, 25, 40, 60, 100)
COUNTRIES = ("ML", "BF", "NE")
#: The page of hotspots: what counts, where mass lies, how it is smoothed, which part is open.
#: The core's own words (`geo.hotspots.analysis.question`), without importing what computes.
COUNTED = ("ied", "all")
SURFACES = ("planar", "network")
KERNELS = ("quartic", "epanechnikov", "gaussian", "uniform")
SMOOTHINGS = ("hand", "rule", "likelihood")
ROAD_METHODS = ("esd", "esc", "simple")
PARTS = ("stretches", "years", "strip", "method")
#: Shortest, longest and usual bandwidth by hand, in km: on the plane and along roads.
PLANE_KM = (3.0, 150.0, 25.0)
ROAD_KM = (1.0, 60.0, 10.0)
#: What the page of changes compares: two days, or two days of knowledge about one day.
VERSUS = ("days", "knowledge")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ledger offers to choose from; defaults and valid values follow from it.

    Parameters
    ----------
    first_day, last_day
        The first and the last day that a line of the ledger speaks of.
    today
        The day on which the reader looks.
    perpetrators, regions
        Families of perpetrators and regions ("ML:Gao") that occur.
    axes
        Identifiers of the roads.
    towns
        Names of the places on roads.
    languages
        Codes of the languages that have a catalogue.
    """

    first_day: date
    last_day: date
    today: date
    perpetrators: tuple[str, ...]
    regions: tuple[str, ...]
    axes: tuple[str, ...]
    towns: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def earliest(self) -> date:
        """The first day that a date may name: some years before the ledger begins."""
        return self.first_day - _SLACK

    @property
    def latest(self) -> date:
        """The last day that a date may name: some years from today."""
        return max(self.today, self.last_day) + _SLACK


class InvalidValueError(ValueError):
    """A value of the address that a parameter cannot take; the message says what it expects."""

    def __init__(self, expected: Message) -> None:
        super().__init__(str(expected))
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Param:
    """One row of the table.

    Parameters
    ----------
    name
        Its name in the address.
    parse
        The values of the address (a parameter may be repeated) to a typed value; raises
        :class:`InvalidValueError`.
    show
        The inverse of ``parse``.
    default
        The value when the address does not carry it.
    owned_by_map
        True when the browser's map writes it by itself, without a rerun.
    """

    name: str
    parse: Callable[[Sequence[str], Facts], Any]
    show: Callable[[Any], Sequence[str]]
    default: Callable[[Facts], Any]
    owned_by_map: bool = False


def _one(values: Sequence[str]) -> str:
    return values[-1].strip()


def _date(values: Sequence[str], facts: Facts) -> date:
    try:
        found = date.fromisoformat(_one(values))
    except ValueError:
        raise InvalidValueError(message("a date such as 2025-02-12")) from None
    if not facts.earliest <= found <= facts.latest:
        raise InvalidValueError(message("a date within ten years of the ledger"))
    return found


def _choice(options: Callable[[Facts], Sequence[str]]) -> Callable[[Sequence[str], Facts], str]:
    def parse(values: Sequence[str], facts: Facts) -> str:
        found = _one(values)
        if found not in options(facts):
            raise InvalidValueError(message("one of {options}", options=", ".join(options(facts))))
        return found

    return parse


def _several(options: Callable[[Facts], Sequence[str]]) -> Callable[..., tuple[str, ...]]:
    def parse(values: Sequence[str], facts: Facts) -> tuple[str, ...]:
        unknown = [value for value in values if value not in options(facts)]
        if unknown:
            known = ", ".join(list(options(facts))[:12])
            raise InvalidValueError(message("values such as {options}", options=known))
        return tuple(option for option in options(facts) if option in values)

    return parse


def _flag(values: Sequence[str], _: Facts) -> bool:
    if _one(values) not in {"0", "1"}:
        raise InvalidValueError(message("0 or 1"))
    return _one(values) == "1"


def _number(low: float, high: float) -> Callable[[Sequence[str], Facts], float]:
    def parse(values: Sequence[str], _: Facts) -> float:
        try:
            found = float(_one(values))
        except ValueError:
            found = math.nan
        if not low <= found <= high:
            expected = message("a number from {low:g} to {high:g}", low=low, high=high)
            raise InvalidValueError(expected)
        return round(found, 1)

    return parse


def _view(values: Sequence[str], _: Facts) -> tuple[float, float, float]:
    expected = message("latitude_longitude_zoom such as 15.5_0.2_7")
    try:
        lat, lon, zoom = (float(part) for part in _one(values).split("_"))
    except ValueError:
        raise InvalidValueError(expected) from None
    inside = -90 <= lat <= 90 and -180 <= lon <= 180 and 1 <= zoom <= 18  # noqa: PLR2004
    if not (math.isfinite(lat + lon + zoom) and inside):
        raise InvalidValueError(expected)
    return lat, lon, zoom


LAYERS = (
    "choropleth", "regions", "rivers", "places", "roads", "incidents", "density", "events",
)  # fmt: skip
USUAL_LAYERS = ("regions", "rivers", "places", "roads", "incidents", "density")


def _layers(values: Sequence[str], _: Facts) -> tuple[str, ...]:
    names = [name for name in _one(values).split("_") if name and name != "none"]
    if any(name not in LAYERS for name in names):
        raise InvalidValueError(
            message("layers joined by _, of {options}", options=", ".join(LAYERS))
        )
    return tuple(name for name in LAYERS if name in names)


def _pick(values: Sequence[str], _: Facts) -> str:
    found = _one(values)
    kind = found.partition(":")[0]
    if kind not in {"incident", "box", "road", "region"} or len(found) > 200:  # noqa: PLR2004
        raise InvalidValueError(message("incident:…, road:…, region:… or box:…"))
    return found


def _first_axis(facts: Facts) -> str | None:
    return "ML-RN17" if "ML-RN17" in facts.axes else next(iter(facts.axes), None)


def _same(value: str) -> Sequence[str]:
    return [value]


def _none_or(show: Callable[[Any], Sequence[str]]) -> Callable[[Any], Sequence[str]]:
    return lambda value: [] if value is None else show(value)


def _iso(value: date) -> Sequence[str]:
    return [value.isoformat()]


def _short(value: float) -> Sequence[str]:
    return [f"{value:g}"]


def _chosen(name: str, options: tuple[str, ...]) -> Param:
    """Return a parameter that is one of some words, the first one unless chosen."""
    return Param(name, _choice(lambda _: options), _same, lambda _: options[0])


TABLE: tuple[Param, ...] = (
    Param("on", _date, _iso, lambda facts: min(facts.last_day, facts.today)),
    Param("known", _date, _none_or(_iso), lambda _: None),
    Param("period", _choice(lambda _: tuple(PERIODS_DAYS)), _same, lambda _: "12m"),
    Param("from", _date, _iso, lambda facts: facts.first_day),
    Param("to", _date, _iso, lambda facts: min(facts.last_day, facts.today)),
    Param("cat", _several(lambda _: tuple(Category)), list, lambda _: ()),
    Param("ied", _flag, lambda value: ["1" if value else "0"], lambda _: False),
    Param("by", _several(lambda facts: facts.perpetrators), list, lambda _: ()),
    Param("country", _several(lambda _: COUNTRIES), list, lambda _: ()),
    Param("region", _several(lambda facts: facts.regions), list, lambda _: ()),
    Param("precision", _several(lambda _: tuple(GeoPrecision)), list, lambda _: ()),
    Param(
        "bw",
        _choice(lambda _: tuple(str(km) for km in BANDWIDTHS_KM)),
        _same,
        lambda _: "25",
    ),
    Param("axis", _choice(lambda facts: facts.axes), _same, _first_axis),
    Param("start", _choice(lambda facts: facts.towns), _none_or(_same), lambda _: None),
    Param("end", _choice(lambda facts: facts.towns), _none_or(_same), lambda _: None),
    Param("since", _date, _none_or(_iso), lambda _: None),
    Param("versus", _choice(lambda _: VERSUS), _same, lambda _: VERSUS[0]),
    Param("template", _choice(lambda _: tuple(templates.names())), _same, lambda _: "area"),
    _chosen("count", COUNTED),
    _chosen("surface", SURFACES),
    _chosen("kernel", KERNELS),
    _chosen("smoothing", SMOOTHINGS),
    Param("km", _number(*PLANE_KM[:2]), _short, lambda _: PLANE_KM[2]),
    Param("roadkm", _number(*ROAD_KM[:2]), _short, lambda _: ROAD_KM[2]),
    _chosen("method", ROAD_METHODS),
    Param("inregions", _flag, lambda value: ["1" if value else "0"], lambda _: False),
    _chosen("part", PARTS),
    Param("pick", _pick, _none_or(_same), lambda _: None),
    Param("lang", _choice(lambda facts: facts.languages), _none_or(_same), lambda _: None),
    Param(
        "at",
        _view,
        _none_or(lambda view: ["_".join(f"{part:g}" for part in view)]),
        lambda _: None,
        owned_by_map=True,
    ),
    Param(
        "layers",
        _layers,
        lambda names: ["_".join(names) or "none"],
        lambda _: USUAL_LAYERS,
        owned_by_map=True,
    ),
)
#: What decides which incidents a page is about.
FILTERS = (
    "on", "known", "period", "from", "to", "cat", "ied", "by", "country", "region", "precision",
)  # fmt: skip
BY_NAME: Mapping[str, Param] = {param.name: param for param in TABLE}


@dataclass(frozen=True, slots=True)
class Ignored:
    """A parameter of an address that was left out, and why."""

    name: str
    value: str
    reason: Message


def read(query: Mapping[str, Sequence[str]], facts: Facts) -> tuple[dict[str, Any], list[Ignored]]:
    """Read an address.

    Parameters
    ----------
    query
        Values by parameter name.
    facts
        What the ledger offers.

    Returns
    -------
    values
        A value for every parameter of the table.
    ignored
        What the address carried and could not be used.
    """
    values = {param.name: param.default(facts) for param in TABLE}
    ignored = []
    for name, given in query.items():
        if name not in BY_NAME:
            reason = message("Piste has no such setting")
            ignored.append(Ignored(name, ", ".join(given), reason))
            continue
        if not given:
            continue
        try:
            values[name] = BY_NAME[name].parse(given, facts)
        except InvalidValueError as error:
            reason = message("expected {expected}", expected=error.expected)
            ignored.append(Ignored(name, ", ".join(given), reason))
    return values, ignored


def write(values: Mapping[str, Any], facts: Facts) -> dict[str, list[str]]:
    """Return the address of a view: what differs from the defaults, in the table's order."""
    query = {}
    for param in TABLE:
        if param.name not in values or values[param.name] == param.default(facts):
            continue
        if shown := list(param.show(values[param.name])):
            query[param.name] = shown
    if values.get("period") != "custom":
        query.pop("from", None)
        query.pop("to", None)
    return query


def period(values: Mapping[str, Any], facts: Facts) -> tuple[date, date]:
    """Return the first and last day of the period that a view shows, both inclusive."""
    if values["period"] == "custom":
        return min(values["from"], values["to"]), max(values["from"], values["to"])
    days = PERIODS_DAYS[values["period"]]
    end: date = values["on"]
    start = facts.first_day if days is None else end - timedelta(days=days - 1)
    return min(start, end), end


def months_later(day: date, months: int) -> date:
    """Return the last day of the month that lies ``months`` after the month of ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 + months + 1, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def selection(values: Mapping[str, Any], facts: Facts) -> Selection:
    """Return the core's selection for a view."""
    start, end = period(values, facts)
    return Selection(
        on=values["on"],
        known_on=values["known"] or max(facts.today, facts.last_day),
        start=start,
        end=end,
        categories=frozenset(Category(code) for code in values["cat"]),
        ied_only=values["ied"],
        perpetrators=frozenset(values["by"]),
        countries=frozenset(values["country"]),
        regions=frozenset(values["region"]),
        precisions=frozenset(GeoPrecision(code) for code in values["precision"]),
    )
