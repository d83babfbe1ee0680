"""The file of an incident: what is claimed and by whom, then what happened, and where."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo import words
from geo.chronicle import told
from geo.claims import hindsight, killed_without, speaker, standing, superseded
from geo.columns import iso_day
from geo.i18n import gettext as _
from geo.i18n import language
from geo.records import Category
from geo.selection import families
from geo.snapshot import Snapshot
from geo.summary import claims_of, links_of
from maps import chronicle
from maps.palette import CATEGORY_SYMBOLS, PLACEMENT_LABELS
from ui import cache, correcting, drawing, markup, state
from ui import picture as picture_of
from ui.markup import escape

if TYPE_CHECKING:
    from maps.cartography import Chart

#: So many figures make a picture; its width in a column of the screen.
_SEVERAL, _COLUMN_PX = 2, 320.0


def draw(snapshot: Snapshot, incident_id: str, toll: Any) -> None:
    """Draw the file of an incident.

    Parameters
    ----------
    snapshot
        What was known.
    incident_id
        The incident.
    toll
        Its row of `geo.summary.tolls`.
    """
    correcting.told()
    row = snapshot.incidents.loc[incident_id]
    claims = claims_of(snapshot, incident_id)
    markup.show(_head(row, toll, claims), _claims(claims))
    _over_time(snapshot, incident_id)
    place = snapshot.placements.loc[incident_id]
    markup.show(_description(snapshot, row), _place(row, place))
    _reports(claims, snapshot.known_on)
    _links(snapshot, incident_id)
    correcting.offer(incident_id)


def _head(row: Any, toll: Any, claims: pd.DataFrame) -> str:
    category = str(CATEGORY_SYMBOLS[Category(row["category"])].label)
    tags = [words.word(words.COUNTRIES, row["country"]), row["admin1"]]
    tags.append(_device(row["ied"]))
    if row["target"]:
        tags.append(_("target: {what}", what=words.word(words.TARGETS, row["target"])))
    killed = words.span(toll.killed_low, toll.killed_high, open_=bool(toll.killed_open))
    without = killed_without(claims)
    return "".join(
        [
            f"<h3>{escape(f'{category} · {words.where(row)}')}</h3>",
            markup.p(f"{words.when(row)} · {row['incident_id']}", "meta"),
            "".join(markup.tag(tag) for tag in tags if tag),
            markup.p(_("Killed, over all claims: {span}", span=killed), "said"),
            "" if without is None else markup.p(str(without), "meta"),
            markup.p(_("By: {who}", who=_who(row))),
        ]
    )


def _device(told: Any) -> str:
    """Return what is told of an explosive device; silence is not a no."""
    if pd.isna(told):
        return _("explosive device: nobody says")
    return _("explosive device") if told else ""


def _who(row: Any) -> str:
    names = ", ".join(words.perpetrator(name) for name in families(row.perpetrator))
    how = words.word(words.ATTRIBUTIONS, row.perpetrator_attribution)
    return f"{names} ({how})" if row.perpetrator and how != "unknown" else names


def _claims(claims: pd.DataFrame) -> str:
    """Return the claims by what they count; pages that tell the same stand under one another."""
    if claims.empty:
        return markup.p(_("No claim was recorded."), "empty")
    alike: dict[str, dict[tuple[str, str], list[Any]]] = {}
    rows: Any = claims.assign(replaced=superseded(claims)).itertuples()
    for row in rows:
        figure = words.figure(row.low, row.best, row.high)
        parts = [figure, words.word(words.GROUPS, row.unit_group)]
        if note := str(standing(row, replaced=row.replaced)):
            parts.append(f"({note})")
        own = alike.setdefault(row.field, {})
        own.setdefault((" ".join(parts), str(speaker(row))), []).append(row)
    return "".join(
        f"{markup.h4(words.word(words.FIELDS, field))}<ul>"
        + "".join(
            f'<li><span class="said">{escape(what)}</span> · {escape(who)}'
            f"{''.join(map(markup.page, pages))}</li>"
            for (what, who), pages in own.items()
        )
        + "</ul>"
        for field, own in alike.items()
    )


def _over_time(snapshot: Snapshot, incident_id: str) -> None:
    """Draw on which days the claims became known, where there are several."""
    rows = told(snapshot, incident_id)
    if len(rows) < _SEVERAL:
        return
    event = chronicle.event_of(snapshot, incident_id)
    picture = chronicle.svg(rows, event, width_px=_COLUMN_PX)
    digest = hashlib.sha256(picture.encode()).hexdigest()[:16]
    markup.show(markup.h4(_("When it became known")))
    drawing.draw(picture, key="piste_chronicle", digest=digest, picked=None)
    picture_of.offer(
        partial(_on_paper, snapshot, incident_id),
        snapshot,
        title=words.where(snapshot.incidents.loc[incident_id]),
        subtitle=_("What was claimed, and when it became known"),
        key="piste_chronicle",
    )


def _on_paper(snapshot: Snapshot, incident_id: str) -> Chart:
    from maps.cartography import claims_chart  # noqa: PLC0415 - see ui.picture

    return claims_chart(snapshot, incident_id)


def _description(snapshot: Snapshot, row: Any) -> str:
    parts = [
        markup.h4(_("What happened")),
        markup.p(row["summary"], lang="en"),
    ]
    if row["note"]:
        parts.append(markup.p(_("Doubts: {note}", note=row["note"]), "meta", lang="en"))
    if row["incident_id"] in snapshot.told_later:
        parts.append(markup.p(str(hindsight(snapshot.known_on)), "doubt"))
    if language() != "en":
        parts.append(markup.p(_("The words of sources are left in their language."), "meta"))
    return "".join(parts)


def _place(row: Any, where: Any) -> str:
    parts = [markup.h4(_("Where, and why there"))]
    if row["location_text"]:
        parts.append(markup.p(_("Sources say: {text}", text=row["location_text"])))
    if where["unresolved_reason"] is not None and pd.isna(where["lon"]):
        parts.append(markup.p(_("Not on the map: {why}", why=where["unresolved_reason"]), "doubt"))
        return "".join(parts)
    kind = str(PLACEMENT_LABELS[where["kind"]])
    spread = _(
        "Placed {kind}; it may lie up to {km} km from the mark.",
        kind=kind,
        km=words.kilometres(where["spread_m"]),
    )
    parts += [markup.p(str(where["explanation"])), markup.p(spread, "meta")]
    if where["fuzzy"]:
        parts.append(markup.p(_("A name was matched by resemblance only: please check."), "doubt"))
    return "".join(parts)


def _reports(claims: pd.DataFrame, known_on: date) -> None:
    """Offer the reports of the library that claims were read in, those published by the day."""
    held = cache.dossiers()
    for number in sorted({int(one) for one in claims["report_id"].unique() if one.isdecimal()}):
        if number not in held or (iso_day(held[number].source.published) or known_on) > known_on:
            continue
        if st.button(
            _("Report {n} in the library", n=number),
            key=f"report_{number}",
            icon=":material/inbox:",
            type="tertiary",
        ):
            state.set_value("report", number)
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
        markup.show(markup.p(said, "meta", lang="en"))
