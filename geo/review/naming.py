"""What drafted incidents are called, in lists and in faults."""

from __future__ import annotations

from collections.abc import Mapping

from geo import words
from geo.i18n import gettext as _
from geo.review.records import DraftItem


def incident(item: DraftItem) -> str:
    """Return a drafted incident in one line; a copy says which one it is."""
    cells = item.cells
    parts = [
        words.drafted(*(cells.get(f"date_{one}", "") for one in ("start", "end", "precision"))),
        words.word(words.CATEGORIES, cells.get("category", "")),
        cells.get("place") or _road(cells) or _told(cells),
    ]
    number = item.key.partition(".")[2]
    if number:
        parts.append(_("copy {n}", n=number))
    return " · ".join(part[:60] for part in parts if part)


def _road(cells: Mapping[str, str]) -> str:
    return "–".join(filter(None, (cells.get("route_from", ""), cells.get("route_to", ""))))


def _told(cells: Mapping[str, str]) -> str:
    """Return where an incident is without a place, in the report's words; or that nobody knows."""
    told = cells.get("location_text") or cells.get("admin1", "")
    if any(cells.get(name) for name in ("admin1", "km_from_place", "latitude")):
        return told
    return _("{where} (place unknown)", where=told) if told else _("place unknown")
