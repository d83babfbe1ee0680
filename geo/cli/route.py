"""``python -m geo route``: what a journey would pass through, and its files."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from geo import atlas as atlases
from geo import snapshot
from geo.cli.days import read_days
from geo.cli.output import failing
from geo.cli.records import records
from geo.exchange.files import write_whole
from geo.i18n import gettext as _
from geo.i18n import message
from geo.records import Fault, InputError
from geo.risk.journey import files
from geo.risk.journey.answer import plan
from geo.risk.journey.desk import Desk
from geo.risk.journey.policy import VERDICT_WORDS, load_journey_policy
from geo.risk.journey.question import Question, stops_of
from geo.risk.journey.records import Answer, Route, as_plain
from geo.risk.journey.words import (
    closure_told,
    driver_told,
    labels_of,
    point_told,
    reasons_told,
    route_told,
    stretch_told,
)

SHOWN = 5
"""Incidents that drive the exposure, told one by one; all of them stand in the JSON."""

From = Annotated[
    str,
    typer.Argument(
        metavar="FROM", help=_("Where the journey begins: a place, a phrase, or lon,lat.")
    ),
]
To = Annotated[str, typer.Argument(metavar="TO", help=_("Where it ends."))]
Via = Annotated[
    list[str] | None, typer.Option("--via", help=_("Where it passes; give it again for more."))
]
On = Annotated[str | None, typer.Option("--on", help=_("Day of travel; today unless given."))]
Known = Annotated[
    str | None,
    typer.Option("--known", help=_("As known on this day; all that is known unless given.")),
]
Vehicle = Annotated[str, typer.Option("--vehicle", help=_("car, truck, bus or motorbike."))]
Escort = Annotated[bool, typer.Option("--escort", help=_("The journey has an escort."))]
Return = Annotated[bool, typer.Option("--return", help=_("There and back."))]
AllowClosed = Annotated[
    bool, typer.Option("--allow-closed", help=_("Use roads that are reported closed, and say so."))
]
Aversion = Annotated[
    float | None,
    typer.Option("--aversion", help=_("From 0 (time alone) to 1 (exposure alone).")),
]
Departs = Annotated[
    str | None, typer.Option("--departs", help=_("Local time, 06:30; sunrise unless given."))
]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]
_Gpx = Annotated[Path | None, typer.Option("--gpx", help=_("GPX 1.1 file to write."))]
_Kml = Annotated[Path | None, typer.Option("--kml", help=_("KML file to write; .kmz packs it."))]
_Pdf = Annotated[
    Path | None, typer.Option("--pdf", help=_("Road book to write: verdict, maps, evidence."))
]
_GeoJson = Annotated[Path | None, typer.Option("--geojson", help=_("GeoJSON file to write."))]


road_book: Callable[[Answer, Desk], bytes] | None = None
"""Draws the road book; set by the edge that draws (`maps.commands`), ``None`` without it."""


def register(app: typer.Typer) -> None:
    """Add the command to the root application."""
    app.command(
        help=_("Say which ways lead from one place to another, what is on them, and how sure."),
        epilog=_("Example: python -m geo route Gao Labbezanga --on 2025-02-12"),
    )(route)


def desk_on(on: dt.date, known: dt.date) -> Desk:
    """Return a desk of the ledger in use."""
    land, frames = atlases.load(), records()
    placed = snapshot.place_ledger(frames, land)
    return Desk.of(snapshot.build(frames, placed, land, on, known))


def route(
    start: From,
    end: To,
    *,
    via: Via = None,
    on: On = None,
    known: Known = None,
    vehicle: Vehicle = "car",
    escort: Escort = False,
    returns: Return = False,
    allow_closed: AllowClosed = False,
    aversion: Aversion = None,
    departs: Departs = None,
    as_json: _Json = False,
    gpx: _Gpx = None,
    kml: _Kml = None,
    geojson: _GeoJson = None,
    pdf: _Pdf = None,
) -> None:
    """Answer a question about a journey."""
    with failing():
        days, faults = read_days({"on": on, "known": known})
        if pdf is not None and road_book is None:
            said = message("--pdf: what draws is not installed here; write GPX, KML or GeoJSON.")
            faults.append(Fault(None, "pdf", said))
        question = asked_of(
            Question(
                start, end, tuple(via or ()), vehicle, escort, returns, allow_closed, aversion
            ),
            departs,
            faults,
        )
        today = dt.datetime.now(dt.UTC).date()
        desk = desk_on(days.get("on", today), days.get("known", today))
        answer = plan(question, desk)
        written = _contents(answer, gpx, kml, geojson)
        if pdf is not None and road_book is not None:
            written[pdf] = road_book(answer, desk)
        # All are made before the first is written.
        for path, content in written.items():
            write_whole(path, content)
    if as_json:
        typer.echo(json.dumps(as_plain(answer), ensure_ascii=False, indent=2))
        return
    typer.echo("\n".join(_told(answer)))
    for path in written:
        typer.echo(_("Written to {file}", file=str(path)))


def asked_of(question: Question, departs: str | None, faults: list[Fault]) -> Question:
    """Return a question with its time of departure.

    Raises
    ------
    InputError
        With ``faults`` and everything that makes no sense in the question, at once.
    """
    found = list(faults)
    asked = replace(question, departs=_time(departs, found))
    try:
        stops_of(asked, atlases.load(), load_journey_policy())
    except InputError as error:
        found += error.faults
    if found:
        raise InputError(found)
    return asked


def _time(text: str | None, faults: list[Fault]) -> dt.time | None:
    if text is None:
        return None
    try:
        return dt.time.fromisoformat(text)
    except ValueError:
        said = message("--departs: “{found}” is not a time. Write 06:30.", found=text)
        faults.append(Fault(None, "departs", said))
        return None


def _contents(
    answer: Answer, gpx: Path | None, kml: Path | None, geojson: Path | None
) -> dict[Path, bytes]:
    """Return what is to be written into each file."""
    made: dict[Path, bytes] = {}
    if gpx is not None:
        made[gpx] = files.gpx(answer).encode()
    if kml is not None:
        packed = kml.suffix.lower() == ".kmz"
        made[kml] = files.kmz(answer) if packed else files.kml(answer).encode()
    if geojson is not None:
        made[geojson] = files.geojson(answer).encode()
    return made


def _told(answer: Answer) -> Iterator[str]:
    yield files.title_of(answer)
    yield from (str(note) for note in answer.notes)
    if answer.no_route is not None:
        yield "\n" + _("No route")
        yield str(answer.no_route.text)
        yield from ("  " + str(closure_told(closure)) for closure in answer.no_route.closures)
    elif len(answer.routes) < answer.different:
        yield _("{shown} of {all} different routes", shown=len(answer.routes),
                all=answer.different)  # fmt: skip
    for one in answer.routes:
        yield from _told_of(one, answer)
    yield "\n" + _("What Piste does not know")
    yield from ("  " + str(line) for line in answer.standing)


def _told_of(one: Route, answer: Answer) -> Iterator[str]:
    head = _("Route {number}: {verdict}", number=one.number, verdict=VERDICT_WORDS[one.verdict])
    labels = labels_of(one)
    yield "\n" + (f"{head} ({labels})" if labels else head)
    yield from ("  " + str(line) for line in route_told(one, answer.coverage))
    if one.number - 1 != answer.chosen:
        return
    seen: set[str] = set()
    for stretch in one.stretches:
        yield f"  {stretch.number}. {stretch_told(stretch)}"
        yield f"     {stretch.sentence}"
        yield from (f"     {line}" for line in reasons_told(stretch, answer, seen))
    yield "  " + _("On the way")
    for point in one.points:
        yield f"    {point_told(point)}"
        if point.note is not None:
            yield f"      {point.note}"
    yield "  " + _("What drives the exposure")
    yield from (f"    {driver_told(driver, answer)}" for driver in one.drivers[:SHOWN])
    yield "    " + _("{share:.0%} is the background of the roads, whatever happened on them",
                     share=one.background / max(one.exposure.expected, 1e-300))  # fmt: skip
    yield "  " + _("Weighed in other ways")
    for row in one.sensitivities:
        yield "    " + _("{change} Exposure × {ratio:.2f}, rank {rank:.0%}", change=row.text,
                         ratio=row.ratio, rank=row.rank)  # fmt: skip
    yield "  " + _("Not known")
    yield from (f"    {gap.text}" for gap in one.gaps)
