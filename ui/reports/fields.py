"""Fields in which a draft is corrected; what is typed there is a draft again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from geo import words
from geo.columns import (
    ASSERTIONS,
    CLAIM_FIELDS,
    CLAIMANTS,
    CLAIMS,
    FIGURES,
    INCIDENTS,
    LETTERS,
    LINKS,
    STAGES,
    UNIT_GROUPS,
    Column,
    Kind,
)
from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.review.checking import stated_on
from geo.review.records import DraftItem, DraftKind, Stated
from ui import cache
from ui.labels import label

_ROWS: dict[DraftKind, tuple[tuple[str, ...], ...]] = {
    DraftKind.INCIDENT: (
        ("date_start", "date_end", "date_precision"),
        ("country", "admin1", "place"),
        ("location_text",),
        ("route_from", "route_to", "geo_precision"),
        ("km_from", "km_from_place", "category"),
        ("target", "ied", "perpetrator_attribution"),
        ("perpetrator",),
        ("summary",),
        ("note",),
    ),
    DraftKind.ASSERTION: (
        ("kind", "country", "road"),
        ("axis_from", "axis_to"),
        ("actor", "affected", "amount_text"),
        ("valid_from", "valid_to", "date_precision"),
        ("stated_by", "reliability", "credibility"),
        ("summary",),
    ),
    DraftKind.LINK: (("from_incident_id",), ("kind",), ("to_incident_id",), ("note",)),
}
_COLUMNS: dict[DraftKind, tuple[Column, ...]] = {
    DraftKind.INCIDENT: INCIDENTS, DraftKind.ASSERTION: ASSERTIONS, DraftKind.LINK: LINKS,
}  # fmt: skip
LINKS_SAID: dict[str, Message] = {
    "retaliation": message("was answered by"),
    "follow_up": message("was followed by"),
    "same_campaign": message("same campaign as"),
    "possible_duplicate": message("perhaps the same as"),
}
_TRUTHS: dict[str, Message] = {"true": message("Yes"), "false": message("No")}
_UNSAID = message("Nobody says")
_WORDS: dict[str, Mapping[str, Message]] = {
    "date_precision": words.DATE_PRECISIONS,
    "country": words.COUNTRIES,
    "geo_precision": words.PRECISIONS,
    "category": words.CATEGORIES,
    "target": words.TARGETS,
    "perpetrator_attribution": words.ATTRIBUTIONS,
    "ied": _TRUTHS,
}
#: Columns of the claims, in pixels: who states which number is seen without pushing the table.
_CLAIM = {
    "field": 136, "stated_by": 136, "low": 84, "best": 92, "high": 82, "unit_group": 120,
    "stated_on": 110, "stage": 112, "quote": 280, "reliability": 120, "credibility": 120,
}  # fmt: skip
_ENDS = ("from_incident_id", "to_incident_id")


def publisher(value: str, key: str, where: Any, *, disabled: bool = False) -> str:
    """Ask who published a report: one who is known already, or another."""
    known = cache.publishers()
    options = [*dict.fromkeys([value, *known] if value else known)]
    answer = where.selectbox(
        label("publisher"),
        options=options,
        index=options.index(value) if value else None,
        accept_new_options=True,
        placeholder=_("Choose one, or type another"),
        key=key,
        disabled=disabled,
    )
    return str(answer or "").strip()[:600]


def _choices(kind: DraftKind, name: str) -> tuple[Sequence[str], Mapping[str, Message]]:
    """Return the words that a column takes and what they are called; none when it is free."""
    column = next(one for one in _COLUMNS[kind] if one.name == name)
    if column.kind is Kind.COUNTRY:
        return tuple(words.COUNTRIES), words.COUNTRIES
    if column.kind is Kind.TRUTH:
        return tuple(_TRUTHS), _TRUTHS
    if name == "kind":
        return column.allowed, words.ASSERTIONS if kind is DraftKind.ASSERTION else LINKS_SAID
    return column.allowed, _WORDS.get(name, {})


def edit(item: DraftItem, form: str, incidents: Mapping[str, str], *, disabled: bool) -> DraftItem:
    """Draw the fields of a draft; return it as they stand.

    Parameters
    ----------
    item
        What the fields hold at first.
    form
        Names them; another name begins anew.
    incidents
        Drafted incidents by key, for the ends of a link.
    disabled
        Whether they only show.
    """
    cells = record(item, form, incidents, disabled=disabled)
    claims = item.claims
    if item.kind is DraftKind.INCIDENT:
        claims = _claims(item, form, disabled=disabled)
    return replace(item, cells=cells, claims=claims)


def record(
    item: DraftItem, form: str, incidents: Mapping[str, str], *, disabled: bool = False
) -> dict[str, str]:
    """Draw the fields of a record without its claims; return its cells as they stand."""
    cells = dict(item.cells)
    for names in _ROWS[item.kind]:
        for name, column in zip(names, st.columns(len(names)), strict=True):
            key = f"{form}_{name}"
            if name in _ENDS:
                cells[name] = _end(item, name, column, key, incidents, disabled=disabled)
            else:
                cells[name] = _field(item, name, column, key, disabled=disabled)
    return {name: cell for name, cell in cells.items() if cell or name in item.cells}


def _end(
    item: DraftItem,
    name: str,
    column: Any,
    key: str,
    incidents: Mapping[str, str],
    *,
    disabled: bool,
) -> str:
    """Ask for an end of a link: a drafted incident, or one of the ledger by its id."""
    value = item.cells.get(name, "")
    options = list(dict.fromkeys([*incidents, *([value] if value else [])]))
    choice = column.selectbox(
        label(name),
        options=options,
        index=options.index(value) if value else None,
        format_func=lambda one: incidents.get(one, one),
        accept_new_options=True,
        placeholder=_("Choose one, or type the id of an incident"),
        key=key,
        disabled=disabled,
    )
    return str(choice or "").strip()


def _field(item: DraftItem, name: str, column: Any, key: str, *, disabled: bool) -> str:
    value = item.cells.get(name, "")
    options, shown = _choices(item.kind, name)
    if not options:
        return str(
            column.text_input(label(name), value=value, key=key, max_chars=1000, disabled=disabled)
        )
    extra = [] if value in ("", *options) else [value]
    empty = str(_UNSAID) if shown is _TRUTHS else "–"
    choice = column.selectbox(
        label(name),
        options=["", *options, *extra],
        index=["", *options, *extra].index(value),
        format_func=lambda code: words.word(dict(shown), code) if code else empty,
        key=key,
        disabled=disabled,
    )
    return str(choice or "")


def _cell(claim: Stated, name: str) -> str:
    return stated_on(claim.cells) if name == "stated_on" else claim.cells.get(name, "")


def _claims(item: DraftItem, form: str, *, disabled: bool) -> tuple[Stated, ...]:
    """Draw the claims as a table; a row of it is a claim, also one that is added."""
    st.caption(_("Claims: who states which number. Each stays as it was stated."))
    names = list(_CLAIM)
    frame = pd.DataFrame(
        [[_cell(claim, name) for name in names] for claim in item.claims], columns=names
    ).astype("str")
    known = {column.name: column for column in CLAIMS}
    codes: dict[str, tuple[Sequence[str], Mapping[str, Message]]] = {
        "field": (CLAIM_FIELDS, words.FIELDS),
        "unit_group": (UNIT_GROUPS, words.GROUPS),
        "stated_by": (CLAIMANTS, words.SPEAKERS),
        "stage": (STAGES, words.STAGES),
        "reliability": (LETTERS, {}),
        "credibility": (FIGURES, {}),
    }
    config: dict[str, Any] = {}
    for name in names:
        if name in codes:
            options, shown = codes[name]
            config[name] = st.column_config.SelectboxColumn(
                label(name),
                options=[*options] if known[name].required else ["", *options],
                format_func=lambda code, table=shown: words.word(dict(table), code),
                width=_CLAIM[name],
            )
        else:
            config[name] = st.column_config.TextColumn(label(name), width=_CLAIM[name])
    answer = st.data_editor(
        frame,
        key=f"{form}_claims",
        num_rows="fixed" if disabled else "dynamic",
        hide_index=True,
        disabled=disabled,
        column_config=config,
    )
    made = []
    for at, row in answer.iterrows():
        cells = {name: "" if pd.isna(row[name]) else str(row[name]).strip() for name in names}
        if not any(cells.values()):
            continue
        here = isinstance(at, int) and at < len(item.claims)
        old = item.claims[int(at)] if here else Stated({})
        kept = {name: cell for name, cell in cells.items() if cell or name in old.cells}
        made.append(replace(old, cells=kept))
    return tuple(made)
