"""The ledger's two tables and the triggers that keep them append-only."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

LINE = Table(
    "line",
    METADATA,
    # Numbers are given by the writer under its lock: without gaps and in the order of commits,
    # which neither SQLite's nor PostgreSQL's own counters promise.
    Column("line_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("known_on", Date, nullable=False),
    Column("known_assumed", Boolean, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("supersedes", Integer),
    Column("retracted", Boolean, nullable=False),
    Index("line_entity", "kind", "entity_id"),
)

LEDGER = Table(
    "ledger",
    METADATA,
    Column("ledger_id", String(32), primary_key=True),
    Column("schema_version", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

SCHEMA_VERSION = 1
_LOCK = 0x7069737465  # "piste"
_REFUSAL = "the ledger is append-only"

# REPLACE deletes a row without asking the delete trigger, so the insert of a taken number is
# refused as well.
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
--
CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
--
CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION piste_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$
--
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION piste_append_only()
"""


def create(connection: Connection) -> None:
    """Create tables and triggers that are not there yet, inside the caller's transaction."""
    if connection.dialect.name == "postgresql":
        # Two that start at once would both find the tables missing.  SQLite's write lock is held.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    METADATA.create_all(connection)
    statements = (_SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL).split("--")
    for table, key in ((LINE, "line_id"), (LEDGER, "ledger_id")):
        for statement in statements:
            connection.exec_driver_sql(
                statement.format(table=table.name, key=key, refusal=_REFUSAL)
            )
