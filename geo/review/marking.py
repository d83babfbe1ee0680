"""A text cut where evidence begins and ends, so that each piece knows which drafts rest on it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.review.records import Dossier


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text.

    Parameters
    ----------
    text
        Its characters; the pieces of a text, joined, are the text.
    keys
        Drafts that rest on it, in the order of the report.
    warned
        Whether a warning is about it.
    """

    text: str
    keys: tuple[str, ...] = ()
    warned: bool = False


def spans(dossier: Dossier) -> Iterator[tuple[int, int, str]]:
    """Yield where each draft's evidence stands, and that of warnings under an empty key."""
    for standing in dossier.standings:
        item = standing.item
        for one in (*item.evidence, *(e for claim in item.claims for e in claim.evidence)):
            yield one.start, one.end, item.key
    for remark in dossier.reading.warnings:
        for one in remark.evidence:
            yield one.start, one.end, ""


def pieces(text: str, marks: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """Cut a text at the ends of its marks.

    Parameters
    ----------
    text
        The text.
    marks
        Start, end (half open) and key; they may overlap and lie within each other.

    Returns
    -------
    list of Piece
        In the order of the text.

    Notes
    -----
    ``n`` marks take O(n log n), whatever they overlap, and as many set operations as there are
    marks open at a time.
    """
    found = list(marks)
    order = {key: None for *_, key in found}
    events: dict[int, list[tuple[int, str]]] = {0: [], len(text): []}
    for start, end, key in found:
        if 0 <= start < end <= len(text):
            events.setdefault(start, []).append((1, key))
            events.setdefault(end, []).append((-1, key))
    open_ = dict.fromkeys(order, 0)
    cuts = sorted(events)
    made = []
    for here, there in itertools.pairwise(cuts):
        for step, key in events[here]:
            open_[key] += step
        keys = tuple(key for key, count in open_.items() if key and count)
        made.append(Piece(text[here:there], keys, bool(open_.get(""))))
    return made
