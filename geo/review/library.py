"""The library of reports: each text as it came in, and every act about it, appended in order.

It lies in the ledger's database, in two append-only tables of its own, so that a decision and the
lines that follow from it are one transaction.  No export and no brief reads these tables: a text
belongs to its publisher, and only facts, short quotations and the link leave.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from geo.columns import UNWRITABLE
from geo.i18n import message
from geo.records import Fault, InputError
from geo.review import plain
from geo.review.records import Act, Dossier, DraftItem, Reading, Source
from geo.review.standing import Happened, stand
from geo.store.ledger import Ledger
from geo.store.schema import REPORT, REVIEW


@dataclass(frozen=True, slots=True)
class Deed:
    """One act about to be recorded.

    Parameters
    ----------
    act
        What is done.
    item
        Key of the draft; empty for the whole report.
    body
        What it needs, plain values.
    """

    act: Act
    item: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a text that was taken in.

    Parameters
    ----------
    report_id
        Its number in the library.
    known
        True when the very same text was there already; nothing is added then.
    """

    report_id: int
    known: bool


class Library:
    """The reports of a ledger; safe to share between threads.

    Parameters
    ----------
    ledger
        In whose database they lie.
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def version(self) -> str:
        """Return what changes with every report and every act."""
        with self.ledger.reading() as connection:
            reports = connection.execute(select(func.max(REPORT.c.report_id))).scalar_one()
            acts = connection.execute(select(func.max(REVIEW.c.review_id))).scalar_one()
        return f"{self.ledger.ledger_id[:12]}-{reports or 0}-{acts or 0}"

    def add(self, text: str, name: str, reading: Reading, source: Source, by: str) -> Added:
        """Take a text in with what was read from it; its drafts wait from now on.

        Parameters
        ----------
        text
            As `cleaned` leaves it: evidence counts in it.
        name
            Of the file; empty when it was pasted.
        reading, source
            Of `geo.review.drafting.draft`, the source as the analyst says.
        by
            Who takes it in.

        Raises
        ------
        InputError
            When nobody is named, or the database refuses.
        """
        _named(by)
        digest = hashlib.sha256(text.encode()).hexdigest()
        with self.ledger.writing() as connection:
            known = connection.execute(
                select(REPORT.c.report_id).where(REPORT.c.digest == digest)
            ).scalar()
            if known is not None:
                return Added(int(known), known=True)
            last = connection.execute(select(func.max(REPORT.c.report_id))).scalar_one() or 0
            connection.execute(
                insert(REPORT).values(
                    report_id=last + 1, digest=digest, added_at=datetime.now(UTC),
                    added_by=by.strip(), name=cleaned(name)[:200], text=text,
                )
            )  # fmt: skip
            deeds = [
                Deed(Act.SOURCE, body=plain.source_as_plain(source)),
                Deed(Act.READ, body=plain.reading_as_plain(reading)),
            ]
            record(connection, last + 1, deeds, by)
        return Added(last + 1, known=False)

    def act(self, dossier: Dossier, deeds: Sequence[Deed], by: str) -> None:
        """Record acts about a report, all of them or none.

        Raises
        ------
        InputError
            When nobody is named, when somebody else has acted since ``dossier`` was read, or when
            the database refuses.
        """
        _named(by)
        with self.ledger.writing() as connection:
            unmoved(connection, dossier)
            record(connection, dossier.report_id, deeds, by)

    def dossiers(self, report_ids: Iterable[int] | None = None) -> list[Dossier]:
        """Return reports with what became of their drafts, newest first; all if none are named."""
        reports, acts = select(REPORT), select(REVIEW).order_by(REVIEW.c.review_id)
        if report_ids is not None:
            chosen = list(report_ids)
            reports = reports.where(REPORT.c.report_id.in_(chosen))
            acts = acts.where(REVIEW.c.report_id.in_(chosen))
        with self.ledger.reading() as connection:
            rows = connection.execute(reports.order_by(REPORT.c.report_id.desc())).all()
            done = connection.execute(acts).all()
        of: dict[int, list[Happened]] = {}
        for row in done:
            happened = Happened(
                row.review_id, Act(row.act), row.item, json.loads(row.body), row.recorded_by,
                _utc(row.recorded_at),
            )  # fmt: skip
            of.setdefault(row.report_id, []).append(happened)
        return [
            stand(
                Dossier(
                    row.report_id, row.name, row.text, row.added_by, _utc(row.added_at), Source()
                ),
                of.get(row.report_id, []),
            )
            for row in rows
        ]

    def refreshed(self, held: Mapping[int, Dossier]) -> dict[int, Dossier]:
        """Return every report by its number, newest first; only what has changed is read."""
        newest = func.max(REVIEW.c.review_id)
        query = select(REVIEW.c.report_id, newest).group_by(REVIEW.c.report_id)
        with self.ledger.reading() as connection:
            seen = {int(number): int(last) for number, last in connection.execute(query)}
        stale = [n for n, last in seen.items() if n not in held or held[n].seen != last]
        fresh = {one.report_id: one for one in self.dossiers(stale)}
        return {n: fresh.get(n) or held[n] for n in sorted(seen, reverse=True)}

    def dossier(self, report_id: int) -> Dossier | None:
        """Return a report, ``None`` when the library has no such number."""
        return next(iter(self.dossiers([report_id])), None)

    def set_source(self, dossier: Dossier, source: Source, by: str) -> None:
        """Say anew whose report it is and how far they are believed.

        Raises
        ------
        InputError
            As `act` does.
        """
        self.act(dossier, [Deed(Act.SOURCE, body=plain.source_as_plain(source))], by)

    def read_again(self, dossier: Dossier, reading: Reading, source: Source, by: str) -> None:
        """Replace the drafts by those of another reading, while nothing is decided.

        Raises
        ------
        InputError
            When a draft was decided on, and as `act` does.
        """
        if len(dossier.waiting) != len(dossier.standings):
            text = message("Some drafts were decided on. The others can be corrected by hand.")
            raise InputError([Fault(None, None, text)])
        deeds = [
            Deed(Act.SOURCE, body=plain.source_as_plain(source)),
            Deed(Act.READ, body=plain.reading_as_plain(reading)),
        ]
        self.act(dossier, deeds, by)

    def revise(self, dossier: Dossier, item: DraftItem, by: str) -> None:
        """Keep a draft as an analyst corrected it.

        Raises
        ------
        InputError
            As `act` does.
        """
        self.act(dossier, [Deed(Act.REVISE, item.key, plain.item_as_plain(item))], by)

    def split(
        self, dossier: Dossier, item: DraftItem, by: str, moved: Collection[int] | None = None
    ) -> str:
        """Make a second draft of one that tells of two events; return its key.

        Parameters
        ----------
        dossier, item
            The report and the draft.
        by
            Who splits it.
        moved
            Which of its claims, by number from 0, go to the second draft and leave the first one.
            ``None`` leaves all claims in both, which are then to be divided by hand.

        Raises
        ------
        InputError
            As `act` does.
        """
        taken = {one.item.key for one in dossier.standings}
        number = next(n for n in range(2, len(taken) + 3) if f"{item.key}.{n}" not in taken)
        key = f"{item.key}.{number}"
        deeds = [Deed(Act.SPLIT, item.key, {"key": key})]
        if moved is not None:
            for own, here in ((item.key, False), (key, True)):
                claims = (c for at, c in enumerate(item.claims) if (at in moved) is here)
                part = replace(item, key=own, claims=tuple(claims))
                deeds.append(Deed(Act.REVISE, own, plain.item_as_plain(part)))
        self.act(dossier, deeds, by)
        return key

    def reject(self, dossier: Dossier, key: str, reason: str, by: str) -> None:
        """Decide against a draft.

        Raises
        ------
        InputError
            Without a reason, and as `act` does.
        """
        if not reason.strip():
            text = message("Say why it is rejected.")
            raise InputError([Fault(None, "reason", text)])
        self.act(dossier, [Deed(Act.REJECT, key, {"reason": reason.strip()[:1000]})], by)

    def reopen(self, dossier: Dossier, key: str, by: str) -> None:
        """Let a rejected draft wait again.

        Raises
        ------
        InputError
            As `act` does.
        """
        self.act(dossier, [Deed(Act.REOPEN, key)], by)


def cleaned(text: str) -> str:
    """Return a text that a database can hold, every character in its place."""
    return UNWRITABLE.sub("\ufffd", text)


def record(connection: Connection, report_id: int, deeds: Sequence[Deed], by: str) -> None:
    """Append acts inside the caller's transaction."""
    last = connection.execute(select(func.max(REVIEW.c.review_id))).scalar_one() or 0
    now = datetime.now(UTC)
    rows = [
        {
            "review_id": number, "report_id": report_id, "act": deed.act.value, "item": deed.item,
            "body": json.dumps(deed.body, ensure_ascii=True, allow_nan=False),
            "recorded_at": now, "recorded_by": by.strip()[:120],
        }
        for number, deed in enumerate(deeds, start=last + 1)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(REVIEW), rows)


def unmoved(connection: Connection, dossier: Dossier) -> None:
    """Refuse when somebody has acted on a report since it was read."""
    query = select(func.max(REVIEW.c.review_id)).where(REVIEW.c.report_id == dossier.report_id)
    if (connection.execute(query).scalar_one() or 0) != dossier.seen:
        text = message("Somebody else has just worked on this report. Look at it again.")
        raise InputError([Fault(None, None, text)])


def _as_added(row: Any) -> Dossier:
    at = _utc(row.added_at)
    return Dossier(row.report_id, row.name, row.text, row.added_by, at, Source())


def _utc(at: datetime) -> datetime:
    """Return a time as the database meant it: SQLite forgets the zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _named(by: str) -> None:
    if not by.strip():
        raise InputError([Fault(None, "recorded_by", message("Say who records it."))])
