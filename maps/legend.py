"""The legend: what each layer's colours, shapes and patterns mean, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geo.i18n import gettext as _
from geo.records import PlacementKind
from maps import palette
from maps.density_image import Density


def _note(text: str) -> dict[str, Any]:
    return {"type": "note", "label": text}


def _incidents() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "type": "glyph",
            "shape": symbol.shape,
            "colour": symbol.colour,
            "kind": "place",
            "label": str(symbol.label),
        }
        for symbol in palette.CATEGORY_SYMBOLS.values()
    ]
    colour = palette.CATEGORY_SYMBOLS[next(iter(palette.CATEGORY_SYMBOLS))].colour
    attack = "#0072B2"
    rows += [
        {
            "type": "glyph",
            "shape": "circle",
            "colour": attack,
            "kind": str(PlacementKind.ALONG),
            "label": _("Hollow: somewhere along the stretch"),
        },
        {
            "type": "glyph",
            "shape": "circle",
            "colour": attack,
            "kind": str(PlacementKind.REGION),
            "label": _("Dashed: known by region only"),
        },
        {
            "type": "cluster",
            "parts": [[colour, 0.5], [attack, 0.5]],
            "n": "7",
            "label": _("Several, too close to tell apart"),
        },
        {
            "type": "tube",
            "colour": attack,
            "label": _("Stretch on which an incident lies"),
        },
    ]
    return rows


def _roads(theme: Mapping[str, Any]) -> list[dict[str, Any]]:
    roads = theme["roads"]
    lines = [
        {
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
        _note(_("Band: who controls or taxes the road, by live reports")),
        *halos,
        _note(_("Line: whether one passes, by live reports")),
        *lines,
        {
            "type": "line",
            "wide": True,
            "colour": theme["contested"],
            "weight": 13,
            "dash": [1.5, 6],
            "label": _("Hatched: sources contradict each other"),
        },
        _note(_("Paler bands are older or less sure")),
        _note(_("Schematic: roads are drawn straight from place to place")),
    ]


def _density(density: Density | None) -> list[dict[str, Any]]:
    if density is None:
        return [_note(_("No IED incident in this view"))]
    classes = density.image.classes
    ramp = palette.DENSITY_RAMP[-len(classes.breaks_per_km2) :]
    rows: list[dict[str, Any]] = [
        {
            "type": "fill",
            "colour": colour,
            "opacity": 0.62,
            "label": _("≥ {limit} per 1,000 km² · holds {share} of reports").format(
                limit=f"{limit:.2g}", share=f"{share:.0%}"
            ),
        }
        for colour, limit, share in zip(
            ramp, classes.breaks_per_1000_km2, classes.shares, strict=True
        )
    ]
    rows.reverse()
    if density.left_out_share > 0:
        rows.append(
            _note(
                _("Left out: {share} known by region only").format(
                    share=f"{density.left_out_share:.0%}"
                )
            )
        )
    rows.append(_note(_("Reported incidents in the period; more is reported near towns")))
    return rows


def _choropleth(section: dict[str, Any]) -> list[dict[str, Any]]:
    breaks: list[int] = section["breaks"]
    tops = [*(limit - 1 for limit in breaks[1:]), None]
    return [
        {
            "type": "fill",
            "colour": colour,
            "opacity": 0.55,
            "label": f"{low}+" if top is None else str(low) if low == top else f"{low}–{top}",
        }
        for colour, low, top in zip(section["colours"], breaks, tops, strict=True)
    ]


def _line(colour: str, weight: float, label: str, dash: tuple[int, ...] = ()) -> dict[str, Any]:
    return {"type": "line", "colour": colour, "weight": weight, "dash": list(dash), "label": label}


def legends(
    density: Density | None, choropleth: dict[str, Any], theme: Mapping[str, Any]
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
    """
    return [
        {"id": "incidents", "label": _("Incidents"), "legend": _incidents()},
        {"id": "roads", "label": _("Road status"), "legend": _roads(theme)},
        {"id": "density", "label": _("IED density"), "legend": _density(density)},
        {
            "id": "choropleth",
            "label": _("Incidents per region"),
            "legend": _choropleth(choropleth),
        },
        {
            "id": "places",
            "label": _("Places"),
            "legend": [{"type": "dot", "label": _("Town or village; smaller ones on zooming in")}],
        },
        {
            "id": "regions",
            "label": _("Countries and regions"),
            "legend": [
                _line(theme["line"], 1.8, _("Border of a country")),
                _line(theme["soft"], 0.9, _("Border of a region"), (4, 3)),
            ],
        },
        {
            "id": "rivers",
            "label": _("Rivers and lakes"),
            "legend": [_line(theme["water"], 1.6, _("River or shore of a lake"))],
        },
    ]
