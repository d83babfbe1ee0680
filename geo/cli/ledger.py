"""``python -m geo ledger``: take folders in, say what is there, write it out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer
from rich.console import Console
from rich.progress import Progress

from geo.cli.output import FAILURE, failing
from geo.columns import iso_day
from geo.exchange.csvfile import write_table
from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import ASSERTION_COLUMNS, CLAIM_COLUMNS, INCIDENT_COLUMNS, LINK_COLUMNS
from geo.store import Ledger, LedgerFrames, LineKind, import_folder
from geo.store.intake import FILES
from geo.store.ledger import by_kind
from geo.store.lines import COLUMNS, standing
from geo.store.withdrawing import whole

ledger_app = typer.Typer(
    help=_("The ledger of incidents, claims, road assertions and links."), no_args_is_help=True
)

_STARTER = {
    LineKind.INCIDENT: INCIDENT_COLUMNS,
    LineKind.CLAIM: CLAIM_COLUMNS,
    LineKind.ASSERTION: ASSERTION_COLUMNS,
    LineKind.LINK: LINK_COLUMNS,
}

MAX_NAMED = 10

_FolderToRead = Annotated[
    Path,
    typer.Argument(
        help=_("Folder with incidents.csv and, if wanted, claims.csv, road_control.csv, links.csv.")
    ),
]
_FolderToWrite = Annotated[Path, typer.Argument(help=_("Folder to write the four files into."))]
_By = Annotated[str, typer.Option("--by", help=_("Who records the lines."))]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]
_Force = Annotated[bool, typer.Option("--force", help=_("Overwrite files that are there."))]


@ledger_app.command(
    "import",
    help=_(
        "Take a folder in, all of it or nothing. What the ledger knows already adds nothing. "
        "An empty ledger that first takes a folder is not filled with the starter data later."
    ),
    epilog=_("Example: python -m geo ledger import ./reports-2025 --by amina"),
)
def import_(folder: _FolderToRead, by: _By = "ledger import") -> None:
    """Take a starter-shaped folder into the ledger."""
    console = Console(stderr=True)
    progress = Progress(console=console, transient=True, disable=not console.is_terminal)
    with failing(), progress:
        task = progress.add_task(_("Writing"), total=None)
        with Ledger.open() as ledger:
            intake = import_folder(
                ledger,
                folder,
                by,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
    typer.echo(
        ngettext(
            "{count} line appended.",
            "{count} lines appended.",
            len(intake.line_ids),
            count=len(intake.line_ids),
        )
        if intake.line_ids
        else _("Nothing new: the ledger knows all of it already.")
    )
    if intake.outdated:
        text = ngettext(
            "{count} row left out: it says what has been corrected or withdrawn since ({ids}).",
            "{count} rows left out: they say what has been corrected or withdrawn since ({ids}).",
            len(intake.outdated),
        )
        shown = ", ".join(intake.outdated[:MAX_NAMED])
        shown += ", …" if len(intake.outdated) > MAX_NAMED else ""
        typer.echo(text.format(count=len(intake.outdated), ids=shown))


def _facts(ledger: Ledger, frames: LedgerFrames) -> dict[str, Any]:
    counts = {}
    for kind, frame in by_kind(frames).items():
        now = standing(frame)
        counts[kind.value] = {
            "records": len(now),
            "lines": len(frame),
            "known_assumed": int(now["known_assumed"].sum()),
        }
    dates = standing(frames.incidents)["date_start"]
    recorded = [frame["recorded_at"].max() for frame in by_kind(frames).values() if len(frame)]
    return {
        "database": ledger.url,
        "version": frames.version,
        "first_day": None if dates.empty else f"{dates.min():%Y-%m-%d}",
        "last_day": None if dates.empty else f"{dates.max():%Y-%m-%d}",
        "last_recorded_at": max(recorded).isoformat() if recorded else None,
        "kinds": counts,
    }


@ledger_app.command(
    help=_("Say where the ledger is and what it holds."),
    epilog=_("Example: python -m geo ledger info --json"),
)
def info(as_json: _Json = False) -> None:
    """Say what the ledger holds."""
    with failing(), Ledger.open() as ledger:
        facts = _facts(ledger, ledger.frames())
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    names = {
        LineKind.INCIDENT: _("incidents"),
        LineKind.CLAIM: _("claims"),
        LineKind.ASSERTION: _("road assertions"),
        LineKind.LINK: _("links"),
    }
    typer.echo(_("Ledger: {place}", place=facts["database"]))
    typer.echo(_("Version: {version}", version=facts["version"]))
    for kind, name in names.items():
        typer.echo(
            _(
                "{records:,} {name} in {lines:,} lines, known since an assumed day: {assumed:,}",
                records=facts["kinds"][kind.value]["records"],
                name=name,
                lines=facts["kinds"][kind.value]["lines"],
                assumed=facts["kinds"][kind.value]["known_assumed"],
            )
        )
    if facts["first_day"]:
        typer.echo(
            _(
                "Incidents from {first} to {last}",
                first=iso_day(facts["first_day"]),
                last=iso_day(facts["last_day"]),
            )
        )


def _is_written(column: pd.Series, starter: tuple[str, ...]) -> bool:
    """Return whether an export has a column: the starter's always, others when they are used.

    The number of a report means nothing outside of this ledger's library.
    """
    if column.name == "report_id":
        return False
    return column.name in starter or bool((column.notna() & (column != "")).any())


@ledger_app.command(
    help=_("Write what stands in the ledger as four CSV files that import takes back."),
    epilog=_("Example: python -m geo ledger export ./copy"),
)
def export(folder: _FolderToWrite, force: _Force = False) -> None:
    """Write the standing records as starter-shaped files."""
    taken = [name for name, _read in FILES.values() if (folder / name).exists()]
    if taken and not force:
        text = _("{folder} already holds {files}. Choose another folder or add --force.")
        typer.echo(text.format(folder=folder, files=", ".join(taken)), err=True)
        raise typer.Exit(FAILURE)
    with failing(), Ledger.open() as ledger:
        frames = ledger.frames()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, frame in whole(frames).items():
            now = frame.reset_index(drop=True)
            columns = [c.name for c in COLUMNS[kind] if _is_written(now[c.name], _STARTER[kind])]
            (folder / FILES[kind][0]).write_bytes(write_table(now[columns], excel=False))
            typer.echo(_("{file}: {count:,} records", file=FILES[kind][0], count=len(now)))
    except OSError as error:
        text = _("{folder} cannot be written: {reason}.")
        typer.echo(text.format(folder=folder, reason=error.strerror or error), err=True)
        raise typer.Exit(FAILURE) from error
