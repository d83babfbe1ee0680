"""The page of reports: a report is taken in, corrected, decided; the file of its incident tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.review.library import Library
from geo.review.records import Dossier
from geo.store import Ledger
from tests.reports.stories import WIRE
from tests.starter import KOBE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    address = f"sqlite:///{tmp_path / 'ledger.db'}"
    monkeypatch.setenv("PISTE_DB", address)
    st.cache_resource.clear()
    yield address
    st.cache_resource.clear()


def button(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def stored(url: str) -> Dossier:
    with Ledger.open(url) as ledger:
        found = Library(ledger).dossier(1)
    assert found is not None
    return found


def test_a_report_is_taken_in_corrected_merged_and_shown_with_its_rating(url: str) -> None:
    app = AppTest.from_file(str(ROOT / "ui" / "shell.py"), default_timeout=600)
    app.query_params["reports"] = "add"
    app.switch_page(str(ROOT / "pages" / "reports.py")).run()
    assert next(one for one in app.button if one.label == "Read it").disabled
    app.text_input(key="piste_reviewer_typed").set_value("amina").run()
    app.text_area(key="piste_add_report_text").set_value(WIRE)
    app.selectbox(key="piste_add_report_publisher").set_value("Studio Tamani")
    app.text_input(key="piste_add_report_published").set_value("soon")
    button(app, "Read it")
    assert any("Write the day as 2025-02-12" in one.value for one in app.markdown)
    app.text_input(key="piste_add_report_published").set_value("2025-02-08")
    app.selectbox(key="piste_add_report_reliability").set_value("B")
    app.selectbox(key="piste_add_report_credibility").set_value("3")
    button(app, "Read it")
    assert not app.exception
    assert [one.item.key for one in stored(url).waiting] == ["i1", "i2", "i3"]

    # What is typed is kept at once, and the choice is the incident that matches best.
    app.text_input(key="piste_draft_1_i1_0_summary").set_value("In my own words").run()
    kept = stored(url).standing("i1")
    assert kept is not None
    assert kept.item.cells["summary"] == "In my own words"
    assert app.radio[0].value == KOBE
    next(one for one in app.button if one.label.startswith("Merge into ML")).click().run()
    assert not app.exception
    done = stored(url).standing("i1")
    assert done is not None
    assert (done.state, done.entity_id, done.by) == ("merged", KOBE, "amina")
    assert any("3 claims added" in one.value for one in app.success)

    # Where an incident may be the same, none is taken for granted: the analyst chooses.
    assert app.radio[0].value is None
    assert next(one for one in app.button if one.label == "Record in the ledger").disabled
    assert any("Choose which incident it is" in one.value for one in app.get("html"))
    app.radio[0].set_value("").run()

    # Another analyst has decided on the next one: this session is told and records nothing.
    with Ledger.open(url) as ledger:
        Library(ledger).reject(stored(url), "i2", "told by nobody", "boubacar")
        version = ledger.version()
        next(one for one in app.button if one.label == "Record in the ledger").click()
        app.run()
        assert ledger.version() == version

    app.query_params["pick"] = f"incident:{KOBE}"
    app.switch_page(str(ROOT / "pages" / "map.py")).run()
    file = "".join(one.value for one in app.get("html"))
    assert "rated B3" in file
    assert "<q>" in file
