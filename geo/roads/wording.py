"""Road status in words: one sentence for what stands on a segment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geo import words
from geo.i18n import Message, message
from geo.i18n import gettext as _
from geo.roads.axes import Axis
from geo.roads.referencing import chainage
from geo.roads.statements import Passage

#: How the data end the name of a road that is none.
_TRACK = " track"
PASSAGE_WORDS = {
    Passage.CLOSED: message("closed"),
    Passage.SUSPENDED: message("traffic suspended"),
    Passage.ESCORT_ONLY: message("under escort only"),
    Passage.RESTRICTED: message("restricted"),
    Passage.OPEN_REPORTED: message("reported reopened"),
    Passage.UNKNOWN: message("passage unknown"),
}


def describe(row: Any) -> Message:
    """Return what stands on a segment in words.

    Parameters
    ----------
    row
        With the columns ``passage``, ``affected``, ``controlled_by``, ``taxed_by``,
        ``under_agreement``, ``control_contested`` and ``passage_contested`` of a status as
        attributes.
    """
    parts = []
    if row.controlled_by:
        who = _listed(words.ACTORS, row.controlled_by)
        parts.append(
            message("control disputed, claimed by {who}", who=who)
            if row.control_contested
            else message("controlled by {who}", who=who)
        )
    if row.taxed_by:
        parts.append(message("taxed by {who}", who=_listed(words.ACTORS, row.taxed_by)))
    if row.under_agreement:
        parts.append(message("passable under agreement"))
    if row.passage != Passage.UNKNOWN or not row.under_agreement:
        passage = PASSAGE_WORDS[Passage(row.passage)]
        if row.affected:
            whom = _listed(words.CONCERNED, row.affected)
            passage = message("{passage} ({whom})", passage=passage, whom=whom)
        parts.append(passage)
    if row.passage_contested:
        parts.append(message("sources contradict each other on passage"))
    return joined(parts)


def _listed(table: dict[str, Message], names: Iterable[str]) -> Message | str:
    return words.listed([table.get(name, name) for name in names])


def joined(parts: Iterable[Message]) -> Message:
    """Return messages as one, separated by semicolons."""
    whole: Message | None = None
    for part in parts:
        whole = part if whole is None else message("{first}; {then}", first=whole, then=part)
    return whole or message("nothing")


def named(axis: Axis) -> str:
    """Return a road as it is called: its number and the towns it joins."""
    towns = axis.name.removesuffix(_TRACK)
    name = axis.name if towns == axis.name else _("{towns} track", towns=towns)
    return " ".join(part for part in (axis.ref, name) if part)


def span(from_m: float, to_m: float) -> str:
    """Return two measures as chainages."""
    return f"{chainage(from_m)} – {chainage(to_m)}"
