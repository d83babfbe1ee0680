"""The page of changes compares the earlier day with the later, whichever was chosen first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    st.cache_resource.clear()
    yield f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.db'}"
    st.cache_resource.clear()


def said(ledger: str, monkeypatch: pytest.MonkeyPatch, **view: str) -> tuple[list[str], list[str]]:
    monkeypatch.setenv("PISTE_DB", ledger)
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=600)
    app.query_params.update(view)
    app.switch_page(str(ROOT / "pages" / "changes.py")).run()
    assert not app.exception
    rn17 = [b.label for b in app.button if b.label.startswith("RN17")]
    return rn17, [c.value for c in app.caption if " → " in c.value]


def test_two_days(ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = "2025-02-12"
    forward = said(ledger, monkeypatch, on="2025-02-12", known=known, since="2025-01-20")
    backward = said(ledger, monkeypatch, on="2025-01-20", known=known, since="2025-02-12")
    assert forward == backward
    assert "passable under agreement → controlled by" in forward[0][0]


def test_two_days_of_knowledge(ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    view = {"on": "2025-01-20", "versus": "knowledge"}
    early, late = {"known": "2025-02-10"}, {"known": "2025-02-12"}
    forward = said(ledger, monkeypatch, **view, **late, since="2025-02-10")
    assert forward == said(ledger, monkeypatch, **view, **early, since="2025-02-12")
    assert "passage unknown → controlled by IS-Sahel" in forward[0][0]
    assert "known" in forward[1][0]
