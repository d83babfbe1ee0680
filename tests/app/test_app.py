"""The app without a browser: what it says when something that it needs is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from maps import assets

SHELL = Path(__file__).resolve().parents[2] / "ui" / "shell.py"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    st.cache_resource.clear()
    yield AppTest.from_file(str(SHELL), default_timeout=600)
    st.cache_resource.clear()


def test_without_the_map_library_the_page_says_how_to_install_it(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "LEAFLET_DIR", tmp_path)
    app.run()
    assert [error.value for error in app.error] == [
        "The map library is not installed (leaflet.js, leaflet.css). In Piste's folder, run: npm ci"
    ]
    assert not app.exception
    assert len(app.metric) == 4  # the rest of the page works


def test_a_ledger_that_cannot_be_opened_says_so(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", "dragons://nowhere")
    app.run()
    assert [error.value for error in app.error] == ["The ledger cannot be opened."]
    assert any("PISTE_DB" in text.value for text in app.text)
    assert not app.exception


def test_the_sources_page_names_its_sources(
    app: AppTest, starter_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{starter_file}")
    app.switch_page(str(SHELL.parents[1] / "pages" / "about.py")).run()
    said = " ".join(str(part.value) for part in [*app.markdown, *app.get("html"), *app.caption])
    for name in ("Natural Earth", "GeoNames", "OpenStreetMap", "GSHHG"):
        assert name in said
