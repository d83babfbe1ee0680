"""Remarks on a placement: what agrees, what contradicts, what a name was taken to mean."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from geo.exchange.cells import shown
from geo.gazetteer.folding import fold
from geo.gazetteer.resolving import Choice
from geo.gazetteer.wording import country_name, listed, road, unit_name
from geo.i18n import Message, message
from geo.records import Place
from geo.roads.axes import Axis


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


def other_side(said: str | Message) -> Message:
    """Remark that a place lies on another side than a report says."""
    return message("the report’s ‘{said}’ does not fit: it is on another side", said=said)


def abroad(country: str) -> Message:
    """Remark that what the words lead to lies outside the country of the record."""
    return message("this point lies outside {country}", country=country_name(country))


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
        place=other.name, region=unit_name(other), country=country_name(other.country),
    )  # fmt: skip


def others_named(others: Sequence[Place]) -> Message:
    """Remark on other places of the same report, which the spread reaches."""
    return message(
        "the report also names {places}: there, or between them, within the spread",
        places=listed([other.name for other in others]),
    )


def rough(place: Place) -> Message:
    """Remark that the position of a place is itself only roughly known."""
    return message(
        "{place} itself is known only within {km} km",
        place=place.name, km=ceil(place.accuracy_m / 1000),
    )  # fmt: skip


def elsewhere(place: Place) -> Message:
    """Remark that the rough position of a place disagrees with what is stated."""
    return message("the gazetteer’s rough position of {place} does not fit this", place=place.name)


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


def stone_from(said: str, place: Place) -> Message:
    """Remark that a stated kilometre was counted from an end of the stretch."""
    return message("the report’s ‘{said}’ is counted from {place}", said=said, place=place.name)


def counted_elsewhere(said: str) -> Message:
    """Remark that a stated kilometre does not fit the place that is named with it."""
    return message("the report’s ‘{said}’ must be counted from another place", said=said)


def no_road(said: str) -> Message:
    """Remark that a kilometre of no known road was stated."""
    return message("“{said}” is of no use without a road to count on", said=shown(said))


def unread(said: str) -> Message:
    """Remark that a stated distance could not be used."""
    return message("the report’s ‘{said}’ was not understood", said=shown(said))


def unused(said: str) -> Message:
    """Remark that words were understood but narrow nothing here."""
    return message("the report’s ‘{said}’ narrows nothing here and was not used", said=shown(said))


def little(spread_m: float) -> Message:
    """Say that a placement says next to nothing."""
    return message("this says almost nothing: anywhere within {km} km", km=round(spread_m / 1000))


def whole_or_part(name: str) -> Message:
    """Say that a name is that of a region of Burkina Faso and of the whole area."""
    return message("“{name}” may be the region of Burkina Faso or the whole area", name=shown(name))


def used(said: str | Message) -> Message:
    """Remark that a stated distance decided."""
    return message("the report’s ‘{said}’ was used", said=said)


def also_joined(axis: Axis) -> Message:
    """Remark on another road of the same number between the same places."""
    return message("{name} also joins them under this number", name=axis.name)


def which_border(said: str) -> Message:
    """Say why a border is no place: one of its two sides is not known."""
    return message("‘{said}’ alone is no place; name a country or a place too", said=shown(said))


def inside(area: str | Message) -> Message:
    """Remark on a wider area that narrowed a smaller one."""
    return message("inside {area}", area=area)


def not_inside(name: str | Message, area: str | Message) -> Message:
    """Remark that a place or an area does not lie in another that is named with it."""
    return message("{name} does not lie in {area} as the report says", name=name, area=area)


def may_be(choice: Choice) -> Message:
    """Say that a name has another meaning that is nearly as likely."""
    return message(
        "“{name}” may also be {other}", name=shown(choice.name.text),
        other=_full_name(choice.runner_up or choice.place),
    )  # fmt: skip


def known_elsewhere(name: str, countries: Sequence[str], country: str) -> Message:
    """Say why there is no placement: the name is one of other countries only."""
    return message(
        "“{name}” is known in {others}, not in {country}",
        name=shown(name), others=listed([country_name(code) for code in countries]),
        country=country_name(country),
    )  # fmt: skip


def undecided(choice: Choice) -> Message:
    """Say why there is no placement: nothing tells two places of a name apart."""
    return message(
        "“{name}” may be {first} or {second}: nothing tells which",
        name=shown(choice.name.text), first=_full_name(choice.place),
        second=_full_name(choice.runner_up or choice.place),
    )  # fmt: skip


def _full_name(place: Place) -> Message:
    return message(
        "{place} in {region}, {country}", place=place.name,
        region=unit_name(place), country=country_name(place.country),
    )  # fmt: skip
