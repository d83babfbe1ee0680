"""Road lines as they were read, in columns: vertices on a fixed grid, attributes as codes.

A vertex is a pair of whole numbers of 1e-7 degrees (about 1 cm), the resolution of OpenStreetMap.
Two vertices are the same place exactly when their numbers are, so that nothing hangs on the
rounding of floats; four bytes a number keep a country in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

UNITS_PER_DEGREE = 10_000_000
TEXT_FIELDS = ("ref", "name", "name_fr", "alt_name")
CODE_FIELDS = ("road_class", "surface", "level", "oneway")
ATTRIBUTES = (*CODE_FIELDS, *TEXT_FIELDS)
DTYPES = {
    "road_class": np.uint8, "surface": np.uint8, "level": np.int8, "oneway": np.int8,
    **dict.fromkeys(TEXT_FIELDS, np.int32),
}  # fmt: skip

Ints = npt.NDArray[np.int64]
Vertices = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Lines:
    """``k`` lines of ``m`` vertices in all.

    Parameters
    ----------
    vertices
        Shape ``(m, 2)``: longitude, latitude in 1e-7 degrees, WGS 84.
    offsets
        Shape ``(k + 1,)``: line ``i`` has the vertices ``offsets[i]`` to ``offsets[i + 1]``; each
        has at least two.
    attributes
        By name of `ATTRIBUTES`, arrays of shape ``(k,)``; of `TEXT_FIELDS` they are places in
        ``texts``.
    texts
        Distinct texts; the first is empty.
    """

    vertices: Vertices
    offsets: Ints
    attributes: dict[str, npt.NDArray[np.integer]]
    texts: list[str] = field(default_factory=lambda: [""])

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def line_of(self) -> Ints:
        """Array of shape ``(m,)``: which line a vertex belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.offsets))


def to_units(degrees: npt.NDArray[np.float64]) -> Vertices:
    """Return degrees on the grid."""
    return np.rint(degrees * UNITS_PER_DEGREE).astype(np.int32)


def to_degrees(units: Vertices) -> npt.NDArray[np.float64]:
    """Return grid numbers as degrees."""
    return np.asarray(units / UNITS_PER_DEGREE, dtype=np.float64)


def make_lines(
    paths: Iterable[Iterable[tuple[float, float]]],
    texts: list[str] | None = None,
    **attributes: Iterable[int],
) -> Lines:
    """Return lines from degrees, attributes that are not given being 0; for small hand-made sets.

    Parameters
    ----------
    paths
        Vertices of each line.
    texts
        Distinct texts that the codes of `TEXT_FIELDS` point to, the first empty.
    attributes
        Values by name of `ATTRIBUTES`, one per line.
    """
    parts = [to_units(np.array(list(path), dtype=np.float64).reshape(-1, 2)) for path in paths]
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in parts], dtype=np.int64)])
    vertices = np.concatenate([*parts, np.empty((0, 2), np.int32)])
    columns = {
        name: np.fromiter(attributes.get(name, [0] * len(parts)), dtype=DTYPES[name])
        for name in ATTRIBUTES
    }
    return Lines(vertices, offsets.astype(np.int64), columns, texts or [""])


def join(parts: list[Lines]) -> Lines:
    """Return several sets of lines as one; they share the texts of the first."""
    if not parts:
        return make_lines([])
    sizes = np.cumsum([0, *(len(part.vertices) for part in parts)])
    offsets = [part.offsets[:-1] + size for part, size in zip(parts, sizes, strict=False)]
    return Lines(
        np.concatenate([part.vertices for part in parts]),
        np.concatenate([*offsets, sizes[-1:]]).astype(np.int64),
        {name: np.concatenate([p.attributes[name] for p in parts]) for name in ATTRIBUTES},
        parts[0].texts,
    )


def without_repeats(lines: Lines) -> Lines:
    """Return the lines without vertices that repeat the one before, and without empty lines."""
    fresh = np.ones(len(lines.vertices), dtype=bool)
    fresh[1:] = np.any(lines.vertices[1:] != lines.vertices[:-1], axis=1)
    fresh[lines.offsets[:-1][np.diff(lines.offsets) > 0]] = True
    counts = np.bincount(lines.line_of[fresh], minlength=len(lines))
    kept = counts >= 2  # noqa: PLR2004 - a line has two ends
    if fresh.all() and kept.all():
        return lines
    fresh &= np.repeat(kept, np.diff(lines.offsets))
    offsets = np.concatenate([[0], np.cumsum(counts[kept])]).astype(np.int64)
    columns = {name: values[kept] for name, values in lines.attributes.items()}
    return Lines(lines.vertices[fresh], offsets, columns, lines.texts)
