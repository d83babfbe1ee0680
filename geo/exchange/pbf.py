"""Whether an OpenStreetMap extract (.osm.pbf) is whole.

The format is a row of blocks: four bytes with the length of a header, the header with the length of
the data, the data.  Reading the lengths only, a file is walked through in an instant.  A file cut
exactly between two blocks cannot be told from a whole one: the format has no end mark.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from geo.i18n import message
from geo.records import Fault, InputError

MAX_HEADER = 64 * 1024
MAX_BLOCK = 32 * 1024 * 1024
"""Bounds that the format sets."""
_TYPE, _DATASIZE = 1, 3
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


class _NotPbfError(Exception):
    """The bytes are not what the format says."""


def check_pbf(path: Path) -> None:
    """Walk through the blocks of an extract.

    Raises
    ------
    InputError
        When it is cut short or no OpenStreetMap extract.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            end = _walk(file, size)
        except _NotPbfError as error:
            text = message(
                "{file} is not an OpenStreetMap extract in PBF form, or it is damaged. Download it "
                "again.", file=path.name,
            )  # fmt: skip
            raise InputError([Fault(None, None, text)]) from error
    if end > size:
        text = message(
            "{file} is cut short: it has {size} bytes and its last block needs {end}. Download it "
            "again.", file=path.name, size=size, end=end,
        )  # fmt: skip
        raise InputError([Fault(None, None, text)])


def _walk(file: BinaryIO, size: int) -> int:
    """Return where the last block ends, which is beyond the file when that is cut short."""
    at = 0
    while at < size:
        file.seek(at)
        prefix = file.read(4)
        length = int.from_bytes(prefix, "big")
        if len(prefix) == 4 and not 0 < length <= MAX_HEADER:  # noqa: PLR2004 - bytes of a length
            raise _NotPbfError
        header = file.read(length) if len(prefix) == 4 else b""  # noqa: PLR2004
        if len(prefix) < 4 or len(header) < length:  # noqa: PLR2004
            if at == 0 and not header.startswith(b"\x0a\x09OSMHeader"):
                raise _NotPbfError
            return size + 4 - len(prefix) + length - len(header)
        fields = _fields(header)
        kind, data = fields.get(_TYPE), fields.get(_DATASIZE)
        expected = kind == b"OSMHeader" if at == 0 else kind is not None
        if not expected or not isinstance(data, int) or not 0 < data <= MAX_BLOCK:
            raise _NotPbfError
        at += 4 + length + data
    if size == 0:
        raise _NotPbfError
    return at


def _fields(header: bytes) -> dict[int, int | bytes]:
    """Return the fields of a protocol buffer message of numbers and texts."""
    found: dict[int, int | bytes] = {}
    at = 0
    while at < len(header):
        key, at = _number(header, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            found[number], at = _number(header, at)
        elif wire == _BYTES:
            length, at = _number(header, at)
            found[number] = header[at : at + length]
            at += length
        elif wire in {_FIXED32, _FIXED64}:
            at += 4 if wire == _FIXED32 else 8
        else:
            raise _NotPbfError
    return found


def _number(header: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(header):
        byte = header[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:  # noqa: PLR2004 - the last byte of a number
            return value, at
    raise _NotPbfError
