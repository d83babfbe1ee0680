"""The one table of URL parameters: everything that a shared address carries.

Pure: no Streamlit here. ``ui.state`` ties the table to a session, ``ui.frame`` to widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from geo.briefing import shelf
from geo.i18n import Message, message
from geo.records import Category, GeoPrecision
from geo.selection import Selection
from ui.parsing import (
    Facts,
    InvalidValueError,
    a_day,
    a_flag,
    a_number,
    a_phrase,
    a_pick,
    a_report,
    a_time,
    a_view,
    an_against,
    an_ordinal,
    one_of,
    some_layers,
    some_of,
    some_phrases,
)

#: Length of a period that ends on the as-of date, in days; ``None`` means since the first report.
PERIODS_DAYS: Mapping[str, int | None] = {
    "30d": 30,
    "90d": 90,
    "12m": 365,
    "36m": 3 * 365,
    "all": None,
    "custom": None,
}
BANDWIDTHS_KM = (10, 15, 25, 40, 60, 100)
COUNTRIES = ("ML", "BF", "NE")
#: The page of hotspots: what counts, where mass lies, how it is smoothed, which part is open.
#: The core's own words (`geo.hotspots.analysis.question`), without importing what computes.
COUNTED = ("ied", "all")
SURFACES = ("planar", "network")
KERNELS = ("quartic", "epanechnikov", "gaussian", "uniform")
SMOOTHINGS = ("hand", "rule", "likelihood")
ROAD_METHODS = ("esd", "esc", "simple")
PARTS = ("stretches", "years", "strip", "chance", "method")
SHOWN = ("density", "before", "year")
ABOUT = ("each", *Category)
#: Shortest, longest and usual bandwidth by hand, in km: on the plane and along roads.
PLANE_KM = (3.0, 150.0, 25.0)
ROAD_KM = (1.0, 60.0, 10.0)
#: What the page of reports shows: what waits, the library, a form for another one.
REPORT_VIEWS = ("queue", "library", "add")
#: What the page of changes compares: two days, or two days of knowledge about one day.
VERSUS = ("days", "knowledge")
USUAL_LAYERS = ("regions", "rivers", "places", "roads", "incidents", "density")


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
    names_journey
        True when it tells who goes where; an operator may keep it out of the address.
    """

    name: str
    parse: Callable[[Sequence[str], Facts], Any]
    show: Callable[[Any], Sequence[str]]
    default: Callable[[Facts], Any]
    owned_by_map: bool = False
    names_journey: bool = False


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
    return Param(name, one_of(lambda _: options), _same, lambda _: options[0])


def _bit(value: bool) -> Sequence[str]:
    return ["1" if value else "0"]


def _some(value: str) -> Sequence[str]:
    return [value] if value else []


TABLE: tuple[Param, ...] = (
    Param("on", a_day, _iso, lambda facts: min(facts.last_day, facts.today)),
    Param("known", a_day, _none_or(_iso), lambda _: None),
    Param("period", one_of(lambda _: tuple(PERIODS_DAYS)), _same, lambda _: "12m"),
    Param("from", a_day, _iso, lambda facts: facts.first_day),
    Param("to", a_day, _iso, lambda facts: min(facts.last_day, facts.today)),
    Param("cat", some_of(lambda _: tuple(Category)), list, lambda _: ()),
    Param("ied", a_flag, _bit, lambda _: False),
    Param("by", some_of(lambda facts: facts.perpetrators), list, lambda _: ()),
    Param("country", some_of(lambda _: COUNTRIES), list, lambda _: ()),
    Param("region", some_of(lambda facts: facts.regions), list, lambda _: ()),
    Param("precision", some_of(lambda _: tuple(GeoPrecision)), list, lambda _: ()),
    Param(
        "bw",
        one_of(lambda _: tuple(str(km) for km in BANDWIDTHS_KM)),
        _same,
        lambda _: "25",
    ),
    Param("axis", one_of(lambda facts: facts.axes), _same, _first_axis),
    Param("start", one_of(lambda facts: facts.towns), _none_or(_same), lambda _: None),
    Param("end", one_of(lambda facts: facts.towns), _none_or(_same), lambda _: None),
    Param("since", a_day, _none_or(_iso), lambda _: None),
    Param("versus", one_of(lambda _: VERSUS), _same, lambda _: VERSUS[0]),
    Param("template", one_of(lambda _: tuple(shelf.names())), _same, lambda _: "area"),
    _chosen("count", COUNTED),
    _chosen("surface", SURFACES),
    _chosen("kernel", KERNELS),
    _chosen("smoothing", SMOOTHINGS),
    Param("km", a_number(*PLANE_KM[:2]), _short, lambda _: PLANE_KM[2]),
    Param("roadkm", a_number(*ROAD_KM[:2]), _short, lambda _: ROAD_KM[2]),
    _chosen("method", ROAD_METHODS),
    Param("inregions", a_flag, _bit, lambda _: False),
    _chosen("part", PARTS),
    _chosen("shown", SHOWN),
    _chosen("about", ABOUT),
    Param("origin", a_phrase, _some, lambda _: "", names_journey=True),
    Param("dest", a_phrase, _some, lambda _: "", names_journey=True),
    Param("via", some_phrases, list, lambda _: (), names_journey=True),
    Param("vehicle", one_of(lambda facts: facts.vehicles), _same, lambda facts: facts.vehicles[0]),
    Param("escort", a_flag, _bit, lambda _: False),
    Param("back", a_flag, _bit, lambda _: False),
    Param("closed", a_flag, _bit, lambda _: False),
    Param(
        "depart",
        a_time,
        _none_or(lambda value: [value.isoformat("minutes")]),
        lambda _: None,
    ),
    Param("aversion", a_number(0.0, 1.0), _short, lambda facts: facts.aversion),
    Param("way", an_ordinal, _none_or(lambda value: [str(value)]), lambda _: None),
    Param("against", an_against, _none_or(lambda value: [":".join(value)]), lambda _: None),
    _chosen("reports", REPORT_VIEWS),
    Param("report", a_report, _none_or(lambda value: [str(value)]), lambda _: None),
    Param("pick", a_pick, _none_or(_same), lambda _: None),
    Param("lang", one_of(lambda facts: facts.languages), _none_or(_same), lambda _: None),
    Param(
        "at",
        a_view,
        _none_or(lambda view: ["_".join(f"{part:g}" for part in view)]),
        lambda _: None,
        owned_by_map=True,
    ),
    Param(
        "layers",
        some_layers,
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
    if "incident" in query and "pick" not in query:  # as one would write it by hand
        query = {("pick" if name == "incident" else name): given for name, given in query.items()}
        query["pick"] = [f"incident:{one}" for one in query["pick"]]
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


def write(
    values: Mapping[str, Any], facts: Facts, *, discreet: bool = False
) -> dict[str, list[str]]:
    """Return the address of a view: what differs from the defaults, in the table's order.

    Parameters
    ----------
    values
        A value by parameter name.
    facts
        What the ledger offers.
    discreet
        Leave out who goes where.
    """
    query = {}
    for param in TABLE:
        if param.name not in values or values[param.name] == param.default(facts):
            continue
        if discreet and param.names_journey:
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
