"""``python -m geo hotspots``: where reported events concentrate, and on which kilometres."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, cast

import pandas as pd
import typer

from geo import snapshot as snapshots
from geo.atlas import load
from geo.cli.days import read_days
from geo.cli.output import failing
from geo.cli.records import records
from geo.exchange.files import write_whole
from geo.exchange.hotspots import check_suffix, content
from geo.hotspots.analysis.answer import Answer, answer
from geo.hotspots.analysis.events import Comparison
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.nearness import Nearness, nearness
from geo.hotspots.analysis.question import NETWORK, PLANAR, Question
from geo.hotspots.analysis.shift import plain, shift_of
from geo.hotspots.analysis.wording import compared, count_range, significance, trend_told
from geo.hotspots.change import BEFORE, YEAR
from geo.hotspots.grid import DEFAULT_CELL_M
from geo.hotspots.memory import TooLargeError
from geo.hotspots.network.density import Method
from geo.hotspots.network.lixels import DEFAULT_LIXEL_M
from geo.i18n import counted, message
from geo.i18n import gettext as _
from geo.records import Category, Fault, InputError
from geo.roads.wording import span
from geo.selection import Selection

_YEAR = dt.timedelta(days=364)

_Category = Annotated[
    list[str] | None, typer.Option("--category", help=_("Count this kind; may be repeated."))
]
_Ied = Annotated[bool, typer.Option("--ied", help=_("Count only reports of explosive devices."))]
_From = Annotated[
    str | None, typer.Option("--from", help=_("First day; a year before the last unless given."))
]
_To = Annotated[
    str | None, typer.Option("--to", help=_("Last day; that of the last report unless given."))
]
_Known = Annotated[
    str | None,
    typer.Option("--known", help=_("As known on this day; all that is known unless given.")),
]
_Surface = Annotated[str, typer.Option("--surface", help=_("planar, or network: along the roads."))]
_Kernel = Annotated[
    str, typer.Option("--kernel", help=_("quartic, epanechnikov, gaussian or uniform."))
]
_Metres = Annotated[
    float | None,
    typer.Option("--bandwidth-m", help=_("Bandwidth; a Gaussian's standard deviation.")),
]
_How = Annotated[
    str,
    typer.Option("--bandwidth", help=_("hand, or estimated: rule (planar only) or likelihood.")),
]
_Method = Annotated[
    str, typer.Option("--method", help=_("Along roads: esd, esc or simple; see the docs."))
]
_Regions = Annotated[
    bool,
    typer.Option("--regions", help=_("Planar: spread what is known by region over the region.")),
]
_Cell = Annotated[float, typer.Option("--cell-m", help=_("Planar: side of a cell."))]
_Lixel = Annotated[float, typer.Option("--lixel-m", help=_("Along roads: longest lixel."))]
_Out = Annotated[
    Path | None,
    typer.Option("--out", help=_("File to write: .tif (planar), .geojson, .gpkg or .png.")),
]
_Chance = Annotated[
    bool,
    typer.Option("--chance", help=_("Say too whether they lie near one another by chance.")),
]
_Top = Annotated[int, typer.Option("--top", min=0, help=_("Stretches of road to list."))]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]


def register(app: typer.Typer) -> None:
    """Add the command to the root application."""
    app.command(
        help=_("Say where reported events concentrate, and whether it is more than chance."),
        epilog=_(
            "Example: python -m geo hotspots --category ied --from 2017-01-01 --to 2025-02-12 "
            "--surface planar --kernel quartic --bandwidth-m 25000 --out ied.tif"
        ),
    )(hotspots)


def hotspots(
    *,
    category: _Category = None,
    ied: _Ied = False,
    first: _From = None,
    last: _To = None,
    known: _Known = None,
    surface: _Surface = PLANAR,
    kernel: _Kernel = "quartic",
    bandwidth_m: _Metres = None,
    bandwidth: _How = "hand",
    method: _Method = "esd",
    regions: _Regions = False,
    cell_m: _Cell = DEFAULT_CELL_M,
    lixel_m: _Lixel = DEFAULT_LIXEL_M,
    out: _Out = None,
    chance: _Chance = False,
    top: _Top = 10,
    as_json: _Json = False,
) -> None:
    """Answer a question and write it."""
    with failing():
        today = dt.datetime.now(dt.UTC).date()
        question = Question(
            Selection(on=today, known_on=today, start=today, end=today),
            surface, kernel, bandwidth, bandwidth_m,
            cast("Method", method),  # checked with the rest of the question
            regions, lixel_m, cell_m,
        )  # fmt: skip
        days, kinds = _read(category, {"from": first, "to": last, "known": known}, question, out)
        shot, selection = _asked(days, kinds, ied=ied)
        try:
            found = answer(replace(question, selection=selection), Ground(shot))
            if out is not None:
                write_whole(out, content(found, out.suffix.lower()))
        except TooLargeError as error:
            raise InputError([Fault(None, None, error.reason)]) from error
    near = nearness(found.events) if chance else None
    if as_json:
        told = _told(found, top) | ({"nearness": _near(near)} if chance else {})
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    _print(found, top)
    if near is not None:
        typer.echo(str(near.sentence()))
    if out is not None:
        typer.echo(_("Written to {file}", file=out))


def _near(near: Nearness | None) -> dict[str, Any] | None:
    if near is None:
        return None
    rows = json.loads(near.curve.reset_index().to_json(orient="records"))
    return {"events": near.points[0], "p_value": near.p_value, "curve": rows,
            "sentence": str(near.sentence())}  # fmt: skip


def _read(
    categories: list[str] | None, days: dict[str, str | None], question: Question, out: Path | None
) -> tuple[dict[str, dt.date], frozenset[Category]]:
    """Return days and categories as typed; all that is wrong with what was asked, at once."""
    read, faults = read_days(days)
    kinds = set()
    for text in categories or []:
        try:
            kinds.add(Category(text))
        except ValueError:
            said = message(
                "--category: “{found}” is none. Choose one of {choices}.",
                found=text,
                choices=", ".join(Category),
            )
            faults.append(Fault(None, "category", said))
    try:
        question.check()
    except InputError as error:
        faults += error.faults
    else:
        faults += _suffix_faults(out, question)
    if faults:
        raise InputError(faults)
    return read, frozenset(kinds)


def _suffix_faults(out: Path | None, question: Question) -> list[Fault]:
    if out is None:
        return []
    try:
        check_suffix(out.suffix.lower(), on_roads=question.surface == NETWORK)
    except InputError as error:
        return error.faults
    return []


def _asked(
    days: dict[str, dt.date], categories: frozenset[Category], *, ied: bool
) -> tuple[snapshots.Snapshot, Selection]:
    """Return what was known, and which of it is asked about."""
    land, frames = load(), records()
    newest = frames.incidents["date_start"].max()
    today = dt.datetime.now(dt.UTC).date()
    last = days.get("to") or (today if pd.isna(newest) else newest.date())
    known = days.get("known") or max(today, last)
    selection = Selection(
        on=last, known_on=known, start=days.get("from") or last - _YEAR, end=last,
        categories=categories, ied_only=ied,
    )  # fmt: skip
    placed = snapshots.place_ledger(frames, land)
    return snapshots.build(frames, placed, land, last, known), selection


def _told(found: Answer, top: int) -> dict[str, Any]:
    """Return an answer for a program."""
    question, period = found.question, found.question.period
    unit = "km2" if found.roads is None else "km"
    return {
        "from": str(period.first),
        "to": str(period.last),
        "known_on": str(question.selection.known_on),
        "surface": question.surface,
        "kernel": question.kernel,
        "method": question.method if found.roads is not None else None,
        "bandwidth_m": found.bandwidth.bandwidth_m,
        "bandwidth_by": found.bandwidth.method,
        "events": round(found.events.count, 3),
        "reports": found.events.reports,
        "rate_per_100_km_month": found.events.rate,
        "left_out": {name: round(value, 3) for name, value in found.left_out.items()},
        "left_out_share": found.left_out_share,
        "before": _plain(found.comparisons[0]),
        "year": _plain(found.comparisons[1]),
        "change": {name: plain(shift_of(found, name), unit) for name in (BEFORE, YEAR)},
        "stretches": json.loads(
            found.stretches.head(top)
            .reset_index()
            .drop(columns="caution")
            .to_json(orient="records")
        ),
        "notes": [str(note) for note in found.notes],
    }


def _plain(compared_: Comparison) -> dict[str, Any]:
    def finite(value: float) -> float | None:
        return value if abs(value) < float("inf") else None

    return {
        "from": str(compared_.then.first),
        "to": str(compared_.then.last),
        "events": finite(compared_.events),
        "ratio": finite(compared_.ratio),
        "low": finite(compared_.low),
        "high": finite(compared_.high),
        "trend": compared_.trend,
    }


def _print(found: Answer, top: int) -> None:
    period = found.question.period
    known = found.question.selection.known_on
    said = counted(
        "{count} report, {events:.3g} events by the days in the period, {first} to {last}, "
        "known on {known}",
        "{count} reports, {events:.3g} events by the days in the period, {first} to {last}, "
        "known on {known}",
        found.events.reports, events=found.events.count, first=period.first, last=period.last,
        known=known,
    )  # fmt: skip
    typer.echo(str(said))
    typer.echo(_("on roads: {rate:.2g} per 100 km and month", rate=found.events.rate))
    for comparison in found.comparisons:
        typer.echo(str(compared(comparison)))
    rows: Any = found.stretches.head(top).itertuples()
    axes = found.events.ground.snapshot.atlas.axes
    if top and not found.stretches.empty:
        typer.echo("\n" + _("Stretches with the most events per km"))
    for row in rows:
        if not row.expected:
            break
        axis = axes[row.axis_id]
        typer.echo(
            "  " + _(
                "{rank}. {road} {span}, {start} to {end}: events: {count}, "
                "{rate:.2g} per 100 km and month",
                rank=row.Index, road=axis.ref or axis.name, span=span(row.from_m, row.to_m),
                start=row.from_town, end=row.to_town,
                count=count_range(row.count_low, row.count_high), rate=row.rate,
            )
        )  # fmt: skip
        typer.echo(
            "     " + _("rank {low} to {high}; {sure}; {trend}",
                low=row.rank_low, high=row.rank_high, sure=significance(row),
                trend=trend_told(row),
            )
        )  # fmt: skip
    typer.echo("")
    typer.echo("\n".join(map(str, found.notes)))
