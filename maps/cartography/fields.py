"""Areas filled by number: the IED density and the incidents per region."""

from __future__ import annotations

from typing import Any

import contourpy
import numpy as np
from matplotlib.colors import to_hex, to_rgb
from matplotlib.path import Path

from geo.hotspots.grid import to_lonlat
from maps import palette
from maps.cartography.base import rings
from maps.cartography.ground import Ground
from maps.cartography.pen import Pen
from maps.cartography.plate import Heat
from maps.legend import CHOROPLETH_OPACITY, DENSITY_OPACITY


def blended(colour: str, ground: str, opacity: float) -> str:
    """Return the opaque colour that a translucent one has on a ground.

    Opaque areas can lie on one another without seams where they meet.
    """
    over, under = np.array(to_rgb(colour)), np.array(to_rgb(ground))
    return str(to_hex(opacity * over + (1 - opacity) * under))


def density(pen: Pen, heat: Heat | None, ground: Ground, theme: dict[str, Any]) -> set[str]:
    """Draw a density as areas, each class upon the one below it; return the keys of those seen."""
    if heat is None or not heat.classes.breaks_per_km2:
        return set()
    surface, limits = heat.surface, heat.classes.breaks_per_km2
    grid, z = surface.grid, surface.density_per_km2
    west, south, east, north = ground.seen
    # Only the cells under the map, and a ring of empty ones where the surface ends.
    columns, rows = grid.columns_rows(*_corners(west, south, east, north))
    first_x, last_x = (int(np.clip(v, 0, grid.nx)) for v in (columns.min() - 2, columns.max() + 3))
    first_y, last_y = (int(np.clip(v, 0, grid.ny)) for v in (rows.min() - 2, rows.max() + 3))
    z = np.pad(z[first_y:last_y, first_x:last_x], 1)
    if min(z.shape) < 3:  # noqa: PLR2004
        return set()
    lines = contourpy.contour_generator(z=z, fill_type="OuterCode")
    ramp = palette.DENSITY_RAMP[-len(limits) :]
    shown = set()
    for number, (limit, colour) in enumerate(zip(limits, ramp, strict=True), 1):
        vertices, codes = lines.filled(limit, np.inf)
        if not vertices:
            continue
        at = np.concatenate(vertices)
        lon, lat = to_lonlat(
            grid.x0_m + (at[:, 0] + first_x - 0.5) * grid.cell_m,
            grid.y0_m + (at[:, 1] + first_y - 0.5) * grid.cell_m,
        )
        path = Path(ground.to_paper(np.column_stack([lon, lat])), np.concatenate(codes))
        box = ground.box
        seen = path.vertices
        if not (
            (seen[:, 0] > box.left) & (seen[:, 0] < box.right)
            & (seen[:, 1] > box.bottom) & (seen[:, 1] < box.top)
        ).any():  # fmt: skip
            continue
        pen.paths(path, fill=blended(colour, theme["land"], DENSITY_OPACITY), clip=box)
        shown.add(f"density:{number}")
    return shown


def _corners(west: float, south: float, east: float, north: float) -> Any:
    from geo.hotspots.grid import to_plane  # noqa: PLC0415

    across, up = np.meshgrid(np.linspace(west, east, 9), np.linspace(south, north, 9))
    return to_plane(across.ravel(), up.ravel())


def choropleth(
    pen: Pen, section: dict[str, Any], regions: Any, ground: Ground, theme: dict[str, Any]
) -> set[str]:
    """Draw regions by their number of incidents; return the keys of the classes seen."""
    shown = set()
    for number, colour in enumerate(section["colours"]):
        chosen = [name for name, value in section["values"].items() if value["c"] == number]
        parts = rings(ground.drawn(regions.loc[chosen].geometry.to_numpy()))
        if parts:
            fill = blended(colour, theme["land"], CHOROPLETH_OPACITY)
            pen.paths(parts, fill=fill, closed=True, clip=ground.box)
            shown.add(f"choropleth:{number}")
    return shown
