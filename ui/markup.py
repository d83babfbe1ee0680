"""Pieces of the file beside the map, as escaped HTML or as buttons."""

from __future__ import annotations

import base64
import html
import re
from typing import Any

import pandas as pd
import streamlit as st

from geo import words
from geo.claims import published, rating
from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.records import Category
from geo.snapshot import Snapshot
from maps.palette import CATEGORY_SYMBOLS
from ui import state

_LISTED_MAX = 60
_SAFE_URL = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


def escape(value: Any) -> str:
    """Return outside text so that HTML shows it and runs none of it."""
    return html.escape("" if value is None else str(value), quote=True)


def safe_url(value: Any) -> str | None:
    """Return a web address that may become a link, ``None`` for anything else."""
    text = str(value).strip()
    return text if _SAFE_URL.fullmatch(text) else None


def p(text: str, cls: str = "", lang: str = "") -> str:
    """Return a paragraph, nothing for an empty text; ``lang`` where it is not the reader's."""
    own = f' lang="{lang}"' if lang else ""
    return f'<p class="{cls}"{own}>{escape(text)}</p>' if text else ""


def foreign(text: str) -> str:
    """Return words of the data within a line, marked as the English that they are."""
    return f'<span lang="en">{escape(text)}</span>'


def picture(png: bytes, alt: str, caption: str = "") -> str:
    """Return a picture with its text alternative, which `streamlit.image` cannot give it."""
    data = base64.b64encode(png).decode()
    told = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    return (
        f'<figure class="piste-picture"><img src="data:image/png;base64,{data}" '
        f'alt="{escape(alt)}">{told}</figure>'
    )


def h4(text: str) -> str:
    """Return a heading."""
    return f"<h4>{escape(text)}</h4>"


def tag(text: str) -> str:
    """Return a small label."""
    return f'<span class="tag">{escape(text)}</span>'


def source(row: Any) -> str:
    """Return who published a statement and when, with its link and how an analyst rates it.

    A day that is assumed is marked.  A page that dates what somebody else said tells it: its own
    day is the publisher's.
    """
    told = getattr(row, "stated_on", "")
    parts = [escape(_("in {publisher}", publisher=row.publisher) if told else row.publisher)]
    if row.known_assumed:
        assumed = _("undated, taken as known on {day}", day=row.known_on)
        parts.append(f'<span class="doubt">{escape(assumed)}</span>')
    else:
        parts.append(escape(_("published {day}", day=published(row))))
    if url := safe_url(row.url):
        link = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
        parts.append(f"{link}{escape(_('source'))}</a>")
    else:
        parts.append(escape(row.url or _("no link kept")))
    if code := rating(row):
        parts.append(escape(_("rated {code}", code=code)))
    return " · ".join(filter(None, parts))


def page(row: Any) -> str:
    """Return a page on which a statement was read, with the words that it rests on."""
    quote = f"<br><q>{escape(row.quote)}</q>" if row.quote else ""
    return f'<div class="meta">{source(row)}{quote}</div>'


def plain(text: str) -> str:
    """Return text that Streamlit's Markdown shows as it stands."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()<>#+!|:$~" else sign for sign in text)


def incidents(snapshot: Snapshot, ids: pd.Index) -> None:
    """List incidents as buttons that open their files."""
    for incident_id in ids[:_LISTED_MAX]:
        row = snapshot.incidents.loc[incident_id]
        category = str(CATEGORY_SYMBOLS[Category(row["category"])].label)
        st.button(
            plain(f"{words.when(row)} · {category} · {words.where(row)}"),
            key=f"open_{incident_id}",
            on_click=state.set_value,
            args=("pick", f"incident:{incident_id}"),
            type="tertiary",
        )
    if len(ids) > _LISTED_MAX:
        rest = len(ids) - _LISTED_MAX
        st.caption(
            ngettext("… and {n} more: see the table", "… and {n} more: see the table", rest, n=rest)
        )


def show(*parts: str) -> None:
    """Put escaped parts on the page."""
    st.html(f'<div class="piste-file">{"".join(parts)}</div>')
