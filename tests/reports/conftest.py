"""Reports read by the project's own atlas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from geo import atlas as atlases
from geo.atlas import Atlas
from geo.reports.reading import read_report
from geo.reports.records import Report

Read = Callable[..., Report]


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return atlases.load()


@pytest.fixture(scope="session")
def read(atlas: Atlas) -> Read:
    """Return what reads a text published on a day."""

    def reading(text: str, published: str | None = None) -> Report:
        return read_report(text, atlas, date.fromisoformat(published) if published else None)

    return reading
