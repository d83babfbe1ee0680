"""The ledger's tables, those of the report library beside it, and what keeps them append-only."""

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

# The library of reports (geo.review): a text as it came in, and every decision about it.
REPORT = Table(
    "report",
    METADATA,
    Column("report_id", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
    Column("added_at", DateTime(timezone=True), nullable=False),
    Column("added_by", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("report_digest", "digest", unique=True),
)

REVIEW = Table(
    "review",
    METADATA,
    Column("review_id", Integer, primary_key=True, autoincrement=False),
    Column("report_id", Integer, nullable=False),
    Column("act", String(16), nullable=False),
    Column("item", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("recorded_by", Text, nullable=False),
    Index("review_report", "report_id"),
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
    """Create tables and triggers that are not there yet, inside the caller's transaction.

    A ledger from before the library of reports gets its two tables this way.
    """
    if connection.dialect.name == "postgresql":
        # Two that start at once would both find the tables missing.  SQLite's write lock is held.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    METADATA.create_all(connection)
    statements = (_SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL).split("--")
    for table in METADATA.sorted_tables:
        (key,) = (column.name for column in table.primary_key)
        for statement in statements:
            connection.exec_driver_sql(
                statement.format(table=table.name, key=key, refusal=_REFUSAL)
            )
