"""A network on disk: a folder of plain numpy arrays, mapped into memory when it is opened.

Why arrays and not Parquet or SQLite: opening maps the files without reading or decoding them, so a
network of a million edges is there at once and several processes share its pages; a query by node
or edge number is an index; and the format needs nothing but numpy.  Each file has its SHA-256 in
the manifest (:mod:`geo.layers`).  Compression would save two thirds of the disk and cost seconds on
every start.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo import layers
from geo.roads.network.gaps import GAP_COLUMNS
from geo.roads.network.records import EDGE_COLUMNS, Network

_ARRAYS = ("nodes", "component", "vertices", "offsets")
_TEXTS = "texts.json"


def write(network: Network, folder: Path) -> None:
    """Write a network into a folder; the manifest is the caller's (:func:`geo.layers.seal`)."""
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(network, name))
    for name in EDGE_COLUMNS:
        np.save(folder / f"edge_{name}.npy", network.columns[name])
    for name in GAP_COLUMNS:
        np.save(folder / f"gap_{name}.npy", network.gaps[name].to_numpy())
    text = json.dumps(list(network.texts), ensure_ascii=False)
    (folder / _TEXTS).write_text(text, encoding="utf-8")


def read(folder: Path, *, verify: bool = True) -> Network:
    """Open a network that was written and sealed.

    Parameters
    ----------
    folder
        The layer's folder.
    verify
        Whether every file is read once and compared with its digest; otherwise only sizes are.

    Raises
    ------
    InputError
        When the folder is damaged.
    """
    facts = layers.facts_of(folder, None if verify else ())

    def mapped(name: str) -> Any:
        return np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)

    arrays = {name: mapped(name) for name in _ARRAYS}
    return Network(
        columns={name: mapped(f"edge_{name}") for name in EDGE_COLUMNS},
        texts=json.loads((folder / _TEXTS).read_text(encoding="utf-8")),
        gaps=pd.DataFrame({name: mapped(f"gap_{name}") for name in GAP_COLUMNS}),
        facts=facts,
        **arrays,
    )
