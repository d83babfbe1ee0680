"""The file beside the map: what a picked incident, road, region or heap of marks has to tell.

Everything from a report is escaped here, whatever it contains.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.picking import Pick, PickKind
from geo.records import Category
from geo.roads.referencing import chainage
from geo.selection import families
from geo.snapshot import Snapshot
from geo.summary import claims_of, links_of
from maps.palette import CATEGORY_SYMBOLS, PASSAGE_PATTERNS, PLACEMENT_LABELS
from ui import state, words
from ui.words import escape

_LISTED_MAX = 60


def _p(text: str, cls: str = "") -> str:
    return f'<p class="{cls}">{escape(text)}</p>' if text else ""


def _tag(text: str) -> str:
    return f'<span class="tag">{escape(text)}</span>'


def _source(row: Any) -> str:
    """Return who published a statement and when, with its link; an assumed date is marked."""
    parts = [escape(row.publisher)] if row.publisher else []
    known = words.day(row.known_on)
    if row.known_assumed:
        parts.append(
            f'<span class="doubt">{escape(_("undated, taken as known on {day}").format(day=known))}'
            "</span>"
        )
    else:
        parts.append(escape(_("published {day}").format(day=known)))
    if url := words.safe_url(row.url):
        link = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
        parts.append(f"{link}{escape(_('source'))}</a>")
    elif row.url:
        parts.append(escape(row.url))
    return " · ".join(parts)


def _claims(claims: pd.DataFrame) -> str:
    if claims.empty:
        return _p(_("No claim was recorded."), "empty")
    blocks = []
    for field, group in claims.groupby("field", sort=False):
        items = [
            f'<li><span class="said">'
            f"{escape(words.figure(row.low, row.best, row.high))}</span> "
            f"{escape(words.word(words.GROUPS, row.unit_group))}<br>"
            f'<span class="meta">{escape(words.word(words.SPEAKERS, row.stated_by))} · '
            f"{_source(row)}</span></li>"
            for row in group.itertuples()
        ]
        title = escape(words.word(words.FIELDS, field))
        blocks.append(f"<h4>{title}</h4><ul>{''.join(items)}</ul>")
    return "".join(blocks)


def _who(row: Any) -> str:
    names = ", ".join(words.perpetrator(name) for name in families(row.perpetrator))
    how = words.word(words.ATTRIBUTIONS, row.perpetrator_attribution)
    return f"{names} ({how})" if row.perpetrator and how != "unknown" else names


def _incident_html(snapshot: Snapshot, incident_id: str, toll: Any) -> str:
    row = snapshot.incidents.loc[incident_id]
    where = snapshot.placements.loc[incident_id]
    title = row["place"] or f"{row['route_from']}–{row['route_to']}".strip("–") or row["admin1"]
    category = str(CATEGORY_SYMBOLS[Category(row["category"])].label)
    tags = [category, words.word(words.COUNTRIES, row["country"]), row["admin1"]]
    if row["ied"]:
        tags.append(_("explosive device"))
    if row["target"]:
        tags.append(_("target: {what}").format(what=words.word(words.TARGETS, row["target"])))
    killed = words.span(toll.killed_low, toll.killed_high, open_=bool(toll.killed_open))
    parts = [
        f"<h3>{escape(title)}</h3>",
        _p(words.when(row), "meta"),
        "".join(_tag(tag) for tag in tags if tag),
        _p(row["summary"]),
        _p(_("Killed, over all claims: {span}").format(span=killed)),
        _p(_("By: {who}").format(who=_who(row))),
        f"<h4>{escape(_('Where, and why there'))}</h4>",
        _p(_("Sources say: {text}").format(text=row["location_text"]))
        if row["location_text"]
        else "",
    ]
    if where["unresolved_reason"] is not None and pd.isna(where["lon"]):
        parts.append(_p(_("Not on the map: {why}").format(why=where["unresolved_reason"]), "doubt"))
    else:
        kind = str(PLACEMENT_LABELS[where["kind"]])
        spread = _("Placed {kind}; it may lie up to {km} km from the mark.").format(
            kind=kind, km=f"{max(where['spread_m'] / 1000, 0.1):.3g}"
        )
        parts += [_p(str(where["explanation"])), _p(spread, "meta")]
        if where["fuzzy"]:
            parts.append(_p(_("A name was matched by resemblance only: please check."), "doubt"))
    if row["note"]:
        parts.append(_p(_("Doubts: {note}").format(note=row["note"]), "meta"))
    parts.append(_claims(claims_of(snapshot, incident_id)))
    return "".join(parts)


def _links(snapshot: Snapshot, incident_id: str) -> None:
    links = links_of(snapshot, incident_id)
    if links.empty:
        return
    st.html(f'<div class="piste-file"><h4>{escape(_("Linked incidents"))}</h4></div>')
    for number, row in enumerate(links.itertuples()):
        other = snapshot.incidents.loc[row.other_id]
        kind = words.word(words.LINKS, row.kind)
        arrow = _("before") if row.earlier else _("after")
        label = f"{kind} · {arrow} · {words.when(other)} · {_plain(other['place'] or row.other_id)}"
        st.button(
            label,
            key=f"link_{number}_{row.other_id}",
            on_click=state.set_value,
            args=("pick", f"incident:{row.other_id}"),
            type="tertiary",
        )
        said = " · ".join(filter(None, [row.stated_by, row.note]))
        st.html(f'<div class="piste-file">{_p(said, "meta")}</div>')


def _plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it stands."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+!|:$~" else sign for sign in text)


def _list(snapshot: Snapshot, ids: pd.Index) -> None:
    for incident_id in ids[:_LISTED_MAX]:
        row = snapshot.incidents.loc[incident_id]
        category = str(CATEGORY_SYMBOLS[Category(row["category"])].label)
        st.button(
            _plain(f"{words.when(row)} · {category} · {row['place'] or row['admin1']}"),
            key=f"open_{incident_id}",
            on_click=state.set_value,
            args=("pick", f"incident:{incident_id}"),
            type="tertiary",
        )
    if len(ids) > _LISTED_MAX:
        rest = len(ids) - _LISTED_MAX
        st.caption(
            ngettext("… and {n} more: see the table", "… and {n} more: see the table", rest).format(
                n=rest
            )
        )


def _assertion(row: Any) -> str:
    since = (
        _("undated")
        if pd.isna(row.valid_from)
        else _("from {day}").format(day=words.day(row.valid_from))
    )
    until = "" if pd.isna(row.valid_to) else _("to {day}").format(day=words.day(row.valid_to))
    head = " · ".join(filter(None, [words.word(words.ASSERTIONS, row.kind), row.actor]))
    about = " · ".join(
        filter(None, [f"{row.axis_from}–{row.axis_to}", row.affected, row.amount_text])
    )
    return (
        f'<li><span class="said">{escape(head)}</span> {escape(since)} {escape(until)}<br>'
        f"{escape(about)}<br>{escape(row.summary)}<br>"
        f'<span class="meta">{escape(row.stated_by)} · {_source(row)} · {escape(row.assertion_id)}'
        "</span></li>"
    )


def _reading(row: Any) -> tuple[tuple[str, bool], ...]:
    """Return what a segment's status says, line by line, and whether the line is a doubt."""
    passage = str(PASSAGE_PATTERNS[row.passage].label)
    if pd.notna(row.passage_since):
        passage = _("{passage} since {day}").format(
            passage=passage, day=words.day(row.passage_since)
        )
    lines = [(passage, False)]
    if row.affected:
        lines.append((_("Concerns: {whom}").format(whom=", ".join(row.affected)), False))
    if row.controlled_by:
        lines.append((_("Controlled: {who}").format(who=", ".join(row.controlled_by)), False))
    if row.taxed_by:
        lines.append((_("Taxed: {who}").format(who=", ".join(row.taxed_by)), False))
    if row.contested:
        lines.append((_("Sources contradict each other"), True))
    if row.assumed:
        lines.append((_("A date it rests on is assumed"), True))
    return tuple(lines)


def _road(snapshot: Snapshot, status: pd.DataFrame, pick: Pick) -> None:
    axis = snapshot.atlas.axes[str(pick.axis_id)]
    rows = status[
        (status["axis_id"] == pick.axis_id)
        & (status["measure_from_m"] < pick.to_m)
        & (status["measure_to_m"] > pick.from_m)
    ]
    parts = [
        f"<h3>{escape(axis.ref)} {escape(axis.name)}</h3>",
        _p(f"{chainage(float(pick.from_m or 0))} – {chainage(float(pick.to_m or 0))}", "meta"),
    ]
    evidence: dict[str, None] = {}
    # Neighbours may differ in their evidence alone; a reader wants them as one stretch.
    for alike, group in groupby(rows.itertuples(), key=_reading):
        stretch = list(group)
        start, end = stretch[0].measure_from_m, stretch[-1].measure_to_m
        parts.append(f"<h4>{escape(chainage(start))} – {escape(chainage(end))}</h4>")
        parts += [_p(text, "doubt" if doubt else "") for text, doubt in alike]
        evidence |= dict.fromkeys(i for row in stretch for i in row.assertion_ids)
    parts.append(f"<h4>{escape(_('Evidence'))}</h4>")
    if evidence:
        lines = snapshot.assertions.set_index("assertion_id", drop=False).loc[list(evidence)]
        lines = lines.sort_values("known_on", ascending=False)
        parts.append(f"<ul>{''.join(_assertion(row) for row in lines.itertuples())}</ul>")
    else:
        parts.append(
            _p(_("No live report about this stretch. That means unknown, not open."), "empty")
        )
    parts.append(f"<h4>{escape(_('Incidents of the period on this stretch'))}</h4>")
    if pick.incident_ids.empty:
        parts.append(_p(_("None reported. That is not the same as none."), "empty"))
    st.html(f'<div class="piste-file">{"".join(parts)}</div>')
    _list(snapshot, pick.incident_ids)


def draw(snapshot: Snapshot, status: pd.DataFrame, tolls: pd.DataFrame, pick: Pick | None) -> None:
    """Draw the file of a pick, or say how to get one."""
    if pick is None:
        hint = _("Click an incident, a road or a region: what was reported, by whom, and when.")
        st.html(f'<div class="piste-file">{_p(hint, "empty")}</div>')
        return
    st.button(_("Close"), on_click=state.set_value, args=("pick", None), icon=":material/close:",
              type="tertiary")  # fmt: skip
    if pick.kind == PickKind.INCIDENT:
        incident_id = pick.incident_ids[0]
        toll = tolls.reindex([incident_id]).fillna({"killed_open": False}).iloc[0]
        st.html(f'<div class="piste-file">{_incident_html(snapshot, incident_id, toll)}</div>')
        _links(snapshot, incident_id)
    elif pick.kind == PickKind.ROAD:
        _road(snapshot, status, pick)
    else:
        count = len(pick.incident_ids)
        title = ngettext("{n} incident here", "{n} incidents here", count).format(n=count)
        if pick.region_id:
            name = snapshot.atlas.regions.loc[pick.region_id, "name"]
            title = f"{name} · {title}"
        st.html(f'<div class="piste-file"><h3>{escape(title)}</h3></div>')
        _list(snapshot, pick.incident_ids)
