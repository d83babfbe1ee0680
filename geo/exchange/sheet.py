"""From the bytes of a delimited file to its rows, with the line on which each one begins.

Nothing is guessed silently: the file must be UTF-8, and a row that cannot be read is named and
left out while the others are kept.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.columns import UNWRITABLE
from geo.exchange.faults import FaultLog
from geo.i18n import Message, message
from geo.records import Fault, InputError

DELIMITERS = (",", ";", "\t", "|")
_COLUMNS = 1_000
_RECORD_LINES = 1_000
_LINE_CHARACTERS = 1_000_000
_REREAD_MIN = 10_000
_LINES_PER_ROW = 20
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


def _one_record(lines: list[str], begin: int) -> Iterator[str]:
    """Yield lines from ``begin`` on; refuse a record that goes on for too long."""
    for number in range(begin, min(begin + _RECORD_LINES, len(lines))):
        if len(lines[number]) > _LINE_CHARACTERS:
            raise csv.Error
        yield lines[number]
    if begin + _RECORD_LINES < len(lines):
        raise csv.Error


def _records(lines: list[str], delimiter: str, log: FaultLog) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(line, cells)``; after a row that cannot be read, go on with the next line.

    A quote that is never closed swallows what follows it, so reading starts again right after
    the line where it was opened.  A file made to be read again and again is given up: all
    re-reading together is bounded by the length of the file.
    """
    start, reread = 0, 0
    while start < len(lines):
        reader = csv.reader(_one_record(lines, start), delimiter=delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error:
            log.add(
                start + 1,
                None,
                message(
                    "The quotes of this row do not match, or it is far too long. Close each "
                    'opened quote and write a quote inside a cell twice ("").'
                ),
            )
            reread += max(reader.line_num, 1)
            start += 1
            if reread > _REREAD_MIN + 2 * len(lines):
                log.add(
                    start + 1,
                    None,
                    message("Too many quotes do not match; nothing was read from this line on."),
                )
                return
            continue
        if cells:
            yield start + 1, cells
        start += reader.line_num


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
    if text.count("\n") + text.count("\r") > _LINES_PER_ROW * (limits.max_rows + _COLUMNS):
        raise refuse(
            message(
                "The file has too many lines for {limit} rows. Remove empty lines or split it.",
                limit=limits.max_rows,
            )
        )
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
            message("The header row cannot be read: its quotes do not match, or it is too long.")
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
    if len(header) > _COLUMNS:
        raise refuse(
            message(
                "The header has {found} columns; at most {limit} are taken. Remove some.",
                found=len(header),
                limit=_COLUMNS,
            )
        )
    faults = []
    for name, count in Counter(header).items():
        if UNWRITABLE.search(name) or len(name) > limits.max_cell:
            text = message(
                "A column name is not readable UTF-8 text. Save the file as “CSV UTF-8”."
            )
            faults.append(Fault(1, None, text))
        elif name and count > 1:
            text = message("The column {name} is there twice. Rename or remove one.", name=name)
            faults.append(Fault(1, name, text))
    if faults:
        raise InputError(faults)
