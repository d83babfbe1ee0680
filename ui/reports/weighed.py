"""Which claims a merge adds and which it leaves out, said before it and after."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from geo.claims import brief
from geo.columns import CLAIMS, typed
from geo.i18n import gettext as _
from geo.i18n import ngettext
from geo.review.accepting import Decision, plan
from geo.review.records import Dossier, DraftItem
from geo.review.weighing import Fate, Weighed
from ui import cache, markup


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
