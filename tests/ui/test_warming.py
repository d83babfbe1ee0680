"""Getting the first page ready: it fills the caches that the page reads, or keeps quiet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from ui import cache, params, warming


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Point the server at a ledger of its own, with empty caches before and after."""
    path = tmp_path / "ledger.db"
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{path}")
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()


def test_the_first_view_is_there_before_the_first_page(
    fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warming.begin().join()
    warming.wait()
    assert fresh.exists()
    first = cache.view(params.read({}, cache.facts())[0])
    monkeypatch.setattr(cache, "select", None)  # what would compute it anew
    assert cache.view(params.read({}, cache.facts())[0]) is first


@pytest.mark.usefixtures("fresh")
def test_while_a_page_runs_only_what_every_page_needs_is_read() -> None:
    with warming.page():
        worker = warming.begin()
        warming.wait()
        cache.facts()
        worker.join(0.2)
        assert worker.is_alive()  # it waits for the page
    worker.join()


def test_a_ledger_that_cannot_be_read_is_left_to_the_page(fresh: Path) -> None:
    fresh.write_bytes(b"no database at all")
    warming.begin().join()
    warming.wait()
