"""The file beside the map: what a picked incident, road, region or heap of marks has to tell.

Everything from a report is escaped here, whatever it contains.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from geo import words
from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.picking import Pick, PickKind
from geo.records import Category
from geo.selection import families
from geo.snapshot import Snapshot
from geo.summary import claims_of, links_of
from maps.palette import CATEGORY_SYMBOLS, PLACEMENT_LABELS
from maps.payload import View
from ui import correcting, markup, roadfile, state
from ui.markup import escape


def _claims(claims: pd.DataFrame) -> str:
    if claims.empty:
        return markup.p(_("No claim was recorded."), "empty")
    blocks = []
    for field, group in claims.groupby("field", sort=False):
        items = [
            f'<li><span class="said">'
            f"{escape(words.figure(row.low, row.best, row.high))}</span> "
            f"{escape(words.word(words.GROUPS, row.unit_group))}<br>"
            f'<span class="meta">{escape(words.word(words.SPEAKERS, row.stated_by))} · '
            f"{markup.source(row)}</span>{markup.graded(row)}</li>"
            for row in group.itertuples()
        ]
        title = markup.h4(words.word(words.FIELDS, field))
        blocks.append(f"{title}<ul>{''.join(items)}</ul>")
    return "".join(blocks)


def _who(row: Any) -> str:
    names = ", ".join(words.perpetrator(name) for name in families(row.perpetrator))
    how = words.word(words.ATTRIBUTIONS, row.perpetrator_attribution)
    return f"{names} ({how})" if row.perpetrator and how != "unknown" else names


def _incident_html(snapshot: Snapshot, incident_id: str, toll: Any) -> str:
    row = snapshot.incidents.loc[incident_id]
    where = snapshot.placements.loc[incident_id]
    title = words.where(row)
    category = str(CATEGORY_SYMBOLS[Category(row["category"])].label)
    tags = [category, words.word(words.COUNTRIES, row["country"]), row["admin1"]]
    if row["ied"]:
        tags.append(_("explosive device"))
    if row["target"]:
        tags.append(_("target: {what}", what=words.word(words.TARGETS, row["target"])))
    killed = words.span(toll.killed_low, toll.killed_high, open_=bool(toll.killed_open))
    parts = [
        f"<h3>{escape(title)}</h3>",
        markup.p(words.when(row), "meta"),
        "".join(markup.tag(tag) for tag in tags if tag),
        markup.p(row["summary"]),
        markup.p(_("Killed, over all claims: {span}", span=killed)),
        markup.p(_("By: {who}", who=_who(row))),
        markup.h4(_("Where, and why there")),
        markup.p(_("Sources say: {text}", text=row["location_text"]))
        if row["location_text"]
        else "",
    ]
    if where["unresolved_reason"] is not None and pd.isna(where["lon"]):
        parts.append(markup.p(_("Not on the map: {why}", why=where["unresolved_reason"]), "doubt"))
    else:
        kind = str(PLACEMENT_LABELS[where["kind"]])
        spread = _(
            "Placed {kind}; it may lie up to {km:.3g} km from the mark.",
            kind=kind,
            km=max(where["spread_m"] / 1000, 0.1),
        )
        parts += [markup.p(str(where["explanation"])), markup.p(spread, "meta")]
        if where["fuzzy"]:
            parts.append(
                markup.p(_("A name was matched by resemblance only: please check."), "doubt")
            )
    if row["note"]:
        parts.append(markup.p(_("Doubts: {note}", note=row["note"]), "meta"))
    parts.append(_claims(claims_of(snapshot, incident_id)))
    return "".join(parts)


def _reports(snapshot: Snapshot, incident_id: str) -> None:
    """Offer the reports of the library that an incident's claims were read in."""
    for number in sorted(filter(None, claims_of(snapshot, incident_id)["report_id"].unique())):
        if number.isdecimal() and st.button(
            _("Report {n} in the library", n=number),
            key=f"report_{number}",
            icon=":material/inbox:",
            type="tertiary",
        ):
            state.set_value("report", int(number))
            st.switch_page("../pages/reports.py")


def _links(snapshot: Snapshot, incident_id: str) -> None:
    links = links_of(snapshot, incident_id)
    if links.empty:
        return
    markup.show(markup.h4(_("Linked incidents")))
    for number, row in enumerate(links.itertuples()):
        other = snapshot.incidents.loc[row.other_id]
        kind = words.link(row.kind, earlier=row.earlier)
        label = f"{kind} {words.when(other)} · {markup.plain(words.where(other))}"
        st.button(
            label,
            key=f"link_{number}_{row.other_id}",
            on_click=state.set_value,
            args=("pick", f"incident:{row.other_id}"),
            type="tertiary",
        )
        said = " · ".join(filter(None, [row.stated_by, row.note]))
        markup.show(markup.p(said, "meta"))


def unknown(pick: str) -> None:
    """Say that what the address picks is not there."""
    text = _(
        "“{pick}” is not known on these days: not in the ledger, or not yet reported.",
        pick=pick[:80],
    )
    markup.show(markup.p(text, "doubt"))
    close()


def close() -> None:
    """Offer to close the file."""
    st.button(
        _("Close"),
        on_click=state.set_value,
        args=("pick", None),
        icon=":material/close:",
        type="tertiary",
    )


def draw(view: View, pick: Pick | None) -> None:
    """Draw the file of a pick, or say how to get one."""
    snapshot = view.snapshot
    if pick is None:
        hint = _(
            "Click an incident or a road, or a region while “Incidents per region” is shown: what "
            "was reported, by whom, and when."
        )
        markup.show(markup.p(hint, "empty"))
        if view.ids.empty:
            markup.show(markup.p(_("No reported incident passes the filters."), "doubt"))
        return
    close()
    if pick.kind == PickKind.INCIDENT:
        incident_id = pick.incident_ids[0]
        toll = view.tolls.reindex([incident_id]).fillna({"killed_open": False}).iloc[0]
        if incident_id not in view.ids:
            markup.show(markup.p(_("The filters leave this incident out of the map."), "doubt"))
        correcting.told()
        markup.show(_incident_html(snapshot, incident_id, toll))
        _reports(snapshot, incident_id)
        _links(snapshot, incident_id)
        correcting.offer(incident_id)
    elif pick.kind == PickKind.ROAD:
        roadfile.draw(snapshot, view.status, pick)
    else:
        count = len(pick.incident_ids)
        title = ngettext("{n} incident here", "{n} incidents here", count, n=count)
        if pick.region_id:
            name = snapshot.atlas.regions.loc[pick.region_id, "name"]
            title = f"{name} · {title}"
        markup.show(f"<h3>{escape(title)}</h3>")
        markup.incidents(snapshot, pick.incident_ids)
