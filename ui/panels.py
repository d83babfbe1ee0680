"""The file beside the map: what a picked incident, road, region or heap of marks has to tell.

Everything from a report is escaped here, whatever it contains.
"""

from __future__ import annotations

import streamlit as st

from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.picking import Pick, PickKind
from maps.payload import View
from ui import correcting, incidentfile, markup, roadfile, state
from ui.markup import escape


def unknown(pick: str) -> None:
    """Say that what the address picks is not there."""
    kind, _separator, own = pick.partition(":")
    if kind == PickKind.INCIDENT and correcting.withdrawn(own):
        close()
        return
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
        incidentfile.draw(snapshot, incident_id, toll)
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
