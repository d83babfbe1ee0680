"""What a report tells of an incident beyond its numbers: where the ledger is silent or differs.

A merge adds claims and changes none of the incident's words by itself.  A report may know more,
though: that there was a device, which village it was.  Each such part can be taken over; it counts
from the day of the report, and what stood there before counts on the days before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from geo.gazetteer.folding import fold
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
#: The same place told in other words, or the same group by another report, is no difference.
_COMPARED: dict[Part, tuple[tuple[str, ...], ...]] = {
    Part.WHERE: (("place",), ("route_from", "route_to"), ("admin1",)),
    Part.BY: (("perpetrator",),),
}


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
        if not any(mine[name] for name in telling):
            continue
        if not _more(mine, theirs, _COMPARED.get(part, (columns,))):
            continue
        found.append(Difference(part, theirs, mine, not any(theirs[name] for name in telling)))
    return tuple(found)


def _more(
    mine: Mapping[str, str], theirs: Mapping[str, str], levels: tuple[tuple[str, ...], ...]
) -> bool:
    """Return whether a draft says something else, at the sharpest level that either has."""
    for names in levels:
        own, held = ([fold(cells[name]) for name in names] for cells in (mine, theirs))
        if any(own) or any(held):
            return any(own) and sorted(own) != sorted(held)
    return False


def gaps(found: tuple[Difference, ...]) -> tuple[Part, ...]:
    """Return the parts of which the ledger says nothing."""
    return tuple(one.part for one in found if one.gap)
