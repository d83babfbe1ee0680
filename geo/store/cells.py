"""Cells as somebody typed them -> values that a line's body may hold, with every fault."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from geo.columns import UNWRITABLE, Column
from geo.exchange.cells import nearest, parse
from geo.i18n import Message, message
from geo.records import Fault

MAX_CELL = 4_000
WEB = ("http://", "https://")


def fault(column: str, text: Message) -> Fault:
    """Return a fault of one cell."""
    return Fault(None, column, text)


def values_of(
    cells: Mapping[str, str],
    columns: Sequence[Column],
    faults: list[Fault],
    *,
    needed: Collection[str] = (),
) -> dict[str, Any]:
    """Return the values of typed cells; every cell that cannot be read is a fault.

    Parameters
    ----------
    cells
        Text by column name.
    columns
        Those that there are.
    faults
        Where faults are added.
    needed
        Columns that must be filled besides the required ones.
    """
    names = [column.name for column in columns]
    for name in cells:
        if name not in names:
            said = message(
                "There is no column {name}. Did you mean {meant}?",
                name=name,
                meant=nearest(name, names) or names[0],
            )
            faults.append(fault(name, said))
    values: dict[str, Any] = {}
    for column in columns:
        text = cells.get(column.name, "").strip()
        if not text:
            if column.required or column.name in needed:
                faults.append(fault(column.name, message("This is needed.")))
            continue
        if UNWRITABLE.search(text) or len(text) > MAX_CELL:
            said = message(
                "The text has more than {limit} characters or some that cannot be stored.",
                limit=MAX_CELL,
            )
            faults.append(fault(column.name, said))
            continue
        value = parse(text, column)
        if isinstance(value, Message):
            faults.append(fault(column.name, value))
        else:
            values[column.name] = value
    if values.get("url") and not str(values["url"]).startswith(WEB):
        faults.append(fault("url", message("Write an address that begins with https://.")))
    return values
