"""The Route page without a browser: what an operator may keep out of addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


def test_a_sensitive_journey_is_answered_and_not_written_into_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    monkeypatch.setenv("PISTE_SENSITIVE", "route")
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=600)
    # A colleague's address may still carry it: it is read, and not written on.
    asked = {"on": "2025-02-12", "origin": "Gao", "dest": "Ansongo", "escort": "1"}
    for name, value in asked.items():
        app.query_params[name] = value
    app.switch_page(str(ROOT / "pages" / "route.py"))
    app.run()
    assert not app.exception
    assert "Along the way" in {element.value for element in app.get("subheader")}
    assert app.query_params == {"on": "2025-02-12", "escort": "1"}
    app.checkbox(key="piste_widget_escort").uncheck().run()
    assert "Along the way" in {element.value for element in app.get("subheader")}
    assert app.query_params == {"on": "2025-02-12"}
    st.cache_resource.clear()
