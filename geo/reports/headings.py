"""Roads told by one end: “the road to Ménaka”, “no bus left Gao towards Niger”.

The other end is a town told of in the same sentence or before it that lies on a road with the one
aimed at; a country that is aimed at means the last town before its border.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from geo.atlas import Atlas
from geo.gazetteer.vocabulary import COUNTRIES
from geo.reports.phrases import Named
from geo.reports.plaintext import Plain

_ROAD = r"(?:roads?|way|track|highway|routes?|piste|axe|axis|nationale|corridor|trip|trajet|voie)"
_TO = r"(?:the |la |le |l')?"
_ROAD_TO = re.compile(
    rf"\b{_ROAD} (?:leading |menant )?(?:to|towards?|for|de|d'|du|vers|a) ?{_TO}$"
)
_ROAD_AFTER = re.compile(rf"[ -]{_ROAD}\b")
_TOWARDS = re.compile(
    r"\b(?:to|towards?|for|vers|pour|rallier|joindre|en direction (?:de|du|d')"
    rf"|a destination (?:de|du|d')|en partance (?:pour|vers)) ?{_TO}$"
)
_REACH, _MOST_BEFORE = 30, 40
"""How far a word of direction may stand; among how many names before it the other end is sought."""


def on_road_to(plain: Plain, name: Named) -> bool:
    """Return whether a name only says where a road leads: “on the Tessalit road”."""
    before = plain.text[max(0, name.start - _REACH) : name.start]
    return bool(_ROAD_TO.search(before) or _ROAD_AFTER.match(plain.text, name.end))


def aimed_at(plain: Plain, names: Iterable[Named]) -> list[Named]:
    """Return the names that traffic is on its way to, in their order."""
    return [
        name
        for name in names
        if on_road_to(plain, name)
        or _TOWARDS.search(plain.text, max(0, name.start - _REACH), name.start)
    ]


def border_town(atlas: Atlas, start: str, country: str) -> str | None:
    """Return the last town before a country on a road from a place, the nearest of several.

    Parameters
    ----------
    atlas
        What is known of the land.
    start
        Id of the place.
    country
        ISO 3166-1 alpha-2.

    Returns
    -------
    str or None
        Id of a place on a road through ``start``, on which a road of the country begins;
        ``None`` where no road leads there.
    """
    best: tuple[float, str] | None = None
    for axis in (atlas.axes[axis_id] for axis_id in atlas.axes_of.get(start, ())):
        at = axis.place_ids.index(start)
        for number, place_id in enumerate(axis.place_ids):
            if number == at or atlas.gazetteer.places[place_id].country == country:
                continue
            onward = (atlas.axes[one] for one in atlas.axes_of.get(place_id, ()))
            if any(country in one.countries for one in onward):
                away = abs(float(axis.measures_m[number] - axis.measures_m[at]))
                best = min(filter(None, (best, (away, place_id))))
    return best[1] if best else None


def far_end(atlas: Atlas, start: str, aim: str | None, country: str) -> str | None:
    """Return the place where a road from ``start`` to an aim ends, ``None`` where there is none."""
    if country:
        return border_town(atlas, start, country)
    shared = set(atlas.axes_of.get(start, ())) & set(atlas.axes_of.get(aim or "", ()))
    return aim if shared and aim != start else None


def before_first(aim: Named, here: Sequence[Named], told: Sequence[Named]) -> list[Named]:
    """Return the towns from which a road may lead to an aim, the likeliest first.

    Those of the same sentence, then those told of before it, the last one first.
    """
    last = bisect_right(told, aim.start, key=lambda name: name.end)
    earlier = reversed(told[max(0, last - _MOST_BEFORE) : last])
    found: dict[str, Named] = {}
    for name in (*here, *earlier):
        if not name.country and name.key != aim.key:
            found.setdefault(name.key, name)
    return [*found.values()]


def country_of(name: Named) -> str:
    """Return the code of a country's name, empty for any other name."""
    return COUNTRIES[name.key] if name.country else ""
