"""``python -m geo regions``: take boundaries in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import atlas as atlases
from geo import layers
from geo.cli.output import FAILURE, failing
from geo.cli.progress import showing_progress
from geo.exchange.boundaries import Boundaries, read_boundaries
from geo.exchange.boundary_layer import write_boundaries
from geo.exchange.vector import MAX_BYTES
from geo.i18n import gettext as _
from geo.i18n import message
from geo.roads.network.importing import default_attribution

regions_app = typer.Typer(help=_("The boundaries of regions."), no_args_is_help=True)

_File = Annotated[
    Path, typer.Argument(help=_("Zipped shapefile (OCHA COD-AB), .geojson or .gpkg."))
]
_NameField = Annotated[
    str | None, typer.Option("--name-field", help=_("Field with the names of first-level regions."))
]
_PcodeField = Annotated[
    str | None, typer.Option("--pcode-field", help=_("Field with the P-codes of those regions."))
]
_Attribution = Annotated[
    str, typer.Option("--attribution", help=_("Who is to be named where the regions are shown."))
]
_Layer = Annotated[
    str | None, typer.Option("--layer", help=_("Which map of the file, when it holds several."))
]
_Country = Annotated[
    str | None, typer.Option("--country", help=_("Country of all features: ML, BF, NE."))
]
_MaxBytes = Annotated[
    int, typer.Option("--max-bytes", min=1, help=_("Refuse larger files, packed or unpacked."))
]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]
_CODE = 2


def register(app: typer.Typer) -> None:
    """Add the commands to the root application."""
    app.add_typer(regions_app, name="regions")


@regions_app.callback()
def root() -> None:
    """Keep ``import`` a command of its own: typer would drop the only one's name."""


@regions_app.command(
    "import",
    help=_(
        "Take boundaries in, all of them or nothing. They replace the regions of their countries. "
        "Districts are joined to regions and kept with their P-codes."
    ),
    epilog=_("Example: python -m geo regions import mli_admbnda_adm1.zip --attribution OCHA"),
)
def import_(
    file: _File,
    *,
    name_field: _NameField = None,
    pcode_field: _PcodeField = None,
    attribution: _Attribution = "",
    layer: _Layer = None,
    country: _Country = None,
    max_bytes: _MaxBytes = MAX_BYTES,
    as_json: _Json = False,
) -> None:
    """Import boundaries."""
    if country is not None and not (len(country) == _CODE and country.isalpha()):
        typer.echo(_("--country {code}: expected two letters such as ML", code=country), err=True)
        raise typer.Exit(FAILURE)
    with failing(), showing_progress() as tell:
        tell(message("Reading"), 0, None)
        land = atlases.load(imported=False)
        focus = set(land.regions.loc[land.regions["focus"], "country"])
        found = read_boundaries(
            file, land.gazetteer.places.values(), focus, layer=layer, name_field=name_field,
            pcode_field=pcode_field, country=country, max_bytes=max_bytes,
        )  # fmt: skip
        facts = {
            "source": file.name,
            "attribution": attribution or default_attribution(file),
            "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        tell(message("Writing"), 0, None)
        before = layers.usable(layers.REGIONS)
        with layers.replacing(layers.REGIONS) as folder:
            write_boundaries(found, facts, folder, before)
    if as_json:
        typer.echo(json.dumps({**facts, **_summary(found)}, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join([*_told(found), facts["attribution"]]))


def _summary(found: Boundaries) -> dict[str, Any]:
    table = found.regions.drop(columns="geometry").reset_index()
    return {
        "regions": table.to_dict("records"),
        "districts": len(found.units),
        "uncovered": list(found.uncovered),
    }


def _told(found: Boundaries) -> Iterator[str]:
    yield _(
        "{count} regions, {districts} districts",
        count=len(found.regions),
        districts=len(found.units),
    )
    for region in found.regions.itertuples():
        yield _(
            "  {id} {pcode}: {names}",
            id=region.Index,
            pcode=region.pcode,
            names=", ".join(region.covers),
        )
    if found.uncovered:
        yield _(
            "No region covers {names}: incidents there are counted by their place.",
            names=", ".join(found.uncovered),
        )
