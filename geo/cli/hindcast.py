"""``python -m geo hindcast``: how well the risk model would have foretold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo import atlas as atlases
from geo import snapshot
from geo.cli.days import read_days
from geo.cli.output import failing
from geo.cli.progress import showing_progress
from geo.cli.records import records
from geo.i18n import gettext as _
from geo.i18n import message
from geo.records import InputError
from geo.risk import choice
from geo.risk.hindcast.telling import markdown, put_between, sentences
from geo.risk.policy import load_risk_policy

_First = Annotated[
    str | None,
    typer.Option(
        "--from", help=_("First day asked; a year after the first incident if not given.")
    ),
]
_Last = Annotated[
    str | None, typer.Option("--to", help=_("Last day scored; the last incident's if not given."))
]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]
_Out = Annotated[Path | None, typer.Option("--out", help=_("Write the JSON to this file too."))]
_Table = Annotated[
    Path | None,
    typer.Option("--table", help=_("Put the tables into this page, between its markers.")),
]
_Use = Annotated[
    bool, typer.Option("--use", help=_("Use the model that came out best on this machine."))
]


def register(app: typer.Typer) -> None:
    """Add the command to the root application."""
    app.command(
        help=_("Fit the risk model to what was known, score it on what came, beside baselines."),
        epilog=_("Example: python -m geo hindcast --from 2018-01-01 --to 2024-12-31"),
    )(hindcast)


def hindcast(
    *,
    first: _First = None,
    last: _Last = None,
    as_json: _Json = False,
    out: _Out = None,
    table: _Table = None,
    use: _Use = False,
) -> None:
    """Run the hindcast of the ledger."""
    # Late: it brings the compiler of loops, which no other command needs.
    from geo.risk.hindcast.running import run  # noqa: PLC0415

    with failing():
        days, faults = read_days({"from": first, "to": last})
        if faults:
            raise InputError(faults)
        with showing_progress() as tell:
            tell(message("Reading the ledger"), 0, None)
            frames, land = records(), atlases.load()
            placements = snapshot.place_ledger(frames, land)
            policy = load_risk_policy()
            found = run(
                frames, placements, land, policy, tell, first=days.get("from"), last=days.get("to")
            )
        if out is not None:
            out.write_text(found.to_json(), encoding="utf-8")
        if table is not None:
            put_between(table, markdown(found))
        if use:
            choice.use(found)
    if as_json:
        typer.echo(found.to_json().rstrip())
    else:
        typer.echo("\n".join(map(str, sentences(found, policy.model))))
        typer.echo("\n" + markdown(found))
