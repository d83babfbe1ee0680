"""The ledger: dated lines that are appended and read, and nothing else.

There is no function that updates or deletes a line, and the database refuses both
(:mod:`geo.store.schema`).  A correction is a new line with the same kind and entity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Self

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    String,
    func,
    insert,
    select,
    type_coerce,
)
from sqlalchemy.exc import DBAPIError

from geo.columns import fits
from geo.i18n import message
from geo.store.engine import default_url, open_engine, writing
from geo.store.frames import LedgerFrames, decode, version_of, with_hidden_on
from geo.store.lines import COLUMNS, Line, LineKind, encode
from geo.store.opening import prepared, refused
from geo.store.schema import LINE

_FEW = 500
_CHUNK = 10_000


class Ledger:
    """An open ledger; safe to share between threads.

    Use :meth:`open`.

    Parameters
    ----------
    engine
        Engine of its database, tables already there.
    ledger_id
        Identity of the database.
    """

    def __init__(self, engine: Engine, ledger_id: str) -> None:
        self._engine = engine
        self.ledger_id = ledger_id

    @classmethod
    def open(cls, url: str | None = None) -> Ledger:
        """Open the ledger at ``url``, creating it when it is not there.

        Parameters
        ----------
        url
            SQLAlchemy database URL; ``PISTE_DB`` or the user's data folder unless given.

        Raises
        ------
        InputError
            When the database cannot be opened.
        """
        engine = open_engine(url or default_url())
        try:
            return cls(engine, prepared(engine))
        except BaseException:
            engine.dispose()
            raise

    @property
    def url(self) -> str:
        """Where the database is, any password hidden."""
        return self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Let go of the connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return the ledger, to be closed at the end of a ``with`` block."""
        return self

    def __exit__(self, *_raised: object) -> None:
        """Let go of the connections, whatever was raised."""
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database.

        Raises
        ------
        InputError
            When the database refuses.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise refused(self._engine, error) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield the connection of the only writer; what it wrote stays if nothing is raised.

        Raises
        ------
        InputError
            When the database refuses; nothing is written then.
        """
        try:
            with writing(self._engine).begin() as connection:
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql("LOCK TABLE line IN SHARE ROW EXCLUSIVE MODE")
                yield connection
        except DBAPIError as error:
            raise refused(self._engine, error) from error

    def last_line_id(self) -> int:
        """Return the highest number among the lines, 0 for an empty ledger."""
        with self._engine.begin() as connection:
            return _last_line_id(connection)

    def version(self) -> str:
        """Return the version that :meth:`frames` would have now; one index look-up."""
        return version_of(self.ledger_id, self.last_line_id())

    def append(
        self,
        lines: Sequence[Line],
        recorded_by: str,
        *,
        only_if_empty: bool = False,
        progress: Callable[[int, int], None] | None = None,
        alongside: Callable[[Connection], None] | None = None,
    ) -> list[int]:
        """Append ``lines`` in one transaction: all of them or none.

        Parameters
        ----------
        lines
            In the order in which they are to be numbered.
        recorded_by
            Who or what records them.
        only_if_empty
            Append nothing when the ledger already has a line.
        progress
            Called with the number of lines written and of all lines; they count only at the end.
        alongside
            Called in the same transaction before the lines are written; what it raises undoes
            everything.

        Returns
        -------
        list of int
            The numbers of the lines, once they are on the disk; empty when nothing was appended.

        Raises
        ------
        InputError
            When the database refuses, with its reason; nothing is appended then.
        ValueError
            When a body has a column or a value that its kind does not have.
        """
        _check(lines)
        with self.writing() as connection:
            last = _last_line_id(connection)
            if not lines or (only_if_empty and last):
                return []
            rows = _rows(lines, recorded_by, last, _current(connection, lines) if last else {})
            if alongside:
                alongside(connection)
            for done in range(0, len(rows), _CHUNK):
                connection.execute(insert(LINE), rows[done : done + _CHUNK])
                if progress:
                    progress(min(done + _CHUNK, len(rows)), len(rows))
        return [row["line_id"] for row in rows]

    def frames(self, since: LedgerFrames | None = None) -> LedgerFrames:
        """Return every line as frames.

        Parameters
        ----------
        since
            Frames read before: only the lines appended after them are read and joined.
        """
        if since is not None and since.ledger_id != self.ledger_id:
            since = None
        after = since.last_line_id if since else 0
        with self._engine.begin() as connection:
            last = _last_line_id(connection)
            if since and last == after:
                return since
            lines = _read(connection, after, last)
        fresh = {kind: decode(kind, rows) for kind, rows in lines.items()}
        if since:
            older = by_kind(since)
            fresh = {
                kind: with_hidden_on(pd.concat([older[kind], frame])) if len(frame) else older[kind]
                for kind, frame in fresh.items()
            }
        return LedgerFrames(
            incidents=fresh[LineKind.INCIDENT],
            claims=fresh[LineKind.CLAIM],
            assertions=fresh[LineKind.ASSERTION],
            links=fresh[LineKind.LINK],
            ledger_id=self.ledger_id,
            last_line_id=last,
        )

    def history(self, kind: LineKind, entity_ids: Sequence[str]) -> pd.DataFrame:
        """Return every line about some entities, with who recorded it.

        Parameters
        ----------
        kind, entity_ids
            The entities.

        Returns
        -------
        pandas.DataFrame
            As a frame of :meth:`frames`, with ``recorded_by`` and ``supersedes`` (a line, NA for
            the first).
        """
        c = LINE.c
        query = (
            select(c.kind, c.line_id, c.entity_id, *_clocks(), c.body, c.recorded_by, c.supersedes)
            .where(c.kind == kind.value, c.entity_id.in_(entity_ids))
            .order_by(c.line_id)
        )
        with self._engine.begin() as connection:
            rows = [tuple(row) for row in connection.execute(query)]
        return decode(kind, [row[:-2] for row in rows]).assign(
            recorded_by=pd.array([row[-2] for row in rows], dtype="str"),
            supersedes=pd.array([row[-1] for row in rows], dtype="Int64"),
        )


def by_kind(frames: LedgerFrames) -> dict[LineKind, pd.DataFrame]:
    """Return the four frames by the kind of their lines."""
    return {
        LineKind.INCIDENT: frames.incidents,
        LineKind.CLAIM: frames.claims,
        LineKind.ASSERTION: frames.assertions,
        LineKind.LINK: frames.links,
    }


def _last_line_id(connection: Connection) -> int:
    last: int | None = connection.execute(select(func.max(LINE.c.line_id))).scalar_one()
    return last or 0


def _current(connection: Connection, lines: Sequence[Line]) -> dict[tuple[str, str], int]:
    """Return the last line of each entity that ``lines`` may correct."""
    query = select(LINE.c.kind, LINE.c.entity_id, func.max(LINE.c.line_id)).group_by(
        LINE.c.kind, LINE.c.entity_id
    )
    if len(lines) <= _FEW:
        query = query.where(LINE.c.entity_id.in_({line.entity_id for line in lines}))
    return {(kind, entity): line_id for kind, entity, line_id in connection.execute(query)}


def _check(lines: Sequence[Line]) -> None:
    """Refuse what could not be read back: an append-only ledger cannot be mended."""
    kinds = {kind: {c.name: c.kind for c in columns} for kind, columns in COLUMNS.items()}
    for line in lines:
        known = kinds[line.kind]
        for name, value in line.body.items():
            if name not in known or not fits(value, known[name]):
                text = message(
                    "A line of kind {kind} cannot hold {value} in the column {column}.",
                    kind=line.kind.value,
                    value=repr(value),
                    column=name,
                )
                raise ValueError(str(text))


def _rows(
    lines: Sequence[Line], recorded_by: str, last: int, current: dict[tuple[str, str], int]
) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    rows = []
    for line_id, line in enumerate(lines, start=last + 1):
        key = (line.kind.value, line.entity_id)
        rows.append(
            {
                "line_id": line_id,
                "kind": line.kind.value,
                "entity_id": line.entity_id,
                "valid_from": line.valid_from,
                "valid_to": line.valid_to,
                "known_on": line.known_on,
                "known_assumed": line.known_assumed,
                "recorded_at": now,
                "recorded_by": recorded_by,
                "body": encode(line.body),
                "supersedes": current.get(key),
                "retracted": line.retracted,
            }
        )
        current[key] = line_id
    return rows


def _clocks() -> list[ColumnElement[str]]:
    # As the database gives them: turning them into Python's dates one by one is what takes time.
    c = LINE.c
    columns = (c.known_on, c.known_assumed, c.recorded_at, c.retracted)
    return [type_coerce(column, String) for column in columns]


def _read(connection: Connection, after: int, last: int) -> dict[LineKind, list[Sequence[Any]]]:
    """Return the raw lines by kind, for :func:`geo.store.frames.decode`."""
    c = LINE.c
    # One scan along the primary key; one per kind would sort what an index found.
    query = (
        select(c.kind, c.line_id, c.entity_id, *_clocks(), c.body)
        .where(c.line_id > after, c.line_id <= last)
        .order_by(c.line_id)
    )
    rows: dict[LineKind, list[Sequence[Any]]] = {kind: [] for kind in LineKind}
    for row in connection.execute(query).all():  # All at once: twice as fast as one by one.
        rows[row[0]].append(row)
    return rows
