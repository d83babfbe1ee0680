"""Reading the values of an address: what each kind of parameter takes and says it expects.

Pure: no Streamlit here. ``ui.params`` is the table that uses these.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from geo.i18n import Message, message

_SLACK = timedelta(days=10 * 365)
LONGEST_PHRASE = 200
MOST_VIAS = 6
MOST_ROUTES = 9
LAYERS = (
    "choropleth", "regions", "rivers", "places", "roads", "incidents", "density", "events",
)  # fmt: skip


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
    vehicles
        Names of the policy's vehicles.
    aversion
        The policy's risk aversion, 0 to 1.
    """

    first_day: date
    last_day: date
    today: date
    perpetrators: tuple[str, ...]
    regions: tuple[str, ...]
    axes: tuple[str, ...]
    towns: tuple[str, ...]
    languages: tuple[str, ...]
    vehicles: tuple[str, ...]
    aversion: float

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


def _one(values: Sequence[str]) -> str:
    return values[-1].strip()


def a_day(values: Sequence[str], facts: Facts) -> date:
    """Read a day."""
    try:
        found = date.fromisoformat(_one(values))
    except ValueError:
        raise InvalidValueError(message("a date such as 2025-02-12")) from None
    if not facts.earliest <= found <= facts.latest:
        raise InvalidValueError(message("a date within ten years of the ledger"))
    return found


def one_of(options: Callable[[Facts], Sequence[str]]) -> Callable[[Sequence[str], Facts], str]:
    """Read one of some words."""

    def parse(values: Sequence[str], facts: Facts) -> str:
        found = _one(values)
        if found not in options(facts):
            raise InvalidValueError(message("one of {options}", options=", ".join(options(facts))))
        return found

    return parse


def some_of(options: Callable[[Facts], Sequence[str]]) -> Callable[..., tuple[str, ...]]:
    """Read some of some words."""

    def parse(values: Sequence[str], facts: Facts) -> tuple[str, ...]:
        unknown = [value for value in values if value not in options(facts)]
        if unknown:
            known = ", ".join(list(options(facts))[:12])
            raise InvalidValueError(message("values such as {options}", options=known))
        return tuple(option for option in options(facts) if option in values)

    return parse


def a_flag(values: Sequence[str], _: Facts) -> bool:
    """Read 0 or 1."""
    if _one(values) not in {"0", "1"}:
        raise InvalidValueError(message("0 or 1"))
    return _one(values) == "1"


def a_number(low: float, high: float) -> Callable[[Sequence[str], Facts], float]:
    """Read a number."""

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


def a_view(values: Sequence[str], _: Facts) -> tuple[float, float, float]:
    """Read where the map looks."""
    expected = message("latitude_longitude_zoom such as 15.5_0.2_7")
    try:
        lat, lon, zoom = (float(part) for part in _one(values).split("_"))
    except ValueError:
        raise InvalidValueError(expected) from None
    inside = -90 <= lat <= 90 and -180 <= lon <= 180 and 1 <= zoom <= 18  # noqa: PLR2004
    if not (math.isfinite(lat + lon + zoom) and inside):
        raise InvalidValueError(expected)
    return lat, lon, zoom


def some_layers(values: Sequence[str], _: Facts) -> tuple[str, ...]:
    """Read layers of the map."""
    names = [name for name in _one(values).split("_") if name and name != "none"]
    if any(name not in LAYERS for name in names):
        raise InvalidValueError(
            message("layers joined by _, of {options}", options=", ".join(LAYERS))
        )
    return tuple(name for name in LAYERS if name in names)


def a_pick(values: Sequence[str], _: Facts) -> str:
    """Read what is picked."""
    found = _one(values)
    kind = found.partition(":")[0]
    if kind not in {"incident", "box", "road", "region"} or len(found) > 200:  # noqa: PLR2004
        raise InvalidValueError(message("incident:…, road:…, region:… or box:…"))
    return found


def a_phrase(values: Sequence[str], _: Facts) -> str:
    """Read a place in words."""
    found = _one(values)
    if len(found) > LONGEST_PHRASE:
        raise InvalidValueError(message("a place in at most {n} letters", n=LONGEST_PHRASE))
    return found


def some_phrases(values: Sequence[str], facts: Facts) -> tuple[str, ...]:
    """Read places in words."""
    if len(values) > MOST_VIAS:
        raise InvalidValueError(message("at most {n} places", n=MOST_VIAS))
    return tuple(dict.fromkeys(filter(None, (a_phrase([value], facts) for value in values))))


def a_time(values: Sequence[str], _: Facts) -> time:
    """Read a time of the day."""
    try:
        return time.fromisoformat(_one(values)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise InvalidValueError(message("a time such as 06:30")) from None


def an_ordinal(values: Sequence[str], _: Facts) -> int:
    """Read the number of a route."""
    found = _one(values)
    if found not in {str(n) for n in range(1, MOST_ROUTES + 1)}:
        raise InvalidValueError(message("a number from 1 to {n}", n=MOST_ROUTES))
    return int(found)


def a_report(values: Sequence[str], _: Facts) -> int:
    """Read the number of a report of the library."""
    found = _one(values)
    if not re.fullmatch("[1-9][0-9]{0,8}", found):
        raise InvalidValueError(message("the number of a report"))
    return int(found)


def an_against(values: Sequence[str], facts: Facts) -> tuple[str, str]:
    """Read what a route is compared with."""
    kind, _separator, what = _one(values).partition(":")
    try:
        if kind == "route":
            return kind, str(an_ordinal([what], facts))
        if kind in {"on", "known"}:
            return kind, a_day([what], facts).isoformat()
    except InvalidValueError:
        kind = ""
    if kind != "without" or not 0 < len(what) <= LONGEST_PHRASE:
        raise InvalidValueError(message("route:2, on:2025-02-12, known:2025-02-12 or without:…"))
    return kind, what
