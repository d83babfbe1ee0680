"""The courses of the known roads, kept beside the network that they were laid on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from geo import layers
from geo.roads.axes import Axis
from geo.roads.course import Course

INDEX = "courses.json"
ARRAYS = ("lons", "lats", "positions", "on_network")
FILES = (INDEX, *(f"course_{name}.npy" for name in ARRAYS))
SAME_DEG = 1e-6
"""Places that moved by less are where they were."""


def write_courses(courses: Mapping[str, Course], axes: Mapping[str, Axis], folder: Path) -> None:
    """Write courses into the folder of a layer; the manifest is the caller's.

    With each goes which places it passes and where they were, so that it is not used for others.
    """
    index = {
        axis_id: {
            "places": list(axes[axis_id].place_ids),
            "lons": axes[axis_id].lons.tolist(),
            "lats": axes[axis_id].lats.tolist(),
            "vertices": len(course.lons),
        }
        for axis_id, course in courses.items()
    }
    (folder / INDEX).write_text(json.dumps(index, ensure_ascii=False), encoding="utf-8")
    for name in ARRAYS:
        parts = [getattr(course, name) for course in courses.values()]
        np.save(folder / f"course_{name}.npy", np.concatenate([*parts, np.empty(0)]))


def with_courses(axes: Mapping[str, Axis], folder: Path) -> dict[str, Axis]:
    """Return the axes with the courses of a layer.

    An axis whose chain or places are not those that its course was made for keeps the straight
    chain; importing the roads again brings its course up to date.

    Raises
    ------
    InputError
        When the layer is damaged.
    """
    layers.facts_of(folder, FILES)
    index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    arrays = [np.load(folder / f"course_{name}.npy", allow_pickle=False) for name in ARRAYS]
    found = dict(axes)
    vertex = leg = 0
    for axis_id, told in index.items():
        last_vertex, last_leg = vertex + told["vertices"], leg + len(told["places"]) - 1
        axis = axes.get(axis_id)
        if axis is not None and _fits(axis, told):
            lons, lats, positions = (array[vertex:last_vertex] for array in arrays[:3])
            on_network = arrays[3][leg:last_leg].astype(bool)
            found[axis_id] = replace(axis, course=Course(lons, lats, positions, on_network))
        vertex, leg = last_vertex, last_leg
    return found


def _fits(axis: Axis, told: Mapping[str, list[str] | list[float]]) -> bool:
    return list(axis.place_ids) == told["places"] and all(
        np.allclose(now, told[name], rtol=0, atol=SAME_DEG)
        for name, now in (("lons", axis.lons), ("lats", axis.lats))
    )
