"""The ledger page: what is shown before recording is about the statement and the act at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.store.assertions import Act
from ui import ledger

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("PISTE_DB", f"sqlite:///{tmp_path / 'ledger.db'}")
    # Rows of a table cannot be chosen without a browser.
    monkeypatch.setattr(ledger, "_table", lambda _snapshot: "RC-ML-119")
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=600)
    app.query_params["on"] = "2025-02-12"
    yield app.switch_page(str(ROOT / "pages" / "ledger.py")).run()
    st.cache_resource.clear()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def withdraw(app: AppTest) -> None:
    app.button_group[0].set_value(Act.RETRACT).run()
    app.text_input[0].set_value("told of another road")
    next(b for b in app.button if b.label == "See what it would change").click().run()


def test_a_draft_is_of_one_statement_and_one_act(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdraw(page)
    assert "Record it" in labels(page)
    # Another statement is chosen: nothing of what was asked about the first may be recorded.
    monkeypatch.setattr(ledger, "_table", lambda _snapshot: "RC-ML-117")
    page.run()
    assert "Record it" not in labels(page)
    assert page.text_input[0].value == ""


def test_the_fields_of_the_form_follow_one_another_row_by_row(page: AppTest) -> None:
    page.button_group[0].set_value(Act.ADD).run()
    named = [field.label for field in page.text_input]
    assert named[:4] == [
        "From town",
        "To town (the same: the town itself)",
        "Road number",
        "By or about whom",
    ]
    assert not page.exception
