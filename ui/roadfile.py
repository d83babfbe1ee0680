"""The file of a stretch of road: what stands, how sure, on whose word, and what happened there."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

import pandas as pd

from geo import words
from geo.i18n import gettext as _
from geo.i18n import message
from geo.picking import Pick
from geo.roads.course import Drawn
from geo.roads.referencing import drawn_between
from geo.roads.wording import describe, joined, named, span
from geo.snapshot import Snapshot
from ui import markup
from ui.markup import escape


def _assertion(row: Any) -> str:
    since = _("undated") if pd.isna(row.valid_from) else _("from {day}", day=row.valid_from)
    until = "" if pd.isna(row.valid_to) else _("to {day}", day=row.valid_to)
    kind = words.word(words.ASSERTIONS, row.kind)
    head = " · ".join(filter(None, [kind, words.actors(row.actor)]))
    about = " · ".join(
        filter(
            None, [f"{row.axis_from}–{row.axis_to}", words.concerned(row.affected), row.amount_text]
        )
    )
    return (
        f'<li><span class="said">{escape(head)}</span> {escape(since)} {escape(until)}<br>'
        f"{escape(about)}<br>{markup.foreign(row.summary)}<br>"
        f'<span class="meta">{escape(row.stated_by)} · {markup.source(row)} · '
        f"{escape(row.assertion_id)}</span></li>"
    )


def _lines(row: Any) -> tuple[tuple[str, str], ...]:
    """Return what stands on a segment, line by line with its style: the reader's status."""
    status = str(describe(row))
    lines = [(status[:1].upper() + status[1:] + ".", "")]
    if row.passage_since is not None:
        lines.append((_("Since {day}.", day=row.passage_since), ""))
    if row.reopened_for:
        whom = words.listed([words.word(words.CONCERNED, one) for one in row.reopened_for])
        lines.append((_("Reported reopened for {whom}.", whom=whom), ""))
    if row.contested:
        lines.append((_("Sources contradict each other."), "doubt"))
    if row.stale:
        lines.append((_("What was known is too old to count."), "doubt"))
    if row.assumed:
        lines.append((_("A date it rests on is assumed."), "doubt"))
    return tuple(lines)


def _sureness(rows: list[Any]) -> str:
    """Return how sure each part of a status is and when it was last said."""
    parts = []
    for name, label in (
        ("control", _("control")),
        ("tax", _("tax")),
        ("passage", _("passage")),
        ("agreement", _("agreement")),
    ):
        sure = [getattr(row, f"{name}_confidence") for row in rows]
        said = [day for row in rows if (day := getattr(row, f"{name}_confirmed")) is not None]
        if max(sure) > 0 and said:
            parts.append(
                message(
                    "{what} {sure:.0%}, last said {day}",
                    what=label,
                    sure=max(sure),
                    day=max(said),
                )
            )
    return _("Confidence: {parts}", parts=joined(parts)) if parts else ""


def _evidence(snapshot: Snapshot, ids: Iterable[str]) -> str:
    wanted = list(dict.fromkeys(ids))
    lines = snapshot.assertions.set_index("assertion_id", drop=False)
    lines = lines.loc[wanted].sort_values("known_on", ascending=False)
    return f"<ul>{''.join(_assertion(row) for row in lines.itertuples())}</ul>"


def draw(snapshot: Snapshot, status: pd.DataFrame, pick: Pick) -> None:
    """Draw the file of a stretch of road."""
    axis = snapshot.atlas.axes[str(pick.axis_id)]
    start_m, end_m = float(pick.from_m or 0), float(pick.to_m or 0)
    rows = status[
        (status["axis_id"] == pick.axis_id)
        & (status["measure_from_m"] < end_m)
        & (status["measure_to_m"] > start_m)
    ]
    parts = [f"<h3>{escape(named(axis))}</h3>", markup.p(span(start_m, end_m), "meta")]
    rests_on = {part for _start, _end, part in drawn_between(axis, start_m, end_m)}
    if Drawn.SCHEMATIC in rests_on:
        schematic = _("Schematic: drawn straight from place to place.")
        parts.append(markup.p(schematic, "meta"))
    # Neighbours may differ in their evidence alone; a reader wants them as one stretch.
    for alike, group in groupby(rows.itertuples(), key=_lines):
        stretch = list(group)
        parts.append(markup.h4(span(stretch[0].measure_from_m, stretch[-1].measure_to_m)))
        parts += [markup.p(text, style) for text, style in alike]
        parts.append(markup.p(_sureness(stretch), "meta"))
    standing = [i for row in rows.itertuples() for i in row.assertion_ids]
    parts.append(markup.h4(_("Evidence that stands")))
    if standing:
        parts.append(_evidence(snapshot, standing))
    else:
        nothing = _("No live report about this stretch. That means unknown, not open.")
        parts.append(markup.p(nothing, "empty"))
    last = [row.last_evidence for row in rows.itertuples() if row.stale and row.last_evidence]
    if last:
        parts += [markup.h4(_("Last evidence, too old to count")), _evidence(snapshot, last)]
    parts.append(markup.h4(_("Incidents of the period on this stretch")))
    if pick.incident_ids.empty:
        parts.append(markup.p(_("None reported. That is not the same as none."), "empty"))
    markup.show(*parts)
    markup.incidents(snapshot, pick.incident_ids)
