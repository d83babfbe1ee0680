"""How a claim is told: who said it and when, where it was read, how it is rated, if it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from geo import words
from geo.columns import iso_day
from geo.i18n import Message, message, month
from geo.summary import tolls

_SAME_PAGE = ["incident_id", "field", "unit_group", "publisher", "url", "report_id"]
_SAME_VOICE = [*_SAME_PAGE, "stated_by"]
_PAGE_ITSELF = "media"
_MONTH = len("2025-02")


def superseded(claims: pd.DataFrame) -> pd.Series:
    """Return which claims were replaced on the page that gives them.

    A claim is replaced when it is called provisional and the same page gives another figure of the
    same speaker on the same thing, not provisional and not said before it; of any speaker, when the
    provisional one is told in the page's own voice.  What nobody called provisional is never taken
    as replaced: two speakers may simply differ.

    Parameters
    ----------
    claims
        Of a snapshot.

    Returns
    -------
    pandas.Series of bool
        Aligned on ``claims.index``.

    Notes
    -----
    Linear in the claims.
    """
    provisional = claims["stage"] == "provisional"
    if not provisional.any():
        return provisional
    final = claims["known_on"].where(~provisional)
    by_voice, by_page = (
        final.groupby([claims[name] for name in names]).transform("max")
        for names in (_SAME_VOICE, _SAME_PAGE)
    )
    last = by_voice.where(claims["stated_by"] != _PAGE_ITSELF, by_page)
    return provisional & (last >= claims["known_on"])


def killed_without(claims: pd.DataFrame) -> Message | None:
    """Return what an incident's range of killed is without claims that were replaced.

    Parameters
    ----------
    claims
        Of one incident.

    Returns
    -------
    Message or None
        A sentence; ``None`` where nothing was replaced or the range stays the same.
    """
    replaced = superseded(claims)
    if not replaced.any():
        return None
    names = ["killed_low", "killed_high", "killed_open"]
    whole, left = (tolls(part)[names] for part in (claims, claims[~replaced]))
    if left.empty or left.equals(whole):
        return None
    low, high, open_ = left.iloc[0]
    return message(
        "Without provisional figures that their own page replaced: {span}.",
        span=words.span(low, high, open_=bool(open_)),
    )


def hindsight(known_on: date) -> Message:
    """Return that an incident's description may know more than ``known_on`` did.

    The ledger dates claims, not the words of its compilers; see `Snapshot.told_later`.
    """
    return message(
        "The description, classification and note are the compiler’s words and undated. "
        "They may rest on reports later than {known}.",
        known=known_on,
    )


def standing(row: Any, *, replaced: bool) -> Message | str:
    """Return what is to be known of a claim besides its figure, empty when nothing is."""
    if replaced:
        return message("provisional, replaced by a later figure on the same page")
    return words.STAGES.get(row.stage, "")


def speaker(row: Any) -> Message | str:
    """Return who stated a claim, with the day where the page tells one of its own."""
    who = words.SPEAKERS.get(row.stated_by, row.stated_by)
    return (
        message("{who}, said {day}", who=who, day=written(row.stated_on)) if row.stated_on else who
    )


def brief(row: Any) -> Message:
    """Return a claim in one line: what it counts, how many, of whom, and who said it."""
    parts = {
        "what": words.FIELDS.get(row.field, row.field),
        "figure": words.figure(row.low, row.best, row.high),
        "who": speaker(row),
    }
    if row.unit_group in ("", "all"):
        return message("{what}: {figure} ({who})", **parts)
    group = words.GROUPS.get(row.unit_group, row.unit_group)
    return message("{what}: {figure} {group} ({who})", **parts, group=group)


def written(partial: str) -> date | Message | str:
    """Return a day, month or year of the ledger as a reader writes it: never sharper than it is."""
    if (whole := iso_day(partial)) is not None:
        return whole
    if len(partial) == _MONTH:
        return message("{month}", month=month(date.fromisoformat(f"{partial}-01")))
    return partial


def published(row: Any) -> date | Message | str:
    """Return when the page of a statement was published, or since when it is taken as known."""
    if row.published_on:
        return written(row.published_on)
    return message("{day} (assumed)", day=row.known_on.date())


def rating(row: Any) -> str:
    """Return the Admiralty code that an analyst gave a statement (``B3``), empty without one."""
    return f"{row.reliability}{row.credibility}"
