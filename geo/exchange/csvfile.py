"""Write a table as CSV that a spreadsheet opens without executing anything."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd
import shapely

from geo.exchange.geojson import DECIMALS
from geo.exchange.plain import Plain, plain_column

# What a spreadsheet takes for the beginning of a formula, and what it skips before one; the
# full-width forms count in East Asian versions.  Apostrophes before it are doubled, so that
# reading can take exactly one off again.
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_SPECIAL = re.compile('[",\r\n]')
_NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")


def defuse(text: str) -> str:
    """Return ``text`` with an apostrophe before it when a spreadsheet would execute it.

    Plain negative numbers stay numbers.
    """
    if FORMULA.match(text) and not _NEGATIVE.fullmatch(text):
        return f"'{text}"
    return text


def undefuse(text: str) -> str:
    """Return what :func:`defuse` was given."""
    if text.startswith("'") and FORMULA.match(text):
        return text[1:]
    return text


def _quoted(text: str) -> str:
    # The csv module leaves a lone CR bare when lines end in LF, and readers then end the row.
    if _SPECIAL.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def _cell(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _cell("; ".join(str(item) for item in value))
    if isinstance(value, str):
        return _quoted(defuse(value))
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def write_table(frame: pd.DataFrame, *, excel: bool = True) -> bytes:
    """Return ``frame`` as CSV (RFC 4180) in UTF-8.

    Parameters
    ----------
    frame
        A named index becomes the first column unless a column has its name; a geometry
        column becomes well-known text.
    excel
        True for CR LF line ends and the byte order mark by which Excel knows UTF-8; False for
        the plain form of the starter files (LF, no mark).

    Returns
    -------
    bytes
        Absent values are empty cells.
    """
    table = frame
    if frame.index.name is not None and frame.index.name not in frame.columns:
        table = frame.reset_index()
    columns = [_column(table.iloc[:, i]) for i in range(table.shape[1])]
    header = [_quoted(defuse(str(name))) for name in table.columns]
    # A row of one empty cell would be an empty line, which readers skip.
    rows = (",".join(row) or '""' for row in zip(*columns, strict=True))
    end = "\r\n" if excel else "\n"
    text = "".join(f"{row}{end}" for row in [",".join(header), *rows])
    return text.encode("utf-8-sig" if excel else "utf-8", "replace")


def _column(series: pd.Series) -> list[str]:
    if isinstance(series.dtype, gpd.array.GeometryDtype):
        texts = shapely.to_wkt(series.to_numpy(), rounding_precision=DECIMALS)
        return [_cell(text) for text in texts]
    return [_cell(value) for value in plain_column(series)]
