"""``python -m geo roads``: take a road network in, say what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import atlas as atlases
from geo import layers
from geo.cli.output import failing
from geo.cli.progress import showing_progress
from geo.exchange.vector import MAX_BYTES
from geo.i18n import gettext as _
from geo.i18n import message
from geo.roads.course import Drawn
from geo.roads.network.courses import write_courses
from geo.roads.network.importing import TOLERANCE_M, network_from_file
from geo.roads.network.rebuilding import rebuild
from geo.roads.network.records import Network
from geo.roads.network.storage import write

roads_app = typer.Typer(help=_("The road network behind the named roads."), no_args_is_help=True)
SHOWN = 5
"""Connected parts and gaps that are told one by one; all of them stand in the network."""

_File = Annotated[
    Path,
    typer.Argument(
        help=_("OpenStreetMap extract (.osm.pbf), .gpkg, .geojson, or zipped shapefile.")
    ),
]
_Attribution = Annotated[
    str,
    typer.Option("--attribution", help=_("Who is to be named where the roads are shown.")),
]
_Tolerance = Annotated[
    float,
    typer.Option(
        "--tolerance-m", min=0, max=1_000,
        help=_("Report dead ends up to this far beside a road. Nothing is closed."),
    ),
]  # fmt: skip
_Layer = Annotated[
    str | None, typer.Option("--layer", help=_("Which map of the file, when it holds several."))
]
_MaxBytes = Annotated[
    int, typer.Option("--max-bytes", min=1, help=_("Refuse larger files, packed or unpacked."))
]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the root application."""
    app.add_typer(roads_app, name="roads")


@roads_app.command(
    "import",
    help=_(
        "Take a road network in, all of it or nothing, and lay the named roads on it. It replaces "
        "the network imported before. Distances along roads stay those of their places."
    ),
    epilog=_("Example: python -m geo roads import mali-latest.osm.pbf"),
)
def import_(
    file: _File,
    *,
    attribution: _Attribution = "",
    tolerance_m: _Tolerance = TOLERANCE_M,
    layer: _Layer = None,
    max_bytes: _MaxBytes = MAX_BYTES,
    as_json: _Json = False,
) -> None:
    """Import a road network."""
    with failing(), showing_progress() as tell:
        network = network_from_file(
            file, layer=layer, attribution=attribution, tolerance_m=tolerance_m,
            max_bytes=max_bytes, progress=tell,
        )  # fmt: skip
        tell(message("Laying the named roads"), 0, None)
        land = atlases.load(imported=False)
        courses = rebuild(network, land.axes, land.gazetteer.places)
        tell(message("Writing"), 0, None)
        with layers.replacing(layers.ROADS) as folder:
            write(network, folder)
            write_courses(courses, land.axes, folder)
            layers.seal(folder, network.facts)
    info(as_json=as_json)


@roads_app.command(
    help=_("Say which road network is in use and which named roads follow it."),
    epilog=_("Example: python -m geo roads info --json"),
)
def info(as_json: _Json = False) -> None:
    """Say what is there."""
    with failing():
        folder = layers.current(layers.ROADS)
        if folder is None:
            facts: dict[str, Any] = {"network": None}
        else:
            facts = _facts(Network.open(folder))
        facts["axes"] = _axes()
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_told(facts)))


def _facts(network: Network) -> dict[str, Any]:
    parts = network.components.head(SHOWN).round({"length_km": 1})
    return {
        "network": dict(network.facts),
        "largest_components": parts.to_dict("records"),
        "first_gaps": [
            {"lon": round(lon, 6), "lat": round(lat, 6), "distance_m": round(distance, 1)}
            for lon, lat, distance in network.gaps[["lon", "lat", "distance_m"]]
            .head(SHOWN)
            .itertuples(index=False)
        ],
    }


def _axes() -> list[dict[str, Any]]:
    found = []
    for axis in atlases.load().axes.values():
        legs_km = [
            (end - start) / 1_000
            for start, end, drawn in zip(
                axis.measures_m[:-1], axis.measures_m[1:], axis.drawn, strict=True
            )
            if drawn is Drawn.NETWORK
        ]
        found.append(
            {
                "axis_id": axis.axis_id,
                "name": axis.name,
                "km": round(axis.length_m / 1_000, 1),
                "network_km": round(float(sum(legs_km)), 1),
                "legs": [drawn.value for drawn in axis.drawn],
            }
        )
    return found


def _told(facts: dict[str, Any]) -> Iterator[str]:
    network, axes = facts["network"], facts["axes"]
    if network is None:
        yield _("No road network was imported; the named roads are drawn as chains of places.")
        return
    yield _(
        "Roads of {source}, imported {when}", source=network["source"], when=network["imported_at"]
    )
    yield _("To be named: {names}", names="; ".join(network["attributions"]))
    yield _("{edges:,} edges and {nodes:,} nodes, {km:,.1f} km; {skipped:,} features left out",
        edges=network["edges"], nodes=network["nodes"], km=network["length_km"],
        skipped=network["skipped"],
    )  # fmt: skip
    yield _(
        "{crossings:,} crossings without a shared point, {repeated:,} repeated edges left out",
        crossings=network["crossings"],
        repeated=network["repeated_edges"],
    )
    yield _("{count:,} connected parts; the largest:", count=network["components"])
    for part in facts["largest_components"]:
        yield _("  {edges:,} edges, {km:,.1f} km", edges=part["edges"], km=part["length_km"])
    yield _(
        "{count:,} dead ends up to {tolerance} m beside a road",
        count=network["gaps"],
        tolerance=network["tolerance_m"],
    )
    for gap in facts["first_gaps"]:
        yield _(
            "  {distance} m at {lat} N, {lon} E",
            distance=gap["distance_m"],
            lat=gap["lat"],
            lon=gap["lon"],
        )
    on = [axis for axis in axes if axis["network_km"]]
    yield _("{count} of {all} named roads follow it, on {km:,.1f} of {total:,.1f} km:",
        count=len(on), all=len(axes), km=sum(a["network_km"] for a in axes),
        total=sum(a["km"] for a in axes),
    )  # fmt: skip
    for axis in on:
        yield _(
            "  {axis} {name}: {on:,.1f} of {km:,.1f} km",
            axis=axis["axis_id"],
            name=axis["name"],
            on=axis["network_km"],
            km=axis["km"],
        )
