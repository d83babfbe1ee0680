"""The statements about roads of a whole report: each once, prices on one road together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from itertools import product

from geo.records import AssertionKind
from geo.reports.records import DraftAssertion
from geo.reports.statements import SAID_BETTER_BY

Stated = list[tuple[DraftAssertion, str]]
"""Statements, each with the key of the incident since which it holds."""


def once(found: Stated) -> Stated:
    """Leave out what another sentence says more fully: a title says it first and shortest.

    Linear in the number of statements: what each says is looked up among all that others say less.
    """
    found = _together(found)
    less = {said for one, _ in found for said in _said_less(one)}
    kept: dict[tuple[Hashable, ...], tuple[DraftAssertion, str]] = {}
    for one, key in found:
        if _said(one) not in less:
            kept.setdefault(_said(one), (one, key))
    return list(kept.values())


def what_became(found: Stated) -> Stated:
    """Return what a sentence leaves: “was closed for three days; it is open again”."""
    kept: Stated = []
    for number, (one, key) in enumerate(found):
        after = {
            other.kind for other, _ in found[number + 1 :]
            if (other.axis_from, other.axis_to) == (one.axis_from, one.axis_to)
        }  # fmt: skip
        if not (
            AssertionKind.REOPENED in after and one.kind in SAID_BETTER_BY[AssertionKind.REOPENED]
        ):
            kept.append((one, key))
    return kept


def _about(one: DraftAssertion) -> tuple[Hashable, ...]:
    return one.kind, frozenset((one.axis_from, one.axis_to))


def _said(one: DraftAssertion) -> tuple[Hashable, ...]:
    return *_about(one), one.actor, one.valid.start, one.amount_text


def _said_less(one: DraftAssertion) -> Iterator[tuple[Hashable, ...]]:
    """Yield what a sentence says that leaves out some of what this one says."""
    told = (one.actor, ""), (one.valid.start, None), (one.amount_text, "")
    for said in product(*told):
        if (*_about(one), *said) != _said(one):
            yield (*_about(one), *said)


def _together(found: Stated) -> Stated:
    """Put what others pay on the same road beside the first: “motorcycles pay 1,000 francs”."""
    kept: Stated = []
    first: dict[tuple[Hashable, ...], int] = {}
    for one, key in found:
        if not one.amount_text:
            kept.append((one, key))
            continue
        number = first.setdefault((*_about(one), one.actor, one.valid.start), len(kept))
        other, its = kept[number] if number < len(kept) else (None, key)
        if other is None or {*other.affected.split("; ")} & {*one.affected.split("; ")}:
            kept.append((one, key))
            continue
        together = replace(
            other, affected=f"{other.affected}; {one.affected}",
            amount_text=f"{other.amount_text}; {one.amount_text}",
            evidence=(*other.evidence, *one.evidence),
        )  # fmt: skip
        kept[number] = (together, its)
    return kept
