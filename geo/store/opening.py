"""A ledger's database is made ready: its tables, its identity, its format."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, insert, inspect, select
from sqlalchemy.exc import DBAPIError

from geo.i18n import message
from geo.records import Fault, InputError
from geo.store.engine import writing
from geo.store.schema import LEDGER, REVIEW, SCHEMA_VERSION, create


def prepared(engine: Engine) -> str:
    """Return the identity of the database, whose tables are made when it has none.

    Raises
    ------
    InputError
        When the database cannot be used, or was written by another Piste.
    """
    try:
        with engine.begin() as connection:
            found = _identity(connection)
            whole = inspect(connection).has_table(REVIEW.name)
        if found is None or not whole:
            with writing(engine).begin() as connection:
                create(connection)
                found = _identity(connection) or _introduce(connection)
    except DBAPIError as error:
        raise refused(engine, error) from error
    ledger_id, schema_version = found
    if schema_version != SCHEMA_VERSION:
        said = message(
            "The ledger has format {found}; this Piste reads format {known}. "
            "Use the Piste that wrote it.",
            found=schema_version,
            known=SCHEMA_VERSION,
        )
        raise InputError([Fault(None, None, said)])
    return ledger_id


def _identity(connection: Connection) -> tuple[str, int] | None:
    if not inspect(connection).has_table(LEDGER.name):
        return None
    row = connection.execute(select(LEDGER.c.ledger_id, LEDGER.c.schema_version)).first()
    return None if row is None else (row.ledger_id, row.schema_version)


def _introduce(connection: Connection) -> tuple[str, int]:
    ledger_id = uuid.uuid4().hex
    connection.execute(
        insert(LEDGER).values(
            ledger_id=ledger_id, schema_version=SCHEMA_VERSION, created_at=datetime.now(UTC)
        )
    )
    return ledger_id, SCHEMA_VERSION


def refused(engine: Engine, error: DBAPIError) -> InputError:
    """Return what is said when the database does not do what was asked."""
    text = message(
        "The ledger at {place} cannot be used: {reason}. Check that the place exists, that you "
        "may write there, and that no other program holds it.",
        place=engine.url.render_as_string(hide_password=True),
        reason=str(error.orig),
    )
    return InputError([Fault(None, None, text)])
