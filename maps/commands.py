"""``python -m geo brief``: what is known, as a page that can be shown.

It stands here and not in ``geo`` because it draws; ``geo.__main__`` plugs it in by name.
"""

from __future__ import annotations

import datetime as dt
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo import i18n
from geo.cli import route as plain_route
from geo.cli.days import read_days
from geo.cli.output import failing
from geo.cli.progress import showing_progress
from geo.i18n import gettext as _
from geo.i18n import message
from geo.records import Fault, InputError
from geo.selection import Selection

if TYPE_CHECKING:
    from geo.briefing.material import Material
    from geo.briefing.templates import Template
    from geo.risk.journey.desk import Desk
    from geo.risk.journey.records import Answer
    from geo.store import LedgerFrames

brief_app = typer.Typer(
    help=_("Briefs as files: PDF, slides, Word, web page, Markdown, picture."),
    no_args_is_help=True,
)

_Id = Annotated[str, typer.Argument(metavar="ID", help=_("Id of the incident."))]
_Start = Annotated[str, typer.Argument(metavar="FROM", help=_("Where the journey begins."))]
_End = Annotated[str, typer.Argument(metavar="TO", help=_("Where it ends."))]
_Via = Annotated[
    list[str] | None, typer.Option("--via", help=_("Where it passes; give it again for more."))
]
_Vehicle = Annotated[str, typer.Option("--vehicle", help=_("car, truck, bus or motorbike."))]
_Escort = Annotated[bool, typer.Option("--escort", help=_("The journey has an escort."))]
_Return = Annotated[bool, typer.Option("--return", help=_("There and back."))]
_AllowClosed = Annotated[
    bool, typer.Option("--allow-closed", help=_("Use roads that are reported closed, and say so."))
]
_Region = Annotated[
    list[str] | None, typer.Option("--region", help=_("First-level region; may be repeated."))
]
_Country = Annotated[list[str] | None, typer.Option("--country", help=_("ML, BF or NE."))]
_On = Annotated[str | None, typer.Option("--on", help=_("Last day of the period; today."))]
_From = Annotated[
    str | None, typer.Option("--from", help=_("First day; the template says unless given."))
]
_Known = Annotated[
    str | None,
    typer.Option(
        "--known",
        help=_("As known on this day; all that is known unless given, for a week its last day."),
    ),
]
_Lang = Annotated[str | None, typer.Option("--lang", help=_("Language, such as fr."))]
_Mark = Annotated[
    str, typer.Option("--mark", help=_("Handling mark: TLP:AMBER, Chatham House, own words."))
]
_By = Annotated[str, typer.Option("--by", help=_("Who made it."))]
_Made = Annotated[
    str | None, typer.Option("--made-on", help=_("Day that it says it was made; today."))
]
_Template = Annotated[str | None, typer.Option("--template", help=_("A template of your own."))]
_Size = Annotated[
    str, typer.Option("--size", help=_("Sheet of a picture: hd, uhd, square, a4-landscape …"))
]
_Layer = Annotated[
    list[str] | None,
    typer.Option("--layer", help=_("Layer of its maps, such as density; give it again for more.")),
]
_Out = Annotated[
    Path,
    typer.Option("--out", help=_("File to write: .pdf, .pptx, .docx, .html, .md, .png or .svg.")),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the root application."""
    app.add_typer(brief_app, name="brief")
    plain_route.road_book = _road_book


@brief_app.command(
    help=_("Brief about a region or a country."),
    epilog=_(
        "Example: python -m geo brief area --region Gao --country ML --on 2025-02-12 --lang fr "
        "--out gao.pdf"
    ),
)
def area(
    *, out: _Out, region: _Region = None, country: _Country = None, on: _On = None,
    first: _From = None, known: _Known = None, lang: _Lang = None, mark: _Mark = "",
    by: _By = "", made_on: _Made = None, template: _Template = None, size: _Size = "hd",
    layer: _Layer = None,
) -> None:  # fmt: skip
    """Write an area brief."""
    _write(template or "area", out, regions=region, countries=country, on=on, first=first,
           known=known, lang=lang, mark=mark, by=by, made_on=made_on, size=size,
           layers=layer)  # fmt: skip


@brief_app.command(
    help=_("The seven days to --on: what happened, what became known, what changed."),
    epilog=_("Example: python -m geo brief weekly --country ML --on 2025-02-12 --out week.pptx"),
)
def weekly(
    *, out: _Out, region: _Region = None, country: _Country = None, on: _On = None,
    first: _From = None, known: _Known = None, lang: _Lang = None, mark: _Mark = "",
    by: _By = "", made_on: _Made = None, template: _Template = None, size: _Size = "hd",
    layer: _Layer = None,
) -> None:  # fmt: skip
    """Write a brief about a week."""
    _write(template or "weekly", out, regions=region, countries=country, on=on, first=first,
           known=known, lang=lang, mark=mark, by=by, made_on=made_on, size=size,
           layers=layer)  # fmt: skip


@brief_app.command(
    help=_("Brief about explosive devices: where they concentrate, and whether they grow."),
    epilog=_("Example: python -m geo brief ied --country ML --on 2025-02-12 --out ied.docx"),
)
def ied(
    *, out: _Out, region: _Region = None, country: _Country = None, on: _On = None,
    first: _From = None, known: _Known = None, lang: _Lang = None, mark: _Mark = "",
    by: _By = "", made_on: _Made = None, template: _Template = None, size: _Size = "hd",
    layer: _Layer = None,
) -> None:  # fmt: skip
    """Write a brief about explosive devices."""
    _write(template or "ied", out, regions=region, countries=country, on=on, first=first,
           known=known, lang=lang, mark=mark, by=by, made_on=made_on, size=size, layers=layer,
           ied_only=True)  # fmt: skip


@brief_app.command(
    help=_("One incident: every claim, what is linked with it, what is near it."),
    epilog=_("Example: python -m geo brief incident ML-2025-02-07-KOBE --out kobe.html"),
)
def incident(
    incident_id: _Id, *, out: _Out, on: _On = None, first: _From = None, known: _Known = None,
    lang: _Lang = None, mark: _Mark = "", by: _By = "", made_on: _Made = None,
    template: _Template = None, size: _Size = "hd", layer: _Layer = None,
) -> None:  # fmt: skip
    """Write a brief about one incident."""
    _write(template or "incident", out, on=on, first=first, known=known, lang=lang, mark=mark,
           by=by, made_on=made_on, size=size, layers=layer, incident_id=incident_id)  # fmt: skip


@brief_app.command(
    help=_("A journey: the verdict and its reasons, stretch by stretch, as a road book."),
    epilog=_("Example: python -m geo brief route Gao Labbezanga --on 2025-02-12 --out book.pdf"),
)
def route(
    start: _Start, end: _End, *, out: _Out, via: _Via = None, vehicle: _Vehicle = "car",
    escort: _Escort = False, returns: _Return = False, allow_closed: _AllowClosed = False,
    on: _On = None, first: _From = None, known: _Known = None, lang: _Lang = None,
    mark: _Mark = "", by: _By = "", made_on: _Made = None, template: _Template = None,
    size: _Size = "hd", layer: _Layer = None,
) -> None:  # fmt: skip
    """Write a road book."""
    question = {"origin": start, "destination": end, "via": tuple(via or ()), "vehicle": vehicle,
                "escort": escort, "returns": returns, "allow_closed": allow_closed}  # fmt: skip
    _write(template or "route", out, on=on, first=first, known=known, lang=lang, mark=mark,
           by=by, made_on=made_on, size=size, layers=layer, question=question)  # fmt: skip


def _write(name: str, out: Path, **asked: Any) -> None:
    """Write a brief; its language ends with it."""
    copy_context().run(_written, name, out, **asked)


def _written(
    name: str, out: Path, *, on: str | None, first: str | None, known: str | None,
    lang: str | None, mark: str, by: str, made_on: str | None, size: str,
    regions: list[str] | None = None, countries: list[str] | None = None, incident_id: str = "",
    ied_only: bool = False, question: dict[str, Any] | None = None,
    layers: list[str] | None = None,
) -> None:  # fmt: skip
    # Late: drawing and the office formats take a second to load, and no other command needs them.
    from geo.atlas import load  # noqa: PLC0415
    from geo.briefing import building  # noqa: PLC0415
    from geo.briefing.material import Material  # noqa: PLC0415
    from geo.cli.records import records  # noqa: PLC0415
    from maps.documents import write  # noqa: PLC0415

    with failing(), showing_progress() as tell:
        if lang is not None:
            _speak(lang)
        given, faults = read_days({"on": on, "from": first, "known": known, "made-on": made_on})
        today = dt.datetime.now(dt.UTC).date()
        # What cannot be written is refused at once, before anything is read or drawn.
        template = _checked(name, out, faults)
        day = given.get("on", today)
        usual = day - dt.timedelta(days=template.days - 1)
        start = given.get("from", usual)
        if start > day:
            text = message("--from is later than --on. Exchange them.")
            raise InputError([Fault(None, "from", text)])
        if template.fixed and start != usual:
            text = message("This brief is always about the {days} days that end on --on. Leave "
                           "--from out.", days=template.days)  # fmt: skip
            raise InputError([Fault(None, "from", text)])
        # A week of the past is told as it was known at its end, or nothing became known in it.
        known_on = given.get("known", min(day, today) if template.fixed else today)
        if "known" not in given and known_on > day:
            typer.echo(
                _("Told with hindsight, as known on {today}; for the view of the day add "
                  "--known {day}.", today=today.isoformat(), day=day.isoformat()),
                err=True,
            )  # fmt: skip
        tell(message("Reading the ledger"), 0, 3)
        frames = records()
        if incident_id:
            _there(incident_id, frames)
        land = load()
        selection = Selection(
            on=day, known_on=known_on, start=start, end=day, ied_only=ied_only,
        )  # fmt: skip
        selection = replace(selection, **building.chosen_area(land, regions, countries))
        material = Material.gather(frames, land, selection)
        tell(message("Finding the words"), 1, 3)
        journey = None if question is None else _plan(material, question)
        brief = building.build(
            template, material, incident_id=incident_id, journey=journey, mark=mark, made_by=by,
            made_on=given.get("made-on", today), layers=layers,
        )  # fmt: skip
        tell(message("Drawing and writing"), 2, 3)
        write(brief, material, out, journey=journey, size=size)
    typer.echo(_("{file} written.", file=out))


def _checked(name: str, out: Path, faults: list[Fault]) -> Template:
    """Return the template; raise ``faults`` with those of template and format."""
    from geo.briefing import templates  # noqa: PLC0415
    from maps.documents import format_of  # noqa: PLC0415

    found = None
    try:
        found = templates.load(name)
    except InputError as error:
        faults = [*faults, *error.faults]
    try:
        format_of(out)
    except InputError as error:
        faults = [*faults, *error.faults]
    if found is None or faults:
        raise InputError(faults)
    return found


def _there(incident_id: str, frames: LedgerFrames) -> None:
    """Refuse an id that the ledger never had, before its incidents are placed."""
    if not frames.incidents["incident_id"].eq(incident_id).any():
        text = message("There is no incident {id} in the ledger, or it was withdrawn.",
                       id=incident_id)  # fmt: skip
        raise InputError([Fault(None, "incident", text)])


def _plan(material: Material, question: dict[str, Any]) -> Answer:
    from geo.risk.journey.answer import plan  # noqa: PLC0415
    from geo.risk.journey.desk import Desk  # noqa: PLC0415
    from geo.risk.journey.question import Question  # noqa: PLC0415

    return plan(Question(**question), Desk.of(material.snapshot))


def _road_book(answer: Answer, desk: Desk) -> bytes:
    """Write the road book that ``python -m geo route --pdf`` asks for."""
    from geo.briefing.material import Material  # noqa: PLC0415
    from geo.cli.records import records  # noqa: PLC0415
    from maps.documents.roadbook import road_book  # noqa: PLC0415

    year = dt.timedelta(days=364)
    selection = Selection(
        on=answer.on, known_on=answer.known_on, start=answer.on - year, end=answer.on
    )
    material = Material(records(), desk.snapshot, desk.evidence, selection)
    return road_book(answer, material, made_on=dt.datetime.now(dt.UTC).date())


def _speak(code: str) -> None:
    known = i18n.available_languages()
    if code not in known:
        text = message("There is no language “{code}”; there are {known}.", code=code,
                       known=", ".join(known))  # fmt: skip
        raise InputError([Fault(None, "lang", text)])
    i18n.activate(code)
