"""A library on an empty ledger, and one beside the starter data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from geo.atlas import Atlas, load
from geo.review.drafting import draft
from geo.review.library import Library
from geo.review.records import Dossier
from geo.store import Ledger

Intake = Callable[..., Dossier]


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return load()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    ledger = Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}")
    yield Library(ledger)
    ledger.close()


@pytest.fixture
def take_in(library: Library, atlas: Atlas) -> Intake:
    """Return what reads a text into the library."""

    def taking(text: str, publisher: str, published: str, **said: str) -> Dossier:
        reading, source = draft(text, atlas, date.fromisoformat(published))
        source = replace(source, publisher=publisher, published=published, **said)
        added = library.add(text, "", reading, source, "amina")
        dossier = library.dossier(added.report_id)
        assert dossier is not None
        return dossier

    return taking
