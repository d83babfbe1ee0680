"""``python -m geo watch``: saved routes, and what changed on them since one last looked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from geo.cli.days import read_days
from geo.cli.output import failing, fault_sentence
from geo.cli.route import (
    AllowClosed,
    Aversion,
    Departs,
    Escort,
    From,
    Known,
    On,
    Return,
    To,
    Vehicle,
    Via,
    asked_of,
    desk_on,
)
from geo.columns import iso_day
from geo.i18n import gettext as _
from geo.records import InputError
from geo.risk import watch
from geo.risk.journey.policy import VERDICT_WORDS
from geo.risk.journey.question import Question
from geo.risk.journey.records import as_plain

watch_app = typer.Typer(
    help=_("Saved routes: what changed on them since you last looked."),
    invoke_without_command=True,
    no_args_is_help=False,
)

_Name = Annotated[str, typer.Argument(help=_("What the route is called."))]
_Keep = Annotated[
    bool, typer.Option("--keep", help=_("Only look: the next look tells the same changes."))
]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the root application."""
    app.add_typer(watch_app, name="watch")


@watch_app.callback(epilog=_("Example: python -m geo watch --json"))
def run(
    context: typer.Context,
    *,
    on: On = None,
    known: Known = None,
    keep: _Keep = False,
    as_json: _Json = False,
) -> None:
    """Look at every saved route."""
    if context.invoked_subcommand is not None:
        return
    with failing():
        days, faults = read_days({"on": on, "known": known})
        if faults:
            raise InputError(faults)
        today = dt.datetime.now(dt.UTC).date()
        if not watch.saved():
            looks = []
        else:
            desk = desk_on(days.get("on", today), days.get("known", today))
            looks = watch.look(desk, keep=keep)
    if as_json:
        typer.echo(json.dumps([_plain(look) for look in looks], ensure_ascii=False, indent=2))
        return
    if not looks:
        typer.echo(_("No route is saved. Save one with: python -m geo watch add NAME FROM TO"))
    for look in looks:
        typer.echo("\n".join(_told(look)))


def _plain(look: watch.Look) -> dict[str, Any]:
    return {
        "name": look.saved.name,
        "question": as_plain(look.saved.question),
        "last_look": look.saved.last and look.saved.last.at,
        "before": as_plain(look.saved.last),
        "now": as_plain(look.now),
        "changed": bool(look.changes),
        "changes": [str(change) for change in look.changes],
        "faults": [fault_sentence(fault) for fault in look.faults],
    }


def _told(look: watch.Look) -> Iterator[str]:
    if look.answer is None:
        yield _("{name}: cannot be asked any more", name=look.saved.name)
        yield from (f"  {fault_sentence(fault)}" for fault in look.faults)
        return
    chosen = look.answer.chosen
    verdict = VERDICT_WORDS[look.answer.routes[chosen].verdict] if chosen >= 0 else _("no route")
    yield _("{name}: {verdict}", name=look.saved.name, verdict=verdict)
    if look.saved.last is None:
        yield "  " + _("First look.")
        return
    since = iso_day(look.saved.last.at[:10])
    if not look.changes:
        yield "  " + _("Nothing changed since {day}.", day=since)
    for change in look.changes:
        yield f"  {change}"


@watch_app.command(
    help=_("Save a route to watch. It is kept on this machine only."),
    epilog=_("Example: python -m geo watch add supplies Gao Labbezanga"),
)
def add(
    name: _Name,
    start: From,
    end: To,
    *,
    via: Via = None,
    vehicle: Vehicle = "car",
    escort: Escort = False,
    returns: Return = False,
    allow_closed: AllowClosed = False,
    aversion: Aversion = None,
    departs: Departs = None,
) -> None:
    """Save a route."""
    with failing():
        question = asked_of(
            Question(
                start, end, tuple(via or ()), vehicle, escort, returns, allow_closed, aversion
            ),
            departs,
            watch.name_faults(name, watch.saved()),
        )
        watch.save(name, question)
    typer.echo(_("Saved: {name}", name=name))


@watch_app.command(name="list", help=_("List the saved routes."))
def list_(*, as_json: _Json = False) -> None:
    """List the saved routes."""
    with failing():
        routes = watch.saved()
    if as_json:
        typer.echo(json.dumps([as_plain(route) for route in routes], ensure_ascii=False, indent=2))
        return
    for route in routes:
        asked = route.question
        way = " – ".join([asked.origin, *asked.via, asked.destination])
        typer.echo(_("{name}: {way}, {vehicle}", name=route.name, way=way, vehicle=asked.vehicle))


@watch_app.command(help=_("Forget a saved route."))
def remove(name: _Name) -> None:
    """Remove a saved route."""
    with failing():
        watch.remove(name)
    typer.echo(_("Removed: {name}", name=name))
