"""What is left of a reading when some of its names are in no gazetteer."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from geo.gazetteer.land import Land
from geo.gazetteer.reading import Area, Between, Closeness, Reading, Subject


def without(reading: Reading, keys: AbstractSet[str], land: Land, *, coarse: bool) -> Reading:
    """Return a reading without some of its names.

    “Xville, Gao” keeps the region of Gao, not the town; “between Gao and Xville” keeps nothing,
    unless a ``coarse`` answer is asked for: then the area of Gao.

    Parameters
    ----------
    reading
        What is said.
    keys
        Folded names to leave out.
    land
        What is known: which names are those of administrative units too.
    coarse
        Whether the known end of a stretch remains as an area.
    """
    subjects, areas = _subjects(reading, keys, land)
    betweens = tuple(_betweens(reading, keys))
    if coarse and not subjects:
        ends = (name for between in reading.betweens for name in between.names)
        whole = {name.key for between in betweens for name in between.names}
        left = [name for name in ends if name.key not in keys | whole]
        subjects += [Subject(name, Closeness.AREA) for name in left]
    return replace(
        reading,
        subjects=tuple(subjects),
        betweens=betweens,
        distances=tuple(
            replace(d, towards=None if d.towards and d.towards.key in keys else d.towards)
            for d in reading.distances
            if d.name.key not in keys
        ),
        bearings=tuple(b for b in reading.bearings if b.name.key not in keys),
        areas=(*reading.areas, *areas),
        roads_to=tuple(name for name in reading.roads_to if name.key not in keys),
        closer=tuple(name for name in reading.closer if name.key not in keys),
    )


def _subjects(
    reading: Reading, keys: AbstractSet[str], land: Land
) -> tuple[list[Subject], list[Area]]:
    subjects: list[Subject] = []
    areas: list[Area] = []
    lost = False
    for subject in reading.subjects:
        if subject.name.key in keys:
            lost = True
        elif lost and land.is_unit(subject.name.key):
            areas.append(Area(subject.name, ""))
        else:
            subjects.append(subject)
    return subjects, areas


def _betweens(reading: Reading, keys: AbstractSet[str]) -> Iterator[Between]:
    for between in reading.betweens:
        known = tuple(name for name in between.names if name.key not in keys)
        if len(known) > 1:
            yield replace(between, names=known)
