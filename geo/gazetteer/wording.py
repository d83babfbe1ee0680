"""The sentences that say why something was placed where it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from math import ceil

from geo.exchange.cells import shown
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


def road(axis: Axis) -> Message:
    """Return how a road is called."""
    if axis.ref:
        # Only the number: “RN17”, “la RN17”.
        return message("{ref}", ref=axis.ref)
    return message("the road {name}", name=axis.name)


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


def along_river(river: Axis, first: Place, last: Place) -> Message:
    """Say that it is somewhere on a river between two places."""
    return message(
        "Somewhere along the river {river} between {first} and {last}, not on a road",
        river=river.name, first=first.name, last=last.name,
    )  # fmt: skip


def on_river(river: Axis, said: str | Message) -> Message:
    """Say that a stated distance leads to a point of a river."""
    return message("On the river {river}, where ‘{said}’ leads", river=river.name, said=said)


def road_to_border(axis: Axis, place: Place) -> Message:
    """Say that it is on a road between a place and a border."""
    return message(
        "Somewhere along {road} between {place} and the border", road=road(axis), place=place.name
    )


def straight_to_border(place: Place) -> Message:
    """Say that it is between a place and a border that no known road joins."""
    return message(
        "Somewhere between {place} and the border, to which no road is known: a straight line",
        place=place.name,
    )


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


def comma(head: Message, addition: Message) -> Message:
    """Add to a statement."""
    return message("{statement}, {addition}", statement=head, addition=addition)


def on_the_way(other: Place) -> Message:
    """Add on which side of a place: towards another."""
    return message("on the side of {place}", place=other.name)


def region_name(adm1: str, country: str) -> Message:
    """Return the name of a first-level region."""
    return message("the region of {region}, {country}", region=adm1, country=country_name(country))


def whole_country(code: str) -> Message:
    """Return the name of a country as an area."""
    return message("{country} as a whole", country=country_name(code))


def whole_sahel() -> Message:
    """Return the name of all the countries together."""
    return message("the Sahel as a whole")


def district_name(adm2: str, country: str) -> Message:
    """Return the name of a second-level unit, which each country calls by a word of its own."""
    if country == "ML":
        return message("the cercle of {district}", district=adm2)
    if country == "BF":
        return message("the province of {district}", district=adm2)
    return message("the department of {district}", district=adm2)


def unit_name(place: Place) -> Message:
    """Return the unit in which a place lies, the second-level one when it is known.

    Only the name in English; a language that needs the word for its kind adds it.
    """
    if not place.adm2:
        return message("{region}", region=place.adm1)
    if place.country == "ML":
        return message("{cercle}", cercle=place.adm2)
    if place.country == "BF":
        return message("{province}", province=place.adm2)
    return message("{department}", department=place.adm2)


def around(name: str) -> Message:
    """Return the name of the land around a place, in the spelling of the report."""
    return message("the area of {place}", place=shown(name))


_SIDES = (
    message("to the north"), message("to the north-east"), message("to the east"),
    message("to the south-east"), message("to the south"), message("to the south-west"),
    message("to the west"), message("to the north-west"),
)  # fmt: skip


def beside_place(place: Place, bearing_deg: float, reach_m: float) -> Message:
    """Say that it is to one side of a place."""
    return message(
        "Somewhere {side} of {place}, nobody says how far: taken as up to {km} km",
        side=_SIDES[round(bearing_deg / 45) % len(_SIDES)], place=place_name(place),
        km=round(reach_m / 1000),
    )  # fmt: skip


def along_border(said: str) -> Message:
    """Return the name of the land along a border, in the words of the report."""
    return message("the land meant by ‘{said}’", said=shown(said))
