"""What a brief says of where events concentrate along the roads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pandas as pd

from geo.briefing.material import Material
from geo.briefing.records import Paragraph, Sentence, Table
from geo.hotspots.analysis.answer import ROAD_KM, Answer, answer
from geo.hotspots.analysis.events import Comparison, Events
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


_RECENT, _EARLIER, _FIRST = 28, 364, 5


def moved(material: Material) -> tuple[Paragraph | Table, ...]:
    """Return the first stretches of the last 4 weeks beside those of the 52 weeks before."""
    ground = Ground(material.snapshot)
    recent = material.since(_RECENT).selection
    end = recent.start - timedelta(days=1)
    earlier = replace(recent, start=end - timedelta(days=_EARLIER - 1), end=end)
    keys = ["axis_id", "from_m", "to_m", "from_town", "to_town"]
    found = [Events(ground, chosen).stretches for chosen in (recent, earlier)]
    now, then = (_inside(material, rows).set_index(keys) for rows in found)
    firsts = [rows.index[:_FIRST] for rows in (now, then)]
    wanted = firsts[0].append(firsts[1].difference(firsts[0], sort=False))
    came = int((~firsts[0].isin(firsts[1])).sum())
    said = Sentence(
        counted(
            "Of the stretches with the most incidents per km in the {weeks} weeks to {day}, "
            "{count} was not among the first {first} of the {more} weeks before.",
            "Of the stretches with the most incidents per km in the {weeks} weeks to {day}, "
            "{count} were not among the first {first} of the {more} weeks before.",
            came, weeks=_RECENT // 7, day=recent.end, first=_FIRST, more=_EARLIER // 7,
        )
    )  # fmt: skip
    axes = material.snapshot.atlas.axes
    cells = tuple(
        (
            named(axes[key[0]]),
            span(key[1], key[2]),
            message("{start} to {end}", start=key[3], end=key[4]),
            *(part for rows in (now, then) for part in _standing(rows, key)),
        )
        for key in wanted
    )
    weeks = (_RECENT // 7, _EARLIER // 7)
    columns = (
        message("Road"), message("Stretch"), message("Between"),
        message("Incidents, {n} weeks", n=weeks[0]), message("Rank"),
        message("Incidents, {n} weeks before", n=weeks[1]), message("Rank then"),
    )  # fmt: skip
    caption = message("The first stretches now and before; few incidents make no ranks")
    return Paragraph((said,)), Table(columns, cells, caption)


def _inside(material: Material, stretches: pd.DataFrame) -> pd.DataFrame:
    """Return the stretches of the area that have any events."""
    inside = material.in_area(
        stretches.rename(columns={"from_m": "measure_from_m", "to_m": "measure_to_m"}).assign(
            _rank=stretches.index
        )
    )["_rank"]
    return stretches[stretches.index.isin(inside) & stretches["expected"].gt(0).to_numpy()]


def _standing(rows: pd.DataFrame, key: tuple[Any, ...]) -> tuple[str, str]:
    """Return how many incidents a stretch had, and its rank, both as ranges."""
    if key not in rows.index:
        return "0", ""
    own = rows.loc[[key]].iloc[0]
    low, high = int(own["count_low"]), int(own["count_high"])
    return count_range(low, high), count_range(int(own["rank_low"]), int(own["rank_high"]))


def table(material: Material, most: int = 12) -> Table:
    """Return the stretches with the most events per km of the area's roads."""
    own = _inside(material, along_roads(material).stretches)
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
