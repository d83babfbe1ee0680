"""What a brief says of where events concentrate along the roads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from geo.briefing.material import Material
from geo.briefing.records import Sentence, Table
from geo.hotspots.analysis.answer import ROAD_KM, Answer, answer
from geo.hotspots.analysis.events import Comparison
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.question import NETWORK, Question
from geo.hotspots.analysis.wording import TRENDS, count_range, significance
from geo.i18n import Message, counted, message
from geo.roads.wording import named, span


@lru_cache(maxsize=4)
def along_roads(material: Material) -> Answer:
    """Return where the events of a material concentrate along the roads."""
    return answer(Question(material.selection, NETWORK), Ground(material.snapshot))


def told(material: Material) -> Iterator[Sentence]:
    """Yield how many events there were against the time before, and what a reader has to know."""
    found = along_roads(material)
    yield Sentence(
        counted(
            "{count} incident in {months:.0f} months; {share:.0%} of them lie on known roads.",
            "{count} incidents in {months:.0f} months; {share:.0%} of them lie on known roads.",
            found.events.reports,
            months=found.months,
            share=found.events.on_roads / found.events.count if found.events.count else 0.0,
        ),
        tuple(map(str, material.ids)),
    )
    for comparison in _apart(found.comparisons):
        yield Sentence(_against(comparison))
    for note in found.events.notes():
        yield Sentence(note)


def _apart(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Return the comparisons without those with nearly the same days as one before."""
    kept: list[Comparison] = []
    for one in comparisons:
        if not any(abs((one.then.first - other.then.first).days) < _SAME_DAYS for other in kept):
            kept.append(one)
    return kept


def _against(comparison: Comparison) -> Message:
    """Return a comparison of two periods in plain words."""
    days = {"first": comparison.then.first, "last": comparison.then.last}
    if comparison.trend == "no_records":
        return message("The records do not reach back to {first}: nothing to compare with.", **days)
    events = comparison.events
    if comparison.trend == "rising":
        return message("Clearly more often than from {first} to {last}, with {events:.0f}.",
                       events=events, **days)  # fmt: skip
    if comparison.trend == "falling":
        return message("Clearly less often than from {first} to {last}, with {events:.0f}.",
                       events=events, **days)  # fmt: skip
    if comparison.trend == "unclear":
        return message("From {first} to {last} there were {events:.0f}: no clear change.",
                       events=events, **days)  # fmt: skip
    return message("From {first} to {last} there were {events:.0f}: too few to tell a change.",
                   events=events, **days)  # fmt: skip


_SAME_DAYS = 31
"""Two comparisons whose days begin so close say the same."""


def table(material: Material, most: int = 12) -> Table:
    """Return the stretches with the most events per km of the area's roads."""
    found = along_roads(material)
    stretches = found.stretches
    inside = material.in_area(
        stretches.rename(columns={"from_m": "measure_from_m", "to_m": "measure_to_m"}).assign(
            _rank=stretches.index
        )
    )["_rank"]
    own = stretches[stretches.index.isin(inside) & stretches["expected"].gt(0).to_numpy()]
    axes = material.snapshot.atlas.axes
    rows: Any = own.head(most).itertuples()
    cells = tuple(
        (
            named(axes[row.axis_id]),
            span(row.from_m, row.to_m),
            message("{start} to {end}", start=row.from_town, end=row.to_town),
            count_range(row.count_low, row.count_high),
            message("{rate:.2f}", rate=row.rate),
            count_range(row.rank_low, row.rank_high),
            significance(row),
            TRENDS[row.trend],
        )
        for row in rows
    )
    return Table(
        (
            message("Road"),
            message("Stretch"),
            message("Between"),
            message("Incidents"),
            message("Per {km} km and month", km=ROAD_KM),
            message("Rank"),
            message("More than chance?"),
            message("Trend"),
        ),
        cells,
        message(
            "Stretches with the most incidents per km. Places are uncertain: the incidents are a "
            "range, and so is the rank, which stretches with equal numbers share."
        ),
        max(len(own) - most, 0),
    )
