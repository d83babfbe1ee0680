"""The synthetic country of the network benchmark, and the section it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio

from benchmarks.extract import varints, zigzag
from benchmarks.network import generate
from geo.roads.network.importing import network_from_file


def test_equal_seeds_give_equal_countries_of_the_size_asked_for(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        generate(tmp_path / f"{name}.osm.pbf", 2_000, seed)
    one, same, other = ((tmp_path / f"{name}.osm.pbf").read_bytes() for name in "abc")
    assert one == same != other
    network = network_from_file(tmp_path / "a.osm.pbf")
    assert 1_700 < len(network) < 2_400
    assert {-1, 0, 1} > set(network.columns["level"].tolist()) > {0}
    lines = pyogrio.read_dataframe(tmp_path / "a.osm.pbf", layer="lines")
    assert len(lines) == network.facts["lines"]


def test_numbers_are_written_as_the_format_says() -> None:
    assert varints(np.array([0, 1, 127, 128, 300])) == bytes([0, 1, 127, 0x80, 1, 0xAC, 2])
    assert zigzag(np.array([0, -1, 1, -2, 2])).tolist() == [0, 1, 2, 3, 4]
