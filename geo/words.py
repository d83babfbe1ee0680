"""Values as a reader sees them: dates, ranges and codes, in the reader's convention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from geo.columns import iso_day
from geo.i18n import Message, day, fill, message, month
from geo.i18n import gettext as _
from geo.records import Attribution, Category, DatePrecision, GeoPrecision
from geo.selection import UNKNOWN

_WHOLE_KM = 100
#: What `where` says in the reader's language, if it is a place of the ledger.
PLACE_PHRASE = r" (?:axis|road|region)$| and "

FIELDS: dict[str, Message] = {
    "killed": message("Killed"),
    "injured": message("Injured"),
    "missing": message("Missing"),
    "abducted": message("Abducted"),
    "casualties": message("Casualties (killed or injured)"),
    "survivors": message("Survivors"),
    "vehicles_destroyed": message("Vehicles destroyed"),
    "vehicles_hit": message("Vehicles hit"),
    "vehicles_taken": message("Vehicles taken"),
    "villages_burned": message("Villages burned"),
    "blockade": message("Blockade"),
}
CATEGORIES: dict[str, Message] = {
    Category.IED: message("IED"),
    Category.MINE: message("Mine"),
    Category.AMBUSH: message("Ambush"),
    Category.ARMED_ATTACK: message("Armed attack"),
    Category.VEHICLE_BURNING: message("Vehicle burning"),
    Category.ABDUCTION: message("Abduction"),
    Category.SUICIDE_VBIED: message("Suicide vehicle bomb"),
    Category.SHELLING: message("Shelling"),
    Category.DRONE_STRIKE: message("Drone strike"),
    Category.CHECKPOINT: message("Illegal checkpoint"),
    Category.OTHER: message("Other"),
}
GROUPS: dict[str, Message] = {
    "civilians": message("civilians"),
    "military": message("military"),
    "security_forces": message("security forces"),
    "peacekeepers": message("peacekeepers"),
    "un": message("UN staff"),
    "ngo": message("aid workers"),
    "wagner": message("Wagner"),
    "militia": message("militia"),
    "officials": message("officials"),
    "assailants": message("assailants"),
    "armed_group": message("armed group"),
    "all": message("all, not split"),
    "part_of_total": message("part of a total"),
}
SPEAKERS: dict[str, Message] = {
    "army": message("Army"),
    "government": message("Government"),
    "local_official": message("Local official"),
    "security_source": message("Security source"),
    "local_source": message("Local source"),
    "independent_sources": message("Independent sources"),
    "media": message("Media"),
    "un": message("UN"),
    "ngo": message("NGO"),
    "hospital": message("Hospital"),
    "police": message("Police"),
    "bus_company": message("Bus company"),
    "embassy": message("Embassy"),
    "church": message("Church"),
    "union": message("Union"),
    "company": message("Company"),
    "group": message("The group itself"),
    "witness": message("Witness"),
    "analyst": message("Analyst"),
}
#: Whom a statement about a road concerns, as the data say it; other words stay as written.
CONCERNED: dict[str, Message] = {
    "all vehicles": message("all vehicles"),
    "trucks": message("trucks"),
    "buses": message("buses"),
    "fuel": message("fuel"),
    "motorcycles": message("motorcycles"),
    "private vehicles": message("private vehicles"),
    "ngos": message("ngos"),
    "tricycles": message("tricycles"),
    "pick-ups": message("pick-ups"),
    "passenger boats": message("passenger boats"),
    "road users": message("road users"),
}
#: Actors without a name of their own, as the data say them; names stay as written.
ACTORS: dict[str, Message] = {
    "unspecified jihadists": message("unspecified jihadists"),
    "unspecified rebels": message("unspecified rebels"),
    "unspecified militia": message("unspecified militia"),
    "unspecified army": message("unspecified army"),
    "unspecified Al-Qaeda-linked group": message("unspecified Al-Qaeda-linked group"),
    "unspecified Islamic State-linked group": message("unspecified Islamic State-linked group"),
    "unknown gunmen": message("unknown gunmen"),
    "bandits": message("bandits"),
    "French forces": message("French forces"),
    "Malian army": message("Malian army"),
    "Burkinabe army": message("Burkinabe army"),
    "Nigerien army": message("Nigerien army"),
    "army": message("army"),
    "jihadists": message("jihadists"),
    "jihadist groups": message("jihadist groups"),
    "jihadist armed groups": message("jihadist armed groups"),
    "suspected jihadists": message("suspected jihadists"),
    "armed groups": message("armed groups"),
    "presumed non-state armed groups": message("presumed non-state armed groups"),
    "armed individuals": message("armed individuals"),
    "armed men": message("armed men"),
    "terrorist groups": message("terrorist groups"),
    "extremist gunmen": message("extremist gunmen"),
    "CSP rebels": message("CSP rebels"),
    "protesters": message("protesters"),
    "road users": message("road users"),
    "truck drivers": message("truck drivers"),
    "bus company": message("bus company"),
    "bus companies": message("bus companies"),
    "trucking firms": message("trucking firms"),
    "transport companies": message("transport companies"),
    "drivers and travellers": message("drivers and travellers"),
    "army escort": message("army escort"),
    "Malian authorities": message("Malian authorities"),
    "Nigerien authorities": message("Nigerien authorities"),
    "Government of Mali": message("Government of Mali"),
    "Government of Niger": message("Government of Niger"),
    "regional authorities": message("regional authorities"),
    "regional administration": message("regional administration"),
}
STAGES: dict[str, Message] = {"provisional": message("provisional")}
TARGETS: dict[str, Message] = {
    "army": message("Army"),
    "un": message("UN"),
    "officials": message("Officials"),
    "convoy_escorted": message("Escorted convoy"),
    "bus": message("Bus"),
    "truck": message("Truck"),
    "ngo": message("NGO"),
    "militia": message("Militia"),
    "civilians": message("Civilians"),
    "armed_group": message("Armed group"),
    "none": message("None"),
}
ASSERTIONS: dict[str, Message] = {
    "controlled": message("Controlled"),
    "taxed": message("Taxed"),
    "checkpoint": message("Checkpoint"),
    "blockade": message("Blockade"),
    "closed": message("Closed"),
    "reopened": message("Reopened"),
    "agreement": message("Agreement"),
    "escort_only": message("Escort only"),
    "service_suspended": message("Traffic suspended"),
    "restricted": message("Restricted"),
}
#: What a report says that a group does in an area, again and again.
ACTIVITIES: dict[str, Message] = {**CATEGORIES, **ASSERTIONS, "active": message("Active")}
#: What a link says of the incident at its other end: when that one came first, when it came later.
LINKS: dict[str, tuple[Message, Message]] = {
    "retaliation": (message("In retaliation for"), message("Answered by")),
    "follow_up": (message("Follows on"), message("Followed by")),
    "same_campaign": (message("Same campaign, before:"), message("Same campaign, after:")),
    "possible_duplicate": (message("Perhaps the same as"), message("Perhaps the same as")),
}
ATTRIBUTIONS: dict[str, Message] = {
    Attribution.CLAIMED: message("claimed"),
    Attribution.ATTRIBUTED: message("attributed"),
    Attribution.SUSPECTED: message("suspected"),
}
DATE_PRECISIONS: dict[str, Message] = {
    DatePrecision.DAY: message("day"),
    DatePrecision.WEEK: message("week"),
    DatePrecision.MONTH: message("month"),
    DatePrecision.SEASON: message("season"),
    DatePrecision.YEAR: message("year"),
}
PRECISIONS: dict[str, Message] = {
    GeoPrecision.PLACE: message("Named place"),
    GeoPrecision.NEAR: message("Near a place or on a road"),
    GeoPrecision.REGION: message("Region only"),
}
COUNTRIES: dict[str, Message] = {
    "ML": message("Mali"),
    "BF": message("Burkina Faso"),
    "NE": message("Niger"),
}


def word(table: dict[str, Message], code: Any) -> str:
    """Return the reader's word for a code, the code itself when the table lacks it."""
    return str(table.get(str(code), code))


def listed(parts: Sequence[Message | str]) -> Message | str:
    """Return parts as one list: "a, b, c"."""
    whole = parts[0] if parts else ""
    for part in parts[1:]:
        whole = message("{first}, {then}", first=whole, then=part)
    return whole


def joined_names(names: Sequence[str]) -> str:
    """Return names as a reader lists them: "Gao, Ménaka"."""
    return ", ".join(names)


def clauses(parts: Iterable[object]) -> str:
    """Return parts that hold commas of their own in one line, parted as the language does."""
    return _("; ").join(map(str, parts))


def perpetrator(family: str) -> str:
    """Return a family of perpetrators for a reader; nobody named is said so."""
    return _("Nobody named") if family == UNKNOWN else str(ACTORS.get(family, family))


def actors(names: str) -> str:
    """Return actors parted by semicolons: kinds of people in the reader's words, names as are."""
    return _each(ACTORS, names)


def concerned(groups: str) -> str:
    """Return whom a statement concerns, in the reader's words where they are known."""
    return _each(CONCERNED, groups)


def _each(table: dict[str, Message], parted: str) -> str:
    return clauses(word(table, part.strip()) for part in parted.split(";") if part.strip())


def people(names: str) -> str:
    """Return who is named, or that nobody is."""
    return actors(names) or _("Nobody named")


def when(row: Any) -> str:
    """Return an incident's date, no sharper than its sources have it."""
    start, end = row.date_start, row.date_end
    if row.date_precision == DatePrecision.DAY or start == end:
        return day(start)
    return _("between {start} and {end}", start=start, end=end)


def drafted(start: str, end: str, precision: str) -> str:
    """Return the days of a draft, as typed (YYYY-MM-DD), no sharper than its report has them."""
    if not start:
        return _("no date")
    first, last = iso_day(start), iso_day(end)
    if first is None or last is None or first == last:
        return start
    if precision == DatePrecision.YEAR and first.year == last.year:
        return f"{first.year}"
    if precision == DatePrecision.MONTH and (first.year, first.month) == (last.year, last.month):
        return month(first)
    return _("between {start} and {end}", start=first, end=last)


def where(row: Any) -> str:
    """Return an incident's place as a name: a place, else a road, else a region."""
    road = f"{row.route_from}–{row.route_to}".strip("–")
    return _phrase(row) or row.place or road or row.admin1 or row.country


def _phrase(row: Any) -> str:
    """Return what stands for a place in the ledger's English, in the language of the reader."""
    stem, _sep, kind = row.place.rpartition(" ")
    if stem and stem == f"{row.route_from}-{row.route_to}":
        if kind == "axis":
            return _("{start}-{end} axis", start=row.route_from, end=row.route_to)
        if kind == "road":
            return _("{start}-{end} road", start=row.route_from, end=row.route_to)
    if kind == "region" and stem == row.admin1:
        return _("{name} region", name=stem)
    one, both, other = row.place.partition(" and ")
    if both and other[0].isupper():
        return _("{one} and {other}", one=one, other=other)
    return ""


def link(kind: str, *, earlier: bool) -> str:
    """Return what links an incident to another one, which came earlier or later."""
    first, later = LINKS.get(kind, (kind, kind))
    return str(first if earlier else later)


def kilometres(distance_m: float) -> str:
    """Return a distance in km, at least 0.1, in three figures; in whole km from a hundred on."""
    km = max(distance_m / 1000, 0.1)
    return fill("{km:.3g}" if km < _WHOLE_KM else "{km:,.0f}", {"km": km})


def figure(low: Any, best: Any, high: Any) -> str:
    """Return a claim's figure as stated: "25", "at least 34", "more than 50", "up to 50"."""
    low, best, high = (None if pd.isna(part) else int(part) for part in (low, best, high))
    if low is None and best is None and high is None:
        return _("stated without a figure")
    if high is not None and low is None and best is None:
        return _("up to {n}", n=high)
    if low is not None and best is None and high is None:
        return _("more than {n}", n=low)
    start = low if low is not None else best
    end = high if high is not None else best
    if low is not None and low == best and high is None:
        return _("at least {n}", n=low)
    return _range(start, end)


def span(low: Any, high: Any, *, open_: bool = False) -> str:
    """Return a range of people over all claims; "no figure" when nobody stated one."""
    if pd.isna(low) and pd.isna(high):
        return _("no figure")
    low = high if pd.isna(low) else low
    high = low if pd.isna(high) else high
    return _range(int(low), int(high)) + ("+" if open_ else "")


def _range(low: Any, high: Any) -> str:
    template = "{low:,}" if low == high else "{low:,}–{high:,}"
    return fill(template, {"low": low, "high": high})
