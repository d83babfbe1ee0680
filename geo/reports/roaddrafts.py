"""The statements about roads of a whole report: each once, prices on one road together."""

from __future__ import annotations

from dataclasses import replace

from geo.reports.records import DraftAssertion

Stated = list[tuple[DraftAssertion, str]]
"""Statements, each with the key of the incident since which it holds."""


def once(found: Stated) -> Stated:
    """Leave out what another sentence says more fully: a title says it first and shortest."""

    def about(one: DraftAssertion) -> tuple[str, frozenset[str]]:
        return one.kind, frozenset((one.axis_from, one.axis_to))

    def fuller(one: DraftAssertion, other: DraftAssertion) -> bool:
        told = ((draft.actor, draft.valid.start, draft.amount_text) for draft in (one, other))
        return all(not less or less == more for less, more in zip(*told, strict=True))

    found = _together(found)
    return [
        (one, key)
        for n, (one, key) in enumerate(found)
        if not any(
            m != n and about(one) == about(other) and fuller(one, other)
            and (not fuller(other, one) or m < n)
            for m, (other, _) in enumerate(found)
        )
    ]  # fmt: skip


def _together(found: Stated) -> Stated:
    """Put what others pay on the same road beside the first: “motorcycles pay 1,000 francs”."""
    kept: Stated = []
    for one, key in found:
        same = next(
            (
                n for n, (other, _) in enumerate(kept)
                if one.amount_text and other.amount_text and one.kind == other.kind
                and {one.axis_from, one.axis_to} == {other.axis_from, other.axis_to}
                and (one.actor, one.valid) == (other.actor, other.valid)
                and not {*one.affected.split("; ")} & {*other.affected.split("; ")}
            ),
            None,
        )  # fmt: skip
        if same is None:
            kept.append((one, key))
            continue
        other, its = kept[same]
        kept[same] = replace(
            other, affected=f"{other.affected}; {one.affected}",
            amount_text=f"{other.amount_text}; {one.amount_text}",
            evidence=(*other.evidence, *one.evidence),
        ), its  # fmt: skip
    return kept
