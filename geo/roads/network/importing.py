"""From a map file to a network in use, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from geo.i18n import gettext as _
from geo.i18n import message
from geo.roads.network import topology as topologies
from geo.roads.network.crossings import split_at_crossings
from geo.roads.network.gaps import components, gaps
from geo.roads.network.lines import ATTRIBUTES, Lines
from geo.roads.network.reading import Progress, read_lines
from geo.roads.network.records import Network

TOLERANCE_M = 20.0
"""Dead ends up to this far beside a road are reported."""
OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"


def network_from(
    lines: Lines,
    tolerance_m: float = TOLERANCE_M,
    facts: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> Network:
    """Build the network of some lines.

    Parameters
    ----------
    lines
        Without repeated vertices.
    tolerance_m
        Dead ends up to this far beside a road are listed in ``network.gaps``; nothing is closed.
    facts
        What else the network is to say of itself.
    progress
        Told what is done.

    Returns
    -------
    Network
        ``facts`` also has the counts: ``lines``, ``crossings`` (vertices added where lines met
        without one), ``repeated_edges`` (left out), ``nodes``, ``edges``, ``components``,
        ``gaps``, ``length_km``, ``tolerance_m``, ``bounds`` (degrees).
    """

    def crossed(done: int, total: int) -> None:
        if progress is not None:
            progress(message("Finding crossings"), done, total)

    def tell(text: Any) -> None:
        if progress is not None:
            progress(text, 0, None)

    split, added = split_at_crossings(lines, crossed)
    tell(message("Cutting lines where they meet"))
    built = topologies.build(split)
    tell(message("Looking for gaps"))
    component = components(built)
    found = gaps(built, component, tolerance_m)
    low, high = built.nodes.min(axis=0), built.nodes.max(axis=0)
    counts = {
        "lines": len(lines), "crossings": added, "repeated_edges": built.repeated,
        "nodes": len(built.nodes), "edges": len(built.u),
        "components": int(component.max(initial=-1)) + 1, "gaps": len(found),
        "length_km": round(float(built.length_m.sum()) / 1_000, 3), "tolerance_m": tolerance_m,
        "bounds": [round(float(x) / 1e7, 7) for x in np.concatenate([low, high])],
    }  # fmt: skip
    columns: dict[str, Any] = {"u": built.u, "v": built.v, "length_m": built.length_m}
    columns |= {name: split.attributes[name][built.line] for name in ATTRIBUTES}
    return Network(
        built.nodes, component, columns, built.vertices, built.offsets, lines.texts, found,
        {**(facts or {}), **counts},
    )  # fmt: skip


def network_from_file(
    path: Path,
    *,
    layer: str | None = None,
    attribution: str = "",
    tolerance_m: float = TOLERANCE_M,
    max_bytes: int | None = None,
    progress: Progress | None = None,
) -> Network:
    """Read a map file and build its network; see `network_from` and `read_lines`.

    Parameters
    ----------
    attribution
        Who is to be named; for an OpenStreetMap extract that is known.
    """
    lines, skipped = read_lines(path, layer, max_bytes, progress)
    facts = {
        "source": path.name,
        "attributions": [attribution or default_attribution(path)],
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "skipped": skipped,
    }
    return network_from(lines, tolerance_m, facts, progress)


def default_attribution(path: Path) -> str:
    """Return who is to be named when the operator says nothing."""
    if path.name.lower().endswith(".pbf"):
        return OSM_ATTRIBUTION
    return _("{file} (source and licence not stated)", file=path.name)
