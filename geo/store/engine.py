"""Where the ledger's database is and how its connections behave."""

from __future__ import annotations

import os
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from geo.i18n import message
from geo.layers import data_folder
from geo.records import Fault, InputError

ENVIRONMENT_VARIABLE = "PISTE_DB"
_BUSY_S = 60
_WRITE = "piste_write"


def default_url() -> str:
    """Return the URL of ``PISTE_DB``, or of a file in `geo.layers.data_folder`."""
    given = os.environ.get(ENVIRONMENT_VARIABLE, "").strip()
    if given:
        return given
    return URL.create("sqlite", database=str(data_folder() / "ledger.db")).render_as_string()


def open_engine(url: str) -> Engine:
    """Return an engine for ``url``; on SQLite every acknowledged write is on the disk.

    Parameters
    ----------
    url
        SQLAlchemy database URL.

    Raises
    ------
    InputError
        When the URL cannot be read or its driver is not installed.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return create_engine(parsed)
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": _BUSY_S})
    except (ArgumentError, NoSuchModuleError) as error:
        raise _unusable(
            message(
                "{variable} is not a database address that Piste understands. Write for "
                "example sqlite:////home/me/piste/ledger.db or postgresql+psycopg://host/piste.",
                variable=ENVIRONMENT_VARIABLE,
            )
        ) from error
    except ImportError as error:
        raise _unusable(
            message(
                "The database driver {driver} is not installed: pip install {driver}.",
                driver=error.name or str(error),
            )
        ) from error
    except OSError as error:
        raise _unusable(
            message(
                "The folder of the ledger cannot be made: {reason}. Name another place in "
                "{variable}.",
                reason=str(error),
                variable=ENVIRONMENT_VARIABLE,
            )
        ) from error
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _unusable(text: Any) -> InputError:
    return InputError([Fault(None, None, text)])


def _configure(connection: SQLiteConnection, _record: object) -> None:
    # Python's own transaction handling begins late and commits before DDL; we say BEGIN ourselves.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_S * 1000}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: two that read first and write later would deadlock.
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def writing(engine: Engine) -> Engine:
    """Return a view of ``engine`` whose transactions take the write lock at their beginning."""
    return engine.execution_options(**{_WRITE: True})
