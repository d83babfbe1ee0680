"""The sentences that say why something was placed where it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from math import ceil

from geo.exchange.cells import shown
from geo.gazetteer.folding import fold
from geo.gazetteer.resolving import Choice
from geo.i18n import Message, message
from geo.records import Place
from geo.roads.axes import Axis
from geo.roads.referencing import chainage

COUNTRY_NAMES = {
    "ML": message("Mali"), "BF": message("Burkina Faso"), "NE": message("Niger"),
    "DZ": message("Algeria"), "MR": message("Mauritania"), "SN": message("Senegal"),
    "GN": message("Guinea"), "BJ": message("Benin"), "TG": message("Togo"),
    "GH": message("Ghana"), "NG": message("Nigeria"), "CI": message("Côte d’Ivoire"),
}  # fmt: skip


def country_name(code: str) -> Message | str:
    """Return the name of a country, or its code when it has none here."""
    return COUNTRY_NAMES.get(code, code)


def sentence(head: Message, notes: Iterable[Message] = ()) -> Message:
    """Return one sentence of a statement and its remarks."""
    return message("{statement}.", statement=reduce(_semicolon, notes, head))


def _semicolon(first: Message, second: Message) -> Message:
    return message("{first}; {second}", first=first, second=second)


def listed(parts: Sequence[Message | str]) -> Message | str:
    """Return parts joined as a list: ``A, B and C``."""
    if len(parts) == 1:
        return parts[0]
    head = reduce(
        lambda one, other: message("{first}, {second}", first=one, second=other), parts[:-1]
    )
    return message("{first} and {last}", first=head, last=parts[-1])


def road(axis: Axis) -> Message | str:
    """Return how a road is called."""
    return axis.ref or message("the road {name}", name=axis.name)


def place_name(place: Place) -> Message | str:
    """Return a place's name with its region, for those that bear the same name elsewhere."""
    if not place.adm1 or place.adm1 == place.name:
        return place.name
    return message("{place} ({region})", place=place.name, region=place.adm1)


def at_place(place: Place) -> Message:
    """Say that it is at a place."""
    return message("At {place}", place=place_name(place))


def near_place(place: Place, spread_m: float) -> Message:
    """Say that it is near a place."""
    return message(
        "Near {place}, taken as within {km} km", place=place_name(place), km=ceil(spread_m / 1000)
    )


def area_place(place: Place, spread_m: float) -> Message:
    """Say that it is in the area of a place."""
    return message(
        "In the area of {place}, taken as within {km} km",
        place=place_name(place), km=ceil(spread_m / 1000),
    )  # fmt: skip


def on_road(axis: Axis, measure_m: float, place: Place) -> Message:
    """Say that it is at or near a place of a road."""
    return message(
        "On {road} at {chainage} ({place})",
        road=road(axis), chainage=chainage(measure_m), place=place.name,
    )  # fmt: skip


def on_road_near(axis: Axis, measure_m: float, place: Place) -> Message:
    """Say that it is on a road near a place."""
    return message(
        "On {road} at {chainage}, near {place}",
        road=road(axis), chainage=chainage(measure_m), place=place.name,
    )  # fmt: skip


def by_distance(axis: Axis, measure_m: float, said: str | Message) -> Message:
    """Say that a stated distance leads to a point of a road."""
    return message(
        "On {road} at {chainage}, where ‘{said}’ leads",
        road=road(axis), chainage=chainage(measure_m), said=said,
    )  # fmt: skip


def either_side(axis: Axis, said: str | Message, place: Place) -> Message:
    """Say that a stated distance leads to two points of a road."""
    return message(
        "On {road}, ‘{said}’ to one side of {place} or the other",
        road=road(axis), said=said, place=place.name,
    )  # fmt: skip


def along(axis: Axis, from_m: float, to_m: float, ends: tuple[Place, Place] | None) -> Message:
    """Say that it is somewhere along a stretch."""
    if ends is None:
        return message(
            "Somewhere along {road}, {start} to {end}",
            road=road(axis), start=chainage(from_m), end=chainage(to_m),
        )  # fmt: skip
    return message(
        "Somewhere along {road} between {first} ({start}) and {last} ({end})",
        road=road(axis), first=ends[0].name, start=chainage(from_m),
        last=ends[1].name, end=chainage(to_m),
    )  # fmt: skip


def between(ends: tuple[Place, Place]) -> Message:
    """Add that it is between two places."""
    return message("between {first} and {last}", first=ends[0].name, last=ends[1].name)


def agrees(said: str | Message, off_m: float) -> Message:
    """Remark that a stated distance fits."""
    return message(
        "the report’s ‘{said}’ agrees within {km} km", said=said, km=max(1, round(off_m / 1000))
    )


def differs(said: str | Message, found_m: float) -> Message:
    """Remark that a stated distance does not fit."""
    return message(
        "the report’s ‘{said}’ does not fit: it is {km} km", said=said, km=round(found_m / 1000)
    )


def outside(place: Place, ends: tuple[Place, Place]) -> Message:
    """Remark that a place is not on the stated stretch."""
    return message(
        "{place} does not lie between {first} and {last} as the report says",
        place=place.name, first=ends[0].name, last=ends[1].name,
    )  # fmt: skip


def not_known(name: str) -> Message:
    """Remark that a name is not in the gazetteer."""
    return message("“{name}” is not in the gazetteer", name=shown(name))


def spelling(choice: Choice) -> Message | None:
    """Remark on a name that was matched by resemblance or through a variant."""
    if choice.candidate.fuzzy:
        return message(
            "“{name}” only resembles {matched}: to be checked",
            name=shown(choice.name.text), matched=choice.candidate.matched,
        )  # fmt: skip
    return None


def variant(choice: Choice) -> Message | None:
    """Remark on a name that is a variant of another spelling than the gazetteer's own."""
    if choice.candidate.fuzzy or choice.name.key == fold(choice.place.name):
        return None
    return message("“{name}” is {place}", name=choice.name.text, place=choice.place.name)


def homonym(choice: Choice) -> Message | None:
    """Remark on the likeliest other place of the same name."""
    other = choice.runner_up
    if other is None:
        return None
    return message(
        "not {place} in {region}, {country}",
        place=other.name, region=other.adm2 or other.adm1, country=country_name(other.country),
    )  # fmt: skip


def others_named(others: Sequence[Place]) -> Message:
    """Remark on other places of the same report, which the spread reaches."""
    return message(
        "the report also names {places}, within the spread",
        places=listed([other.name for other in others]),
    )


def straight(ends: tuple[Place, Place]) -> Message:
    """Say that it is somewhere between two places that no known road joins."""
    return message(
        "Somewhere between {first} and {last}, for which no road is known: a straight line",
        first=ends[0].name, last=ends[1].name,
    )  # fmt: skip


def over_roads(roads: Sequence[Axis], ends: tuple[Place, Place]) -> Message:
    """Say that it is somewhere on a way over two roads."""
    return message(
        "Somewhere between {first} and {last}, along {roads}",
        first=ends[0].name, last=ends[1].name, roads=listed([road(axis) for axis in roads]),
    )  # fmt: skip


def from_place(said: str | Message, place: Place) -> Message:
    """Say that a stated distance and direction lead to a point away from the roads."""
    return message("Where ‘{said}’ leads from {place}", said=said, place=place_name(place))


def ring(said: str | Message, place: Place) -> Message:
    """Say that only a distance is stated, so that it may be anywhere around."""
    return message("‘{said}’, in no stated direction from {place}", said=said, place=place.name)


def in_region(names: Sequence[str | Message], *, own: bool) -> Message:
    """Say that it is somewhere in a region."""
    if own:
        return message(
            "Somewhere in {regions}; the report is not more exact", regions=listed(names)
        )
    return message(
        "Somewhere in {regions}, whose border is only approximate here", regions=listed(names)
    )


def around_places(places: Sequence[Place], radius_m: float) -> Message:
    """Say that it is somewhere around places."""
    return message(
        "Somewhere within {km} km around {places}; the report is not more exact",
        km=round(radius_m / 1000), places=listed([place.name for place in places]),
    )  # fmt: skip


def rough(place: Place) -> Message:
    """Remark that the position of a place is itself only roughly known."""
    return message(
        "{place} itself is known only within {km} km",
        place=place.name, km=ceil(place.accuracy_m / 1000),
    )  # fmt: skip


def elsewhere(place: Place) -> Message:
    """Remark that the rough position of a place disagrees with what is stated."""
    return message("the gazetteer’s rough position of {place} does not fit this", place=place.name)


def comma(head: Message, addition: Message) -> Message:
    """Add to a statement."""
    return message("{statement}, {addition}", statement=head, addition=addition)


def on_the_way(other: Place) -> Message:
    """Add on which side of a place: towards another."""
    return message("on the side of {place}", place=other.name)


def apart(ends: tuple[Place, Place], others: tuple[Place, Place]) -> Message:
    """Remark that two stated stretches do not meet; the first one was used."""
    return message(
        "{first}–{last} and {other_first}–{other_last}, both in the report, do not meet",
        first=ends[0].name, last=ends[1].name,
        other_first=others[0].name, other_last=others[1].name,
    )  # fmt: skip


def no_fit(said: str | Message) -> Message:
    """Remark that a stated distance leads nowhere on the stretch."""
    return message("the report’s ‘{said}’ does not fit this stretch", said=said)


def counted_from(axis: Axis, place: Place) -> Message:
    """Remark where the kilometres of a road are counted from here."""
    return message("{road} is counted from {place}", road=road(axis), place=place.name)


def counted_elsewhere(said: str) -> Message:
    """Remark that a stated kilometre does not fit the place that is named with it."""
    return message("the report’s ‘{said}’ must be counted from another place", said=said)


def no_road(said: str) -> Message:
    """Remark that a kilometre of no known road was stated."""
    return message("“{said}” is of no use without a road to count on", said=shown(said))


def unread(said: str) -> Message:
    """Remark that a stated distance could not be used."""
    return message("the report’s ‘{said}’ was not understood", said=shown(said))


def used(said: str | Message) -> Message:
    """Remark that a stated distance decided."""
    return message("the report’s ‘{said}’ was used", said=said)


def region_name(adm1: str, country: str) -> Message:
    """Return the name of a first-level region."""
    return message("the region of {region}, {country}", region=adm1, country=country_name(country))


def also_joined(axis: Axis) -> Message:
    """Remark on another road of the same number between the same places."""
    return message("{name} also joins them under this number", name=axis.name)
