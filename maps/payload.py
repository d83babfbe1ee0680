"""What the browser draws: the core's results as one JSON-ready dictionary.

Numbers are rounded to what a screen can show; texts are translated here, in the reader's language.
The browser escapes every text (it only ever sets ``textContent``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo import words
from geo.i18n import gettext as _
from geo.i18n import language
from geo.records import Category, PlacementKind
from geo.roads.axes import Axis
from geo.roads.referencing import chainage, slice_between
from geo.roads.wording import describe, span
from geo.snapshot import Snapshot
from maps import palette
from maps.density_image import Density, data_url
from maps.legend import DENSITY_OPACITY, journeys, legends

#: Above this many incidents, those of one category within one cell travel as one mark.
SINGLE_MARKS_MAX: Final = 20_000
#: Half the side of such a cell: about 1 km, less than the spread of nearly every placement.
CELL_HALF_DEG: Final = 0.005
#: More stretches than this hide the roads beneath them; they then show on selection only.
STRETCHES_MAX: Final = 1_500
_KINDS: Final = tuple(PlacementKind)
_PLACEMENT: Final = ["kind", "lon", "lat", "spread_m", "axis_id", "measure_from_m", "measure_to_m"]
_INCIDENT: Final = ["category", "date_start", "place", "route_from", "route_to", "admin1"]
_CATEGORIES: Final = tuple(Category)


@dataclass(frozen=True, eq=False)
class View:
    """Everything that one picture shows.

    Parameters
    ----------
    snapshot
        What was known.
    ids
        The incidents that the filters leave.
    status
        Road status by segment (:func:`geo.roads.status.status`).
    region_counts
        Incidents by region (:func:`geo.regions.count_by_region`).
    density
        The IED density; ``None`` when there is nothing to show.
    tolls
        Killed and injured by incident (:func:`geo.summary.tolls`).
    """

    snapshot: Snapshot
    ids: pd.Index
    status: pd.DataFrame
    region_counts: pd.DataFrame
    density: Density | None
    tolls: pd.DataFrame


def digest(value: object) -> str:
    """Return what names a section's content."""
    return hashlib.sha1(
        json.dumps(value, sort_keys=True).encode(), usedforsecurity=False
    ).hexdigest()


@lru_cache(maxsize=8_192)
def _path(axis: Axis, from_m: float, to_m: float) -> list[list[float]]:
    """Return a stretch as latitudes and longitudes; the same ones come with every picture."""
    line = slice_between(axis, from_m, to_m)
    return [[round(lat, 5), round(lon, 5)] for lon, lat in line.coords]


def killed_text(row: Any) -> str:
    """Return the killed of one incident as a reader's range, empty when nobody stated any."""
    low, high, open_ = row.killed_low, row.killed_high, bool(row.killed_open)
    if pd.isna(low) and pd.isna(high):
        return ""
    low = high if pd.isna(low) else low
    high = low if pd.isna(high) else high
    span = f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"
    return _("{span} killed", span=span + ("+" if open_ else ""))


def _table(values: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return codes and distinct strings, so that each string travels once."""
    codes, strings = pd.factorize(np.asarray(values, dtype=object))
    return codes.tolist(), [str(text) for text in strings]


def marks(view: View, rows: NDArray[np.intp]) -> dict[str, Any]:
    """Return the marks of incidents as columns; ``rows`` are positions in the snapshot's frame."""
    shot = view.snapshot
    rows = rows[shot.placements["lon"].notna().to_numpy()[rows]]
    placements = pd.DataFrame(shot.placements)[_PLACEMENT].iloc[rows]
    incidents = shot.incidents[_INCIDENT].iloc[rows]
    frame = pd.DataFrame(
        {
            "lon": placements["lon"].to_numpy(float),
            "lat": placements["lat"].to_numpy(float),
            "c": pd.Categorical(
                incidents["category"].astype(str), list(map(str, _CATEGORIES))
            ).codes,
            "k": pd.Categorical(placements["kind"].astype(str), list(map(str, _KINDS))).codes,
            "spread": placements["spread_m"].to_numpy(float),
            "stretch": _stretch_keys(placements),
            "day": pd.to_datetime(incidents["date_start"]).to_numpy("datetime64[D]").astype(int),
            "place": _place_names(incidents),
            "id": placements.index.astype(str),
        }
    )
    if len(frame) > SINGLE_MARKS_MAX:
        return _gathered(frame)
    tolls = view.tolls.reindex(placements.index)
    extra, extra_strings = _table([killed_text(row) for row in tolls.itertuples()])
    place, strings = _table(frame["place"].tolist())
    return {
        **_columns(frame),
        "place": place,
        "extra": [code + len(strings) for code in extra],
        "strings": strings + extra_strings,
        "id": frame["id"].tolist(),
        "half_deg": 0.00002,
    }


def _columns(frame: pd.DataFrame) -> dict[str, Any]:
    return {
        "lon": frame["lon"].round(5).tolist(),
        "lat": frame["lat"].round(5).tolist(),
        "c": frame["c"].tolist(),
        "k": frame["k"].tolist(),
        "spread": frame["spread"].round(-1).astype(int).tolist(),
        "stretch": [key if isinstance(key, str) else None for key in frame["stretch"]],
        "day": frame["day"].tolist(),
        "categories": [
            {
                "id": str(category),
                "label": str(palette.CATEGORY_SYMBOLS[category].label),
                "shape": palette.CATEGORY_SYMBOLS[category].shape,
                "colour": palette.CATEGORY_SYMBOLS[category].colour,
            }
            for category in _CATEGORIES
        ],
        "kinds": [
            {"id": str(kind), "label": str(palette.PLACEMENT_LABELS[kind])} for kind in _KINDS
        ],
    }


def _gathered(frame: pd.DataFrame) -> dict[str, Any]:
    """Gather marks of one category within one cell: a person could not tell them apart."""
    cell = 2 * CELL_HALF_DEG
    frame = frame.assign(
        x=np.floor(frame["lon"] / cell).astype(int), y=np.floor(frame["lat"] / cell).astype(int)
    )
    groups = frame.groupby(["x", "y", "c"], sort=False, observed=True)
    gathered = groups.agg(
        n=("id", "size"), k=("k", "min"), spread=("spread", "max"), day=("day", "max"),
        place=("place", "first"), stretch=("stretch", "first"), id=("id", "first"),
    ).reset_index()  # fmt: skip
    gathered["lon"] = (gathered["x"] + 0.5) * cell
    gathered["lat"] = (gathered["y"] + 0.5) * cell
    place, strings = _table(gathered["place"].tolist())
    return {
        **_columns(gathered),
        "place": place,
        "extra": [len(strings)] * len(gathered),
        "strings": [*strings, ""],
        "id": gathered["id"].where(gathered["n"] == 1, "").tolist(),
        "n": gathered["n"].tolist(),
        "half_deg": CELL_HALF_DEG,
    }


def _place_names(incidents: pd.DataFrame) -> list[str]:
    route = incidents["route_from"].fillna("") + "–" + incidents["route_to"].fillna("")
    route = route.str.strip("–")
    named = incidents["place"].fillna("")
    admin = incidents["admin1"].fillna("")
    names = named.where(named != "", route.where(route != "", admin)).tolist()
    phrases = named.str.contains(words.PLACE_PHRASE, regex=True).to_numpy()
    rows: Any = incidents[phrases].itertuples()
    for at, row in zip(np.flatnonzero(phrases), rows, strict=True):
        names[at] = words.where(row)
    return names


def _stretch_keys(placements: pd.DataFrame) -> list[str | None]:
    # A placement along a line of its own, off the known roads, has no axis.
    along = placements["kind"].astype(str).eq(PlacementKind.ALONG) & placements["axis_id"].notna()
    on_axis = placements.loc[along.to_numpy(), ["axis_id", "measure_from_m", "measure_to_m"]]
    keys = np.full(len(placements), None, dtype=object)
    keys[along.to_numpy()] = [
        f"{axis_id}:{start:.0f}:{end:.0f}"
        for axis_id, start, end in on_axis.itertuples(index=False, name=None)
    ]
    return list(keys)


def stretches(view: View, rows: NDArray[np.intp]) -> list[dict[str, Any]]:
    """Return the stretches on which incidents lie; none when they would hide the roads."""
    placements = pd.DataFrame(view.snapshot.placements)[_PLACEMENT].iloc[rows]
    keys = pd.Series(_stretch_keys(placements), index=placements.index, dtype=object).dropna()
    counts = keys.value_counts()
    if len(counts) > STRETCHES_MAX:
        return []
    first = keys.drop_duplicates()
    only = {key: incident for incident, key in first.items()}
    category = view.snapshot.incidents["category"].loc[first.index]
    found = []
    for key, count in counts.items():
        axis_id, start, end = str(key).split(":")
        axis = view.snapshot.atlas.axes[axis_id]
        symbol = palette.CATEGORY_SYMBOLS[Category(category.loc[only[key]])]
        text = _(
            "{road}, {start} to {end}: {count} reported along this stretch",
            road=axis.name,
            start=chainage(float(start)),
            end=chainage(float(end)),
            count=count,
        )
        found.append(
            {
                "key": key,
                "path": _path(axis, float(start), float(end)),
                "colour": symbol.colour,
                "text": text,
                "pick": f"incident:{only[key]}" if count == 1 else f"road:{key}",
            }
        )
    return found


def road_lines(view: View) -> list[dict[str, Any]]:
    """Return the stretches of road with what is known of each, quiet ones first."""
    found = []
    for row in view.status.itertuples():
        axis = view.snapshot.atlas.axes[row.axis_id]
        holders = tuple(row.controlled_by) + tuple(row.taxed_by)
        actor = palette.actor_family(holders) if holders else None
        text = [
            " · ".join([axis.ref or axis.name, span(row.measure_from_m, row.measure_to_m)]),
            str(describe(row)),
        ]
        if row.stale and row.last_confirmed is not None:
            text.append(_("Last heard of on {day}", day=row.last_confirmed))
        sure = max(row.control_confidence, row.tax_confidence)
        found.append(
            {
                "axis": row.axis_id,
                "from_m": round(row.measure_from_m),
                "to_m": round(row.measure_to_m),
                "path": _path(axis, row.measure_from_m, row.measure_to_m),
                "control": actor is not None,
                "colour": actor.colour if actor else None,
                # Old knowledge fades: from half strength at full confidence to a hint of colour.
                "opacity": round(0.15 + 0.45 * sure, 2),
                "passage": row.passage,
                "contested": bool(row.contested),
                "text": text,
            }
        )
    # Quiet lines first, so that what is known lies on top.
    return sorted(found, key=lambda segment: (segment["passage"] != "unknown", segment["control"]))


def count_breaks(counts: pd.Series) -> list[int]:
    """Return lower limits of up to five classes of counts, the first one 1."""
    top = int(counts.max()) if len(counts) else 0
    limits = [1, 3, 6, 11, 21, 51, 101, 501, 1001, 5001]
    reached = [limit for limit in limits if limit <= max(top, 1)]
    # The first class begins at 1 whatever the top is: no count may fall below the legend.
    return reached[:1] + reached[1:][1 - len(palette.COUNT_RAMP) :]


def choropleth(view: View) -> dict[str, Any]:
    """Return the class of each region by its number of incidents, with the classes' limits."""
    counts = view.region_counts["incidents"]
    breaks = count_breaks(counts)
    ramp = palette.COUNT_RAMP[-len(breaks) :]
    values = {
        str(region): {
            "c": max(int(np.searchsorted(breaks, count, side="right")) - 1, 0),
            "text": _("{count} incidents, {ied} with explosive devices", count=count, ied=ied),
        }
        for region, count, ied in zip(counts.index, counts, view.region_counts["ied"], strict=True)
        if count > 0
    }
    return {"values": values, "colours": list(ramp), "breaks": breaks}


def _density(density: Density | None) -> dict[str, Any] | None:
    if density is None:
        return None
    image = density.image
    frame = image.frame
    return {
        "url": data_url(image),
        "bounds": [[frame.south, frame.west], [frame.north, frame.east]],
        "opacity": DENSITY_OPACITY,
        "alt": _("Density of IED incidents; the densest areas are darkest"),
    }


@lru_cache(maxsize=12)
def _lasting(view: View, lang: str) -> tuple[dict[str, Any], dict[str, str]]:  # noqa: ARG001
    """Return the sections that a view decides alone, in the active language, with their digests.

    A click, a page or a change of theme shows the same view again: nine tenths of a payload's cost.
    """
    # Looked up once: finding rows by their ids is what takes time.
    rows = view.snapshot.incidents.index.get_indexer(view.ids)
    sections = {
        "roads": road_lines(view),
        "stretches": stretches(view, rows),
        "marks": marks(view, rows),
        "density": _density(view.density),
        "choropleth": choropleth(view),
    }
    return sections, {name: digest(section) for name, section in sections.items()}


def build(
    view: View,
    *,
    theme: str,
    caption: Sequence[str],
    selected: Mapping[str, Any] | None,
    marked: Sequence[list[list[float]]] = (),
    journey: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what ``Piste.update`` draws.

    Parameters
    ----------
    view
        What to show.
    theme
        ``"light"`` or ``"dark"``.
    caption
        Lines of the box that says which day the picture stands for.
    selected
        What is selected: ``path`` (lat, lon pairs) or ``lat``, ``lon``, ``spread_m``; with
        ``bounds`` and ``focus`` the map moves there.
    marked
        Paths to mark besides, (lat, lon) pairs: what a page's list is about.
    journey
        Of :func:`maps.journey.section`; ``None`` where journeys are no subject.

    Returns
    -------
    dict
        JSON-ready; ``keys`` holds a digest per section, so that the browser redraws only what
        changed.
    """
    lasting, keys = _lasting(view, language())
    passing: dict[str, Any] = {
        "selected": dict(selected) if selected else None,
        "marked": list(marked),
        "routes": (journey or {}).get("lines", []),
        "fit": (journey or {}).get("fit"),
    }
    colours = palette.theme(theme)
    return {
        **lasting,
        **passing,
        "keys": {**keys, **{name: digest(section) for name, section in passing.items()}},
        "theme": colours,
        "caption": list(caption),
        "layers": [
            *([] if journey is None else [journeys(colours)]),
            *legends(view.density, lasting["choropleth"], colours),
        ],
    }
