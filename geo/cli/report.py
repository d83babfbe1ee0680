"""``python -m geo report``: what a situation report tells, as drafts for a person to review."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from geo import atlas as atlases
from geo.cli.output import FAILURE, failing
from geo.columns import iso_day
from geo.exchange.drafts import report_as_plain
from geo.i18n import gettext as _
from geo.reports.documents.opening import open_document
from geo.reports.language import unread
from geo.reports.reading import read_report
from geo.reports.telling import told

_File = Annotated[
    Path,
    typer.Argument(help=_("The report: .txt, .md, .html, .docx, .pdf or .eml, English or French.")),
]
_Published = Annotated[
    str | None,
    typer.Option(
        "--published", help=_("Day of publication, as 2025-02-12; the text's own if left out.")
    ),
]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]
_Text = Annotated[
    Path | None,
    typer.Option("--text", help=_("Write the text that the positions count in to this file.")),
]


def register(app: typer.Typer) -> None:
    """Add the command to the root application."""
    app.command(
        "report",
        help=_("Read a report: incidents, statements about roads, and the words each rests on."),
        epilog=_("Example: python -m geo report story.txt --published 2025-02-12 --json"),
    )(report_command)


def report_command(
    file: _File, published: _Published = None, as_json: _Json = False, text: _Text = None
) -> None:
    """Read a report."""
    day = _day(published)
    with failing():
        atlas = atlases.load()
        document = open_document(file)
        report = read_report(document.text, atlas, day or document.published, document.title)
        if text is not None:
            text.write_text(report.text, encoding="utf-8", newline="")
    if as_json:
        typer.echo(json.dumps(report_as_plain(report), ensure_ascii=False, indent=2))
    else:
        if text_unread := unread(report.text):
            typer.echo(f"{text_unread}\n")
        typer.echo("\n".join(told(report)))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    day = iso_day(text)
    if day is None:
        typer.echo(
            _("--published {day}: write year, month and day as 2025-02-12", day=text),
            err=True,
        )
        raise typer.Exit(FAILURE)
    return day
