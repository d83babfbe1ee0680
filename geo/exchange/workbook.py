"""Write a table as an Excel workbook in which nothing can be executed."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pandas as pd
import xlsxwriter

from geo.exchange.plain import Plain, plain_column
from geo.i18n import message
from geo.records import Fault, InputError

MAX_ROWS = 1_048_575
"""What a sheet holds below its headings."""
MAX_LETTERS = 32_767
"""What a cell holds; a longer text would make Excel repair the file."""
_WIDEST = 60
#: Text stays text, whatever it begins with; an address is no link that a stray click follows.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_workbook(frame: pd.DataFrame, sheet: str, made_on: date) -> bytes:
    """Return a table as XLSX (Office Open XML), the same bytes for the same table and day.

    Parameters
    ----------
    frame
        A named index becomes the first column unless a column has its name.
    sheet
        Name of the sheet, at most 31 letters.
    made_on
        The day that the file says it was made.

    Returns
    -------
    bytes
        One sheet with its headings frozen; dates are ISO 8601 text, as in a CSV.

    Raises
    ------
    InputError
        When a sheet cannot hold so many rows.

    Notes
    -----
    O(cells), about a million in five seconds.
    """
    if len(frame) > MAX_ROWS:
        text = message(
            "A workbook holds {most:,} rows, this table has {n:,}. Take the CSV.",
            most=MAX_ROWS,
            n=len(frame),
        )
        raise InputError([Fault(None, None, text)])
    table = frame
    if frame.index.name is not None and frame.index.name not in frame.columns:
        table = frame.reset_index()
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _OPTIONS)
    day = datetime(made_on.year, made_on.month, made_on.day)  # noqa: DTZ001 - Excel knows no zone
    book.set_properties({"created": day, "author": "Piste"})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    for number, name in enumerate(table.columns):
        cells = plain_column(table.iloc[:, number])
        page.write_string(0, number, str(name)[:MAX_LETTERS], bold)
        for row, cell in enumerate(cells, 1):
            _write(page, row, number, cell)
        longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
        page.set_column(number, number, min(max(longest, len(str(name))) + 2, _WIDEST))
    page.freeze_panes(1, 0)
    book.close()
    return made.getvalue()


def _write(page: Any, row: int, column: int, cell: Plain) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    else:
        text = "; ".join(map(str, cell)) if isinstance(cell, list) else cell
        short = text if len(text) <= MAX_LETTERS else text[: MAX_LETTERS - 1] + "…"
        page.write_string(row, column, short)
