"""What a report tells of an incident beyond its numbers: where the ledger is silent or differs.

A merge adds claims and changes none of the incident's words by itself.  A report may know more,
though: that there was a device, which village it was.  Each such part can be taken over; it counts
from the day of the report, and what stood there before counts on the days before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo.review.records import DraftItem


class Part(StrEnum):
    """What belongs together in an incident's record."""

    WHEN = "when"
    WHERE = "where"
    CATEGORY = "category"
    DEVICE = "device"
    TARGET = "target"
    BY = "by"


COLUMNS: dict[Part, tuple[str, ...]] = {
    Part.WHEN: ("date_start", "date_end", "date_precision"),
    Part.WHERE: (
        "place", "route_from", "route_to", "admin1", "country", "location_text", "km_from",
        "km_from_place", "geo_precision", "latitude", "longitude",
    ),
    Part.CATEGORY: ("category",),
    Part.DEVICE: ("ied",),
    Part.TARGET: ("target",),
    Part.BY: ("perpetrator", "perpetrator_attribution"),
}  # fmt: skip
#: Without any of these a part says nothing.
_TELLING: dict[Part, tuple[str, ...]] = {
    Part.WHEN: ("date_start",),
    Part.WHERE: ("place", "route_from", "admin1", "latitude"),
    Part.BY: ("perpetrator",),
}
#: Wording alone makes no other place.
_COMPARED: dict[Part, tuple[str, ...]] = {Part.WHERE: ("place", "route_from", "route_to", "admin1")}


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of an incident of which a draft tells something else than the ledger.

    Parameters
    ----------
    part
        Which.
    held, told
        The cells of the ledger and of the draft.
    gap
        Whether the ledger says nothing of it, so that taking it over replaces no word.
    """

    part: Part
    held: Mapping[str, str]
    told: Mapping[str, str]
    gap: bool


def differences(held: Mapping[str, str], item: DraftItem) -> tuple[Difference, ...]:
    """Return where a draft tells more of an incident than the ledger, or something else.

    Parameters
    ----------
    held
        What the ledger says, as typed (`geo.store.correcting.cells_of`).
    item
        A drafted incident.
    """
    found = []
    for part, columns in COLUMNS.items():
        mine = {name: item.cells.get(name, "") for name in columns}
        theirs = {name: held.get(name, "") for name in columns}
        telling = _TELLING.get(part, columns)
        compared = _COMPARED.get(part, columns)
        if not any(mine[name] for name in telling):
            continue
        if all(mine[name] == theirs[name] for name in compared):
            continue
        found.append(Difference(part, theirs, mine, not any(theirs[name] for name in telling)))
    return tuple(found)


def gaps(found: tuple[Difference, ...]) -> tuple[Part, ...]:
    """Return the parts of which the ledger says nothing."""
    return tuple(one.part for one in found if one.gap)
