"""Write an OpenStreetMap extract (.osm.pbf): nodes and tagged ways, nothing else.

Only what the format demands, in numpy, so that a country's worth of nodes is written in seconds.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_NODES_PER_BLOCK = 200_000
_WAYS_PER_BLOCK = 8_000

Ints = NDArray[np.int64]


def varints(values: Ints) -> bytes:
    """Return numbers as protocol buffer varints, one after other."""
    left = values.astype(np.uint64)
    digits = [left & 0x7F]
    while (left := left >> np.uint64(7)).any():
        digits.append(left & 0x7F)
    table = np.array(digits, dtype=np.uint8)
    used = np.ones(table.shape, dtype=bool)
    used[1:] = np.maximum.accumulate(table[::-1], axis=0)[::-1][1:] > 0
    more = np.zeros(table.shape, dtype=bool)
    more[:-1] = used[1:]
    return (table | more.astype(np.uint8) << 7).T[used.T].tobytes()


def zigzag(values: Ints) -> Ints:
    """Return signed numbers as unsigned ones, small if they are near zero."""
    return (values << 1) ^ (values >> 63)


def _field(number: int, content: bytes | int) -> bytes:
    if isinstance(content, int):
        return varints(np.array([number << 3, content]))
    return varints(np.array([number << 3 | 2, len(content)])) + content


def _packed(number: int, values: Ints) -> bytes:
    return _field(number, varints(values))


def _deltas(values: Ints) -> Ints:
    return zigzag(np.diff(values, prepend=0))


def _block(kind: bytes, content: bytes) -> bytes:
    blob = _field(2, len(content)) + _field(3, zlib.compress(content, 1))
    header = _field(1, kind) + _field(3, len(blob))
    return len(header).to_bytes(4, "big") + header + blob


def _primitive(strings: Sequence[str], group: bytes) -> bytes:
    table = b"".join(_field(1, text.encode()) for text in strings)
    return _block(b"OSMData", _field(1, table) + _field(2, group))


def _node_blocks(units: Ints) -> Iterator[bytes]:
    for start in range(0, len(units), _NODES_PER_BLOCK):
        part = units[start : start + _NODES_PER_BLOCK]
        ids = np.arange(start + 1, start + 1 + len(part))
        dense = b"".join(
            [
                _packed(1, _deltas(ids)),
                _packed(8, _deltas(part[:, 1])),
                _packed(9, _deltas(part[:, 0])),
            ]
        )
        yield _primitive([""], _field(2, dense))


def _way_blocks(ways: Sequence[Ints], tags: Sequence[dict[str, str]]) -> Iterator[bytes]:
    for start in range(0, len(ways), _WAYS_PER_BLOCK):
        code = {"": 0}
        group = []
        for number in range(start, min(start + _WAYS_PER_BLOCK, len(ways))):
            pairs = [
                [code.setdefault(text, len(code)) for text in texts]
                for texts in (tags[number].keys(), tags[number].values())
            ]
            refs = _packed(8, _deltas(ways[number] + 1))
            keys = b"".join(_packed(at, np.array(p)) for at, p in zip((2, 3), pairs, strict=True))
            group.append(_field(3, _field(1, number + 1) + keys + refs))
        yield _primitive(list(code), b"".join(group))


def write_pbf(
    path: Path, units: Ints, ways: Sequence[Ints], tags: Sequence[dict[str, str]]
) -> None:
    """Write an extract.

    Parameters
    ----------
    path
        Where to.
    units
        Shape ``(n, 2)``: longitude, latitude of the nodes in 1e-7 degrees.
    ways
        Rows of the nodes of each way, in order.
    tags
        Tags of each way.
    """
    features = b"".join(_field(4, name) for name in (b"OsmSchema-V0.6", b"DenseNodes"))
    with path.open("wb") as file:
        file.write(_block(b"OSMHeader", features))
        file.writelines(_node_blocks(units))
        file.writelines(_way_blocks(ways, tags))
