"""``python -m geo status`` and ``changes``: what is said of a road on a day, and what changed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated, Any

import pandas as pd
import typer

from geo import words
from geo.atlas import Atlas, load
from geo.cli.days import read_days
from geo.cli.output import failing
from geo.cli.records import records
from geo.columns import iso_day
from geo.i18n import gettext as _
from geo.i18n import message
from geo.records import Fault, InputError
from geo.roads.along import along
from geo.roads.changes import changes as changes_between
from geo.roads.evidence import Evidence
from geo.roads.laying import way
from geo.roads.telling import segment, statements
from geo.roads.timeline import Role
from geo.roads.wording import named, span

_From = Annotated[str, typer.Argument(metavar="FROM", help=_("Town where the way begins."))]
_To = Annotated[str, typer.Argument(metavar="TO", help=_("Town where it ends."))]
_On = Annotated[str | None, typer.Option("--on", help=_("Day asked about; today unless given."))]
_Known = Annotated[
    str | None,
    typer.Option("--known", help=_("As known on this day; all that is known unless given.")),
]
_First = Annotated[str, typer.Option("--from", help=_("Earlier day."))]
_Last = Annotated[str, typer.Option("--to", help=_("Later day."))]
_Knowledge = Annotated[
    bool,
    typer.Option(
        "--knowledge", help=_("The two days are days of knowledge; --on is the day asked about.")
    ),
]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the root application."""
    app.command(
        help=_("Say who holds and taxes the road between two towns, and whether one passes."),
        epilog=_("Example: python -m geo status Gao Labbezanga --on 2025-02-12"),
    )(status)
    app.command(
        help=_("Say on which stretches the status differs between two days."),
        epilog=_("Example: python -m geo changes --from 2025-01-20 --to 2025-02-12"),
    )(changes)


def _days(**given: str | None) -> dict[str, dt.date]:
    """Return days as typed, today (UTC) for none; all that cannot be read are told at once."""
    days, faults = read_days(given)
    if faults:
        raise InputError(faults)
    today = dt.datetime.now(dt.UTC).date()
    return {name: days.get(name, today) for name in given}


def _evidence() -> tuple[Evidence, Atlas]:
    land = load()
    return Evidence.gather(records().assertions, land), land


def status(
    start: _From, end: _To, *, on: _On = None, known: _Known = None, as_json: _Json = False
) -> None:
    """Say what the status of a way is."""
    with failing():
        days = _days(on=on, known=known)
        evidence, land = _evidence()
        legs = way(land, start, end)
        rows = along(evidence, legs, days["on"], days["known"])
    found = {
        "from": start,
        "to": end,
        "on": str(days["on"]),
        "known_on": str(days["known"]),
        "length_km": round(float(rows["km_to"].max()), 3),
        "segments": [segment(row, land) for row in rows.itertuples()],
        "evidence": statements(evidence, rows, days["on"], days["known"]),
        "attribution": list(land.credits),
    }
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    _print(found)


def _print(found: dict[str, Any]) -> None:
    typer.echo(
        _(
            "{start} to {end}, {km:,.1f} km, on {on}, as known on {known}",
            start=found["from"],
            end=found["to"],
            km=found["length_km"],
            on=iso_day(found["on"]),
            known=iso_day(found["known_on"]),
        )
    )
    road = None
    for part in found["segments"]:
        if part["road"] != road:
            road = part["road"]
            typer.echo(f"\n{road}")
        _print_segment(part)
    if any(part["passage"]["status"] == "unknown" for part in found["segments"]):
        typer.echo(
            "\n" + _("Unknown is not open: no report that still counts says whether one passes.")
        )
    if found["evidence"]:
        typer.echo("\n" + _("Evidence"))
    for entry in found["evidence"]:
        _print_evidence(entry)


def _print_segment(part: dict[str, Any]) -> None:
    head = _(
        "{pk_from} – {pk_to}, km {km_from:.1f} to {km_to:.1f}, {near_from} to {near_to}", **part
    )
    typer.echo("  " + head)
    typer.echo("    " + part["sentence"])
    subjects = {
        "control": _("control"),
        "tax": _("tax"),
        "passage": _("passage"),
        "agreement": _("agreement"),
    }
    sure = [
        _(
            "{subject} {confidence:.2f} ({day})",
            subject=name,
            confidence=part[key]["confidence"],
            day=iso_day(part[key]["last_confirmed"]),
        )
        for key, name in subjects.items()
        if part[key]["confidence"]
    ]
    if sure:
        typer.echo("    " + _("confidence (last confirmed): {list}", list=", ".join(sure)))
    if part["passage"]["reopened_for"]:
        whom = words.listed(
            [words.word(words.CONCERNED, one) for one in part["passage"]["reopened_for"]]
        )
        typer.echo("    " + _("but reported reopened: {whom}", whom=whom))
    for amount in part["tax"]["amounts"]:
        typer.echo("    " + _("levy: {amount}", amount=amount))
    if part["assertion_ids"]:
        ids = ", ".join(part["assertion_ids"])
        typer.echo("    " + _("evidence: {ids}", ids=ids))
    elif part["stale"]:
        text = _(
            "stale: last evidence {last_evidence} of {last_confirmed}",
            last_evidence=part["last_evidence"],
            last_confirmed=iso_day(part["last_confirmed"]),
        )
        lasts = [part[k]["last_evidence"] for k in subjects if part[k]["last_evidence"]]
        others = sorted({i for i in lasts if i != part["last_evidence"]})
        if others:
            text += _("; also {ids}", ids=", ".join(others))
        typer.echo("    " + text)
    else:
        typer.echo("    " + _("nothing was ever reported"))


def _print_evidence(entry: dict[str, Any]) -> None:
    roles = {
        Role.STANDS: _("stands, confidence {confidence:.2f}", **entry),
        Role.ENDED: _("ended by a later report"),
        Role.STALE: _("stale"),
        Role.OVER: _("over"),
        Role.TO_COME: _("not begun"),
        Role.UNDATED: _("undated, holds on no day"),
    }
    day: Any = iso_day(entry["known_on"])
    if entry["known_assumed"]:
        day = _("known {day}, assumed", day=day)
    who = ", ".join(part for part in (entry["stated_by"], entry["publisher"]) if part)
    line = _(
        "{id} {kind} [{code}] {role} – {who}, {day}: {summary}",
        id=entry["assertion_id"],
        kind=words.word(words.ASSERTIONS, entry["kind"]),
        code=entry["reliability"],
        role=roles[Role(entry["role"])],
        who=who,
        day=day,
        summary=entry["summary"],
    )
    typer.echo("  " + line)


def changes(
    *,
    first: _First,
    last: _Last,
    known: _Known = None,
    knowledge: _Knowledge = False,
    on: _On = None,
    as_json: _Json = False,
) -> None:
    """Say what changed between two days."""
    with failing():
        days = _days(**{"from": first, "to": last, "known": known, "on": on})
        _check(days, known=known, on=on, knowledge=knowledge)
        evidence, land = _evidence()
        pairs = [
            (days["on"], days[side]) if knowledge else (days[side], days["known"])
            for side in ("from", "to")
        ]
        before, after = (evidence.status(*pair) for pair in pairs)
    found = changes_between(before, after, land)
    if as_json:
        whole = {
            "from": str(days["from"]),
            "to": str(days["to"]),
            **({"on": str(days["on"])} if knowledge else {"known_on": str(days["known"])}),
            "changes": _changes_for_programs(found, land),
            "attribution": list(land.credits),
        }
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    if found.empty:
        typer.echo(_("No stretch differs."))
    rows: Any = found.itertuples()
    for row in rows:
        typer.echo(str(row.sentence))
        ids = [f"+{i}" for i in row.new_ids] + [f"−{i}" for i in row.gone_ids]
        if ids:
            typer.echo("    " + ", ".join(ids))


def _check(days: dict[str, dt.date], *, known: str | None, on: str | None, knowledge: bool) -> None:
    if days["from"] > days["to"]:
        text = message("--from is later than --to. Exchange them.")
        raise InputError([Fault(None, "from", text)])
    if knowledge and known is not None:
        text = message("--known has no meaning with --knowledge: --from and --to say it.")
        raise InputError([Fault(None, "known", text)])
    if on is not None and not knowledge:
        text = message("--on is for --knowledge; otherwise --from and --to are the days.")
        raise InputError([Fault(None, "on", text)])


def _changes_for_programs(found: pd.DataFrame, land: Atlas) -> list[dict[str, Any]]:
    listed = []
    rows: Any = found.to_dict("records")
    for row in rows:
        entry = {name: list(v) if isinstance(v, tuple) else v for name, v in row.items()}
        entry["road"] = named(land.axes[row["axis_id"]])
        entry["span"] = span(row["measure_from_m"], row["measure_to_m"])
        entry["sentence"] = str(row["sentence"])
        listed.append(entry)
    return listed
