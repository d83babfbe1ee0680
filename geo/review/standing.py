"""What became of a report's drafts: its acts, told one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from geo.review import plain
from geo.review.records import Act, Dossier, Standing, State

_DECIDED = {Act.ACCEPT: State.ACCEPTED, Act.MERGE: State.MERGED, Act.REJECT: State.REJECTED}


@dataclass(frozen=True, slots=True)
class Happened:
    """An act that was recorded.

    Parameters
    ----------
    number
        Its number.
    act, item, body
        What was done, to which draft, with what.
    by, at
        Who did it, when (UTC).
    """

    number: int
    act: Act
    item: str
    body: Mapping[str, Any]
    by: str
    at: datetime


def stand(dossier: Dossier, acts: Sequence[Happened]) -> Dossier:
    """Return a report as its acts leave it.

    Parameters
    ----------
    dossier
        The report as it came in.
    acts
        In the order of their numbers.
    """
    drafts: dict[str, Standing] = {}
    for one in acts:
        if one.act is Act.SOURCE:
            dossier = replace(dossier, source=plain.source_from_plain(one.body))
        elif one.act is Act.READ:
            reading = plain.reading_from_plain(one.body)
            dossier = replace(dossier, reading=reading)
            drafts = {item.key: Standing(item) for item in reading.items}
        elif one.item in drafts:
            drafts = _changed(drafts, one)
    seen = acts[-1].number if acts else 0
    return replace(dossier, standings=tuple(drafts.values()), seen=seen)


def _changed(drafts: dict[str, Standing], one: Happened) -> dict[str, Standing]:
    own = drafts[one.item]
    if one.act is Act.SPLIT:
        twin = Standing(replace(own.item, key=one.body["key"]))
        pairs = [
            pair
            for key, standing in drafts.items()
            for pair in ([(key, standing)] + ([(twin.item.key, twin)] if key == one.item else []))
        ]
        return dict(pairs)
    if one.act is Act.REVISE:
        fresh = replace(own, item=plain.item_from_plain(one.body))
    elif one.act is Act.REOPEN:
        why = str(one.body.get("reason", ""))
        fresh = Standing(own.item, reason=why, by=one.by, at=one.at) if why else Standing(own.item)
    else:
        fresh = replace(
            own,
            state=_DECIDED[one.act],
            entity_id=str(one.body.get("entity_id", "")),
            reason=str(one.body.get("reason", "")),
            by=one.by,
            at=one.at,
            claims=tuple((str(fate), str(claim)) for fate, claim in one.body.get("claims", ())),
        )
    return {**drafts, one.item: fresh}
