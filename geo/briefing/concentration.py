"""What a brief says of where events concentrate along the roads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from geo.briefing.material import Material
from geo.briefing.records import Sentence, Table
from geo.hotspots.analysis.answer import ROAD_KM, Answer, answer
from geo.hotspots.analysis.ground import Ground
from geo.hotspots.analysis.question import NETWORK, Question
from geo.hotspots.analysis.wording import TRENDS, compared, count_range, significance
from geo.i18n import message
from geo.roads.wording import named, span


@lru_cache(maxsize=4)
def along_roads(material: Material) -> Answer:
    """Return where the events of a material concentrate along the roads."""
    return answer(Question(material.selection, NETWORK), Ground(material.snapshot))


def told(material: Material) -> Iterator[Sentence]:
    """Yield the rate on the roads, how it compares, and what a reader has to know."""
    found = along_roads(material)
    yield Sentence(
        message(
            "{events:.1f} events on or off roads in {months:.1f} months; on the roads "
            "{rate:.3f} per {km} km and month.",
            events=found.events.count,
            months=found.months,
            rate=found.events.rate,
            km=ROAD_KM,
        ),
        tuple(map(str, material.ids)),
    )
    for comparison in found.comparisons:
        yield Sentence(compared(comparison))
    for note in found.notes:
        yield Sentence(note)


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
            message("{low} to {high}", low=row.rank_low, high=row.rank_high),
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
            message("Events"),
            message("Per {km} km and month", km=ROAD_KM),
            message("Rank"),
            message("More than chance?"),
            message("Trend"),
        ),
        cells,
        message("Stretches with the most events per km"),
        max(len(own) - most, 0),
    )
