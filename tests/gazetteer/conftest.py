"""The project's own atlas, read once."""

from __future__ import annotations

import pytest

from geo import atlas as atlases
from geo.atlas import Atlas


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return atlases.load()
