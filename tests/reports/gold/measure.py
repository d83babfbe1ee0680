"""Compare what is read from the gold reports with what they tell; precision and recall per field.

A place reads ``at <place_id>`` (the place the placement rests on), ``along A–B`` (a stretch between
both), ``region <country> <adm1>`` or ``none``.  A claim reads ``field number group source`` where
the number is ``3`` (best), ``>=3`` (low and best), ``>3`` (low), ``<=3`` (high), ``3-5`` or ``?``.
A road reads ``A–B kind actor [from]``, an area ``actor activity country adm1``, a link
``1>2 kind``.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.atlas import Atlas
from geo.records import PlacementKind
from geo.reports.reading import read_report
from geo.reports.records import AreaStatement, DraftAssertion, DraftClaim, DraftIncident, Report

FOLDER = Path(__file__).resolve().parent
FIELDS = (
    "incident", "date", "time", "place", "country", "category", "weapon", "ied", "perpetrator",
    "attribution", "target", "escort", "claim", "road", "area", "link", "warning",
)  # fmt: skip


@dataclass
class Score:
    """Items expected, found, and found rightly, by field; what went wrong, in words."""

    expected: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, kind: str, expected: Iterable[Any], found: Iterable[Any]) -> None:
        """Compare two collections of items of one field."""
        wanted, got = Counter(map(str, expected)), Counter(map(str, found))
        both = wanted & got
        self.expected[kind] += wanted.total()
        self.found[kind] += got.total()
        self.right[kind] += both.total()
        missing, extra = wanted - both, got - both
        if missing or extra:
            self.misses.append(f"{name}: {kind}: missing {list(missing)}, extra {list(extra)}")

    def precision(self, kind: str) -> float:
        """Return the share of what was found that is right; 1 when nothing was found."""
        return self.right[kind] / self.found[kind] if self.found[kind] else 1.0

    def recall(self, kind: str) -> float:
        """Return the share of what was expected that was found; 1 when nothing was expected."""
        return self.right[kind] / self.expected[kind] if self.expected[kind] else 1.0


def load(half: str) -> list[dict[str, Any]]:
    """Return the reports of one part of the gold set: ``dev``, ``held_out`` or ``inbox``."""
    with (FOLDER / f"{half}.toml").open("rb") as file:
        reports: list[dict[str, Any]] = tomllib.load(file)["report"]
    return reports


def measure(half: str, atlas: Atlas) -> Score:
    """Read all reports of one half and compare."""
    score = Score()
    for gold in load(half):
        compare(score, gold, read_report(gold["text"].strip(), atlas, gold["published"]))
    return score


def compare(score: Score, gold: Mapping[str, Any], report: Report) -> None:
    """Compare one report with what it tells."""
    name = gold["name"]
    expected = gold.get("incident", [])
    pairs, extra = _paired(expected, report.incidents)
    matched = [one for _, one in pairs if one is not None]
    score.add(name, "incident", range(len(expected)), range(len(matched)))
    score.found["incident"] += len(extra)
    score.misses += [
        f"{name}: incident: extra {one.day.start} {one.place.phrase!r} {one.evidence[0].quote!r}"
        for one in extra
    ]
    for wanted, one in pairs:
        if one is not None:
            _incident(score, name, wanted, one)
    score.add(name, "road", gold.get("roads", []),
              [_road(one, gold.get("roads", [])) for one in report.assertions])  # fmt: skip
    score.add(name, "area", gold.get("area", []), map(_area, report.areas))
    numbers = {one.key: n for n, (_, one) in enumerate(pairs, start=1) if one is not None}
    score.add(
        name, "link", gold.get("links", []),
        [
            f"{numbers.get(one.from_key)}>{numbers.get(one.to_key)} {one.kind}"
            for one in report.links
        ],
    )  # fmt: skip
    score.add(
        name, "warning", set(gold.get("concerns", [])), {c.code.value for c in report.concerns}
    )


def _paired(
    expected: list[Mapping[str, Any]], found: Iterable[DraftIncident]
) -> tuple[list[tuple[Mapping[str, Any], DraftIncident | None]], list[DraftIncident]]:
    """Pair each expected incident with the one found that agrees most in day and place."""
    left = list(found)
    pairs: list[tuple[Mapping[str, Any], DraftIncident | None]] = []
    for wanted in expected:

        def worth(one: DraftIncident, wanted: Mapping[str, Any] = wanted) -> int:
            same_day = one.day.start == wanted.get("start")
            return 2 * same_day + (_place(one, wanted["place"]) == wanted["place"])

        best = max(left, key=worth, default=None)
        if best is not None and worth(best) == 0:
            best = None
        if best is not None:
            left.remove(best)
        pairs.append((wanted, best))
    return pairs, left


def _incident(score: Score, name: str, wanted: Mapping[str, Any], one: DraftIncident) -> None:
    start = wanted.get("start")
    days = f"{start} {wanted.get('end', start)} {wanted.get('precision', 'day')}"
    score.add(name, "date", [days], [f"{one.day.start} {one.day.end} {one.day.precision}"])
    score.add(name, "time", _some(wanted.get("time")), _some(one.day.time_of_day))
    score.add(name, "place", [wanted["place"]], [_place(one, wanted["place"])])
    score.add(name, "country", _some(wanted["country"]), _some(one.place.country))
    score.add(name, "category", [wanted["category"]], [one.category])
    score.add(name, "weapon", wanted.get("weapons", []), one.weapons)
    score.add(name, "ied", [wanted.get("ied", False)], [one.ied])
    score.add(name, "perpetrator", wanted.get("perpetrators", []),
              [actor.name for actor in one.perpetrators])  # fmt: skip
    score.add(name, "attribution", _some(wanted.get("attribution")),
              [one.attribution] if one.perpetrators else [])  # fmt: skip
    score.add(name, "target", _some(wanted.get("target")), _some(one.target))
    score.add(name, "escort", wanted.get("escort", []), [actor.name for actor in one.escort])
    score.add(name, "claim", wanted.get("claims", []), map(_claim, one.claims))


def _some(value: str | None) -> list[str]:
    return [value] if value else []


def _place(one: DraftIncident, wanted: str) -> str:
    placement = one.place.placement
    if placement is None:
        return "none"
    if placement.kind is PlacementKind.REGION:
        return f"region {one.place.country} {one.place.admin1}".strip()
    if placement.kind is PlacementKind.ALONG and wanted.startswith("along"):
        names = wanted.removeprefix("along ").split("–")
        said = one.place.phrase + str(placement.explanation)
        return wanted if all(name in said for name in names) else f"along {one.place.phrase}"
    return f"at {placement.place_ids[0]}" if placement.place_ids else one.place.phrase


def _claim(claim: DraftClaim) -> str:
    low, best, high = claim.low, claim.best, claim.high
    if low is not None and best is not None:
        number = f">={low}"
    elif best is not None:
        number = str(best)
    elif low is not None and high is not None:
        number = f"{low}-{high}"
    elif low is not None:
        number = f">{low}"
    else:
        number = "?" if high is None else f"<={high}"
    return f"{claim.field} {number} {claim.unit_group} {claim.stated_by}"


def _road(one: DraftAssertion, wanted: Iterable[str]) -> str:
    """Return a road assertion in the words of the gold set, its ends in the order found there."""
    head = f"{one.axis_from}–{one.axis_to} {one.kind.value} {one.actor}"
    back = f"{one.axis_to}–{one.axis_from} {one.kind.value} {one.actor}"
    days = f" {one.valid.start}" if one.valid.start else ""
    for text in wanted:
        if text in (head, back, head + days, back + days):
            return text
    return head + days


def _area(one: AreaStatement) -> str:
    return f"{one.actor} {one.activity} {one.place.country} {one.place.admin1}"
