"""From the cells of a frame to the plain values that an outside format can hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any

import numpy as np
import pandas as pd

from geo.i18n import Message

Plain = str | int | float | bool | list[Any] | None


def plain(value: Any) -> Plain:
    """Return a value as text, number, truth, list of these, or ``None``.

    A :class:`~geo.i18n.Message` becomes text in the active language, a date ISO 8601, an absent
    or infinite number ``None``, a code its word.  Text keeps every character except halves of
    surrogate pairs, which no UTF-8 file can hold.
    """
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray)):
        return [plain(item) for item in value]
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    for kinds, convert in _CONVERSIONS:
        if isinstance(value, kinds):
            return convert(value)
    return _text(str(value))


def _text(value: str) -> str:
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _float(value: float | np.floating[Any]) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def _datetime(value: datetime) -> str:
    if value.tzinfo is None and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    return value.isoformat()


# In this order: a code is a str too, a truth an int, a moment a date.
_CONVERSIONS: tuple[tuple[Any, Callable[[Any], Plain]], ...] = (
    (Enum, lambda value: plain(value.value)),
    (str, _text),
    (Message, lambda value: _text(str(value))),
    ((bool, np.bool_), bool),
    ((int, np.integer), int),
    ((float, np.floating), _float),
    (datetime, _datetime),
    (date, date.isoformat),
)


def plain_column(series: pd.Series) -> list[Plain]:
    """Return the cells of a column as plain values; each distinct one is converted once.

    Parameters
    ----------
    series
        A column of any dtype.
    """
    if pd.api.types.is_bool_dtype(series.dtype) and not series.hasnans:
        return [bool(value) for value in series.tolist()]
    known: dict[Any, Plain] = {}
    cells: list[Plain] = []
    for value in series.tolist():
        try:
            # 1, 1.0 and True are one key, so the type is part of it.
            key = (type(value), value)
            if key not in known:
                known[key] = plain(value)
            cells.append(known[key])
        except TypeError:
            cells.append(plain(value))
    return cells
