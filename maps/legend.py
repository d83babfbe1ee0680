"""The legend: what each layer's colours, shapes and patterns mean, for the screen and for paper.

Each row has a ``key``: what must be on a picture for the row to belong to its legend.  The screen
shows every row of a layer, paper only those whose key it drew (:func:`only`).  A note belongs to
every key below its own: ``"band"`` to ``"band:jnim"``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Protocol

from geo.hotspots.raster import Classes
from geo.i18n import gettext as _
from geo.records import PlacementKind
from geo.risk.journey.policy import VERDICT_WORDS, Verdict
from maps import palette

DENSITY_OPACITY = 0.62
CHOROPLETH_OPACITY = 0.55


class Classed(Protocol):
    """A density with its classes, as pixels or as outlines."""

    @property
    def classes(self) -> Classes:
        """Its limits."""

    @property
    def left_out_share(self) -> float:
        """Share of the events that it leaves out."""


def note(key: str, text: str) -> dict[str, Any]:
    """Return a row of text alone."""
    return {"key": key, "type": "note", "label": text}


def incidents(*, paper: bool = False) -> list[dict[str, Any]]:
    """Return the rows of incidents: a symbol per category, and how sure its place is."""
    rows: list[dict[str, Any]] = [
        {
            "key": f"category:{category}",
            "type": "glyph",
            "shape": symbol.shape,
            "colour": symbol.colour,
            "kind": "place",
            "label": str(symbol.label),
        }
        for category, symbol in palette.CATEGORY_SYMBOLS.items()
    ]
    colour = palette.CATEGORY_SYMBOLS[next(iter(palette.CATEGORY_SYMBOLS))].colour
    attack = "#0072B2"
    rows += [
        {
            "key": f"kind:{PlacementKind.ALONG}",
            "type": "glyph",
            "shape": "circle",
            "colour": attack,
            "kind": str(PlacementKind.ALONG),
            "label": _("Hollow: somewhere along the stretch"),
        },
        {
            "key": f"kind:{PlacementKind.REGION}",
            "type": "glyph",
            "shape": "circle",
            "colour": attack,
            "kind": str(PlacementKind.REGION),
            "label": _("Dashed: known by region only"),
        },
        {
            "key": "cluster",
            "type": "cluster",
            "parts": [[colour, 0.5], [attack, 0.5]],
            "n": "7",
            "label": _("Several, too close to tell apart"),
        },
        *(
            {
                "key": f"family:{family}",
                "type": "cluster",
                "parts": [[family, 1.0]],
                "n": "",
                "label": str(label),
            }
            for family, label in palette.FAMILIES.items()
        ),
        {
            "key": "stretch",
            "type": "tube",
            "colour": attack,
            "label": _("Stretch on which an incident lies"),
        },
    ]
    if paper:
        spread = _("Dotted circle: how far from its mark a place may lie")
        rows.append({"key": "spread", "type": "spread", "colour": attack, "label": spread})
    return rows


def _roads(theme: Mapping[str, Any]) -> list[dict[str, Any]]:
    roads = theme["roads"]
    lines = [
        {
            "key": f"passage:{key}",
            "type": "line",
            "wide": True,
            "colour": roads[key]["colour"],
            "weight": pattern.weight,
            "dash": list(pattern.dash),
            "label": str(pattern.label),
        }
        for key, pattern in palette.PASSAGE_PATTERNS.items()
    ]
    halos = [
        {
            "key": f"band:{actor.key}",
            "type": "line",
            "wide": True,
            "colour": actor.colour,
            "opacity": 0.5,
            "weight": 11,
            "cap": "round",
            "label": str(actor.label),
        }
        for actor in (*palette.ACTORS, palette.SEVERAL)
    ]
    return [
        note("band", _("Band: who controls or taxes the road, by live reports")),
        *halos,
        note("passage", _("Line: whether one passes, by live reports")),
        *lines,
        {
            "key": "contested",
            "type": "line",
            "wide": True,
            "colour": theme["contested"],
            "weight": 13,
            "dash": [1.5, 6],
            "label": _("Hatched: sources contradict each other"),
        },
        note("band", _("Paler bands are older or less sure")),
        note("schematic", _("Schematic: roads are drawn straight from place to place")),
    ]


def _two_figures(value: float) -> float:
    """Round to two significant figures."""
    return float(f"{value:.2g}")


def _density(density: Classed | None, *, paper: bool) -> list[dict[str, Any]]:
    if density is None:
        return [note("density", _("No IED incident in this view"))]
    classes = density.classes
    ramp = palette.DENSITY_RAMP[-len(classes.breaks_per_km2) :]
    rows: list[dict[str, Any]] = [
        {
            "key": f"density:{number}",
            "type": "fill",
            "colour": colour,
            "opacity": DENSITY_OPACITY,
            "label": _("≥ {limit:,g} · {share:.0%}", limit=limit, share=share)
            if paper
            else _(
                "≥ {limit:,g} per 1,000 km² · holds {share:.0%} of reports",
                limit=limit,
                share=share,
            ),
        }
        for number, (colour, limit, share) in enumerate(
            zip(ramp, map(_two_figures, classes.breaks_per_1000_km2), classes.shares, strict=True),
            1,
        )
    ]
    rows.reverse()
    if paper:
        unit = _("IED reports per 1,000 km², and the share of them that lies in such areas")
        rows.insert(0, note("density", unit))
    if density.left_out_share > 0:
        rows.append(
            note(
                "density",
                _("Left out: {share:.0%} known by region only", share=density.left_out_share),
            )
        )
    rows.append(note("density", _("Reported incidents in the period; more is reported near towns")))
    return rows


def _choropleth(section: dict[str, Any]) -> list[dict[str, Any]]:
    breaks: list[int] = section["breaks"]
    tops = [*(limit - 1 for limit in breaks[1:]), None][: len(breaks)]
    return [
        {
            "key": f"choropleth:{number}",
            "type": "fill",
            "colour": colour,
            "opacity": CHOROPLETH_OPACITY,
            "label": f"{low}+" if top is None else str(low) if low == top else f"{low}–{top}",
        }
        for number, (colour, low, top) in enumerate(
            zip(section["colours"], breaks, tops, strict=True)
        )
    ]


def line(
    key: str, colour: str, weight: float, label: str, dash: Sequence[float] = ()
) -> dict[str, Any]:
    """Return a row with a piece of line."""
    return {
        "key": key,
        "type": "line",
        "colour": colour,
        "weight": weight,
        "dash": list(dash),
        "label": label,
    }


def ground(theme: Mapping[str, Any], *, paper: bool = False) -> list[dict[str, Any]]:
    """Return what lies below the data: layers of their own on the screen, one group on paper."""
    place = _("Town or village") if paper else _("Town or village; smaller ones on zooming in")
    found = [
        {
            "id": "places",
            "label": _("Places"),
            "legend": [{"key": "places", "type": "dot", "label": place}],
        },
        {
            "id": "regions",
            "label": _("Countries and regions"),
            "legend": [
                line("border:country", theme["line"], 1.8, _("Border of a country")),
                line("border:region", theme["soft"], 0.9, _("Border of a region"), (4, 3)),
            ],
        },
        {
            "id": "rivers",
            "label": _("Rivers and lakes"),
            "legend": [line("rivers", theme["water"], 1.6, _("River or shore of a lake"))],
        },
    ]
    if not paper:
        return found
    rows = [row for layer in found for row in layer["legend"]]
    rows.append(line("focus", "#5B4A3A", 1.6, _("Area that the map is about")))
    return [{"id": "ground", "label": _("Ground"), "legend": rows}]


def legends(
    density: Classed | None,
    choropleth: dict[str, Any],
    theme: Mapping[str, Any],
    *,
    paper: bool = False,
) -> list[dict[str, Any]]:
    """Return the layers in the order of the control, each with its legend.

    Parameters
    ----------
    density
        The density shown, for its limits.
    choropleth
        The choropleth's section of the payload, for its classes.
    theme
        Of :func:`maps.palette.theme`: a line must read on the legend as it does on the map.
    paper
        True adds what only paper shows; the screen shows it for a selection.
    """
    return [
        {"id": "incidents", "label": _("Incidents"), "legend": incidents(paper=paper)},
        {"id": "roads", "label": _("Road status"), "legend": _roads(theme)},
        {"id": "density", "label": _("IED density"), "legend": _density(density, paper=paper)},
        {
            "id": "choropleth",
            "label": _("Incidents per region"),
            "legend": _choropleth(choropleth),
        },
        *ground(theme, paper=paper),
    ]


def verdict(code: str) -> str:
    """Return a verdict as a row of a legend names it."""
    words = str(VERDICT_WORDS[Verdict(code)])
    return words[:1].upper() + words[1:]


def journeys(theme: Mapping[str, Any]) -> dict[str, Any]:
    """Return the legend of journeys; a layer that cannot be switched off."""
    rows = [
        line(f"verdict:{key}", style["colour"], style["weight"], verdict(key), style["dash"])
        | {"wide": True}
        for key, style in theme["verdicts"].items()
    ]
    return {"id": "routes", "label": _("Journeys"), "legend": rows, "fixed": True, "open": True}


def only(layers: Sequence[dict[str, Any]], shown: Collection[str]) -> list[dict[str, Any]]:
    """Return the layers with the rows of what is shown; a layer without such rows goes.

    Parameters
    ----------
    layers
        Of :func:`legends`.
    shown
        Keys of what is on the picture.
    """

    def belongs(row: Mapping[str, Any]) -> bool:
        key = row["key"]
        if row["type"] != "note":
            return key in shown
        return any(other == key or other.startswith(f"{key}:") for other in shown)

    kept = [
        {**layer, "legend": [row for row in layer["legend"] if belongs(row)]} for layer in layers
    ]
    return [layer for layer in kept if layer["legend"]]
