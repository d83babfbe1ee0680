"""From the bytes of a delimited file to its rows, with the line on which each one begins.

Nothing is guessed silently: the file must be UTF-8, and a row that cannot be read is named and
left out while the others are kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.columns import UNWRITABLE
from geo.exchange.faults import FaultLog
from geo.i18n import Message, message
from geo.records import Fault, InputError

DELIMITERS = (",", ";", "\t", "|")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what a file may ask of this machine.

    Parameters
    ----------
    max_bytes, max_rows, max_cell
        Size of the file, number of rows, characters of a cell.
    max_faults
        How many faults are told; the others are counted.
    """

    max_bytes: int = 50_000_000
    max_rows: int = 200_000
    max_cell: int = 5_000
    max_faults: int = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a file.

    Parameters
    ----------
    header
        Names of the columns, stripped.
    rows
        Cells as they stand, each row as long as the header.
    lines
        Line of the file on which each row begins; the header is line 1.
    """

    header: list[str]
    rows: list[list[str]]
    lines: list[int]


def refuse(text: Message) -> InputError:
    """Return the error for a fault of the whole file."""
    return InputError([Fault(None, None, text)])


def _bytes(source: Path | bytes, limits: Limits) -> bytes:
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                data = file.read(limits.max_bytes + 1)
        except OSError as error:
            raise refuse(
                message(
                    "{path} cannot be read: {reason}.",
                    path=str(source),
                    reason=error.strerror or str(error),
                )
            ) from error
    else:
        data = source
    if len(data) > limits.max_bytes:
        raise refuse(
            message(
                "The file is larger than {limit} MB. Split it into smaller files.",
                limit=f"{limits.max_bytes / 1e6:g}",
            )
        )
    return data


def _text(data: bytes) -> str:
    if data[:2] in _UTF16:
        raise refuse(
            message(
                "The file is UTF-16 (a spreadsheet's “Unicode text”). Save it as “CSV UTF-8” "
                "and try again."
            )
        )
    text = data.decode("utf-8", errors="surrogateescape").removeprefix("\ufeff")
    if not text.replace("\x00", "").strip():
        raise refuse(message("The file is empty. It needs a header row and at least one row."))
    return text


def _delimiter(line: str, known: Collection[str]) -> str:
    """Return the delimiter that finds the most known columns in the header line."""

    def hits(delimiter: str) -> int:
        return sum(name.strip().strip('"') in known for name in line.split(delimiter))

    return max(DELIMITERS, key=hits)


def _records(lines: list[str], delimiter: str, log: FaultLog) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(line, cells)``; after a row that cannot be read, go on with the next line.

    A quote that is never closed swallows what follows it, so reading starts again right after
    the line where it was opened.  The csv module gives up after 131,072 characters of one cell,
    and a line that opens a quote in one reading closes it in the other, so the whole stays linear.
    """
    start = 0
    while start < len(lines):
        rest = map(lines.__getitem__, range(start, len(lines)))
        reader = csv.reader(rest, delimiter=delimiter, strict=True)
        begin = start
        try:
            for cells in reader:
                if cells:
                    yield begin + 1, cells
                begin = start + reader.line_num
            start = len(lines)
        except csv.Error:
            log.add(
                begin + 1,
                None,
                message(
                    "The quotes of this row do not match. Close each opened quote and write a "
                    'quote inside a cell twice ("").'
                ),
            )
            start = begin + 1


def read_sheet(
    source: Path | bytes, known: Collection[str], limits: Limits, log: FaultLog
) -> Sheet:
    """Read a delimited UTF-8 file.

    Parameters
    ----------
    source
        A path or the bytes themselves.
    known
        Names of columns by which the delimiter is found.
    limits
        Bounds.
    log
        Takes the faults of single rows.

    Raises
    ------
    InputError
        When there is nothing to read rows from.
    """
    text = _text(_bytes(source, limits))
    lines = list(io.StringIO(text, newline=""))
    first = next(number for number, line in enumerate(lines) if line.strip())
    delimiter = _delimiter(lines[first], known)
    records = _records(lines, delimiter, log)
    header: list[str] | None = None
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, cells in records:
        if header is None:
            if number != first + 1:
                break
            header = [name.strip() for name in cells]
        elif len(cells) != len(header):
            if any(cell.strip() for cell in cells):
                log.add(number, None, _width(len(cells), len(header)))
        elif len(rows) == limits.max_rows:
            log.add(
                number,
                None,
                message(
                    "The file has more than {limit} rows; this one and those after it were not "
                    "read. Split the file.",
                    limit=limits.max_rows,
                ),
            )
            break
        elif any(cells):
            rows.append(cells)
            numbers.append(number)
    if header is None:
        raise refuse(
            message("The header row cannot be read: its quotes do not match. Mend line 1.")
        )
    _check_header(header, limits)
    return Sheet(header, rows, numbers)


def _width(found: int, expected: int) -> Message:
    if found > expected:
        return message(
            "The row has {found} cells, the header has {expected}. Put quotes around text that "
            "contains the separator.",
            found=found,
            expected=expected,
        )
    return message(
        "The row has {found} cells, the header has {expected}. Add the missing separators or "
        "close an open quote.",
        found=found,
        expected=expected,
    )


def _check_header(header: list[str], limits: Limits) -> None:
    faults = []
    for name in dict.fromkeys(header):
        if UNWRITABLE.search(name) or len(name) > limits.max_cell:
            text = message(
                "A column name is not readable UTF-8 text. Save the file as “CSV UTF-8”."
            )
            faults.append(Fault(1, None, text))
        elif name and header.count(name) > 1:
            text = message("The column {name} is there twice. Rename or remove one.", name=name)
            faults.append(Fault(1, name, text))
    if faults:
        raise InputError(faults)
