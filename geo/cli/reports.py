"""``python -m geo reports``: the library of reports and what of them waits for a decision."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from geo import atlas as atlases
from geo.cli.days import read_days
from geo.cli.output import FAILURE, failing
from geo.i18n import gettext as _
from geo.records import InputError
from geo.review.library import Library
from geo.review.plain import item_as_plain, source_as_plain
from geo.review.records import Dossier, Standing, State
from geo.review.searching import Query, related, search
from geo.store import Ledger

reports_app = typer.Typer(
    help=_("The library of reports, and what of them waits for a decision."), no_args_is_help=True
)

_Words = Annotated[str, typer.Option("--words", help=_("Words that it holds, accents aside."))]
_Place = Annotated[str, typer.Option("--place", help=_("A place, in any of its spellings."))]
_Topic = Annotated[str, typer.Option("--topic", help=_("A topic or a country."))]
_Publisher = Annotated[str, typer.Option("--publisher", help=_("Who published it."))]
_Waiting = Annotated[bool, typer.Option("--waiting", help=_("Only those with drafts that wait."))]
_From = Annotated[str | None, typer.Option("--from", help=_("First day: published, or happened."))]
_To = Annotated[str | None, typer.Option("--to", help=_("Last day of that."))]
_Json = Annotated[bool, typer.Option("--json", help=_("Print JSON for a program."))]
_Id = Annotated[int, typer.Argument(help=_("Number of the report, as listed."))]


@reports_app.command("list", help=_("List the reports, newest first."))
def list_(
    *,
    words: _Words = "",
    place: _Place = "",
    topic: _Topic = "",
    publisher: _Publisher = "",
    first: _From = None,
    last: _To = None,
    waiting: _Waiting = False,
    as_json: _Json = False,
) -> None:
    """List the reports that fit."""
    with failing():
        given, faults = read_days({"from": first, "to": last})
        if faults:
            raise InputError(faults)
    query = Query(
        words, place, given.get("from"), given.get("to"), topic, publisher, waiting=waiting
    )
    with failing(), Ledger.open() as ledger:
        found = search(Library(ledger).dossiers(), query, atlases.load())
    if as_json:
        shown = [{**_plain(hit.dossier), "excerpt": hit.excerpt} for hit in found]
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for hit in found:
        typer.echo(_line(hit.dossier))
        if hit.excerpt:
            typer.echo(f"      {hit.excerpt}")
    if not found:
        typer.echo(_("No report fits."))


@reports_app.command(
    "show", help=_("Show what was drafted from a report and what became of it, without its text.")
)
def show(report_id: _Id, as_json: _Json = False) -> None:
    """Show one report."""
    with failing(), Ledger.open() as ledger:
        dossiers = Library(ledger).dossiers()
    one = next((each for each in dossiers if each.report_id == report_id), None)
    if one is None:
        typer.echo(_("There is no report {number}.", number=report_id), err=True)
        raise typer.Exit(FAILURE)
    near = related(one, dossiers)
    if as_json:
        drafts = [
            {**item_as_plain(each.item), "state": each.state, "entity_id": each.entity_id,
             "reason": each.reason, "by": each.by}
            for each in one.standings
        ]  # fmt: skip
        others = [{"report_id": each.dossier.report_id, "points": each.points} for each in near]
        shown = {**_plain(one), "drafts": drafts, "related": others}
        typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    typer.echo(_line(one))
    for each in one.standings:
        typer.echo(f"  {each.item.key:5} {state_word(each)}  {each.item.cells.get('summary', '')}")
    for remark in one.reading.warnings:
        typer.echo(f"  ! {remark.message}")
    for each_related in near:
        reasons = "; ".join(map(str, each_related.reasons))
        typer.echo(f"  → {_line(each_related.dossier)} ({reasons})")


def state_word(one: Standing) -> str:
    """Return what became of a draft."""
    if one.state is State.WAITING:
        return _("waits")
    if one.state is State.REJECTED:
        return _("rejected: {reason}", reason=one.reason)
    if one.state is State.MERGED:
        return _("merged into {id}", id=one.entity_id)
    return _("accepted as {id}", id=one.entity_id)


def _line(one: Dossier) -> str:
    source = one.source
    title = source.title or one.name or _("Without title")
    parts = [str(one.report_id), source.published, source.publisher, title]
    if one.waiting:
        parts.append(_("{n} waiting", n=len(one.waiting)))
    return "  ".join(part for part in parts if part)


def _plain(one: Dossier) -> dict[str, Any]:
    return {
        "report_id": one.report_id, "name": one.name, **source_as_plain(one.source),
        "added_by": one.added_by, "added_at": one.added_at.isoformat(),
        "waiting": len(one.waiting),
    }  # fmt: skip
