"""Days as they are typed on the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from geo.columns import iso_day
from geo.i18n import message
from geo.records import Fault


def read_days(given: Mapping[str, str | None]) -> tuple[dict[str, dt.date], list[Fault]]:
    """Return the days that were given, by option, and a fault for each that is none."""
    days, faults = {}, []
    for name, text in given.items():
        day = None if text is None else iso_day(text)
        if day is not None:
            days[name] = day
        elif text is not None:
            said = message(
                "--{name}: “{found}” is not a date. Write year, month and day as 2025-02-07.",
                name=name,
                found=text,
            )
            faults.append(Fault(None, name, said))
    return days, faults
