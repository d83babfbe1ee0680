"""Incidents on paper: stretches, spreads and symbols, gathered where they would overlap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import KDTree

from geo.records import PlacementKind
from maps.cartography import symbols
from maps.cartography.base import inside
from maps.cartography.ground import Ground
from maps.cartography.paper import Rect
from maps.cartography.pen import Pen
from maps.cartography.plate import AreaMap
from maps.payload import marks, stretches

_CELL: Final = 15.0
_GAP: Final = 1.0
_RING: Final = 5.5
#: Spreads are drawn for symbols that stand for no more than this.
_SPREADS_MAX: Final = 8


@dataclass(frozen=True)
class Symbols:
    """Symbols on the sheet, none overlapping another.

    Parameters
    ----------
    x, y
        Their middles, points.
    radius
        Points.
    rows
        For each, the rows of ``frame`` that it stands for.
    frame
        One row per mark: ``shape``, ``colour``, ``category``, ``kind``, ``n``, ``id``.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    radius: NDArray[np.float64]
    rows: tuple[NDArray[np.intp], ...]
    frame: pd.DataFrame

    @property
    def boxes(self) -> list[Rect]:
        """The rectangles that no letter may cover."""
        return [
            Rect(x - r, y - r, x + r, y + r)
            for x, y, r in zip(self.x, self.y, self.radius, strict=True)
        ]


def _frame(area: AreaMap, ground: Ground) -> pd.DataFrame:
    """Return the marks that lie in the picture, on the sheet."""
    view = area.view
    sent = marks(view, view.snapshot.incidents.index.get_indexer(view.ids))
    lonlat = np.column_stack([sent["lon"], sent["lat"]]).astype(np.float64).reshape(-1, 2)
    points = ground.to_paper(lonlat)
    code = np.asarray(sent["c"], dtype=int)
    kinds = [kind["id"] for kind in sent["kinds"]]
    frame = pd.DataFrame(
        {
            "x": points[:, 0],
            "y": points[:, 1],
            "category": [sent["categories"][i]["id"] for i in code],
            "shape": [sent["categories"][i]["shape"] for i in code],
            "colour": [sent["categories"][i]["colour"] for i in code],
            "kind": [kinds[i] for i in sent["k"]],
            "spread_m": np.asarray(sent["spread"], dtype=np.float64),
            "n": sent.get("n", 1),
            "id": sent["id"],
        }
    )
    box = ground.box
    keep = frame["x"].between(box.left, box.right) & frame["y"].between(box.bottom, box.top)
    return frame[keep.to_numpy()].reset_index(drop=True)


def gathered(pen: Pen, area: AreaMap, ground: Ground) -> Symbols:
    """Return the symbols: marks that a reader could not tell apart stand as one.

    First by cells of the sheet, then by joining pairs that overlap, round by round, until none do.
    """
    frame = _frame(area, ground)
    if "incidents" not in area.layers:
        frame = frame.iloc[:0]
    cell = _CELL * pen.u
    groups = frame.groupby([frame["x"] // cell, frame["y"] // cell], sort=True).indices
    rows = [np.sort(np.asarray(part)) for part in groups.values()]
    spots = np.array([_spot(frame, part) for part in rows]).reshape(-1, 3)
    while pairs := _overlapping(pen, spots):
        for one, other in pairs:
            rows[one] = np.sort(np.concatenate([rows[one], rows[other]]))
            spots[one] = _spot(frame, rows[one])
        gone = {other for _one, other in pairs}
        kept = [i for i in range(len(rows)) if i not in gone]
        rows, spots = [rows[i] for i in kept], spots[kept]
    radius = _radii(pen, spots[:, 2])
    # Names keep clear of the ring around what the map is about.
    about = [bool(area.about) and area.about in frame["id"].to_numpy()[part] for part in rows]
    radius += np.where(about, _RING * pen.u, 0.0)
    # A number that the edge of the map would cut moves inside by less than its disc.
    several, box = spots[:, 2] > 1, ground.box
    x = np.where(several, spots[:, 0].clip(box.left + radius, box.right - radius), spots[:, 0])
    y = np.where(several, spots[:, 1].clip(box.bottom + radius, box.top - radius), spots[:, 1])
    return Symbols(x, y, radius, tuple(rows), frame)


def _spot(frame: pd.DataFrame, rows: NDArray[np.intp]) -> tuple[float, float, float]:
    n = frame["n"].to_numpy()[rows]
    total = float(n.sum())
    return (
        float((frame["x"].to_numpy()[rows] * n).sum() / total),
        float((frame["y"].to_numpy()[rows] * n).sum() / total),
        total,
    )


def _radii(pen: Pen, counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the radii of symbols that stand for so many, points."""
    single, rim = symbols.RADIUS * 1.2, 1.2
    several = [symbols.cluster_radius(int(n)) + rim for n in counts]
    return pen.u * np.where(counts > 1, several, single)


def _overlapping(pen: Pen, spots: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return pairs that overlap, those that do most first, none of them twice."""
    if len(spots) < 2:  # noqa: PLR2004
        return []
    radius, gap = _radii(pen, spots[:, 2]), _GAP * pen.u
    near = KDTree(spots[:, :2]).query_pairs(2 * radius.max() + gap, output_type="ndarray")
    apart = np.hypot(*(spots[near[:, 0], :2] - spots[near[:, 1], :2]).T)
    room = apart - radius[near].sum(axis=1) - gap
    order = np.lexsort((near[:, 1], near[:, 0], room.round(6)))
    found, used = [], set()
    for one, other in near[order[: int((room < 0).sum())]].tolist():
        if one not in used and other not in used:
            used |= {one, other}
            found.append((one, other))
    return found


def draw_stretches(
    pen: Pen, area: AreaMap, ground: Ground, theme: dict[str, Any]
) -> tuple[set[str], list[NDArray[np.float64]]]:
    """Draw the stretches on which incidents lie, hollow; return keys and lines."""
    view = area.view
    found: dict[str, list[NDArray[np.float64]]] = {}
    for row in stretches(view, view.snapshot.incidents.index.get_indexer(view.ids)):
        path = ground.to_paper(np.asarray(row["path"])[:, ::-1])
        if inside(ground.box, [path]):
            found.setdefault(row["colour"], []).append(path)
    for colour, paths in found.items():
        pen.paths(paths, stroke=colour, width=10, alpha=0.75, cap="round", clip=ground.box)
        pen.paths(paths, stroke=theme["land"], width=7, cap="round", clip=ground.box)
    return {"stretch"} if found else set(), [path for paths in found.values() for path in paths]


def draw_spreads(pen: Pen, held: Symbols, ground: Ground) -> set[str]:
    """Draw how far from its mark a place may lie, where that is wider than the symbol.

    Not for symbols of many: their circles would hide the map and tell nothing apart.
    """
    few = [rows for rows in held.rows if held.frame["n"].to_numpy()[rows].sum() <= _SPREADS_MAX]
    frame = held.frame.iloc[np.concatenate(few) if few else []]
    radius = frame["spread_m"] / ground.m_per_pt
    wide = frame["kind"].isin([PlacementKind.PLACE, PlacementKind.NEAR]) & (
        radius > 1.8 * symbols.RADIUS * pen.u
    )
    rows = frame[wide].assign(r=radius[wide].round(1), x=frame["x"].round(1), y=frame["y"].round(1))
    rows = rows.drop_duplicates(["x", "y", "r", "colour"])
    for colour, part in rows.groupby("colour", sort=True):
        rims = [symbols.circle(row.x, row.y, row.r) for row in part.itertuples()]
        pen.paths(rims, fill=str(colour), alpha=0.06, closed=True, clip=ground.box)
        pen.paths(rims, stroke=str(colour), width=0.9, dash=(1.2, 2.4), alpha=0.8, closed=True,
                  clip=ground.box)  # fmt: skip
    return {"spread"} if len(rows) else set()


def draw_about(pen: Pen, area: AreaMap, held: Symbols, theme: dict[str, Any]) -> set[str]:
    """Draw a ring around the symbol of the incident that the map is about."""
    ids = held.frame["id"].to_numpy()
    for x, y, radius, rows in zip(held.x, held.y, held.radius, held.rows, strict=True):
        if area.about and area.about in ids[rows]:
            symbols.ring(pen, float(x), float(y), float(radius) - 2.0 * pen.u, theme)
            return {"about"}
    return set()


def draw_symbols(pen: Pen, held: Symbols, theme: dict[str, Any], clip: Rect) -> set[str]:
    """Draw the symbols, the many above the few; return the keys of what they show."""
    shown: set[str] = set()
    frame = held.frame
    counts = [int(frame["n"].to_numpy()[rows].sum()) for rows in held.rows]
    for at in np.argsort(counts, kind="stable"):
        rows, count = frame.iloc[held.rows[at]], counts[at]
        x, y = float(held.x[at]), float(held.y[at])
        if count == 1:
            row = rows.iloc[0]
            symbols.glyph(pen, x, y, row["shape"], row["colour"], row["kind"], theme, clip)
            shown.add(f"category:{row['category']}")
            if row["kind"] in {PlacementKind.ALONG, PlacementKind.REGION}:
                shown.add(f"kind:{row['kind']}")
            continue
        shares = rows.groupby("colour", sort=True)["n"].sum() / count
        parts = [(str(colour), float(share)) for colour, share in shares.items()]
        symbols.cluster(pen, x, y, count, parts, theme)
        shown |= {"cluster"} | {f"family:{colour}" for colour, _share in parts}
    return shown
