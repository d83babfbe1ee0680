"""Whether a draft may enter the ledger: its records, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from geo.columns import CLAIMS, LINKS, Column, iso_day, typed
from geo.gazetteer.folding import fold
from geo.i18n import Message, message
from geo.records import DatePrecision, Fault
from geo.review import naming
from geo.review.records import Dossier, DraftItem, Source
from geo.store import correcting
from geo.store.cells import fault, values_of

SOURCE_COLUMNS = (
    Column("title"),
    Column("publisher", required=True),
    Column("url"),
    *(column for column in CLAIMS if column.name in ("reliability", "credibility")),
)
Values = dict[str, Any]


def check_source(source: Source, today: date) -> list[Fault]:
    """Return what is wrong with what is said of a report."""
    faults: list[Fault] = []
    cells = {column.name: getattr(source, column.name) for column in SOURCE_COLUMNS}
    values_of(cells, SOURCE_COLUMNS, faults)
    day = iso_day(source.published)
    if not source.published.strip():
        faults.append(fault("published", message("Say when the report was published.")))
    elif day is None:
        text = message("Write the day as 2025-02-12.")
        faults.append(fault("published", text))
    elif day > today:
        text = message("{day} has not come yet. When was it published?", day=source.published)
        faults.append(fault("published", text))
    return faults


def incident_values(item: DraftItem, source: Source, faults: list[Fault]) -> Values:
    """Return an incident's values without its id; what is wrong is added to ``faults``."""
    values = correcting.incident_values(item.cells, faults)
    start = values.get("date_start")
    if start and start > source.published:
        text = message("{day} is after the report was published. Mend one of the two.", day=start)
        faults.append(fault("date_start", text))
    return values


def claim_values(
    item: DraftItem, dossier: Dossier, incident_id: str, faults: list[Fault]
) -> list[Values]:
    """Return the values of a draft's claims, each with its source."""
    source, found = dossier.source, []
    for number, stated in enumerate(item.claims, start=1):
        own: list[Fault] = []
        cells = {
            **stated.cells,
            "incident_id": incident_id,
            "publisher": source.publisher,
            "published_on": source.published,
            "url": source.url,
            "report_id": str(dossier.report_id),
            "stated_on": stated_on(stated.cells),
        }
        for name, usual in (
            ("reliability", source.reliability),
            ("credibility", source.credibility),
        ):
            cells[name] = cells.get(name, "").strip() or usual
        values = values_of(cells, CLAIMS, own)
        numbers = [values[name] for name in ("low", "best", "high") if name in values]
        if numbers != sorted(numbers):
            text = message("Lowest, best and highest must not fall. Mend the numbers.")
            own.append(fault("best", text))
        if values.get("stated_on", "") > source.published:
            text = message("A report cannot tell what was stated after it was published.")
            own.append(fault("stated_on", text))
        faults += [
            Fault(one.row, one.column, message("claim {number}: {text}", number=number,
                                               text=one.message))
            for one in own
        ]  # fmt: skip
        found.append(values)
    return found


def stated_on(cells: Mapping[str, str]) -> str:
    """Return the day of a drafted statement; drafts once kept it under another name."""
    return (cells.get("stated_on") or cells.get("published_on", "")).strip()


def link_values(
    item: DraftItem, dossier: Dossier, entities: Mapping[str, str], faults: list[Fault]
) -> Values:
    """Return a link's values, its ends as incidents of the ledger.

    Parameters
    ----------
    item, dossier
        The draft and its report.
    entities
        Incident of the ledger by what an end may say: the key of a draft that was accepted or
        merged, or the incident's own id.
    faults
        Where faults are added.
    """
    cells = {
        "stated_by": dossier.source.publisher,
        "url": dossier.source.url,
        **item.cells,
    }
    for name in ("from_incident_id", "to_incident_id"):
        end = cells.get(name, "").strip()
        if end and end not in entities:
            draft = dossier.standing(end)
            text = (
                message("There is no incident {id} in the ledger, or it was withdrawn.", id=end)
                if draft is None
                else message(
                    "“{draft}” is not in the ledger. Decide on it first, or name another incident.",
                    draft=naming.incident(draft.item),
                )
            )
            faults.append(fault(name, text))
        cells[name] = entities.get(end, end)
    if cells["from_incident_id"] and cells["from_incident_id"] == cells["to_incident_id"]:
        text = message("Both ends are the same incident. Reject the link or change an end.")
        faults.append(fault("to_incident_id", text))
    return values_of(cells, LINKS, faults)


@dataclass(frozen=True, slots=True)
class Naming:
    """Gives new incidents their ids.

    Parameters
    ----------
    taken
        Ids that were ever in the ledger, and those given just now.
    """

    taken: set[str]

    def of(self, values: Values) -> str:
        """Return the id of a new incident, as ``ML-2025-02-07-KOBE``."""
        start = str(values.get("date_start", ""))
        length = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.SEASON: 7}
        day = start[: length.get(DatePrecision(values["date_precision"]), len(start))]
        place = values.get("place") or values.get("admin1") or values.get("category", "")
        stem = "-".join(
            part for part in (values.get("country", "XX"), day, fold(place)[:24].upper()) if part
        )
        found, number = stem, 1
        while found in self.taken:
            number += 1
            found = f"{stem}-{number}"
        self.taken.add(found)
        return found


def one_row(columns: tuple[Column, ...], values: Mapping[str, Any]) -> pd.DataFrame:
    """Return a frame of one record."""
    return rows(columns, [values])


def rows(columns: tuple[Column, ...], values: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a frame of records."""
    data = {column.name: [one.get(column.name) for one in values] for column in columns}
    return typed(columns, data, pd.RangeIndex(len(values)))


def of_draft(key: str, found: list[Fault]) -> list[Fault]:
    """Return faults that say which draft they are about."""
    return [Fault(one.row, one.column, one.message, key) for one in found]


def about_draft(key: str, text: Message) -> Fault:
    """Return a fault of a whole draft."""
    return Fault(None, None, text, key)
