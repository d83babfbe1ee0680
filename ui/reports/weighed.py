"""Which claims a merge adds and which it leaves out, said before it and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

import pandas as pd
import streamlit as st

from geo import words
from geo.claims import brief
from geo.columns import CLAIMS, typed
from geo.i18n import Message, message, ngettext
from geo.i18n import gettext as _
from geo.records import InputError
from geo.review.accepting import Decision, plan
from geo.review.filling import Difference, Part, differences, gaps
from geo.review.records import Dossier, DraftItem
from geo.review.weighing import Fate, Weighed
from geo.store.correcting import cells_of
from ui import cache, markup

_PARTS: dict[Part, Message] = {
    Part.WHEN: message("When"),
    Part.WHERE: message("Where"),
    Part.CATEGORY: message("Kind"),
    Part.DEVICE: message("Explosive device"),
    Part.TARGET: message("Target"),
    Part.BY: message("By"),
}


def preview(dossier: Dossier, item: DraftItem, into: str) -> None:
    """Say what merging a draft into an incident would add and leave out."""
    planned = plan(cache.frames(), dossier, [Decision(item.key, into)])
    weighed = planned.weighed.get(item.key)
    if weighed is None:
        return  # Its faults are told when it is recorded.
    told = sentences(weighed, done=False)
    if not told:
        told = [_("It states no number, so no claim is added.")]
    markup.show("".join(markup.p(one, "meta") for one in told))


def more(item: DraftItem, into: str, form: str) -> tuple[Part, ...]:
    """Ask which parts of an incident to take over from a draft; those it lacks are chosen."""
    try:
        held = cells_of(cache.frames().incidents, into)
    except InputError:
        return ()  # Told when it is recorded.
    found = {one.part: one for one in differences(held, item)}
    if not found:
        return ()
    answer = st.pills(
        _("Take over from this report, known from its day on"),
        options=list(found),
        selection_mode="multi",
        default=list(gaps(tuple(found.values()))),
        format_func=lambda part: markup.plain(_difference(found[part])),
        key=f"{form}_take_{into}_{hash(repr(found))}",
        help=_("What the ledger does not say yet is chosen; the rest would replace its words."),
    )
    return tuple(answer)


def parts(taken: Sequence[Part]) -> str:
    """Return parts of an incident by name."""
    return ", ".join(str(_PARTS[part]) for part in taken)


def _difference(one: Difference) -> str:
    name, told = str(_PARTS[one.part]), _part(one.part, one.told)
    if one.gap:
        return _("{part}: {told}", part=name, told=told)
    return _("{part}: {told} instead of {held}", part=name, told=told,
             held=_part(one.part, one.held))  # fmt: skip


def _part(part: Part, cells: Mapping[str, str]) -> str:
    """Return a part of an incident's record in words."""
    if part is Part.WHEN:
        return words.drafted(cells["date_start"], cells["date_end"], cells["date_precision"])
    if part is Part.WHERE:
        return words.where(SimpleNamespace(**cells))
    if part is Part.BY:
        return cells["perpetrator"]
    (cell,) = cells.values()
    if part is Part.DEVICE:
        return {"true": _("Yes"), "false": _("No")}.get(cell, "")
    return words.word(words.CATEGORIES if part is Part.CATEGORY else words.TARGETS, cell)


def sentences(weighed: Sequence[Weighed], *, done: bool) -> list[str]:
    """Return one sentence for what is added, said with an earlier day, and left out.

    Parameters
    ----------
    weighed
        The claims of a draft.
    done
        Whether it was done or would be.
    """
    named = {fate: _listed([one for one in weighed if one.fate is fate]) for fate in Fate}
    counts = {fate: sum(one.fate is fate for one in weighed) for fate in Fate}
    told = []
    if n := counts[Fate.ADDED]:
        told.append(
            ngettext("{n} claim added: {list}.", "{n} claims added: {list}.", n,
                     n=n, list=named[Fate.ADDED])
            if done
            else ngettext("It adds {n} claim: {list}.", "It adds {n} claims: {list}.", n,
                          n=n, list=named[Fate.ADDED])
        )  # fmt: skip
    if n := counts[Fate.EARLIER]:
        told.append(
            ngettext(
                "{n} claim of the ledger is known from an earlier day by this report: {list}.",
                "{n} claims of the ledger are known from an earlier day by this report: {list}.",
                n, n=n, list=named[Fate.EARLIER],
            )
        )  # fmt: skip
    if n := counts[Fate.HELD]:
        told.append(
            ngettext(
                "{n} claim left out, because the ledger has it from the same publisher: {list}.",
                "{n} claims left out, because the ledger has them from the same publisher: {list}.",
                n, n=n, list=named[Fate.HELD],
            )
        )  # fmt: skip
    return told


def _listed(weighed: Sequence[Weighed]) -> str:
    data = {column.name: [one.line.body.get(column.name) for one in weighed] for column in CLAIMS}
    rows = typed(CLAIMS, data, pd.RangeIndex(len(weighed)))
    return "; ".join(str(brief(row)) for row in rows.itertuples())
