"""What to do with all drafts of a report at once, as a proposal: what is clear, and what is not.

A draft is clear when nothing about it is left to choose and nothing speaks against it.  Nothing is
recorded here: an analyst sees the proposal and lets in what is ticked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from geo.atlas import Atlas
from geo.columns import ASSERTIONS
from geo.i18n import Message, counted, message
from geo.matching.ranking import Match, Verdict
from geo.records import Fault
from geo.reports.language import unread
from geo.review.accepting import Decision, Plan, plan
from geo.review.candidates import Candidates
from geo.review.filling import differences, gaps
from geo.review.records import Dossier, DraftItem, DraftKind, State
from geo.review.sight import Sight, matches, sights
from geo.review.weighing import stated_already
from geo.roads.laying import lay
from geo.store.correcting import cells_of
from geo.store.frames import LedgerFrames


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be done with a draft.

    Parameters
    ----------
    item
        The draft.
    decision
        What it comes to; ``None`` where an analyst has to choose or to mend something first.
    doubts
        What speaks against recording it unseen.
    faults
        What has to be mended before it can be recorded.
    match
        The incident that it is taken for, of a merge.
    """

    item: DraftItem
    decision: Decision | None
    doubts: tuple[Message, ...] = ()
    faults: tuple[Fault, ...] = ()
    match: Match | None = None

    @property
    def clear(self) -> bool:
        """Whether nothing is left to choose and nothing speaks against it."""
        return self.decision is not None and not self.doubts


def propose(
    dossier: Dossier, frames: LedgerFrames, ledger: Candidates, atlas: Atlas
) -> tuple[list[Proposal], Plan]:
    """Return what may be done with every draft that waits, and what that comes to.

    Parameters
    ----------
    dossier
        The report.
    frames, ledger
        The ledger, and its incidents as drafts are compared with them.
    atlas
        Places, axes and regions.

    Notes
    -----
    Drafts are placed at once, and so are the incidents that they are compared with.
    """
    items = [one.item for one in dossier.waiting]
    told = [item for item in items if item.kind is DraftKind.INCIDENT]
    seen = sights(told, dossier, atlas)
    foreign = [told for told in [unread(dossier.text)] if told]
    off_road = _unlaid([item for item in items if item.kind is DraftKind.ASSERTION], atlas)
    ranked = dict(zip(seen, matches([*seen.values()], ledger), strict=True))
    found = []
    taken: dict[str, str] = {}
    for item in items:
        warned = [one.message for one in dossier.reading.warnings if one.about == item.key]
        remarks = [*foreign, *warned]
        if item.kind is DraftKind.INCIDENT:
            if twice := shared(item, dossier):
                remarks.append(twice)
            found.append(_incident(item, seen[item.key], ranked[item.key], remarks, taken))
        else:
            if item.key in off_road:
                remarks.append(off_road[item.key])
            if item.kind is DraftKind.ASSERTION and (said := already(item, dossier, frames)):
                remarks.append(said)
            found.append(Proposal(item, Decision(item.key), tuple(remarks)))
    found = [_filling(one, frames) for one in _without_twins(found)]
    planned = plan(frames, dossier, [one.decision for one in found if one.decision])
    faults: dict[str, list[Fault]] = {}
    for fault in planned.faults:
        faults.setdefault(fault.file or "", []).append(fault)
    return [
        replace(one, decision=None, faults=tuple(faults[one.item.key]))
        if one.item.key in faults
        else one
        for one in found
    ], planned


def _filling(one: Proposal, frames: LedgerFrames) -> Proposal:
    """Return a merge that takes over what the ledger does not say yet."""
    if one.decision is None or not one.decision.into:
        return one
    held = cells_of(frames.incidents, one.decision.into)
    return replace(one, decision=replace(one.decision, take=gaps(differences(held, one.item))))


def already(item: DraftItem, dossier: Dossier, frames: LedgerFrames) -> Message | None:
    """Return that the ledger has a drafted statement from the same publisher, if it has."""
    held = stated_already(item, dossier.source, frames.assertions)
    if not held:
        return None
    return message("The ledger has this from the same publisher: {ids}.", ids=", ".join(held))


def shared(item: DraftItem, dossier: Dossier) -> Message | None:
    """Return that claims of a draft stand in a copy of it too, where they do."""
    stem = item.key.partition(".")[0]
    theirs = [
        claim.cells
        for one in dossier.standings
        if one.item.key.partition(".")[0] == stem
        and one.item.key != item.key
        and one.state is not State.REJECTED
        for claim in one.item.claims
    ]
    twice = sum(claim.cells in theirs for claim in item.claims)
    if not twice:
        return None
    return counted(
        "{count} of its claims stands in its copy too: recorded with both, it counts twice. "
        "Remove it from one of the two.",
        "{count} of its claims stand in its copy too: recorded with both, they count twice. "
        "Remove them from one of the two.",
        twice,
    )


def _incident(
    item: DraftItem,
    seen: Sight,
    ranked: Sequence[Match],
    remarks: Sequence[Message],
    taken: dict[str, str],
) -> Proposal:
    doubts = [*remarks]
    where = seen.placement.iloc[0]
    if pd.isna(where["lon"]):
        doubts.append(message("It is on no map: {why}", why=where["unresolved_reason"]))
    elif where["fuzzy"]:
        doubts.append(message("A name was matched by resemblance only: please check."))
    same = [one for one in ranked if one.verdict is Verdict.SAME]
    if ranked and len(same) != 1:
        doubts.append(message("Choose which incident it is before it is recorded."))
        return Proposal(item, None, tuple(doubts), match=ranked[0])
    if not same:
        return Proposal(item, Decision(item.key), tuple(doubts))
    into = same[0].incident_id
    if into in taken:
        doubts.append(message("Another draft of this report goes into the same incident."))
    taken[into] = item.key
    return Proposal(item, Decision(item.key, into), tuple(doubts), match=same[0])


def _unlaid(items: Sequence[DraftItem], atlas: Atlas) -> Mapping[str, Message]:
    """Return why statements about roads lie on none, by the key of their draft."""
    rows = pd.DataFrame(
        [
            {**dict.fromkeys((column.name for column in ASSERTIONS), ""), **item.cells,
             "assertion_id": item.key}
            for item in items
        ]
    )  # fmt: skip
    if rows.empty:
        return {}
    unlaid = lay(rows, atlas).unlaid
    return {
        str(key): message("Not on a known road: {why}", why=why)
        for key, why in zip(unlaid["assertion_id"], unlaid["reason"], strict=True)
    }


def _without_twins(found: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals, a draft that another one repeats with a doubt."""
    said: dict[str, str] = {}
    result = []
    for one in found:
        what = repr((one.item.kind, dict(one.item.cells), [dict(c.cells) for c in one.item.claims]))
        if what in said:
            twin = message("It says the same as the draft before it. Mend one of the two.")
            one = replace(one, doubts=(*one.doubts, twin))  # noqa: PLW2901 - the same, with a doubt
        said[what] = one.item.key
        result.append(one)
    return result
