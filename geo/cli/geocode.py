"""``python -m geo geocode`` and ``geocode-file``: from words to places."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import typer
from rich.console import Console
from rich.progress import Progress

from geo import atlas as atlases
from geo.cli.output import FAILURE, failing, tell
from geo.exchange.drafts import candidate_as_plain, placement_as_plain
from geo.exchange.geojson import write_features
from geo.exchange.placed import placed_features
from geo.exchange.tables import IncidentTable, read_incidents
from geo.gazetteer.phrases import Result, geocode
from geo.gazetteer.placing import place_incidents
from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import Candidate, Placement
from geo.roads.referencing import chainage

COUNTRY = re.compile(r"[A-Za-z]{2}")
KINDS = ("place", "near", "along", "region")

_Text = Annotated[str, typer.Argument(help=_("What a report says, in English or French."))]
_Country = Annotated[
    str | None, typer.Option("--country", help=_("Country of the event: ML, BF, NE."))
]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]
_Table = Annotated[Path, typer.Argument(help=_("CSV in the columns of data/incidents.csv."))]
_Out = Annotated[Path, typer.Option("--out", help=_("GeoJSON file to write."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the root application."""
    app.command(
        "geocode",
        help=_("Say where a phrase such as “near Kobé, about 30 km from Gao” is, and why."),
        epilog=_('Example: python -m geo geocode "30 km from Gao towards Ansongo" --country ML'),
    )(geocode_command)
    app.command(
        "geocode-file",
        help=_("Place every row of a table and write GeoJSON with all its columns."),
        epilog=_("Example: python -m geo geocode-file incidents.csv --out incidents.geojson"),
    )(geocode_file_command)


def geocode_command(text: _Text, country: _Country = None, as_json: _Json = False) -> None:
    """Place a phrase."""
    if country is not None and not COUNTRY.fullmatch(country):
        typer.echo(_("--country {code}: expected two letters such as ML", code=country), err=True)
        raise typer.Exit(FAILURE)
    with failing():
        atlas = atlases.load()
    result = geocode(text, atlas, country.upper() if country else None)
    if as_json:
        typer.echo(json.dumps(_as_json(result), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_as_text(result)))


def _as_json(result: Result) -> dict[str, Any]:
    placement, reason = result.placement, result.unresolved_reason
    return {
        "placement": placement and placement_as_plain(placement),
        "candidates": [candidate_as_plain(candidate) for candidate in result.candidates],
        "unresolved_reason": None if reason is None else str(reason),
        "review": [str(why) for why in result.review],
    }


def _as_text(result: Result) -> list[str]:
    lines = []
    if result.placement is not None:
        lines += [str(result.placement.explanation), _position(result.placement)]
        if result.placement.axis_id is not None:
            lines.append(_stretch(result.placement))
    else:
        lines.append(_("Not placed: {reason}.", reason=result.unresolved_reason))
    lines += [_("For review: {why}", why=why) for why in result.review]
    used = [candidate for candidate in result.candidates if candidate not in result.runners_up]
    if used:
        lines.append(_("Places that it rests on:"))
    lines += [_candidate_line(candidate) for candidate in used]
    if result.runners_up:
        lines.append(_("Runners-up:") if result.placement else _("Places that the names may mean:"))
    lines += [_candidate_line(candidate) for candidate in result.runners_up]
    return lines


def _position(placement: Placement) -> str:
    return _("{kind}: {lat} N, {lon} E, within {km:.1f} km",
        kind=_kind_name(placement.kind.value), lat=f"{placement.lat:.4f}",
        lon=f"{placement.lon:.4f}", km=placement.spread_m / 1000,
    )  # fmt: skip


def _stretch(placement: Placement) -> str:
    return _(
        "{axis}, {start} to {end}",
        axis=placement.axis_id,
        start=chainage(placement.measure_from_m or 0.0),
        end=chainage(placement.measure_to_m or 0.0),
    )


def _candidate_line(candidate: Candidate) -> str:
    place = candidate.place
    template = _("  {name}, {adm1}, {country} ({id}): {matched}, {score}")
    if candidate.fuzzy:
        template = _("  {name}, {adm1}, {country} ({id}): resembles {matched}, {score}")
    return template.format(
        name=place.name, adm1=place.adm1, country=place.country, id=place.place_id,
        matched=candidate.matched, score=f"{candidate.score:g}",
    )  # fmt: skip


def _kind_name(kind: str) -> str:
    names = {
        "place": _("at a place"), "near": _("near a place or a point of a road"),
        "along": _("along a stretch"), "region": _("in a region"),
    }  # fmt: skip
    return names[kind]


def geocode_file_command(table: _Table, out: _Out, as_json: _Json = False) -> None:
    """Place a table."""
    if out.exists() and table.exists() and out.samefile(table):
        text = _("--out {file} is the table itself. Name another file.")
        typer.echo(text.format(file=out), err=True)
        raise typer.Exit(FAILURE)
    with failing():
        atlas = atlases.load()
        read = read_incidents(table, require_id=False)
        console = Console(stderr=True)
        quiet = not console.is_terminal
        with Progress(console=console, transient=True, disable=quiet) as progress:
            task = progress.add_task(_("Placing"), total=None)
            placed = place_incidents(
                read.frame, atlas,
                lambda done, total: progress.update(task, completed=done, total=total),
            )  # fmt: skip
        out.write_text(
            write_features(placed_features(read, placed), atlas.credits), encoding="utf-8"
        )
    tell(read.faults)
    summary = _summary(read, placed, out)
    if as_json:
        typer.echo(json.dumps(summary, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_report(summary)))


def _summary(read: IncidentTable, placed: gpd.GeoDataFrame, out: Path) -> dict[str, Any]:
    kinds = Counter(placed["kind"].dropna())
    missing = placed["kind"].isna().to_numpy()
    ids = read.frame["incident_id"].to_numpy()[missing]
    rows = placed.index.to_numpy()[missing]
    reasons = placed["unresolved_reason"].to_numpy()[missing]
    # Some have cells that cannot be used, others not even the header's number of cells.
    seen = {*read.raw.index, *(fault.row for fault in read.faults if (fault.row or 0) > 1)}
    return {
        "out": str(out),
        "rows": len(placed),
        "left_out": len(seen.difference(read.frame.index)),
        "placed": int((~missing).sum()),
        "by_kind": {kind: kinds.get(kind, 0) for kind in KINDS},
        "fuzzy": int(placed["fuzzy"].sum()),
        "unresolved": [
            {"row": int(row), "incident_id": str(name), "reason": str(reason)}
            for row, name, reason in zip(rows, ids, reasons, strict=True)
        ],
        "faults": [
            {"row": fault.row, "column": fault.column, "message": str(fault.message)}
            for fault in read.faults
        ],
    }


def _report(summary: dict[str, Any]) -> list[str]:
    lines = [
        ngettext(
            "{placed} of {rows} row placed",
            "{placed} of {rows} rows placed",
            summary["rows"],
            placed=summary["placed"],
            rows=summary["rows"],
        )
    ]
    lines += [
        f"  {count:6d}  {_kind_name(kind)}" for kind, count in summary["by_kind"].items() if count
    ]
    if summary["left_out"]:
        lines.append(
            ngettext(
                "{count} row left out for its faults, see above",
                "{count} rows left out for their faults, see above",
                summary["left_out"],
                count=summary["left_out"],
            )
        )
    if summary["fuzzy"]:
        lines.append(
            _("{count} rest on a name that only resembles: check them", count=summary["fuzzy"])
        )
    lines += [
        _(
            "not placed: {id} (line {row}): {reason}",
            id=entry["incident_id"],
            row=entry["row"],
            reason=entry["reason"],
        )
        for entry in summary["unresolved"]
    ]
    return [*lines, _("Written to {file}", file=summary["out"])]
