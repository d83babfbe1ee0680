"""Read the rows of the project's own CSV files, with the line each came from."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geo.i18n import Message, message
from geo.records import Fault, InputError


@dataclass(slots=True)
class Row:
    """One row of a file; reading a cell as a number collects the faults met.

    Parameters
    ----------
    line
        Line of the file on which the row ends, counted as a text editor does.
    cells
        Text of the cells by column name.
    faults
        List shared by all rows of the file, to which faults are added.
    """

    line: int
    cells: Mapping[str, str]
    faults: list[Fault] = field(repr=False)

    def fault(self, column: str, text: Message) -> None:
        """Note a fault in a cell of this row."""
        self.faults.append(Fault(self.line, column, text))

    def number(self, column: str, low: float, high: float) -> float:
        """Return a cell as a number from ``low`` to ``high``; NaN, and a fault, if it is not."""
        text = self.cells[column].strip()
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if low <= value <= high:
            return value
        self.fault(
            column,
            message(
                "line {line}: {column} is “{text}”; expected a number from {low} to {high}",
                line=self.line, column=column, text=text, low=low, high=high,
            ),
        )  # fmt: skip
        return float("nan")

    def required(self, column: str) -> str:
        """Return a cell that must not be empty."""
        text = self.cells[column].strip()
        if not text:
            self.fault(
                column,
                message("line {line}: {column} is empty; fill it", line=self.line, column=column),
            )
        return text


def read_rows(path: Path, columns: Sequence[str], faults: list[Fault]) -> list[Row]:
    """Read a UTF-8 CSV file with a header row.

    Parameters
    ----------
    path
        The file.
    columns
        Columns that must be there; others are kept as well.
    faults
        Where faults found later, in the cells, are gathered.

    Raises
    ------
    InputError
        When the file is missing, is not UTF-8 or lacks columns.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise _unusable(message("{file} is missing; restore it", file=path.name)) from error
    except UnicodeDecodeError as error:
        raise _unusable(
            message("{file} is not UTF-8 text; save it as UTF-8", file=path.name)
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise _unusable(
            message(
                "{file} lacks the columns {columns}", file=path.name, columns=", ".join(missing)
            )
        )
    rows = []
    for cells in reader:
        row = Row(reader.line_num, {k: v or "" for k, v in cells.items() if k is not None}, faults)
        if None in cells or None in cells.values():
            row.fault(
                columns[0],
                message("line {line}: too many or too few cells for the header", line=row.line),
            )
            continue
        rows.append(row)
    return rows


def _unusable(text: Message) -> InputError:
    return InputError([Fault(None, None, text)])
